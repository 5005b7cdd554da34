"""Five hundred writes through every door: what the audit tells is what the database became."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from peewee import BooleanField, CharField, IntegerField, IntegrityError, Model, TextField, fn

from schema import TABLES
from schema.acting import acting
from schema.audit import AuditChange, AuditEntry
from schema.base import Act, option, recorded, table_name
from schema.database import one_act
from schema.fields import MoneyField
from schema.names import NameField
from schema.patients import Patient
from schema.rights import FieldGrant, Grant
from schema.settings import audit_keys
from schema.staff import ADMIN, Role, Staff, StaffRole
from schema.trail import recorded_tables, replayed, whole_of
from schema.verifying import verify
from schema.workflow import Refused, daily
from schema.workflow.audit import take_in
from schema.workflow.imports import apply_import
from schema.workflow.own_password import make_password_link
from schema.workflow.rights import TableWish, set_rights
from schema.workflow.sign_in import begin_session, live_sessions, look_as, sign_out_everywhere
from tests.factories import NOW
from tests.pages import posted
from tests.refusals import raw
from tests.web import Browser
from tests.workflow.tables import planned

WRITES, MOST_TRIES = 500, 2500
SEED = 20261121
Rows = dict[tuple[str, int], dict[str, Any]]
WRITTEN = {CharField: str, TextField: str, NameField: str, IntegerField: int, MoneyField: int}


def the_house() -> Rows:
    """Every recorded row as it stands, by table and number."""
    return {
        (table_name(model), number): json.loads(text)
        for model in recorded_tables(TABLES)
        for number, text in raw(f'SELECT id, {whole_of(model)} FROM "{table_name(model)}"')
    }


def told_by_the_audit(rows: Rows, mark: int) -> Rows:
    """The same rows after every change that the audit tells of since `mark`."""
    told = dict(rows)
    changes = AuditChange.select().where(AuditChange.id > mark).order_by(AuditChange.id)
    for change in changes.iterator():
        place = (change.table_name, change.row_id)
        state = replayed(told.pop(place, None), change.act, change.after)
        if state is not None:
            told[place] = state
    return told


@dataclass
class Walk:
    """Somebody who writes here and there, without a plan but the same each time."""

    browser: Browser
    me: int
    dice: Random = field(default_factory=lambda: Random(SEED))
    number: int = 0
    forms: list[type[Model]] = field(
        default_factory=lambda: [
            model
            for model in TABLES
            if not option(model, "verbs_only") and not issubclass(model, Act)
            if model not in (Role, StaffRole, Grant, FieldGrant)  # or the walk ends soon
        ]
    )

    def step(self) -> str:
        """One write, or one that is refused; which kind it was."""
        self.number += 1
        kinds = (self.edit, self.create, self.end, self.verb, self.bring_in, self.type_sql)
        [kind] = self.dice.choices((*kinds, self.take_back), weights=(3, 1, 1, 7, 1, 4, 2))
        kind()
        return kind.__name__

    def edit(self) -> None:
        model = self.dice.choice(self.forms)
        if number := self._one_of(model):
            self._send(model, f"/{table_name(model)}/edit/?id={number}")

    def create(self) -> None:
        model = self.dice.choice(self.forms)
        self._send(model, f"/{table_name(model)}/new/")

    def end(self) -> None:
        model = self.dice.choice([model for model in self.forms if option(model, "ends")])
        if number := self._one_of(model):
            self.browser.send(f"/{table_name(model)}/end/", {"id": number})

    def _one_of(self, model: type[Model]) -> int | None:
        """The number of some row; the walker stays away from their own."""
        own = {self.me} if model is Staff else set()
        numbers = [row.id for row in model.select(model.id).order_by(model.id)]
        return self.dice.choice([n for n in numbers if n not in own] or [None])

    def _send(self, model: type[Model], path: str) -> None:
        form = posted(self.browser.get(path).text)
        for name in self.dice.sample(sorted(form), min(4, len(form))):
            self._write(form, name, model._meta.fields.get(name))
        self.browser.send(path, form)

    def _write(self, form: dict[str, list[str]], name: str, column: Any) -> None:
        if isinstance(column, BooleanField):
            form[name] = [] if form[name] else ["1"]
        elif column is not None and not column.choices and type(column) in WRITTEN:
            is_text = WRITTEN[type(column)] is str
            form[name] = [f"Șir {self.number}" if is_text else str(self.dice.randint(0, 99))]

    def verb(self) -> None:
        others = Staff.select().where(Staff.ended_on.is_null(), Staff.id != self.me)
        staff = self.dice.choice(list(others.order_by(Staff.id)))
        roles = Role.select().where(Role.code.not_in((ADMIN, "everything")))
        role = self.dice.choice(list(roles.order_by(Role.id)))
        now = NOW + dt.timedelta(minutes=self.number)
        acts: list[Callable[[], Any]] = [
            lambda: set_rights(role, [self._wish() for _ in range(3)]),
            lambda: begin_session(staff, "10.0.0.1", "A walk", now),
            lambda: sign_out_everywhere(staff, now),
            lambda: [look_as(one.id, role, now) for one in live_sessions(staff, now)],
            lambda: make_password_link(staff, by=staff, now=now),
            lambda: daily.begin("walk", now + dt.timedelta(days=self.number)),
        ]
        with acting(door="program", staff=staff.id):
            self._try(self.dice.choice(acts))

    def _wish(self) -> TableWish:
        flags = {verb: self.dice.random() < 0.5 for verb in ("read", "create", "edit", "export")}
        model = self.dice.choice(TABLES)
        column = self.dice.choice(sorted(model._meta.fields))
        hidden = {column: "hidden"} if self.dice.random() < 0.3 else {}
        return TableWish(table_name(model), **flags, scope="all", columns=hidden)

    def bring_in(self) -> None:
        last = f"Umblat;Ana {self.number};0722 {self.number % 1000:03} 1"
        people = [f"{last}{n}0" for n in range(3)]
        plan = planned("patients", "Nume;Prenume;Telefon", *people)
        with acting(door="import", reason="patients: walk.csv"):
            self._try(lambda: apply_import(plan, skip_refused=True))

    def type_sql(self) -> None:
        """What a verb of tomorrow may do: many rows at once, rows removed, rows put in a place."""
        statement = self.dice.choice(
            (
                f"UPDATE patient SET first_name = 'Val {self.number}' WHERE id % 5 = 0",
                "UPDATE appointment SET starts_at = starts_at WHERE id % 2 = 0",
                f"UPDATE staff SET password_hash = 'kept {self.number}' WHERE id = 1",
                "DELETE FROM field_grant WHERE id = (SELECT MAX(id) FROM field_grant)",
                "INSERT INTO job_run (job, due_on, started_at) "
                f"VALUES ('upsert', '2031-01-01', '2031-01-01 00:{self.number % 60:02}:00') "
                "ON CONFLICT (job, due_on) DO UPDATE SET started_at = excluded.started_at",
            )
        )

        def run() -> None:
            with one_act():
                raw(statement)

        self._try(run)

    def take_back(self) -> None:
        """An act within an act, of which the inner one is refused."""
        with one_act():
            raw("UPDATE clinic SET name = ? WHERE id = 1", f"Clinica {self.number}")
            with pytest.raises(Refused), one_act():
                raw("UPDATE clinic SET name = 'never'")
                raise Refused("Not so.")

    def _try(self, act: Callable[[], Any]) -> None:
        with suppress(Refused, IntegrityError):
            act()


def my_number() -> int:
    """The number of the one who may do everything."""
    return int(StaffRole.select().join(Role).where(Role.code == "everything").get().staff_id)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_audits_difference_is_the_databases_difference(manager, tmp_path):
    take_in("the rows of this test's own factories")
    before, walk, kinds = the_house(), Walk(manager, my_number()), Counter[str]()
    mark = AuditChange.select(fn.MAX(AuditChange.id)).scalar()
    sealed = AuditEntry.select().count()

    while AuditEntry.select().count() < sealed + WRITES and walk.number < MOST_TRIES:
        kinds[walk.step()] += 1

    assert AuditEntry.select().count() >= sealed + WRITES, kinds
    assert told_by_the_audit(before, mark) == the_house()
    assert not AuditChange.select().where(AuditChange.entry.is_null()).exists()
    assert [str(finding) for finding in verify(TABLES, audit_keys(), tmp_path)] == []
    doors = {entry.door for entry in AuditEntry.select().where(AuditEntry.id > sealed)}
    assert doors == {"screen", "program", "import"}
    touched = AuditChange.select(AuditChange.table_name).where(AuditChange.id > mark).distinct()
    assert touched.count() > 20
    assert Patient.select().where(Patient.last_name == "Umblat").exists()
    assert recorded(Staff).hidden and "kept" not in " ".join(
        row.after or "" for row in AuditChange.select().where(AuditChange.table_name == "staff")
    )
