"""Treatment plans of the demo: from the draft to the completed case, or to a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from schema.decisions import Approval, DecisionMaker, Presentation, PresentationAttendance
from schema.protocols import Protocol, ProtocolProcedure, ProtocolStage
from schema.staff import Clinic
from schema.treatment import TreatmentPlan
from seed.demo.care import TEETH, Care
from seed.demo.plan_stages import Running, Template, sow_stages
from seed.demo.romanian import PLANS
from seed.demo.visits import Visit
from seed.demo.ways import Traveller, Way, main_way, set_out
from seed.demo.world import Person, World


class Case(NamedTuple):
    """What becomes of a plan: its protocol, its teeth, the stages done, where it stands."""

    protocol: str
    teeth: int
    done: int
    ends: str


CASES = {
    0: Case("implant", 1, 1, "in_treatment"),
    1: Case("canal", 1, 9, "completed"),
    2: Case("implant", 2, 2, "in_treatment"),
    5: Case("canal", 1, 3, "in_treatment"),
    6: Case("implant", 4, 0, "deciding"),
    7: Case("implant", 4, 0, "awaiting_approval"),
    8: Case("scaling", 1, 9, "completed"),
    10: Case("canal", 1, 9, "completed"),
    11: Case("align", 1, 0, "declined"),
}
OTHERWISE = {6: "presentation_booked", 7: "drafted", 11: "lapsed", 5: "accepted"}


Templates = list[tuple[Protocol, Template]]


@dataclass
class Plan:
    """A plan of the demo, as orders and pictures ask for it."""

    id: int
    card: int
    person: Person
    case: Case
    teeth: list[int]
    visits: list[Visit]


def sow_plans(care: Care) -> list[Plan]:
    """A plan for everybody whose story has one."""
    way = main_way("plan")
    templates = [(protocol, _template(protocol)) for protocol in _protocols()]
    approval_from = int(Clinic.select(Clinic.approval_threshold).scalar())
    plans = []
    for person in care.world.patients:
        case = CASES.get(person.story)
        if case is None:
            continue
        if person.number >= 12 and person.number % 24 >= 12:
            case = _other_way(person, case)
        elif person.number >= 12 and person.story == 0:
            case = case._replace(done=person.number // 12 % 4)
        plans.append(_sow_plan(care, way, person, case, templates, approval_from))
    return plans


def _other_way(person: Person, case: Case) -> Case:
    """So that a big clinic has more than nine endings."""
    ends = OTHERWISE.get(person.story, case.ends)
    return case._replace(ends=ends, done=case.done if ends == case.ends else 0)


def _protocols() -> list[Protocol]:
    return list(Protocol.select().where(Protocol.ended_on.is_null()).order_by(Protocol.id))


def _opened(world: World, case: Case, person: Person) -> dt.date:
    """When the plan was drafted, so that its stages fall where the story wants them."""
    back = {
        "completed": world.dice.randint(170, 330),
        "in_treatment": world.dice.randint(85, 130) + 60 * (case.done > 1) + 30 * (case.done > 2),
        "accepted": world.dice.randint(12, 25),
        "declined": world.dice.randint(40, 300),
        "lapsed": world.dice.randint(120, 300),
        "drafted": world.dice.randint(0, 6),
        "awaiting_approval": world.dice.randint(2, 6),
        "presentation_booked": world.dice.randint(4, 7),
    }.get(case.ends, world.dice.randint(14, 30))
    if case.protocol == "canal" and case.ends == "in_treatment":
        back = world.dice.randint(48, 62)
    return max(world.day(back), person.joined)


def _sow_plan(
    care: Care, way: Way, person: Person, case: Case, templates: Templates, approval_from: int
) -> Plan:
    world = care.world
    protocol, template = next(
        (one for one in templates if case.protocol in one[0].code), templates[0]
    )
    running = _draft(world, way, person, case, protocol)
    accepted = _decide(care, running, case)
    row = world.pen.waiting[TreatmentPlan][-1]
    row["value"], visits = sow_stages(care, running, template, accepted)
    _second_look(world, running, row["value"], approval_from)
    held = [visit for visit in visits if visit.done]
    return Plan(running.id, running.traveller.card, person, case, running.teeth, held)


def _draft(world: World, way: Way, person: Person, case: Case, protocol: Protocol) -> Running:
    """The card and the plan, as the dentist writes them first."""
    opened = world.moment(_opened(world, case, person), 10, world.dice.randrange(60))
    opened, teeth = min(opened, world.now), world.dice.sample(TEETH, case.teeth)
    coordinator = world.someone("patient_manager")
    facts = {"responsible": coordinator, "location": person.location}
    due = opened + dt.timedelta(days=45)
    traveller = set_out(world, way, opened, person.dentist, due_at=due, **facts)
    key = world.pen.add(
        TreatmentPlan,
        card=traveller.card,
        patient=person.id,
        author=person.dentist,
        name=f"{PLANS[protocol.code]} {' '.join(map(str, sorted(teeth)))}"[:120],
        protocol=protocol.id,
        created_at=opened,
    )
    return Running(key, traveller, person, case.done, case.ends, teeth, opened)


def _template(protocol: Protocol) -> Template:
    stages = ProtocolStage.select().where(ProtocolStage.protocol == protocol)
    return [
        (stage, [row.type_id for row in stage.procedures.order_by(ProtocolProcedure.id)])
        for stage in stages.order_by(ProtocolStage.number)
    ]


def _decide(care: Care, running: Running, case: Case) -> dt.datetime | None:
    """Take the plan to its presentation and its decision; returns when it was accepted."""
    world, traveller, person = care.world, running.traveller, running.person
    way, day = traveller.way, dt.timedelta(days=1)
    if case.ends == "drafted":
        return None
    stage = way.by_code
    if case.ends == "awaiting_approval":
        traveller.travel(stage["awaiting_approval"], _until(world, traveller, day), _by(person))
        return None
    traveller.travel(stage["presentation_booked"], _until(world, traveller, 3 * day), _by(person))
    maker = _decision_makers(world, running)
    visit = _presentation(care, running, maker, case)
    if case.ends == "presentation_booked" or visit is None:
        return None
    coordinator = world.someone("patient_manager")
    traveller.travel(stage["presented"], visit.ends_at, lambda: coordinator)
    traveller.travel(stage["deciding"], _until(world, traveller, day), lambda: coordinator)
    if case.ends == "deciding":
        return None
    if case.ends in ("declined", "lapsed"):
        at = _until(world, traveller, world.dice.randint(5, 30) * day)
        reason = "Pacientul amână din motive financiare."
        traveller.go(stage[case.ends], at, coordinator, reason=reason)
        return None
    traveller.travel(stage["accepted"], _until(world, traveller, 4 * day), lambda: coordinator)
    return traveller.since


def _until(world: World, traveller: Traveller, after: dt.timedelta) -> dt.datetime:
    return min(traveller.since + after, world.now)


def _by(person: Person) -> Callable[[], int]:
    return lambda: person.dentist


def _decision_makers(world: World, running: Running) -> list[int]:
    person, makers = running.person, []
    add = world.pen.add
    makers.append(add(DecisionMaker, plan=running.id, patient=person.id, relation="patient"))
    if person.number < 12 or world.chance(30):
        name = f"{person.name.split()[0]} {world.dice.choice(('Elena', 'Mihai', 'Ștefan'))}"
        facts = {"relation": world.dice.choice(("partner", "payer")), "needed": world.chance(50)}
        makers.append(add(DecisionMaker, plan=running.id, name=name, phone=person.phone, **facts))
    return makers


def _presentation(care: Care, running: Running, makers: list[int], case: Case) -> Visit | None:
    """The plan is explained; for a booked presentation the visit lies ahead."""
    world, person = care.world, running.person
    day = running.traveller.since.date() + dt.timedelta(days=world.dice.randint(2, 4))
    booked = case.ends == "presentation_booked"
    if booked:
        day = world.today + dt.timedelta(days=world.dice.randint(1, 6))
    visit = care.diary.book(person, "presentation", day, 45, sure=True, card=running.traveller.card)
    held = visit.ends_at if visit.done else None
    key = world.pen.add(
        Presentation,
        plan=running.id,
        appointment=visit.id,
        presenter=world.someone("patient_manager"),
        held_at=held,
        created_at=running.traveller.since,
    )
    for number, maker in enumerate(makers if held else []):
        attended = number == 0 or world.chance(60)
        facts = {"presentation": key, "decision_maker": maker, "attended": attended}
        world.pen.add(PresentationAttendance, **facts)
    return visit if held else None


def _second_look(world: World, running: Running, value: int, approval_from: int) -> None:
    """Every plan that went past the approval has one, by a senior who did not write it."""
    seniors = [one for one in world.staff["senior_dentist"] if one != running.person.dentist]
    way, stage = running.traveller.way, running.traveller.stage
    facts = {"plan": running.id, "plan_value": value, "by": world.dice.choice(seniors)}
    at = min(running.opened + dt.timedelta(days=2), world.now)
    if stage.position <= way.by_code["awaiting_approval"].position:
        if running.ends == "awaiting_approval" and world.chance(50):
            note = "Vă rog și varianta cu mai puține implanturi."
            world.pen.add(Approval, approved=False, note=note, at=at, **facts)
        return
    if value > approval_from or world.chance(30):
        world.pen.add(Approval, approved=True, at=at, **facts)
