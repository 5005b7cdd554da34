"""Who should come back when: computed from what was done, with the calls that followed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.recall import Recall, RecallAttempt, RecallRule, RecallTrigger
from schema.workflow.recalls import due_after
from seed.demo.care import Care, Done
from seed.demo.visits import Visit
from seed.demo.world import Person, World

CALLS = ("no_answer", "later", "sent", "no_answer", "refused", "bad_contact")
STATUS_AFTER = {"refused": "refused", "bad_contact": "unreachable"}


def sow_recalls(care: Care) -> None:
    """One recall for each patient and rule that something they had done starts."""
    world = care.world
    last = _last_done(care)
    for person in world.patients:
        rules = {rule.id: rule for rule, patient in last if patient == person.id}
        replaced = {rule.instead_of_id for rule in rules.values()}
        for rule in rules.values():
            if rule.id not in replaced:
                _one(care, person, rule, last[rule, person.id])


def _last_done(care: Care) -> dict[tuple[RecallRule, int], Done]:
    """The newest procedure of a patient that starts a rule."""
    rules = {rule.id: rule for rule in RecallRule.select().where(RecallRule.ended_on.is_null())}
    starts: dict[int, list[RecallRule]] = {}
    triggers = RecallTrigger.select(RecallTrigger.rule, RecallTrigger.procedure_type)
    for rule, kind in triggers.tuples():
        if rule in rules:
            starts.setdefault(kind, []).append(rules[rule])
    found: dict[tuple[RecallRule, int], Done] = {}
    for done in sorted(care.done, key=lambda one: one.at):
        for one in starts.get(done.type.id, []):
            found[one, done.patient] = done
    return found


def _one(care: Care, person: Person, rule: RecallRule, done: Done) -> None:
    world, previous = care.world, done.at.date()
    due = due_after(previous, rule)
    if rule.category == "surgery" and (world.today - due).days > 7:
        visit: Visit | None = _came_back(care, person, due)
    else:
        visit = _booked(care, person, world, due)
    row: dict[str, Any] = {
        "patient": person.id,
        "rule": rule.id,
        "previous_on": previous,
        "computed_due_on": due,
        "due_on": due,
        "appointment": visit.id if visit else None,
        "status": "booked" if visit else "waiting",
        "created_at": done.at,
    }
    if person.number % 12 in (1, 8):
        row["due_on"] = due + dt.timedelta(days=14)
        row["due_reason"] = "Pacientul este plecat din țară până atunci."
        row["due_by"] = world.someone("receptionist")
    if world.chance(3):
        row["paused_until"] = due + dt.timedelta(days=60)
    row["disabled"] = world.chance(2)
    key = world.pen.add(Recall, **row)
    if visit is None and due - dt.timedelta(days=rule.lead_days) < world.today:
        _reach(world, person, rule, key, due)


def _came_back(care: Care, person: Person, due: dt.date) -> Visit:
    """The check after surgery, which hardly anybody leaves out."""
    visit = care.diary.book(person, "control", due, 30, sure=True)
    care.do(person, care.of("examination", "EX04"), visit)
    return visit


def _booked(care: Care, person: Person, world: World, due: dt.date) -> Visit | None:
    """A visit ahead that answers the recall: one that is there, or one booked now and then."""
    ahead = [one for one in care.diary.of.get(person.id, []) if one.starts_at > world.now]
    found = next((one for one in ahead if one.state == "booked" and one.kind == "hygiene"), None)
    if found or person.story in (3, 4) or not -20 < (due - world.today).days < 30:
        return found
    if not world.chance(50) and person.number >= 12:
        return None
    day = max(due, world.today) + dt.timedelta(days=world.dice.randint(1, 12))
    visit = care.diary.book(person, "hygiene", day, 60, sure=True)
    care.do(person, care.of("hygiene", "HY01"), visit)
    return visit


def _reach(world: World, person: Person, rule: RecallRule, key: int, due: dt.date) -> None:
    """Calls since the recall came up; what the last one said is where it stands."""
    first = due - dt.timedelta(days=rule.lead_days)
    days_open = (world.today - first).days
    most = min(rule.max_attempts, 1 + days_open // max(rule.days_between, 1))
    if person.story == 3 and world.chance(40):
        return
    row = world.pen.waiting[Recall][-1]
    for number in range(1, most + 1):
        day = world.open_day(first + dt.timedelta(days=(number - 1) * rule.days_between), -1)
        outcome = world.dice.choice(CALLS[:4] if number < most else CALLS)
        again = day + dt.timedelta(days=rule.days_between)
        world.pen.add(
            RecallAttempt,
            recall=key,
            number=number,
            channel="call" if outcome != "sent" else "whatsapp",
            outcome=outcome,
            next_on=again if outcome in ("later", "no_answer") else None,
            by=world.someone("call_centre", "receptionist"),
            at=world.some_time(min(day, world.today)),
        )
        row["status"] = STATUS_AFTER.get(outcome, "contacted")
