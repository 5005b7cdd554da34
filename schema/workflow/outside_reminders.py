"""Reminding the laboratory of outside works whose day has passed."""

from __future__ import annotations

import datetime as dt

from schema.acting import acting
from schema.cards import Card
from schema.database import one_act
from schema.followups import Followup
from schema.lab import Subcontractor
from schema.outside import Outsourcing
from schema.staff import Role
from schema.tracks import Track
from schema.working_time import clinic_zone

OVERDUE = "An outside work is not back: ask the firm"


def remind(now: dt.datetime) -> int:
    """A task for whoever runs the laboratory, once for each work and expected day; how many.

    A clinic without that role tells whoever sent it.
    """
    today = now.astimezone(clinic_zone()).date()
    asked = (
        Outsourcing.select(Outsourcing, Subcontractor, Track, Card)
        .join(Subcontractor)
        .switch(Outsourcing)
        .join(Track)
        .join(Card)
        .where(Outsourcing.returned_at.is_null(), Outsourcing.expected_on < today)
    )
    with acting(staff=None), one_act():
        role = Role.select(Role.id).where(Role.code == "lab_supervisor").scalar()
        return sum(_remind(work, role, now) for work in asked.order_by(Outsourcing.id))


def _remind(work: Outsourcing, role: int | None, now: dt.datetime) -> int:
    if role is None and work.sent_by_id is None:
        return 0
    asked = Followup.insert(
        key=f"outside-{work.id}-{work.expected_on:%Y%m%d}",
        subject=OVERDUE,
        role=role,
        staff=None if role else work.sent_by_id,
        location=work.track.card.location_id,
        card=work.track.card_id,
        due_at=now,
        note=work.subcontractor.name,
    )
    return int(asked.on_conflict_ignore().as_rowcount().execute())
