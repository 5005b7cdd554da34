"""A nest, a tray or a ring: its works start and end together, and its minutes count once."""

from __future__ import annotations

import pytest

from schema.bench import MachineRun, MachineRunWork
from schema.cards import Card
from schema.pipelines import Pipeline, Stage
from schema.workflow import Refused
from schema.workflow.bench import finish
from schema.workflow.machine_runs import finish_run, minutes_of, start_run, take_out
from tests.factories import NOW, later
from tests.factories.pipelines import a_control_point, a_pipeline, published, stage_of
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold, a_track


@pytest.fixture
def furnace(house):
    """A way whose first stage is a machine's, and five works there."""
    pipeline = a_pipeline("sintering", "finish", "done", kind="track")
    Pipeline.update(published_at=None).where(Pipeline.id == pipeline.id).execute()
    Stage.update(clock="machine").where(Stage.code == "sintering").execute()
    a_control_point(stage=stage_of(pipeline, "sintering"))
    pipeline = published(pipeline)
    return [a_track(pipeline=pipeline) for _ in range(5)], a_person("technician").id


def stages(tracks):
    return [Card.get_by_id(track.card_id).stage.code for track in tracks]


def test_works_of_a_tray_end_together_but_for_one_that_was_pulled_out(furnace):
    tracks, me = furnace
    run = start_run("sintering", [one.id for one in tracks], by=me, now=NOW, machine="Furnace 2")
    assert take_out(run.id, tracks[2].id, now=later(hours=1))
    assert not take_out(run.id, tracks[2].id, now=later(hours=1))
    assert finish_run(run.id, by=me, now=later(hours=10)) == 4
    assert stages(tracks) == ["finish", "finish", "sintering", "finish", "finish"]
    assert minutes_of(MachineRun.get_by_id(run.id), later(days=9)) == 600
    with pytest.raises(Refused, match="over"):
        finish_run(run.id, by=me, now=later(hours=11))
    start_run("sintering", [tracks[2].id], by=me, now=later(hours=11))


def test_one_work_that_may_not_go_on_holds_back_the_whole_tray(furnace):
    tracks, me = furnace
    run = start_run("sintering", [one.id for one in tracks], by=me, now=NOW)
    a_hold(card=tracks[4].card)
    with pytest.raises(Refused, match="on hold"):
        finish_run(run.id, by=me, now=later(hours=10))
    assert stages(tracks) == ["sintering"] * 5
    assert MachineRun.get_by_id(run.id).ended_at is None


def test_a_run_begins_whole_or_not_at_all(furnace):
    tracks, me = furnace
    start_run("sintering", [tracks[0].id], by=me, now=NOW)
    with pytest.raises(Refused, match="another run"):
        start_run("sintering", [one.id for one in tracks], by=me, now=NOW)
    with pytest.raises(Refused, match="machine"):
        start_run("finish", [tracks[1].id], by=me, now=NOW)
    with pytest.raises(Refused, match="Choose the works"):
        start_run("sintering", [], by=me, now=NOW)
    assert MachineRunWork.select().count() == 1


def test_a_work_that_went_on_by_itself_is_not_moved_a_second_time(furnace):
    tracks, me = furnace
    run = start_run("sintering", [one.id for one in tracks], by=me, now=NOW)
    finish(Card.get_by_id(tracks[1].card_id), tracks[1], by=me, now=later(hours=2))
    finish(Card.get_by_id(tracks[3].card_id), tracks[3], by=me, now=later(hours=2))
    finish(Card.get_by_id(tracks[3].card_id), tracks[3], by=me, now=later(hours=3))

    assert finish_run(run.id, by=me, now=later(hours=10)) == 3
    assert stages(tracks) == ["finish", "finish", "finish", "done", "finish"]
    out = MachineRunWork.select(MachineRunWork.track).where(
        MachineRunWork.taken_out_at.is_null(False)
    )
    assert {one.track_id for one in out} == {tracks[1].id, tracks[3].id}


def test_a_work_that_went_on_by_itself_goes_into_the_next_machine(house):
    pipeline = a_pipeline("milling", "sintering", "done", kind="track")
    Pipeline.update(published_at=None).where(Pipeline.id == pipeline.id).execute()
    Stage.update(clock="machine").where(Stage.code.in_(("milling", "sintering"))).execute()
    published(pipeline)
    track, me = a_track(pipeline=pipeline), a_person("technician").id
    nest = start_run("milling", [track.id], by=me, now=NOW)
    finish(Card.get_by_id(track.card_id), track, by=me, now=later(hours=1))

    tray = start_run("sintering", [track.id], by=me, now=later(hours=2))
    assert MachineRunWork.get(MachineRunWork.run == nest).taken_out_at == later(hours=2)
    assert finish_run(nest.id, by=me, now=later(hours=3)) == 0
    assert stages([track]) == ["sintering"]
    assert finish_run(tray.id, by=me, now=later(hours=12)) == 1
