"""Who and which chair is taken when, in the database and in the file so far."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schema.appointments import Appointment
from schema.workflow import Refused
from schema.workflow.import_rows import Values

CALENDAR = ("provider", "chair")
TAKEN = {
    "provider": "The provider has another patient then (%(when)s). Choose another time.",
    "chair": "The chair is taken then (%(when)s). Choose another chair or time.",
}
TAKEN_BY_ROW = {
    "provider": "The provider has the patient of row %(row)d then (%(when)s).",
    "chair": "The chair is taken by row %(row)d then (%(when)s).",
}


class Visit(NamedTuple):
    """A stretch of time; `row` is 0 when it is in the database already."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    row: int


class Diary:
    """All visits: which exist, and the free time between them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.known: dict[tuple[int, int, dt.datetime], Visit] = {}
        self.taken: dict[tuple[str, int], list[Visit]] = {}
        live = Appointment.cancelled_at.is_null() & Appointment.missed_at.is_null()
        for patient, provider, chair, start, end, stands in Appointment.select(
            Appointment.patient,
            Appointment.provider,
            Appointment.chair,
            Appointment.starts_at,
            Appointment.ends_at,
            live,
        ).tuples():
            visit = Visit(start, end, 0)
            self.known[patient, provider, start] = visit
            if stands:
                self._take({"provider": provider, "chair": chair}, visit)
        for visits in self.taken.values():
            visits.sort()

    def same(self, values: Values) -> Visit | None:
        """The visit of the same patient to the same provider at the same time."""
        return self.known.get((values["patient"], values["provider"], values["starts_at"]))

    def clash(self, column: str, values: Values) -> Refused | None:
        """Why the provider or the chair cannot take this visit."""
        visits = self.taken.get((column, values.get(column) or 0), [])
        place = bisect_left(visits, (values["starts_at"],))
        for visit in visits[max(place - 1, 0) : place + 1]:
            if visit.starts_at < values["ends_at"] and visit.ends_at > values["starts_at"]:
                says = TAKEN_BY_ROW[column] if visit.row else TAKEN[column]
                return Refused(says, row=visit.row, when=self._shown(visit))
        return None

    def add(self, row: int, values: Values) -> None:
        visit = Visit(values["starts_at"], values["ends_at"], row)
        self.known[values["patient"], values["provider"], values["starts_at"]] = visit
        for column in CALENDAR:
            if values.get(column):
                insort(self.taken.setdefault((column, values[column]), []), visit)

    def _take(self, keys: dict[str, int | None], visit: Visit) -> None:
        for column, key in keys.items():
            if key:
                self.taken.setdefault((column, key), []).append(visit)

    def _shown(self, visit: Visit) -> str:
        start, end = (moment.astimezone(self.zone) for moment in visit[:2])
        return f"{start:%d.%m.%Y %H:%M}–{end:%H:%M}"
