"""On the card's page a scan notes the lot; a good label of an unknown lot leads to the shelf."""

from __future__ import annotations

import pytest

from schema.cards import Card, Tick
from schema.codes import order_code
from schema.lots import LotUse
from schema.pipelines import StageStep
from tests.admin_views.seats import a_seat
from tests.factories.lots import a_lot_use, a_material_lot
from tests.factories.pipelines import (
    a_control_point,
    a_draft_pipeline,
    a_stage,
    a_stage_step,
    published,
)
from tests.factories.tracks import a_track

ZR = "07640155712347"
LABEL = f"(01){ZR}(17)300930(10)L4711"
RIGHTS = dict.fromkeys(
    ["card", "stage", "pipeline", "lab_order", "track", "control_point", "tick"], "all"
) | {
    "lot_use": "all create",
    "material": "all",
    "material_lot": "all",
}


def a_work(required: bool = True):
    way = a_draft_pipeline(kind="track")
    stage = a_stage(pipeline=way, opens=True)
    a_control_point(stage=stage, evidence="lot", name="Lot of the disc", required=required)
    a_stage_step(stage, a_stage(pipeline=way, category="done"))
    return a_track(pipeline=published(way))


@pytest.mark.parametrize("required", [True, False])
def test_a_scan_on_the_card_notes_the_lot(house, required):
    browser, _ = a_seat(house, RIGHTS)
    disc, track = a_material_lot(product=ZR, lot_number="L4711"), a_work(required)
    page = browser.get(f"/cards/{track.card_id}").get_data(as_text=True)
    assert "Lot for: Lot of the disc" in page

    browser.send(f"/cards/{track.card_id}/lot", {"lot": f"]d201{ZR}1730093010L4711\r\n"})
    assert LotUse.get().lot_id == disc.id


def test_what_is_there_ticks_itself_with_the_step(house):
    browser, _ = a_seat(house, RIGHTS | {"card_step": "all create"})
    work = a_work()
    page, ahead = f"/cards/{work.card_id}", StageStep.get(StageStep.from_stage == work.card.stage)
    step = f'name="stage" value="{ahead.to_stage_id}"><input type="hidden" name="seen"'
    assert step not in browser.get(page).text

    a_lot_use(lot=a_material_lot(), order=work.order, track=work)

    assert step in browser.get(page).text
    browser.send(f"{page}/move", {"stage": ahead.to_stage_id, "seen": 0})
    assert Card.get_by_id(work.card_id).stage_id == ahead.to_stage_id
    assert Tick.get().done


def test_a_good_label_of_an_unknown_lot_leads_who_may_to_the_shelf(house):
    track = a_work()
    plain, _ = a_seat(house, RIGHTS)
    answer = plain.send(f"/cards/{track.card_id}/lot", {"lot": LABEL})
    assert answer.location.endswith(f"/cards/{track.card_id}")


def test_who_registers_lots_is_led_there_with_the_label_read(house):
    track = a_work()
    keeper, _ = a_seat(house, RIGHTS | {"material_lot": "all create"})
    answer = keeper.send(f"/cards/{track.card_id}/lot", {"lot": LABEL})
    assert "/lots/?first=" in answer.location
    page = keeper.get(answer.location).get_data(as_text=True)
    assert 'value="L4711"' in page
    assert "Register this piece" in page
    assert not LotUse.select().exists()


def test_who_may_note_no_lots_scans_none(house):
    track = a_work()
    browser, _ = a_seat(house, RIGHTS | {"lot_use": "all"})
    assert "Lot for:" not in browser.get(f"/cards/{track.card_id}").get_data(as_text=True)
    assert browser.send(f"/cards/{track.card_id}/lot", {"lot": LABEL}).status_code == 403


def test_a_scan_of_a_label_or_a_paper_traces_its_lot(house):
    browser, _ = a_seat(house, RIGHTS | {"patient": "all", "lot_use": "all"})
    used = a_lot_use(lot=a_material_lot(product=ZR, lot_number="L4711"))
    other = a_lot_use(lot=a_material_lot(lot_number="L9999"))
    ticket = used.order.ticket

    for scan in (LABEL, f"]d201{ZR}1730093010L4711", "L4711", order_code(ticket).plain, ticket):
        page = browser.get("/lots/trace", query_string={"q": scan}).text
        assert used.order.ticket in page, scan
        assert other.order.ticket not in page, scan
    page = browser.get("/lots/trace", query_string={"q": f"(01){ZR}(10)L9999"}).text
    assert other.order.ticket in page and used.order.ticket not in page
