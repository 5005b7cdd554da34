"""Setting a password: one's own, by a link that an admin hands out, or as the first admin."""

from __future__ import annotations

import datetime as dt
import secrets

from schema.acting import acting
from schema.database import database, is_sqlite, one_act
from schema.fields import normal_email
from schema.sayings import Unfit
from schema.sessions import PasswordLink
from schema.staff import ADMIN, Role, Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.passwords import about, fits, hash_password, refuse_weak_password
from schema.workflow.sign_in import is_admin, sha, sign_out_everywhere
from schema.workflow.throttle import count_try, forgive

LINK_LASTS = dt.timedelta(minutes=30)
LINK_IS_OVER = "This link was used or is too old. Ask an admin for a new one."


def change_password(
    staff: Staff, current: str, new: str, *, address: str, sign_in_id: int, now: dt.datetime
) -> None:
    """Change one's own password, proven by the current one; other sessions end."""
    count_try(staff.email, address, now)
    if not fits(staff.password_hash, current):
        raise Refused("The current password is not right.")
    forgive(staff.email, address, now)
    if fits(staff.password_hash, new):
        raise Refused("The new password is the old one. Choose another.")
    refuse_weak_password(new, *about(staff))
    kept = hash_password(new)
    with one_act():
        _keep(staff, kept, now, but=sign_in_id)


def make_password_link(staff: Staff, by: Staff, now: dt.datetime) -> str:
    """Make a link with which a person sets their password once and soon; returns its token.

    Links that were made for them before stop working.
    """
    token = secrets.token_urlsafe(32)
    with one_act():
        if not is_admin(by.id):
            raise Refused("Only an admin can make a password link.")
        if Staff.get_by_id(staff.id).ended_on:
            raise Refused("This person left; nobody signs in as them.")
        PasswordLink.update(used_at=now).where(
            PasswordLink.staff == staff, PasswordLink.used_at.is_null()
        ).execute()
        PasswordLink.create(
            staff=staff,
            token_sha=sha(token),
            made_by=by,
            made_at=now,
            expires_at=now + LINK_LASTS,
        )
    return token


def find_link(token: str, now: dt.datetime) -> PasswordLink:
    """The live link of a token, or Refused."""
    link = PasswordLink.get_or_none(
        PasswordLink.token_sha == sha(token),
        PasswordLink.used_at.is_null(),
        PasswordLink.expires_at > now,
    )
    if link is None or link.staff.ended_on:
        raise Refused(LINK_IS_OVER)
    return link


def use_password_link(token: str, password: str, now: dt.datetime) -> Staff:
    """Set a password by a link, once; every session of the person ends."""
    link = find_link(token, now)
    refuse_weak_password(password, *about(link.staff))
    kept = hash_password(password)
    with acting(staff=link.staff_id), one_act():
        taken = PasswordLink.update(used_at=now).where(
            PasswordLink.id == link.id, PasswordLink.used_at.is_null()
        )
        if not taken.execute():
            raise Refused(LINK_IS_OVER)
        _keep(link.staff, kept, now)
    return link.staff


def make_first_admin(
    *, last_name: str, first_name: str, email: str, password: str, now: dt.datetime
) -> Staff:
    """Make the first person of an empty house, who is admin; afterwards only admins make people."""
    refuse_unless_empty()
    if not all(word.strip() for word in (last_name, first_name, email)):
        raise Refused("Write both names and the e-mail.")
    for column, word in ((Staff.last_name, last_name), (Staff.first_name, first_name)):
        _refuse_long(column.max_length, word)
    _refuse_long(Staff.email.max_length, email)
    refuse_weak_password(password, last_name, first_name, email)
    kept = hash_password(password)
    with one_act():
        refuse_company()
        return keep_first_admin(
            last_name=last_name, first_name=first_name, email=_an_email(email), kept=kept
        )


def keep_first_admin(
    *, last_name: str, first_name: str, email: str, kept: str, language: str = "ro"
) -> Staff:
    """Write down an admin whose password is hashed already; inside an act that saw nobody."""
    staff = Staff.create(
        last_name=last_name.strip(),
        first_name=first_name.strip(),
        email=email,
        password_hash=kept,
        language=language,
    )
    role, _ = Role.get_or_create(code=ADMIN, defaults={"name": "Administrator"})
    StaffRole.create(staff=staff, role=role)
    return staff


def refuse_company() -> None:
    """Inside an act: Refused when anybody works here, and nobody comes in until it is over."""
    _let_nobody_in_between()
    refuse_unless_empty()


def refuse_unless_empty() -> None:
    """The door of the first admin is open only while there is nobody."""
    if Staff.select().exists():
        raise Refused("There are people already. Ask an admin to add you.")


def _refuse_long(most: int, text: str) -> None:
    if len(text.strip()) > most:
        raise Refused("At most %(most)d characters fit here.", most=most)


def _an_email(text: str) -> str:
    try:
        return normal_email(text)
    except Unfit as error:
        raise Refused(error.says, **error.facts) from None


def _keep(staff: Staff, kept: str, now: dt.datetime, but: int | None = None) -> None:
    Staff.update(password_hash=kept).where(Staff.id == staff.id).execute()
    sign_out_everywhere(staff, now, but=but)


def _let_nobody_in_between() -> None:
    """SQLite's acts queue by themselves; PostgreSQL's have to be told."""
    if not is_sqlite():
        database.execute_sql("LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE")
