"""The days of a year on which the whole clinic is closed, set in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schema.database import one_act
from schema.hours import Holiday


def close_on(years: Iterable[int], days: Iterable[tuple[dt.date, str]]) -> None:
    """Make the closed days of these years, for all locations, exactly those that are given."""
    wanted, years = dict(days), set(years)
    with one_act():
        everywhere = Holiday.select().where(Holiday.location.is_null())
        there = {row.day: row for row in everywhere if row.day.year in years}
        for day, row in there.items():
            if day not in wanted:
                row.delete_instance()
            elif row.name != wanted[day]:
                new = {"name": wanted[day], "row_version": Holiday.row_version + 1}
                Holiday.update(**new).where(Holiday.id == row.id).execute()
        for day in sorted(wanted.keys() - there.keys()):
            Holiday.create(day=day, name=wanted[day])
