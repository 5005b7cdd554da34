"""When works will be ready, in words: the safe date, and on how many similar works it rests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from flask_babel import format_datetime, gettext, ngettext

from admin_views.drawn import drawn_once
from admin_views.plain_words import clinic_zone
from reports import past_works
from reports.forecast import Ask, Forecast, Stay, active, forecast
from reports.standing_works import Work
from schema.ahead import holders_of
from schema.orders import LabOrder
from schema.presence import People, Presence, first_day, people_on
from schema.workflow.routes import known_routes
from schema.working_time import WorkingTime, working_time

Routes = dict[tuple[int, int | None], str]


@drawn_once
def hours_at(location: int | None) -> WorkingTime:
    """Kept: a change of opening hours or closed days moves the stamp of the rights."""
    return working_time(location)


@drawn_once
def routes() -> Routes:
    """Kept: so does a change of a kind of work or of a material."""
    return known_routes()


@drawn_once
def people_known(today: dt.date) -> People:
    """Kept: so does a change of leave, shifts or skills."""
    return people_on(today)


def past_at(location: int | None, now: dt.datetime) -> list[Stay]:
    """The stays of past works in the working time of a place: durations alone, nobody's names.

    Read anew every quarter of an hour: a work or two that were ready since say little more.
    """
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    shelf = _shelf(location)
    found = shelf.get(quarter)
    if found is None:
        found = past_works.stays(LabOrder, routes(), now, hours_at(location))
        shelf.clear()
        shelf[quarter] = found
    return found


@drawn_once
def _shelf(location: int | None) -> dict[dt.datetime, list[Stay]]:
    """Where `past_at` keeps its newest answer."""
    return {}


def forecast_of(
    work: Work, standard: int, now: dt.datetime, waits: Mapping[int, int] | None = None
) -> Forecast | None:
    """The forecast of an open work; None on hold, and once the laboratory has handed it over.

    Of processes side by side the one that is ready last speaks. `standard` are the minutes that
    remain by standard times, which speak where there is no history. Past works know nothing of
    who is away now: that time comes on top (`waits`, as `leave_ahead` tells; asked when None).
    """
    if work.held or work.ready or not work.standings:
        return None
    hours, past = hours_at(work.location), past_at(work.location, now)
    route = routes().get(work.kind, "")
    waits = leave_ahead([work], now) if waits is None else waits
    found = [
        forecast(
            past,
            Ask(route, one.code, one.again, work.units, active(hours, one.since, now, one.waited)),
            standard,
        ).later(waits.get(one.card, 0))
        for one in work.standings
    ]
    return max(found, key=lambda one: one.safe(now, hours)[0])


def leave_ahead(works: Sequence[Work], now: dt.datetime) -> dict[int, int]:
    """Working minutes until somebody is there for the step at which each process stands.

    By the cards of the processes; only of those on leave now, and empty where nobody is. One
    question for all works.
    """
    people = people_known(now.astimezone(clinic_zone()).date())
    days = {work.location: _next_day(work, now) for work in works}
    if not any(day in away for away in people.away.values() for day in days.values()):
        return {}
    there, usual = Presence(people), Presence(people, leave=False)
    holders = holders_of([one.card for work in works for one in work.standings])
    waits = {}
    for work in works:
        hours = hours_at(work.location)
        for one in work.standings:
            who = holders.get(one.card)
            theirs, before = (
                known.of(who, hours) if who else known.at_stage(one.code, hours)
                for known in (there, usual)
            )
            waits[one.card] = hours.between(before.add(now, 0), theirs.add(now, 0))
    return waits


def _next_day(work: Work, now: dt.datetime) -> dt.date:
    hours = hours_at(work.location)
    return first_day(hours, now.astimezone(hours.zone).date())


def forecast_of_new(
    kind: tuple[int, int | None], teeth: int, location: int | None, standard: int, now: dt.datetime
) -> Forecast:
    """The forecast of a work that would be registered now."""
    ask = Ask(routes().get(kind, ""), "registration", again=False, units=teeth, age=0)
    return forecast(past_at(location, now), ask, standard)


def said(found: Forecast, location: int | None, now: dt.datetime) -> tuple[str, str]:
    """The safe date, such as `Thursday 26 November, 18:00`, and `85 % of 46 similar works`."""
    moment, percent = found.safe(now, hours_at(location))
    return slot_text(moment), _share(found, percent)


def _share(found: Forecast, percent: int) -> str:
    if not found.number:
        return gettext("by standard times, before there is history")
    if found.level == "longest":
        return ngettext(
            "%(percent)s %% of the %(num)s work that waited longest",
            "%(percent)s %% of the %(num)s works that waited longest",
            found.number,
            percent=percent,
        )
    return ngettext(
        "%(percent)s %% of %(num)s similar work",
        "%(percent)s %% of %(num)s similar works",
        found.number,
        percent=percent,
    )


def slot_text(moment: dt.datetime) -> str:
    """`Thursday 26 November, 18:00` in the reader's language, on the clinic's clock."""
    here = moment.astimezone(clinic_zone())
    return str(format_datetime(here, "EEEE d MMMM, HH:mm", rebase=False))
