"""Notes of the audit's last seal, kept outside of the database, so that a cut tail is missed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schema.audit import AuditEntry

FILE = "anchors.txt"


@dataclass(frozen=True)
class Anchor:
    """The number and seal of the last entry at one moment (`at` in UTC, ISO 8601)."""

    at: str
    seq: int
    mac: str

    def __str__(self) -> str:
        return f"{self.at} {self.seq} {self.mac}"


def last_seal(now: dt.datetime) -> Anchor | None:
    """The end of the chain at this moment; None while nothing was sealed."""
    last = AuditEntry.select().order_by(AuditEntry.seq.desc()).first()
    return Anchor(f"{now:%Y-%m-%dT%H:%M:%SZ}", last.seq, last.mac) if last else None


def drop_anchor(folder: Path, now: dt.datetime) -> Anchor | None:
    """Note the end of the chain in a line of its own; the same end is noted once."""
    anchor = last_seal(now)
    known = list(read_anchors(folder))
    if anchor is None or (known and known[-1].seq == anchor.seq):
        return anchor
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / FILE, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with open(file, "w", encoding="ascii") as sheet:
        sheet.write(f"{anchor}\n")
        sheet.flush()
        os.fsync(sheet.fileno())
    return anchor


def read_anchors(folder: Path) -> Iterator[Anchor]:
    """Every anchor that was noted, oldest first; a line cut short by a crash is passed over."""
    if not (folder / FILE).exists():
        return
    for line in (folder / FILE).read_text(encoding="ascii", errors="replace").splitlines():
        match line.split():
            case [at, number, mac] if number.isdigit() and len(mac) == 64:
                yield Anchor(at, int(number), mac)
