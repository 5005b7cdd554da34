"""Proves the audit: the chain of entries, their changes, the rows themselves, the anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from peewee import Model

from schema.anchors import read_anchors
from schema.audit import AuditEntry
from schema.database import database, is_sqlite
from schema.fingerprints import (
    CHAINS,
    CHANGE,
    ENTRY,
    digest_of,
    digest_of_all,
    genesis_of,
    mac_of,
    number_of,
    place_of,
)
from schema.trail import BELOW_ALL, Finding, differences, recorded_tables

PAGE, MOST_AT_ONCE = 500, 5000
Tell = Callable[[int], None]
Entry = dict[str, Any]


def verify(
    models: Iterable[type[Model]],
    keys: Sequence[bytes],
    anchors: Path,
    tell: Tell = lambda rows: None,
) -> Iterator[Finding]:
    """Everything that the audit cannot explain, found in one reading of an unmoving database.

    `keys` are the seals' keys, today's first. `tell` hears how many rows more were read.
    """
    with _unmoving():
        yield from _chains(keys, tell)
        yield from _unsealed()
        yield from _anchored(anchors)
        for model in recorded_tables(models):
            yield from differences(model, tell)


@contextmanager
def _unmoving() -> Iterator[None]:
    """What others write meanwhile is not seen, and nobody waits for us."""
    if is_sqlite():
        with database.atomic("DEFERRED"):
            yield
        return
    with database.atomic():
        if database.transaction_depth() == 1:
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _chains(keys: Sequence[bytes], tell: Tell) -> Iterator[Finding]:
    """The entries as they were written; each against the one before it in its chain."""
    ends = {chain: (genesis_of(chain), 0) for chain in range(CHAINS)}
    oldest, missed = len(keys) - 1, set[str]()
    for entry in _entries():
        prev, number = ends.get(entry["chain"], ("", 0))
        yield from _gap(entry, prev, number)
        facts = {"number": number_of(entry["chain"], entry["seq"])}
        gone = {number_of(chain, seq) for chain, seq, mac in entry["ends"] if not mac}
        for other in sorted(gone - missed):
            yield Finding(
                "Audit entry %(number)s was sealed beside entry %(other)s, which is gone.",
                {**facts, "other": other},
            )
        missed |= gone
        fitting = _fitting_key(entry, keys[: oldest + 1])
        if fitting is None and not gone:
            yield Finding("Audit entry %(number)s was altered.", facts)
        if fitting is not None and fitting < oldest:
            yield from _added_by_an_old_key(entry, ends)
            oldest = fitting
        if not entry["sound"]:
            yield Finding("The changes under audit entry %(number)s were altered.", facts)
        ends[entry["chain"]] = entry["mac"], entry["seq"]
        tell(1 + entry["change_count"])


def _added_by_an_old_key(entry: Entry, ends: dict[int, tuple[str, int]]) -> Iterator[Finding]:
    """What the first entry of a newer key does not know was added by the older one later."""
    known = {chain: seq for chain, seq, _ in entry["ends"]}
    for chain, (_, seq) in ends.items():
        if chain != entry["chain"] and seq > known.get(chain, 0):
            yield Finding(
                "Audit entry %(number)s was added by an old key.",
                {"number": number_of(chain, seq)},
            )


def _gap(entry: Entry, prev: str, number: int) -> Iterator[Finding]:
    """Whether an entry follows the one with that seal and number."""
    chain, seq = entry["chain"], entry["seq"]
    if seq > number + 1:
        gone = {"first": number_of(chain, number + 1), "last": number_of(chain, seq - 1)}
        yield Finding("Audit entries %(first)s to %(last)s are gone.", gone)
    elif seq <= number or entry["prev"] != prev:
        facts = {"number": number_of(chain, seq)}
        yield Finding("Audit entry %(number)s does not follow the one before it.", facts)


def _fitting_key(entry: Entry, keys: Sequence[bytes]) -> int | None:
    """Which key sealed it, the newest first; once a newer one was used, older ones are over."""
    values, ends = [entry[name] for name in ENTRY], entry["ends"]
    macs = (mac_of(values, key, ends) for key in keys)
    return next((number for number, mac in enumerate(macs) if mac == entry["mac"]), None)


def _entries() -> Iterator[Entry]:
    """Every entry in order, with the ends beside it, and whether the changes under it are whole."""
    last = BELOW_ALL
    while True:
        columns = ("id", "chain", *ENTRY, "beside", "mac")
        sql = f"SELECT {', '.join(columns)} FROM audit_entry WHERE id > ? ORDER BY id LIMIT {PAGE}"
        page = [dict(zip(columns, row, strict=True)) for row in _run(sql, last).fetchall()]
        _learn_ends(page)
        for batch in _batches(page):
            found = _digests(batch)
            for entry in batch:
                digests, sound = found.get(entry["id"], ([], True))
                whole = digest_of_all(digests) == entry["digest"]
                entry["sound"] = sound and whole and len(digests) == entry["change_count"]
                yield entry
        if len(page) < PAGE:
            return
        last = page[-1]["id"]


def _learn_ends(page: list[Entry]) -> None:
    """Give each entry the ends that its seal names; the fingerprint of one that is gone is ''."""
    named = [
        [place_of(word) or (0, 0) for word in (entry["beside"] or "").split()] for entry in page
    ]
    wanted = {place for places in named for place in places}
    known = {
        (chain, seq): mac
        for chain in {chain for chain, _ in wanted}
        for seq, mac in _macs(chain, [seq for one, seq in wanted if one == chain])
    }
    for entry, places in zip(page, named, strict=True):
        entry["ends"] = [(chain, seq, known.get((chain, seq), "")) for chain, seq in places]


def _macs(chain: int, numbers: list[int]) -> list[tuple[int, str]]:
    marks = ", ".join("?" * len(numbers))
    sql = f"SELECT seq, mac FROM audit_entry WHERE chain = ? AND seq IN ({marks})"
    return list(_run(sql, chain, *numbers).fetchall())


def _batches(page: list[Entry]) -> Iterator[list[Entry]]:
    """Neighbours whose changes together are few, or one entry alone."""
    batch: list[Entry] = []
    size = 0
    for entry in page:
        if batch and size + entry["change_count"] > MOST_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry["change_count"]
    if batch:
        yield batch


def _digests(batch: list[Entry]) -> dict[int, tuple[list[str], bool]]:
    """For each entry the kept fingerprints of its changes, and whether these are their own."""
    first, last = batch[0]["id"], batch[-1]["id"]
    found: dict[int, tuple[list[str], bool]] = {}
    for number, changes in groupby(_changes(min(first, last), max(first, last)), itemgetter(0)):
        digests, sound = [], True
        for _, digest, *change in changes:
            digests.append(digest or "")
            sound = sound and digest == digest_of(change)
        found[number] = digests, sound
    return found


def _changes(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    entry, beyond = first, BELOW_ALL
    sql = (
        f"SELECT entry_id, digest, {CHANGE} FROM audit_change WHERE entry_id BETWEEN ? AND ? "
        f"AND (entry_id > ? OR id > ?) ORDER BY entry_id, id LIMIT {MOST_AT_ONCE}"
    )
    while True:
        page = _run(sql, entry, last, entry, beyond).fetchall()
        yield from page
        if len(page) < MOST_AT_ONCE:
            return
        entry, beyond = page[-1][0], page[-1][2]


def _unsealed() -> Iterator[Finding]:
    """What was written past Benchside: the triggers saw it, no act answers for it."""
    strays = _run(
        "SELECT table_name, row_id, act, at FROM audit_change c WHERE entry_id IS NULL "
        "OR NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.id = c.entry_id) ORDER BY id"
    )
    for table, row_id, act, at in strays:
        yield Finding(
            "%(table)s %(row)s: made outside Benchside (%(act)s, %(at)s UTC).",
            {"table": table, "row": row_id, "act": act, "at": at},
            table,
            row_id,
        )


def _anchored(anchors: Path) -> Iterator[Finding]:
    """An anchor was noted outside the database, so it knows of a tail that was cut off."""
    for anchor in read_anchors(anchors):
        entry = AuditEntry.get_or_none(
            AuditEntry.chain == anchor.chain, AuditEntry.seq == anchor.seq
        )
        if entry is None or entry.mac != anchor.mac:
            yield Finding(
                "The anchor of %(at)s knows audit entry %(number)s, which is gone or altered.",
                {"at": anchor.at, "number": number_of(anchor.chain, anchor.seq)},
            )


def _run(sql: str, *values: Any) -> Any:
    return database.execute_sql(sql if is_sqlite() else sql.replace("?", "%s"), values)
