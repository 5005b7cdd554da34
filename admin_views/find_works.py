"""Where is this work? The rest of its line: place, since when, next visit, safe date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from flask_babel import gettext
from peewee import Model, fn

from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.work_forecast import forecast_of, leave_ahead, said
from reports.standing_works import Work, works
from schema.appointments import Appointment
from schema.cards import Card
from schema.orders import LabOrder, OrderVisit

LIVING = (
    Appointment.cancelled_at.is_null()
    & Appointment.missed_at.is_null()
    & Appointment.completed_at.is_null()
)


def works_told(model: type[Model], keys: Sequence[int], now: dt.datetime) -> dict[int, list[str]]:
    """What is said of each open work beside its columns; a constant number of questions."""
    if model is not LabOrder or not keys or not can("read", Card, "stage"):
        return {}
    found = works(keys)
    visits = _visits(list(found)) if found else {}
    waits = leave_ahead(list(found.values()), now)
    return {
        key: list(filter(None, [*_standing(work, now, waits), visits.get(key, "")]))
        for key, work in found.items()
    }


def _standing(work: Work, now: dt.datetime, waits: Mapping[int, int]) -> list[str]:
    told = [gettext("since %(moment)s", moment=moment_text(work.since))]
    if work.held:
        return [*told, gettext("on hold, no forecast")]
    if not can("read", Card, "due_at"):
        return told
    found = forecast_of(work, 0, now, waits)
    if found is None or not found.number:
        return told
    safe, share = said(found, work.location, now)
    return [*told, gettext("Safe %(moment)s (%(share)s)", moment=safe, share=share)]


def _visits(keys: Sequence[int]) -> dict[int, str]:
    """The next visit that needs each work, where the person may see it."""
    if not can("read", OrderVisit, "appointment") or not can("read", Appointment, "starts_at"):
        return {}
    first = fn.MIN(Appointment.starts_at).converter(Appointment.starts_at.python_value)
    coming = (
        OrderVisit.select(OrderVisit.order, first)
        .join(Appointment)
        .where(
            OrderVisit.order.in_(list(keys)),
            OrderVisit.purpose.in_(("try_in", "placement")),
            Appointment.id.in_(scoped(Appointment, Appointment.id).where(LIVING)),
        )
        .group_by(OrderVisit.order)
    )
    return {key: gettext("Next: %(moment)s", moment=moment_text(at)) for key, at in coming.tuples()}
