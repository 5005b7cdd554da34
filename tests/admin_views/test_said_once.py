"""Pages say a thing once and in words: no number for a name, no table twice, one main button."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from schema.base import utcnow
from schema.hours import Holiday
from schema.staff import Staff
from schema.views import SavedView
from schema.workflow.deeds import TOLD
from tests.admin_views.seats import a_seat
from tests.factories import NOW
from tests.factories.automation_runs import an_automation_run
from tests.factories.cards import a_card
from tests.factories.hours import opening_hours
from tests.factories.leads import a_lead
from tests.factories.messages import a_delivery, a_message
from tests.factories.pipelines import a_draft_pipeline, a_stage, a_stage_step, published
from tests.factories.tracks import a_track
from tests.web import Browser, a_web

CARDS = dict.fromkeys(("card", "pipeline", "stage", "stage_step", "control_point", "lead"), "all")
MESSAGES = {"lead": "all", "message": "all", "card": "all"}


@pytest.fixture
def admin(clinic) -> Browser:
    """The demo clinic's admin, who reads Romanian."""
    staff = Staff.get(Staff.email == "iulia.hancu@example.ro")
    Staff.update(language="ro").where(Staff.id == staff.id).execute()
    return a_web(clinic).as_(staff)


def test_what_refers_to_a_lead_and_to_its_card_stands_once_on_the_lead(house):
    lead = a_lead()
    a_message(lead=lead, card=lead.card)
    browser, me = a_seat(house, MESSAGES)
    page = browser.get(f"/lead/details/?id={lead.id}").text
    assert page.count("<h2>Messages</h2>") == 1

    a_message(staff=me, card=lead.card)
    page = browser.get(f"/lead/details/?id={lead.id}").text
    assert page.count("<h2>Messages</h2>") == 1 and page.count("Appointment booked") == 2


def test_a_message_is_named_by_its_event_to_whoever_may_not_know_for_whom_it_is(house):
    sent = a_delivery(message=a_message())
    rights = {"delivery": "all", "message": "all"}
    browser, _ = a_seat(house, rights, hides="message.patient")
    page = browser.get("/delivery/").text
    assert "Appointment booked SMS" in page and f"#{sent.message_id}" not in page


def test_the_first_page_of_the_admin_says_what_a_failed_message_was_about(admin):
    failed = {"state": "failed", "event": "recall_due", "problem": "Numărul nu este alocat."}
    a_message(not_before=utcnow() - dt.timedelta(minutes=1), **failed)
    panel = admin.get("/").text.split("Mesaje care au eșuat")[1].split("</section>")[0]
    assert "Rechemare la termen" in panel and ">Mesaj<" not in panel


def test_under_the_thumb_of_the_admin_lie_the_lists_to_which_they_add(admin):
    thumb = admin.get("/").text.split('<nav class="thumb"')[1].split("</nav>")[0]
    assert re.findall(r'href="/([a-z-]+)/', thumb) == ["staff", "role"]


def test_a_day_of_the_week_is_a_word_and_no_number_at_the_right(house):
    opening_hours()
    browser, _ = a_seat(house, {"opening_hours": "all", "location": "all"})
    page = browser.get("/opening-hours/").text
    classes = re.search(r'<table class="(rows[^"]*)"', page)[1].split()
    assert "num-2" not in classes and {"num-3", "num-4"} <= set(classes)


def test_the_closed_days_are_named_in_the_language_of_the_reader_and_stay_as_they_were_kept(admin):
    year = dt.date.today().year + 3
    day = dt.date(year, 12, 25)
    Holiday.delete().where(Holiday.day >= dt.date(year, 1, 1)).execute()
    Holiday.create(day=day, name="Christmas Day")
    page = admin.get(f"/closed-days/?year={year}").text
    said = re.search(r'name="n.0" value="([^"]+)"', page)[1]
    assert said == "Crăciunul"

    typed = {"k.0": "1", "d.0": f"25.12.{year}", "n.0": said}
    admin.send(f"/closed-days/?year={year}", typed)
    assert [row.name for row in Holiday.select().where(Holiday.day == day)] == ["Christmas Day"]


def test_of_several_steps_on_only_the_first_is_the_main_button(house):
    way = a_draft_pipeline()
    new = a_stage(pipeline=way, code="new", opens=True)
    for name in ("Consulted", "Converted"):
        a_stage_step(new, a_stage(pipeline=way, code=name.lower(), name=name))
    card = a_card(pipeline=published(way))
    browser, _ = a_seat(house, CARDS | {"card": "all edit", "card_step": "all create"})
    page = browser.get(f"/cards/{card.id}").text
    assert re.findall(r'<button class="btn( main)?">(Con\w+)', page) == [
        (" main", "Consulted"),
        ("", "Converted"),
    ]


def test_a_process_tells_on_its_card_whose_work_it_is_and_only_what_may_be_read(house):
    track = a_track()
    order = track.order
    tells = {"track": "all", "lab_order": "all", "work_type": "all", "patient": "all"}
    browser, _ = a_seat(house, CARDS | tells, hides="lab_order.patient")
    page = browser.get(f"/cards/{track.card_id}").text
    work = re.search(r'id="work">(.*?)</section>', page, re.S)
    assert order.ticket in re.search(r"<h1>(.*?)</h1>", page)[1]
    assert order.work_type.name in work[1]
    assert order.patient.last_name not in work[1]
    assert "Patient" not in work[1]


def test_tables_of_one_heading_are_told_apart_by_what_they_refer_with(house):
    browser, me = a_seat(house, CARDS | {"staff": "all"})
    a_card(responsible=me)
    assert re.findall(r"<h2>(Cards[^<]*)", browser.get(f"/staff/details/?id={me.id}").text) == [
        "Cards"
    ]
    a_card(responsible=me, opened_by=me)
    page = browser.get(f"/staff/details/?id={me.id}").text
    assert set(re.findall(r"<h2>(Cards[^<]*)", page)) == {
        "Cards · Responsible",
        "Cards · Opened by",
    }


def test_the_audit_says_roles_in_words(admin):
    year = dt.date.today().year + 2
    day = {"k.0": "1", "d.0": f"09.05.{year}", "n.0": "Ziua noastră"}
    assert admin.send(f"/closed-days/?year={year}", day).status_code == 302
    page = admin.get("/audit-entry/").text
    assert "<td>Administrator</td>" in page and "<td>admin</td>" not in page


def test_a_view_of_the_first_rows_keeps_its_name_when_somebody_saves_it_in_romanian(clinic):
    staff = Staff.get(Staff.email == "tudor.radulescu@example.ro")
    Staff.update(language="ro").where(Staff.id == staff.id).execute()
    view = SavedView.get(SavedView.name == "Recall next week")
    browser = a_web(clinic).as_(staff)
    page = browser.get(f"/views/{view.id}/edit").text
    said = re.search(r'id="name" name="name" value="([^"]+)"', page)[1]
    assert said == "Rechemări săptămâna viitoare" and "Șef de laborator" in page

    typed = {"name": said, "position": view.position, "row_version": view.row_version}
    assert browser.send(f"/views/{view.id}/edit", typed).status_code == 302
    assert SavedView.get_by_id(view.id).name == "Recall next week"


@pytest.mark.parametrize(("language", "words"), [("en", "Told"), ("ro", "Anunțat")])
def test_what_came_of_an_automation_is_said_in_the_language_of_its_reader(house, language, words):
    rights = CARDS | {"automation": "all", "automation_run": "all"}
    browser, me = a_seat(house, rights)
    Staff.update(language=language).where(Staff.id == me.id).execute()
    an_automation_run(done_at=NOW, outcome=TOLD)
    assert f">{words}<" in browser.get("/automation-run/").text
