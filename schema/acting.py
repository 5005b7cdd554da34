"""Who acts, and through which door: told once where a request, command or task begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Actor:
    """What the audit tells of an act: the person's number, role codes, and the way in."""

    door: str = "program"
    staff: int | None = None
    role: str | None = None
    address: str | None = None
    request: str | None = None
    reason: str | None = None


NOBODY = Actor()
_now: ContextVar[Actor] = ContextVar("actor", default=NOBODY)


def actor() -> Actor:
    """Who acts now."""
    return _now.get()


def take_the_place(someone: Actor) -> Actor:
    """From now on `someone` acts; returns who acted so far, to be put back at the end."""
    before = _now.get()
    _now.set(someone)
    return before


@contextmanager
def acting(**told: Any) -> Iterator[None]:
    """Within the block these things are known of the actor; what is not told stays."""
    before = take_the_place(replace(_now.get(), **told))
    try:
        yield
    finally:
        _now.set(before)
