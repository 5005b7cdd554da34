"""Somebody else who has the heads of audit chains on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from schema.sealing import HEAD_LOCK


@contextmanager
def heads_taken(url: str, *chains: int) -> Iterator[psycopg.Connection]:
    """Acts inside find these heads taken; a rollback of what it yields gives them back."""
    with psycopg.connect(url) as rival:
        for chain in chains:
            rival.execute("SELECT pg_advisory_xact_lock(%s, %s)", (HEAD_LOCK, chain))
        yield rival
        rival.rollback()
