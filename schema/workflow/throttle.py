"""The brake on guessing: tries are counted in the database, before anything is tried."""

from __future__ import annotations

import datetime as dt
import hashlib

from schema.database import one_act
from schema.sessions import SignInAttempt
from schema.workflow import Refused

WINDOW = dt.timedelta(minutes=15)
TRIES_PER_NAME = 5
TRIES_PER_ADDRESS = 30


class TooManyTries(Refused):
    """Somebody tries too often; `wait` says how long the brake holds."""

    def __init__(self, wait: dt.timedelta) -> None:
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__("Too many tries. Try again in %(minutes)s min.", minutes=minutes)
        self.wait = wait


def count_try(name: str, address: str, now: dt.datetime) -> None:
    """Count one try for a name and an address; TooManyTries when either is over its limit.

    The count is kept before this returns, so that rivals in other processes see it.
    """
    tries = (_count(key, now) for key in _keys(name, address))
    limits = (TRIES_PER_NAME, TRIES_PER_ADDRESS)
    if any(count > limit for count, limit in zip(list(tries), limits, strict=True)):
        raise TooManyTries(_window_end(now) - now)


def forgive(name: str, address: str, now: dt.datetime) -> None:
    """After a right password: forget the tries of the name, take back the one of the address."""
    of_name, of_address = _keys(name, address)
    this_window = SignInAttempt.window == _window(now)
    with one_act():
        SignInAttempt.delete().where(SignInAttempt.key == of_name, this_window).execute()
        SignInAttempt.update(count=SignInAttempt.count - 1).where(
            SignInAttempt.key == of_address, this_window, SignInAttempt.count > 0
        ).execute()


def forget_old_tries(now: dt.datetime) -> int:
    """Remove counts of windows that are over; returns how many."""
    with one_act():
        return SignInAttempt.delete().where(SignInAttempt.window < _window(now)).execute()


def _count(key: str, now: dt.datetime) -> int:
    window = _window(now)
    with one_act():
        counted = (
            SignInAttempt.insert(key=key, window=window, count=1)
            .on_conflict(
                conflict_target=[SignInAttempt.key, SignInAttempt.window],
                update={SignInAttempt.count: SignInAttempt.count + 1},
            )
            .returning(SignInAttempt.count)
            .execute()
        )
        return int(next(iter(counted)).count)


def _keys(name: str, address: str) -> tuple[str, str]:
    """The name is hashed: people type a password into the wrong box."""
    digest = hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:32]
    return f"name {digest}", f"address {address}"[:120]


def _window(now: dt.datetime) -> int:
    return int(now.timestamp()) // int(WINDOW.total_seconds())


def _window_end(now: dt.datetime) -> dt.datetime:
    seconds = (_window(now) + 1) * int(WINDOW.total_seconds())
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
