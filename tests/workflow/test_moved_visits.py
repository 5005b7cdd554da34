"""A moved visit moves the plan of its work and tells both sides, once."""

from __future__ import annotations

import pytest

from schema.appointments import Appointment
from schema.cards import Card
from schema.followups import Followup
from schema.tracks import Track
from schema.workflow.moved_visits import CANCELLED, MOVED, TOO_EARLY, follow_visits
from tests.workflow.test_order_plan import NOW, Works, at


class Moves(Works):
    """A registered crown with its process, due before its visit on 14 April."""

    def __init__(self) -> None:
        super().__init__()
        order = self.order()
        self.appointment = self.visit(order, "2026-04-14 10:00")
        self.made = self.registered(order)
        self.moved(self.made.card_id, "taken")

    def move_visit(self, moment):
        ends = at(moment[:-5] + "12:00")
        Appointment.update(starts_at=at(moment), ends_at=ends).where(
            Appointment.id == self.appointment.id
        ).execute()

    def cancel_visit(self):
        Appointment.update(
            cancelled_at=NOW,
            cancelled_by=self.made.dentist_id,
            cancelled_for="patient",
            cancel_reason="On holiday",
        ).where(Appointment.id == self.appointment.id).execute()

    def due(self):
        return Card.get_by_id(self.made.card_id).due_at

    def told(self):
        found = Followup.select().where(Followup.subject.in_((MOVED, TOO_EARLY, CANCELLED)))
        return [(one.subject, one.role.code if one.role else one.staff_id) for one in found]


@pytest.fixture
def moves(house) -> Moves:
    return Moves()


def test_what_stands_as_it_was_planned_is_left_alone(moves):
    assert follow_visits(NOW) == 0
    assert moves.told() == []


def test_a_later_visit_frees_the_laboratory_and_tells_it_once(moves):
    moves.move_visit("2026-04-16 10:00")

    assert [follow_visits(NOW), follow_visits(NOW)] == [1, 0]
    assert moves.due() == at("2026-04-15 18:00")
    track = Track.get(Track.order == moves.made)
    assert Card.get_by_id(track.card_id).due_at == moves.due()
    assert moves.told() == [(MOVED, "lab_supervisor")]


def test_a_visit_moved_before_what_is_feasible_is_told_to_both_sides(moves):
    moves.move_visit("2026-04-01 10:00")
    follow_visits(NOW)

    assert moves.due() == at("2026-03-31 18:00")
    assert set(moves.told()) == {
        (MOVED, "lab_supervisor"), (TOO_EARLY, "receptionist"), (TOO_EARLY, moves.made.dentist_id),
    }  # fmt: skip
    note = Followup.select(Followup.note).where(Followup.subject == TOO_EARLY).scalar()
    assert note.startswith("≥ ")


def test_moved_there_and_back_it_is_due_as_before(moves):
    before = moves.due()
    for moment in ("2026-04-16 10:00", "2026-04-14 10:00"):
        moves.move_visit(moment)
        follow_visits(NOW)

    assert moves.due() == before


def test_a_typed_date_stays_unless_the_visit_asks_for_an_earlier_one(moves):
    typed = at("2026-04-07 12:00")
    Card.update(due_at=typed).where(Card.id == moves.made.card_id).execute()
    moves.move_visit("2026-04-16 10:00")
    follow_visits(NOW)
    assert (moves.due(), moves.told()) == (typed, [])

    moves.move_visit("2026-04-07 10:00")
    follow_visits(NOW)
    assert moves.due() == at("2026-04-06 18:00")


def test_a_try_in_that_took_place_hands_on_to_the_placement(moves):
    moves.visit(moves.made, "2026-04-23 10:00")
    follow_visits(NOW)
    Appointment.update(
        arrived_at=at("2026-04-14 10:00"), completed_at=at("2026-04-14 11:00")
    ).where(Appointment.id == moves.appointment.id).execute()

    assert follow_visits(at("2026-04-14 11:01")) == 1
    assert moves.due() == at("2026-04-22 18:00")
    assert moves.told() == []


def test_where_the_last_visit_is_cancelled_the_date_stands_and_the_laboratory_is_told_once(moves):
    before = moves.due()
    moves.cancel_visit()

    assert [follow_visits(NOW), follow_visits(NOW)] == [1, 0]
    assert moves.due() == before
    assert moves.told() == [(CANCELLED, "lab_supervisor")]


def test_the_next_visit_gives_a_work_its_date_again(moves):
    moves.cancel_visit()
    follow_visits(NOW)
    moves.visit(moves.made, "2026-04-23 10:00")

    assert follow_visits(NOW) == 1
    assert moves.due() == at("2026-04-22 18:00")
