"""The way in: a table from elsewhere is judged row by row, then written wholly or not at all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peewee import IntegrityError

from schema import TABLES
from schema.base import utcnow
from schema.database import one_act
from schema.explain import Explainer
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.import_appointments import AppointmentImport
from schema.workflow.import_columns import check_mapping, guess_mapping
from schema.workflow.import_leads import LeadImport
from schema.workflow.import_patients import PatientImport
from schema.workflow.import_rows import (
    CHANGED,
    DOUBLE,
    KNOWN,
    NEW,
    OUTCOMES,
    REFUSED,
    Importer,
    Remark,
    RowResult,
    lock_against_rivals,
)
from schema.workflow.import_staff import StaffImport
from schema.workflow.sheet_rows import Sheet, SheetRow, refuse_bytes
from schema.workflow.sheets import read_sheet

__all__ = [
    "CHANGED",
    "DOUBLE",
    "KINDS",
    "KNOWN",
    "NEW",
    "OUTCOMES",
    "REFUSED",
    "Applied",
    "Plan",
    "RowResult",
    "apply_import",
    "applying",
    "guess_mapping",
    "import_file",
    "plan_import",
]

KINDS: dict[str, type[Importer]] = {
    importer.kind: importer
    for importer in (PatientImport, LeadImport, AppointmentImport, StaffImport)
}
CHUNK = 400


@dataclass
class Plan:
    """What an import would do; walk over it to judge the rows one by one."""

    kind: str
    sheet: Sheet
    mapping: dict[int, str]
    by: Staff | None
    now: dt.datetime
    create: str | Collection[int] = ()
    results: list[RowResult] = field(default_factory=list)
    importer: Importer = field(init=False)

    def __iter__(self) -> Iterator[RowResult]:
        self.importer = KINDS[self.kind](by=self.by, now=self.now)
        self.importer.load(frozenset(self.mapping.values()))
        self.results = []
        for row in self.sheet.rows:
            result = self._judge(row)
            self.results.append(result)
            yield result

    def run(self) -> Plan:
        """Judge every row without looking at the progress."""
        for _ in self:
            pass
        return self

    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    def refused(self) -> list[RowResult]:
        return [result for result in self.results if result.outcome == REFUSED]

    def heading(self, target: str) -> str | None:
        """The file's heading of a target column, else the column's own label."""
        for index, name in self.mapping.items():
            if name == target:
                return self.sheet.heading(index)
        labels = {known.name: known.label for known in self.importer.targets}
        return labels.get(target)

    def _judge(self, row: SheetRow) -> RowResult:
        result = RowResult(row.number, NEW)
        self._read(row, result)
        if result.outcome != REFUSED:
            for target, says in self.importer.complete(result.values):
                result.refuse(self.heading(target), says)
        if result.outcome != REFUSED:
            self._compare(result)
        return result

    def _read(self, row: SheetRow, result: RowResult) -> None:
        if len(row.cells) > len(self.sheet.header):
            result.refuse(None, Refused("The row has more cells than the header."))
        for target in self.importer.targets:
            index = next((i for i, name in self.mapping.items() if name == target.name), None)
            if index is None:
                continue
            try:
                cell = row.cells[index] if index < len(row.cells) else None
                result.values[target.name] = target.read(cell)
            except Refused as refusal:
                result.refuse(self.sheet.heading(index), refusal)

    def _compare(self, result: RowResult) -> None:
        twin = self.importer.twin(result.number, result.values)
        if twin is not None:
            result.outcome, result.may_create = twin.outcome, twin.may_create
            column = self.heading(twin.target) if twin.target else None
            result.remarks.append(Remark(column, twin.says))
        if self.writes(result):
            self.importer.accept(result.number, result.values)

    def writes(self, result: RowResult) -> bool:
        """Whether the row becomes a record: it is new, or a person said «create it anyway»."""
        if result.outcome == NEW:
            return True
        wanted = self.create == "all" or result.number in self.create
        return result.outcome in (CHANGED, DOUBLE) and result.may_create and wanted


@dataclass(frozen=True)
class Applied:
    """What an import did."""

    created: int
    left: int
    refused: int


def plan_import(
    kind: str,
    sheet: Sheet,
    mapping: dict[int, str] | None = None,
    *,
    by: Staff | None,
    now: dt.datetime,
    create: str | Collection[int] = (),
) -> Plan:
    """A plan for a table; nothing is judged before somebody walks over it.

    `create` holds the numbers of rows to create although they look like duplicates, or "all".
    Raises Refused when a column is missing, unknown or chosen twice.
    """
    if kind not in KINDS:
        raise Refused("There is no import of «%(kind)s».", kind=kind)
    chosen = guess_mapping(KINDS[kind], sheet.header) if mapping is None else mapping
    check_mapping(KINDS[kind], sheet, chosen)
    return Plan(kind, sheet, dict(chosen), by, now, create)


def applying(plan: Plan, *, skip_refused: bool = False) -> Iterator[int]:
    """Write a plan in one act, telling from time to time how many rows are written.

    The rows are judged afresh under a lock, so that two who import one file write it once.
    Raises Refused, and keeps nothing, when a row is refused and `skip_refused` is not asked.
    """
    with one_act():
        lock_against_rivals(KINDS[plan.kind].models[0])
        plan.run()
        _refuse_whole(plan, skip_refused)
        rows = [result for result in plan.results if plan.writes(result)]
        for start in range(0, len(rows), CHUNK):
            _write(plan, rows[start : start + CHUNK])
            _refuse_whole(plan, skip_refused)
            yield min(start + CHUNK, len(rows))


def apply_import(
    plan: Plan,
    *,
    by: Staff | None = None,
    now: dt.datetime | None = None,
    skip_refused: bool = False,
) -> Applied:
    """Write a plan wholly or not at all; see `applying`."""
    plan.by, plan.now = by or plan.by, now or plan.now
    for _ in applying(plan, skip_refused=skip_refused):
        pass
    return applied(plan)


def applied(plan: Plan) -> Applied:
    """What an applied plan wrote, left and refused."""
    created, refused = sum(result.written for result in plan.results), len(plan.refused())
    return Applied(created, len(plan.results) - created - refused, refused)


def import_file(
    kind: str,
    path: str | Path,
    dry_run: bool,
    mapping: dict[int, str] | None = None,
    by: Staff | None = None,
    *,
    skip_refused: bool = False,
    now: dt.datetime | None = None,
) -> Plan:
    """Judge a file on the disk and, without `dry_run`, write it; the plan tells what happened."""
    source = Path(path)
    refuse_bytes(source.stat().st_size)
    sheet = read_sheet(source.name, source.read_bytes())
    plan = plan_import(kind, sheet, mapping, by=by, now=now or utcnow())
    if dry_run:
        return plan.run()
    apply_import(plan, skip_refused=skip_refused)
    return plan


def _write(plan: Plan, rows: list[RowResult]) -> None:
    try:
        with one_act():
            plan.importer.write(rows)
    except IntegrityError:
        # The database refused one of them: write them singly, so that it can be named.
        for result in rows:
            _write_one(plan, result)
        return
    for result in rows:
        result.written = True


def _write_one(plan: Plan, result: RowResult) -> None:
    try:
        with one_act():
            plan.importer.write([result])
    except IntegrityError as error:
        told = Explainer(TABLES).explain(error)
        column = plan.heading(told.field) if told.field else None
        result.refuse(column, Refused(told.says))
    else:
        result.written = True


def _refuse_whole(plan: Plan, skip_refused: bool) -> None:
    refused = plan.refused()
    if not refused or skip_refused:
        return
    for result in plan.results:
        result.written = False
    raise Refused(
        "Row %(row)d: %(reason)s Nothing was written; %(count)d rows are refused.",
        row=refused[0].number,
        reason=refused[0].reason,
        count=len(refused),
    )
