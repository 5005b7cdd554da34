"""Claims to insurers: drafted, looked at by a second person, submitted, paid or denied."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.billing import Claim, ClaimLine, ClaimReview
from seed.demo.care import Care, Done
from seed.demo.ways import Traveller, Way, main_way, set_out
from seed.demo.world import Person, World

ENDS = ("paid", "submitted", "denied", "paid", "in_review", "returned", "approved", "drafted")
AFTER_REVIEW = ("approved", "submitted", "paid", "denied")
SHARE = 60


def sow_claims(care: Care) -> None:
    """A claim for the newest things that were done for each insured patient."""
    way = main_way("claim")
    insured = {person.id: person for person in care.world.patients if person.policy}
    done: dict[int, list[Done]] = {}
    for one in care.done:
        if one.price and one.patient in insured:
            done.setdefault(one.patient, []).append(one)
    for number, (patient, procedures) in enumerate(done.items()):
        newest = sorted(procedures, key=lambda one: one.at)[-3:]
        _claim(care.world, way, insured[patient], newest, ENDS[number % len(ENDS)])


def _claim(world: World, way: Way, person: Person, done: list[Done], ends: str) -> None:
    author, reviewer = world.someone("patient_manager"), world.staff["manager"][0]
    at = min(done[-1].at + dt.timedelta(hours=3), world.now)
    facts = {"responsible": author, "location": person.location}
    traveller = set_out(world, way, at, author, **facts, due_at=at + dt.timedelta(days=30))
    amounts = [one.price * SHARE // 100 for one in done]
    about = {"card": traveller.card, "patient": person.id, "policy": person.policy}
    total = sum(amounts)
    key = world.pen.add(Claim, author=author, amount=total, created_at=at, **about)
    row = world.pen.waiting[Claim][-1]
    for one, amount in zip(done, amounts, strict=True):
        world.pen.add(ClaimLine, claim=key, procedure=one.id, amount=amount, created_at=at)
    _travel(world, traveller, row, ends, author, reviewer)


def _travel(
    world: World, traveller: Traveller, row: dict[str, Any], ends: str, author: int, reviewer: int
) -> None:
    stage, day = traveller.way.by_code, dt.timedelta(days=1)
    if ends == "drafted":
        return
    traveller.travel(stage["in_review"], min(traveller.since + day, world.now), lambda: author)
    review = {"claim": row["id"], "claim_amount": row["amount"], "by": reviewer}
    at = min(traveller.since + day, world.now)
    if ends == "returned":
        note = "Lipsește radiografia de control."
        world.pen.add(ClaimReview, approved=False, note=note, at=at, **review)
        traveller.go(stage["returned"], at, reviewer)
    if ends not in AFTER_REVIEW:
        return
    world.pen.add(ClaimReview, approved=True, at=at, **review)
    traveller.travel(stage["approved"], at, lambda: reviewer)
    if ends == "approved":
        return
    traveller.travel(stage["submitted"], min(at + day, world.now), lambda: author)
    row["submitted_at"] = traveller.since
    if ends != "submitted":
        _answer(world, traveller, row, ends, author)


def _answer(
    world: World, traveller: Traveller, row: dict[str, Any], ends: str, author: int
) -> None:
    at = min(traveller.since + dt.timedelta(days=world.dice.randint(10, 25)), world.now)
    row["number"] = f"DS-{row['id'] + 3000}"
    traveller.go(traveller.way.by_code[ends], at, author)
    if ends == "paid":
        row["paid_at"], row["paid_amount"] = at, row["amount"]
    else:
        row["denied_at"] = at
        row["denial_reason"] = "Procedura nu este acoperită de poliță."


def write_claims(world: World) -> None:
    """Claims are written as drafts with their lines; what was reviewed is then submitted."""
    rows = world.pen.take(Claim)
    fates = ("submitted_at", "paid_at", "paid_amount", "denied_at", "denial_reason", "number")
    drafts = [{name: row[name] for name in row if name not in fates} for row in rows]
    world.pen.insert(Claim, drafts)
    world.pen.write(ClaimLine, ClaimReview)
    for row in rows:
        facts = {name: row[name] for name in fates if row.get(name) is not None}
        if facts:
            Claim.update(**facts).where(Claim.id == row["id"]).execute()
