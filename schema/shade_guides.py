"""Guides of shades and the tabs that each of them has."""

from __future__ import annotations

GUIDES = {
    "vita_classical": "VITA classical",
    "vita_3d_master": "VITA 3D-Master",
    "bleach": "Bleach",
    "stump": "Stump (natural die)",
    "custom": "Custom",
}
TABS = {
    "vita_classical": "B1 A1 B2 D2 A2 C1 C2 D4 A3 D3 B3 A3.5 B4 C3 A4 C4",
    "vita_3d_master": "0M1 0M2 0M3 1M1 1M2 2L1.5 2L2.5 2M1 2M2 2M3 2R1.5 2R2.5 3L1.5 3L2.5 3M1 "
    "3M2 3M3 3R1.5 3R2.5 4L1.5 4L2.5 4M1 4M2 4M3 4R1.5 4R2.5 5M1 5M2 5M3",
    "bleach": "BL1 BL2 BL3 BL4",
    "stump": "ND1 ND2 ND3 ND4 ND5 ND6 ND7 ND8 ND9",
}


def tab_stands_in_its_guide() -> str:
    guides = [
        f"guide = '{guide}' AND code IN ({', '.join(repr(tab) for tab in tabs.split())})"
        for guide, tabs in TABS.items()
    ]
    return " OR ".join(f"({guide})" for guide in [*guides, "guide = 'custom'"])
