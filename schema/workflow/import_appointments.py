"""Appointments from a file: whose, with whom, when; a clash is a refused row in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from schema.appointments import Appointment, AppointmentType, Chair
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.import_diary import CALENDAR, Diary
from schema.workflow.import_patients import phone
from schema.workflow.import_rows import (
    CHANGED,
    DOUBLE,
    KNOWN,
    REFUSED,
    Importer,
    Names,
    RowResult,
    Target,
    Twin,
    Values,
    column_target,
    default_location,
    inserted,
    location_names,
    look_up,
    staff_names,
)
from schema.workflow.import_whose import PatientBook
from schema.workflow.import_words import APPOINTMENT
from schema.workflow.sheet_rows import Cell
from schema.workflow.value_days import at_clinic, parse_day, parse_moment, parse_time
from schema.workflow.values import clean_lines, parse_whole

Problems = list[tuple[str, Refused]]
WRITTEN = ("patient", "provider", "chair", "location", "type", "starts_at", "ends_at", "note")
LONGEST = dt.timedelta(hours=24)


def moment_or_day(cell: Cell, zone: ZoneInfo) -> dt.datetime | dt.date | None:
    """A moment; or a day alone, whose time stands in another column."""
    try:
        day = parse_day(cell)
    except Refused:
        return parse_moment(cell, zone)
    timed = isinstance(cell, dt.datetime) and cell.time() != dt.time()
    part = isinstance(cell, float) and cell % 1
    return parse_moment(cell, zone) if timed or part else day


class AppointmentImport(Importer):
    """Columns of a calendar's list and how its rows become appointments."""

    kind = "appointments"
    label = "Appointments"
    model = Appointment
    needs = (
        ("patient_code", "patient_phone", "patient_name"),
        ("provider",),
        ("starts_at",),
    )
    targets = (
        Target("patient_code", "Patient code", APPOINTMENT["patient_code"]),
        Target("patient_name", "Patient", APPOINTMENT["patient_name"]),
        Target("patient_phone", "Patient's phone", APPOINTMENT["patient_phone"], phone),
        Target("patient_birth_on", "Patient born on", APPOINTMENT["patient_birth_on"], parse_day),
        Target("provider", "Provider", APPOINTMENT["provider"]),
        Target("starts_at", "From", APPOINTMENT["starts_at"], moment_or_day, zoned=True),
        Target("start_time", "From (time)", APPOINTMENT["start_time"], parse_time),
        Target("ends_at", "Until", APPOINTMENT["ends_at"], moment_or_day, zoned=True),
        Target("end_time", "Until (time)", APPOINTMENT["end_time"], parse_time),
        Target("minutes", "Minutes", APPOINTMENT["minutes"], parse_whole),
        Target("type", "Kind", APPOINTMENT["type"]),
        Target("chair", "Chair", APPOINTMENT["chair"]),
        Target("location", "Location", APPOINTMENT["location"]),
        column_target(Appointment, "note", APPOINTMENT, clean_lines),
    )

    def load(self, mapped: frozenset[str]) -> None:
        super().load(mapped)
        self.locations, self.staff = location_names(), staff_names()
        self.home = default_location(self.locations, self.by)
        self.workplaces = dict(Staff.select(Staff.id, Staff.location).tuples())
        self.patients = PatientBook()
        self.types = Names("Kinds of visit")
        self.minutes: dict[int, int] = {}
        for kind in AppointmentType.select().where(AppointmentType.ended_on.is_null()):
            self.types.add(kind.id, kind.code, kind.name)
            self.minutes[kind.id] = kind.minutes
        self._load_chairs()
        self.diary = Diary(self.zone)

    def _load_chairs(self) -> None:
        self.chairs = Names("Chairs")
        self.chairs_of: dict[int, Names] = {}
        self.chair_place: dict[int, int] = {}
        chairs = Chair.select(Chair.id, Chair.name, Chair.location)
        for key, name, location in chairs.where(Chair.ended_on.is_null()).tuples():
            self.chairs.add(key, name)
            self.chairs_of.setdefault(location, Names("Chairs")).add(key, name)
            self.chair_place[key] = location

    def complete(self, values: Values) -> Problems:
        problems: Problems = []
        self._whose(values, problems)
        self._where(values, problems)
        if values.get("type") is None and len(self.minutes) == 1:
            [values["type"]] = self.minutes
        elif values.get("type") is None:
            problems.append(("type", Refused("Write the kind of visit.")))
        else:
            look_up(values, "type", self.types, problems)
        if not problems:
            self._when(values, problems)
        return problems

    def _whose(self, values: Values, problems: Problems) -> None:
        try:
            values["patient"] = self.patients.find(values)
        except Refused as refusal:
            problems.append((self._patient_column(values), refusal))
        if look_up(values, "provider", self.staff, problems) is None and not values["provider"]:
            problems.append(("provider", Refused("The provider is missing.")))

    def _patient_column(self, values: Values) -> str:
        names = ("patient_code", "patient_phone", "patient_name")
        return next((name for name in names if values.get(name)), "patient_name")

    def _where(self, values: Values, problems: Problems) -> None:
        place = look_up(values, "location", self.locations, problems)
        chairs = self.chairs_of.get(place, Names("Chairs")) if place else self.chairs
        chair = look_up(values, "chair", chairs, problems)
        if place is None and not any(name == "location" for name, _ in problems):
            provider = values.get("provider")
            place = self.chair_place.get(chair or 0) or self.workplaces.get(provider) or self.home
            values["location"] = place
            if place is None:
                problems.append(("location", Refused("Write at which location the visit is.")))

    def _when(self, values: Values, problems: Problems) -> None:
        try:
            start = self._moment(values.get("starts_at"), values.get("start_time"))
        except Refused as refusal:
            problems.append(("starts_at", refusal))
            return
        try:
            end = self._end(values, start)
        except Refused as refusal:
            problems.append(("ends_at", refusal))
            return
        if not start < end <= start + LONGEST:
            says = Refused("A visit ends after it begins, on the same day. Check the times.")
            problems.append(("ends_at" if values.get("ends_at") else "starts_at", says))
        values["starts_at"], values["ends_at"] = start, end

    def _moment(self, when: dt.datetime | dt.date | None, time: dt.time | None) -> dt.datetime:
        if isinstance(when, dt.datetime):
            return when
        if when is None or time is None:
            raise Refused("The day or the time is missing. Write for example 31.12.2025 14:30.")
        return at_clinic(dt.datetime.combine(when, time), self.zone)

    def _end(self, values: Values, start: dt.datetime) -> dt.datetime:
        until = values.get("ends_at")
        if until is not None or values.get("end_time") is not None:
            day = until or start.astimezone(self.zone).date()
            return self._moment(day, values.get("end_time"))
        minutes = values.get("minutes")
        minutes = self.minutes[values["type"]] if minutes is None else minutes
        return start + dt.timedelta(minutes=min(max(minutes, -1), 10_000))

    def twin(self, number: int, values: Values) -> Twin | None:
        known = self.diary.same(values)
        if known is not None and known.row:
            return Twin(DOUBLE, Refused("The same as row %(row)d.", row=known.row), False)
        if known is not None:
            changed = known.ends_at != values["ends_at"]
            says = "This visit is here, with another end." if changed else "This visit is here."
            return Twin(CHANGED if changed else KNOWN, Refused(says), False)
        for column in CALENDAR:
            clash = self.diary.clash(column, values)
            if clash is not None:
                return Twin(REFUSED, clash, False, column if column in self.mapped else "starts_at")
        return None

    def accept(self, number: int, values: Values) -> None:
        self.diary.add(number, values)

    def write(self, rows: Sequence[RowResult]) -> list[int]:
        """Book the visits; the database looks for clashes once more."""
        records = [
            {name: result.values.get(name) for name in WRITTEN}
            | {"booked_by": self.by, "created_at": self.now}
            for result in rows
        ]
        return inserted(Appointment, records)
