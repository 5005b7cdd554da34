"""Tickets run from 1 in each year without a gap, whoever registers beside whom."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from schema.orders import LabOrder
from schema.tickets import TicketCounter
from tests.copies import drop_guard, insert_like
from tests.factories.cards import a_card
from tests.factories.lab import a_work_type
from tests.factories.orders import a_draft_order
from tests.factories.patients import a_patient
from tests.factories.staff import a_person
from tests.refusals import raw, refuses

ROOT = Path(__file__).resolve().parents[2]
CLERKS, EACH = 4, 10
CLERK = """
import sys
from schema.database import database, one_act, open_database
from schema.orders import LabOrder
from schema.tickets import next_ticket

url, columns = sys.argv[1], dict(pair.split("=") for pair in sys.argv[2].split())
open_database(url)
database.connect()
for card in sys.argv[3].split(","):
    with one_act():
        LabOrder.create(
            card=int(card), ticket=next_ticket(2026), received_on="2026-11-20", **columns
        )
"""


def test_tickets_run_from_one_in_each_year(house):
    first, second = a_draft_order(), a_draft_order()
    new_year = a_draft_order(received_on=dt.date(2027, 1, 4))

    assert [first.ticket, second.ticket] == ["26-000001", "26-000002"]
    assert new_year.ticket == "27-000001"


@pytest.mark.parametrize("ticket", ["26-000001", "26-000003", "26-2", "26-00000x", "", "x"])
def test_only_the_next_ticket_is_taken(house, ticket):
    order = a_draft_order()

    with refuses("lab_order_ticket_is_the_next"):
        insert_like(order, ticket=ticket, card_id=a_card("order").id)

    insert_like(order, ticket="26-000002", card_id=a_card("order").id)


def test_a_ticket_is_unique_whatever_the_counter_says(house):
    order = a_draft_order()
    drop_guard("lab_order_ticket_is_the_next", "lab_order")

    with refuses("lab_order_ticket_is_unique"):
        insert_like(order, card_id=a_card("order").id)


def test_a_ticket_is_a_year_a_dash_and_six_digits(house):
    order = a_draft_order()
    drop_guard("lab_order_ticket_is_the_next", "lab_order")

    with refuses("lab_order_ticket_is_well_formed"):
        insert_like(order, ticket="26_000002", card_id=a_card("order").id)


def test_a_ticket_is_of_the_year_of_its_order(house):
    order = a_draft_order()

    with refuses("lab_order_ticket_is_of_its_year"):
        insert_like(order, ticket="25-000001", card_id=a_card("order").id)


def test_a_ticket_never_changes(house):
    order = a_draft_order()

    with refuses("lab_order_ticket_stays"):
        raw("UPDATE lab_order SET ticket = '26-000002' WHERE id = ?", order.id)


def test_the_counter_follows_the_orders(house):
    a_draft_order()

    with refuses("ticket_counter_follows_the_orders"):
        raw("UPDATE ticket_counter SET last_number = 7")
    with refuses("ticket_counter_one_per_year"):
        raw("INSERT INTO ticket_counter (year, last_number) VALUES ('26', 1)")
    with refuses("ticket_counter_stays"):
        raw("DELETE FROM ticket_counter")

    assert TicketCounter.get(year="26").last_number == 1


def test_clerks_who_register_at_the_same_time_leave_no_gap(house):
    patient, dentist, work = a_patient(), a_person("dentist"), a_work_type()
    columns = f"patient={patient.id} dentist={dentist.id} work_type={work.id}"
    cards = [[str(a_card("order").id) for _ in range(EACH)] for _ in range(CLERKS)]
    command = [sys.executable, "-c", CLERK, house.url, columns]

    clerks = [subprocess.Popen([*command, ",".join(mine)], cwd=ROOT) for mine in cards]

    assert [clerk.wait(60) for clerk in clerks] == [0] * CLERKS
    tickets = [order.ticket for order in LabOrder.select().order_by(LabOrder.ticket)]
    assert tickets == [f"26-{number:06d}" for number in range(1, CLERKS * EACH + 1)]
