"""On screen, failed work is begun anew by those who may, from the page of the order or process."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.orders import LabOrder
from schema.remakes import Remake
from schema.tracks import Track
from schema.workflow.remakes import ways_back
from tests.admin_views.test_matrix import somebody
from tests.web import a_web


@pytest.fixture
def supervisor(clinic):
    return a_web(clinic).as_(somebody("lab_supervisor"))


def an_order():
    return LabOrder.select().where(~LabOrder.is_draft).order_by(LabOrder.id.desc()).first()


def a_cause():
    return 1


def test_an_order_is_made_again_from_its_page(supervisor):
    order = an_order()
    before = LabOrder.select().count()
    page = supervisor.get(f"/lab-order/details/?id={order.id}").get_data(as_text=True)
    assert "/remakes/begin" in page
    asked = supervisor.send("/remakes/begin", {"order_id": order.id})
    form = supervisor.get(asked.headers["Location"])
    assert form.status_code == 200 and order.ticket in form.get_data(as_text=True)

    no_cause = supervisor.send(asked.headers["Location"], {"kind": "repair"})
    facts = {"kind": "repair", "cause": a_cause(), "detected_at": "seating", "text": "Chipped"}
    made = supervisor.send(asked.headers["Location"], facts)

    assert (no_cause.status_code, made.status_code) == (422, 302)
    link = Remake.select().order_by(Remake.id.desc()).first()
    assert (link.original_id, link.kind, link.cause_text) == (order.id, "repair", "Chipped")
    assert made.headers["Location"].endswith(f"id={link.order_id}")
    assert LabOrder.select().count() == before + 1


def test_a_process_is_sent_back_from_its_page(supervisor):
    tracks = Track.select().join(Card).where(Card.closed_at.is_null())
    track = next(one for one in tracks if ways_back(one.card) and not one.card.holds.exists())
    stage, count = ways_back(track.card)[0], track.card.step_count
    page = supervisor.get(f"/track/details/?id={track.id}").get_data(as_text=True)
    assert "/rework/begin" in page
    facts = {"stage": stage.id, "cause": a_cause(), "seen": count}

    sent = supervisor.send(f"/rework/track/{track.id}", facts)
    again = supervisor.send(f"/rework/track/{track.id}", facts)

    assert (sent.status_code, again.status_code) == (302, 302)
    card = Card.get_by_id(track.card_id)
    assert (card.stage_id, card.step_count) == (stage.id, count + 1)
    rows = Remake.select().where(Remake.original == track.order_id, Remake.kind == "rework")
    assert rows.order_by(Remake.id.desc()).first().order_id is None


def test_the_page_of_a_process_leads_to_sending_it_back_with_a_cause(clinic, supervisor):
    tracks = [one for one in Track.select() if not one.card.holds.exists()]
    back = next(one for one in tracks if one.card.closed_at is None and ways_back(one.card))
    at_start = next(one for one in tracks if not ways_back(one.card))
    link = f'href="/rework/track/{back.id}"'

    assert link in supervisor.get(f"/cards/{back.card_id}").text
    assert "/rework/track/" not in supervisor.get(f"/cards/{at_start.card_id}").text
    manager = a_web(clinic).as_(somebody("manager"))
    told = manager.get(f"/cards/{back.card_id}").text
    assert (link in told) == (manager.get(f"/rework/track/{back.id}").status_code == 200)


def test_who_may_not_register_orders_makes_none_again(clinic):
    order, before = an_order(), Remake.select().count()

    for code in ("technician", "receptionist", "marketing"):
        browser = a_web(clinic).as_(somebody(code))
        for answer in (
            browser.get(f"/remakes/order/{order.id}"),
            browser.send(f"/remakes/order/{order.id}", {"kind": "remake", "cause": a_cause()}),
        ):
            assert answer.status_code in (403, 404), code
    assert Remake.select().count() == before


def test_an_order_that_is_not_there_has_no_form(supervisor):
    assert supervisor.get("/remakes/order/987654321").status_code == 404
    assert supervisor.get("/rework/track/987654321").status_code == 404
