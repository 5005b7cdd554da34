"""The dates of works on the screens: the card's page, the search, and before a visit is booked."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from admin_views.find import answer
from admin_views.find_works import works_told
from admin_views.how_long import answer as how_long_answer
from admin_views.work_forecast import hours_at, leave_ahead
from bench.questions import counted
from reports.standing_works import works
from schema.base import utcnow
from schema.cards import Card
from schema.holds import Hold
from schema.hours import Absence, Holiday
from schema.lab import Material, WorkType
from schema.orders import LabOrder
from schema.patients import Patient
from schema.staff import Location, Role, Staff, StaffRole
from schema.tracks import Assignment, Track
from schema.working_time import clinic_zone
from tests.admin_views.seats import sitting
from tests.factories.orders import an_order
from tests.web import a_web


def person_of(code):
    held = StaffRole.select(StaffRole.staff).join(Role).where(Role.code == code)
    return Staff.select().where(Staff.id.in_(held)).get()


@pytest.fixture
def open_orders(clinic):
    rows = LabOrder.select(LabOrder, Card).join(Card).where(Card.closed_at.is_null())
    return [one for one in rows if not one.is_draft and one.card.stage.code != "handed_over"]


def page_of(clinic, role, order):
    browser = a_web(clinic).as_(person_of(role))
    return browser.get(f"/cards/{order.card_id}").get_data(as_text=True)


def panel(page):
    found = re.search(r'<section class="panel" id="dates">.*?</section>', page, re.S)
    return found and found.group()


def test_the_page_of_a_card_says_its_dates(clinic, open_orders):
    Hold.update(ended_at=utcnow()).where(Hold.ended_at.is_null()).execute()
    told = panel(page_of(clinic, "lab_supervisor", open_orders[0]))

    assert "Ready by" in told
    assert "Latest starts" in told
    assert "by standard times" in told or "similar works" in told


def test_a_work_on_hold_has_no_forecast(clinic, open_orders):
    order = open_orders[0]
    Hold.delete().where(Hold.card == order.card_id).execute()
    Hold.create(card=order.card_id, reason="waiting_dentist", clock="clinic", started_at=utcnow())

    assert "None while it is on hold" in panel(page_of(clinic, "lab_supervisor", order))


def test_the_time_on_hold_is_not_the_age_of_a_work(clinic, open_orders):
    order, now = open_orders[0], utcnow()
    tracks = Track.select(Track.card).where(Track.order == order)
    Hold.delete().where((Hold.card == order.card_id) | Hold.card.in_(tracks)).execute()
    start = now - dt.timedelta(days=30)
    Hold.create(card=order.card_id, reason="patient", clock="patient", started_at=start,
                ended_at=now)  # fmt: skip

    standings = works([order.id])[order.id].standings

    assert standings and not any(one.held for one in standings)
    assert all(one.waited == ((start, now),) for one in standings)


def test_new_opening_hours_are_known_at_once(clinic):
    browser = a_web(clinic).as_(person_of("lab_supervisor"))
    place = Location.get()
    with sitting(browser):
        before = hours_at(place.id)
    Holiday.create(day=dt.date(2031, 3, 5), name="A closed day", location=place)
    with sitting(browser):
        assert hours_at(place.id).closed - before.closed == {dt.date(2031, 3, 5)}


@pytest.fixture
def given(open_orders):
    """A process at a stage of the bench that somebody has; nobody is away or on hold."""
    Absence.delete().execute()
    Hold.update(ended_at=utcnow()).where(Hold.ended_at.is_null()).execute()
    orders = [one.id for one in open_orders]
    here = Assignment.ended_at.is_null() & (Assignment.stage == Card.stage)
    return (
        Assignment.select()
        .join(Track)
        .join(Card)
        .where(here, Track.order.in_(orders), Card.closed_at.is_null())
        .get()
    )


def away(person, days=7):
    today = utcnow().astimezone(clinic_zone()).date()
    Absence.create(staff=person, starts_on=today, ends_on=today + dt.timedelta(days=days))


def test_a_card_names_whoever_has_it_and_is_on_leave(clinic, given):
    name = f"{given.technician.first_name} {given.technician.last_name}"
    said = f"{name} has it at {given.stage.name} and is away until"
    order = given.track.order
    assert said not in page_of(clinic, "lab_supervisor", order)
    away(given.technician)
    assert said in panel(page_of(clinic, "lab_supervisor", order))
    other = Staff.select().where(Staff.id != given.technician).join(StaffRole).join(Role)
    technician = other.where(Role.code == "technician").get()
    page = a_web(clinic).as_(technician).get(f"/cards/{order.card_id}").get_data(as_text=True)
    assert said not in page, "the leave of others is not theirs to know"


def test_leave_comes_on_top_of_what_past_works_needed(clinic, given):
    now, order = utcnow(), given.track.order

    def waits():
        with sitting(a_web(clinic).as_(person_of("lab_supervisor"))):
            hours = hours_at(order.card.location_id)
            told = leave_ahead([works([order.id])[order.id]], now)
            return told.get(given.track.card_id, 0), hours

    assert waits()[0] == 0
    away(given.technician, days=60)
    minutes, hours = waits()
    assert minutes >= hours.between(now, now + dt.timedelta(days=60))


def test_a_card_without_a_plan_has_no_dates(clinic):
    lead = Card.get(Card.kind == "lead")
    browser = a_web(clinic).as_(person_of("admin"))

    assert panel(browser.get(f"/cards/{lead.id}").get_data(as_text=True)) is None


def lines(browser, typed):
    with sitting(browser):
        groups = answer(typed, 20, utcnow())["groups"]
    orders = [group for group in groups if group["name"] == "lab_order"]
    return {row["title"]: row["line"] for group in orders for row in group["rows"]}


def test_the_search_says_where_a_work_is_in_one_line(clinic, open_orders):
    order = open_orders[0]
    line = lines(a_web(clinic).as_(order.dentist), order.ticket)[order.ticket]

    assert f"{order.patient.last_name} {order.patient.first_name}" in line
    assert order.card.stage.name in line
    assert order.card.location.name in line
    assert "since " in line


def test_a_technician_finds_the_work_and_neither_name_nor_telephone(clinic, open_orders):
    technician = person_of("technician")
    browser = a_web(clinic).as_(technician)
    told = ""
    for order in open_orders:
        told += " ".join(lines(browser, order.ticket).values())
    patients = Patient.select().where(Patient.id.in_([one.patient_id for one in open_orders]))

    assert "since " in told
    for patient in patients:
        assert patient.last_name not in told
        assert patient.phone not in told


def test_one_line_more_costs_no_question_more(clinic):
    known = {"patient": Patient.get(), "dentist": person_of("dentist")}
    keys = [an_order(**known).id for _ in range(4)]
    away(person_of("technician"))

    def asked(some):
        with sitting(a_web(clinic).as_(person_of("lab_supervisor"))):
            return counted(lambda: works_told(LabOrder, some, utcnow()))

    assert asked(keys) == asked(keys[:1])


def test_before_booking_anyone_at_the_desk_learns_the_first_day(clinic):
    browser = a_web(clinic).as_(person_of("receptionist"))
    work = WorkType.get(WorkType.code == "crown")
    material = Material.get(Material.code == "zr_mono")
    page = browser.get(f"/how-long/?work={work.id}&material={material.id}&teeth=2")
    text = page.get_data(as_text=True)

    assert page.status_code == 200
    assert "First day for the visit" in text
    with sitting(browser):
        one, many = (
            how_long_answer(work, material, teeth, None, dt.datetime(2026, 3, 30, 6, tzinfo=dt.UTC))
            for teeth in (1, 12)
        )
    assert one["first_day"] < many["first_day"]
    assert browser.get("/how-long/?work=x&material=9999999&teeth=-3").status_code == 200
