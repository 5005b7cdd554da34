"""An act at the bench counts once; a run of a machine holds works that stand at its stage."""

from __future__ import annotations

import pytest

from schema.bench import BenchAct, MachineRun, MachineRunWork
from tests.copies import insert_like
from tests.factories import NOW, later
from tests.factories.bench import a_bench_act, a_machine_run, a_machine_run_work
from tests.factories.cards import a_card
from tests.factories.pipelines import a_stage
from tests.factories.tracks import a_track
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_an_act_at_the_bench_counts_once_and_on_a_process():
    act = a_bench_act()

    with refuses("bench_act_counts_once"):
        insert_like(act)
    with refuses("bench_act_key_is_long"):
        insert_like(act, key="short")
    with refuses("bench_act_is_tapped_before_it_comes"):
        insert_like(act, key="another long key 1", tapped_at=str(later(days=1))[:19])
    with refuses("bench_act_is_on_a_process"):
        insert_like(act, key="another long key 1", card_id=a_card().id)

    insert_like(act, key="another long key 1")
    assert BenchAct.select().count() == 2


def test_a_run_is_of_a_machine_and_stays_once_it_is_over():
    run = a_machine_run()

    with refuses("machine_run_is_of_a_machine"):
        raw("UPDATE machine_run SET stage_code = ? WHERE id = ?", a_stage(clock="lab").code, run.id)
    with refuses("machine_run_ends_after_start"):
        raw("UPDATE machine_run SET ended_at = '2020-01-01 00:00:00' WHERE id = ?", run.id)
    raw("UPDATE machine_run SET ended_at = started_at WHERE id = ?", run.id)
    with refuses("machine_run_that_ended_stays"):
        raw("UPDATE machine_run SET ended_at = NULL WHERE id = ?", run.id)

    raw("UPDATE machine_run SET machine = 'Furnace 2' WHERE id = ?", run.id)


def test_a_work_lies_in_one_run_once():
    work = a_machine_run_work()

    with refuses("machine_run_work_lies_there_once"):
        insert_like(work)
    other = a_machine_run(stage_code=work.run.stage_code)
    with refuses("machine_run_work_is_in_one_run"):
        insert_like(work, run_id=other.id)

    raw("UPDATE machine_run_work SET taken_out_at = ? WHERE id = ?", str(NOW)[:19], work.id)
    insert_like(work, run_id=other.id, taken_out_at=None)
    with refuses("machine_run_work_is_in_one_run"):
        raw("UPDATE machine_run_work SET taken_out_at = NULL WHERE id = ?", work.id)


def test_a_run_takes_works_of_its_stage_while_it_runs():
    work = a_machine_run_work()

    with refuses("machine_run_work_waits_at_its_stage"):
        insert_like(work, track_id=a_track().id)
    MachineRun.update(ended_at=later(hours=1)).where(MachineRun.id == work.run_id).execute()
    joins = a_track(pipeline=work.track.card.pipeline)
    with refuses("machine_run_work_joins_before_the_end"):
        insert_like(work, track_id=joins.id)

    assert MachineRunWork.select().count() == 1
