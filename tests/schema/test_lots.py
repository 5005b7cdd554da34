"""An expired, finished or withdrawn lot does not go into a work."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories.lots import a_lot_use, a_material_lot
from tests.factories.tracks import a_track
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_piece_of_a_lot_is_registered_once():
    lot = a_material_lot()

    with refuses("material_lot_registered_once"):
        insert_like(lot)
    with refuses("material_lot_pieces_count_from_one"):
        raw("UPDATE material_lot SET piece = 0 WHERE id = ?", lot.id)

    insert_like(lot, piece=2)


@pytest.mark.parametrize("factor", [1, 9999, 15001])
def test_an_enlargement_factor_is_plausible(factor):
    lot = a_material_lot()

    with refuses("material_lot_enlarges_plausibly"):
        raw("UPDATE material_lot SET enlargement = ? WHERE id = ?", factor, lot.id)

    raw("UPDATE material_lot SET enlargement = 12290 WHERE id = ?", lot.id)


def test_a_piece_is_opened_before_it_is_finished():
    lot = a_material_lot(opened_at=None)

    with refuses("material_lot_finishes_after_opening"):
        raw("UPDATE material_lot SET finished_at = '2026-11-20 10:00:00' WHERE id = ?", lot.id)


def test_a_lot_in_a_work_stays_as_registered():
    use = a_lot_use()

    with refuses("material_lot_stays_what_it_is"):
        raw("UPDATE material_lot SET expires_on = NULL WHERE id = ?", use.lot_id)

    raw("UPDATE material_lot SET finished_at = '2026-12-01 10:00:00' WHERE id = ?", use.lot_id)


def test_a_lot_is_used_up_to_its_last_day():
    use = a_lot_use()
    lot = a_material_lot(expires_on="2026-11-20")

    insert_like(use, lot_id=lot.id, used_on="2026-11-20")
    with refuses("lot_use_is_before_expiry"):
        insert_like(use, lot_id=lot.id, used_on="2026-11-21")


@pytest.mark.parametrize("column", ["finished_at", "withdrawn_at"])
def test_a_lot_that_is_gone_is_not_used(column):
    use = a_lot_use()
    raw(f"UPDATE material_lot SET {column} = '2026-12-01 10:00:00' WHERE id = ?", use.lot_id)

    with refuses("lot_use_is_of_a_lot_in_stock"):
        insert_like(use)


def test_a_lot_is_used_in_a_process_of_the_order():
    use, track = a_lot_use(), a_track()

    with refuses("lot_use_track_is_of_the_order"):
        insert_like(use, track_id=track.id)

    insert_like(use, track_id=track.id, order_id=track.order_id)


def test_an_unknown_lot_is_refused():
    use = a_lot_use()

    with refuses("lot_use_lot_id_exists"):
        insert_like(use, lot_id=987_654)


@pytest.mark.parametrize("height", [0, 9, 2001])
def test_a_height_is_that_of_a_disc(height):
    lot = a_material_lot(height_tenths=140)

    with refuses("material_lot_height_is_of_a_disc"):
        raw("UPDATE material_lot SET height_tenths = ? WHERE id = ?", height, lot.id)
