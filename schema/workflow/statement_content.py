"""What a statement of a custom-made device says: the facts of an order, gathered and frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from peewee import JOIN

from schema.device_statements import DeviceStatement
from schema.lab import Material
from schema.lots import LotUse, MaterialLot
from schema.orders import ARCHES, TRANSLUCENCIES, LabOrder
from schema.staff import Clinic, Location, Staff
from schema.statement_rules import YEARS, YEARS_IMPLANTABLE
from schema.teeth import LAYERS, PARTS, OrderConnector, OrderTooth
from schema.workflow.tracks import along_the_arch

FORM = 1  # of the document; a later one says otherwise what these facts mean
SHADES = ("shade", "stump_shade", "cervical_shade", "body_shade", "incisal_shade")
INSIDE = ("medicine", "human_tissue", "animal_tissue")
Say = Callable[[str], str]
Content = dict[str, Any]


@dataclass(frozen=True)
class Declared:
    """What the signatory declares beyond the order's own facts; `reason` of a correction.

    `unmet` names requirements of Annex I that are not fully met, with grounds; None: all are met.
    `inside` are kinds of `INSIDE` that the device contains, `substances` says which they are.
    """

    language: str
    function: str
    implantable: bool
    unmet: str | None = None
    inside: frozenset[str] = field(default_factory=frozenset)
    substances: str | None = None
    reason: str | None = None


def content_of(
    order: LabOrder,
    declared: Declared,
    signatory: Staff,
    today: dt.date,
    before: DeviceStatement | None,
    say: Say,
) -> Content:
    """All facts of the statement as it would be issued today, after the version `before`.

    `say` puts words of ours and names of first rows into the language of the statement.
    """
    return {
        "form": FORM,
        "language": declared.language,
        "ticket": order.ticket,
        "version": before.version + 1 if before else 1,
        "replaces": before.issued_on.isoformat() if before else None,
        "reason": declared.reason,
        "issued_on": today.isoformat(),
        "keep_until": keep_until(today, declared.implantable).isoformat(),
        "maker": _maker(),
        "made_at": _made_at(order),
        "device": _device(order, say),
        "patient": order.patient.code,
        "prescriber": full_name(order.dentist),
        "institution": _maker()["name"],
        "prescribed_on": order.received_on.isoformat(),
        "teeth": _teeth(order, say),
        "spans": _spans(order),
        "properties": _properties(order, say),
        "lots": _lots(order, say),
        "implantable": declared.implantable,
        "inside": sorted(declared.inside),
        "substances": declared.substances,
        "unmet": declared.unmet,
        "signed": {"name": full_name(signatory), "function": declared.function},
    }


def canonical(content: Content) -> str:
    """The facts as JSON that is written in one way only: keys in order, no blanks, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(document: bytes) -> str:
    """SHA-256 (FIPS 180-4) of the document's bytes, 64 hexadecimal letters."""
    return hashlib.sha256(document).hexdigest()


def keep_until(day: dt.date, implantable: bool) -> dt.date:
    """The last day of the lock: 15 years on for implantable devices, 10 for others.

    What is released on 29 February is kept until 1 March where the year has no 29th.
    """
    year = day.year + (YEARS_IMPLANTABLE if implantable else YEARS)
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)


def full_name(person: Staff) -> str:
    """As every list names people, and as they sign: last name first."""
    return f"{person.last_name} {person.first_name}"


def _maker() -> dict[str, str]:
    clinic = Clinic.get_or_none(Clinic.id == 1)
    name, address = (clinic.name, clinic.address) if clinic else ("", "")
    return {"name": (name or "").strip(), "address": (address or "").strip()}


def _made_at(order: LabOrder) -> dict[str, str]:
    """The place of manufacture: where the order's card stands, else the maker's own address."""
    place: Location | None = order.card.location
    if place is None:
        return _maker()
    return {"name": place.name, "address": (place.address or "").strip()}


def _device(order: LabOrder, say: Say) -> str:
    made = [say(order.work_type.name)]
    if order.material is not None:
        made.append(say(order.material.name))
    return " · ".join(made)


def _rows(order: LabOrder) -> list[OrderTooth]:
    found = OrderTooth.select(OrderTooth, Material).join(Material, JOIN.LEFT_OUTER)
    found = found.where(OrderTooth.order == order)
    return sorted(found, key=lambda one: (along_the_arch(one), one.layer))


def _teeth(order: LabOrder, say: Say) -> list[dict[str, Any]]:
    return [
        {
            "tooth": int(one.tooth),
            "part": say(PARTS[one.part]),
            "layer": say(LAYERS[one.layer]) if one.layer != "final" else None,
            "material": say(one.material.name) if one.material else None,
            "implant": one.implant,
        }
        for one in _rows(order)
    ]


def _spans(order: LabOrder) -> list[str]:
    """What is joined as one, along the arch: `12=11=21=22` for a bridge, `36` for a tooth alone."""
    rows = [one for one in _rows(order) if one.layer == "final"]
    joins = OrderConnector.select().where(OrderConnector.order == order)
    pairs = {frozenset((join.first_id, join.second_id)) for join in joins}
    spans: list[str] = []
    for before, one in zip([None, *rows], rows, strict=False):
        if before is not None and frozenset((before.id, one.id)) in pairs:
            spans[-1] += f"={one.tooth}"
        else:
            spans.append(str(one.tooth))
    return spans


def _properties(order: LabOrder, say: Say) -> list[list[str]]:
    """Label and value of what else the prescription asks for."""
    fields = LabOrder._meta.fields
    told = [(name, order.arch and say(ARCHES[order.arch])) for name in ("arch",)]
    told += [(name, shade.code) for name in SHADES if (shade := getattr(order, name))]
    told.append(("translucency", order.translucency and say(TRANSLUCENCIES[order.translucency])))
    return [[say(_label(fields[name])), str(value)] for name, value in told if value]


def _label(column: Any) -> str:
    return str(column.verbose_name or column.name.replace("_", " ").capitalize())


def _lots(order: LabOrder, say: Say) -> list[dict[str, str | None]]:
    """Each lot that went into the work, once, in the order of first use."""
    used = LotUse.select(LotUse, MaterialLot, Material).join(MaterialLot).join(Material)
    known: dict[tuple[int, str, str], dict[str, str | None]] = {}
    for one in used.where(LotUse.order == order).order_by(LotUse.id):
        lot = one.lot
        known.setdefault(
            (lot.material_id, lot.maker, lot.lot_number),
            {
                "material": say(lot.material.name),
                "maker": lot.maker,
                "product": lot.product,
                "lot": lot.lot_number,
                "expires_on": lot.expires_on.isoformat() if lot.expires_on else None,
            },
        )
    return list(known.values())
