"""What one person makes in a full day at each stage: first values to plan with, to be corrected."""

from __future__ import annotations

from schema.pipelines import Stage
from schema.skills import StageCapacity
from seed.sowing import sow

UNITS_PER_DAY = {
    "impression_photo": 60,
    "casting": 24,
    "scanning": 40,
    "cad": 14,
    "milling": 32,
    "sintering": 60,
    "individualisation": 15,
    "cementation": 30,
    "dies": 24,
    "wax_up": 14,
    "casting_metal": 14,
    "metal_finish": 14,
    "ceramic": 6,
    "glaze": 15,
    "investing": 20,
    "pressing": 20,
    "press_finish": 17,
    "tray": 6,
    "bite_rim": 6,
    "set_up": 3,
    "processing": 4,
    "denture_finish": 4,
}


def sow_capacities() -> None:
    """Those of stages that some pipeline has, as far as they are missing."""
    known = {code for (code,) in Stage.select(Stage.code).distinct().tuples()}
    rows = UNITS_PER_DAY.items()
    sow(
        StageCapacity,
        ("stage_code",),
        ({"stage_code": code, "units_per_day": units} for code, units in rows if code in known),
    )
