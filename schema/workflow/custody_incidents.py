"""Components that are missing: noticed with who had them last, then found or written off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import SQL, Case, fn

from schema.acting import acting
from schema.custody import ROOMS, SEEKABLE, ComponentIncident, Handover
from schema.movements import ComponentMovement
from schema.workflow import Refused
from schema.workflow.custody import at_firms
from schema.workflow.refusing import one_spoken_act


def report_missing(
    component_id: int,
    number: int,
    holder: str,
    *,
    by: int,
    now: dt.datetime,
    handover: int | None = None,
    note: str | None = None,
) -> ComponentIncident:
    """Open an incident for pieces that these hands should hold; it names who had them last.

    On the way, `handover` says under which hand-over. Raises Refused.
    """
    with acting(staff=by), one_spoken_act():
        if holder not in SEEKABLE:
            raise Refused("Say in whose hands it was last.")
        if number < 1:
            raise Refused("At least one piece is missing.")
        incident = ComponentIncident.create(
            component=component_id,
            number=number,
            last_holder=holder,
            note=note or None,
            noticed_at=now,
            noticed_by=by,
            **_last_seen(component_id, holder, handover, now),
        )
        works = at_firms(component_id, number) if holder == "subcontractor" else [(None, number)]
        told = {"by": by, "at": now, "handover": handover}
        for work, some in works:
            _move(incident, some, (holder, "missing"), outsourcing=work, **told)
        return incident


def _last_seen(
    component: int, holder: str, handover: int | None, now: dt.datetime
) -> dict[str, Any]:
    """Who gave it last into nobody's hands, or took it last into these."""
    if handover is not None:
        given = Handover.get_or_none(Handover.id == handover)
        if given is not None:
            return _seen(given.by_id, given.location_id, given.at)
    last = (
        ComponentMovement.select()
        .where(ComponentMovement.component == component, ComponentMovement.to_holder == holder)
        .order_by(ComponentMovement.id.desc())
        .first()
    )
    if last is None:
        return _seen(None, None, now)
    return _seen(last.to_staff_id or last.by_id, last.location_id, last.at)


def _seen(staff: int | None, location: int | None, at: dt.datetime) -> dict[str, Any]:
    return {"last_staff": staff, "last_location": location, "last_seen_at": at}


def found(incident_id: int, number: int, holder: str, *, by: int, now: dt.datetime) -> int:
    """Pieces are there again; returns how many are still missing. Raises Refused."""
    with acting(staff=by), one_spoken_act():
        incident = _open(incident_id)
        if holder not in ROOMS:
            raise Refused("Say who holds it now.")
        _move(incident, number, ("missing", holder), by=by, at=now, to_staff=by)
        left = still_missing(incident.id)
        if left == 0:
            _close(incident, "found", None, by, now)
        return left


def write_off(incident_id: int, reason: str, *, by: int, now: dt.datetime) -> None:
    """What is still missing is lost, and why; the incident ends. Raises Refused."""
    with acting(staff=by), one_spoken_act():
        incident = _open(incident_id)
        words = reason.strip()
        if not words:
            raise Refused("Write why the component is written off.")
        left = still_missing(incident.id)
        _move(incident, left, ("missing", "written_off"), by=by, at=now, reason=words)
        _close(incident, "written_off", words, by, now)


def still_missing(incident_id: int) -> int:
    """Pieces of an incident that were neither found nor written off."""
    lost = Case(ComponentMovement.to_holder, (("missing", ComponentMovement.number),), 0)
    back = Case(ComponentMovement.from_holder, (("missing", ComponentMovement.number),), 0)
    asked = ComponentMovement.select(fn.COALESCE(fn.SUM(lost) - fn.SUM(back), SQL("0")))
    return int(asked.where(ComponentMovement.incident == incident_id).scalar())


def _open(incident_id: int) -> ComponentIncident:
    incident = ComponentIncident.get_or_none(ComponentIncident.id == incident_id)
    if incident is None or incident.closed_at is not None:
        raise Refused("This incident is over.")
    return incident  # type: ignore[no-any-return]


def _move(
    incident: ComponentIncident, number: int, pair: tuple[str, str], **told: object
) -> ComponentMovement:
    return ComponentMovement.create(
        component=incident.component_id,
        number=number,
        from_holder=pair[0],
        to_holder=pair[1],
        incident=incident,
        **told,
    )


def _close(
    incident: ComponentIncident, outcome: str, reason: str | None, by: int, now: dt.datetime
) -> None:
    ComponentIncident.update(
        outcome=outcome,
        reason=reason,
        closed_at=now,
        closed_by=by,
        row_version=ComponentIncident.row_version + 1,
    ).where(ComponentIncident.id == incident.id).execute()
