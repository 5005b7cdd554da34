"""What outside works mean for dates: a supplier's step lasts its P80, a work away its rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from schema.outside import Outsourcing
from schema.pipelines import Stage
from schema.planning import Line, Side, Step
from schema.supplier_times import times_by_firm, times_by_stage
from schema.tracks import Track
from schema.working_time import clinic_zone

EVENING = dt.time(18)


def supplier_steps(now: dt.datetime) -> dict[int, int]:
    """Minutes of the calendar (P80) of each stage on a supplier's clock, by the stage's key.

    Only of steps that came back often enough; others keep their standard minutes.
    """
    times = {code: time.p80 for code, time in times_by_stage(now).items()}
    stages = Stage.select(Stage.id, Stage.code).where(Stage.clock == "supplier")
    found = {key: times.get(code) for key, code in stages.tuples()}
    return {key: minutes for key, minutes in found.items() if minutes is not None}


def by_suppliers(line: Line, minutes: Mapping[int, int]) -> Line:
    """The line with each supplier's step as long as `minutes` of its stage says."""
    parts: list[Step | Side] = []
    for part in line:
        if isinstance(part, Side):
            parts.append(Side(tuple(by_suppliers(side, minutes) for side in part.lines)))
        elif part.stage in minutes:
            parts.append(replace(part, minutes=minutes[part.stage]))
        else:
            parts.append(part)
    return tuple(parts)


def at_a_firm(cards: Iterable[int], now: dt.datetime) -> dict[int, int]:
    """Minutes of the calendar until a firm is likely to be done, by the card (its key).

    By the firm's P80 since sending; with too few past works, until the evening of the day on which
    it is expected. At least 0: a work that is overdue may come any moment.
    """
    asked = Outsourcing.select(
        Track.card, Outsourcing.subcontractor, Outsourcing.sent_at, Outsourcing.expected_on
    ).join(Track)
    rows = asked.where(Track.card.in_(list(cards)), Outsourcing.returned_at.is_null())
    found = list(rows.tuples())
    times = times_by_firm(now) if found else {}
    left = {}
    for card, firm, sent, expected in found:
        p80 = times[firm].p80 if firm in times else None
        back = sent + dt.timedelta(minutes=p80) if p80 is not None else _evening(expected)
        left[card] = max(0, int((back - now).total_seconds() // 60))
    return left


def at_the_firm(line: Line, minutes: int) -> Line:
    """The line whose present step a firm does for `minutes` more of the calendar."""
    if not line or isinstance(line[0], Side):
        return line
    return (Step(line[0].stage, minutes, "supplier"), *line[1:])


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, EVENING, clinic_zone()).astimezone(dt.UTC)
