"""Issuing the statement of a custom-made device: signed by name, frozen, and corrected by a new
version."""

from __future__ import annotations

import datetime as dt
import json

from schema.acting import acting
from schema.database import fold, is_sqlite
from schema.device_statements import DeviceStatement
from schema.orders import LabOrder
from schema.sayings import Sayings
from schema.staff import LANGUAGES, Staff
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.statement_content import (
    INSIDE,
    Content,
    Declared,
    Say,
    canonical,
    content_of,
    full_name,
    hash_of,
    keep_until,
)
from schema.workflow.statement_gaps import may_sign, statement_gaps
from schema.workflow.statement_paper import draw_statement


def issue_statement(
    order_id: int,
    declared: Declared,
    signed: str,
    *,
    by: int,
    now: dt.datetime,
    today: dt.date,
    say: Say = str,
) -> DeviceStatement:
    """Freeze and sign the next version of an order's statement; `signed` is one's own name, typed.

    `today` is the clinic's day of the release, from which the lock counts. Raises Refused with
    all that is missing, and for a signatory without the right or with another name.
    """
    with acting(staff=by), one_spoken_act():
        order = _locked(order_id)
        signatory = _signatory(by, signed)
        _refuse_gaps(order)
        before = in_force(order)
        _refuse_half_said(declared, correction=before is not None)
        content = content_of(order, declared, signatory, today, before, say)
        document = draw_statement(content, now)
        return DeviceStatement.create(
            order=order,
            by=by,
            at=now,
            document=document,
            **columns_of(content, document),
        )


def columns_of(content: Content, document: bytes) -> dict[str, object]:
    """The columns of a statement that follow from its frozen facts and its document."""
    day = dt.date.fromisoformat(content["issued_on"])
    return {
        "version": content["version"],
        "language": content["language"],
        "reason": content["reason"],
        "signed_name": content["signed"]["name"],
        "signed_function": content["signed"]["function"],
        "patient_code": content["patient"],
        "prescriber": content["prescriber"],
        "device": ", ".join([content["device"], *content["spans"]])[:300],
        "implantable": content["implantable"],
        "unmet": content["unmet"],
        "issued_on": day,
        "keep_until": keep_until(day, content["implantable"]),
        "sha256": hash_of(document),
        "content": canonical(content),
    }


def in_force(order: LabOrder) -> DeviceStatement | None:
    """The newest version, which replaces all before it."""
    rows = DeviceStatement.select().where(DeviceStatement.order == order)
    found: DeviceStatement | None = rows.order_by(DeviceStatement.version.desc()).first()
    return found


def document_of(statement: DeviceStatement) -> bytes:
    """The document as it was signed. Raises Refused when its bytes are not those any more."""
    document = bytes(statement.document)
    if hash_of(document) != statement.sha256:
        raise Refused("The document is not the one that was signed; ask the administrator.")
    return document


def frozen(statement: DeviceStatement) -> Content:
    """The facts as they were signed."""
    found: Content = json.loads(statement.content)
    return found


def _locked(order_id: int) -> LabOrder:
    wanted = LabOrder.select().where(LabOrder.id == order_id)
    order: LabOrder | None = (wanted if is_sqlite() else wanted.for_update()).first()
    if order is None:
        raise Refused("This order does not exist.")
    return order


def _signatory(by: int, signed: str) -> Staff:
    if not may_sign(by):
        raise Refused("Statements are signed by whoever has the right to; ask the lab supervisor.")
    person: Staff = Staff.get_by_id(by)
    if _letters(signed) not in {
        _letters(full_name(person)),
        _letters(f"{person.first_name} {person.last_name}"),
    }:
        raise Refused("Sign with your own name: %(name)s.", name=full_name(person))
    return person


def _letters(name: str) -> str:
    return " ".join((fold(name) or "").replace("-", " ").split())


def _refuse_gaps(order: LabOrder) -> None:
    gaps = statement_gaps(order)
    if gaps:
        told = Sayings([(gap.says, gap.facts) for gap in gaps])
        raise Refused("Before the statement is signed: %(missing)s.", missing=told)


def _refuse_half_said(declared: Declared, *, correction: bool) -> None:
    if declared.language not in LANGUAGES or not declared.inside <= set(INSIDE):
        raise Refused("Choose one of the listed values.")
    if not declared.function.strip():
        raise Refused("Say in which function you sign.")
    if bool(declared.inside) != bool((declared.substances or "").strip()):
        raise Refused("Say which substance or tissue the device contains, or that it has none.")
    if declared.unmet is not None and not declared.unmet.strip():
        raise Refused("Say which requirements are not fully met, and why.")
    if correction and not (declared.reason or "").strip():
        raise Refused("A version after the first says why it replaces the one before it.")
    if not correction and declared.reason:
        raise Refused("The first version replaces nothing; leave the reason empty.")
