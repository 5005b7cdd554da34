"""The extended production control: some thirty control points in the blocks of the job ticket."""

from __future__ import annotations

from seed.pipelines_lab import CANCELLED
from seed.ways import DAY, Place, Point, Way, tick

INTAKE = (
    tick("ticket_matches", "Ticket, box and label carry one number", "identification"),
    Point("dentist_named", "The dentist is named", "identification", "field", "dentist"),
    Point("work_named", "The kind of work is chosen", "identification", "field", "work_type"),
    tick("due_possible", "The due date can be met", "identification"),
    Point("material_chosen", "The material is chosen", "parameters", "field", "material"),
    Point("shade_chosen", "The shade is chosen", "parameters", "field", "shade", required=False),
    tick("teeth_checked", "Teeth, pontics and connectors are checked", "parameters"),
    tick("implant_system", "Implant maker, type and size are known", "parameters", required=False),
    tick("margins_visible", "Preparation margins are visible", "clinical"),
    tick("bite_checked", "The bite record fits the models", "clinical"),
    tick("reduction_enough", "Reduction is enough for the material", "clinical"),
    tick("allergies_known", "Allergies to materials are asked for", "clinical"),
    tick("parts_received", "Components are counted and sound", "components"),
    tick("screws_counted", "Screws and transfers are counted", "components", required=False),
)
PREPARING = (
    tick("model_ready", "Model is poured, trimmed and mounted"),
    tick("scan_ready", "Scan is complete"),
    Point("scan_folder", "Scan folder is linked", "integrations", "link", "scan", required=False),
    Point("cad_file", "CAD model is linked", "integrations", "link", "model", required=False),
    tick("consulted", "Design is agreed with the dentist", "clinical"),
)
MAKING = (
    Point("lot_recorded", "Material lots are recorded", "production", "lot"),
    tick("milled", "Milled, cast or pressed"),
    tick("fired", "Sintered, crystallised or cured"),
    tick("fitted", "Fit and contacts are checked on the model"),
    tick("stained", "Stained, layered and glazed"),
    tick("polished", "Margins and embrasures are polished"),
)
CHECKING = (
    tick("occlusion_ok", "Occlusion is checked in the articulator", "readiness"),
    tick("shade_ok", "Shade is checked in daylight", "readiness"),
    tick("units_complete", "All units of the ticket are there", "readiness"),
    Point("lab_photos", "Laboratory photos are uploaded", "photos", "photos", "lab"),
)
RELEASING = (
    tick("statement_printed", "Statement of the custom-made device is enclosed", "readiness"),
    tick("disinfected_out", "Work is cleaned and disinfected", "readiness"),
    tick("parts_packed", "Components to be returned are packed", "components"),
    tick("loans_back", "Articulator and keys are noted as lent", "components", required=False),
)

PRODUCTION_CONTROL = Way(
    "track",
    "production_control",
    "Production control",
    (
        Place("intake", "Intake", 30, "lab", 20, INTAKE),
        Place("preparing", "Preparing", DAY, "lab", 15, PREPARING),
        Place("making", "Making", 3 * DAY, "lab", 30, MAKING),
        Place("checking", "Checking", 60, "lab", 10, CHECKING),
        Place("releasing", "Releasing", 20, "lab", 10, RELEASING),
        Place("done", "Released", category="done"),
        CANCELLED,
    ),
    returns=(
        "preparing intake",
        "making preparing",
        "checking preparing making",
        "releasing making checking",
    ),
)
