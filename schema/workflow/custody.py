"""Handing components over, taking them, and what else may become of them; piece by piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from peewee import SQL, Case, fn

from schema.acting import acting
from schema.components import Component
from schema.custody import ROOMS, Handover
from schema.movements import ComponentMovement
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act

Line = tuple[int, int]  # the key of a component or hand-over, and pieces
# Who does not sign in here cannot confirm: one side alone tells of these hands.
ONE_SIDED = ("patient", "stock", "subcontractor", "consumed", "incorporated", "written_off")
LIMIT = 9_999


def give(
    lines: Iterable[Line],
    from_holder: str,
    to_holder: str,
    *,
    by: int,
    now: dt.datetime,
    to_staff: int | None = None,
    location: int | None = None,
) -> list[Handover]:
    """Put pieces of components on the way; all of them, or none. Raises Refused.

    Each pair of `lines` is a component and its pieces. `to_staff` should take them, if told.
    """
    with acting(staff=by), one_spoken_act():
        if from_holder not in ROOMS or to_holder not in ROOMS:
            raise Refused("Choose from whom, and to whom.")
        if from_holder == to_holder and to_staff in (None, by):
            raise Refused("A component goes to other hands; choose who takes it.")
        told: dict[str, object] = {"to_staff": to_staff, "location": location, "by": by, "at": now}
        return [
            _give_one(one, number, from_holder, to_holder, told) for one, number in _some(lines)
        ]


def _give_one(
    component: int, number: int, from_holder: str, to_holder: str, told: dict[str, object]
) -> Handover:
    handover = Handover.create(
        component=component,
        number=number,
        from_holder=from_holder,
        to_holder=to_holder,
        **told,
    )
    _move(
        component,
        number,
        (from_holder, "transport"),
        handover=handover,
        from_staff=told["by"],
        **told,
    )
    return handover


def take(lines: Iterable[Line], *, by: int, now: dt.datetime) -> int:
    """Confirm as the other side what hand-overs brought; returns the pieces. Raises Refused.

    Each pair is a hand-over and the pieces that are there; what is not stays on the way.
    """
    with acting(staff=by), one_spoken_act():
        wanted = _some(lines)
        known = {
            one.id: one
            for one in Handover.select().where(Handover.id.in_([key for key, _ in wanted]))
        }
        for key, number in wanted:
            handover = known.get(key)
            if handover is None:
                raise Refused("This hand-over does not exist.")
            if handover.by_id == by:
                raise Refused("Whoever gave it does not confirm the taking; the other side does.")
            _end(handover, number, handover.to_holder, by=by, now=now)
        return sum(number for _, number in wanted)


def take_back(handover_id: int, *, by: int, now: dt.datetime) -> int:
    """What was given and not taken goes back; returns the pieces. Raises Refused."""
    with acting(staff=by), one_spoken_act():
        handover = Handover.get_or_none(Handover.id == handover_id)
        number = on_the_way(handover_id)
        if handover is None or number == 0:
            raise Refused("So many are not on the way. Somebody else took them already.")
        _end(handover, number, handover.from_holder, by=by, now=now)
        return number


def on_the_way(handover_id: int) -> int:
    """Pieces of a hand-over that nobody took yet."""
    put = Case(ComponentMovement.to_holder, (("transport", ComponentMovement.number),), 0)
    gone = Case(ComponentMovement.from_holder, (("transport", ComponentMovement.number),), 0)
    found = ComponentMovement.select(fn.COALESCE(fn.SUM(put) - fn.SUM(gone), SQL("0")))
    return int(found.where(ComponentMovement.handover == handover_id).scalar())


def _end(handover: Handover, number: int, to: str, *, by: int, now: dt.datetime) -> None:
    _move(
        handover.component_id,
        number,
        ("transport", to),
        handover=handover,
        from_staff=handover.by_id,
        to_staff=by,
        location=handover.location_id,
        by=by,
        at=now,
    )


def settle(
    lines: Iterable[Line],
    from_holder: str,
    to_holder: str,
    *,
    by: int,
    now: dt.datetime,
    reason: str | None = None,
    location: int | None = None,
    outsourcing: int | None = None,
) -> int:
    """Move pieces to or from hands that do not sign in here: patient, stock, a firm, the work.

    Also when they are used up, become part of the work, or are written off with a reason.
    `outsourcing` is the outside work that they go along with; what comes from a firm without it
    is what went there first. Returns the pieces. Raises Refused.
    """
    with acting(staff=by), one_spoken_act():
        pair = (from_holder, to_holder)
        one_sided = [hands in ONE_SIDED for hands in pair]
        if not any(one_sided) or not all(hands in (*ONE_SIDED, *ROOMS) for hands in pair):
            raise Refused("Hand it over instead, so that the other side confirms it.")
        told = {"reason": reason or None, "location": location, "by": by, "at": now}
        wanted = _some(lines)
        for component, number in wanted:
            works = [(outsourcing, number)]
            if from_holder == "subcontractor" and outsourcing is None:
                works = at_firms(component, number)
            for work, some in works:
                _move(component, some, pair, outsourcing=work, **told)
        return sum(number for _, number in wanted)


def at_firms(component: int, number: int) -> list[tuple[int | None, int]]:
    """With which outside works so many pieces went to firms, those that went first first.

    What went without one has None; pieces that are not there are added to the last of them.
    """
    put = Case(ComponentMovement.to_holder, (("subcontractor", ComponentMovement.number),), 0)
    gone = Case(ComponentMovement.from_holder, (("subcontractor", ComponentMovement.number),), 0)
    kept = fn.SUM(put - gone)
    asked = ComponentMovement.select(ComponentMovement.outsourcing, kept)
    asked = asked.where(ComponentMovement.component == component)
    asked = asked.group_by(ComponentMovement.outsourcing).having(kept > 0)
    found: list[tuple[int | None, int]] = []
    for work, there in asked.order_by(fn.MIN(ComponentMovement.id)).tuples():
        some = min(int(there), number)
        found += [(work, some)] if some else []
        number -= some
    if number or not found:
        work, some = found.pop() if found else (None, 0)
        found.append((work, some + number))
    return found


def _move(component: int, number: int, pair: tuple[str, str], **told: object) -> None:
    ComponentMovement.create(
        component=component, number=number, from_holder=pair[0], to_holder=pair[1], **told
    )


def _some(lines: Iterable[Line]) -> list[Line]:
    """The lines in the order of their keys, so that rivals queue; at least one."""
    wanted = sorted((key, number) for key, number in lines if number > 0)
    if not wanted:
        raise Refused("Tick what is handed over, one piece or more.")
    if any(number > LIMIT for _, number in wanted):
        raise Refused("So many pieces of one component cannot be.")
    return wanted


def list_component(
    order_id: int,
    kind_id: int,
    number: int,
    *,
    by: int,
    now: dt.datetime,
    source: str = "patient",
    holder: str = "clinic",
    note: str | None = None,
) -> Component:
    """A component of an order with the pieces that came; more of one that is listed add up.

    `source` is the patient or the stock. Raises Refused.
    """
    with acting(staff=by), one_spoken_act():
        if source not in ("patient", "stock") or holder not in ROOMS:
            raise Refused("Choose where it comes from, and who has it now.")
        words = " ".join((note or "").split()) or None
        same = fn.COALESCE(Component.note, "") == (words or "")
        found = Component.get_or_none(
            Component.order == order_id, Component.kind == kind_id, same
        ) or Component.create(order=order_id, kind=kind_id, note=words, created_at=now)
        settle([(found.id, number)], source, holder, by=by, now=now)
        return found
