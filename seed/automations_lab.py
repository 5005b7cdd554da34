"""What the stages of the laboratory do by themselves."""

from __future__ import annotations

from seed.automations_words import Deed, child, follow_up, message, notice, risk

LAB: dict[str, tuple[Deed, ...]] = {
    "order": (
        follow_up("registration", "enter", "Take the photos before", "photo_operator", due=480),
        notice("taken", "enter", "A new work is in the laboratory", "lab_supervisor"),
        # Thirty points for every work is a choice of the clinic, so this one waits to be wanted.
        child("taken", "production_control", active=False),
        notice("validation", "overrun", "Validation takes longer than planned", "lab_supervisor"),
        notice(
            "validation",
            "tick",
            "Shade and material are confirmed",
            "lab_supervisor",
            point="shade_confirmed",
        ),
        child("fabrication", "fabrication"),
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
        follow_up(
            "production", "enter", "Open a fabrication card per unit or bridge", "lab_supervisor"
        ),
    ),
    "fabrication": (
        notice("milling", "overrun", "Milling takes longer than planned", "lab_supervisor"),
        notice("sintering", "overrun", "Look at the furnace", "lab_supervisor"),
        notice("done", "enter", "A unit is finished", "lab_supervisor"),
    ),
    "production_control": (
        notice("checking", "enter", "A work waits for quality control", "lab_supervisor"),
        notice("releasing", "overrun", "A checked work was not released", "lab_supervisor"),
    ),
}
