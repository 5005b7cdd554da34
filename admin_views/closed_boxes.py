"""Closed days as lines of boxes, each a tick, a day and a name: filled, counted, read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from admin_views.plain_words import plain_day
from admin_views.typed import Typed
from schema.hours import Holiday
from schema.workflow import Refused
from schema.workflow.value_days import parse_day

MOST_DAYS, SPARE_DAYS = 120, 4
OF_A_LINE = re.compile(r"d\.([0-9]{1,3})")


def boxes_of(days: Iterable[tuple[dt.date, str]]) -> dict[str, str]:
    """The days with their names as boxes, all of them ticked."""
    boxes: dict[str, str] = {}
    for line, (day, name) in enumerate(days):
        boxes |= {f"d.{line}": plain_day(day), f"n.{line}": name, f"k.{line}": "1"}
    return boxes


def lines_in(texts: Mapping[str, str], spare: int = SPARE_DAYS) -> range:
    """The lines that a form shows: those that are filled, and some to fill; never endless."""
    filled = [int(found[1]) for name in texts if (found := OF_A_LINE.fullmatch(name))]
    return range(min(max(filled, default=-1) + 1 + spare, MOST_DAYS))


def read_days(typed: Typed) -> list[tuple[dt.date, str]]:
    """The days that are ticked, with their names."""
    found: dict[dt.date, str] = {}
    for line in range(MOST_DAYS):
        if f"k.{line}" not in typed.texts or not typed.text(f"d.{line}").strip():
            continue
        try:
            day = parse_day(typed.text(f"d.{line}"))
        except Refused as error:
            typed.wrong(f"d.{line}", error)
            continue
        name = typed.column(f"n.{line}", Holiday.name, needed=True)
        if day and name:
            found[day] = name
    return sorted(found.items())
