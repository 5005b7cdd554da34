"""Whatever is sent to the import is told in words at every step, soon, and nothing is half kept."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace

import pytest

from schema import TABLES
from schema.base import table_name
from tests.admin_views.bad_files import NAMES, texts, workbooks
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.nasty import EVERYTHING, Attacker, everything
from tests.web import a_web

CHOSEN = re.compile(r'name="(column\.\d+)"(.*?)</select>', re.DOTALL)
SECONDS = 8
TABLE_NAMES = [name for name in map(table_name, TABLES) if name != "sign_in"]
GOOD = b"Nume;Prenume\nPop;Ana\n"


@pytest.fixture
def hall(house, tmp_path, monkeypatch):
    """The application with a folder for waiting files that this test has to itself."""
    web = a_web(house)
    config = web.app.config
    monkeypatch.setitem(config, "SETTINGS", replace(config["SETTINGS"], folder=tmp_path))
    return web


@pytest.fixture
def person(hall):
    return somebody_who_may_do_everything()


def upload(attacker, data, kind="patients", name="list.csv"):
    sent = {"kind": kind, "file": (io.BytesIO(data), name)}
    return attacker.send("/imports/file", sent, content_type="multipart/form-data")


def guessed(page):
    """What pressing Next on the page of columns sends."""
    selects = CHOSEN.findall(page)
    found = ((name, re.search(r'value="([^"]*)" selected', rest)) for name, rest in selects)
    return {name: choice[1] for name, choice in found if choice}


def walk(attacker, data, kind="patients", name="list.csv"):
    """Take a file through every step, and out of order; the pages that were seen."""
    pages = [upload(attacker, data, kind, name), attacker.get("/imports/")]
    pages += [attacker.send("/imports/write"), attacker.get("/imports/columns")]
    if pages[-1] is not None and pages[-1].status_code == 200:
        good = guessed(pages[-1].text)
        twice = {"column.0": "last_name", "column.1": "last_name"}
        for columns in ({}, twice, {"column.0": "nonsense"}, good):
            pages.append(attacker.send("/imports/check", columns))
        pages.append(attacker.get("/imports/refused.csv"))
        odd = ["1", "²", "9" * 5000, "-1", "x"]
        pages.append(attacker.send("/imports/write", {"create": odd}))
        pages.append(attacker.send("/imports/write", {"alike": "create"}))
    return [page for page in pages if page is not None and page.mimetype == "text/html"]


def test_no_text_file_breaks_a_step(hall, person):
    for kind in ("patients", "leads", "appointments", "staff"):
        for number, data in enumerate(texts()):
            start = time.process_time()
            with Attacker(hall.as_(person)) as attacker:
                pages = walk(attacker, data, kind)
            assert time.process_time() - start < SECONDS, (kind, number, data[:60])
            assert not any("<x7" in page.text for page in pages), (kind, number)


def test_no_workbook_breaks_a_step(hall, person):
    for number, data in enumerate(workbooks()):
        start = time.process_time()
        with Attacker(hall.as_(person)) as attacker:
            pages = walk(attacker, data, name="list.xlsx")
        assert time.process_time() - start < SECONDS, (number, len(data))
        assert not any("<x7" in page.text or "root:" in page.text for page in pages), number


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_leads_nowhere(hall, person, tmp_path, name):
    with Attacker(hall.as_(person)) as attacker:
        pages = walk(attacker, GOOD, name=name)
    assert pages and not any("<x7" in page.text for page in pages)
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} <= {tmp_path / "imports"}


def test_files_that_are_too_large_are_refused_at_once(hall, person, tmp_path):
    with Attacker(hall.as_(person)) as attacker:
        large = upload(attacker, b"x;y\n" * (50 * 2**18))
        assert (large.status_code, "Too large" in large.text) == (413, True)
        assert upload(attacker, b"x;y\n" * (22 * 2**18)).location == "/imports/?kind=patients"
        assert "at most 20 MB are read" in attacker.get("/imports/").text
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nothing_nasty_is_done_without_a_file_or_by_halves(hall, person):
    browser = hall.as_(person)
    before = everything(TABLE_NAMES)  # signing in is an act, which the audit has already
    with Attacker(browser) as attacker:
        for value in EVERYTHING:
            attacker.send("/imports/file", {"kind": value})
            attacker.send("/imports/file", {"kind": "patients", "file": value})
            attacker.send("/imports/check", {"column.0": value})
            attacker.send("/imports/write", {"create": value})
            attacker.get("/imports/", query_string={"kind": value})
        upload(attacker, GOOD + b"Rau;Om;zu;viel\n")
        attacker.send("/imports/check", {"column.0": "last_name", "column.1": "first_name"})
        attacker.send("/imports/write")
    assert everything(TABLE_NAMES) == before
