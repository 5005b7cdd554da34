"""Notes of each chain's last seal, kept outside of the database, so that a cut tail is missed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schema.audit import AuditEntry
from schema.fingerprints import CHAINS, number_of, place_of

FILE = "anchors.txt"


@dataclass(frozen=True)
class Anchor:
    """The number and seal of a chain's last entry at one moment (`at` in UTC, ISO 8601)."""

    at: str
    seq: int
    mac: str
    chain: int = 0

    def __str__(self) -> str:
        return f"{self.at} {number_of(self.chain, self.seq)} {self.mac}"


def last_seals(now: dt.datetime) -> list[Anchor]:
    """The ends of the chains at this moment; none while nothing was sealed."""
    lasts = (_last_of(chain) for chain in range(CHAINS))
    at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    return [Anchor(at, last.seq, last.mac, last.chain) for last in lasts if last]


def _last_of(chain: int) -> AuditEntry | None:
    entries = AuditEntry.select().where(AuditEntry.chain == chain)
    last: AuditEntry | None = entries.order_by(AuditEntry.seq.desc()).first()
    return last


def drop_anchor(folder: Path, now: dt.datetime) -> list[Anchor]:
    """Note the end of each chain in a line of its own, the same end once; gives all ends."""
    anchors = last_seals(now)
    known = {anchor.chain: anchor.seq for anchor in read_anchors(folder)}
    grown = [anchor for anchor in anchors if known.get(anchor.chain) != anchor.seq]
    if not grown:
        return anchors
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / FILE, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with open(file, "w", encoding="ascii") as sheet:
        sheet.writelines(f"{anchor}\n" for anchor in grown)
        sheet.flush()
        os.fsync(sheet.fileno())
    return anchors


def read_anchors(folder: Path) -> Iterator[Anchor]:
    """Every anchor that was noted, oldest first; a line cut short by a crash is passed over."""
    if not (folder / FILE).exists():
        return
    for line in (folder / FILE).read_text(encoding="ascii", errors="replace").splitlines():
        match line.split():
            case [at, number, mac] if (place := place_of(number)) and len(mac) == 64:
                yield Anchor(at, place[1], mac, place[0])
