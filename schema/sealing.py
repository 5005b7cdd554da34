"""Seals what an act changed: one entry, chained by a key that the database does not know."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any

from peewee import Database

from schema.acting import Actor, actor
from schema.fixed import Fixed
from schema.one_trip import one_trip
from schema.recording import NOW_POSTGRESQL
from schema.settings import audit_keys

GENESIS = "genesis"
HEAD_LOCK = 727_002
CHUNK = 2000
# A house that moved brings numbers of transactions of another server; the moment tells them apart.
OWN = f"txid = pg_current_xact_id_if_assigned()::text::bigint AND at = {NOW_POSTGRESQL}"
CHANGE = "id, at, table_name, row_id, act, before, after"
ENTRY = (
    "seq", "at", "staff_id", "role", "door", "address", "request", "reason", "change_count",
    "digest", "prev",
)  # fmt: skip
INSERTION = (
    f"INSERT INTO audit_entry ({', '.join(ENTRY)}, mac) "
    f"VALUES ({', '.join('?' * (len(ENTRY) + 1))})"
)
# All who write wait for whoever has the head, so it is given back before the disk has answered.
# The last statement writes a little and waits for the disk: its place in the log is after our
# COMMIT, so an act that somebody is told of is kept, and many wait for the disk at once.
EARLY_COMMIT = (
    "SET LOCAL synchronous_commit TO off",
    "COMMIT",
    "SELECT pg_logical_emit_message(true, 'benchside', '')",
)
ENTRY_OF = "SELECT id FROM audit_entry WHERE seq = ?"
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LENGTHS = {"role": 200, "address": 120, "request": 64, "reason": 300}


class Seal:
    """The sealing of one outermost act over one open connection."""

    def __init__(self, database: Database, sqlite: bool) -> None:
        self.database, self.sqlite = database, sqlite
        # SQLite has one writer at a time, so all that comes after this change is the act's own.
        self.mark = self._one("SELECT COALESCE(MAX(id), 0) FROM audit_change") if sqlite else 0

    def close(self, *, ends: bool) -> None:
        """Write the entry of what was changed since this seal was opened; nothing, nothing.

        On PostgreSQL a transaction that `ends` here does so at once, as EARLY_COMMIT tells.
        """
        where = "id > ?" if self.sqlite else OWN
        ends = ends and not self.sqlite
        self.seal(f"{where} AND entry_id IS NULL", self.mark, actor(), ends=ends)

    def seal(self, where: str, mark: int, someone: Actor, *, ends: bool = False) -> int:
        """Put all unsealed changes beyond `mark` for which `where` holds into one entry; count."""
        changes = [(change[0], digest_of(change)) for change in self._changes(where, mark)]
        if not changes:
            return 0
        entry = self._entry(someone, [digest for _, digest in changes], self._head(someone))
        with one_trip(self.database):
            self._run(INSERTION, *entry)
            self._point_to(entry[0], changes)
            if ends:
                for statement in EARLY_COMMIT:
                    self._run(statement)
        return len(changes)

    def _changes(self, where: str, mark: int) -> Iterator[tuple[Any, ...]]:
        """In chunks: an import may have changed very many rows."""
        beyond = mark
        while True:
            parameters = [mark, beyond] if "?" in where else [beyond]
            page = self._run(
                f"SELECT {CHANGE} FROM audit_change WHERE {where} AND id > ? "
                f"ORDER BY id LIMIT {CHUNK}",
                *parameters,
            ).fetchall()
            yield from page
            if len(page) < CHUNK:
                return
            beyond = page[-1][0]

    def _head(self, someone: Actor) -> tuple[int, str]:
        """The last entry's number and fingerprint; on PostgreSQL nobody else adds one meanwhile.

        Whoever waits here holds locks already, so whoever goes on must ask for no more.
        """
        with one_trip(self.database):
            if not self.sqlite:
                self._run("SET CONSTRAINTS ALL IMMEDIATE")
                self._run("SELECT 1 FROM staff WHERE id = ? FOR KEY SHARE", someone.staff)
                self._run("SELECT pg_advisory_xact_lock(?)", HEAD_LOCK)
            last = self._run("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1")
        return last.fetchone() or (0, GENESIS)

    def _entry(self, someone: Actor, digests: list[str], head: tuple[int, str]) -> list[Any]:
        """The entry after `head`, in the order of ENTRY and with its fingerprint."""
        told = {
            name: (getattr(someone, name) or "")[:length] or None
            for name, length in LENGTHS.items()
        }
        entry = {
            **told,
            "seq": head[0] + 1,
            "at": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S}",
            "staff_id": someone.staff,
            "door": someone.door,
            "change_count": len(digests),
            "digest": digest_of_all(digests),
            "prev": head[1],
        }
        values = [entry[name] for name in ENTRY]
        return [*values, mac_of(values, audit_keys()[0])]

    def _point_to(self, seq: int, changes: list[tuple[int, str]]) -> None:
        if self.sqlite:
            (entry,) = self._run(ENTRY_OF, seq).fetchone()
            self.database.cursor().executemany(
                "UPDATE audit_change SET entry_id = ?, digest = ? WHERE id = ?",
                ((entry, digest, number) for number, digest in changes),
            )
            return
        numbers, digests = [list(column) for column in zip(*changes, strict=True)]
        self._run(
            f"UPDATE audit_change SET entry_id = ({ENTRY_OF}), digest = told.digest "
            "FROM unnest(?::bigint[], ?::text[]) AS told (id, digest) "
            "WHERE audit_change.id = told.id",
            seq,
            numbers,
            digests,
        )

    def _run(self, sql: str, *values: Any) -> Any:
        text = Fixed(sql if self.sqlite else sql.replace("?", "%s"))
        return self.database.execute_sql(text, values)

    def _one(self, sql: str, *values: Any) -> int:
        return int(self._run(sql, *values).fetchone()[0])


def digest_of(change: Sequence[Any]) -> str:
    """The fingerprint of one change, told in the order of CHANGE."""
    return hashlib.sha256(_canonical(change)).hexdigest()


def digest_of_all(digests: Sequence[str]) -> str:
    """The fingerprint of an act's changes from their own, in the order of their numbers."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def mac_of(entry: Sequence[Any], key: bytes) -> str:
    """The keyed fingerprint of an entry, told in the order of ENTRY (RFC 2104, SHA-256)."""
    return hmac.new(key, _canonical(entry), hashlib.sha256).hexdigest()


def _canonical(values: Sequence[Any]) -> bytes:
    """The same bytes on both engines; moments as SQLite keeps them."""
    told = [_moment(value) if isinstance(value, dt.datetime) else value for value in values]
    return _encoder.encode(told).encode()


def _moment(value: dt.datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}"
