"""Staff from a file: people, where they work and in which roles; passwords they set themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schema.staff import ADMIN, LANGUAGES, Role, Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.import_patients import (
    LANGUAGE_WORDS,
    PERSON_TARGETS,
    REACH_TARGETS,
    split_full_name,
)
from schema.workflow.import_people import People, Person
from schema.workflow.import_rows import (
    Importer,
    Names,
    RowResult,
    Target,
    Twin,
    Values,
    choice_of,
    column_target,
    inserted,
    location_names,
    look_up,
)
from schema.workflow.import_words import STAFF

COLUMNS = ("last_name", "first_name", "email", "phone", "location", "language")


class StaffImport(Importer):
    """Columns of a staff list and how its rows become people who work here."""

    kind = "staff"
    label = "Staff"
    model = Staff
    needs = (("last_name", "full_name"), ("first_name", "full_name"), ("email",))
    targets = (
        *PERSON_TARGETS,
        *REACH_TARGETS,
        column_target(Staff, "location", STAFF),
        column_target(Staff, "language", STAFF, choice_of(LANGUAGES, **LANGUAGE_WORDS)),
        Target("roles", "Roles", STAFF["roles"]),
    )

    def load(self, mapped: frozenset[str]) -> None:
        super().load(mapped)
        self.locations = location_names()
        self.role_names = Names("Roles")
        for key, code, name in Role.select(Role.id, Role.code, Role.name).tuples():
            self.role_names.add(key, code, name)
        self.admins = set(Role.select(Role.id).where(Role.code == ADMIN).scalars())
        labels = {target.name: target.label for target in self.targets}
        labels.pop("roles")
        self.people = People(sure=("email",), hints=("phone",), labels=labels)
        for row in Staff.select(*(getattr(Staff, name) for name in COLUMNS)).tuples():
            values = dict(zip(COLUMNS, row, strict=True))
            self.people.add(Person(0, values["email"], values))

    def complete(self, values: Values) -> list[tuple[str, Refused]]:
        problems: list[tuple[str, Refused]] = []
        split_full_name(values, problems)
        if not values.get("email"):
            problems.append(("email", Refused("The e-mail is missing; it is the sign-in name.")))
        look_up(values, "location", self.locations, problems)
        values["roles"] = self._roles(values.get("roles"), problems)
        return problems

    def _roles(self, written: str | None, problems: list[tuple[str, Refused]]) -> set[int]:
        keys = set()
        for word in re.split(r"\s*[,;/|]\s*", written) if written else ():
            try:
                keys.add(self.role_names.find(word))
            except Refused as refusal:
                problems.append(("roles", refusal))
        if keys & self.admins:
            problems.append(("roles", Refused("Nobody becomes admin by a file; do it by hand.")))
        return keys

    def twin(self, number: int, values: Values) -> Twin | None:
        found = self.people.twin(values)
        if found is None or found.may_create:
            self.people.add(Person(number, f"row {number}", dict(values)))
        return found

    def write(self, rows: Sequence[RowResult]) -> list[int]:
        """Add the people, then the roles that they have."""
        records = [
            {name: result.values.get(name) for name in COLUMNS}
            | {"language": result.values.get("language") or "ro", "created_at": self.now}
            for result in rows
        ]
        keys = inserted(Staff, records)
        roles = [
            {"staff": key, "role": role, "created_at": self.now}
            for key, result in zip(keys, rows, strict=True)
            for role in sorted(result.values["roles"])
        ]
        if roles:
            StaffRole.insert_many(roles).execute()
        return keys
