"""Who is at the screen: one question to the database for each request."""

from __future__ import annotations

import datetime as dt
import logging
from functools import cache, lru_cache
from typing import Any

from flask import Flask, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from peewee import JOIN, OperationalError

from schema.base import utcnow
from schema.database import database, is_sqlite
from schema.sessions import SignIn
from schema.staff import ADMIN, Clinic, Role, Staff, StaffRole
from schema.tablets import SharedDevice
from schema.workflow.sign_in import (
    LONGEST,
    SEEN_EVERY,
    TOUCHED_EVERY,
    idle_limit,
    note_seen,
    sha,
)

log = logging.getLogger(__name__)
SESSION = (
    "sign_in_id", "started_at", "seen_at", "staff_id", "first_name", "last_name", "language",
    "location_id", "seen_as_id", "seen_as_code", "seen_as", "rights_stamp", "clinic", "zone",
    "tablet_id", "tablet", "tablet_minutes", "tablet_sha",
)  # fmt: skip
TABLET_COOKIE = "tablet"  # the word of a shared tablet; see `admin_views/tablet.py`


class Person:
    """A signed-in member of staff, as Flask-Login and every screen know them."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, token: str, row: dict[str, Any]) -> None:
        self._token = token
        self.staff_id: int = row["staff_id"]
        self.name = f"{row['first_name']} {row['last_name']}"
        self.language: str = row["language"]
        self.location_id: int | None = row["location_id"]
        self.sign_in_id: int = row["sign_in_id"]
        self.clinic: str = row["clinic"] or ""
        self.zone: str | None = row["zone"]
        self.rights_stamp: int = row["rights_stamp"] or 0
        roles = _roles_now(self.staff_id, row["rights_stamp"])
        self.own_role_ids = frozenset(roles)
        self.is_admin = ADMIN in roles.values()
        if self.is_admin and row["seen_as_id"]:
            roles = {row["seen_as_id"]: row["seen_as_code"]}
        self.role_ids = frozenset(roles)
        self.role_codes = frozenset(roles.values())
        self.seen_as: str | None = row["seen_as"] if self.is_admin else None
        self.tablet_id: int | None = row["tablet_id"]
        self.tablet: str | None = row["tablet"]
        self.tablet_sha: str | None = row["tablet_sha"]
        self.locks_after: int | None = row["locks_after"]

    def get_id(self) -> str:
        return self._token

    def __str__(self) -> str:
        return self.name


def current_person() -> Person | None:
    """The person at the screen; None when nobody is signed in."""
    person = g.get("_login_user")  # a page asks 150 times, and each look at `g` takes its time
    if person is None:
        person = current_user._get_current_object()
    return person if person is not None and person.is_authenticated else None


def my_key() -> int:
    """The key of the person at the screen, on a page that strangers never reach."""
    person = current_person()
    assert person is not None
    return person.staff_id


def install(app: Flask) -> None:
    """Let Flask-Login find people by the token that their cookie holds."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_at_this_browser)
    forget_roles()


def _at_this_browser(token: str) -> Person | None:
    """A session of a shared tablet is nobody's in a browser that is not that tablet.

    What a page asks for by itself is no touch; its script tells of touches.
    """
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    word = request.cookies.get(TABLET_COOKIE, "")
    person = find_person(token, touched=not by_script, tablet=word)
    if person is None or person.tablet_sha is None:
        return person
    return person if sha(word) == person.tablet_sha else None


def find_person(
    token: str, now: dt.datetime | None = None, touched: bool = True, tablet: str = ""
) -> Person | None:
    """The person whose live session this is; on a shared tablet only a touch keeps it alive.

    `tablet` is the word of the browser that asks: also a session that a password opened on an
    enrolled tablet is as short as that tablet says.
    """
    now = now or utcnow()
    row = _session_of(token)
    if row is None or now - row["started_at"] > LONGEST:
        return None
    row["locks_after"] = _locks_after(row, tablet)
    unseen = now - row["seen_at"]
    if unseen > idle_limit(row["locks_after"]):
        return None
    shared = row["locks_after"] is not None
    if unseen > (TOUCHED_EVERY if shared else SEEN_EVERY) and (touched or not shared):
        _note_seen(row["sign_in_id"], now)
    return Person(token, row)


def _locks_after(row: dict[str, Any], word: str) -> int | None:
    """Minutes untouched after which a session ends on a shared tablet; None on one's own device."""
    if row["tablet_id"] is not None or not word:
        return row["tablet_minutes"]
    live = SharedDevice.ended_on.is_null() & (SharedDevice.token_sha == sha(word))
    minutes: int | None = SharedDevice.select(SharedDevice.idle_minutes).where(live).scalar()
    return minutes


def remember(token: str) -> None:
    """Begin a fresh cookie for a new session; whatever the old one held is gone."""
    session.clear()
    person = find_person(token)
    if person is not None:
        login_user(person)


def forget() -> None:
    """Empty this browser's cookie."""
    logout_user()
    session.clear()


@lru_cache(maxsize=1024)
def own_roles(staff_id: int, rights_stamp: int) -> dict[int, str]:
    """Role ids and codes that a person holds; the stamp grows whenever that may have changed."""
    held = StaffRole.select(Role.id, Role.code).join(Role)
    mine = held.where(StaffRole.staff == staff_id, StaffRole.ended_on.is_null())
    return dict(mine.tuples())


def _roles_now(staff_id: int, stamp: int | None) -> dict[int, str]:
    """Before there is a clinic, nothing counts the changes, so nothing is kept."""
    return own_roles(staff_id, stamp) if stamp else own_roles.__wrapped__(staff_id, 0)


def forget_roles() -> None:
    """Another database was opened: what was known of people no longer holds."""
    own_roles.cache_clear()


def _session_of(token: str) -> dict[str, Any] | None:
    """Who has a live session with this token, and what counts for rights."""
    text, first = _session_text(is_sqlite())
    row = database.execute_sql(text, (*first, sha(token))).fetchone()
    if row is None:
        return None
    known = dict(zip(SESSION, row, strict=True))
    for name in ("started_at", "seen_at"):
        known[name] = SignIn._meta.fields[name].python_value(known[name])
    return known


@cache
def _session_text(sqlite: bool) -> tuple[str, list]:
    """The question of every request, composed once; the token's hash is its last value."""
    stamp = Clinic.select(Clinic.rights_stamp).where(Clinic.id == 1)
    clinic = Clinic.select(Clinic.name).where(Clinic.id == 1)
    zone = Clinic.select(Clinic.time_zone).where(Clinic.id == 1)
    columns = (
        SignIn.id,
        SignIn.started_at,
        SignIn.seen_at,
        Staff.id,
        Staff.first_name,
        Staff.last_name,
        Staff.language,
        Staff.location,
        Role.id,
        Role.code,
        Role.name,
        stamp,
        clinic,
        zone,
        SharedDevice.id,
        SharedDevice.name,
        SharedDevice.idle_minutes,
        SharedDevice.token_sha,
    )
    named = [column.alias(name) for column, name in zip(columns, SESSION, strict=True)]
    query = SignIn.select(*named).join(Staff, on=SignIn.staff == Staff.id)
    query = query.join(Role, JOIN.LEFT_OUTER, on=SignIn.seen_as_role == Role.id)
    query = query.join(SharedDevice, JOIN.LEFT_OUTER, on=SignIn.tablet == SharedDevice.id)
    here = SharedDevice.ended_on.is_null() & (SharedDevice.location == Staff.location)
    live = query.where(SignIn.ended_at.is_null(), Staff.ended_on.is_null())
    live = live.where(SignIn.tablet.is_null() | here)
    text, values = live.where(SignIn.token_sha == "").sql()
    return text, values[:-1]


def _note_seen(sign_in_id: int, now: dt.datetime) -> None:
    """A full disk must not keep people from reading."""
    try:
        note_seen(sign_in_id, now)
    except OperationalError:
        log.warning("the session's last use could not be written", exc_info=True)
