"""Patients from a file: who is new, who is here already, who looks like somebody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from schema.fields import normal_email, normal_phone
from schema.patients import REACHED_BY, Patient
from schema.staff import LANGUAGES
from schema.workflow import Refused
from schema.workflow.import_people import People, Person
from schema.workflow.import_rows import (
    Importer,
    RowResult,
    Target,
    Twin,
    Values,
    choice_of,
    column_target,
    default_location,
    inserted,
    location_names,
    look_up,
    staff_names,
)
from schema.workflow.import_words import PATIENT, PERSON, REACH
from schema.workflow.numbers import CODE
from schema.workflow.sheet_rows import Cell
from schema.workflow.value_days import parse_day
from schema.workflow.values import clean_lines, clean_text, cnp_birth_day, parse_cnp

FIRST_BIRTH = dt.date(1900, 1, 1)
LANGUAGE_WORDS = {"română": "ro", "romana": "ro", "engleză": "en"}


def phone(cell: Cell) -> str | None:
    """A telephone number in its one form; «0722…», «+40…» and Excel's «722…» are the same."""
    text = clean_text(cell)
    return normal_phone(text) if text else None


def email(cell: Cell) -> str | None:
    """An e-mail address in lower case."""
    text = clean_text(cell)
    return normal_email(text) if text else None


PERSON_TARGETS = (
    Target("full_name", "Full name (last name first)", PERSON["full_name"]),
    column_target(Patient, "last_name", PERSON),
    column_target(Patient, "first_name", PERSON),
)
REACH_TARGETS = (
    column_target(Patient, "phone", REACH, phone),
    column_target(Patient, "email", REACH, email),
)


class PatientImport(Importer):
    """Columns of a patient list and how its rows become patients."""

    kind = "patients"
    label = "Patients"
    model = Patient
    needs = (("last_name", "full_name"), ("first_name", "full_name"))
    targets = (
        column_target(Patient, "code", PATIENT),
        *PERSON_TARGETS,
        column_target(Patient, "birth_on", PATIENT, parse_day),
        column_target(Patient, "national_id", PATIENT, parse_cnp),
        *REACH_TARGETS,
        column_target(Patient, "preferred_channel", PATIENT, choice_of(REACHED_BY, telefon="call")),
        column_target(Patient, "address", PATIENT),
        column_target(Patient, "language", PATIENT, choice_of(LANGUAGES, **LANGUAGE_WORDS)),
        column_target(Patient, "location", PATIENT),
        column_target(Patient, "dentist", PATIENT),
        column_target(Patient, "medical_alert", PATIENT, clean_lines),
        column_target(Patient, "notes", PATIENT, clean_lines),
    )

    def load(self, mapped: frozenset[str]) -> None:
        super().load(mapped)
        self.locations, self.staff = location_names(), staff_names()
        self.home = default_location(self.locations, self.by)
        self.codes: set[str] = set()
        labels = {target.name: target.label for target in self.targets}
        self.people = People(sure=("code", "national_id"), hints=("phone", "email"), labels=labels)
        self._load_people(mapped)
        self.next_number = max((_number(code) for code in self.codes), default=0) + 1

    def _load_people(self, mapped: frozenset[str]) -> None:
        always = {"code", "last_name", "first_name", "birth_on", "phone", "email", "national_id"}
        names = sorted(always | (mapped - {"full_name"}))
        columns = [getattr(Patient, name) for name in names]
        for key, *row in Patient.select(Patient.id, *columns).tuples():
            values = dict(zip(names, row, strict=True))
            self.codes.add(values["code"])
            self.people.add(Person(0, values["code"], values, key))

    def complete(self, values: Values) -> list[tuple[str, Refused]]:
        problems: list[tuple[str, Refused]] = []
        split_full_name(values, problems)
        look_up(values, "location", self.locations, problems)
        look_up(values, "dentist", self.staff, problems)
        if values.get("location") is None and self.home is None:
            problems.append(("location", Refused("Write at which location the patient is.")))
        self._check_birth(values, problems)
        return problems

    def _check_birth(self, values: Values, problems: list[tuple[str, Refused]]) -> None:
        told = cnp_birth_day(values["national_id"]) if values.get("national_id") else None
        born = values.get("birth_on")
        if told and born and told != born:
            problems.append(
                ("birth_on", Refused("The CNP tells another day: %(day)s.", day=f"{told:%d.%m.%Y}"))
            )
        born = values["birth_on"] = born or told
        if born and not FIRST_BIRTH <= born <= self.now.date():
            problems.append(
                ("birth_on", Refused("A patient was born from 1900 on and not in the future."))
            )

    def twin(self, number: int, values: Values) -> Twin | None:
        found = self.people.twin(values)
        if found is None or found.may_create:
            self.people.add(Person(number, f"row {number}", dict(values)))
            self.codes.add(values.get("code") or "")
        return found

    def write(self, rows: Sequence[RowResult]) -> list[int]:
        """Add the patients; those without a code get the next free ones."""
        records = []
        for result in rows:
            values = {name: result.values.get(name) for name in _WRITTEN}
            values["code"] = values["code"] or self._next_code()
            values["location"] = values["location"] or self.home
            values["language"] = values["language"] or "ro"
            values["created_at"] = self.now
            result.values["code"] = values["code"]
            records.append(values)
        return inserted(Patient, records)

    def _next_code(self) -> str:
        while CODE % self.next_number in self.codes:
            self.next_number += 1
        code = CODE % self.next_number
        self.codes.add(code)
        return code


def split_full_name(values: Values, problems: list[tuple[str, Refused]]) -> None:
    """Part a full name into last and first name; both are required in the end."""
    full = values.pop("full_name", None)
    if full and not (values.get("last_name") or values.get("first_name")):
        last, _, first = full.partition(" ")
        values["last_name"], values["first_name"] = last, first.strip()
    for name in ("last_name", "first_name"):
        if not values.get(name):
            problems.append((name, Refused("The name is missing.")))
        elif len(values[name]) > 60:
            problems.append((name, Refused("At most %(most)d characters fit here.", most=60)))


def _number(code: str) -> int:
    digits = code.removeprefix("P-")
    return int(digits) if code.startswith("P-") and digits.isdecimal() and len(digits) < 10 else 0


_WRITTEN = tuple(target.name for target in PatientImport.targets if target.name != "full_name")
