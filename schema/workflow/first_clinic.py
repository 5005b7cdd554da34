"""The first act of a house: the clinic, its places, hours, closed days and first admin, at once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from schema.database import one_act
from schema.fields import normal_email
from schema.hours import OpeningHours
from schema.staff import Clinic, Location, Staff
from schema.workflow import Refused
from schema.workflow.closed_days import close_on
from schema.workflow.own_password import keep_first_admin, refuse_company

Sow = Callable[[dt.datetime], None]
Hours = list[tuple[int, int, int]]


@dataclass(frozen=True)
class Place:
    """A location with its week: (weekday 1 to 7, opens, closes), minutes after midnight."""

    name: str
    address: str | None
    phone: str | None
    hours: Hours


@dataclass(frozen=True)
class FirstClinic:
    """Everything that the first admin said; `password_hash` is made by `hash_password`."""

    name: str
    time_zone: str
    currency: str
    phone: str | None
    email: str | None
    address: str | None
    last_name: str
    first_name: str
    admin_email: str
    password_hash: str
    language: str
    places: list[Place] = field(default_factory=list)
    years: tuple[int, ...] = ()
    holidays: list[tuple[dt.date, str]] = field(default_factory=list)


def set_up_code(secret: str) -> str:
    """The word that proves that somebody sees this server's own terminal: `ABCD-EFGH-JKLM`.

    Made from the secret key, so that every process of a house says the same and nothing is stored.
    """
    made = hmac.digest(secret.encode(), b"benchside: first run", hashlib.sha256)
    letters = base64.b32encode(made).decode()[:12]
    return "-".join(letters[at : at + 4] for at in (0, 4, 8))


def refuse_wrong_code(secret: str, typed: str) -> None:
    """Refused unless the set-up code was typed; blanks, hyphens and case do not matter."""
    told = "".join(sign for sign in typed.upper() if sign.isalnum())
    if not hmac.compare_digest(told.encode(), set_up_code(secret).replace("-", "").encode()):
        raise Refused("This is not the set-up code. The server printed it when it started.")


def begin_clinic(
    first: FirstClinic, sow_rows: Sow, sow_demo: Sow | None, now: dt.datetime
) -> Staff:
    """Set up the clinic wholly or not at all; returns its admin. Refused when anybody works here.

    With `sow_demo` the invented people, places and hours of the demo come instead of one's own.
    """
    with one_act():
        refuse_company()
        sow_rows(now)
        if sow_demo:
            sow_demo(now)
        else:
            _open(first.places)
            close_on(first.years, first.holidays)
        _name(first, now)
        if Staff.select().where(Staff.email == normal_email(first.admin_email)).exists():
            raise Refused("Someone signs in with this e-mail.")
        return keep_first_admin(
            last_name=first.last_name,
            first_name=first.first_name,
            email=normal_email(first.admin_email),
            kept=first.password_hash,
            language=first.language,
        )


def _name(first: FirstClinic, now: dt.datetime) -> None:
    """What the clinic is called, and that works are handed over with statements from the start."""
    Clinic.update(
        name=first.name,
        time_zone=first.time_zone,
        currency=first.currency,
        phone=first.phone,
        email=first.email,
        address=first.address,
    ).where(Clinic.id == 1).execute()
    Clinic.update(statements_from=now.date()).where(
        Clinic.id == 1, Clinic.statements_from.is_null()
    ).execute()


def _open(places: list[Place]) -> None:
    for place in places:
        row = Location.create(name=place.name, address=place.address, phone=place.phone)
        for weekday, opens, closes in place.hours:
            OpeningHours.create(location=row, weekday=weekday, opens_at=opens, closes_at=closes)
