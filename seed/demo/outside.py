"""Works that firms outside have today with their parts: one overdue, one due today, one ahead."""

from __future__ import annotations

import datetime as dt

from peewee import JOIN, Case, fn

from schema.cards import Card, CardStep
from schema.components import Component
from schema.holds import Hold
from schema.lab import Subcontractor
from schema.movements import ComponentMovement
from schema.outside import Outsourcing
from schema.pipelines import Stage
from schema.skills import Skill
from schema.tracks import Track
from schema.workflow.outside import Part, send
from schema.workflow.outside_reminders import remind
from schema.workflow.value_days import HOME_ZONE
from seed.demo.world import World

# When it was sent (open days ago, hour, minute), and when it is expected, in days from today.
SENT = ((5, 10, 20, -2), (3, 15, 40, 0), (1, 9, 10, 3))


def sow_outside(world: World) -> None:
    """By the verbs themselves, so that assignments end and the firm's clock runs."""
    firms = list(Subcontractor.select().order_by(Subcontractor.id))
    boss = world.staff["lab_supervisor"][0]
    for number, (track, at, expected) in enumerate(_chosen(world)):
        day = world.today + dt.timedelta(days=expected)
        send(
            track.id,
            firms[number % len(firms)].id,
            max(day, at.astimezone(HOME_ZONE).date()),
            by=boss,
            now=at,
            method=("courier", "own_driver", "hand")[number],
            units=number + 1,
            parts=_in_the_lab(track),
            cost=(number + 1) * 24_000,
            document=f"AV-51{number:02d}",
        )
    remind(world.now)


def _chosen(world: World) -> list[tuple[Track, dt.datetime, int]]:
    """Works that stood at their step when the driver came, each with that moment."""
    waiting, chosen = _to_send(), []
    for back, hour, minute, expected in SENT:
        left = world.moment(world.day(back), hour, minute)
        there = [one for one in waiting if _since(one) <= left]
        soon = [one for one in waiting if world.at_work(max(left, _since(one))) < world.now]
        for track in (there or soon or waiting)[:1]:
            waiting.remove(track)
            since = _since(track)
            at = world.at_work(max(left, since))
            chosen.append((track, at if at < world.now else since, expected))
    return chosen


def _since(track: Track) -> dt.datetime:
    """When the process came to the step at which it stands."""
    last = CardStep.select(CardStep.at).where(CardStep.card == track.card_id)
    step = last.order_by(CardStep.number.desc()).first()
    since: dt.datetime = step.at if step is not None else track.card.opened_at
    return since


def _to_send() -> list[Track]:
    """Processes that wait at the bench, and for nothing else, of orders with parts there."""
    busy = Outsourcing.select(Outsourcing.track).where(Outsourcing.returned_at.is_null())
    held = Hold.select(Hold.card).where(Hold.ended_at.is_null())
    at_the_bench = Stage.code.in_(Skill.select(Skill.stage_code))
    open_ones = Track.select(Track, Card).join(Card).join(Stage, on=Card.stage == Stage.id)
    found = open_ones.where(Card.closed_at.is_null(), at_the_bench, Track.id.not_in(busy))
    found = found.where(Stage.code != "milling")
    rows = found.where(Card.id.not_in(held)).order_by(Track.id.desc())
    full, orders = [], set()
    for track in rows:
        if track.order_id not in orders and _in_the_lab(track):
            full.append(track)
            orders.add(track.order_id)
    return full


def _in_the_lab(track: Track) -> list[Part]:
    """The first two components of the order that lie in the laboratory, one piece of each."""
    move = ComponentMovement
    there = fn.SUM(Case(move.to_holder, (("lab", move.number),), 0))
    gone = fn.SUM(Case(move.from_holder, (("lab", move.number),), 0))
    rows = (
        Component.select(Component.id)
        .join(ComponentMovement, JOIN.INNER)
        .where(Component.order == track.order_id)
        .group_by(Component.id)
        .having(there - gone > 0)
        .order_by(Component.id)
    )
    return [(key, "lab", 1) for (key,) in rows.limit(2).tuples()]
