"""The import's pages: four steps, private files, rights, and an honest dry run."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from schema import TABLES
from schema.audit import ReadEntry
from schema.base import table_name
from schema.database import database
from schema.patients import Patient
from schema.rights import FieldGrant, Grant
from schema.staff import Staff
from tests.conftest import House
from tests.factories.patients import a_patient
from tests.factories.rights import a_grant
from tests.factories.staff import a_location, a_person, a_role
from tests.web import Browser, Web, a_web

LIST = "Nume;Prenume;Telefon;Observații\nPop;Ana;0722000111;x\nȚicu;Ion;0722000222;\n"
COLUMNS = {"column.0": "last_name", "column.1": "first_name", "column.2": "phone"}


@pytest.fixture
def web(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The application with a folder for waiting files that this test has to itself."""
    browser_side = a_web(house)
    config = browser_side.app.config
    monkeypatch.setitem(config, "SETTINGS", replace(config["SETTINGS"], folder=tmp_path))
    return browser_side


@pytest.fixture
def clerk(web: Web) -> Staff:
    """Somebody who may read and create everything."""
    role = a_role("manager")
    for model in TABLES:
        a_grant(role=role, table_name=table_name(model), may_create=True)
    return a_person(role_code="manager", location=a_location(name="Floreasca"))


@pytest.fixture
def desk(web: Web, clerk: Staff) -> Browser:
    return web.as_(clerk)


def upload(browser: Browser, data: str | bytes, kind: str = "patients") -> TestResponse:
    content = data.encode() if isinstance(data, str) else data
    fields = {"kind": kind, "file": (io.BytesIO(content), "pacienți.csv")}
    return browser.send("/imports/file", fields, content_type="multipart/form-data")


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def folder(web: Web) -> Path:
    return Path(web.app.config["SETTINGS"].folder) / "imports"


def waiting(web: Web) -> list[Path]:
    return [path for path in folder(web).iterdir() if path.suffix == ".table"]


def test_a_list_goes_in_over_four_pages(web: Web, desk: Browser) -> None:
    assert "Nothing is written before" in text(desk.get("/imports/?kind=patients"))
    assert upload(desk, LIST).location == "/imports/columns"
    columns = text(desk.get("/imports/columns"))
    assert '<option value="last_name" selected>' in columns
    assert "0722000222" in columns
    checked = text(desk.send("/imports/check", COLUMNS))
    assert "2 of 2 rows" in checked
    assert "Write the new rows (2)" in checked
    assert not Patient.select().exists()
    done = desk.send("/imports/write")
    assert "Import finished" in text(done)
    assert {patient.last_name for patient in Patient.select()} == {"Pop", "Țicu"}
    assert desk.send("/imports/write").location == "/imports/"
    assert not waiting(web)


def test_pages_hold_no_inline_script_or_style(desk: Browser) -> None:
    pages = [desk.get("/imports/"), upload(desk, LIST), desk.get("/imports/columns")]
    pages.append(desk.send("/imports/check", COLUMNS))
    for page in pages:
        own = text(page).split('id="content"')[-1].split("</main>")[0]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", own)


def test_the_file_field_speaks_the_language_of_the_person(desk: Browser) -> None:
    assert "Choose a file" in desk.get("/imports/").text
    desk.send("/language", {"language": "ro"})
    page = desk.get("/imports/").text
    assert "Alegeți un fișier" in page and "Niciun fișier ales" in page
    assert "Choose a file" not in page


def test_the_dry_run_is_told_while_it_goes_on(desk: Browser) -> None:
    upload(desk, "Nume;Prenume\n" + "".join(f"Pop{n};Ana\n" for n in range(1_200)))
    columns = {"column.0": "last_name", "column.1": "first_name"}
    answer = desk.send("/imports/check", columns, buffered=False)
    pieces = [bytes(piece).decode() for piece in answer.response]
    told = [place for place, piece in enumerate(pieces) if " of 1200 rows" in piece]
    assert len(told) == 3
    assert told[0] < told[1] < told[2]


def test_a_dry_run_gives_its_connection_back(desk: Browser) -> None:
    upload(desk, LIST)
    database.close()
    answer = desk.send("/imports/check", COLUMNS, buffered=False)
    assert b"2 of 2 rows" in b"".join(bytes(piece) for piece in answer.response)
    answer.close()
    assert database.is_closed()
    database.connect(reuse_if_open=True)


def test_refused_rows_are_shown_and_come_as_a_file(desk: Browser) -> None:
    upload(desk, LIST + "Rău;Om;123;=1+1\n")
    checked = text(desk.send("/imports/check", COLUMNS))
    assert "Telefon: «123» is not a phone number" in checked
    refused = desk.get("/imports/refused.csv")
    assert refused.mimetype == "text/csv"
    assert "Rău,Om,123,'=1+1,4,Telefon: «123»" in refused.data.decode("utf-8-sig")
    assert "Write the new rows (2), leave the refused ones out" in checked
    assert desk.send("/imports/write").location == "/imports/columns"
    assert not Patient.select().exists()
    done = text(desk.send("/imports/write", {"skip_refused": "1"}))
    assert "Import finished" in done and 'href="/patient/">Open the list</a>' in done
    assert Patient.select().count() == 2
    assert b"123" in desk.get("/imports/refused.csv").data


def test_a_file_without_a_good_row_offers_nothing_to_write(desk: Browser) -> None:
    upload(desk, LIST.splitlines()[0] + "\nRău;Om;123;\n")
    checked = text(desk.send("/imports/check", COLUMNS))
    assert '<button class="btn main" name="skip_refused" value="1" disabled>' in checked


def test_lookalikes_are_created_only_when_ticked(desk: Browser, clerk: Staff) -> None:
    a_patient(code="P-000900", phone="+40722000111", location=clerk.location)
    upload(desk, LIST)
    checked = text(desk.send("/imports/check", COLUMNS))
    assert "The same Phone as P-000900, who is here." in checked
    desk.send("/imports/write", {"create": "2"})
    assert Patient.select().count() == 3


def test_whom_a_dry_run_found_among_the_known_is_noted_as_a_look(
    desk: Browser, clerk: Staff
) -> None:
    known = a_patient(phone="+40722000111", location=clerk.location)
    a_patient(phone="+40722000999", location=clerk.location)
    upload(desk, LIST)

    desk.send("/imports/check", COLUMNS).get_data()

    looks = ReadEntry.select(ReadEntry.act, ReadEntry.table_name, ReadEntry.ids).tuples()
    assert list(looks) == [("search", "patient", f",{known.id},")]


@pytest.mark.parametrize(
    ("data", "says"),
    [("", "The file is empty"), (b"%PDF-1.4", "PDF"), (b"\0\1\2" * 900, "not a table"),
     ("Nume;Prenume\n", "no rows")],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_words(
    web: Web, desk: Browser, data: str | bytes, says: str
) -> None:
    before = set(folder(web).iterdir()) if folder(web).exists() else set()
    assert upload(desk, data).location == "/imports/?kind=patients"
    assert says in text(desk.get("/imports/"))
    assert (set(folder(web).iterdir()) if folder(web).exists() else set()) == before


def test_a_missing_column_is_asked_for(desk: Browser) -> None:
    upload(desk, LIST)
    assert desk.send("/imports/check", {"column.0": "last_name"}).location == "/imports/columns"
    assert "Choose the column for: First name" in text(desk.get("/imports/columns"))


def test_a_waiting_file_is_private(web: Web, desk: Browser, clerk: Staff) -> None:
    upload(desk, LIST)
    other = web.as_(clerk)
    assert other.get("/imports/columns").location == "/imports/"
    with desk.session_transaction() as kept:
        token = kept["import"]
    with other.session_transaction() as kept:
        kept["import"] = token
    assert other.get("/imports/columns").status_code == 200
    stranger = web.as_(a_person(role_code="manager"))
    with stranger.session_transaction() as kept:
        kept["import"] = token
    assert stranger.get("/imports/columns").location == "/imports/"
    assert stranger.get("/imports/refused.csv").status_code == 404
    [path] = [path for path in waiting(web) if path.stem == token]
    assert (path.stat().st_mode & 0o777, folder(web).stat().st_mode & 0o777) == (0o600, 0o700)
    path.unlink()


@pytest.mark.parametrize("token", ["../../etc/passwd", "x" * 43, "", "a/b", 7])
def test_a_forged_token_opens_nothing(desk: Browser, token: Any) -> None:
    with desk.session_transaction() as kept:
        kept["import"] = token
    assert desk.get("/imports/columns").location == "/imports/"


def test_a_waiting_file_is_not_sought_outside_its_folder(web: Web, desk: Browser) -> None:
    upload(desk, LIST)
    [path] = folder(web).glob("*.json")
    path.rename(folder(web).parent / "elsewhere.json")
    with desk.session_transaction() as kept:
        kept["import"] = "../elsewhere"
    assert desk.get("/imports/columns").location == "/imports/"


def test_a_file_waits_for_an_hour_at_most(web: Web, desk: Browser) -> None:
    upload(desk, LIST)
    for path in folder(web).iterdir():
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3_700))
    assert desk.get("/imports/columns").location == "/imports/"
    assert not waiting(web)


def test_who_may_not_create_may_not_import(web: Web) -> None:
    a_grant(role=a_role("marketing"), table_name="patient")
    marketing = web.as_(a_person(role_code="marketing"))
    assert marketing.get("/imports/").status_code == 403
    assert upload(marketing, LIST).status_code == 403


def test_only_permitted_lists_are_offered(web: Web) -> None:
    a_grant(role=a_role("desk"), table_name="patient", may_create=True)
    a_grant(role=a_role("desk"), table_name="location")
    browser = web.as_(a_person(role_code="desk", location=a_location()))
    page = text(browser.get("/imports/"))
    assert 'value="patients"' in page
    assert 'value="staff"' not in page
    assert upload(browser, LIST, kind="staff").status_code == 403


def test_a_column_that_is_hidden_cannot_be_filled(web: Web, desk: Browser, clerk: Staff) -> None:
    role = Grant.get(Grant.table_name == "patient").role
    FieldGrant.create(role=role, table_name="patient", column="phone", access="hidden")
    upload(desk, LIST)
    assert '"phone"' not in text(desk.get("/imports/columns"))
    assert desk.send("/imports/check", COLUMNS).status_code == 403


def test_rows_outside_ones_own_place_are_refused(web: Web, desk: Browser) -> None:
    a_location(name="Băneasa")
    Grant.update(scope="location").where(Grant.table_name == "patient").execute()
    upload(desk, "Nume;Prenume;Locatia\nPop;Ana;Băneasa\n")
    columns = {"column.0": "last_name", "column.1": "first_name", "column.2": "location"}
    assert "Write the new rows (1)" in text(desk.send("/imports/check", columns))
    assert desk.send("/imports/write").location == "/imports/columns"
    assert not Patient.select().exists()


def test_a_form_without_its_token_is_refused(desk: Browser) -> None:
    assert desk.post("/imports/write").status_code == 400
