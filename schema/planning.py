"""Dates of a line of steps: the latest starts back from a moment, the earliest ends from one on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from schema.working_time import WorkingTime

# Whoever the work waits for has no opening hours of ours: these clocks run through.
WALL_CLOCKS = ("machine", "supplier", "patient")


@dataclass(frozen=True)
class Step:
    """One stage that lies ahead: its key, how long it takes in minutes, and on whose clock.

    `lab` and `clinic` are working minutes; a `machine` runs through once somebody has loaded it in
    working time; `supplier` and `patient` are minutes of the calendar. `hours` are those of the
    people who do it, where they differ from the hours of the place.
    """

    stage: int
    minutes: int
    clock: str = "lab"
    hours: WorkingTime | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Side:
    """Lines that run side by side: what follows begins when the slowest of them is done."""

    lines: tuple[Line, ...]


Line = tuple["Step | Side", ...]


@dataclass(frozen=True)
class Planned:
    """A step with its start and its finish, both UTC."""

    step: Step
    start: dt.datetime
    finish: dt.datetime


def back(line: Line, ready_by: dt.datetime, hours: WorkingTime) -> list[Planned]:
    """The latest start and finish of each step so that all are done by `ready_by` (UTC).

    In the order of their starts. A machine starts at the last moment at which somebody can load
    it and it still ends in time: sintering of 10 hours for 09:00 is loaded the evening before.
    """
    return sorted(_back(line, ready_by, hours), key=_by_start)


def on(line: Line, start: dt.datetime, hours: WorkingTime) -> list[Planned]:
    """The earliest start and finish of each step when the line begins at `start` (UTC)."""
    return sorted(_on(line, start, hours), key=_by_start)


def latest_start(line: Line, ready_by: dt.datetime, hours: WorkingTime) -> dt.datetime:
    """When the line must begin at the latest (UTC) to be done by `ready_by`."""
    return min((one.start for one in _back(line, ready_by, hours)), default=ready_by)


def earliest_end(line: Line, start: dt.datetime, hours: WorkingTime) -> dt.datetime:
    """When the line is done at the earliest (UTC), in working time: who waits can fetch it then."""
    ends = [one.finish for one in _on(line, start, hours)]
    return hours.add(max(ends, default=start), 0)


def minutes_of(line: Line) -> int:
    """Minutes of all steps one after another, of lines side by side only the longest one.

    Minutes of machines and of working time are added up: a measure of what is left, not a date.
    """
    total = 0
    for part in line:
        if isinstance(part, Step):
            total += part.minutes
        else:
            total += max(map(minutes_of, part.lines), default=0)
    return total


def operation_due(after: Line, ready_by: dt.datetime, hours: WorkingTime) -> dt.datetime:
    """The latest finish of the present step (UTC), when `after` is the line behind it."""
    return latest_start(after, ready_by, hours)


def slack(line: Line, now: dt.datetime, ready_by: dt.datetime, hours: WorkingTime) -> int:
    """Working minutes that can still be lost before `line` is late; negative once it is."""
    last = latest_start(line, ready_by, hours)
    return hours.between(now, last) if last >= now else -hours.between(last, now)


def started(line: Line, minutes: int) -> Line:
    """The line when `minutes` of its first step are done already; the rest is at least 0."""
    if not line or isinstance(line[0], Side):
        return line
    first = line[0]
    return (replace(first, minutes=max(0, first.minutes - minutes)), *line[1:])


def _back(line: Line, finish: dt.datetime, hours: WorkingTime) -> list[Planned]:
    planned: list[Planned] = []
    for part in reversed(line):
        if isinstance(part, Side):
            found = [one for side in part.lines for one in _back(side, finish, hours)]
            planned += found
            finish = min((one.start for one in found), default=finish)
            continue
        start = _start_of(part, finish, hours)
        planned.append(Planned(part, start, _end_of(part, start, hours)))
        finish = start
    return planned


def _on(line: Line, start: dt.datetime, hours: WorkingTime) -> list[Planned]:
    planned: list[Planned] = []
    for part in line:
        if isinstance(part, Side):
            found = [one for side in part.lines for one in _on(side, start, hours)]
            planned += found
            start = max((one.finish for one in found), default=start)
            continue
        begun = _begun(part, start, hours)
        planned.append(Planned(part, begun, _end_of(part, begun, hours)))
        start = planned[-1].finish
    return planned


def _start_of(step: Step, finish: dt.datetime, hours: WorkingTime) -> dt.datetime:
    hours = step.hours or hours
    if step.clock == "machine":
        return hours.sub(finish - dt.timedelta(minutes=step.minutes), 0)
    if step.clock in WALL_CLOCKS:
        return finish - dt.timedelta(minutes=step.minutes)
    return hours.sub(finish, step.minutes)


def _begun(step: Step, start: dt.datetime, hours: WorkingTime) -> dt.datetime:
    """When a step begins that may begin at `start`: a furnace is still loaded at closing time."""
    hours = step.hours or hours
    if step.clock in ("supplier", "patient"):
        return start
    moment = step.clock == "machine" or not step.minutes
    return start if moment and hours.sub(start, 0) == start else hours.add(start, 0)


def _end_of(step: Step, start: dt.datetime, hours: WorkingTime) -> dt.datetime:
    hours = step.hours or hours
    if step.clock in WALL_CLOCKS:
        return start + dt.timedelta(minutes=step.minutes)
    return hours.add(start, step.minutes) if step.minutes else start


def _by_start(one: Planned) -> tuple[dt.datetime, dt.datetime]:
    return one.start, one.finish


def ready_by(visit: dt.datetime, days: int, hours: WorkingTime) -> dt.datetime:
    """When a work for a visit (UTC) must be ready: the end of the `days`-th working day before it.

    Days on which nobody works do not count. Without opening hours, `days` days before the visit.
    """
    if not hours.sessions:
        return visit - dt.timedelta(days=days)
    midnight = visit.astimezone(hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    ends: list[dt.datetime] = []
    for _, closes in hours.spans_back(midnight.astimezone(dt.UTC)):
        if not ends or _day(closes, hours) < _day(ends[-1], hours):
            ends.append(closes)
        if len(ends) == days:
            return ends[-1]
    return visit - dt.timedelta(days=days)


def earliest_visit(ready: dt.datetime, days: int, hours: WorkingTime) -> dt.date:
    """The first working day (of the clinic) whose visits leave `days` working days after `ready`.

    It undoes `ready_by`: a visit on that day must be ready no sooner than `ready` (UTC).
    """
    day = ready.astimezone(hours.zone).date()
    for _ in range(400):
        day += dt.timedelta(days=1)
        noon = dt.datetime.combine(day, dt.time(12), hours.zone).astimezone(dt.UTC)
        works = not hours.sessions or hours.spans_of(day)
        if works and ready_by(noon, days, hours) >= ready:
            return day
    return day


def _day(moment: dt.datetime, hours: WorkingTime) -> dt.date:
    """The day of a closing; midnight still belongs to the day that it ends."""
    return (moment - dt.timedelta(minutes=1)).astimezone(hours.zone).date()


def stages_in(line: Line) -> Iterable[int]:
    """The keys of all stages of a line, those side by side too."""
    for part in line:
        if isinstance(part, Step):
            yield part.stage
        else:
            for side in part.lines:
                yield from stages_in(side)


def joined(lines: Sequence[Line]) -> Line:
    """Several lines as one: alone when there is one, else side by side."""
    if len(lines) == 1:
        return lines[0]
    return (Side(tuple(lines)),) if lines else ()
