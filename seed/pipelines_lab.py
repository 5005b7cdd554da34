"""The pipelines of the laboratory: an order, zirconia works, the fabrication of a unit."""

from __future__ import annotations

from seed.ways import DAY, Place, Point, Way, tick

CANCELLED = Place("cancelled", "Cancelled", category="lost")

ORDER = Way(
    "order",
    "order",
    "Lab order",
    (
        Place(
            "registration",
            "Job ticket registration",
            30,
            points=(
                Point(
                    "dentist_named", "The dentist is named", "identification", "field", "dentist"
                ),
                tick("due_agreed", "The due date is agreed with the visit", "identification"),
                tick("teeth_entered", "Teeth and connectors are entered", "parameters"),
                tick("components_listed", "Components sent along are listed", "components"),
            ),
        ),
        Place(
            "taken",
            "Taken into lab production",
            60,
            "lab",
            points=(
                tick("parts_counted", "Components are counted on arrival", "components"),
                tick("disinfected", "Impressions and parts are disinfected", "clinical"),
            ),
        ),
        Place(
            "validation",
            "Validation",
            DAY // 2,
            "lab",
            points=(
                tick("impression_usable", "Impression or scan is usable", "clinical"),
                tick("bite_usable", "The bite record is usable", "clinical"),
                tick("shade_confirmed", "Shade and material are confirmed", "parameters"),
                Point("photos_before", "Photos before are uploaded", "photos", "photos", "before"),
            ),
        ),
        Place(
            "prototype",
            "Prototype",
            2 * DAY,
            "lab",
            points=(tick("prototype_approved", "The dentist approved the prototype", "clinical"),),
        ),
        Place(
            "framework",
            "Framework",
            2 * DAY,
            "lab",
            points=(tick("framework_fits", "The framework fits on the model"),),
        ),
        Place(
            "fabrication",
            "Fabrication",
            4 * DAY,
            "lab",
            40,
            (
                Point("units_done", "All units are finished", "readiness", "children"),
                tick("quality_passed", "Final quality control is passed", "readiness"),
                Point(
                    "statement_issued",
                    "The statement of the device is issued",
                    "readiness",
                    "statement",
                ),
            ),
        ),
        Place(
            "handed_over",
            "Handed over to dentist",
            5 * DAY,
            points=(
                tick("placed", "The work is placed", "clinical"),
                Point("parts_settled", "Components are accounted for", "components", "components"),
                Point("photos_after", "Photos after are uploaded", "photos", "photos", "after"),
            ),
        ),
        Place("closed", "Closed", category="done"),
        CANCELLED,
    ),
    jumps=("validation framework fabrication", "prototype fabrication", "taken fabrication"),
    returns=(
        "taken registration",
        "validation registration taken",
        "prototype validation",
        "framework validation prototype",
        "fabrication validation prototype framework",
        "handed_over fabrication",
    ),
)

ZIRCONIA = Way(
    "track",
    "zirconia",
    "Zirconia works",
    (
        Place(
            "impression_photo",
            "Impression photo capture",
            15,
            "lab",
            points=(Point("arrival_photo", "Arrival is photographed", "photos", "photos", "lab"),),
        ),
        Place(
            "casting",
            "Casting and articulator mounting",
            125,
            "lab",
            8,
            (
                tick("model_trimmed", "Model is poured and trimmed"),
                tick("mounted", "Models are mounted in the articulator"),
            ),
        ),
        Place(
            "scanning",
            "Scanning",
            20,
            "lab",
            6,
            (
                tick("scan_quality", "Scan shows margins, neighbours and antagonist"),
                Point("scan_stored", "Scan is in its folder", "integrations", "link", "scan"),
            ),
        ),
        Place(
            "cad",
            "CAD modelling",
            60,
            "lab",
            6,
            (
                tick("design_checked", "Contacts, occlusion and thickness are checked"),
                Point(
                    "model_stored", "CAD model is in its folder", "integrations", "link", "model"
                ),
            ),
        ),
        Place(
            "consultation",
            "Online consultation with the dentist",
            3 * DAY,
            points=(tick("design_approved", "The dentist approved the design", "clinical"),),
        ),
        Place(
            "production",
            "Production",
            3 * DAY,
            "lab",
            points=(tick("units_returned", "All units came back from the workshop", "readiness"),),
            opens=True,
        ),
        Place("done", "Done", category="done"),
        CANCELLED,
    ),
    jumps=("impression_photo scanning cad",),
    returns=(
        "casting impression_photo",
        "scanning impression_photo casting",
        "cad scanning",
        "consultation cad",
        "production cad",
    ),
)

FABRICATION = Way(
    "track",
    "fabrication",
    "Fabrication",
    (
        Place(
            "milling",
            "Milling",
            45,
            "machine",
            12,
            (
                Point("disc_lot", "The lot of disc or block is recorded", "production", "lot"),
                tick("factor_checked", "Enlargement factor matches the disc"),
                tick("green_finished", "Unit is separated and finished before sintering"),
            ),
        ),
        Place(
            "sintering",
            "Sintering",
            600,
            "machine",
            20,
            (
                tick("programme_checked", "Furnace programme fits; no bridge on the fast one"),
                tick("fits_after_sintering", "Fit, contacts and occlusion are checked"),
            ),
        ),
        Place(
            "individualisation",
            "Individualisation",
            90,
            "lab",
            8,
            (
                tick("before_glaze_photo", "Photo before glaze", "photos", required=False),
                tick("glazed", "Stained or layered, and glazed"),
                tick("shade_matches", "Shade matches the ticket", "parameters"),
            ),
        ),
        Place(
            "cementation",
            "Cementation",
            25,
            "lab",
            6,
            (
                tick("base_cleaned", "Base is cleaned and conditioned"),
                tick("screw_channel", "Screw channel is free", required=False),
            ),
        ),
        Place("done", "Done", category="done"),
        CANCELLED,
    ),
    jumps=(
        "milling individualisation done",
        "sintering cementation done",
        "individualisation done",
    ),
    returns=(
        "sintering milling",
        "individualisation milling sintering",
        "cementation milling individualisation",
    ),
)
