"""A process that the clinic invents: drawn on screen, published, opened by orders, without code."""

from __future__ import annotations

from schema.base import utcnow
from schema.cards import Card
from schema.pipelines import Pipeline, Stage
from schema.tracks import Track
from schema.workflow.pipelines import draft_of, in_use
from schema.workflow.steps import move
from tests.factories.orders import an_order
from tests.factories.pipelines import stage_of
from tests.factories.staff import a_person
from tests.pages import publish_as_shown


def drawn(desk, pipeline, act, **fields):
    answer = desk.send(f"/pipelines/{pipeline.id}/map", {"act": act, **fields})
    assert answer.status_code == 302, answer.text


def denture_rounds(desk):
    """The new process in use, drawn stage after stage."""
    desk.send("/pipelines/", {"name": "Denture rounds", "kind": "track"})
    draft, after = draft_of("denture_rounds"), ""
    for name, category in (("Bite", "open"), ("Wax try-in", "open"), ("Finished", "done")):
        drawn(desk, draft, "add_stage", name=name, after=after, category=category)
        after = Stage.get(Stage.pipeline == draft, Stage.name == name).id
    publish_as_shown(desk, draft)
    return in_use("denture_rounds")


def test_orders_open_a_process_that_was_drawn_on_screen(desk):
    order, rounds = an_order(11), denture_rounds(desk)
    old = order.card.pipeline
    desk.send(f"/pipelines/{old.id}/next")
    new = Pipeline.get(Pipeline.code == old.code, Pipeline.version == 2)
    working = stage_of(new, "working")
    child = {"event": "enter", "action": "child", "child_pipeline_code": rounds.code}
    drawn(desk, new, "add_automation", stage=working.id, **child)
    publish_as_shown(desk, new)
    place = {f"m.{order.card.stage_id}": stage_of(new, "new").id}
    desk.send(f"/pipelines/{new.id}/move", place | {"from": old.id, "reason": "Rounds begin"})

    move(order.card_id, working.id, by=a_person().id, now=utcnow())

    [track] = Track.select().where(Track.order == order)
    card = Card.get_by_id(track.card_id)
    assert (card.pipeline_id, card.parent_id) == (rounds.id, order.card_id)
    assert card.stage.name == "Bite"
    page = desk.get(f"/pipelines/{rounds.id}/map").text
    assert "Denture rounds" in page and "1 card" in page
    assert "Denture rounds" in desk.get("/pipelines/").text
    assert "Denture rounds" in desk.get("/track/").text + desk.get("/card/").text
