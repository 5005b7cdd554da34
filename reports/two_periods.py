"""How much of something was there, and how much in the period of the same length before?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import Case, Expression, Field, fn


def rows(
    rows_of: Any, moment: Field, until: dt.datetime, length: dt.timedelta, worth: Any = 1
) -> tuple[int, int]:
    """The count (or the sum of `worth`) of the period that ends before `until`, and before it.

    `rows_of` is a select of the rows to look at, `moment` its indexed instant.
    """
    middle = until - length
    now, before = _sum(moment >= middle, worth), _sum(moment < middle, worth)
    asked = (moment >= middle - length) & (moment < until)
    [(here, there)] = rows_of.select(now, before).where(asked).tuples()
    return int(here or 0), int(there or 0)


def _sum(condition: Expression, worth: Any) -> Any:
    return fn.SUM(Case(None, [(condition, worth)], 0))
