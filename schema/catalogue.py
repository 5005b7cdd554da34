"""Reads what a database really holds, so that a migrated one can be compared with the models."""

from __future__ import annotations

import re

from schema.database import database, is_sqlite

POSTGRESQL = {
    "column": "SELECT table_name || '.' || column_name, data_type || ' ' || is_nullable || ' ' || "
    "COALESCE(column_default, '') || ' ' || COALESCE(character_maximum_length::text, '') "
    "|| ' ' || COALESCE(generation_expression, '') "
    "FROM information_schema.columns WHERE table_schema = current_schema()",
    "constraint": "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = current_schema()::regnamespace",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "trigger": "SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(t.oid) || p.prosrc "
    "FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal",
}


def catalogue() -> dict[str, str]:
    """Every table, column, constraint, index and trigger of the open database, in plain text."""
    if is_sqlite():
        rows = database.execute_sql("SELECT type || ' ' || name, sql FROM sqlite_master").fetchall()
    else:
        rows = [
            (f"{kind} {name}", text)
            for kind, query in POSTGRESQL.items()
            for name, text in database.execute_sql(query.replace("%", "%%")).fetchall()
        ]
    return {name: _plain(text) for name, text in rows if "schema_migration" not in f"{name} {text}"}


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()
