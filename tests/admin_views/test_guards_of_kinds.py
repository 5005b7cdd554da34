"""Whoever may not read the table of a kind knows no card of it, and does nothing to one."""

from __future__ import annotations

import pytest

from schema.cards import Card, CardStep, Note
from tests.admin_views.seats import a_seat
from tests.admin_views.test_guards_of_rows import keys_in
from tests.factories.cards import a_card, a_card_step, a_note
from tests.factories.pipelines import a_pipeline, stage_of

CARDS = "pipeline stage stage_step control_point automation staff card note hold automation_run"
READS = dict.fromkeys(CARDS.split(), "all") | {"card_step": "all create", "tick": "all create"}
OF_KINDS = {
    "lead": "lead",
    "plan": "treatment_plan",
    "claim": "claim",
    "order": "lab_order",
    "track": "track",
}


@pytest.fixture
def cards(house) -> dict[str, Card]:
    """A card of each kind that has gone a step."""
    made = {kind: a_card(kind, pipeline=a_pipeline(kind=kind)) for kind in OF_KINDS}
    for card in made.values():
        a_card_step(card)
        a_note(card=card)
    return {kind: Card.get_by_id(card.id) for kind, card in made.items()}


@pytest.mark.parametrize("known", OF_KINDS)
def test_cards_are_known_by_the_kind_that_may_be_read(house, cards, known):
    browser, _ = a_seat(house, READS | {OF_KINDS[known]: "all"})
    assert keys_in(browser, Card, "/card/") == {cards[known].id}
    pages = {kind: browser.get(f"/cards/{card.id}").status_code for kind, card in cards.items()}
    assert pages == {kind: 200 if kind == known else 404 for kind in OF_KINDS}


@pytest.mark.parametrize("model", [CardStep, Note])
def test_what_happened_to_a_card_is_known_as_the_card_is(house, cards, model):
    browser, _ = a_seat(house, READS | {"lead": "all", "claim": "all"})
    rows = model.select().where(model.card.in_([cards["lead"], cards["claim"]]))
    path = f"/{model._meta.table_name.replace('_', '-')}/"
    assert keys_in(browser, model, path) == {row.id for row in rows}


def test_whoever_reads_every_kind_knows_every_card(house, cards):
    browser, _ = a_seat(house, READS | dict.fromkeys(OF_KINDS.values(), "all"))
    assert keys_in(browser, Card, "/card/") == {card.id for card in cards.values()}


def test_a_card_of_another_kind_is_moved_by_no_address(house, cards):
    browser, _ = a_seat(house, READS | {"lab_order": "all"})
    order, claim = cards["order"], cards["claim"]
    to = stage_of(claim.pipeline, "done").id
    sent = {"stage": to, "to": to, "card": claim.id, "seen": claim.step_count}
    assert browser.send(f"/cards/{claim.id}/move", sent).status_code == 404
    assert browser.send(f"/board/{order.pipeline.code}/move", sent).status_code == 404
    assert browser.send(f"/board/{claim.pipeline.code}/move", sent).status_code == 404
    assert Card.get_by_id(claim.id).step_count == claim.step_count


def test_a_board_moves_the_cards_of_its_own_pipeline_alone(house, cards):
    browser, _ = a_seat(house, READS | {"lab_order": "all", "lead": "all"})
    order = cards["order"]
    other = a_card("order", pipeline=a_pipeline(kind="order"))
    to = stage_of(other.pipeline, "working").id
    sent = {"to": to, "card": other.id, "seen": 0}
    assert browser.send(f"/board/{order.pipeline.code}/move", sent).status_code == 404
    assert browser.send(f"/board/{other.pipeline.code}/move", sent).status_code == 200
