"""Writes down who looked at whose health data: by patient for a record, by number for a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from peewee import Model

from schema.audit import ReadEntry
from schema.base import table_name
from schema.database import one_act
from schema.health import patients_of

AT_ONCE = 200


@dataclass(frozen=True)
class Reader:
    """Who looks: the person, the codes of the roles acted in, from where, in which request."""

    staff_id: int
    role: str
    address: str | None
    request: str | None


@dataclass
class Look:
    """One look at rows of one table; `of_patients` when a record was opened and not a list."""

    act: str
    model: type[Model]
    ids: list[int] = field(default_factory=list)
    of_patients: bool = False


def entries_of(reader: Reader, looks: Iterable[Look], now: dt.datetime) -> list[dict[str, Any]]:
    """The rows of the reading log that these looks become; a look at nothing becomes none."""
    found = []
    for look in looks:
        keys = list(dict.fromkeys(look.ids))
        if not keys:
            continue
        whose = sorted(patients_of(look.model, keys)) if look.of_patients else []
        found += [_entry(reader, look, keys, patient, now) for patient in whose]
        found += [] if whose else [_entry(reader, look, keys, None, now)]
    return found


def _entry(
    reader: Reader, look: Look, keys: list[int], patient: int | None, now: dt.datetime
) -> dict[str, Any]:
    return {
        "at": now,
        "staff": reader.staff_id,
        "role": reader.role[:200] or None,
        "act": look.act,
        "table_name": table_name(look.model),
        "patient": patient,
        "ids": f",{','.join(map(str, keys))},",
        "row_count": len(keys),
        "address": (reader.address or "")[:120] or None,
        "request": reader.request,
    }


def write_down(entries: list[dict[str, Any]]) -> None:
    """Keep these entries, all or none."""
    with one_act():
        for start in range(0, len(entries), AT_ONCE):
            ReadEntry.insert_many(entries[start : start + AT_ONCE]).execute()
