"""The clinical stages of a plan: visit after visit, with the waits that its protocol asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schema.cards import Card
from schema.protocols import ProtocolStage
from schema.treatment import PlanStage
from seed.demo.care import Care
from seed.demo.visits import Visit
from seed.demo.ways import Traveller
from seed.demo.world import Person, World

Template = list[tuple[ProtocolStage, list[int]]]
KIND_OF = {"implant": "surgery", "surgery": "surgery", "hygiene": "hygiene"}


@dataclass
class Running:
    """A plan while it is drawn: its card, its patient, how far it comes."""

    id: int
    traveller: Traveller
    person: Person
    done: int
    ends: str
    teeth: list[int]
    opened: dt.datetime


def sow_stages(
    care: Care, plan: Running, template: Template, accepted: dt.datetime | None
) -> tuple[int, list[Visit]]:
    """Write the stages with their procedures; returns the plan's value and its visits."""
    value, visits, ended = 0, [], accepted
    for number, (stage, types) in enumerate(template, 1):
        visit = None
        if ended is not None and number <= plan.done:
            visit = _hold(care, plan, stage, types, ended)
        elif ended is not None and 0 < plan.done == number - 1 and plan.person.number >= 12:
            visit = _book_ahead(care, plan)
        key = _write(care.world, plan, number, stage, ended, visit)
        value += _procedures(care, plan, key, types, visit, accepted)
        ended = visit.ends_at if visit and visit.done else None
        visits += [visit] if visit else []
    _settle(care.world, plan, visits, template, accepted)
    return value, visits


def _hold(
    care: Care, plan: Running, stage: ProtocolStage, types: list[int], ended: dt.datetime
) -> Visit | None:
    """The visit of a stage, not before its wait is over; none when that lies too far ahead."""
    wait = max(stage.wait_days, 2) + care.world.dice.randint(1, 6)
    day = ended.date() + dt.timedelta(days=wait)
    if day > care.world.today:
        return None
    category = care.types[types[0]].category if types else "other"
    kind = KIND_OF.get(category, "treatment")
    card = plan.traveller.card
    return care.diary.book(plan.person, kind, day, 60, sure=True, card=card)


def _book_ahead(care: Care, plan: Running) -> Visit | None:
    """Most coordinators have the next stage in the diary; the others' plans are at risk."""
    if not care.world.chance(70):
        return None
    day = care.world.today + dt.timedelta(days=care.world.dice.randint(1, 20))
    return care.diary.book(plan.person, "treatment", day, 60, sure=True, card=plan.traveller.card)


def _write(
    world: World,
    plan: Running,
    number: int,
    stage: ProtocolStage,
    ended: dt.datetime | None,
    visit: Visit | None,
) -> int:
    before = ended.date() if ended else None
    return world.pen.add(
        PlanStage,
        plan=plan.id,
        number=number,
        name=stage.name,
        depends_on_previous=stage.depends_on_previous and number > 1,
        wait_days=stage.wait_days,
        book_within_days=stage.book_within_days,
        due_on=before + dt.timedelta(days=max(stage.wait_days, 2)) if before else None,
        done_at=visit.ends_at if visit and visit.done else None,
        created_at=plan.opened,
    )


def _procedures(
    care: Care,
    plan: Running,
    stage: int,
    types: list[int],
    visit: Visit | None,
    accepted: dt.datetime | None,
) -> int:
    """What is done in a stage, once per tooth where teeth are meant; returns its price."""
    value, declined = 0, None
    if plan.ends == "declined":
        declined = plan.traveller.closed_at
    for key in types:
        kind = care.types[key]
        for tooth in plan.teeth if kind.needs_tooth != "no" else [None]:
            row = care.do(
                plan.person,
                kind,
                visit,
                tooth=tooth,
                plan_stage=stage,
                planned_on=plan.opened.date(),
                accepted_at=accepted,
                declined_at=declined,
                created_at=plan.opened,
            )
            value += row["price"]
    return value


def _settle(
    world: World,
    plan: Running,
    visits: list[Visit],
    template: Template,
    accepted: dt.datetime | None,
) -> None:
    """The card follows the chair: in treatment from the first visit, completed with the last."""
    done = [visit for visit in visits if visit.done]
    if accepted is None or not done:
        return
    way, person = plan.traveller.way.by_code, plan.person
    plan.traveller.travel(way["in_treatment"], done[0].ends_at, lambda: person.dentist)
    if len(done) == len(template):
        plan.traveller.travel(way["completed"], done[-1].ends_at, lambda: person.dentist)
    elif len(done) == len(visits) and _is_late(world, template[len(done)][0], done[-1]):
        cards = world.pen.waiting[Card]
        next(row for row in reversed(cards) if row["id"] == plan.traveller.card)["at_risk"] = True


def _is_late(world: World, stage: ProtocolStage, last: Visit) -> bool:
    """Whether the next stage should have been booked by now."""
    days = stage.wait_days + (stage.book_within_days or 14)
    return (world.today - last.ends_at.date()).days > days
