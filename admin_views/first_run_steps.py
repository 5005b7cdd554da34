"""The questions of the first-run pages, one step each: what was typed, understood or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext

from admin_views.closed_boxes import boxes_of, read_days
from admin_views.first_run_draft import Draft
from admin_views.numbers_in import number_in
from admin_views.typed import Typed
from admin_views.weeks import read_week, usual_week
from schema.staff import LANGUAGES, Clinic, Location, Staff
from schema.workflow import Refused
from schema.workflow.first_clinic import FirstClinic, Place
from schema.workflow.passwords import hash_password, refuse_weak_password
from schema.workflow.public_holidays import public_holidays
from schema.zones import HOME, ZONES

STEPS = {
    "language": lazy_gettext("Language"),
    "clinic": lazy_gettext("Clinic"),
    "locations": lazy_gettext("Locations"),
    "hours": lazy_gettext("Opening hours"),
    "holidays": lazy_gettext("Closed days"),
    "admin": lazy_gettext("First admin"),
    "start": lazy_gettext("Start with"),
    "summary": lazy_gettext("Summary"),
}
STARTS = {"empty": "Empty", "demo": "Demo"}
FEWEST_ROWS, MOST_ROWS = 3, 20


def beginnings(step: str, draft: Draft, year: int) -> dict[str, str]:
    """What a step shows: what was typed there, else what is usual."""
    typed = draft.get(step)
    if step == "hours":
        usual: dict[str, str] = {}
        for row, _ in places_of(draft):
            usual |= {} if f"seen.{row}" in (typed or {}) else usual_week(row)
        return usual | (typed or {})
    if typed is not None:
        return typed
    if step == "clinic":
        return {"time_zone": HOME, "currency": "RON"}
    if step == "holidays":
        language = draft.get("language", {}).get("language", "ro")
        return boxes_of(public_holidays([year, year + 1], language))
    return {"start": "empty"} if step == "start" else {}


def read_language(typed: Typed, draft: Draft) -> str:
    return typed.choice("language", LANGUAGES)


def read_clinic(typed: Typed, draft: Draft) -> dict[str, Any]:
    """The clinic's own row."""
    currency = typed.column("currency", Clinic.currency, needed=True) or ""
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        typed.wrong("currency", Refused("A currency is three capital letters, such as RON or EUR."))
    return {
        "name": typed.column("name", Clinic.name, needed=True) or "",
        "time_zone": typed.choice("time_zone", ZONES),
        "currency": currency.upper(),
        "phone": typed.column("phone", Clinic.phone),
        "email": typed.column("email", Clinic.email),
        "address": typed.column("address", Clinic.address),
    }


def read_locations(typed: Typed, draft: Draft) -> list[tuple[int, Place]]:
    """The rows in which a name stands, each with its place in the form."""
    found: list[tuple[int, Place]] = []
    for row in range(rows_in(typed.texts)):
        name = typed.column(f"name.{row}", Location.name)
        address = typed.column(f"address.{row}", Location.address)
        phone = typed.column(f"phone.{row}", Location.phone)
        if name is None:
            if address or phone:
                typed.wrong(f"name.{row}", Refused("This field is required."))
        elif name in [place.name for _, place in found]:
            typed.wrong(f"name.{row}", Refused("A location has this name already."))
        else:
            found.append((row, Place(name, address, phone, [])))
    if not found:
        typed.wrong("name.0", Refused("Write at least one location."))
    return found


def rows_in(texts: Any) -> int:
    """How many rows of locations the form has."""
    return max(FEWEST_ROWS, min(number_in(texts.get("rows")) or 0, MOST_ROWS))


def places_of(draft: Draft) -> list[tuple[int, Place]]:
    return read_locations(Typed(draft.get("locations", {})), draft)


def read_hours(typed: Typed, draft: Draft) -> dict[int, Any]:
    """The week of each location, by its row."""
    return {row: read_week(typed, row) for row, _ in places_of(draft)}


def read_holidays(typed: Typed, draft: Draft) -> list[tuple[dt.date, str]]:
    return read_days(typed)


def read_admin(typed: Typed, draft: Draft) -> dict[str, str]:
    """Names, e-mail and the password's hash, which the draft keeps instead of the password."""
    kept = draft.setdefault("admin", {})
    said = {
        "last_name": typed.column("last_name", Staff.last_name, needed=True) or "",
        "first_name": typed.column("first_name", Staff.first_name, needed=True) or "",
        "admin_email": typed.column("email", Staff.email, needed=True) or "",
    }
    password, again = typed.text("password"), typed.text("again")
    if password or again:
        try:
            if password != again:
                raise Refused("The two new passwords differ. Type the same one twice.")
            names = [place.name for _, place in places_of(draft)]
            clinic = draft.get("clinic", {}).get("name", "")
            refuse_weak_password(password, *said.values(), clinic, *names)
            kept["hash"] = hash_password(password)
        except Refused as error:
            typed.wrong("password", error)
    elif not kept.get("hash"):
        typed.wrong("password", Refused("This field is required."))
    return said | {"password_hash": kept.get("hash", "")}


def read_start(typed: Typed, draft: Draft) -> str:
    return typed.choice("start", STARTS)


READERS: dict[str, Callable[[Typed, Draft], Any]] = {
    "language": read_language,
    "clinic": read_clinic,
    "locations": read_locations,
    "hours": read_hours,
    "holidays": read_holidays,
    "admin": read_admin,
    "start": read_start,
}


def understand(draft: Draft) -> tuple[dict[str, Any], str | None]:
    """What each step says, and the first step that was not answered well; None when all were."""
    said: dict[str, Any] = {}
    for step, read in READERS.items():
        typed = Typed(draft.get(step, {}))
        said[step] = read(typed, draft)
        if step not in draft or typed.mistakes:
            return said, step
    return said, None


def first_clinic(said: dict[str, Any], year: int) -> FirstClinic:
    """The answers as the verb takes them."""
    weeks = said["hours"]
    return FirstClinic(
        **said["clinic"],
        **said["admin"],
        language=said["language"],
        places=[
            Place(place.name, place.address, place.phone, weeks[row])
            for row, place in said["locations"]
        ],
        years=(year, year + 1),
        holidays=said["holidays"],
    )
