"""The truths of steps and ticks, seen to refuse on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import CardStep, Note, Tick
from tests.copies import drop_guard
from tests.factories import cards as make
from tests.factories.pipelines import (
    a_control_point,
    a_pipeline,
    a_stage,
    stage_of,
)
from tests.factories.staff import a_person
from tests.refusals import raw, refuses
from tests.rows import again, insert, remove

pytestmark = pytest.mark.usefixtures("house")


def explained(mode: str, **columns: Any) -> dict[str, Any]:
    return {"mode": mode, "step": None, "by": a_person(), "reason": "It must be"} | columns


def test_steps_of_a_card_are_numbered_without_gap():
    card = make.a_card()

    for number in (0, 2):
        with refuses("card_step_numbers_have_no_gap"):
            insert(CardStep, **make.good_step(card, "working", number=number))
    insert(CardStep, **make.good_step(card, "working", number=1))
    with refuses("card_step_numbers_have_no_gap"):
        insert(CardStep, **make.good_step(card, "done", number=1))


def test_two_steps_of_a_card_never_share_a_number():
    card = make.moved(make.a_card(), "working")
    drop_guard("card_step_numbers_have_no_gap", "card_step")

    with refuses("card_step_numbered_once"):
        insert(CardStep, **make.good_step(card, "done", number=1))


def test_a_move_names_its_allowed_step():
    card = make.a_card()

    with refuses("card_step_moves_by_the_map"):
        insert(CardStep, **make.good_step(card, "done", step=None))
    with refuses("card_step_moves_by_the_map"):
        step = make.good_step(card, "working")["step"]
        way = explained("transfer", step=step, to_stage=stage_of(a_pipeline(), "new"))
        insert(CardStep, **make.good_step(card, "new", **way))


def test_a_move_follows_an_allowed_step():
    card = make.a_card()
    step = make.good_step(card, "working")["step"]

    with refuses("card_step_is_allowed"):
        insert(CardStep, **make.good_step(card, "done", step=step))

    insert(CardStep, **make.good_step(card, "working"))


def test_a_step_starts_where_the_card_stands():
    card = make.moved(make.a_card(), "working")
    start = stage_of(card.pipeline, "new")
    step = start.steps_out.get()

    with refuses("card_step_starts_where_the_card_stands"):
        insert(CardStep, **make.good_step(card, "working", from_stage=start, step=step))


def test_forcing_transferring_and_reopening_are_explained():
    card, new = make.a_card(), a_pipeline()
    to_new = {"to_stage": stage_of(new, "new")}

    for lack in ({"by": None}, {"reason": None}, {"reason": "  "}):
        with refuses("card_step_explains_itself"):
            insert(CardStep, **make.good_step(card, "", **to_new, **explained("transfer", **lack)))
    with refuses("card_step_explains_itself"):
        insert(CardStep, **make.good_step(card, "working", forced=True))


def test_a_closed_card_only_reopens():
    card = make.moved(make.a_card(), "lost")
    back = stage_of(card.pipeline, "new")

    with refuses("card_step_of_a_closed_card_reopens"):
        way = explained("transfer", to_stage=stage_of(a_pipeline(), "new"))
        insert(CardStep, **make.good_step(card, "new", **way))
    insert(CardStep, **make.good_step(card, "new", **explained("reopen")))
    assert (again(card).stage, again(card).closed_at) == (back, None)
    with refuses("card_step_of_a_closed_card_reopens"):
        insert(CardStep, **make.good_step(card, "working", **explained("reopen")))


def test_a_transfer_and_nothing_else_leads_to_another_pipeline():
    card, new = make.a_card(), a_pipeline()

    with refuses("card_step_changes_pipeline_by_transfer"):
        insert(CardStep, **make.good_step(card, "working", **explained("transfer")))
    lost = make.moved(make.a_card(), "lost")
    with refuses("card_step_changes_pipeline_by_transfer"):
        way = explained("reopen", to_stage=stage_of(new, "new"))
        insert(CardStep, **make.good_step(lost, "new", **way))

    way = explained("transfer", to_stage=stage_of(new, "working"))
    insert(CardStep, **make.good_step(card, "working", **way))
    assert again(card).pipeline == new


def test_a_step_ends_in_the_pipeline_that_it_names():
    card = make.a_card()
    new, third = a_pipeline(), a_pipeline()

    with refuses("card_step_ends_in_its_pipeline"):
        way = explained("transfer", to_stage=stage_of(third, "new"), pipeline=new)
        insert(CardStep, **make.good_step(card, "new", **way))


def test_a_transfer_leads_to_a_pipeline_of_the_kind_that_is_in_use():
    card = make.a_card("lead")
    draft = a_stage(opens=True)
    claim = a_pipeline(kind="claim")

    for stage in (draft, stage_of(claim, "new")):
        with refuses("card_step_transfers_to_one_in_use"):
            insert(CardStep, **make.good_step(card, "", to_stage=stage, **explained("transfer")))


def test_a_card_is_closed_by_a_move_only():
    card, new = make.a_card(), a_pipeline()

    with refuses("card_step_closes_by_a_move"):
        way = explained("transfer", to_stage=stage_of(new, "done"))
        insert(CardStep, **make.good_step(card, "", **way))


def test_a_required_control_point_holds_a_card_until_it_is_ticked():
    point = a_control_point(stage=stage_of(a_pipeline(), "new"))
    card = make.a_card(pipeline=point.stage.pipeline)

    with refuses("card_step_passes_ticked_points"):
        insert(CardStep, **make.good_step(card, "working"))
    make.a_tick(card=card, control_point=point)
    make.a_tick(card=card, control_point=point, done=False)
    with refuses("card_step_passes_ticked_points"):
        insert(CardStep, **make.good_step(card, "working"))
    make.a_tick(card=card, control_point=point)

    insert(CardStep, **make.good_step(card, "working"))


def test_a_forced_a_lost_and_a_voluntary_step_pass_an_open_control_point():
    start = stage_of(a_pipeline(), "new")
    a_control_point(stage=start)
    wish = a_control_point(stage=stage_of(start.pipeline, "working"), required=False)
    forced = {"forced": True, "by": a_person(), "reason": "The patient waits"}
    card = make.a_card(pipeline=start.pipeline)

    insert(CardStep, **make.good_step(card, "working", **forced))
    insert(CardStep, **make.good_step(card, "done"))
    insert(CardStep, **make.good_step(make.a_card(pipeline=start.pipeline), "lost"))

    assert not wish.ticks.exists()


def test_a_card_goes_back_past_an_open_control_point():
    working = stage_of(a_pipeline(), "working")
    a_control_point(stage=working)
    card = make.moved(make.a_card(pipeline=working.pipeline), "working")

    insert(CardStep, **make.good_step(card, "new"))

    assert again(card).stage.code == "new"


def test_a_tick_is_of_the_pipeline_that_the_card_travels():
    point = a_control_point(stage=stage_of(a_pipeline(), "new"))
    card = make.a_card(pipeline=point.stage.pipeline)

    with refuses("tick_of_own_pipeline"):
        insert(Tick, card=make.a_card(), control_point=point)

    insert(Tick, card=card, control_point=point)


def test_a_note_says_something():
    card, person = make.a_card(), a_person()

    with refuses("note_says_something"):
        insert(Note, card=card, by=person, text="  ")

    insert(Note, card=card, by=person, text="Called")


def test_history_of_cards_is_only_added_to():
    step = make.a_card_step()

    with refuses("card_step_is_history"):
        remove(step)
    with refuses("card_step_is_history"):
        raw("UPDATE card_step SET number = 7 WHERE id = ?", step.id)
