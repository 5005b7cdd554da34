"""A guard asks by an index: what a write costs does not grow with the rows that are there.

SQLite fixes its plan when the statement is compiled; PostgreSQL plans by the sizes that it finds.
"""

from __future__ import annotations

import pytest

from schema import TABLES
from schema.base import table_name
from schema.database import database

# A clinic has a handful of these; reading them whole is the quicker way.
SMALL = {"clinic", "shot", "stage"}


@pytest.mark.parametrize("table", [table_name(model) for model in TABLES])
def test_no_write_reads_a_whole_table_that_grows(sqlite_house, table):
    read = {name for statement in writes_of(table) for name in read_whole(statement)}
    assert read - SMALL == set()


def test_a_question_without_an_index_is_seen(sqlite_house):
    database.execute_sql(
        "CREATE TRIGGER reads_all BEFORE INSERT ON note WHEN EXISTS (SELECT 1 FROM audit_entry a "
        "WHERE a.reason = NEW.text) BEGIN SELECT 1; END"
    )
    assert "audit_entry" in read_whole(writes_of("note")[0])


def writes_of(table: str) -> list[str]:
    """An INSERT of all columns, an UPDATE of all but the key, a DELETE by the key."""
    found = database.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
    columns = [f'"{column[1]}"' for column in found]
    changes = ", ".join(f"{name} = NULL" for name in columns if name != '"id"')
    return [
        f'INSERT INTO "{table}" VALUES ({", ".join(["NULL"] * len(columns))})',
        f'UPDATE "{table}" SET {changes} WHERE id = 1',
        f'DELETE FROM "{table}" WHERE id = 1',
    ]


def read_whole(statement: str) -> set[str]:
    """Tables that the program of a statement, triggers included, walks from the first row on."""
    pages = "SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0"
    tables = dict(database.execute_sql(pages).fetchall())
    opened: dict[int, str] = {}
    read: set[str] = set()
    for at, code, first, second, *_ in database.execute_sql(f"EXPLAIN {statement}").fetchall():
        if at == 0:  # the program of the next trigger begins, with cursors of its own
            opened = {}
        if code in ("OpenRead", "OpenWrite") and second in tables:
            opened[first] = tables[second]
        if code == "Rewind" and first in opened:
            read.add(opened[first])
    return read
