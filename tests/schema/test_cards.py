"""The truths of cards and their steps, seen to refuse on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import Card, CardStep, Note, Tick
from schema.pipelines import Pipeline
from tests.copies import drop_guard
from tests.factories import NOW, later
from tests.factories import cards as make
from tests.factories.pipelines import a_control_point, a_draft_pipeline, a_pipeline, stage_of
from tests.factories.pipelines import a_stage, published
from tests.factories.staff import a_person
from tests.refusals import raw, refuses
from tests.rows import again, change, insert, remove

pytestmark = pytest.mark.usefixtures("house")


def good_card(pipeline: Pipeline, **columns: Any) -> dict[str, Any]:
    start = {"kind": pipeline.kind, "pipeline": pipeline, "stage": stage_of(pipeline, "new")}
    return start | {"opened_at": NOW} | columns


def explained(mode: str, **columns: Any) -> dict[str, Any]:
    return {"mode": mode, "step": None, "by": a_person(), "reason": "It must be"} | columns


def test_a_card_has_the_kind_of_its_pipeline():
    way = a_pipeline(kind="lead")

    with refuses("card_kind_of_its_pipeline"):
        insert(Card, **good_card(way, kind="claim"))

    insert(Card, **good_card(way))


def test_a_card_stands_in_its_own_pipeline():
    way, other = a_pipeline(), a_pipeline()

    with refuses("card_stage_of_its_pipeline"):
        insert(Card, **good_card(way, stage=stage_of(other, "new")))


def test_a_card_keeps_its_kind_and_its_parent():
    parent = make.a_card()
    child = make.a_card(parent=parent)

    with refuses("card_kind_and_parent_stay"):
        change(child, kind="claim")
    with refuses("card_kind_and_parent_stay"):
        change(child, parent=None)
    with refuses("card_kind_and_parent_stay"):
        change(parent, parent=child)


def test_a_card_starts_at_the_start():
    way = a_pipeline()

    for stage in ("working", "done"):
        with refuses("card_opens_at_a_start"):
            insert(Card, **good_card(way, stage=stage_of(way, stage)))
    with refuses("card_opens_at_a_start"):
        insert(Card, **good_card(way, step_count=1))
    with refuses("card_opens_at_a_start"):
        insert(Card, **good_card(way, closed_at=NOW))

    insert(Card, **good_card(way))


def test_a_card_is_opened_only_in_a_pipeline_in_use():
    draft = a_draft_pipeline()
    a_stage(pipeline=draft, code="new", opens=True)

    with refuses("card_opens_in_a_pipeline_in_use"):
        insert(Card, **good_card(draft))
    published(draft)
    insert(Card, **good_card(draft))
    change(draft, retired_at=later(days=1))
    with refuses("card_opens_in_a_pipeline_in_use"):
        insert(Card, **good_card(draft))


def test_a_step_moves_its_card_and_the_last_one_closes_it():
    card, person = make.a_card(), a_person()
    insert(CardStep, **make.good_step(card, "working"))
    assert (again(card).stage.code, again(card).step_count) == ("working", 1)
    assert again(card).closed_at is None

    insert(CardStep, **make.good_step(card, "done", by=person))

    assert (again(card).closed_at, again(card).closed_by) == (later(hours=2), person)


def test_the_place_of_a_card_is_not_typed():
    card = make.a_card()
    working = stage_of(card.pipeline, "working")
    rule = "card_stands_where_its_last_step_says"

    for lie in ({"stage": working}, {"step_count": 1}, {"closed_at": NOW}):
        with refuses(rule):
            change(card, **lie)
    make.moved(card, "working")
    for lie in ({"stage": card.stage}, {"step_count": 0}, {"closed_at": NOW}):
        with refuses(rule):
            change(card, **lie)
    with refuses(rule):
        change(card, stage=card.stage, step_count=0)
    make.moved(card, "done")
    for lie in ({"closed_at": None}, {"closed_at": NOW}, {"stage": working, "step_count": 1}):
        with refuses(rule):
            change(card, **lie)

    change(card, stage=again(card).stage, due_at=NOW)


def test_a_card_closes_after_the_cards_under_it():
    parent = make.moved(make.a_card(), "working")
    child = make.a_card(parent=parent)

    with refuses("card_closes_after_its_children"):
        insert(CardStep, **make.good_step(parent, "done"))
    with refuses("card_closes_after_its_children"):
        insert(CardStep, **make.good_step(parent, "lost"))

    make.moved(child, "lost")
    insert(CardStep, **make.good_step(parent, "done"))


def test_no_open_card_is_under_a_closed_one():
    parent = make.a_card()
    child = make.moved(make.a_card(parent=parent), "lost")
    make.moved(parent, "lost")

    with refuses("card_is_open_under_an_open_parent"):
        insert(Card, **good_card(a_pipeline(), parent=parent))
    with refuses("card_is_open_under_an_open_parent"):
        insert(CardStep, **make.good_step(child, "new", **explained("reopen")))

    insert(CardStep, **make.good_step(parent, "new", **explained("reopen")))
    insert(CardStep, **make.good_step(child, "new", **explained("reopen")))


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
        insert(CardStep, **make.good_step(card, "working", **explained("transfer", step=step)))


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
    rule = "card_step_changes_pipeline_by_transfer"

    with refuses(rule):
        insert(CardStep, **make.good_step(card, "working", **explained("transfer")))
    lost = make.moved(make.a_card(), "lost")
    with refuses(rule):
        way = explained("reopen", to_stage=stage_of(new, "new"))
        insert(CardStep, **make.good_step(lost, "new", **way))

    insert(CardStep, **make.good_step(card, "", to_stage=stage_of(new, "working"), **explained("transfer")))
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
    rule = "card_step_passes_ticked_points"

    with refuses(rule):
        insert(CardStep, **make.good_step(card, "working"))
    make.a_tick(card=card, control_point=point)
    make.a_tick(card=card, control_point=point, done=False)
    with refuses(rule):
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
