"""Moving, holding, giving away and transferring cards: by the map, in words, never twice."""

from __future__ import annotations

import pytest

from schema.cards import Card, CardStep, Tick
from schema.holds import Hold
from schema.pipelines import Pipeline
from schema.workflow import Refused
from schema.workflow.holding import hold, resume
from schema.workflow.reassigning import reassign, reassign_all
from schema.workflow.steps import move, reopen, ways_on
from schema.workflow.ticks import tick, untick
from schema.workflow.transfers import transfer
from tests.factories import NOW, later
from tests.factories.automation_runs import a_stage_role
from tests.factories.cards import a_card
from tests.factories.orders import a_draft_order
from tests.factories.pipelines import (
    a_control_point,
    a_draft_pipeline,
    a_pipeline,
    a_stage,
    published,
    stage_of,
)
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold

pytestmark = pytest.mark.usefixtures("house")


def to(card: Card, code: str) -> int:
    return stage_of(card.pipeline, code).id


def test_a_card_goes_an_allowed_step_and_closes_at_a_done_stage():
    card, me = a_card(), a_person()

    move(card.id, to(card, "working"), by=me.id, now=NOW)
    move(card.id, to(card, "done"), by=me.id, now=later(hours=1))

    card = Card.get_by_id(card.id)
    assert (card.step_count, card.closed_at, card.closed_by_id) == (2, later(hours=1), me.id)


def test_a_step_off_the_map_names_the_steps_that_there_are():
    card = a_card()

    with pytest.raises(Refused, match="From here it can go to: Working, Lost"):
        move(card.id, to(card, "done"), by=a_person().id, now=NOW)
    assert not CardStep.select().exists()


def test_a_second_click_is_the_same_step():
    card, me = a_card(), a_person()

    first = move(card.id, to(card, "working"), by=me.id, now=NOW, seen=0)
    second = move(card.id, to(card, "working"), by=me.id, now=NOW, seen=0)

    assert first == second
    assert CardStep.select().count() == 1


def test_who_comes_second_hears_who_was_first_and_where_the_card_is():
    card, first = a_card(), a_person()
    move(card.id, to(card, "working"), by=first.id, now=NOW, seen=0)

    with pytest.raises(Refused, match=f"{first.last_name}.* took it to Working"):
        move(card.id, to(card, "lost"), by=a_person().id, now=NOW, seen=0)


def test_a_page_that_never_was_is_refused_in_words():
    card = a_card()
    with pytest.raises(Refused, match="out of date"):
        move(card.id, to(card, "working"), by=a_person().id, now=NOW, seen=3)
    assert Card.get_by_id(card.id).step_count == 0


def test_a_refusal_names_every_open_control_point():
    way = a_pipeline()
    for name in ("Bite is usable", "Shade is agreed"):
        a_control_point(stage=stage_of(way, "new"), name=name)
    card = a_card(pipeline=way)

    with pytest.raises(Refused, match="Bite is usable; Shade is agreed"):
        move(card.id, to(card, "working"), by=a_person().id, now=NOW)


def test_points_with_evidence_tick_themselves_on_the_way():
    way = a_pipeline()
    a_control_point(stage=stage_of(way, "new"), evidence="field", about="due")
    card = a_card(pipeline=way)

    with pytest.raises(Refused, match="fill in the field"):
        move(card.id, to(card, "working"), by=a_person().id, now=NOW)
    Card.update(due_at=NOW).where(Card.id == card.id).execute()
    move(card.id, to(card, "working"), by=a_person().id, now=NOW)

    assert Tick.select().where(Tick.done).count() == 1


def test_a_forced_step_needs_a_reason_and_shows_for_ever():
    way = a_pipeline()
    a_control_point(stage=stage_of(way, "new"))
    card, me = a_card(pipeline=way), a_person()

    step = move(
        card.id, to(card, "working"), by=me.id, now=NOW, forced=True, reason="Patient travels"
    )

    assert (step.forced, step.reason, step.by_id) == (True, "Patient travels", me.id)


def test_a_draft_goes_nowhere():
    order = a_draft_order()

    with pytest.raises(Refused, match="the order is a draft"):
        move(order.card_id, to(order.card, "working"), by=a_person().id, now=NOW)


def test_a_card_on_hold_waits_until_it_is_let_go():
    card, me = a_card(), a_person()
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW)
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW)

    with pytest.raises(Refused, match="on hold"):
        move(card.id, to(card, "working"), by=me.id, now=NOW)
    resume(card.id, by=me.id, now=later(hours=2))
    move(card.id, to(card, "working"), by=me.id, now=later(hours=3))

    assert [one.ended_at for one in Hold.select()] == [later(hours=2)]


def test_another_role_does_not_move_the_card_on():
    way = a_pipeline()
    named = a_stage_role(stage=stage_of(way, "new"))
    card = a_card(pipeline=way)

    with pytest.raises(Refused, match="moved on by: Helper"):
        move(card.id, to(card, "working"), by=a_person().id, now=NOW)
    move(card.id, to(card, "working"), by=a_person(named.role.code).id, now=NOW)


def test_a_closed_card_is_reopened_with_a_reason():
    card, me = a_card(), a_person()
    move(card.id, to(card, "lost"), by=me.id, now=NOW)

    with pytest.raises(Refused, match="Reopen it"):
        move(card.id, to(card, "working"), by=me.id, now=NOW)
    with pytest.raises(Refused, match="reason"):
        reopen(card.id, to(card, "working"), by=me.id, now=NOW, reason=" ")
    reopen(card.id, to(card, "working"), by=me.id, now=later(hours=1), reason="Called again")

    assert Card.get_by_id(card.id).closed_at is None


def test_open_cards_of_an_absent_colleague_go_to_another_at_once():
    away, here = a_person(), a_person()
    mine, closed = a_card(responsible=away), a_card(responsible=away)
    move(closed.id, to(closed, "lost"), by=here.id, now=NOW)

    assert reassign_all(away.id, here.id, by=here.id, now=NOW) == 1
    assert reassign([mine.id], here.id, by=here.id, now=NOW) == 0
    assert Card.get_by_id(mine.id).responsible == here
    assert Card.get_by_id(closed.id).responsible == away


def test_running_cards_go_to_another_version_with_their_history():
    old, me = a_pipeline("new", "working", "done", "lost", code="way"), a_person()
    cards = [a_card(pipeline=old) for _ in range(3)]
    move(cards[0].id, to(cards[0], "working"), by=me.id, now=NOW)
    new = a_next_version(old)
    mapping = {to(cards[0], code): stage_of(new, code).id for code in ("new", "working")}

    keys = [card.id for card in cards]
    moved = transfer(keys, new.id, mapping, by=me.id, now=later(hours=1), reason="Zirconia")

    assert moved == 3
    assert {Card.get_by_id(card.id).pipeline_id for card in cards} == {new.id}
    assert [(one.number, one.mode) for one in cards[0].steps] == [(1, "move"), (2, "transfer")]


def test_a_transfer_without_a_place_for_a_stage_moves_no_card():
    old, me = a_pipeline(code="way"), a_person()
    first, second = a_card(pipeline=old), a_card(pipeline=old)
    move(second.id, to(second, "working"), by=me.id, now=NOW)
    new = a_next_version(old)

    with pytest.raises(Refused, match="cards at «Working» stand"):
        transfer(
            [first.id, second.id],
            new.id,
            {to(first, "new"): stage_of(new, "new").id},
            by=me.id,
            now=NOW,
            reason="New map",
        )
    assert Card.get_by_id(first.id).pipeline == old


def test_a_tick_counts_once_and_is_taken_back_by_a_new_row():
    way = a_pipeline()
    point = a_control_point(stage=stage_of(way, "new"))
    card, me = a_card(pipeline=way), a_person()

    assert tick(card.id, point.id, by=me.id, now=NOW) == tick(card.id, point.id, by=me.id, now=NOW)
    untick(card.id, point.id, by=me.id, now=later(hours=1))

    assert [one.done for one in Tick.select().order_by(Tick.id)] == [True, False]


def test_ways_on_name_the_next_stage_first_and_the_lost_one_last():
    card = a_card()
    move(card.id, to(card, "working"), by=a_person().id, now=NOW)

    codes = [way.to_stage.code for way in ways_on(Card.get_by_id(card.id))]

    assert codes == ["done", "new", "lost"]


def test_a_hold_that_is_there_is_seen():
    held = a_hold()

    with pytest.raises(Refused, match="on hold"):
        move(held.card_id, to(held.card, "working"), by=a_person().id, now=NOW)


def a_next_version(old):
    """Version 2 with the same stages, in use."""
    Pipeline.update(retired_at=later(days=1)).where(Pipeline.id == old.id).execute()
    new = a_draft_pipeline(kind=old.kind, code=old.code, version=2)
    for stage in old.stages:
        a_stage(pipeline=new, code=stage.code, category=stage.category, opens=stage.opens)
    return published(new)
