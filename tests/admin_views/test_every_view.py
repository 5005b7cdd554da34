"""The traps of the framework, closed in every view that there is, not in a sample."""

from __future__ import annotations

import re

import pytest
from peewee import ForeignKeyField

from admin_views import asking
from admin_views.columns import shown_columns
from schema import TABLES
from schema.base import Act, option, table_name, titles
from schema.database import database
from tests.pages import posted
from tests.refusals import raw

PAGES = FEW, MANY = 5, 50
LOOKED = 8  # statements that one act of the log takes, its seal included
IDS = [table_name(model) for model in TABLES]
# Opening the form is a look at health data, and that is kept whether or not anything is saved.
WRITTEN_BY_LOOKING = ("sign_in", "read_entry")


def address(model, page=""):
    return f"/{table_name(model).replace('_', '-')}/{page}"


@pytest.fixture
def questions():
    """Every SQL statement that is sent while the test runs."""
    asked = []
    database.obj.query_hooks.append(lambda event: asked.append(event.sql))
    yield asked
    database.obj.query_hooks.clear()


def named_tables(models):
    """The tables that a list needs names from: those shown, and those their names are made of."""
    found = set()
    for model in models:
        if model not in found:
            found.add(model)
            found |= named_tables(
                field.rel_model for field in titles(model) if isinstance(field, ForeignKeyField)
            )
    return found


def test_a_list_asks_as_little_for_fifty_rows_as_for_five(manager, questions, monkeypatch):
    monkeypatch.setattr(asking, "PAGE_SIZES", (FEW, MANY))
    for model in TABLES:
        manager.get(address(model))
        counts = [asked_by(manager, address(model, f"?page_size={n}"), questions) for n in PAGES]
        relations = named_tables(c.relation for c in shown_columns(model) if c.relation)
        most = 3 + len(relations) + sum(map(more_to_name, relations))
        assert counts[1] <= most, (model, questions)
        assert counts[0] <= counts[1], model


def test_a_filter_is_named_with_the_names_of_the_list(manager, questions):
    dentist = raw("SELECT dentist_id FROM patient WHERE dentist_id IS NOT NULL").fetchone()[0]
    for page in (plain := "/patient/?", filtered := f"/patient/?flt.dentist.is={dentist}"):
        manager.get(page)
    most = asked_by(manager, plain, questions)
    assert asked_by(manager, filtered, questions) <= most, questions


def asked_by(browser, page, questions):
    """How many questions the reader waits for; who looked is written after that, in one act."""
    questions.clear()
    answer = browser.get(page, buffered=False)
    assert answer.status_code == 200
    waited_for = len(questions)
    answer.close()
    assert len(questions) - waited_for <= LOOKED, questions[waited_for:]
    return waited_for


def more_to_name(model):
    """A card is called as what stands on it: at most three questions for each such table."""
    return 3 * len(option(model, "named_by", ()))


def test_nothing_is_deleted_through_any_view(manager):
    before = {name: raw(f'SELECT COUNT(*) FROM "{name}"').fetchone() for name in IDS}
    for model in TABLES:
        for page in ("delete/", "ajax/update/"):
            assert manager.send(address(model, page), {"id": 1}).status_code == 404
        answer = manager.send(address(model, "action/"), {"action": "delete", "rowid": 1})
        acts_on_many = not (option(model, "verbs_only") or issubclass(model, Act))
        assert answer.status_code == (403 if acts_on_many else 404), model
    after = {name: raw(f'SELECT COUNT(*) FROM "{name}"').fetchone() for name in IDS}
    assert after == before


def content(name):
    return raw(f'SELECT * FROM "{name}" ORDER BY id').fetchall()


def mistakes(page):
    """What the page says is wrong."""
    return re.findall(r"<li>.*?</li>", page[page.find('id="mistakes"') :])


@pytest.mark.parametrize("model", TABLES, ids=IDS)
def test_pressing_save_on_an_unchanged_form_changes_nothing(manager, model):
    first, last = raw(f'SELECT MIN(id), MAX(id) FROM "{table_name(model)}"').fetchone()
    kept = {name: content(name) for name in IDS if name not in WRITTEN_BY_LOOKING}
    for key in {first, last} - {None}:
        page = manager.get(address(model, f"edit/?id={key}"))
        if option(model, "verbs_only") or issubclass(model, Act):
            assert page.status_code == 404
            continue
        assert page.status_code == 200
        sent = posted(page.get_data(as_text=True))
        answer = manager.send(address(model, f"edit/?id={key}"), sent)
        assert answer.status_code == 302, mistakes(answer.get_data(as_text=True))
    assert {name: content(name) for name in kept} == kept


@pytest.mark.parametrize("model", TABLES, ids=IDS)
def test_every_page_of_every_table_opens(manager, model):
    assert manager.get(address(model)).status_code == 200
    assert manager.get(address(model, "export/csv/")).status_code == 200
    assert manager.get(address(model, "export/xlsx/")).status_code == 200
    assert manager.get(address(model, "export/ods/")).status_code == 403
    new = manager.get(address(model, "new/")).status_code
    assert new == (404 if option(model, "verbs_only") else 200)
    key = raw(f'SELECT MIN(id) FROM "{table_name(model)}"').fetchone()[0]
    if key is not None:
        assert manager.get(address(model, f"details/?id={key}")).status_code == 200


@pytest.mark.parametrize("model", TABLES, ids=IDS)
def test_every_column_can_be_sorted_and_filtered(manager, model):
    page = manager.get(address(model)).get_data(as_text=True)
    assert "<table" in page or "Nothing here yet" in page
    for column in shown_columns(model):
        for query in (f"sort={column.name}", f"sort=-{column.name}", f"flt.{column.name}.is=1"):
            assert manager.get(address(model, f"?{query}")).status_code == 200
        assert manager.get(address(model, f"?flt.{column.name}.has=a")).status_code == 200
    assert manager.get(address(model, "?search=an pop 26-0")).status_code == 200
