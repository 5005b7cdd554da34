"""What a seal of the audit is made of, and how its entries are numbered."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from typing import Any

GENESIS = "genesis"
CHAINS = 4
CHANGE = "id, at, table_name, row_id, act, before, after"
# An entry cannot change its chain unnoticed: each begins with a word of its own.
ENTRY = (
    "seq", "at", "staff_id", "role", "door", "address", "request", "reason", "change_count",
    "digest", "prev",
)  # fmt: skip
NUMBER = re.compile(r"(?:(\d)-)?(\d+)")
Head = tuple[int, int, str]  # a chain, its last number and fingerprint
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def genesis_of(chain: int) -> str:
    """What stands before the first entry of a chain; the first chain is older than the others."""
    return f"{GENESIS} {chain}" if chain else GENESIS


def number_of(chain: int, seq: int) -> str:
    """How an entry is called: 17 in the first chain, 3-17 in another."""
    return f"{chain}-{seq}" if chain else f"{seq}"


def place_of(number: str) -> tuple[int, int] | None:
    """Chain and number within it of an entry called so; None for other words."""
    found = NUMBER.fullmatch(number)
    return (int(found[1] or 0), int(found[2])) if found else None


def digest_of(change: Sequence[Any]) -> str:
    """The fingerprint of one change, told in the order of CHANGE."""
    return hashlib.sha256(_canonical(change)).hexdigest()


def digest_of_all(digests: Sequence[str]) -> str:
    """The fingerprint of an act's changes from their own, in the order of their numbers."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def mac_of(entry: Sequence[Any], key: bytes, beside: Sequence[Head] = ()) -> str:
    """The keyed fingerprint of an entry, told in the order of ENTRY (RFC 2104, SHA-256).

    `beside` are the ends of the other chains: nobody takes them away once this entry is sealed.
    """
    ends = [f"{number_of(chain, seq)} {mac}" for chain, seq, mac in beside]
    return hmac.new(key, _canonical([*entry, *ends]), hashlib.sha256).hexdigest()


def text_of(values: object) -> str:
    """JSON as seals are made of."""
    return _encoder.encode(values)


def _canonical(values: Sequence[Any]) -> bytes:
    """The same bytes on both engines; moments as SQLite keeps them."""
    told = [_moment(value) if isinstance(value, dt.datetime) else value for value in values]
    return _encoder.encode(told).encode()


def _moment(value: dt.datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}"
