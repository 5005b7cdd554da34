"""Many hands on the same cards: one mover wins, the others hear why, and history always agrees."""

from __future__ import annotations

from collections import Counter
from functools import partial
from random import Random
from typing import Any

from schema.cards import Card, CardStep, Tick
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from tests.concurrency.crowd import PEOPLE, Crowd, operations, refused, together, tried
from tests.factories import NOW, later
from tests.factories.cards import a_card, good_step
from tests.factories.pipelines import a_control_point, a_pipeline, published, stage_of
from tests.factories.staff import a_person
from tests.histories import disagreements

CARDS = 20
WALKED = 60
SEEDS = (1, 2)
TOO_LATE = {
    "card_step_numbers_have_no_gap",
    "card_step_numbered_once",
    "card_step_starts_where_the_card_stands",
    "card_step_of_a_closed_card_reopens",
}
HELD_BACK = {
    "card_step_passes_ticked_points",
    "card_closes_after_its_children",
    "card_is_open_under_an_open_parent",
    "card_step_changes_pipeline_by_transfer",
    "tick_of_own_pipeline",
}


def first_step(place: int, moves: list[tuple[dict[str, Any], dict[str, Any]]]) -> Counter[str]:
    """Every second card, along one of the two ways that were open when all of them looked."""
    tally = Counter[str]()
    for ways in moves[place % 2 :: 2]:
        tried(tally, partial(CardStep.create, **ways[place // 2 % 2]))
    return tally


def keys(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "id", value) for name, value in columns.items()}


def test_of_rivals_who_move_one_card_the_first_is_kept(house, crowd: Crowd):
    way = a_pipeline()
    cards = [a_card(pipeline=way) for _ in range(CARDS)]
    moves = [(keys(good_step(card, "working")), keys(good_step(card, "lost"))) for card in cards]

    tally = together(crowd.all_do(house.url, first_step, moves))

    assert operations(tally) == 80
    assert tally["kept"] == CardStep.select().count() == CARDS
    assert set(refused(tally)) <= TOO_LATE
    assert disagreements() == []


def a_gated_way() -> Pipeline:
    """New, working, done, lost; ticks hold cards back at the first two stages."""
    way = a_pipeline()
    Pipeline.update(published_at=None).where(Pipeline.id == way.id).execute()
    for code in ("new", "working"):
        a_control_point(stage=stage_of(way, code))
    return published(way)


def walk(place: int, seed: int, cards: list[int], person: int) -> Counter[str]:
    """Moves, forces, reopens, transfers, ticks and opens children, as the card just looked."""
    chance, tally = Random(seed * PEOPLE + place), Counter[str]()
    acts = (stepping, stepping, stepping, ticking, ticking, transferring, opening)
    for count in range(WALKED):
        card = Card.get_by_id(chance.choice(cards))
        columns = {"card": card, "by": person, "at": later(minutes=count)}
        tried(tally, chance.choice(acts)(chance, columns))
    return tally


def stepping(chance: Random, columns: dict[str, Any]) -> Any:
    """Along the map, sometimes by force; back to the start when the card is closed."""
    card = columns["card"]
    if card.closed_at:
        start = Stage.get(pipeline=card.pipeline, opens=True)
        return taking(columns, start, mode="reopen", reason="Came back")
    known = StageStep.select().where(StageStep.from_stage == card.stage).order_by(StageStep.id)
    step = chance.choice(list(known))
    force = {"forced": True, "reason": "In a hurry"} if chance.random() < 0.2 else {}
    return taking(columns, step.to_stage, step=step, **force)


def transferring(chance: Random, columns: dict[str, Any]) -> Any:
    others = Stage.select().where(Stage.pipeline != columns["card"].pipeline, Stage.opens)
    return taking(columns, others.get(), mode="transfer", reason="Better there")


def taking(columns: dict[str, Any], to_stage: Stage, **more: Any) -> Any:
    """A step from where the card was seen."""
    card = columns["card"]
    way = {"from_stage": card.stage_id, "to_stage": to_stage, "pipeline": to_stage.pipeline_id}
    return partial(CardStep.create, **columns, **way, number=card.step_count + 1, **more)


def ticking(chance: Random, columns: dict[str, Any]) -> Any:
    known = ControlPoint.select().join(Stage).where(Stage.pipeline == columns["card"].pipeline)
    points = list(known.order_by(ControlPoint.id)) or list(ControlPoint.select())
    done = chance.random() < 0.7
    return partial(Tick.create, **columns, control_point=chance.choice(points), done=done)


def opening(chance: Random, columns: dict[str, Any]) -> Any:
    """A child under the card, in its pipeline."""
    card = columns["card"]
    start = Stage.get(pipeline=card.pipeline, opens=True)
    made = {"kind": card.kind, "pipeline": start.pipeline, "stage": start, "opened_at": NOW}
    return partial(Card.create, **made, parent=card)


def test_history_and_place_agree_whatever_many_people_do(house, crowd: Crowd):
    gated, free = a_gated_way(), a_pipeline()
    cards = [a_card(pipeline=way) for way in (gated, gated, free)]
    cards += [a_card(pipeline=gated, parent=parent) for parent in cards]
    known = [card.id for card in cards]

    tallies = []
    for seed in SEEDS:
        tallies += crowd.all_do(house.url, walk, seed, known, a_person().id)
        assert disagreements() == []

    tally = together(tallies)
    assert operations(tally) == PEOPLE * WALKED * len(SEEDS)
    assert set(refused(tally)) <= TOO_LATE | HELD_BACK
    assert tally["card_step_passes_ticked_points"] and tally["card_closes_after_its_children"]
    assert CardStep.select().count() > 100
