"""What belongs to an order beside the work: its photos, its components, its patient's consents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import JOIN, fn

from admin_views import custody_rights
from admin_views.custody_rows import TONES, hands_text, part_names
from admin_views.language import row_name
from admin_views.photo_rights import may_shoot
from admin_views.policy import can, scoped
from admin_views.tablet_limits import within_reach
from admin_views.today_blocks import Now
from reports import custody
from schema.components import Component, ComponentKind
from schema.consents import PURPOSES, Consent
from schema.orders import LabOrder
from schema.photos import MOMENTS, Photo, Shot, ShotRequirement

HERE = ("lab", "workshop", "subcontractor", "transport", "missing")
# What a work needs of its patient; a control point may ask for another purpose too.
ASKED = ("treatment", "photo_clinical")


def photos_of(order: LabOrder) -> dict[str, Any] | None:
    """The protocol by moment: how many of its shots are taken, how many kept, which lack.

    Two questions; None for who may not read all of it.
    """
    columns = ("order", "shot", "photographed_at", "uploaded_at")
    if not all(can("read", Photo, name) for name in columns) or not can("read", Shot):
        return None
    state = _state_of_shots(order)
    moments: dict[str, list[Shot]] = {}
    for shot in _wanted_shots(order):
        moments.setdefault(shot.moment, []).append(shot)
    lines = [_moment(code, moments[code], state) for code in MOMENTS if code in moments]
    return {"lines": lines, "url": _photo_page(order), "extra": _others(state, moments)}


def _wanted_shots(order: LabOrder) -> list[Shot]:
    """The shots that the work's own list or the protocol asks for, in their order."""
    rule = ShotRequirement
    own = (rule.shot == Shot.id) & (rule.work_type == order.work_type_id)
    wanted = Shot.select().join(rule, JOIN.LEFT_OUTER, on=own)
    return list(wanted.where(fn.COALESCE(rule.required, Shot.required)).order_by(Shot.position))


def _state_of_shots(order: LabOrder) -> dict[int, tuple[bool, bool]]:
    """Whether each shot is photographed, and whether it is kept, as far as it may be known."""
    photos = scoped(Photo, Photo.shot, Photo.photographed_at, Photo.uploaded_at)
    state: dict[int, tuple[bool, bool]] = {}
    for shot, taken, kept in photos.where(Photo.order == order).tuples():
        before = state.get(shot, (False, False))
        state[shot] = (before[0] or taken is not None, before[1] or kept is not None)
    return state


def _moment(code: str, shots: list[Shot], state: dict[int, tuple[bool, bool]]) -> dict[str, Any]:
    taken = sum(state.get(one.id, (False, False))[0] for one in shots)
    lacking = [one for one in shots if not state.get(one.id, (False, False))[1]]
    return {
        "name": gettext(MOMENTS[code]),
        "of": len(shots),
        "taken": taken,
        "kept": len(shots) - len(lacking),
        "lacking": [row_name(one.name) for one in lacking],
    }


def _others(state: dict[int, tuple[bool, bool]], moments: dict[str, list[Shot]]) -> int:
    """Photos of shots that nobody asks for."""
    wanted = {one.id for shots in moments.values() for one in shots}
    return len([key for key in state if key not in wanted])


def _photo_page(order: LabOrder) -> str | None:
    """Where photos are noted, for who notes them; else the list of those of the order."""
    if may_shoot():
        page = url_for("shots.index", moment="all", _anchor=f"order-{order.id}")
    else:
        page = url_for("photo.index_view", **{"flt.order.is": order.id})
    return within_reach(page)


def components_of(order: LabOrder) -> dict[str, Any] | None:
    """Each component: what came, what left, and where the rest is. Three questions."""
    if not custody_rights.may_see():
        return None
    asked = scoped(Component, Component, ComponentKind).join(ComponentKind)
    parts = list(asked.where(Component.order == order).order_by(Component.id))
    keys = [one.id for one in parts] or [0]
    pieces, sums, names = custody.held(keys), custody.accounts(keys), part_names(parts)
    lines = [
        _component(names[one.id], pieces.get(one.id, {}), sums.get(one.id) or custody.Account())
        for one in parts
    ]
    return {
        "lines": lines,
        "out": sum(line["out"] for line in lines),
        "sent": sum(line["sent"] for line in lines),
        "missing": sum(line["missing"] for line in lines),
        "url": url_for("custody.order", key=order.id),
    }


def _component(name: str, hands: dict[str, int], account: custody.Account) -> dict[str, Any]:
    return {
        "name": name,
        "sent": account.sent,
        "settled": account.sent - account.out,
        "out": account.out,
        "missing": hands.get("missing", 0),
        "where": [
            {"words": hands_text(code), "number": hands[code], "tone": TONES.get(code, "info")}
            for code in HERE
            if hands.get(code, 0) > 0
        ],
    }


def consents_of(order: LabOrder, asked: Iterable[str], now: Now) -> list[dict[str, Any]] | None:
    """What the patient allowed of what the work needs, the latest word on each. One question."""
    columns = ("patient", "purpose", "given", "at")
    known = all(can("read", Consent, name) for name in columns)
    if not known or not can("read", LabOrder, "patient"):
        return None
    purposes = list(dict.fromkeys((*ASKED, *(one for one in asked if one in PURPOSES))))
    told = scoped(Consent, Consent.purpose, Consent.given, Consent.at).where(
        Consent.patient == order.patient_id, Consent.purpose.in_(purposes)
    )
    latest = {row[0]: row[1:] for row in told.order_by(Consent.at, Consent.id).tuples()}
    return [_consent(purpose, latest.get(purpose), now) for purpose in purposes]


def _consent(purpose: str, found: tuple[Any, Any] | None, now: Now) -> dict[str, Any]:
    given, at = found or (None, None)
    tone = "warn" if given is None else "good" if given else "late"
    words = gettext("not asked yet") if given is None else gettext("given") if given else ""
    return {
        "name": gettext(PURPOSES[purpose]),
        "tone": tone,
        "given": bool(given),
        "words": words or gettext("refused or withdrawn"),
        "at": now.near(at),
    }
