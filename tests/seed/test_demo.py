"""The demo clinic: every table alive, nothing sown twice, everybody can sign in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reports.lot_trace import to_order
from schema import TABLES
from schema.appointments import Appointment
from schema.audit import AuditChange, AuditEntry
from schema.base import table_name
from schema.bench import BenchAct, MachineRun, MachineRunWork
from schema.billing import Invoice, Payment
from schema.cards import Card
from schema.clock import JobRun, WorkerTick
from schema.database import close_database, open_database
from schema.fields import InstantField
from schema.followups import Followup
from schema.hibc import check_character
from schema.lab import Material
from schema.leads import Lead
from schema.lots import MaterialLot
from schema.messages import Message
from schema.orders import LabOrder
from schema.outside import Outsourcing
from schema.recall import Recall
from schema.sessions import PasswordLink, SignIn, SignInAttempt
from schema.staff import Clinic, Role, Staff, StaffRole
from schema.system_keys import SystemKey
from schema.tablets import SharedDevice
from schema.tickets import TicketCounter
from schema.views import ViewChoice
from schema.workflow import Refused
from schema.workflow.lot_labels import lot_behind
from schema.workflow.lots import scanned
from schema.workflow.passwords import about, refuse_weak_password
from schema.workflow.pins import pin_of, refuse_weak_pin
from schema.workflow.sign_in import sign_in
from schema.workflow.tablets import enrol, sign_in_at
from schema.workflow.value_days import HOME_ZONE
from seed.demo import demo_logins, sow_demo_clinic
from tests.clinic import PATIENTS, DemoHouse
from tests.factories import NOW
from tests.factories.staff import a_person

# Written by those who own them: the chain of the audit, the clock, people at the door and at lists.
OTHERS = {AuditEntry, AuditChange, JobRun, WorkerTick, PasswordLink, SignIn, SignInAttempt}
OTHERS |= {SystemKey, ViewChoice, BenchAct, MachineRun, MachineRunWork, SharedDevice}
TODAY = NOW.astimezone(HOME_ZONE).date()


def counted() -> dict[str, int]:
    return {table_name(model): model.select().count() for model in TABLES}


def diary() -> list[tuple[Any, ...]]:
    rows = Appointment.select(Appointment.starts_at, Appointment.patient, Appointment.provider)
    return list(rows.order_by(Appointment.id).tuples())


def today_from(hour: int) -> dt.datetime:
    return dt.datetime.combine(TODAY, dt.time(hour), HOME_ZONE).astimezone(dt.UTC)


def test_every_table_has_rows(clinic: DemoHouse) -> None:
    least = dict.fromkeys(OTHERS, 0) | {Clinic: 1, TicketCounter: 1}
    few = {
        table_name(model): model.select().count()
        for model in TABLES
        if model.select().count() < least.get(model, 2)
    }
    assert not few


def test_sowing_twice_is_sowing_once(clinic: DemoHouse) -> None:
    before = counted()

    sow_demo_clinic(clinic.now + dt.timedelta(days=1), patients=30)

    assert counted() == before


def test_a_house_where_people_work_is_left_alone(house: Any) -> None:
    a_person()
    before = counted()

    with pytest.raises(Refused, match="People work in this house"):
        sow_demo_clinic(NOW)

    assert counted() == before


def test_the_same_moment_gives_the_same_clinic(house: Any, clinic: DemoHouse) -> None:
    """The fixture that opened last is the clinic; the empty house stands beside it."""
    counts, visits = counted(), diary()
    close_database()
    open_database(house.url)

    sow_demo_clinic(clinic.now, patients=PATIENTS)

    assert (counted(), diary()) == (counts, visits)


def test_everybody_signs_in(clinic: DemoHouse) -> None:
    assert {login["role"] for login in demo_logins()} == {role.code for role in Role.select()}

    for login in demo_logins():
        assert sign_in(login["email"], login["password"], "10.0.0.1", "test", clinic.now)
        holders = StaffRole.select().join(Staff).where(Staff.email == login["email"])
        assert [row.role.code for row in holders] == [login["role"]]


def test_passwords_of_the_demo_are_not_weak(clinic: DemoHouse) -> None:
    for login in demo_logins():
        person = Staff.get(Staff.email == login["email"])
        refuse_weak_password(login["password"], *about(person))


def test_the_people_of_the_bench_sign_in_on_a_shared_tablet(clinic: DemoHouse) -> None:
    with_pin = [login for login in demo_logins() if "pin" in login]
    assert {login["role"] for login in with_pin} == {"technician", "lab_supervisor"}
    for login in with_pin:
        person = Staff.get(Staff.email == login["email"])
        refuse_weak_pin(login["pin"], person.phone)
        tablet, _ = enrol(login["role"], person.location_id, 2, by=person.id, now=clinic.now)
        told = {"address": "10.0.0.1", "agent": "test", "now": clinic.now}
        assert sign_in_at(tablet, person.id, login["pin"], **told)
    gone = Staff.get(Staff.ended_on.is_null(False))
    assert pin_of(gone) is None


def test_it_says_that_it_is_a_demo(clinic: DemoHouse) -> None:
    [row] = Clinic.select()
    assert (row.name, row.is_demo) == ("Benchside demo", True)


def test_today_has_visits_that_are_over_and_visits_to_come(clinic: DemoHouse) -> None:
    today = Appointment.select().where(Appointment.starts_at.between(today_from(0), today_from(23)))
    ahead = Appointment.select().where(Appointment.starts_at > clinic.now)
    assert today.count() >= 4
    assert ahead.count() >= 4


def test_orders_are_late_and_on_time(clinic: DemoHouse) -> None:
    cards = Card.select().join(LabOrder).where(Card.closed_at.is_null(), ~LabOrder.is_draft)
    assert cards.where(Card.due_at < clinic.now).exists()
    assert LabOrder.select().join(Card).where(Card.closed_at.is_null(False)).count() >= 2
    assert LabOrder.select().where(LabOrder.is_draft).exists()


def test_recalls_are_due_and_overdue(clinic: DemoHouse) -> None:
    open_ones = Recall.select().where(Recall.status != "booked", ~Recall.disabled)
    soon = TODAY + dt.timedelta(days=28)
    assert open_ones.where(Recall.due_on.between(TODAY, soon)).exists()
    assert open_ones.where(Recall.due_on < TODAY).exists()


def test_a_plan_is_at_risk_and_somebody_is_told(clinic: DemoHouse) -> None:
    at_risk = Card.select().where(Card.kind == "plan", Card.at_risk, Card.closed_at.is_null())
    assert at_risk.exists()
    assert Followup.select().where(Followup.card.in_(at_risk), Followup.done_at.is_null()).exists()


def test_leads_wait_for_an_answer(clinic: DemoHouse) -> None:
    fresh = Lead.select().join(Card).where(Card.closed_at.is_null())
    assert fresh.where(Lead.first_response_at.is_null()).exists()
    assert fresh.where(Lead.first_response_at.is_null(False)).exists()


def test_messages_wait_and_some_tasks_are_due(clinic: DemoHouse) -> None:
    assert Message.select().where(Message.state == "pending").exists()
    open_ones = Followup.select().where(Followup.done_at.is_null(), Followup.cancelled_at.is_null())
    assert open_ones.where(Followup.due_at < clinic.now).exists()


def test_some_materials_are_to_be_ordered_and_others_are_not(clinic: DemoHouse) -> None:
    few = {row[0] for row in to_order(TODAY)}
    stated = {one.id for one in Material.select().where(Material.order_below.is_null(False))}
    assert few and few < stated


def test_a_label_of_a_lot_of_the_demo_is_understood(clinic: DemoHouse) -> None:
    on_shelf = MaterialLot.select().where(
        MaterialLot.finished_at.is_null(),
        MaterialLot.withdrawn_at.is_null(),
        MaterialLot.expires_on >= TODAY,
    )
    read = set()
    for lot in on_shelf:
        gs1 = lot.product.isdigit()
        if gs1:
            label = f"01{lot.product}17{lot.expires_on:%y%m%d}10{lot.lot_number}"
        else:
            label = f"+{lot.product}1/$$3{lot.expires_on:%y%m%d}{lot.lot_number}/S1"
            label += check_character(label)
        said = scanned(label, "", TODAY)
        assert said.product == lot.product
        found = lot_behind(label, TODAY)
        assert (found.material_id, found.lot_number) == (lot.material_id, lot.lot_number)
        read.add(gs1)
    assert read == {True, False}, "labels of both systems"


def test_drivers_come_and_go_while_people_are_in(clinic: DemoHouse) -> None:
    back = list(Outsourcing.select().where(Outsourcing.returned_at.is_null(False)))
    gone = [one.sent_at for one in Outsourcing.select()] + [one.returned_at for one in back]
    late = sum(one.returned_at.astimezone(HOME_ZONE).date() > one.promised_on for one in back)
    hours = [moment.astimezone(HOME_ZONE).hour for moment in gone]
    assert sum(8 <= hour < 18 for hour in hours) >= len(hours) * 8 // 10
    assert 0 < late < len(back), "firms do not always keep their word"


def test_nothing_that_happened_lies_ahead(clinic: DemoHouse) -> None:
    planned = {"due_at", "starts_at", "ends_at", "not_before", "not_after", "created_at"}
    planned |= {"planned_for"}
    ahead = [
        f"{table_name(model)}.{field.name}"
        for model in set(TABLES) - {AuditEntry, AuditChange}  # they say when it was written down
        for field in model._meta.sorted_fields
        if isinstance(field, InstantField) and field.name not in planned
        if model.select().where(field > clinic.now).exists()
    ]
    assert not ahead


def test_payments_never_exceed_their_invoices(clinic: DemoHouse) -> None:
    for invoice in Invoice.select():
        paid = sum(row.amount for row in Payment.select().where(Payment.invoice == invoice))
        assert 0 <= paid <= invoice.total


def test_the_next_row_gets_a_key_of_its_own(clinic: DemoHouse) -> None:
    assert a_person().id > 20
