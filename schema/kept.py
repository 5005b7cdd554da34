"""What the clinic has set up, asked once: kept in a process until the stamp of the clinic moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from schema.database import database
from schema.prepared import Asked, at_once


class Shelf(NamedTuple):
    """What one database answered while its stamp stood still."""

    database: Any
    stamp: int | None
    answers: dict[Any, Any]


class Act(threading.local):
    """The stamp that the act of this thread has seen, once it may rely on what was kept."""

    stamp: int | None = None


_act = Act()
_shelf = Shelf(None, None, {})


@contextmanager
def keeping(stamp: int | None) -> Iterator[None]:
    """Within the block `kept` answers from memory what was asked before under this stamp.

    The stamp was read within the act, before anything else is asked. An act that may itself have
    changed what the clinic set up gives None: what it sees could still be undone.
    """
    before, _act.stamp = _act.stamp, stamp
    try:
        yield
    finally:
        _act.stamp = before


def kept(*questions: Asked) -> list[Any]:
    """The answers of questions about tables whose every change moves the stamp.

    They are shared by all threads: rows among them are read, never changed. Outside `keeping`
    everything is asked anew, in one round trip.
    """
    if _act.stamp is None:
        return at_once(*questions)
    answers = _answers(_act.stamp)
    marks = [(question.text, *question.told) for question in questions]
    lacking = {mark: one for mark, one in zip(marks, questions, strict=True) if mark not in answers}
    if lacking:
        answers.update(zip(lacking, at_once(*lacking.values()), strict=True))
    return [answers[mark] for mark in marks]


def _answers(stamp: int) -> dict[Any, Any]:
    """Those under this stamp; those under another one, or of another database, are forgotten."""
    global _shelf
    shelf = _shelf
    if shelf.stamp != stamp or shelf.database is not database.obj:
        shelf = _shelf = Shelf(database.obj, stamp, {})
    return shelf.answers
