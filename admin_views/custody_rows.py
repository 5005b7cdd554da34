"""What the ledger of one order shows: what waits, what is where, what is missing, what moved."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from admin_views.by_name import BY_NAME
from admin_views.language import row_name
from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook, name_of
from reports import custody
from schema.components import HOLDERS, Component, ComponentKind
from schema.custody import OUTCOMES, ROOMS, SEEKABLE, ComponentIncident, Handover
from schema.movements import ComponentMovement
from schema.orders import LabOrder
from schema.staff import Location, Staff

TONES = {"missing": "late", "transport": "warn", "subcontractor": "warn", "clinic": "idle"}
SHOWN = ("lab", "workshop", "transport", "subcontractor", "missing", "clinic")
NEWEST = 40
DIRECT = ("patient", "stock", "subcontractor", "consumed", "incorporated", "written_off")


def hands_text(holder: str) -> str:
    return gettext(HOLDERS[holder])


def person(book: TitleBook, model: type, column: str, key: int | None) -> str:
    """The name behind a column, for whoever may read it."""
    return book.name(Staff, key) if can("read", model, column) else ""


def part_names(parts: list[Component]) -> dict[int, str]:
    """The kind of each component with its note, in the reader's language."""
    noted = can("read", Component, "note")
    return {
        one.id: " · ".join(filter(None, (row_name(one.kind.name), one.note if noted else "")))
        for one in parts
    }


def ledger(order: LabOrder, me: int) -> dict[str, Any]:
    """Everything on the page of one order's components."""
    parts = _parts(order)
    keys = [one.id for one in parts] or [0]
    pieces, sums, ways = custody.held(keys), custody.accounts(keys), custody.waiting(keys)
    moves, incidents = _moves(keys), _incidents(keys)
    book = TitleBook()
    book.learn({Staff: _people(ways, moves, incidents), Location: _places(ways, incidents)})
    names = part_names(parts)
    lines = [_line(one, names, pieces, sums) for one in parts]
    return {
        "lines": lines,
        "out": sum(line["account"].out for line in lines),
        "sent": sum(line["account"].sent for line in lines),
        "ways": [_way(one, names, book, me) for one in ways],
        "held": _held(parts, names, pieces),
        "unsettled": [line for line in lines if line["account"].out],
        "incidents": [_incident(one, names, book) for one in incidents],
        "moves": [_move(one, names, book) for one in moves],
        "kinds": _kinds(),
        "people": _all_people(),
        "places": _all_places(),
        "rooms": [(code, gettext(word)) for code, word in ROOMS.items()],
        "direct": [(code, hands_text(code)) for code in DIRECT],
        "order_name": name_of(order),
    }


def _parts(order: LabOrder) -> list[Component]:
    asked = scoped(Component, Component, ComponentKind).join(ComponentKind)
    return list(asked.where(Component.order == order).order_by(Component.id))


def _line(one: Component, names: Any, pieces: Any, sums: Any) -> dict[str, Any]:
    hands = pieces.get(one.id, {})
    where = [
        {"words": hands_text(code), "number": hands[code], "tone": TONES.get(code, "info")}
        for code in SHOWN
        if hands.get(code, 0) > 0
    ]
    account = sums.get(one.id) or custody.Account()
    return {"name": names[one.id], "account": account, "where": where}


def _way(one: custody.Waiting, names: Any, book: TitleBook, me: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": names.get(one.component_id, ""),
        "left": one.left,
        "from": gettext(ROOMS[one.from_holder]),
        "to": gettext(ROOMS[one.to_holder]),
        "by": person(book, Handover, "by", one.by_id),
        "for": person(book, Handover, "to_staff", one.to_staff_id),
        "place": book.name(Location, one.location_id) if can("read", Handover, "location") else "",
        "at": moment_text(one.at),
        "mine": one.by_id == me,
    }


def _held(parts: list[Component], names: Any, pieces: Any) -> list[dict[str, Any]]:
    """What can be handed over now: by component and hands, those of one room together."""
    rows = [
        {
            "key": f"{one.id}.{code}",
            "name": names[one.id],
            "holder": hands_text(code),
            "code": code,
            "number": pieces[one.id][code],
        }
        for code in (*ROOMS, "subcontractor")
        for one in parts
        if pieces.get(one.id, {}).get(code, 0) > 0
    ]
    busiest = max((row["code"] for row in rows), key=[r["code"] for r in rows].count, default="")
    return [row | {"ticked": row["code"] == busiest} for row in rows]


def _incidents(keys: list[int]) -> list[ComponentIncident]:
    if not can("read", ComponentIncident):
        return []
    asked = scoped(ComponentIncident).where(ComponentIncident.component.in_(keys))
    return list(asked.order_by(ComponentIncident.closed_at.is_null(False), -ComponentIncident.id))


def _incident(one: ComponentIncident, names: Any, book: TitleBook) -> dict[str, Any]:
    told = [name for name in ("note", "reason") if can("read", ComponentIncident, name)]
    return {
        "id": one.id,
        "name": names.get(one.component_id, ""),
        "number": one.number,
        "last": gettext(SEEKABLE[one.last_holder]),
        "who": person(book, ComponentIncident, "last_staff", one.last_staff_id),
        "seen": moment_text(one.last_seen_at),
        "noticed": moment_text(one.noticed_at),
        "words": " · ".join(filter(None, (getattr(one, name) for name in told))),
        "open": one.closed_at is None,
        "outcome": gettext(OUTCOMES[one.outcome]) if one.outcome else "",
        "tone": "good" if one.outcome == "found" else "warn",
    }


def _moves(keys: list[int]) -> list[ComponentMovement]:
    asked = scoped(ComponentMovement).where(ComponentMovement.component.in_(keys))
    return list(
        asked.order_by(ComponentMovement.at.desc(), ComponentMovement.id.desc()).limit(NEWEST)
    )


def _move(one: ComponentMovement, names: Any, book: TitleBook) -> dict[str, Any]:
    return {
        "when": moment_text(one.at),
        "who": person(book, ComponentMovement, "by", one.by_id),
        "name": names.get(one.component_id, ""),
        "number": one.number,
        "from": hands_text(one.from_holder),
        "to": hands_text(one.to_holder),
        "reason": one.reason or "" if can("read", ComponentMovement, "reason") else "",
    }


def _people(ways: Any, moves: Any, incidents: Any) -> set[int]:
    found = {one.by_id for one in (*ways, *moves)} | {one.to_staff_id for one in ways}
    found |= {one.last_staff_id for one in incidents}
    return {key for key in found if key is not None}


def _places(ways: Any, incidents: Any) -> set[int]:
    found = {one.location_id for one in ways} | {one.last_location_id for one in incidents}
    return {key for key in found if key is not None}


def _kinds() -> list[tuple[int, str]]:
    found = scoped(ComponentKind).where(ComponentKind.ended_on.is_null())
    return sorted(((one.id, row_name(one.name)) for one in found), key=lambda one: one[1])


def _all_people() -> list[tuple[int, str]]:
    if not can("read", Staff):
        return []
    found = scoped(Staff).where(Staff.ended_on.is_null()).order_by(*BY_NAME)
    return [(one.id, f"{one.last_name} {one.first_name}") for one in found]


def _all_places() -> list[tuple[int, str]]:
    if not can("read", Location):
        return []
    found = scoped(Location).where(Location.ended_on.is_null()).order_by(Location.name)
    return [(one.id, one.name) for one in found]
