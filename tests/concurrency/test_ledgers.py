"""Many hands in one till and one box: never more paid than owed, never fewer pieces than none."""

from __future__ import annotations

from collections import Counter
from functools import partial
from random import Random
from typing import Any

from schema.billing import Invoice, InvoiceLine, Payment
from schema.cards import Card
from schema.components import HOLDERS
from schema.lab_gates import IN_WORK, held
from schema.movements import ComponentMovement
from tests.concurrency.crowd import PEOPLE, Crowd, operations, refused, together, tried
from tests.concurrency.turning import turn
from tests.factories import NOW, later
from tests.factories.billing import a_draft_invoice, an_invoice, an_invoice_line
from tests.factories.components import a_component, a_component_kind
from tests.factories.orders import an_order
from tests.factories.staff import a_person
from tests.refusals import raw

TRIES = 40
TOTAL = 1_000
ENDLESS = ("patient", "stock")
HANDS = [("stock", "lab"), ("lab", "stock"), ("lab", "clinic"), ("clinic", "patient")]
OVERPAID = (
    "SELECT COUNT(*) FROM (SELECT i.total, i.voided_at, (SELECT COALESCE(SUM(p.amount), 0) "
    "FROM payment p WHERE p.invoice_id = i.id) AS paid FROM invoice i) AS till "
    "WHERE paid < 0 OR paid > total OR (voided_at IS NOT NULL AND paid <> 0)"
)
NOT_THE_SUM = (
    "SELECT COUNT(*) FROM invoice i WHERE i.issued_at IS NOT NULL AND i.total IS DISTINCT FROM "
    "(SELECT SUM(l.amount) FROM invoice_line l WHERE l.invoice_id = i.id)"
)
OWED = "SELECT COUNT(*) FROM component c WHERE " + " OR ".join(
    f"""{held("c.id", f"('{holder}')")} < 0""" for holder in HOLDERS if holder not in ENDLESS
)
CLOSED_WITH_PARTS = (
    "SELECT COUNT(*) FROM component c JOIN lab_order o ON o.id = c.order_id "
    f"JOIN card k ON k.id = o.card_id WHERE k.closed_at IS NOT NULL AND {held('c.id', IN_WORK)} > 0"
)


def found(question: str) -> int:
    return int(raw(question).fetchone()[0])


def paying(place: int, invoices: list[int]) -> Counter[str]:
    """Pays, pays back and voids; looks after each act."""
    chance, tally = Random(place), Counter[str]()
    for _ in range(TRIES):
        tried(tally, one_payment(chance, chance.choice(invoices)))
        assert found(OVERPAID) == 0
    return tally


def one_payment(chance: Random, invoice: int) -> Any:
    if chance.random() < 0.1:
        void = Invoice.update(voided_at=later(hours=1), void_reason="Wrong patient")
        return void.where(Invoice.id == invoice).execute
    amount = chance.choice((1, 1, -1)) * chance.randrange(100, TOTAL, 100)
    paid = {"invoice": invoice, "amount": amount, "method": "cash", "at": NOW}
    return partial(Payment.create, **paid, reason="Too much" if amount < 0 else None)


def test_no_invoice_is_ever_paid_more_than_it_says(house, crowd: Crowd):
    invoices = [an_invoice(total=TOTAL).id for _ in range(6)]

    tally = together(crowd.all_do(house.url, paying, invoices))

    assert operations(tally) == PEOPLE * TRIES
    assert set(refused(tally)) <= {
        "payment_within_the_invoice",
        "payment_for_an_issued_invoice",
        "invoice_voided_without_money",
        "invoice_issued_stays",
    }
    assert tally["payment_within_the_invoice"]
    assert found(OVERPAID) == 0


def billing(place: int, invoices: list[int]) -> Counter[str]:
    """Writes lines, and issues as soon as the total was seen."""
    chance, tally = Random(place), Counter[str]()
    for count in range(TRIES):
        tried(tally, one_line(chance, chance.choice(invoices), f"F{place}-{count}"))
        assert found(NOT_THE_SUM) == 0
    return tally


def one_line(chance: Random, invoice: int, number: str) -> Any:
    lines = InvoiceLine.select().where(InvoiceLine.invoice == invoice).order_by(InvoiceLine.id)
    amounts = {line.id: line.amount for line in lines}
    which = InvoiceLine.id == chance.choice([*amounts] or [0])
    issue = Invoice.update(total=sum(amounts.values()), number=number, issued_at=NOW)
    return chance.choice(
        (
            partial(InvoiceLine.create, invoice=invoice, text="Crown", amount=100),
            InvoiceLine.update(amount=chance.randrange(1, 500)).where(which).execute,
            InvoiceLine.delete().where(which).execute,
            issue.where(Invoice.id == invoice).execute,
        )
    )


def test_an_issued_invoice_is_the_sum_of_its_lines(house, crowd: Crowd):
    invoices = [an_invoice_line(invoice=a_draft_invoice()).invoice_id for _ in range(25)]

    tally = together(crowd.all_do(house.url, billing, invoices))

    assert operations(tally) == PEOPLE * TRIES
    assert set(refused(tally)) <= {
        "invoice_is_the_sum_of_its_lines",
        "invoice_issued_stays",
        "invoice_line_joins_a_draft",
        "invoice_line_of_issued_stays",
    }
    assert Invoice.select().where(Invoice.issued_at.is_null(False)).count() > 5


def handing_over(place: int, parts: list[int], order_card: int, person: int) -> Counter[str]:
    """Hands pieces from anybody to anybody, closes the order and reopens it; looks each time."""
    chance, tally = Random(place), Counter[str]()
    for _ in range(TRIES):
        closing = chance.random() < 0.2
        act = (
            partial(turn, Card.get_by_id(order_card), person)
            if closing
            else handing(chance, parts, person)
        )
        tried(tally, act)
        assert found(OWED) == found(CLOSED_WITH_PARTS) == 0
    return tally


def handing(chance: Random, parts: list[int], person: int) -> Any:
    """One piece; more hands take from the laboratory than give, so that it is often empty."""
    giver, taker = chance.choice(HANDS)
    hands = {"from_holder": giver, "to_holder": taker, "by": person}
    return partial(ComponentMovement.create, component=chance.choice(parts), **hands)


def test_nobody_hands_over_what_they_do_not_hold(house, crowd: Crowd):
    order, kind = an_order(), a_component_kind(returns="free")
    parts = [a_component(order=order, kind=kind, note=str(note)).id for note in range(2)]

    tally = together(
        crowd.all_do(house.url, handing_over, parts, order.card_id, a_person("technician").id)
    )

    assert operations(tally) == PEOPLE * TRIES
    assert tally["component_movement_of_what_is_held"]
    assert tally["card_step_accounts_for_components"]
    assert found(OWED) == found(CLOSED_WITH_PARTS) == 0
