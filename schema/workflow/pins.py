"""A PIN for shared tablets: set with one's own password, locked after five wrong tries."""

from __future__ import annotations

import datetime as dt
import re

from schema.sessions import SignIn
from schema.staff import Staff
from schema.tablets import MOST_OF_A_PERSON, StaffPin
from schema.workflow import Refused
from schema.workflow.passwords import fits, hash_password
from schema.workflow.refusing import one_spoken_act
from schema.workflow.sign_in import end_sessions
from schema.workflow.throttle import count_try, forgive
from schema.working_time import clinic_zone

DIGITS, FEWEST_DIFFERENT = 6, 3
RUNS = ("01234567890123", "98765432109876")
# Walks over a keypad and the digits of well-known numbers.
COMMON = frozenset(
    re.findall(
        r"\d{6}",
        """
        102030 147258 258147 258369 369258 147369 159357 159753 357159 753159 963852 852963 741852
        852741 142536 314159 271828 010203 030201 246810 135790 135791 246802 192837 007007
        """,
    )
)


def refuse_weak_pin(pin: str, *about: str) -> None:
    """Refuse what is no PIN of six digits, or one that is tried first.

    `about` is what others know of its owner in digits, such as a telephone number.
    """
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise Refused("A PIN has six digits.")
    halves = {pin[:3], pin[3:]}
    pairs = pin[0::2] == pin[1::2]
    if len(set(pin)) < FEWEST_DIFFERENT or len(halves) == 1 or pairs:
        raise Refused("These digits repeat too much. Choose others.")
    if any(pin in run for run in RUNS) or pin[:3] == pin[:2:-1]:
        raise Refused("These digits stand in a row, forwards or backwards. Choose others.")
    if pin in COMMON or any(pin in text for text in about if text):
        raise Refused("This PIN is one of the first that are tried. Choose another.")


def set_pin(staff: Staff, password: str, pin: str, *, address: str, now: dt.datetime) -> StaffPin:
    """Set one's own PIN, or change it, proven by one's password; an earlier one ends.

    Must not run inside an act: the try of the password is counted before it is looked at. Raises
    Refused, and TooManyTries.
    """
    _prove(staff, password, address, now)
    refuse_weak_pin(pin, staff.phone or "")
    kept = hash_password(pin)
    with one_spoken_act():
        today = now.astimezone(clinic_zone()).date()
        _live(staff.id, ended_on=today)
        made: StaffPin = StaffPin.create(staff=staff, pin_hash=kept, created_at=now)
        end_sessions(now, (SignIn.staff == staff) & SignIn.tablet.is_null(False))
    return made


def end_own_pin(staff: Staff, password: str, *, address: str, now: dt.datetime) -> None:
    """From now on nobody signs in as this person on a tablet. Raises Refused, TooManyTries."""
    _prove(staff, password, address, now)
    with one_spoken_act():
        _live(staff.id, ended_on=now.astimezone(clinic_zone()).date())
        end_sessions(now, (SignIn.staff == staff) & SignIn.tablet.is_null(False))


def open_own_pin(staff: Staff, password: str, *, address: str, now: dt.datetime) -> None:
    """Open one's own locked PIN again, proven by one's password. Raises Refused, TooManyTries."""
    _prove(staff, password, address, now)
    with one_spoken_act():
        _live(staff.id, wrong_tries=0)


def open_pin(pin_id: int) -> StaffPin:
    """Open a locked PIN again: its owner knows it still. Raises Refused."""
    with one_spoken_act():
        pin = StaffPin.get_or_none(StaffPin.id == pin_id, StaffPin.ended_on.is_null())
        if pin is None:
            raise Refused("This PIN is over; the person sets a new one.")
        _live(pin.staff_id, wrong_tries=0)
        return pin


def pin_of(staff: Staff | int) -> StaffPin | None:
    """The PIN that a person has now."""
    found: StaffPin | None = StaffPin.get_or_none(
        StaffPin.staff == staff, StaffPin.ended_on.is_null()
    )
    return found


def is_locked(pin: StaffPin) -> bool:
    """Whether too many wrong tries closed it."""
    return bool(pin.wrong_tries >= MOST_OF_A_PERSON)


def _prove(staff: Staff, password: str, address: str, now: dt.datetime) -> None:
    count_try(staff.email, address, now)
    if not fits(staff.password_hash, password):
        raise Refused("The current password is not right.")
    forgive(staff.email, address, now)


def _live(staff_id: int, **columns: object) -> None:
    StaffPin.update(row_version=StaffPin.row_version + 1, **columns).where(
        StaffPin.staff == staff_id, StaffPin.ended_on.is_null()
    ).execute()
