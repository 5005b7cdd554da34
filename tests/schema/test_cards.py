"""The truths of cards and their steps, seen to refuse on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import Card, CardStep
from schema.pipelines import Pipeline
from tests.factories import NOW, later
from tests.factories import cards as make
from tests.factories.pipelines import (
    a_draft_pipeline,
    a_pipeline,
    a_stage,
    published,
    stage_of,
)
from tests.factories.staff import a_person
from tests.refusals import refuses
from tests.rows import again, change, insert

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

    for lie in ({"stage": working}, {"step_count": 1}, {"closed_at": NOW}):
        with refuses("card_stands_where_its_last_step_says"):
            change(card, **lie)
    make.moved(card, "working")
    for lie in ({"stage": card.stage}, {"step_count": 0}, {"closed_at": NOW}):
        with refuses("card_stands_where_its_last_step_says"):
            change(card, **lie)
    with refuses("card_stands_where_its_last_step_says"):
        change(card, stage=card.stage, step_count=0)
    make.moved(card, "done")
    for lie in ({"closed_at": None}, {"closed_at": NOW}, {"stage": working, "step_count": 1}):
        with refuses("card_stands_where_its_last_step_says"):
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
