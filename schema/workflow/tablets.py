"""Shared tablets: enrolled, revoked, and opened for a person by name and PIN."""

from __future__ import annotations

import datetime as dt
import secrets

from schema.acting import acting
from schema.alphabet import place_in_alphabet
from schema.database import one_act
from schema.sessions import SignIn
from schema.staff import Location, Staff
from schema.tablets import MOST_OF_A_PERSON, MOST_OF_A_TABLET, SharedDevice, StaffPin
from schema.workflow import Refused
from schema.workflow.passwords import fits
from schema.workflow.refusing import one_spoken_act
from schema.workflow.sign_in import begin_session, end_sessions, sha
from schema.working_time import clinic_zone

PIN_LOCKED = (
    "This PIN is locked after five wrong tries. "
    "A supervisor opens it again, or you do with your password, under My PIN."
)
TABLET_LOCKED = "Too many wrong PINs on this tablet. A supervisor opens it again."


def enrol(
    name: str, location_id: int, idle_minutes: int, *, by: int, now: dt.datetime
) -> tuple[SharedDevice, str]:
    """Declare a device a shared tablet; returns it and its token, which cannot be had again."""
    token = secrets.token_urlsafe(32)
    with one_spoken_act():
        if not Location.select().where(Location.id == location_id, Location.ended_on.is_null()):
            raise Refused("Choose a location that is open.")
        device = SharedDevice.create(
            name=name,
            location=location_id,
            idle_minutes=idle_minutes,
            token_sha=sha(token),
            enrolled_by=by,
            created_at=now,
        )
    return device, token


def revoke(device_id: int, *, now: dt.datetime) -> SharedDevice:
    """From now on the tablet opens nothing; revoking it twice is revoking it once."""
    with one_spoken_act():
        _change(device_id, ended_on=now.astimezone(clinic_zone()).date())
        end_sessions(now, SignIn.tablet == device_id)
        return _known(device_id)


def open_tablet(device_id: int) -> SharedDevice:
    """Let people try PINs again on a tablet that too many wrong ones locked. Raises Refused."""
    with one_spoken_act():
        _change(device_id, wrong_tries=0)
        device = _known(device_id)
        if device.ended_on:
            raise Refused("This tablet is revoked; enrol it anew.")
        return device


def find_tablet(token: str) -> SharedDevice | None:
    """The tablet in use whose token this is."""
    found: SharedDevice | None = SharedDevice.get_or_none(
        SharedDevice.token_sha == sha(token), SharedDevice.ended_on.is_null()
    )
    return found


def people_at(device: SharedDevice) -> list[StaffPin]:
    """The PINs, each with its person, of those who work where the tablet lies; by their names."""
    here = (Staff.location == device.location_id) & Staff.ended_on.is_null()
    found = StaffPin.select(StaffPin, Staff).join(Staff).where(here, StaffPin.ended_on.is_null())
    names = place_in_alphabet(Staff.first_name), place_in_alphabet(Staff.last_name)
    return list(found.order_by(*names, Staff.id))


def sign_in_at(
    device: SharedDevice, staff_id: int, pin: str, *, address: str, agent: str, now: dt.datetime
) -> str:
    """Open a session of the person whose PIN this is on this tablet; returns its token.

    Whoever had the tablet before is signed out. Must not run inside an act: the try is counted
    before the PIN is looked at, and stays counted. Raises Refused.
    """
    kept = _count_try(device.id, staff_id)
    if not fits(kept.pin_hash, pin):
        left = MOST_OF_A_PERSON - kept.wrong_tries
        if left:
            raise Refused("This PIN is not right. Tries that are left: %(left)s.", left=left)
        raise Refused(PIN_LOCKED)
    with acting(staff=staff_id), one_spoken_act():
        _forgive(device.id, kept.id)
        end_sessions(now, SignIn.tablet == device)
        return begin_session(kept.staff, address, agent, now, tablet=device)


def _count_try(device_id: int, staff_id: int) -> StaffPin:
    """Count one try for the person and for the tablet; kept before this returns, so that no rival
    in another process has a sixth one. The PIN that is to be tried; its count holds this try.
    """
    live = (StaffPin.staff == staff_id) & StaffPin.ended_on.is_null()
    with one_act():
        counted = _one_more(StaffPin, live & (StaffPin.wrong_tries < MOST_OF_A_PERSON))
        pin: StaffPin | None = StaffPin.select(StaffPin, Staff).join(Staff).where(live).first()
        if pin is None:
            raise Refused("This person has no PIN. It is set under My PIN, after signing in.")
        if not counted:
            raise Refused(PIN_LOCKED)
        in_use = (SharedDevice.id == device_id) & SharedDevice.ended_on.is_null()
        if not _one_more(SharedDevice, in_use & (SharedDevice.wrong_tries < MOST_OF_A_TABLET)):
            raise Refused(TABLET_LOCKED)
        return pin


def _one_more(model: type[StaffPin] | type[SharedDevice], which: object) -> bool:
    return bool(
        model.update(wrong_tries=model.wrong_tries + 1, row_version=model.row_version + 1)
        .where(which)
        .execute()
    )


def _forgive(device_id: int, pin_id: int) -> None:
    """A right PIN: no try was wrong. Not for one that was ended while it was looked at."""
    live = StaffPin.update(wrong_tries=0, row_version=StaffPin.row_version + 1)
    if not live.where(StaffPin.id == pin_id, StaffPin.ended_on.is_null()).execute():
        raise Refused("This PIN is over; the person sets a new one.")
    _change(device_id, wrong_tries=0)


def _change(device_id: int, **columns: object) -> None:
    SharedDevice.update(row_version=SharedDevice.row_version + 1, **columns).where(
        SharedDevice.id == device_id, SharedDevice.ended_on.is_null()
    ).execute()


def _known(device_id: int) -> SharedDevice:
    device: SharedDevice | None = SharedDevice.get_or_none(SharedDevice.id == device_id)
    if device is None:
        raise Refused("This tablet is not there.")
    return device
