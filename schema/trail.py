"""Reads the trail of changes: what each row must look like if nobody went past the house."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from peewee import Model

from schema.acting import acting
from schema.base import option, recorded, table_name
from schema.database import database, execute_plain, is_sqlite
from schema.recording import NOW_POSTGRESQL, TRAIL, TXID
from schema.sealing import Seal

WINDOW = 2000
# Whoever writes past Benchside chooses the number of a row: negative ones are proven too.
BELOW_ALL = -(2**63)
ISO = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)")
State = dict[str, Any] | None


@dataclass(frozen=True)
class Finding:
    """Something that the audit cannot explain: a sentence with its facts, and where it stands."""

    says: str
    facts: dict[str, Any] = field(default_factory=dict)
    table: str | None = None
    row_id: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        return self.says % self.facts


def recorded_tables(models: Iterable[type[Model]]) -> list[type[Model]]:
    """The tables whose changes are written down."""
    return [model for model in models if option(model, "audited", True)]


def write_down_what_is_found(models: Iterable[type[Model]]) -> None:
    """Begin the trail of a house that has rows already: each row as it is found now."""
    for model in recorded_tables(models):
        if not model.select().exists():
            continue
        table, seal = table_name(model), Seal(database.obj, is_sqlite())
        whole, now, txid = whole_of(model), "CURRENT_TIMESTAMP", "NULL"
        if not is_sqlite():
            now, txid = NOW_POSTGRESQL, TXID
        execute_plain(
            f"{TRAIL}, txid) SELECT {now}, '{table}', id, 'found', NULL, {whole}, {txid} "
            f'FROM "{table}" ORDER BY id'
        )
        with acting(door="upgrade", reason=f"found: {table}"):
            seal.close(ends=False)


def whole_of(model: type[Model]) -> str:
    """The SQL of a row's JSON text, as its triggers write it."""
    rule, table = recorded(model), f'"{table_name(model)}"'
    return rule.whole_sqlite(table) if is_sqlite() else rule.whole_postgresql(table)


def replayed(state: State, act: str, after: str | None) -> State:
    """What a row looks like after one more change."""
    if act == "delete":
        return None
    told: dict[str, Any] = json.loads(after or "{}")
    return told if act in ("insert", "found") else {**(state or {}), **told}


def differences(
    model: type[Model], tell: Callable[[int], None] = lambda rows: None
) -> Iterator[Finding]:
    """Rows of a table that are not as the trail left them, found window by window.

    `tell` hears how many rows were compared. Columns that joined a table later and were not
    written since are not in the trail; of secret ones nothing is.
    """
    last = BELOW_ALL
    while (start := _next_row(model, last)) is not None:
        last = start + WINDOW - 1
        now = dict(_run(f"{_rows(model)} WHERE id BETWEEN ? AND ?", start, last).fetchall())
        yield from _compared(model, now, _trails(table_name(model), start, last))
        tell(len(now))


def _compared(
    model: type[Model], now: dict[int, str], trails: Iterator[tuple[int, list[tuple[str, Any]]]]
) -> Iterator[Finding]:
    table, seen = table_name(model), set()
    for row_id, trail in trails:
        seen.add(row_id)
        text = now.get(row_id)
        if len(trail) == 1 and text is not None and trail[0][1] == text:
            continue  # nearly every row of a large house; nothing to parse
        state: State = None
        for act, after in trail:
            state = replayed(state, act, after)
        yield from _difference(model, row_id, state, text)
    for row_id in sorted(now.keys() - seen):
        yield Finding("%(table)s %(row)s was added past the audit.", *_place(table, row_id))


def _difference(
    model: type[Model], row_id: int, state: State, text: str | None
) -> Iterator[Finding]:
    table = table_name(model)
    if text is None:
        if state is not None:
            yield Finding("%(table)s %(row)s was removed past the audit.", *_place(table, row_id))
        return
    if state is None:
        yield Finding("%(table)s %(row)s was added past the audit.", *_place(table, row_id))
        return
    row, hidden = json.loads(text), recorded(model).hidden
    for column in row.keys() & state.keys() - set(hidden):
        if _plain(row[column]) != _plain(state[column]):
            yield Finding(
                "%(table)s %(row)s, %(column)s: changed past the audit.",
                {"table": table, "row": row_id, "column": column},
                table,
                row_id,
                column,
            )


def _place(table: str, row_id: int) -> tuple[dict[str, Any], str, int]:
    return {"table": table, "row": row_id}, table, row_id


def _plain(value: Any) -> Any:
    """A house that moved from one engine to the other keeps a trail in the words of the first."""
    if isinstance(value, bool):
        return int(value)
    return ISO.sub(r"\1 \2", value) if isinstance(value, str) else value


def _next_row(model: type[Model], last: int) -> int | None:
    table = table_name(model)
    [row] = _run(f'SELECT MIN(id) FROM "{table}" WHERE id > ?', last).fetchone()
    [told] = _run(
        "SELECT MIN(row_id) FROM audit_change WHERE table_name = ? AND row_id > ?", table, last
    ).fetchone()
    return min((number for number in (row, told) if number is not None), default=None)


def _rows(model: type[Model]) -> str:
    return f'SELECT id, {whole_of(model)} FROM "{table_name(model)}"'


def _trails(table: str, start: int, last: int) -> Iterator[tuple[int, list[tuple[str, Any]]]]:
    changes = _run(
        "SELECT row_id, act, after FROM audit_change WHERE table_name = ? "
        "AND row_id BETWEEN ? AND ? ORDER BY row_id, id",
        table,
        start,
        last,
    ).fetchall()
    for row_id, group in groupby(changes, key=itemgetter(0)):
        yield row_id, [(act, after) for _, act, after in group]


def _run(sql: str, *values: Any) -> Any:
    return database.execute_sql(sql if is_sqlite() else sql.replace("?", "%s"), values)
