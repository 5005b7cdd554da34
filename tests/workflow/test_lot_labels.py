"""Where a work asks for a lot, a scanned label is understood as on the shelf, else a number."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.lots import LotUse
from schema.workflow import Refused
from schema.workflow.bench import perform
from schema.workflow.lot_labels import Unregistered, lot_behind, use_lot
from tests.factories import NOW, TODAY, later
from tests.factories.lots import a_material_lot
from tests.factories.orders import an_order
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

pytestmark = pytest.mark.usefixtures("house")

ZR = "07640155712347"
GOOD = dt.date(2027, 9, 30)
GS = "\x1d"
SCANS = [
    f"(01){ZR}(17)270930(10)L4711",
    f"]d201{ZR}1727093010L4711",
    f"]C101{ZR}10L4711{GS}17270930",
    f"01{ZR}10L4711{GS}17270930",
    f"01{ZR}10L471117270930",
    f"01{ZR}10L4711<GS>17270930\r\n",
    "L4711",
    "  L4711 ",
]


def a_disc(**columns):
    good = {"product": ZR, "lot_number": "L4711", "expires_on": GOOD, "maker": "Dentalia"}
    return a_material_lot(**good | columns)


@pytest.mark.parametrize("text", SCANS)
def test_a_scan_with_or_without_its_separator_or_a_typed_number_finds_the_lot(text):
    disc = a_disc()
    a_disc(lot_number="L47", material=disc.material)
    assert lot_behind(text, TODAY) == disc


def test_the_second_label_of_a_hibc_pack_is_enough_while_one_material_has_such_a_lot():
    disc = a_disc(product="A123BJC5D6E7", lot_number="ZR2345")
    with pytest.raises(Refused, match="names no lot"):
        lot_behind("+A123BJC5D6E71G", TODAY)
    assert lot_behind("+$$0927ZR2345GE", TODAY) == disc
    with pytest.raises(Refused, match="expired on"):
        lot_behind("+$$0927ZR2345GE", dt.date(2027, 10, 1))

    a_disc(product="H124ZRMULTIA298", lot_number="ZR2345")
    with pytest.raises(Refused, match="does not name the product"):
        lot_behind("+$$0927ZR2345GE", TODAY)


def test_the_same_number_of_another_article_is_another_lot():
    a_disc(product="03112345678909")
    with pytest.raises(Unregistered, match="Lot L4711 is not registered yet"):
        lot_behind(SCANS[0], TODAY)


def test_a_number_that_was_typed_before_labels_were_scanned_is_known():
    disc = a_disc(product=None)
    assert lot_behind(SCANS[0], TODAY) == disc


def test_of_pieces_the_one_in_use_is_taken_and_a_serial_names_its_own():
    first = a_disc(piece=1, opened_at=None)
    second = a_disc(piece=2, material=first.material, serial="77A", opened_at=None)
    in_use = a_disc(piece=3, material=first.material)
    assert lot_behind(SCANS[0], TODAY) == in_use
    assert lot_behind(f"{SCANS[0]}(21)77A", TODAY) == second


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"(01){ZR}(17)200101(10)L4711", "expired on"),
        ("(01)04260339901265(17)270930(10)L4711", "check digit"),
        (f"(01){ZR}(17)2709", "."),
        (f"01{ZR}17270930", "names no lot"),
        ("L9999", "No lot has the number «L9999»"),
        ("", "No lot has the number"),
    ],
)
def test_what_is_no_good_label_and_no_lot_is_refused_in_words(text, says):
    a_disc()
    with pytest.raises(Refused, match=says):
        lot_behind(text, TODAY)


def test_a_number_that_only_looks_like_a_label_is_still_a_number():
    disc = a_disc(lot_number="11230045")
    assert lot_behind("11230045", TODAY) == disc


def test_a_scan_is_noted_at_the_stage_of_a_process_or_of_an_order():
    disc, me = a_disc(), a_person("technician").id
    track, order = a_track(), an_order()
    used = use_lot(track.card_id, SCANS[4], by=me, now=NOW)
    assert (used.track_id, used.order_id, used.stage_id) == (
        track.id, track.order_id, track.card.stage_id,
    )  # fmt: skip
    plain = use_lot(order.card_id, SCANS[1], by=me, now=NOW)
    assert (plain.track_id, plain.order_id, plain.lot_id) == (None, order.id, disc.id)


def test_a_finished_lot_is_refused_by_its_label_too():
    a_disc(finished_at=later(hours=1))
    with pytest.raises(Refused, match="finished or called back"):
        use_lot(a_track().card_id, SCANS[0], by=a_person().id, now=later(hours=2))
    assert not LotUse.select().exists()


def test_a_scan_at_the_bench_is_understood():
    disc, track = a_disc(), a_track()
    told = {"by": a_person("technician").id, "now": NOW, "seen": track.card.step_count}
    with pytest.raises(Unregistered):
        perform("lot", "a key of sixteen 1", track.card_id, lot=f"(01){ZR}(10)NEW", **told)
    perform("lot", "a key of sixteen 2", track.card_id, lot=SCANS[2], **told)
    assert LotUse.get().lot_id == disc.id
