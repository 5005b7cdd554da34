"""Makes material lots and their uses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.lots import LotUse, MaterialLot
from tests.factories import NOW, TODAY, number
from tests.factories.lab import a_material
from tests.factories.orders import an_order
from tests.factories.staff import a_person


def a_material_lot(**columns: Any) -> MaterialLot:
    """An open disc, good for another year."""
    columns["material"] = columns.get("material") or a_material()
    good = {
        "maker": "Amann Girrbach",
        "lot_number": f"LOT {number()}",
        "expires_on": TODAY + dt.timedelta(days=365),
        "enlargement": 12350,
        "opened_at": NOW,
    }
    return MaterialLot.create(**good | columns)


def a_lot_use(**columns: Any) -> LotUse:
    columns["order"] = columns.get("order") or an_order()
    columns["lot"] = columns.get("lot") or a_material_lot()
    columns["by"] = columns.get("by") or a_person("technician")
    return LotUse.create(**{"used_on": TODAY, "at": NOW} | columns)
