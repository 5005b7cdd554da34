"""Ends that follow from beginnings: an empty one by the usual length, a kept one moves along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from peewee import Model

from schema.base import option


def give_end(row: Model, seen: Mapping[str, Any]) -> None:
    """Set the end that `Meta.lasts` names: the end, the start, what knows the usual `minutes`.

    `seen` are the values before this change, empty for a new row. Who moves the start alone keeps
    the length.
    """
    end, start, kind = option(type(row), "lasts", (None, None, None))
    begins = getattr(row, start) if start else None
    if begins is None:
        return
    if getattr(row, end) is None:
        usual = _usual_minutes(row, kind)
        setattr(row, end, begins + dt.timedelta(minutes=usual) if usual else None)
    elif seen.get(start) and getattr(row, end) == seen.get(end):
        setattr(row, end, seen[end] + (begins - seen[start]))


def _usual_minutes(row: Model, kind: str) -> int | None:
    """The minutes of the row that the reference names; None where there is none."""
    reference = type(row)._meta.fields[kind]
    found = reference.rel_model.get_or_none(
        reference.rel_model._meta.primary_key == row.__data__.get(kind)
    )
    return found.minutes if found else None
