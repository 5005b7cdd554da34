"""Eight people correct the statement of one order at once: its versions have no gap."""

from __future__ import annotations

from collections import Counter
from functools import partial

from schema.device_statements import DeviceStatement
from schema.staff import Staff
from schema.workflow.device_statements import document_of, issue_statement
from schema.workflow.statement_content import Declared, full_name
from tests.concurrency.crowd import PEOPLE, Crowd, together, tried
from tests.factories import NOW, TODAY
from tests.factories.orders import an_order
from tests.factories.statements import a_finished_order, a_signatory

ROUNDS = 4


def correcting(place: int, orders: list[int], people: list[int]) -> Counter[str]:
    """Each signs a version of either order in turn, whoever signs beside."""
    tally = Counter[str]()
    for count in range(ROUNDS):
        tried(tally, partial(sign, orders[(place + count) % 2], people[place]))
    return tally


def sign(order: int, by: int) -> None:
    reason = f"Corrected by {by}"
    declared = Declared("ro", "Șef de laborator", implantable=True, reason=reason)
    name = full_name(Staff.get_by_id(by))
    issue_statement(order, declared, name, by=by, now=NOW, today=TODAY)


def test_versions_have_no_gap_whoever_signs_beside_whom(house, crowd: Crowd):
    orders = [a_finished_order().id, an_order().id]
    people = [a_signatory().id for _ in range(PEOPLE)]
    for order in orders:
        first = Declared("ro", "Șef de laborator", implantable=True)
        name = full_name(Staff.get_by_id(people[0]))
        issue_statement(order, first, name, by=people[0], now=NOW, today=TODAY)

    tally = together(crowd.all_do(house.url, correcting, orders, people))

    assert tally["kept"] == PEOPLE * ROUNDS
    for order in orders:
        mine = DeviceStatement.select().where(DeviceStatement.order == order)
        found = list(mine.order_by(DeviceStatement.version))
        assert [one.version for one in found] == list(range(1, PEOPLE * ROUNDS // 2 + 2))
        assert all(document_of(one) for one in found)
        assert {one.by_id for one in found} <= set(people)
