"""Keys of other systems: made by an admin and shown once, known by their hash, ended for good."""

from __future__ import annotations

import datetime as dt
import secrets

from schema.bridges import ExternalSystem
from schema.system_keys import SystemKey
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.sign_in import is_admin, sha


def make_key(system_id: int, name: str, *, by: int, now: dt.datetime) -> str:
    """Make a key for a system and return it, 43 letters; it cannot be had again.

    Raises Refused when `by` is no admin, the system is ended, or a live key has that name.
    """
    token = secrets.token_urlsafe(32)
    with one_spoken_act():
        _refuse_others(by)
        system = ExternalSystem.get_or_none(ExternalSystem.id == system_id)
        if system is None or system.ended_on:
            raise Refused("This system is not in use any more.")
        if not name:
            raise Refused("Write where the key will be kept.")
        SystemKey.create(
            external_system=system, name=name, token_sha=sha(token), made_by=by, created_at=now
        )
    return token


def end_key(key_id: int, *, by: int, now: dt.datetime) -> SystemKey:
    """From now on the key opens nothing; ending it twice is ending it once. Raises Refused."""
    with one_spoken_act():
        _refuse_others(by)
        SystemKey.update(ended_at=now, row_version=SystemKey.row_version + 1).where(
            SystemKey.id == key_id, SystemKey.ended_at.is_null()
        ).execute()
        key = SystemKey.get_or_none(SystemKey.id == key_id)
        if key is None:
            raise Refused("This key is not there.")
        return key


def find_key(token: str) -> SystemKey | None:
    """The live key with this text, of a system in use."""
    return (
        SystemKey.select(SystemKey, ExternalSystem)
        .join(ExternalSystem)
        .where(
            SystemKey.token_sha == sha(token),
            SystemKey.ended_at.is_null(),
            ExternalSystem.ended_on.is_null(),
        )
        .first()
    )


def _refuse_others(by: int) -> None:
    if not is_admin(by):
        raise Refused("Only an admin makes and ends keys.")
