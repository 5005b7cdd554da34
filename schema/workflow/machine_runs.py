"""Runs of machines: works of a mill nest, a furnace tray or a press ring start and end together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import uuid4

from schema.bench import MachineRun, MachineRunWork
from schema.database import is_sqlite
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.bench import finish, perform
from schema.workflow.refusing import one_spoken_act
from schema.workflow.steps import locked


def start_run(
    stage_code: str,
    track_ids: Iterable[int],
    *,
    by: int,
    now: dt.datetime,
    machine: str | None = None,
) -> MachineRun:
    """Put works that stand at the stage into a new run; all of them or none. Raises Refused."""
    tracks = sorted(set(track_ids))
    if not tracks:
        raise Refused("Choose the works that go into the machine.")
    with one_spoken_act():
        _leave_behind(stage_code, tracks, now)
        run = MachineRun.create(stage_code=stage_code, machine=machine, started_at=now, by=by)
        for track in tracks:
            MachineRunWork.create(run=run, track=track)
        return run


def _leave_behind(stage_code: str, tracks: list[int], now: dt.datetime) -> None:
    """Works that went on by themselves lie no longer in the runs of the stages that they left."""
    other = MachineRun.select(MachineRun.id).where(
        MachineRun.ended_at.is_null(), MachineRun.stage_code != stage_code
    )
    MachineRunWork.update(taken_out_at=now, row_version=MachineRunWork.row_version + 1).where(
        MachineRunWork.track.in_(tracks),
        MachineRunWork.run.in_(other),
        MachineRunWork.taken_out_at.is_null(),
    ).execute()


def take_out(run_id: int, track_id: int, *, now: dt.datetime) -> bool:
    """Pull one work out of a run that goes on; it stays at its stage. Whether it lay there."""
    with one_spoken_act():
        _running(run_id)
        pulled = MachineRunWork.update(
            taken_out_at=now, row_version=MachineRunWork.row_version + 1
        ).where(_lies_in(run_id), MachineRunWork.track == track_id)
        return bool(pulled.execute())


def finish_run(run_id: int, *, by: int, now: dt.datetime) -> int:
    """End a run: each work that still lies in it goes one stage on; how many.

    A work that somebody took on by itself meanwhile is out of it and goes nowhere. One that may not
    go on holds back all, so that the tray is told as it was. Raises Refused.
    """
    with one_spoken_act():
        run = _running(run_id)
        tracks = [one for one in _works_in(run_id) if _is_there(one, run.stage_code, now)]
        MachineRun.update(
            ended_at=max(now, run.started_at), row_version=MachineRun.row_version + 1
        ).where(MachineRun.id == run_id).execute()
        for track in tracks:
            finish(locked(track.card_id), track, by=by, now=now)
        return len(tracks)


def use_lot(run_id: int, number: str, *, by: int, now: dt.datetime) -> int:
    """Note one lot for every work of a run that goes on, or for none; how many. Raises Refused."""
    with one_spoken_act():
        run = _running(run_id)
        works = [work for work in _works_in(run_id) if _is_there(work, run.stage_code, now)]
        for work in works:
            seen = work.card.step_count
            perform("lot", uuid4().hex, work.card_id, by=by, now=now, seen=seen, lot=number)
        return len(works)


def minutes_of(run: MachineRun, now: dt.datetime) -> int:
    """Minutes of the machine, counted once for all works of the run; they run day and night."""
    return int(((run.ended_at or now) - run.started_at).total_seconds() // 60)


def _works_in(run_id: int) -> list[Track]:
    """In the order of their cards, in which all acts lock them."""
    works = Track.select().join(MachineRunWork).where(_lies_in(run_id))
    return list(works.order_by(Track.card))


def _is_there(track: Track, stage_code: str, now: dt.datetime) -> bool:
    """Whether the work still stands at the machine; one that has gone on is taken out."""
    card = locked(track.card_id)
    if card.closed_at is None and card.stage.code == stage_code:
        return True
    MachineRunWork.update(taken_out_at=now, row_version=MachineRunWork.row_version + 1).where(
        MachineRunWork.track == track, MachineRunWork.taken_out_at.is_null()
    ).execute()
    return False


def _running(run_id: int) -> MachineRun:
    wanted = MachineRun.select().where(MachineRun.id == run_id)
    run: MachineRun | None = (wanted if is_sqlite() else wanted.for_update()).first()
    if run is None or run.ended_at is not None:
        raise Refused("This run is over; begin another one.")
    return run


def _lies_in(run_id: int) -> object:
    return (MachineRunWork.run == run_id) & MachineRunWork.taken_out_at.is_null()
