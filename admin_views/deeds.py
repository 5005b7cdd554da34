"""What is done in one click, on the first page and on a record's own: who may, when, which verb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import request
from flask_babel import gettext, lazy_gettext
from peewee import Model

from admin_views import card_rights
from admin_views.bench import may_work
from admin_views.numbers_in import number_in
from admin_views.plain_words import clinic_zone, local, moment_text
from admin_views.policy import can, granted, may_touch
from admin_views.work_forecast import hours_at
from schema.appointments import Appointment
from schema.base import utcnow
from schema.cards import CardStep
from schema.contacts import Contact
from schema.database import one_act
from schema.followups import Followup
from schema.holds import Hold
from schema.leads import Lead
from schema.presence import first_day
from schema.tracks import Assignment, Track
from schema.workflow import Refused, followups, visits
from schema.workflow.answering import answer
from schema.workflow.bench import perform
from schema.workflow.holding import resume

MORNING, A_DAY = dt.time(9), dt.timedelta(days=1)
Knows = Callable[[str], Any]


@dataclass(frozen=True)
class Deed:
    """One act on a row: its words, for whom, on which rows, what it does and says afterwards.

    `fits` asks for values of the row by the names of its columns; `reaches` is the verb that the
    person's right must have on the row itself.
    """

    label: Any
    model: type[Model]
    may: Callable[[], bool]
    fits: Callable[[Knows], bool]
    does: Callable[[Any, int], str]
    reaches: str = "edit"
    main: bool = True
    on_lines: bool = True  # also on the lines of the first page, not on the record's alone

    def open_on(self, row: Any) -> bool:
        """Whether the deed fits this row and the person's right reaches it."""
        return self.fits(lambda name: getattr(row, name)) and may_touch(self.reaches, row)


def _arrive(visit: Appointment, me: int) -> str:
    visits.arrive(visit.id, by=me, now=utcnow())
    return gettext("Noted: the patient is here.")


def _confirm(visit: Appointment, me: int) -> str:
    visits.confirm(visit.id, by=me, now=utcnow())
    return gettext("Noted: the patient will come.")


def _miss(visit: Appointment, me: int) -> str:
    visits.miss(visit.id, by=me, now=utcnow())
    return gettext("Noted: the patient did not come.")


def _complete(visit: Appointment, me: int) -> str:
    visits.complete(visit.id, by=me, now=utcnow())
    return gettext("Noted: the visit is over.")


def _take_back(visit: Appointment, me: int) -> str:
    visits.take_back(visit.id, by=me, now=utcnow())
    return gettext("Taken back.")


def _finish(task: Followup, me: int) -> str:
    followups.finish(task.id, by=me, now=utcnow())
    return gettext("Done.")


def _open_again(task: Followup, me: int) -> str:
    followups.open_again(task.id, by=me, now=utcnow())
    return gettext("It waits again.")


def _put_off(task: Followup, me: int) -> str:
    """To the morning of the next working day."""
    now, zone = utcnow(), clinic_zone()
    day = first_day(hours_at(task.location_id), now.astimezone(zone).date() + A_DAY)
    until = dt.datetime.combine(day, MORNING, zone).astimezone(dt.UTC)
    followups.put_off(task.id, until, by=me, now=now)
    return gettext("Put off until %(when)s.", when=moment_text(until))


def _answer(lead: Lead, me: int) -> str:
    with one_act():
        contact = answer(lead.id, by=me, now=utcnow())
        if not may_touch("create", contact):
            raise Refused("This inquiry is of another place.")
    return gettext("Noted: the inquiry is answered.")


def _take(track: Track, me: int) -> str:
    _refuse_beyond(CardStep, "create", track.card_id)
    seen = number_in(request.args.get("seen"))
    seen = track.card.step_count if seen is None else seen
    perform("start", uuid4().hex, track.card_id, by=me, now=utcnow(), seen=seen)
    return gettext("It is yours now.")


def _resume(held: Hold, me: int) -> str:
    _refuse_beyond(Hold, "edit", held.card_id)
    resume(held.card_id, by=me, now=utcnow())
    return gettext("It goes on.")


def _refuse_beyond(model: type[Model], verb: str, card: int) -> None:
    if not card_rights.cards_within(model, verb, [card]):
        raise Refused("You may not do this here.")


def _open(knows: Knows) -> bool:
    """A visit to which nobody came yet, and that was not called off."""
    gone = ("arrived_at", "completed_at", "missed_at", "cancelled_at")
    return all(knows(name) is None for name in gone)


def _expected(knows: Knows) -> bool:
    """A visit of today whose patient is not here yet."""
    return local(knows("starts_at")).date() == local(utcnow()).date() and _open(knows)


def _unconfirmed(knows: Knows) -> bool:
    return knows("starts_at") > utcnow() and knows("confirmed_at") is None and _open(knows)


def _not_come(knows: Knows) -> bool:
    return knows("starts_at") <= utcnow() and _open(knows)


def _is_here(knows: Knows) -> bool:
    return knows("arrived_at") is not None and knows("completed_at") is None


def _was_noted(knows: Knows) -> bool:
    came = knows("arrived_at") is not None or knows("missed_at") is not None
    return came and knows("cancelled_at") is None


def _waits(knows: Knows) -> bool:
    return knows("done_at") is None and knows("cancelled_at") is None


def _unanswered(knows: Knows) -> bool:
    ends = ("first_response_at", "lost_at", "converted_at")
    return all(knows(name) is None for name in ends)


def _may_note(column: str) -> Callable[[], bool]:
    return lambda: granted("edit", Appointment, column)


def _may_take() -> bool:
    return may_work() and can("create", Assignment)


DEEDS: dict[str, Deed] = {
    "confirmed": Deed(
        lazy_gettext("Confirmed"),
        Appointment,
        _may_note("confirmed_at"),
        _unconfirmed,
        _confirm,
        on_lines=False,
    ),
    "missed": Deed(
        lazy_gettext("Missed"),
        Appointment,
        _may_note("missed_at"),
        _not_come,
        _miss,
        main=False,
        on_lines=False,
    ),
    "arrived": Deed(
        lazy_gettext("Arrived"), Appointment, _may_note("arrived_at"), _expected, _arrive
    ),
    "completed": Deed(
        lazy_gettext("Completed"), Appointment, _may_note("completed_at"), _is_here, _complete
    ),
    "take-back": Deed(
        lazy_gettext("Take back"),
        Appointment,
        _may_note("arrived_at"),
        _was_noted,
        _take_back,
        on_lines=False,
    ),
    "done": Deed(
        lazy_gettext("Done"),
        Followup,
        lambda: granted("edit", Followup, "done_at"),
        _waits,
        _finish,
    ),
    "put-off": Deed(
        lazy_gettext("Put off"),
        Followup,
        lambda: can("edit", Followup, "due_at"),
        _waits,
        _put_off,
        main=False,
    ),
    "open-again": Deed(
        lazy_gettext("Open again"),
        Followup,
        lambda: granted("edit", Followup, "done_at"),
        lambda knows: knows("done_at") is not None,
        _open_again,
        main=False,
    ),
    "called": Deed(
        lazy_gettext("Answered"),
        Lead,
        lambda: can("create", Contact, "lead"),
        _unanswered,
        _answer,
        reaches="read",
    ),
    "take": Deed(lazy_gettext("Take"), Track, _may_take, lambda knows: True, _take, reaches="read"),
    "resume": Deed(
        lazy_gettext("Let it go on"),
        Hold,
        card_rights.may_resume,
        lambda knows: True,
        _resume,
        main=False,
    ),
}
