"""Makes entries of the audit chain and of the reading log."""

from __future__ import annotations

from typing import Any

from schema.audit import AuditChange, AuditEntry, ReadEntry
from schema.fingerprints import genesis_of
from tests.factories import NOW, number


def an_audit_entry(**columns: Any) -> AuditEntry:
    """The next entry of its chain."""
    chain = columns.get("chain", 0)
    mine = AuditEntry.select().where(AuditEntry.chain == chain)
    last = mine.order_by(AuditEntry.seq.desc()).first()
    good = {
        "chain": chain,
        "seq": last.seq + 1 if last else 1,
        "door": "screen",
        "change_count": 0,
        "digest": f"{number():064d}",
        "prev": last.mac if last else genesis_of(chain),
        "mac": f"{number():064d}",
        "at": NOW,
    }
    return AuditEntry.create(**good | columns)


def an_audit_change(**columns: Any) -> AuditChange:
    """A change as a trigger writes it: not sealed yet."""
    good = {"table_name": "patient", "row_id": 1, "act": "insert", "after": "{}", "at": NOW}
    return AuditChange.create(**good | columns)


def a_read_entry(**columns: Any) -> ReadEntry:
    good = {"act": "detail", "table_name": "patient", "ids": ",1,", "row_count": 1, "at": NOW}
    return ReadEntry.create(**good | columns)
