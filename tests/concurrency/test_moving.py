"""Eight people move twenty cards by the verb: one step each, and sixty refusals in words."""

from __future__ import annotations

from collections import Counter

from schema.cards import Card, CardStep
from schema.workflow import Refused
from schema.workflow.steps import move
from tests.concurrency.crowd import KEPT, Crowd, operations, refused, together
from tests.factories import NOW
from tests.factories.cards import a_card
from tests.factories.pipelines import a_pipeline, stage_of
from tests.factories.staff import a_person
from tests.histories import disagreements

CARDS = 20
TOLD = "This card was moved meanwhile: %(who)s took it to %(stage)s. Look again."


def race(place: int, cards: list[int], ways: list[int], people: list[int]) -> Counter[str]:
    """Every second card, to one of the two stages that were open when all of them looked."""
    tally = Counter[str]()
    for card in cards[place % 2 :: 2]:
        try:
            move(card, ways[place // 2 % 2], by=people[place], now=NOW, seen=0)
        except Refused as refusal:
            tally[refusal.says] += 1
        else:
            tally[KEPT] += 1
    return tally


def test_of_eighty_moves_twenty_are_kept_and_sixty_hear_who_was_first(house, crowd: Crowd):
    way = a_pipeline()
    cards = [a_card(pipeline=way).id for _ in range(CARDS)]
    ways = [stage_of(way, code).id for code in ("working", "lost")]
    people = [a_person().id for _ in range(8)]

    tally = together(crowd.all_do(house.url, race, cards, ways, people))

    assert operations(tally) == 80
    assert tally[KEPT] == CardStep.select().count() == CARDS
    assert refused(tally) == Counter({TOLD: 60})
    assert {card.step_count for card in Card.select()} == {1}
    assert disagreements() == []
