"""Understands what another system sent: every field by its type, and nothing that is not asked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from schema.bridges import RECORD_KINDS, ExternalRecord
from schema.fields import normal_link
from schema.sayings import Unfit
from schema.workflow import Refused

# The longest texts: the columns' own lengths, and those of names by which rows are found.
TEXTS = {
    "kind": 40,
    "external_id": ExternalRecord.external_id.max_length,
    "patient": 20,
    "ticket": 9,
    "process": 40,
    "link": ExternalRecord.link.max_length,
    "file_name": ExternalRecord.file_name.max_length,
}
MOMENTS = ("made_at", "uploaded_at", "ready_at")
# Control and surrogate characters, and those that turn the direction of writing.
ODD = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
AHEAD = dt.timedelta(minutes=5)


class Wrong(Refused):
    """Something in a report is not as it must be; `field` names which."""

    def __init__(self, says: str, *, at: str, **facts: object) -> None:
        super().__init__(says, **facts)
        self.field = at


@dataclass(frozen=True)
class Report:
    """What a system says of one thing it holds; None says nothing. Moments are in UTC."""

    kind: str
    external_id: str
    patient: str | None = None
    ticket: str | None = None
    process: str | None = None
    link: str | None = None
    file_name: str | None = None
    made_at: dt.datetime | None = None
    uploaded_at: dt.datetime | None = None
    ready_at: dt.datetime | None = None

    @property
    def facts(self) -> dict[str, object]:
        """The columns of an external record of which it says something."""
        told = {name: getattr(self, name) for name in ("link", "file_name", *MOMENTS)}
        return {name: value for name, value in told.items() if value is not None}


def understand(sent: dict[str, object], now: dt.datetime) -> Report:
    """The report that was sent; raises Wrong naming the first field that is not as asked."""
    for name in sent:
        if name not in (*TEXTS, *MOMENTS):
            raise Wrong("No such field is known here.", at=name[:40])
    texts = {name: _text(name, sent.get(name)) for name in TEXTS}
    moments = {name: _moment(name, sent.get(name), now) for name in MOMENTS}
    kind, number = texts.pop("kind"), texts.pop("external_id")
    if kind not in RECORD_KINDS:
        raise Wrong("Choose one of: %(kinds)s.", at="kind", kinds=", ".join(RECORD_KINDS))
    if number is None:
        raise Wrong("This field is required.", at="external_id")
    if (texts["patient"] is None) == (texts["ticket"] is None):
        raise Wrong(
            "Name the patient by code, or the order by ticket: one of the two.", at="patient"
        )
    if texts["process"] and not texts["ticket"]:
        raise Wrong("A process belongs to an order; name its ticket.", at="process")
    texts["link"] = _link(texts["link"])
    told: dict[str, Any] = {**texts, **moments}
    return Report(kind, number, **told)


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise Wrong("Write this as text.", at=name)
    if ODD.search(value):
        raise Wrong("This holds a character that no text has.", at=name)
    if len(value) > TEXTS[name]:
        raise Wrong("At most %(most)d characters fit here.", at=name, most=TEXTS[name])
    return value.strip() or None


def _link(text: str | None) -> str | None:
    try:
        return normal_link(text) if text else None
    except Unfit as error:
        raise Wrong(error.says, at="link", **error.facts) from error


def _moment(name: str, value: object, now: dt.datetime) -> dt.datetime | None:
    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        told = moment.astimezone(dt.UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        told = None
    if told is None or told.year < 2000:
        raise Wrong("Write a moment with its offset, such as 2026-03-01T14:30:00+02:00.", at=name)
    if told > now + AHEAD:
        raise Wrong("This moment is still to come; check the clock of that system.", at=name)
    return told.replace(microsecond=0)
