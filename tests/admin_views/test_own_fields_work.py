"""A field added on screen works everywhere at once, in every process, for whom it is meant."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import re

import openpyxl
import pytest

from schema.audit import AuditChange
from schema.base import utcnow
from schema.cards import Card
from schema.custom import CustomField, CustomValue
from schema.database import database, open_database
from schema.leads import Lead
from schema.pipelines import Pipeline
from schema.workflow.sign_in import begin_session
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.test_writing import text
from tests.factories.custom import a_custom_field
from tests.factories.leads import a_lead
from tests.factories.pipelines import stage_of
from tests.pages import posted
from tests.web import a_web


@pytest.fixture
def person(inquiries):
    return somebody_who_may_do_everything()


@pytest.fixture
def desk(inquiries, person):
    return inquiries.as_(person)


def other_process(url, token, questions, answers):
    """A second web process: it answers addresses until it is told to stop."""
    open_database(url)
    database.connect()
    browser = a_web(None).stranger().take(token)
    for address in iter(questions.get, None):
        answers.put(browser.get(address).get_data(as_text=True))


@pytest.fixture
def neighbour(house, person):
    """Asks the same panel in another process of the operating system, started beforehand."""
    spawn = multiprocessing.get_context("spawn")
    questions, answers = spawn.Queue(), spawn.Queue()
    token = begin_session(person, "127.0.0.1", "Another", utcnow())
    process = spawn.Process(target=other_process, args=(house.url, token, questions, answers))
    process.start()

    def ask(address):
        questions.put(address)
        return answers.get(timeout=60)

    yield ask
    questions.put(None)
    process.join()


def sent_file(desk, lines, kind="leads"):
    fields = {"kind": kind, "file": (io.BytesIO("\n".join(lines).encode()), "list.csv")}
    desk.send("/imports/file", fields, content_type="multipart/form-data")
    page = text(desk.get("/imports/columns"))
    chosen = re.findall(r'name="column\.(\d+)".*?</select>', page, re.S)
    marked = re.findall(
        r'name="column\.(\d+)"(?:(?!</select>).)*?value="([^"]*)" selected', page, re.S
    )
    assert chosen
    return {f"column.{place}": name for place, name in marked}


def test_a_field_added_on_screen_works_everywhere_in_every_process_at_once(desk, neighbour):
    lead = a_lead(name="Popa Ana")
    assert "Budget class" not in neighbour("/lead/") + text(desk.get("/lead/"))
    field = {"kind": "lead", "label": "Budget class", "type": "choice", "choices": "Low\nHigh",
             "in_list": "y", "searchable": "y", "position": "1"}  # fmt: skip

    # added on screen, its code made of its label
    answer = desk.send("/custom-field/new/", field)
    assert answer.status_code == 302, text(answer)
    assert CustomField.get().code == "budget_class"

    # form, in both processes
    form = posted(neighbour(f"/lead/edit/?id={lead.id}"))
    form.pop("csrf_token")
    assert form["custom__budget_class"] == [""]
    saved = desk.send(f"/lead/edit/?id={lead.id}", form | {"custom__budget_class": "High"})
    assert saved.status_code == 302

    # list, filter, search and sort
    listed = neighbour("/lead/")
    assert "Budget class" in listed and ">High<" in listed
    assert "Popa Ana" in neighbour("/lead/?flt.custom.lead.budget_class.is=High")
    assert "Popa Ana" not in neighbour("/lead/?flt.custom.lead.budget_class.is=Low")
    assert "Popa Ana" in neighbour("/lead/?search=high&sort=-custom.lead.budget_class")
    assert "Popa Ana" not in neighbour("/lead/?search=low")

    # the page of the card
    on_card = neighbour(f"/cards/{lead.card_id}")
    assert "Budget class" in on_card and "High" in on_card

    # export
    rows = list(csv.DictReader(io.StringIO(neighbour("/lead/export/csv/").lstrip("\ufeff"))))
    assert rows[0]["Budget class"] == "High"
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/lead/export/xlsx/").data))
    heads, first = book.active.iter_rows(values_only=True)
    assert dict(zip(heads, first, strict=True))["Budget class"] == "High"

    # import, by label
    columns = sent_file(desk, ["Nume;Telefon;Budget class", "Ionescu Dan;0722418330;low"])
    assert "custom.budget_class" in columns.values()
    desk.send("/imports/check", columns)
    assert desk.send("/imports/write", {}).status_code == 200
    new = Lead.get(name="Ionescu Dan")
    assert CustomValue.get(card=new.card).choice_value == "Low"
    assert "Ionescu Dan" in neighbour("/lead/?flt.custom.lead.budget_class.is=Low")

    # history
    kept = AuditChange.select().where(AuditChange.table_name == "custom_value")
    after = [json.loads(change.after) for change in kept.order_by(AuditChange.id)]
    assert [one["choice_value"] for one in after] == ["High", "Low"]
    told = neighbour(f"/lead/history/?id={lead.id}")
    assert "Budget class" in told and "High" in told


@pytest.mark.parametrize(
    ("kind", "bad", "says"),
    [
        ("number", "many", "is not a number"),
        ("day", "31.02.2026", "is not a day"),
        ("choice", "violet", "is not one of: red, blue"),
        ("yes_no", "perhaps", "neither yes nor no"),
        ("link", "http://x", "A link starts with https://"),
        ("money", "-5", "The amount cannot be negative"),
    ],
)
def test_a_bad_value_in_a_file_is_refused_by_row_and_column(desk, kind, bad, says):
    a_custom_field(type=kind, code="mine", label="My column")
    good = "Ana;0722418331;"
    columns = sent_file(desk, ["Nume;Telefon;mine", good, f"Dan;0722418332;{bad}"])
    assert "custom.mine" in columns.values()

    page = text(desk.send("/imports/check", columns))
    desk.send("/imports/write", {})

    assert "mine:" in page
    assert says in page
    assert re.search(r"<td[^>]*>3</td>", page)
    assert (Lead.select().count(), Card.select().count(), CustomValue.select().count()) == (0, 0, 0)


def test_a_file_without_a_required_value_is_refused(desk):
    stage = stage_of(Pipeline.get(kind="lead"), "new")
    a_custom_field(type="text", code="mine", label="My column", required_from_stage=stage)
    columns = sent_file(desk, ["Nume;Telefon;mine", "Ana;0722418331;", "Dan;0722418332;x"])

    page = text(desk.send("/imports/check", columns))

    assert "«My column» is required." in page


def test_a_code_is_made_of_the_label_and_is_new(desk):
    new = {"kind": "lead", "label": "Număr  fișă!", "type": "text", "position": "1"}
    assert desk.send("/custom-field/new/", new).status_code == 302
    assert desk.send("/custom-field/new/", new | {"kind": "claim"}).status_code == 302
    assert desk.send("/custom-field/new/", new | {"code": "numar_fisa"}).status_code == 422

    assert [field.code for field in CustomField.select().order_by(CustomField.id)] == [
        "numar_fisa",
        "numar_fisa_2",
    ]


def test_choices_are_kept_one_a_line_without_blanks_or_doubles(desk):
    new = {"kind": "lead", "label": "Colour", "type": "choice", "position": "1"}
    desk.send("/custom-field/new/", new | {"choices": " Red \r\n\r\nDark   blue\r\nRed\r\n"})

    assert CustomField.get().choices == "Red\nDark blue"


def test_the_type_of_a_filled_field_is_refused_in_words(desk, filled):
    field = CustomField.get(code="text")
    form = posted(text(desk.get(f"/custom-field/edit/?id={field.id}")))

    refused = desk.send(f"/custom-field/edit/?id={field.id}", form | {"type": "day"})

    assert refused.status_code == 422
    assert "Cards have values in this field" in text(refused)
