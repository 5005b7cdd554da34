"""What every process keeps until the stamp of the rights moves is made to move it."""

from __future__ import annotations

from schema.rules import Effect


def known_at_once(table: str, *events: str) -> Effect:
    """A change of the table (of any kind, unless `events` says which) moves the stamp."""
    return Effect(
        f"{table}_is_known_at_once",
        events or ("INSERT", "UPDATE", "DELETE"),
        "UPDATE clinic SET rights_stamp = rights_stamp + 1",
    )
