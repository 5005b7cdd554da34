"""Giving works of the bench to technicians, and marking what goes before others in the queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from schema.queue_marks import MARKS, QueueMark
from schema.tracks import Assignment, Track
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.steps import locked


def assign(wishes: Mapping[int, int], *, by: int, now: dt.datetime) -> int:
    """Give each process (key of its track) to a technician at its present stage; how many changed.

    Who had it before has it no longer. All of it happens or nothing. Raises Refused, also when a
    technician lacks the skill or has left.
    """
    with one_spoken_act():
        tracks = list(Track.select().where(Track.id.in_(list(wishes))).order_by(Track.card))
        return sum(give(track, wishes[track.id], by=by, now=now) for track in tracks)


def give(track: Track, technician: int, *, by: int, now: dt.datetime) -> bool:
    """One process to one technician, inside an act; whether anything changed. Raises Refused."""
    card = locked(track.card_id)
    if card.closed_at is not None:
        raise Refused("This work is closed; there is nothing to assign.")
    held = open_assignment(track.id)
    if held is not None and (held.technician_id, held.stage_id) == (technician, card.stage_id):
        return False
    end_assignment(track.id, now=now)
    Assignment.create(
        track=track, technician=technician, stage=card.stage_id, started_at=now, by=by
    )
    return True


def open_assignment(track_id: int) -> Assignment | None:
    """Who works on a process now."""
    found: Assignment | None = Assignment.get_or_none(
        Assignment.track == track_id, Assignment.ended_at.is_null()
    )
    return found


def end_assignment(track_id: int, *, now: dt.datetime) -> None:
    """Nobody works on the process any more; one that begins later than `now` ends as it begins."""
    held = open_assignment(track_id)
    if held is None:
        return
    Assignment.update(
        ended_at=max(now, held.started_at), row_version=Assignment.row_version + 1
    ).where(Assignment.id == held.id).execute()


def set_mark(
    track_id: int, kind: str, *, by: int, now: dt.datetime, reason: str | None = None
) -> QueueMark:
    """Pin a work or call it a rush; a second click gives the mark that is there. Raises Refused."""
    if kind not in MARKS:
        raise Refused("Choose a value from the list.")
    with one_spoken_act():
        track = Track.get_or_none(Track.id == track_id)
        if track is None or locked(track.card_id).closed_at is not None:
            raise Refused("This process is closed and waits in no queue.")
        there = _open_mark(track_id, kind)
        if there is not None:
            return there
        return QueueMark.create(
            track=track_id, kind=kind, reason=reason or None, started_at=now, by=by
        )


def end_mark(track_id: int, kind: str, *, by: int, now: dt.datetime) -> bool:
    """Take a pin or a rush back; whether there was one."""
    with one_spoken_act():
        there = _open_mark(track_id, kind)
        if there is None:
            return False
        QueueMark.update(
            ended_at=max(now, there.started_at),
            ended_by=by,
            row_version=QueueMark.row_version + 1,
        ).where(QueueMark.id == there.id, QueueMark.ended_at.is_null()).execute()
        return True


def _open_mark(track_id: int, kind: str) -> QueueMark | None:
    found: QueueMark | None = QueueMark.get_or_none(
        QueueMark.track == track_id, QueueMark.kind == kind, QueueMark.ended_at.is_null()
    )
    return found
