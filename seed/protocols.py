"""Templates of treatments in several stages, with the waits between them."""

from __future__ import annotations

from typing import NamedTuple

from schema.protocols import ProcedureType, Protocol, ProtocolProcedure, ProtocolStage
from seed.sowing import ids, sow


class Part(NamedTuple):
    """A stage: its name, days to wait, days within which it is booked, its procedures."""

    name: str
    wait: int
    book: int | None
    kinds: str


PROTOCOLS: dict[tuple[str, str], tuple[Part, ...]] = {
    ("implant", "Implant with crown"): (
        Part("Implant placement", 0, None, "IP01"),
        Part("Second stage", 56, 10, "IP02"),
        Part("Impression and crown", 14, 10, "IP03 IP04"),
    ),
    ("root_canal_crown", "Root canal, then crown"): (
        Part("Root canal", 0, None, "EN02"),
        Part("Post and core build-up", 7, 10, "RE03"),
        Part("Preparation and temporary", 7, 10, "PR01 PR02"),
        Part("Crown", 10, 10, "PR03"),
    ),
    ("full_mouth_scaling", "Full-mouth scaling in two visits"): (
        Part("First half", 0, None, "PE01"),
        Part("Second half", 7, 7, "PE02"),
        Part("Re-evaluation", 42, 14, "PE04"),
    ),
    ("aligners", "Aligners"): (
        Part("Records and scan", 0, None, "OR01"),
        Part("First aligners", 21, 10, "OR02"),
        Part("First check", 42, 10, "OR03"),
        Part("Second check", 56, 10, "OR03"),
        Part("Retainer", 90, 14, "OR04"),
    ),
}


def sow_protocols() -> None:
    """Protocols that are missing, each whole."""
    names = [{"code": code, "name": name} for code, name in PROTOCOLS]
    new = {row["code"] for row in sow(Protocol, ("code",), names)}
    numbers, kinds = ids(Protocol), ids(ProcedureType)
    for (code, _), parts in PROTOCOLS.items():
        if code in new:
            _sow_parts(numbers[code], parts, kinds)


def _sow_parts(protocol: int, parts: tuple[Part, ...], kinds: dict[str, int]) -> None:
    rows = [
        {
            "protocol": protocol,
            "number": number,
            "name": part.name,
            "depends_on_previous": number > 1,
            "wait_days": part.wait,
            "book_within_days": part.book,
        }
        for number, part in enumerate(parts, 1)
    ]
    sow(ProtocolStage, ("protocol", "number"), rows)
    chosen = ProtocolStage.select(ProtocolStage.number, ProtocolStage.id)
    stages = dict(chosen.where(ProtocolStage.protocol == protocol).tuples())
    done = [
        {"protocol_stage": stages[number], "type": kinds[kind]}
        for number, part in enumerate(parts, 1)
        for kind in part.kinds.split()
    ]
    sow(ProtocolProcedure, ("protocol_stage", "type"), done)
