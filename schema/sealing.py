"""Seals what an act changed: one entry, chained by a key that the database does not know."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from peewee import Database

from schema.acting import Actor, actor
from schema.fixed import Fixed
from schema.one_trip import one_trip
from schema.recording import NOW_POSTGRESQL
from schema.settings import audit_keys

GENESIS = "genesis"
# Whoever seals has the head of a chain until the act is kept. With several chains others need not
# wait meanwhile: not for each other, and not for an import that seals its thousands of changes.
# SQLite has one writer, and one chain.
CHAINS = 4
HEAD_LOCK = 727_002
CHUNK = 2000
# The first head that nobody has; where all are taken, wait for one of them.
FREE_CHAIN = (
    f"COALESCE((SELECT n FROM generate_series(0, {CHAINS - 1}) AS n "
    f"WHERE pg_try_advisory_xact_lock({HEAD_LOCK}, n) LIMIT 1), "
    f"(SELECT n FROM (SELECT mod(pg_backend_pid(), {CHAINS}) AS n) AS one, "
    f"LATERAL pg_advisory_xact_lock({HEAD_LOCK}, n)))"
)
# A house that moved brings numbers of transactions of another server; the moment tells them apart.
OWN = f"txid = pg_current_xact_id_if_assigned()::text::bigint AND at = {NOW_POSTGRESQL}"
CHANGE = "id, at, table_name, row_id, act, before, after"
# These have keys that PostgreSQL looks at when an act ends; such a look may ask for more locks.
LOOKED_AT_LATE = ("claim", "procedure", "recall")
# The changes of a small act, and the head with them. Whoever waits for the head holds locks
# already, so whoever has it must ask for no more: the person's row is locked before. An act that
# changed nothing, or so much that it takes a while to seal, or such a table, leaves the head alone.
SMALL = 500
OWN_AND_HEAD = (
    "WITH person AS MATERIALIZED (SELECT id FROM staff WHERE id = ? FOR KEY SHARE), "
    f"mine AS MATERIALIZED (SELECT {CHANGE} FROM audit_change WHERE {OWN} "
    f"AND entry_id IS NULL ORDER BY id LIMIT {SMALL}), "
    f"turn AS MATERIALIZED (SELECT {FREE_CHAIN} AS chain FROM (SELECT count(*) AS many, "
    f"bool_or(table_name IN {LOOKED_AT_LATE}) AS late FROM mine) AS counted, "
    "(SELECT count(*) FROM person) AS locked "
    f"WHERE many BETWEEN 1 AND {SMALL - 1} AND NOT late) "
    "SELECT mine.*, (SELECT chain FROM turn) FROM mine ORDER BY mine.id"
)
LAST = "SELECT chain, seq, mac FROM audit_entry WHERE chain = {} ORDER BY seq DESC LIMIT 1"
LASTS = (
    f"SELECT last.* FROM generate_series(0, {CHAINS - 1}) AS n, "
    f"LATERAL ({LAST.format('n')}) AS last"
)
# What the seal is made of; an entry cannot change its chain, since each begins with its own word.
ENTRY = (
    "seq", "at", "staff_id", "role", "door", "address", "request", "reason", "change_count",
    "digest", "prev",
)  # fmt: skip
INSERTION = (
    f"INSERT INTO audit_entry (chain, {', '.join(ENTRY)}, mac) "
    f"VALUES ({', '.join('?' * (len(ENTRY) + 2))})"
)
# All who write wait for whoever has the head, so it is given back before the disk has answered.
# The last statement writes a little and waits for the disk: its place in the log is after our
# COMMIT, so an act that somebody is told of is kept, and many wait for the disk at once.
EARLY_COMMIT = (
    "SET LOCAL synchronous_commit TO off",
    "COMMIT",
    "SELECT pg_logical_emit_message(true, 'benchside', '')",
)
# As a document, because of arrays PostgreSQL counts what is in them and plans each act anew.
SEALED = (
    f"WITH entry AS ({INSERTION} RETURNING id) "
    "UPDATE audit_change SET entry_id = entry.id, digest = told.digest FROM entry, "
    "jsonb_each_text(?::jsonb) AS told (id, digest) WHERE audit_change.id = told.id::bigint"
)
ENTRY_OF = "SELECT id FROM audit_entry WHERE chain = ? AND seq = ?"
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Head = tuple[int, int, str]  # the chain, its last number and fingerprint
LENGTHS = {"role": 200, "address": 120, "request": 64, "reason": 300}


class Seal:
    """The sealing of one outermost act over one open connection."""

    def __init__(self, database: Database, sqlite: bool) -> None:
        self.database, self.sqlite = database, sqlite
        # SQLite has one writer at a time, so all that comes after this change is the act's own.
        self.mark = self._one("SELECT COALESCE(MAX(id), 0) FROM audit_change") if sqlite else 0

    def close(self, last: Sequence[Any] = (), *, ends: bool) -> None:
        """Ask the `last` of the act, then write the entry of what was changed since it began.

        On PostgreSQL a transaction that `ends` here does so at once, as EARLY_COMMIT tells.
        """
        someone = actor()
        if self.sqlite:
            for one in last:
                one()
            self.seal("id > ? AND entry_id IS NULL", self.mark, someone)
            return
        with one_trip(self.database):
            told = [self.database.execute_sql(one.text, one.told) for one in last]
            own = self._run(OWN_AND_HEAD, someone.staff)
            lasts = self._run(LASTS)
        for one, cursor in zip(last, told, strict=True):
            one.read(cursor)
        changes = own.fetchall()
        if changes and changes[0][-1] is not None:
            mine = _fingerprints(change[:-1] for change in changes)
            self._write(mine, _head_of(changes[0][-1], lasts.fetchall()), someone, ends)
        elif changes:
            self.seal(f"{OWN} AND entry_id IS NULL", self.mark, someone, ends=ends)

    def seal(self, where: str, mark: int, someone: Actor, *, ends: bool = False) -> int:
        """Put all unsealed changes beyond `mark` for which `where` holds into one entry; count."""
        changes = _fingerprints(self._changes(where, mark))
        if changes:
            self._write(changes, self._head(someone), someone, ends)
        return len(changes)

    def _write(
        self,
        changes: list[tuple[int, str]],
        head: Head,
        someone: Actor,
        ends: bool,
    ) -> None:
        """The entry of these changes after `head`, and in each change which one it is."""
        entry = self._entry(someone, [digest for _, digest in changes], head)
        if self.sqlite:
            self._run(INSERTION, *entry)
            (written,) = self._run(ENTRY_OF, *entry[:2]).fetchone()
            self.database.cursor().executemany(
                "UPDATE audit_change SET entry_id = ?, digest = ? WHERE id = ?",
                ((written, digest, number) for number, digest in changes),
            )
            return
        with one_trip(self.database):
            self._run(SEALED, *entry, _encoder.encode(dict(changes)))
            for statement in EARLY_COMMIT if ends else ():
                self._run(statement)

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

    def _head(self, someone: Actor) -> Head:
        """The last entry of a chain; on PostgreSQL nobody else adds one to it meanwhile."""
        if self.sqlite:
            return _head_of(0, self._run(LAST.format(0)).fetchall())
        with one_trip(self.database):
            self._run("SET CONSTRAINTS ALL IMMEDIATE")
            self._run("SELECT 1 FROM staff WHERE id = ? FOR KEY SHARE", someone.staff)
            turn = self._run(f"SELECT {FREE_CHAIN}")
            lasts = self._run(LASTS)
        return _head_of(turn.fetchone()[0], lasts.fetchall())

    def _entry(self, someone: Actor, digests: list[str], head: Head) -> list[Any]:
        """The entry after `head`: its chain, then in the order of ENTRY, and its fingerprint."""
        chain, number, before = head
        told = {
            name: (getattr(someone, name) or "")[:length] or None
            for name, length in LENGTHS.items()
        }
        entry = {
            **told,
            "seq": number + 1,
            "at": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S}",
            "staff_id": someone.staff,
            "door": someone.door,
            "change_count": len(digests),
            "digest": digest_of_all(digests),
            "prev": before,
        }
        values = [entry[name] for name in ENTRY]
        return [chain, *values, mac_of(values, audit_keys()[0])]

    def _run(self, sql: str, *values: Any) -> Any:
        text = Fixed(sql if self.sqlite else sql.replace("?", "%s"))
        return self.database.execute_sql(text, values)

    def _one(self, sql: str, *values: Any) -> int:
        return int(self._run(sql, *values).fetchone()[0])


def genesis_of(chain: int) -> str:
    """What stands before the first entry of a chain; the first chain is older than the others."""
    return f"{GENESIS} {chain}" if chain else GENESIS


def number_of(chain: int, seq: int) -> str:
    """How an entry is called: 17 in the first chain, 3-17 in another."""
    return f"{chain}-{seq}" if chain else f"{seq}"


def _head_of(chain: int, lasts: Iterable[Head]) -> Head:
    return next((last for last in lasts if last[0] == chain), (chain, 0, genesis_of(chain)))


def _fingerprints(changes: Iterable[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """The number of each change with its fingerprint."""
    return [(change[0], digest_of(change)) for change in changes]


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
