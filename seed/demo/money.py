"""Invoices for what was done, with their payments."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from schema.billing import Invoice, InvoiceLine, Payment
from seed.demo.care import Care, Done
from seed.demo.world import World

METHODS = ("card", "card", "cash", "transfer")
Issued = list[dict[str, Any]]


def sow_invoices(care: Care) -> None:
    """One invoice for each visit that cost something, numbered as they were issued."""
    done = sorted((one for one in care.done if one.price), key=lambda one: (one.at, one.visit.id))
    counts: dict[int, int] = {}
    for number, (_, group) in enumerate(groupby(done, key=lambda one: one.visit.id)):
        lines = list(group)
        if number == 5:
            _voided(care.world, lines, counts)
        _invoice(care.world, number, lines, counts)


def _draft(world: World, lines: list[Done]) -> dict[str, Any]:
    first = lines[0]
    key = world.pen.add(
        Invoice,
        patient=first.patient,
        total=sum(line.price for line in lines),
        due_on=first.at.date() + dt.timedelta(days=15),
        created_at=first.at,
    )
    for line in lines:
        text = f"{line.type.name} {line.tooth or ''}"[:200]
        about = {"procedure": line.id, "text": text, "amount": line.price, "created_at": first.at}
        world.pen.add(InvoiceLine, invoice=key, **about)
    return world.pen.waiting[Invoice][-1]


def _issue(world: World, row: dict[str, Any], at: dt.datetime, counts: dict[int, int]) -> None:
    counts[at.year] = counts.get(at.year, 0) + 1
    row["number"] = f"BS-{at.year}-{counts[at.year]:05d}"
    row["issued_at"], row["issued_by"] = at, world.someone("receptionist")


def _invoice(world: World, number: int, lines: list[Done], counts: dict[int, int]) -> None:
    row = _draft(world, lines)
    at = min(lines[0].at + dt.timedelta(minutes=10), world.now)
    if number < 2 or (world.now - at).days < 1 and world.chance(50):
        return
    _issue(world, row, at, counts)
    fresh, luck = (world.now - at).days < 20, world.dice.randrange(100)
    if number in (3, 4):
        _pay(world, row, at, row["total"])
        _pay(world, row, at + dt.timedelta(days=2), -(row["total"] // 4), "Reducere acordată.")
    elif luck < (70 if fresh else 90):
        _pay(world, row, at, row["total"])
    elif luck < 96:
        _pay(world, row, at, row["total"] // 2)


def _pay(
    world: World, invoice: dict[str, Any], at: dt.datetime, amount: int, reason: str | None = None
) -> None:
    method = world.dice.choice(METHODS)
    world.pen.add(
        Payment,
        invoice=invoice["id"],
        amount=amount,
        method=method,
        reference=f"OP {invoice['id']}" if method == "transfer" else None,
        reason=reason,
        by=world.someone("receptionist"),
        at=min(at, world.now),
    )


def _voided(world: World, lines: list[Done], counts: dict[int, int]) -> None:
    """An invoice with a wrong name on it, voided the same hour and written again."""
    row = _draft(world, lines)
    _issue(world, row, min(lines[0].at + dt.timedelta(minutes=5), world.now), counts)
    row["voided_at"] = min(lines[0].at + dt.timedelta(minutes=9), world.now)
    row["void_reason"] = "Numele de pe factură era greșit."


def write_invoices(world: World) -> None:
    """An invoice is written as a draft; with its lines in place it is issued, then paid."""
    fates = ("number", "issued_at", "issued_by", "voided_at", "void_reason")
    rows = world.pen.take(Invoice)
    voided = {row["id"] for row in rows if row.get("voided_at")}
    drafts = [{name: row[name] for name in row if name not in fates} for row in rows]
    lines = world.pen.take(InvoiceLine)
    world.pen.insert(Invoice, drafts)
    world.pen.insert(InvoiceLine, [line for line in lines if line["invoice"] in voided])
    _update(rows, voided, True)
    world.pen.insert(InvoiceLine, [line for line in lines if line["invoice"] not in voided])
    _update(rows, voided, False)
    world.pen.write(Payment)


def _update(rows: Issued, voided: set[int], which: bool) -> None:
    """Issue first, void afterwards: the two are acts of their own."""
    issued = [row for row in rows if row.get("issued_at") and (row["id"] in voided) is which]
    _set(issued, "number", "issued_at", "issued_by")
    if which:
        _set(issued, "voided_at", "void_reason")


def _set(rows: Issued, *names: str) -> None:
    changed = [Invoice(id=row["id"], **{name: row[name] for name in names}) for row in rows]
    if changed:
        Invoice.bulk_update(changed, fields=list(names), batch_size=100)
