"""A draft becomes a job ticket once it says all that its kind of work asks for."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.cards import Card
from schema.orders import LabOrder
from schema.teeth import OrderConnector, OrderTooth
from schema.workflow import Refused
from schema.workflow.chart import Mark, chart_of, set_chart
from schema.workflow.order_due import due_of
from schema.workflow.order_gaps import gaps_of
from schema.workflow.orders import back_to_draft, register
from tests.factories import NOW
from tests.factories.appointments import an_appointment
from tests.factories.hours import opening_hours
from tests.factories.lab import a_material, a_work_type, an_allowed_material
from tests.factories.orders import a_draft_order, an_order_tooth, an_order_visit, joined
from tests.factories.staff import a_location, a_person
from tests.factories.tracks import a_track

BRIDGE = [Mark(12, "crown"), Mark(11, "pontic"), Mark(21, "pontic"), Mark(22, "crown")]
SPAN = [(11, 12), (11, 21), (21, 22)]


def a_visit(order, days=14, **columns):
    starts_at = dt.datetime(2026, 12, 1, 13, 30, tzinfo=dt.UTC) + dt.timedelta(days=days)
    visit = an_appointment(patient=order.patient, starts_at=starts_at, **columns)
    return an_order_visit(order=order, appointment=visit)


def me():
    return a_person("lab_supervisor").id


def test_a_refusal_names_all_that_is_missing_at_once(house):
    work = a_work_type(needs_stump=True)
    order = a_draft_order(work_type=work, shade=None)
    LabOrder.update(material=None).where(LabOrder.id == order.id).execute()
    with pytest.raises(Refused) as refused:
        register(order.id, by=me(), now=NOW)
    for words in ("teeth", "material", "the shade", "stump shade", "due date"):
        assert words in str(refused.value)
    assert LabOrder.get_by_id(order.id).is_draft


def test_a_complete_draft_is_registered_and_due_before_its_visit(house):
    order = a_draft_order()
    an_order_tooth(order=order)
    visit = a_visit(order)
    assert not register(order.id, by=me(), now=NOW).is_draft
    due = Card.get_by_id(order.card_id).due_at
    assert due == visit.appointment.starts_at - dt.timedelta(days=1)


def test_an_earlier_due_date_that_was_typed_stays(house):
    order = a_draft_order()
    an_order_tooth(order=order)
    a_visit(order)
    Card.update(due_at=NOW).where(Card.id == order.card_id).execute()
    register(order.id, by=me(), now=NOW)
    assert Card.get_by_id(order.card_id).due_at == NOW


def test_registering_twice_is_registering_once(house):
    order = a_draft_order()
    an_order_tooth(order=order)
    a_visit(order)
    first = register(order.id, by=me(), now=NOW)
    assert register(order.id, by=me(), now=NOW).row_version == first.row_version


def test_a_work_is_due_when_the_last_working_day_before_the_visit_ends(house):
    order = a_draft_order()
    location = a_location()
    Card.update(location=location).where(Card.id == order.card_id).execute()
    for weekday in (1, 2, 3, 4, 5):
        opening_hours(location=location, weekday=weekday, opens_at=8 * 60, closes_at=16 * 60)
    a_visit(order, days=6)  # Monday 7 December 2026
    assert due_of(order) == dt.datetime(2026, 12, 4, 14, 0, tzinfo=dt.UTC)


def test_a_cancelled_visit_needs_no_work(house):
    order = a_draft_order()
    gone = {"cancelled_at": NOW, "cancelled_by": a_person(), "cancelled_for": "patient"}
    gone["cancel_reason"] = "Is ill"
    a_visit(order, **gone)
    assert due_of(order) is None
    a_visit(order, days=20)
    assert due_of(order) is not None


def test_a_registered_order_goes_back_to_draft_until_work_has_begun(house):
    order = a_draft_order()
    an_order_tooth(order=order)
    a_visit(order)
    register(order.id, by=me(), now=NOW)
    assert back_to_draft(order.id, by=me(), now=NOW).is_draft
    a_track(order=register(order.id, by=me(), now=NOW))
    with pytest.raises(Refused, match="has begun"):
        back_to_draft(order.id, by=me(), now=NOW)


def test_a_bridge_across_the_midline_is_drawn_in_one_act(house):
    order = a_draft_order(work_type=a_work_type(is_bridge=True))
    set_chart(order.id, BRIDGE, SPAN, seen=order.row_version, by=me(), now=NOW)
    marks, joins = chart_of(order)
    assert sorted(mark.tooth for mark in marks) == [11, 12, 21, 22] and joins == SPAN
    assert [gap.where for gap in gaps_of(order)] == ["due_at"]


def test_the_chart_replaces_what_was_drawn_before_and_keeps_rows_that_stay(house):
    order = a_draft_order()
    teeth = joined(order, (12, "crown"), (11, "pontic"), (21, "crown"))
    drawn = [Mark(12, "crown"), Mark(11, "crown")]
    set_chart(order.id, drawn, [(12, 11)], seen=order.row_version, by=me(), now=NOW)
    rows = OrderTooth.select().where(OrderTooth.order == order)
    assert {(row.id, row.part) for row in rows} == {
        (teeth[0].id, "crown"),
        (teeth[1].id, "crown"),
    }
    assert OrderConnector.select().where(OrderConnector.order == order).count() == 1


@pytest.mark.parametrize(
    ("marks", "joins", "says"),
    [
        ([Mark(12, "crown"), Mark(22, "crown")], [(12, 22)], "neighbours"),
        ([Mark(11, "crown"), Mark(41, "crown")], [(11, 41)], "neighbours"),
        ([Mark(11, "crown")], [(11, 21)], "not part of the work"),
        ([Mark(11, "inlay"), Mark(12, "crown")], [(11, 12)], "never joined"),
        ([Mark(11, "implant_crown")], [], "Name the implant"),
        ([Mark(11, "nonsense")], [], "what tooth 11 gets"),
        ([Mark(19, "crown")], [], "tooth"),
    ],
)
def test_a_chart_that_cannot_be_is_refused_whole(house, marks, joins, says):
    order = a_draft_order()
    an_order_tooth(order=order, tooth=36)
    with pytest.raises(Refused, match=says):
        set_chart(order.id, marks, joins, seen=order.row_version, by=me(), now=NOW)
    assert [mark.tooth for mark in chart_of(order)[0]] == [36]


def test_a_chart_drawn_from_an_old_page_is_refused(house):
    order = a_draft_order()
    set_chart(order.id, BRIDGE, SPAN, seen=order.row_version, by=me(), now=NOW)
    with pytest.raises(Refused, match="meanwhile"):
        set_chart(order.id, [], [], seen=order.row_version, by=me(), now=NOW)


def test_each_fault_of_a_bridge_is_named_with_its_teeth(house):
    work = a_work_type(is_bridge=True)
    short = a_material(max_span=2)
    an_allowed_material(work_type=work, material=short)
    order = a_draft_order(work_type=work, material=short)
    a_visit(order)
    joined(order, (14, "crown"), (13, "pontic"), (12, "crown"))
    joined(order, (24, "pontic"), (25, "pontic"))
    an_order_tooth(order=order, tooth=36)
    said = [str(gap) for gap in gaps_of(order)]
    assert said == [
        "14–12 is no longer than its material bears",
        "24–25 has a crown or a wing that bears it",
        "36 is joined to its neighbour",
    ]
