"""Judges a table row by row: what is new, what is here already, what cannot be taken and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from schema.sayings import Noun
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.import_appointments import AppointmentImport
from schema.workflow.import_columns import check_mapping, guess_mapping
from schema.workflow.import_leads import LeadImport
from schema.workflow.import_patients import PatientImport
from schema.workflow.import_rows import (
    CHANGED,
    DOUBLE,
    NEW,
    OUTCOMES,
    REFUSED,
    Importer,
    Remark,
    RowResult,
)
from schema.workflow.import_staff import StaffImport
from schema.workflow.import_target import Target
from schema.workflow.sheet_rows import Sheet, SheetRow
from schema.workflow.value_days import HOME_ZONE

KINDS: dict[str, type[Importer]] = {
    importer.kind: importer
    for importer in (PatientImport, LeadImport, AppointmentImport, StaffImport)
}


@dataclass
class Plan:
    """What an import would do; walk over it to judge the rows one by one."""

    kind: str
    sheet: Sheet
    mapping: dict[int, str]
    by: Staff | None
    now: dt.datetime
    create: str | Collection[int] = ()
    zone: ZoneInfo = HOME_ZONE
    results: list[RowResult] = field(default_factory=list)
    importer: Importer = field(init=False)
    understood: list[RowResult] = field(default_factory=list)
    columns: tuple[Target, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = KINDS[self.kind].columns()

    def __iter__(self) -> Iterator[RowResult]:
        self.importer = KINDS[self.kind](by=self.by, now=self.now, zone=self.zone)
        self.importer.load(frozenset(self.mapping.values()))
        self.results = []
        for index in range(len(self.sheet.rows)):
            result = self._judge(index)
            self.results.append(result)
            yield result

    def run(self) -> Plan:
        """Judge every row without looking at the progress."""
        for _ in self:
            pass
        return self

    def understand(self) -> None:
        """Read every cell, which needs no database, so that no lock has to wait for it."""
        for row in self.sheet.rows[len(self.understood) :]:
            self.understood.append(self._read(row))

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
        labels = {known.name: Noun(known.label) for known in self.columns}
        return labels.get(target)

    def _judge(self, index: int) -> RowResult:
        if index == len(self.understood):
            self.understood.append(self._read(self.sheet.rows[index]))
        read = self.understood[index]
        result = RowResult(read.number, read.outcome, dict(read.values), list(read.remarks))
        if result.outcome != REFUSED:
            for target, says in self.importer.complete(result.values):
                result.refuse(self.heading(target), says)
        if result.outcome != REFUSED:
            self._compare(result)
        return result

    def _read(self, row: SheetRow) -> RowResult:
        result = RowResult(row.number, NEW)
        if len(row.cells) > len(self.sheet.header):
            result.refuse(None, Refused("The row has more cells than the header."))
        for target in self.columns:
            index = next((i for i, name in self.mapping.items() if name == target.name), None)
            if index is None:
                continue
            try:
                cell = row.cells[index] if index < len(row.cells) else None
                result.values[target.name] = target.read(cell, self.zone)
            except Refused as refusal:
                result.refuse(self.sheet.heading(index), refusal)
        return result

    def _compare(self, result: RowResult) -> None:
        twin = self.importer.twin(result.number, result.values)
        if twin is not None:
            result.outcome, result.may_create = twin.outcome, twin.may_create
            result.like = twin.key
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


def plan_import(
    kind: str,
    sheet: Sheet,
    mapping: dict[int, str] | None = None,
    *,
    by: Staff | None,
    now: dt.datetime,
    create: str | Collection[int] = (),
    zone: ZoneInfo = HOME_ZONE,
) -> Plan:
    """A plan for a table; nothing is judged before somebody walks over it.

    `create` holds the numbers of rows to create although they look like duplicates, or "all".
    Raises Refused when a column is missing, unknown or chosen twice.
    """
    if kind not in KINDS:
        raise Refused("There is no import of «%(kind)s».", kind=kind)
    chosen = guess_mapping(KINDS[kind], sheet.header) if mapping is None else mapping
    check_mapping(KINDS[kind], sheet, chosen)
    return Plan(kind, sheet, dict(chosen), by, now, create, zone)
