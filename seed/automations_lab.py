"""What the stages of the laboratory do by themselves."""

from __future__ import annotations

from seed.automations_words import Deed, child, follow_up, message, notice, on_routes, risk

LAB: dict[str, tuple[Deed, ...]] = {
    "order": (
        follow_up("registration", "enter", "Take the photos before", "photo_operator", due=480),
        notice("taken", "enter", "A new work is in the laboratory", "lab_supervisor"),
        # Thirty points for every work is a choice of the clinic, so this one waits to be wanted.
        child("taken", "production_control", active=False),
        *on_routes("taken", "zirconia", "ZR"),
        *on_routes("taken", "metal_ceramic", "PFM MET"),
        *on_routes("taken", "press", "EP"),
        *on_routes("taken", "denture", "CD RPD"),
        notice("validation", "overrun", "Validation takes longer than planned", "lab_supervisor"),
        notice(
            "validation",
            "tick",
            "Shade and material are confirmed",
            "lab_supervisor",
            point="shade_confirmed",
        ),
        *on_routes("fabrication", "fabrication", "ZR EC IMP PMMA COMP", "unit"),
        notice("fabrication", "overrun", "Fabrication is late", "lab_supervisor"),
        risk("fabrication", "overrun"),
        message("handed_over", "enter", "order_ready"),
        follow_up("handed_over", "enter", "Check that the placement is booked", "receptionist"),
        follow_up("handed_over", "enter", "Take the photos after", "photo_operator"),
        follow_up("handed_over", "overrun", "The work lies unplaced: ask the dentist"),
    ),
    "zirconia": (
        follow_up(
            "impression_photo", "enter", "Photograph the impression", "photo_operator", due=120
        ),
        notice("consultation", "enter", "The design waits for the dentist's answer"),
        follow_up("consultation", "overrun", "Answer the laboratory about the design"),
        child("production", "fabrication", child_each="unit"),
    ),
    "fabrication": (
        notice("milling", "overrun", "Milling takes longer than planned", "lab_supervisor"),
        notice("sintering", "overrun", "Look at the furnace", "lab_supervisor"),
        notice("done", "enter", "A unit is finished", "lab_supervisor"),
    ),
    "metal_ceramic": (
        notice("metal_try_in", "enter", "The framework waits for its try-in", "receptionist"),
        notice("ceramic", "overrun", "Layering takes longer than planned", "lab_supervisor"),
    ),
    "press": (notice("pressing", "overrun", "Look at the press furnace", "lab_supervisor"),),
    "denture": (
        notice("bite_round", "enter", "Bite rims are ready for the visit", "receptionist"),
        notice("wax_try_in", "enter", "The set-up waits for its try-in", "receptionist"),
    ),
    "production_control": (
        notice("checking", "enter", "A work waits for quality control", "lab_supervisor"),
        notice("releasing", "overrun", "A checked work was not released", "lab_supervisor"),
    ),
}
