"""Plain SQL with ? marks on either engine."""

from __future__ import annotations

from typing import Any

from schema.database import database, is_sqlite


def ask(sql: str, *values: Any) -> list[tuple]:
    return run(sql, *values).fetchall()


def run(sql: str, *values: Any) -> Any:
    return database.execute_sql(sql if is_sqlite() else sql.replace("?", "%s"), values)
