"""A scanned pack becomes a lot; it is opened, finished, traced to patients and ordered in time."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.lot_trace import to_order, uses
from schema.lots import LotUse, MaterialLot
from schema.patients import Patient
from schema.workflow import Refused
from schema.workflow.lots import finish_piece, known_product, open_piece, register_lot, scanned
from tests.factories import NOW, TODAY, later
from tests.factories.lab import a_material
from tests.factories.lots import a_lot_use, a_material_lot
from tests.factories.orders import an_order
from tests.factories.staff import a_person

pytestmark = pytest.mark.usefixtures("house")
PACK = "0107640155712347172709301" + "0L4711"


def registered(material, **told):
    facts = {"by": a_person("technician").id, "now": NOW, "today": TODAY} | told
    return register_lot(material.id, told.pop("maker", "Zirkon Nord"), "L4711", **facts)


def test_a_scanned_pack_is_registered_piece_by_piece():
    label = scanned(PACK, "", TODAY)
    material = a_material()
    told = {"product": label.product, "expires_on": label.expires_on, "enlargement": 12_350}
    first, second = registered(material, **told), registered(material, **told)

    assert (label.lot, label.expires_on) == ("L4711", dt.date(2027, 9, 30))
    assert (first.piece, second.piece) == (1, 2)
    assert known_product(label.product) == second
    assert known_product("04260339901256") is None and known_product(None) is None


def test_what_is_expired_incomplete_or_unknown_is_not_registered():
    for first, second, says in (
        ("01076401557123471726093010L1", "", "has expired"),
        ("0107640155712347", "", "names no lot"),
        ("+$$0927ZR2345GE", "", "does not name the product"),
        ("+EIVO6258711T", "+$$0927ZR2345GE", "another product"),
        ("01076401557123", "", "cut off"),
    ):
        with pytest.raises(Refused, match=says):
            scanned(first, second, TODAY)
    with pytest.raises(Refused, match="expired"):
        registered(a_material(), expires_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(Refused, match="Say which material"):
        register_lot(0, "Nobody", "L1", by=a_person().id, now=NOW, today=TODAY)
    assert not MaterialLot.select().exists()


def test_two_taps_open_and_finish_a_piece():
    lot, me = a_material_lot(opened_at=None), a_person("technician").id

    with pytest.raises(Refused, match="opened first"):
        finish_piece(lot.id, by=me, now=NOW)
    open_piece(lot.id, by=me, now=NOW)
    open_piece(lot.id, by=me, now=later(hours=3))
    finish_piece(lot.id, by=me, now=later(days=2))

    done = MaterialLot.get_by_id(lot.id)
    assert (done.opened_at, done.finished_at) == (NOW, later(days=2))


def test_a_lot_leads_to_its_patients_and_a_patient_to_the_lots():
    lot, other = a_material_lot(lot_number="ZR-4711"), a_material_lot(lot_number="GL-9")
    first, second = an_order(), an_order()
    for order, piece in ((first, lot), (second, lot), (second, other)):
        a_lot_use(order=order, lot=piece)
    rows = LotUse.select()

    assert {use.patient_id for use in uses(rows, "4711")} == {first.patient_id, second.patient_id}
    whose = Patient.select(Patient.id).where(Patient.id == second.patient_id)
    assert {use.lot_number for use in uses(rows, "no lot", whose)} == {"ZR-4711", "GL-9"}
    assert {use.lot_number for use in uses(rows, first.ticket)} == {"ZR-4711"}
    assert uses(rows, "nothing") == []


def test_a_material_is_ordered_when_few_usable_pieces_are_left():
    low, full, free = a_material(order_below=2), a_material(order_below=1), a_material()
    a_material_lot(material=low)
    a_material_lot(material=low, expires_on=TODAY - dt.timedelta(days=1))
    a_material_lot(material=low, withdrawn_at=NOW)
    a_material_lot(material=low, finished_at=later(days=1))
    a_material_lot(material=full)
    a_material_lot(material=free, finished_at=later(days=1))

    assert to_order(TODAY) == [(low.id, 1, 2)]
