"""Lines of the ticket that no table of rows tells: components counted, links of other systems."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from admin_views.card_systems import systems_of
from admin_views.order_parts import components_of
from admin_views.plain_words import moment_text
from schema.orders import LabOrder

Line = dict[str, str]


def lines_of(block: str, order: LabOrder) -> list[Line]:
    """Name, link, what stands below the name, and what at its right, with the tone of its dot."""
    if block == "components":
        return _components(order)
    return _systems(order) if block == "integrations" else []


def _components(order: LabOrder) -> list[Line]:
    """How much of each was sent and how much came back, and in whose hands the rest is."""
    found = components_of(order)
    return [_component(one) for one in found["lines"]] if found else []


def _component(one: dict[str, Any]) -> Line:
    where = "; ".join(f"{place['number']} · {place['words']}" for place in one["where"])
    counts = gettext("%(sent)s in · %(settled)s out", sent=one["sent"], settled=one["settled"])
    tone = "late" if one["missing"] else "info" if one["out"] else "good" if one["sent"] else "idle"
    return {"name": one["name"], "url": "", "below": where, "right": counts, "tone": tone}


def _systems(order: LabOrder) -> list[Line]:
    found = systems_of(order.card, order, order, moment_text)
    return [_system(one) for one in found["lines"]] if found else []


def _system(one: dict[str, Any]) -> Line:
    right = " ".join(filter(None, (one["state"], one["at"])))
    told = {"name": one["name"], "url": one["url"], "below": one["called"]}
    return told | {"right": right, "tone": one["tone"] or "idle"}
