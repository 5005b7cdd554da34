"""The photo protocol: twelve views before and after, shade, try-in and laboratory shots."""

from __future__ import annotations

from typing import Any

_SERIES = (
    ("face_smile", "Full face, smile", "1:10"),
    ("smile_front", "Smile, front", "1:2"),
    ("smile_right", "Smile, right side", "1:2"),
    ("smile_left", "Smile, left side", "1:2"),
    ("retracted_front", "Retracted, front", "1:2"),
    ("retracted_right", "Retracted, right side", "1:2"),
    ("retracted_left", "Retracted, left side", "1:2"),
    ("upper_front", "Upper front teeth", "1:1"),
    ("upper_right", "Upper front teeth, right", "1:1"),
    ("upper_left", "Upper front teeth, left", "1:1"),
    ("occlusal_upper", "Upper arch, mirror", "1:2"),
    ("occlusal_lower", "Lower arch, mirror", "1:2"),
)
_SHADE = (
    ("shade_closed", "Shade: bite closed"),
    ("shade_tab_gum", "Shade: tab with gum line, number readable"),
    ("shade_tab_close", "Shade: close-up with tabs"),
    ("shade_tabs", "Shade: tabs alone"),
)
_TRY_IN = (
    ("try_in_front", "Try-in, front"),
    ("try_in_smile", "Try-in, smile"),
)
_LAB = (
    ("arrival", "Impression or scan on arrival"),
    ("parts_arrival", "Components on arrival"),
    ("mounted", "Mounted models"),
    ("cad_proposal", "CAD proposal"),
    ("framework", "Framework on the model"),
    ("before_glaze", "Before glaze"),
    ("final_front", "Final on the model, front"),
    ("final_occlusal", "Final on the model, from above"),
    ("final_margins", "Final on the model, margins"),
    ("setup", "Set-up in the articulator"),
    ("packing", "What was packed"),
    ("handover", "Handover"),
)
# Two views make a pair that proves the result; the rest is wished for, not demanded.
_DEMANDED = ("smile_front", "retracted_front")


def _shots() -> list[dict[str, Any]]:
    series = [
        (f"{view}_{moment}", name, view, moment, scale, view in _DEMANDED)
        for moment in ("before", "after")
        for view, name, scale in _SERIES
    ]
    rest = [
        (view, name, view, moment, None, False)
        for moment, shots in (("prep", _SHADE), ("try_in", _TRY_IN), ("lab", _LAB))
        for view, name in shots
    ]
    columns = ("code", "name", "view", "moment", "magnification", "required")
    return [
        {
            **dict(zip(columns, shot, strict=True)),
            "position": position,
            "recognisable": shot[2] == "face_smile",
        }
        for position, shot in enumerate([*series, *rest], 1)
    ]


SHOTS = _shots()
WITH_ARRIVAL_PHOTO = (
    "crown",
    "bridge",
    "veneer",
    "implant_crown",
    "implant_bridge",
    "full_arch",
)
WITHOUT_PATIENT_PHOTOS = (
    "splint",
    "temporary",
    "temporary_bridge",
    "wax_up",
    "surgical_guide",
    "custom_tray",
    "bite_rim",
    "model",
    "repair",
    "reline",
    "add_tooth",
    "post_core",
    "abutment",
)
