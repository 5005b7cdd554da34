"""Seals what an act changed: one entry, chained by a key that the database does not know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from peewee import Database

from schema.acting import Actor, actor
from schema.fingerprints import (
    CHAINS,
    CHANGE,
    ENTRY,
    Head,
    digest_of,
    digest_of_all,
    genesis_of,
    mac_of,
    number_of,
    text_of,
)
from schema.fixed import Fixed
from schema.one_trip import one_trip
from schema.recording import NOW_POSTGRESQL
from schema.settings import audit_keys

HEAD_LOCK = 727_002
CHUNK = 2000
# Whoever seals has the head of a chain until the act is kept. With several chains others need not
# wait meanwhile. A small act takes the first head that nobody has, else it waits for one of those
# that small acts alone have: an import that seals its thousands of changes has the last one long.
# SQLite has one writer, who adds to the first; a house that moved there may have others.
FREE_CHAIN = (
    f"COALESCE((SELECT n FROM generate_series(0, {CHAINS - 1}) AS n "
    f"WHERE pg_try_advisory_xact_lock({HEAD_LOCK}, n) LIMIT 1), "
    f"(SELECT n FROM (SELECT mod(pg_backend_pid(), {CHAINS - 1}) AS n) AS one, "
    f"LATERAL pg_advisory_xact_lock({HEAD_LOCK}, n)))"
)
LAST_CHAIN = f"SELECT pg_advisory_xact_lock({HEAD_LOCK}, {CHAINS - 1})"
# A house that moved brings numbers of transactions of another server; the moment tells them apart.
OWN = f"txid = pg_current_xact_id_if_assigned()::text::bigint AND at = {NOW_POSTGRESQL}"
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
LASTS_SQLITE = " UNION ALL ".join(f"SELECT * FROM ({LAST.format(n)})" for n in range(CHAINS))
INSERTION = (
    f"INSERT INTO audit_entry (chain, {', '.join(ENTRY)}, beside, mac) "
    f"VALUES ({', '.join('?' * (len(ENTRY) + 3))})"
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
            self._write(mine, changes[0][-1], lasts.fetchall(), someone, ends)
        elif changes:
            self.seal(f"{OWN} AND entry_id IS NULL", self.mark, someone, ends=ends)

    def seal(self, where: str, mark: int, someone: Actor, *, ends: bool = False) -> int:
        """Put all unsealed changes beyond `mark` for which `where` holds into one entry; count."""
        changes = _fingerprints(self._changes(where, mark))
        if changes:
            self._write(changes, *self._heads(someone), someone, ends)
        return len(changes)

    def _write(
        self,
        changes: list[tuple[int, str]],
        chain: int,
        heads: Sequence[Head],
        someone: Actor,
        ends: bool,
    ) -> None:
        """The chain's next entry, of these changes, and in each change which one it is."""
        entry = self._entry(someone, [digest for _, digest in changes], chain, heads)
        if self.sqlite:
            self._run(INSERTION, *entry)
            (written,) = self._run(ENTRY_OF, *entry[:2]).fetchone()
            self.database.cursor().executemany(
                "UPDATE audit_change SET entry_id = ?, digest = ? WHERE id = ?",
                ((written, digest, number) for number, digest in changes),
            )
            return
        with one_trip(self.database):
            self._run(SEALED, *entry, text_of(dict(changes)))
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

    def _heads(self, someone: Actor) -> tuple[int, list[Head]]:
        """The chain of a large act, and where all stand; nobody else adds to it meanwhile."""
        if self.sqlite:
            return 0, self._run(LASTS_SQLITE).fetchall()
        with one_trip(self.database):
            self._run("SET CONSTRAINTS ALL IMMEDIATE")
            self._run("SELECT 1 FROM staff WHERE id = ? FOR KEY SHARE", someone.staff)
            self._run(LAST_CHAIN)
            lasts = self._run(LASTS)
        return CHAINS - 1, lasts.fetchall()

    def _entry(
        self, someone: Actor, digests: list[str], chain: int, heads: Sequence[Head]
    ) -> list[Any]:
        """The chain's next entry: the chain, then in the order of ENTRY, and how it is sealed."""
        mine = next((head for head in heads if head[0] == chain), (chain, 0, genesis_of(chain)))
        beside = [head for head in heads if head[0] != chain]
        told = {
            name: (getattr(someone, name) or "")[:length] or None
            for name, length in LENGTHS.items()
        }
        entry = {
            **told,
            "seq": mine[1] + 1,
            "at": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S}",
            "staff_id": someone.staff,
            "door": someone.door,
            "change_count": len(digests),
            "digest": digest_of_all(digests),
            "prev": mine[2],
        }
        values = [entry[name] for name in ENTRY]
        ends = " ".join(number_of(chain, seq) for chain, seq, _ in beside)
        return [chain, *values, ends or None, mac_of(values, audit_keys()[0], beside)]

    def _run(self, sql: str, *values: Any) -> Any:
        text = Fixed(sql if self.sqlite else sql.replace("?", "%s"))
        return self.database.execute_sql(text, values)

    def _one(self, sql: str, *values: Any) -> int:
        return int(self._run(sql, *values).fetchone()[0])


def _fingerprints(changes: Iterable[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """The number of each change with its fingerprint."""
    return [(change[0], digest_of(change)) for change in changes]
