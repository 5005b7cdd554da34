"""No page shows an English word that did not come from a catalogue or from the database."""

from __future__ import annotations

import io

import pytest

from admin_views import language, speaking
from admin_views.catalogues import Catalogue, catalogue_of, first_rows_of
from schema import TABLES
from schema.base import table_name
from schema.billing import InvoiceLine
from schema.staff import Role, Staff
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.marked import Marks, data_of_house, texts_of, unmarked
from tests.factories.staff import a_person, a_staff_role
from tests.web import a_web

SAMPLE = ("Maria", "14.12.2026")  # in the wordings as patients read them
SHEET = "Nume;Prenume;Telefon;CNP\nPopa;Ana;0722 418 330;1\nPopa;Ana;0722 418 330;\n"
BAD = dict.fromkeys(("email", "phone", "due_on", "starts_at", "amount", "number"), "zz")


@pytest.fixture
def marks(monkeypatch):
    """Every catalogue says its words in marks."""
    spoken = Marks(catalogue_of("ro"))
    rows = {key: [f"⟦{key}⟧"] for key in first_rows_of("ro").phrases}
    monkeypatch.setattr(speaking, "catalogue_of", lambda _: spoken)
    monkeypatch.setattr(language, "first_rows_of", lambda _: Catalogue(rows))
    return spoken


@pytest.fixture
def reader(sqlite_clinic, marks):
    """Somebody who may read everything and reads Romanian."""
    person = somebody_who_may_do_everything()
    a_staff_role(staff=person, role=Role.get(Role.code == "admin"))
    Staff.update(language="ro").where(Staff.id == person.id).execute()
    return a_web(sqlite_clinic).as_(person)


def pages_of(model):
    """The pages of a table: list, search, filter, one record, its forms."""
    start = f"/{table_name(model).replace('_', '-')}/"
    key = model.select(model._meta.primary_key).scalar()
    yield from (start, f"{start}?search=zzzz", f"{start}new/", f"{start}?sort=nothing&flt.id.is=x")
    yield from (f"{start}details/?id={key}", f"{start}edit/?id={key}") if key else ()


def test_every_word_of_every_table_is_translated(reader, marks):
    data = data_of_house()
    found = {}
    for model in TABLES:
        for path in pages_of(model):
            answer = reader.get(path)
            for text in unmarked(answer.text, data) if answer.status_code < 500 else ():
                found.setdefault(text, path)
    assert not found, "\n".join(f"{path}: {text}" for text, path in found.items())
    assert not marks.of_no_catalogue(data), "run `make words`"


def test_every_word_of_the_other_pages_is_translated(reader, marks):
    data, found = data_of_house(), []
    rules = [rule for rule in reader.application.url_map.iter_rules() if not rule.arguments]
    tables = {table_name(model) for model in TABLES}
    others = [rule.rule for rule in rules if rule.endpoint.split(".")[0] not in tables]
    for path in [*others, "/nowhere", "/patient/details/?id=999999"]:
        answer = reader.get(path)
        if answer.mimetype == "text/html" and answer.status_code not in (302, 308):
            found += [(path, text) for text in unmarked(answer.text, data)]
    found = [(path, text) for path, text in found if not any(one in text for one in SAMPLE)]
    assert not found
    assert not marks.of_no_catalogue(data), "run `make words`"


def test_no_name_of_a_first_row_is_said_in_english(reader):
    """Such names are in the database, so the tests above take them for the clinic's own.

    Names of one word may be a word of something else; an invoice line stays as it was written.
    """
    kept = {name for name in first_rows_of("ro").phrases if " " in name}
    frozen = set(InvoiceLine.select(InvoiceLine.text).scalars())
    rules = [rule for rule in reader.application.url_map.iter_rules() if not rule.arguments]
    lists = [f"/{table_name(model).replace('_', '-')}/" for model in TABLES]
    found = []
    for path in [*sorted({rule.rule for rule in rules} - set(lists)), *lists]:
        answer = reader.get(path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found += [(path, text) for text in texts_of(answer.text) if text in kept - frozen]
    assert not found, "\n".join(f"{path}: {text}" for path, text in found)


def test_every_word_about_a_mistake_is_translated(reader, marks):
    data, found = data_of_house(), []
    for model in TABLES:
        start = f"/{table_name(model).replace('_', '-')}/"
        answer = reader.send(f"{start}new/", BAD)
        found += [(start, text) for text in unmarked(answer.text, data | set(BAD.values()))]
    assert not found
    assert not marks.of_no_catalogue(data), "run `make words`"


def test_every_word_of_the_doors_is_translated(sqlite_house, marks):
    stranger, found, data = a_web(sqlite_house).stranger(), [], {"nobody@clinic.test"}
    for path in ("/first-run", "/password/none", "/nowhere"):
        answer = stranger.get(path, follow_redirects=True)
        found += [(path, text) for text in unmarked(answer.text, data)]
    a_person("receptionist", language="ro")
    wrong = {"email": "nobody@clinic.test", "password": "quite wrong"}
    for answer in (stranger.get("/sign-in"), stranger.send("/sign-in", wrong), stranger.post("/")):
        found += [(answer.request.path, text) for text in unmarked(answer.text, data)]
    assert not found
    assert not marks.of_no_catalogue(data), "run `make words`"


def test_every_word_of_an_import_is_translated(reader, marks):
    data, found = data_of_house() | {"lista.csv", *SHEET.replace("\n", ";").split(";")}, []
    file = {"file": (io.BytesIO(SHEET.encode()), "lista.csv")}
    reader.send("/imports/file", {"kind": "patients"} | file, content_type="multipart/form-data")
    columns = {"column.0": "last_name", "column.1": "first_name", "column.2": "phone"}
    for path, fields in (
        ("columns", None),
        ("check", columns | {"column.3": "national_id"}),
        ("check", columns),
        ("write", {"skip_refused": "1"}),
    ):
        page = f"/imports/{path}"
        with reader.send(page, fields) if fields else reader.get(page) as answer:
            found += [(path, text) for text in unmarked(answer.text, data)]
    assert not found
    assert not marks.of_no_catalogue(data), "run `make words`"


# That the tests above would see it


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Press here</p>",
        "<p>⟦Saved⟧: Press here</p>",
        '<input placeholder="Press here">',
        '<button aria-label="Press ⟦here⟧"></button>',
        '<template id="words" data-saving="Press here"></template>',
    ],
)
def test_a_word_that_bypasses_the_catalogues_is_seen(planted):
    assert unmarked(planted, {"Popescu"})


def test_words_of_the_database_and_marked_ones_are_no_complaint():
    page = "<p>⟦Hello, ⟦Ana⟧⟧ Popescu Ion, 12.03.2026</p><script>let a</script>"
    assert unmarked(page, {"Popescu", "Ion"}) == []
