"""The way in: a table from elsewhere is judged row by row, then written wholly or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from peewee import DataError, IntegrityError

from schema import TABLES
from schema.database import one_act
from schema.explain import Explainer, Explanation
from schema.sayings import Noun
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.import_columns import guess_mapping
from schema.workflow.import_plan import KINDS, Plan, plan_import
from schema.workflow.import_refused import refused_csv
from schema.workflow.import_rows import OUTCOMES, RowResult, lock_against_rivals

__all__ = [
    "KINDS",
    "OUTCOMES",
    "Applied",
    "Plan",
    "RowResult",
    "RowsRefused",
    "applied",
    "apply_import",
    "applying",
    "guess_mapping",
    "plan_import",
    "refused_csv",
]

CHUNK = 400
NewRows = Callable[[list[int]], None]


class RowsRefused(Refused):
    """Some rows are bad, so nothing of the file was written; the plan knows which and why."""


@dataclass(frozen=True)
class Applied:
    """What an import did."""

    created: int
    left: int
    refused: int


def applying(
    plan: Plan, *, skip_refused: bool = False, guard: NewRows | None = None
) -> Iterator[int]:
    """Write a plan in one act, telling from time to time how many rows are written.

    The rows are judged afresh under a lock, so that two who import one file write it once.
    `guard` is handed the keys of new records within the act and may refuse them by raising.
    Raises Refused, and keeps nothing, when a row is refused and `skip_refused` is not asked.
    """
    plan.understand()
    with one_act():
        lock_against_rivals(KINDS[plan.kind].model)
        plan.run()
        _refuse_whole(plan, skip_refused)
        rows = [result for result in plan.results if plan.writes(result)]
        for start in range(0, len(rows), CHUNK):
            keys = _write(plan, rows[start : start + CHUNK])
            if guard is not None:
                guard(keys)
            _refuse_whole(plan, skip_refused)
            yield min(start + CHUNK, len(rows))


def apply_import(
    plan: Plan,
    *,
    by: Staff | None = None,
    now: dt.datetime | None = None,
    skip_refused: bool = False,
    guard: NewRows | None = None,
) -> Applied:
    """Write a plan wholly or not at all; see `applying`."""
    plan.by, plan.now = by or plan.by, now or plan.now
    for _ in applying(plan, skip_refused=skip_refused, guard=guard):
        pass
    return applied(plan)


def applied(plan: Plan) -> Applied:
    """What an applied plan wrote, left and refused."""
    created, refused = sum(result.written for result in plan.results), len(plan.refused())
    return Applied(created, len(plan.results) - created - refused, refused)


def _write(plan: Plan, rows: list[RowResult]) -> list[int]:
    try:
        with one_act():
            keys = plan.importer.write(rows)
    except (IntegrityError, DataError):
        # The database refused one of them: write them singly, so that it can be named.
        return [key for result in rows for key in _write_one(plan, result)]
    for result in rows:
        result.written = True
    return keys


def _refusal(told: Explanation) -> Refused:
    """The sentence of a rule as a verb's own."""
    return Refused(told.says, what=Noun(told.what)) if told.what else Refused(told.says)


def _write_one(plan: Plan, result: RowResult) -> list[int]:
    try:
        with one_act():
            keys = plan.importer.write([result])
    except IntegrityError as error:
        told = _explainer().explain(error)
        column = plan.heading(told.field) if told.field else None
        result.refuse(column, _refusal(told))
        return []
    except DataError:
        result.refuse(None, Refused("A value is too large or not of its kind."))
        return []
    result.written = True
    return keys


@cache
def _explainer() -> Explainer:
    return Explainer(TABLES)


def _refuse_whole(plan: Plan, skip_refused: bool) -> None:
    refused = plan.refused()
    if not refused or skip_refused:
        return
    for result in plan.results:
        result.written = False
    raise RowsRefused(
        "Row %(row)d: %(reason)s Nothing was written; refused rows: %(count)d.",
        row=refused[0].number,
        reason=refused[0].remarks[0].whole,
        count=len(refused),
    )
