"""The other ways of making a work: metal-ceramic, pressed ceramic, dentures."""

from __future__ import annotations

from seed.pipelines_lab import CANCELLED
from seed.ways import DAY, Place, Point, Way, tick

LOT = Point("lot_recorded", "Material lots are recorded", "production", "lot")
DONE = Place("done", "Done", category="done")

METAL_CERAMIC = Way(
    "track",
    "metal_ceramic",
    "Metal-ceramic works",
    (
        Place("dies", "Model and dies", 90, "lab", 8, (tick("dies_trimmed", "Dies are trimmed"),)),
        Place("wax_up", "Wax-up or design", 40, "lab", 8, (tick("wax_checked", "Wax-up is even"),)),
        Place("casting_metal", "Casting", 240, "machine", 12, (LOT,)),
        Place(
            "metal_finish",
            "Metal finishing",
            60,
            "lab",
            8,
            (tick("metal_fits", "The metal fits on the model"),),
        ),
        Place(
            "metal_try_in",
            "Framework try-in",
            5 * DAY,
            points=(tick("metal_tried", "The dentist accepted the framework", "clinical"),),
        ),
        Place(
            "ceramic",
            "Ceramic layering",
            240,
            "lab",
            8,
            (tick("shade_layered", "Shade matches the ticket", "parameters"),),
            opens=True,
        ),
        Place("glaze", "Contouring and glaze", 60, "lab", 8, (tick("glazed", "Glazed, polished"),)),
        DONE,
        CANCELLED,
    ),
    jumps=("dies casting_metal", "metal_finish ceramic"),
    returns=(
        "wax_up dies",
        "metal_finish wax_up",
        "metal_try_in metal_finish wax_up",
        "ceramic metal_finish",
        "glaze ceramic",
    ),
)
PRESS = Way(
    "track",
    "press",
    "Pressed ceramic",
    (
        Place("wax_up", "Wax-up or design", 40, "lab", 8, (tick("wax_checked", "Wax-up is even"),)),
        Place("investing", "Investing", 60, "lab", 8, (tick("ring_labelled", "Ring is labelled"),)),
        Place("pressing", "Pressing", 120, "machine", 8, (LOT,)),
        Place(
            "press_finish",
            "Divesting and fitting",
            45,
            "lab",
            8,
            (tick("press_fits", "Fit and contacts are checked"),),
            opens=True,
        ),
        Place("glaze", "Contouring and glaze", 60, "lab", 8, (tick("glazed", "Glazed, polished"),)),
        DONE,
        CANCELLED,
    ),
    returns=("investing wax_up", "press_finish wax_up investing", "glaze press_finish"),
)
DENTURE = Way(
    "track",
    "denture",
    "Dentures",
    (
        Place("tray", "Model and tray", 90, "lab", 8, (tick("tray_ready", "The tray is ready"),)),
        Place("bite_rim", "Bite rims", 60, "lab", 8, (tick("rims_ready", "Rims are even"),)),
        Place(
            "bite_round",
            "Bite record with the dentist",
            5 * DAY,
            points=(tick("bite_recorded", "The bite came back recorded", "clinical"),),
        ),
        Place("set_up", "Tooth set-up", 180, "lab", 8, (tick("teeth_set", "Teeth are set"),)),
        Place(
            "wax_try_in",
            "Try-in with the dentist",
            5 * DAY,
            points=(tick("wax_tried", "The dentist accepted the set-up", "clinical"),),
        ),
        Place("processing", "Processing", 240, "machine", 8, (LOT,), opens=True),
        Place(
            "denture_finish",
            "Finishing and polishing",
            90,
            "lab",
            8,
            (tick("denture_polished", "Polished, without sharp edges"),),
        ),
        DONE,
        CANCELLED,
    ),
    jumps=("tray set_up", "bite_rim set_up"),
    returns=(
        "bite_round bite_rim",
        "set_up bite_rim",
        "wax_try_in set_up bite_rim",
        "denture_finish set_up",
    ),
)
ROUTES = (METAL_CERAMIC, PRESS, DENTURE)
