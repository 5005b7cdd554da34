"""Fields of many records: seen before they change, changed in one act, or not at all."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from schema.base import option
from schema.cards import Card
from schema.leads import Lead
from schema.patients import Patient
from schema.recall import Recall
from schema.staff import StaffRole
from tests.admin_views.seats import a_role_with, a_seat
from tests.admin_views.test_writing import text
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient
from tests.factories.recall import a_recall
from tests.factories.staff import a_location, a_person

WRITES = {"patient": "edit all", "staff": "all", "location": "all"}


def sent(browser, step, rows, **fields):
    return browser.send("/bulk/", {"table": "patient", "step": step, "rows": rows} | fields)


def seen(*rows):
    return ",".join(f"{row.id}:{row.row_version}" for row in rows)


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else None


def fields_of(page):
    return re.findall(r'name="change" value="([^"]+)"', page)


def languages():
    return [patient.language for patient in Patient.select().order_by(Patient.id)]


@pytest.fixture
def three():
    return [a_patient(last_name=name, language="ro") for name in ("Albu", "Barbu", "Popa")]


def test_ticked_records_are_shown_before_they_change_and_then_change_together(desk, three):
    asked = {"table": "patient", "rowid": [str(three[0].id), str(three[2].id)]}
    page = text(desk.send("/bulk/", asked))
    rows = hidden(page, "rows")
    assert rows == seen(three[0], three[2])
    assert "language" in fields_of(page)

    preview = text(sent(desk, "preview", rows, change="language", language="en"))
    assert "2 records would change" in preview
    assert "Albu" in preview
    assert "Romanian" in preview
    assert languages() == ["ro", "ro", "ro"]

    done = text(sent(desk, "apply", hidden(preview, "rows"), change="language", language="en"))
    assert "2 records changed" in done
    assert f"/patient/details/?id={three[0].id}" in done
    assert languages() == ["en", "ro", "en"]


def test_all_that_answer_the_question_of_the_list_are_chosen(desk, three):
    page = text(desk.send("/bulk/", {"table": "patient", "all": "1", "question": "search=bu"}))

    assert hidden(page, "rows") == seen(three[0], three[1])


def test_a_record_changed_meanwhile_is_named_and_nothing_is_half_done(desk, three):
    rows = seen(*three)
    Patient.update(row_version=2, notes="x").where(Patient.id == three[1].id).execute()

    answer = sent(desk, "apply", rows, change="language", language="en")

    assert answer.status_code == 409
    assert "Someone else changed this record meanwhile" in text(answer)
    assert "Barbu" in text(answer)
    assert languages() == ["ro", "ro", "ro"]
    left = hidden(text(answer), "rows")
    assert left == seen(three[0], three[2])
    sent(desk, "apply", left, change="language", language="en")
    assert languages() == ["en", "ro", "en"]


def test_a_record_that_a_rule_protects_is_told_and_the_others_can_change(desk):
    day, before = dt.date(2027, 3, 1), dt.date(2026, 9, 1)
    by_rule = a_recall(previous_on=before, computed_due_on=day, due_on=None)
    unexplained = a_recall()
    fields = {"table": "recall", "change": "due_on", "due_on": "2027-03-01"}

    both = seen(by_rule, unexplained)

    page = text(desk.send("/bulk/", fields | {"step": "preview", "rows": both}))
    assert "One record would change" in page
    assert "Say why the day differs from the rule" in page
    assert hidden(page, "rows") == seen(by_rule)
    whole = desk.send("/bulk/", fields | {"step": "apply", "rows": both})
    assert whole.status_code == 409
    assert [recall.due_on for recall in Recall.select()] == [None, None]

    desk.send("/bulk/", fields | {"step": "apply", "rows": hidden(page, "rows")})
    assert [recall.due_on for recall in Recall.select().order_by(Recall.id)] == [day, None]


def test_a_wrong_value_is_said_and_changes_nothing(desk, three):
    answer = sent(desk, "preview", seen(*three), change="birth_on", birth_on="31.02.2026")

    assert answer.status_code == 422
    assert "mistakes" in text(answer)
    assert sent(desk, "preview", seen(*three)).status_code == 422
    unticked = sent(desk, "apply", seen(*three), language="en")
    assert unticked.status_code == 422
    assert languages() == ["ro", "ro", "ro"]


def test_what_is_the_same_already_is_left_alone(desk, three):
    page = text(sent(desk, "preview", seen(*three), change="language", language="ro"))

    assert "0 records would change" in page
    assert "3 records have these values already" in page
    assert 'value="apply"' not in page


def test_a_column_that_may_not_be_written_is_neither_offered_nor_taken(house, three):
    browser, _ = a_seat(house, WRITES, hides="patient.phone", fixes="patient.language")
    page = text(browser.send("/bulk/", {"table": "patient", "rowid": str(three[0].id)}))

    assert not {"language", "phone", "code", "row_version", "id"} & set(fields_of(page))
    assert "notes" in fields_of(page)
    for name, value in (("language", "en"), ("phone", "1"), ("row_version", "1"), ("id", "7")):
        answer = sent(browser, "apply", seen(*three), change=name, **{name: value})
        assert answer.status_code == 422
    assert languages() == ["ro", "ro", "ro"]


def test_rows_that_may_not_be_edited_are_refused_and_foreign_ones_do_not_exist(house):
    place = a_location()
    rights = {**WRITES, "patient": "edit location"}
    browser, _ = a_seat(house, rights, location=place)
    mine, foreign = a_patient(location=place, language="ro"), a_patient(language="ro")

    page = text(browser.send("/bulk/", {"table": "patient", "rowid": [mine.id, foreign.id]}))
    assert hidden(page, "rows") == seen(mine)
    sent(browser, "apply", seen(mine, foreign), change="language", language="en")
    assert languages() == ["en", "ro"]


def test_who_reads_more_rows_than_they_edit_changes_only_the_latter(house):
    browser, staff = a_seat(house, {**WRITES, "patient": "own edit"})
    reader = a_role_with({"patient": "all"}, code="reader")
    StaffRole.create(staff=staff, role=reader)
    mine, other = a_patient(dentist=staff, language="ro"), a_patient(language="ro")

    answer = sent(browser, "apply", seen(mine, other), change="language", language="en")

    assert answer.status_code == 409 and "You may not change this record." in text(answer)
    assert languages() == ["ro", "ro"]


def test_only_who_may_edit_a_table_changes_many_of_its_rows(house, three):
    browser, _ = a_seat(house, {"patient": "create export all"})

    assert browser.send("/bulk/", {"table": "patient", "rowid": "1"}).status_code == 403
    assert sent(browser, "apply", seen(*three), change="language", language="en").status_code == 403
    assert browser.send("/bulk/", {"table": "card_step", "rowid": "1"}).status_code == 403
    assert browser.send("/bulk/", {"table": "nonsense"}).status_code == 403
    assert browser.get("/bulk/").status_code in (404, 405)
    assert "Change fields" not in text(browser.get("/patient/"))


@pytest.mark.parametrize("rows", ["", "x", "1:2:3:4", ",,,", "1:x", "99999999999:1"])
def test_no_rows_send_back_to_the_list(desk, rows):
    answer = sent(desk, "preview", rows, change="language", language="en")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/patient/"


def test_more_rows_than_one_act_takes_are_refused_in_words(desk):
    rows = ",".join(f"{number}:1" for number in range(1, 502))

    answer = sent(desk, "preview", rows, change="language", language="en")

    assert "filter the list first" in text(desk.get(answer.headers["Location"]))


def test_what_stands_on_a_card_changes_with_it_and_what_verbs_own_never(desk):
    leads = [a_lead(), a_lead()]
    somebody = a_person(last_name="Vasile")
    page = text(desk.send("/bulk/", {"table": "lead", "rowid": [str(lead.id) for lead in leads]}))
    offered = set(fields_of(page))
    assert "card__responsible" in offered
    assert not offered & {f"card__{name}" for name in option(Card, "verb_owned", ())}
    assert not offered & set(option(Lead, "verb_owned", ()))

    fields = {"table": "lead", "rows": hidden(page, "rows"), "change": "card__responsible"}
    fields |= {"card__responsible": str(somebody.id), "step": "apply"}
    assert desk.send("/bulk/", fields).status_code == 200
    assert {lead.card.responsible_id for lead in Lead.select()} == {somebody.id}
