"""A hand-over has two sides, and what is missing has a story; the ledger agrees with both."""

from __future__ import annotations

import pytest

from tests.copies import drop_guard, insert_like
from tests.factories import later
from tests.factories.components import a_component_movement
from tests.factories.custody import a_handover, a_loan, a_loss, an_incident, on_its_way
from tests.factories.staff import a_person
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def movement_of(handover, /, **columns):
    """One piece of a hand-over taken by the other side, unless said otherwise."""
    told = {"from_holder": "transport", "to_holder": "clinic", "handover": handover}
    told |= {"component": handover.component_id} | columns
    return a_component_movement(**told)


def test_a_handover_gives_one_piece_or_more():
    with refuses("handover_gives_some"):
        a_handover(number=0)


def test_the_ledger_puts_on_the_way_only_what_was_handed_over():
    handover = a_handover(number=2)
    a_component_movement(component=handover.component, number=5)
    away = {"from_holder": "lab", "to_holder": "transport"}

    with refuses("component_movement_follows_its_handover"):
        movement_of(handover, **away, number=3)
    with refuses("component_movement_follows_its_handover"):
        movement_of(handover, from_holder="stock", to_holder="transport")
    with refuses("component_movement_follows_its_handover"):
        movement_of(handover, **away, component=a_component_movement().component)
    movement_of(handover, **away, number=2)
    with refuses("component_movement_follows_its_handover"):
        movement_of(handover, **away, number=1)


def test_nobody_takes_more_of_a_handover_than_is_on_the_way():
    first = on_its_way(number=2)
    second = on_its_way(component=first.component, number=3)

    with refuses("component_movement_takes_what_is_on_the_way"):
        movement_of(first, number=3)
    with refuses("component_movement_takes_what_is_on_the_way"):
        movement_of(first, handover=None)
    movement_of(first, number=2)
    with refuses("component_movement_takes_what_is_on_the_way"):
        movement_of(first, number=1)
    movement_of(second, number=1)


def test_whoever_gave_does_not_take_but_may_take_back():
    handover = on_its_way(number=2)

    with refuses("component_movement_is_taken_by_the_other_side"):
        movement_of(handover, by=handover.by)
    movement_of(handover, to_holder="lab", by=handover.by)
    movement_of(handover, by=a_person("receptionist"))


def test_a_handover_is_of_what_is_on_the_way_alone():
    handover = on_its_way()
    drop_guard("component_movement_follows_its_handover", "component_movement")

    with refuses("component_movement_handover_is_on_the_way"):
        movement_of(handover, from_holder="stock", to_holder="lab")


def test_what_is_missing_belongs_to_an_open_incident():
    incident = an_incident(number=2)
    held = a_component_movement(component=incident.component, number=5)
    lost = {"from_holder": "lab", "to_holder": "missing"}

    with refuses("component_movement_missing_has_incident"):
        insert_like(held, **lost, number=1)
    with refuses("component_movement_is_of_its_open_incident"):
        insert_like(held, from_holder="lab", to_holder="clinic", incident_id=incident.id)
    with refuses("component_movement_is_of_its_open_incident"):
        insert_like(held, **lost, number=3, incident_id=incident.id)
    other = a_component_movement()
    with refuses("component_movement_is_of_its_open_incident"):
        insert_like(other, **lost, incident_id=incident.id)
    insert_like(held, **lost, number=2, incident_id=incident.id)
    more = an_incident(component=incident.component)
    insert_like(held, **lost, number=1, incident_id=more.id)
    with refuses("component_movement_is_of_its_open_incident"):
        insert_like(held, from_holder="missing", to_holder="lab", number=3, incident_id=incident.id)


def close(incident, outcome="found", reason=None):
    raw(
        "UPDATE component_incident SET closed_at = ?, closed_by_id = ?, outcome = ?, reason = ? "
        "WHERE id = ?",
        "2026-11-21 09:00:00",
        incident.noticed_by_id,
        outcome,
        reason,
        incident.id,
    )


def test_an_incident_ends_when_nothing_is_missing_any_more():
    incident = a_loss()
    back = {"component": incident.component, "from_holder": "missing", "incident": incident}

    with refuses("component_incident_ends_when_nothing_is_missing"):
        close(incident)
    a_component_movement(**back, to_holder="written_off", reason="Fell down a drain")
    with refuses("component_incident_tells_of_its_losses"):
        close(incident)
    with refuses("component_incident_loss_has_reason"):
        close(incident, "written_off")
    close(incident, "written_off", "Fell down a drain")
    with refuses("component_incident_stays_as_noticed"):
        raw("UPDATE component_incident SET closed_at = NULL, closed_by_id = NULL, outcome = NULL")


def test_an_incident_is_noticed_whole_and_stays_so():
    incident = a_loss()

    with refuses("component_incident_misses_some"):
        insert_like(incident, number=0)
    with refuses("component_incident_ends_whole"):
        raw("UPDATE component_incident SET closed_by_id = noticed_by_id")
    with refuses("component_incident_stays_as_noticed"):
        raw("UPDATE component_incident SET last_holder = 'clinic' WHERE id = ?", incident.id)
    with refuses("component_incident_is_never_removed"):
        raw("DELETE FROM component_incident WHERE id = ?", incident.id)


def test_a_tool_is_lent_to_one_person_at_a_time():
    loan = a_loan()

    with refuses("tool_loan_one_at_a_time"):
        insert_like(loan)
    with refuses("tool_loan_returns_to_somebody"):
        raw("UPDATE tool_loan SET returned_to_id = lent_by_id")
    with refuses("tool_loan_returns_after_lending"):
        insert_like(loan, returned_at="2026-11-01 09:00:00", returned_to_id=loan.lent_by_id)
    with refuses("tool_loan_stays_as_lent"):
        raw("UPDATE tool_loan SET borrower_id = ?", a_person().id)
    raw(
        "UPDATE tool_loan SET returned_at = ?, returned_to_id = lent_by_id WHERE id = ?",
        later(days=1).strftime("%Y-%m-%d %H:%M:%S"),
        loan.id,
    )
    insert_like(loan)
