"""The week of a place as a grid of boxes: filled, copied from day to day, read back."""

from __future__ import annotations

from typing import Any

from admin_views.plain_words import weekday_text
from admin_views.typed import Typed
from schema.workflow import Refused
from schema.workflow.weeks import DAYS, Session, clock_text, read_session, refuse_overlap

SESSIONS = (0, 1)
USUAL = dict.fromkeys(range(1, 6), ("09:00", "18:00"))


def box(place: object, day: int, session: int, end: str) -> str:
    """The name of one box of the grid."""
    return f"h.{place}.{day}.{session}.{end}"


def usual_week(place: object) -> dict[str, str]:
    """Nine to six from Monday to Friday, as boxes."""
    return {
        box(place, day, 0, end): text
        for day, times in USUAL.items()
        for end, text in zip(("from", "to"), times, strict=True)
    }


def boxes_of(place: object, week: list[Session]) -> dict[str, str]:
    """The sessions of a week as boxes; a third one of a day has no box and is left out."""
    found: dict[str, str] = {}
    for day in DAYS:
        sessions = sorted(one for one in week if one[0] == day)
        for number, (_, opens, closes) in zip(SESSIONS, sessions, strict=False):
            found[box(place, day, number, "from")] = clock_text(opens)
            found[box(place, day, number, "to")] = clock_text(closes)
    return found


def copy_monday(texts: dict[str, str], place: object, days: range = range(2, 6)) -> None:
    """Give Tuesday to Friday the boxes of Monday."""
    for day in days:
        for session in SESSIONS:
            for end in ("from", "to"):
                texts[box(place, day, session, end)] = texts.get(box(place, 1, session, end), "")


def copy_week(texts: dict[str, str], source: object, target: object) -> None:
    """Give one place the boxes of another."""
    for day in DAYS:
        for session in SESSIONS:
            for end in ("from", "to"):
                texts[box(target, day, session, end)] = texts.get(
                    box(source, day, session, end), ""
                )


def read_week(typed: Typed, place: object) -> list[Session]:
    """The sessions of a place; what makes no sense stands as a mistake at its first box."""
    week: list[Session] = []
    for day in DAYS:
        todays: list[Session] = []
        for session in SESSIONS:
            first = box(place, day, session, "from")
            try:
                times = read_session(typed.text(first), typed.text(box(place, day, session, "to")))
                if times:
                    todays.append((day, *times))
                refuse_overlap(todays)
            except Refused as error:
                typed.wrong(first, error)
        week += todays
    return week


def grid(place: object, texts: dict[str, str], mistakes: dict[str, str]) -> list[dict[str, Any]]:
    """The lines of the grid as the template draws them."""
    return [
        {
            "day": weekday_text(day),
            "sessions": [
                {
                    "from": box(place, day, session, "from"),
                    "to": box(place, day, session, "to"),
                    "opens": texts.get(box(place, day, session, "from"), ""),
                    "closes": texts.get(box(place, day, session, "to"), ""),
                    "wrong": mistakes.get(box(place, day, session, "from")),
                }
                for session in SESSIONS
            ],
        }
        for day in DAYS
    ]
