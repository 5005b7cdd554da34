"""Signing in and out: a session is a row, the browser holds a random word that names it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from peewee import JOIN

from schema.acting import acting
from schema.database import one_act
from schema.fields import normal_email
from schema.sessions import SignIn
from schema.staff import ADMIN, Role, Staff, StaffRole
from schema.tablets import SharedDevice
from schema.workflow import Refused
from schema.workflow.passwords import fits, hash_password, is_outdated
from schema.workflow.throttle import count_try, forgive

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
SEEN_EVERY, TOUCHED_EVERY = dt.timedelta(seconds=60), dt.timedelta(seconds=5)


def sign_in(email: str, password: str, address: str, device: str, now: dt.datetime) -> str:
    """Open a session for the person whose e-mail and password these are; returns its token.

    Unknown, ended and wrong are one answer, after the same work. Must not run inside an act:
    the try is counted before the password is looked at, and stays counted.
    """
    known = _plain(email)
    name = known or email
    count_try(name, address, now)
    staff = Staff.get_or_none(Staff.email == known, Staff.ended_on.is_null()) if known else None
    if not fits(staff.password_hash if staff else None, password) or staff is None:
        raise Refused("This e-mail and this password do not belong together.")
    forgive(name, address, now)
    if is_outdated(staff.password_hash):
        _keep_anew(staff, password)
    return begin_session(staff, address, device, now)


def begin_session(
    staff: Staff,
    address: str,
    device: str,
    now: dt.datetime,
    tablet: SharedDevice | None = None,
) -> str:
    """Open a session for somebody whose identity is proven; returns its token.

    With a `tablet` it is short, holds on that shared tablet alone and opens only the floor.
    """
    token = secrets.token_urlsafe(32)
    with acting(staff=staff.id), one_act():
        SignIn.create(
            staff=staff,
            token_sha=sha(token),
            started_at=now,
            seen_at=now,
            address=address[:64],
            device=device[:200],
            tablet=tablet,
        )
    return token


def note_seen(sign_in_id: int, now: dt.datetime) -> None:
    """Write down that a session is in use."""
    with one_act():
        SignIn.update(seen_at=now).where(SignIn.id == sign_in_id).execute()


def sign_out(token: str, now: dt.datetime) -> None:
    """End one session; its token opens nothing any more."""
    end_sessions(now, SignIn.token_sha == sha(token))


def sign_out_everywhere(staff: Staff | int, now: dt.datetime, but: int | None = None) -> int:
    """End every session of a person, perhaps but one; returns how many ended."""
    others = SignIn.staff == staff
    return end_sessions(now, others & (SignIn.id != but) if but else others)


def look_as(sign_in_id: int, role: Role | None, now: dt.datetime) -> None:
    """An admin sees the house as another role does; None ends it."""
    with one_act():
        session = SignIn.get_by_id(sign_in_id)
        if not is_admin(session.staff_id):
            raise Refused("Only an admin can look as another role.")
        session.seen_as_role = role
        session.seen_at = now
        session.save()


def live_sessions(staff: Staff | int, now: dt.datetime) -> list[SignIn]:
    """The open sessions of a person, the last used first."""
    every = SignIn.select(SignIn, SharedDevice).join(SharedDevice, JOIN.LEFT_OUTER)
    mine = every.where(SignIn.staff == staff, SignIn.ended_at.is_null())
    recent = mine.where(SignIn.seen_at > now - IDLE, SignIn.started_at > now - LONGEST)
    found = recent.order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return [one for one in found if now - one.seen_at <= idle_limit(_minutes(one.tablet))]


def idle_limit(tablet_minutes: int | None) -> dt.timedelta:
    """How long a session lives without use; on a shared tablet as long as that tablet says."""
    return IDLE if tablet_minutes is None else dt.timedelta(minutes=tablet_minutes)


def is_admin(staff_id: int) -> bool:
    """Whether a person has the role admin."""
    held = StaffRole.select().join(Role).where(Role.code == ADMIN, StaffRole.ended_on.is_null())
    return held.where(StaffRole.staff == staff_id).exists()


def sha(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _minutes(tablet: SharedDevice | None) -> int | None:
    return tablet.idle_minutes if tablet is not None else None


def _plain(email: str) -> str | None:
    """One spelling for all spellings of an address, so that each person has one count of tries."""
    try:
        return normal_email(email)
    except ValueError:
        return None


def _keep_anew(staff: Staff, password: str) -> None:
    kept = hash_password(password)
    with one_act():
        Staff.update(password_hash=kept).where(
            Staff.id == staff.id, Staff.password_hash == staff.password_hash
        ).execute()


def end_sessions(now: dt.datetime, which: object) -> int:
    """End the open sessions among these; returns how many.

    A session whose clock ran ahead of this one still ends, at its own beginning.
    """
    with one_act():
        late = SignIn.update(ended_at=SignIn.started_at).where(
            which, SignIn.ended_at.is_null(), SignIn.started_at > now
        )
        ended = SignIn.update(ended_at=now).where(which, SignIn.ended_at.is_null())
        return int(late.execute() + ended.execute())
