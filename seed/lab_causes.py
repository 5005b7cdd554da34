"""Why works are made again: coded causes, never a person to blame."""

from __future__ import annotations

CAUSES: dict[tuple[str, str], tuple[str, ...]] = {
    ("S", "scan"): (
        "Margin unreadable",
        "Neighbour or antagonist missing or distorted",
        "Bite record wrong",
        "Arch distorted or with holes",
        "Scan body not seated or impression coping moved",
        "Data incomplete",
    ),
    ("C", "clinic"): (
        "Undercut or no path of insertion",
        "Bleeding or moisture at the margin",
        "Too little reduction",
        "Order filled in wrongly",
        "Wish changed after try-in",
        "Lost or damaged at the clinic",
        "Mouth changed, no new scan",
        "Wrong shade ordered",
        "Damaged when inserted or adjusted",
    ),
    ("P", "patient"): (
        "Broken or lost by the patient",
        "Patient came late, situation changed",
        "Not satisfied, or discomfort",
    ),
    ("D", "design"): (
        "Anatomy, contact or occlusion of the design",
        "Instruction not passed on",
        "Spacer or path parameters",
        "Wrong library match",
        "Data entry or system",
    ),
    ("L", "lab"): (
        "Margin chipped or milling deviates",
        "Shade or translucency",
        "Defect in block or ceramic",
        "Machine calibration or bur",
        "Polish, glaze or embrasure finish",
        "Sintering: factor not applied, or distortion",
        "Wrong implant system",
        "Casting or porosity",
        "Ceramic cracked or chipped",
        "Error in denture processing",
        "Wrong patient or label mixed up",
    ),
    ("T", "transport"): (
        "Component lost",
        "Damaged on the way",
        "Delivered late or to the wrong place",
    ),
    ("X", "other"): ("Other",),
}
