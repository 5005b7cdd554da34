"""Machines on the screen: fill one, note the lot, take a work out, and all others go on."""

from __future__ import annotations

import re

import pytest

from schema.base import utcnow
from schema.bench import MachineRun, MachineRunWork
from schema.cards import Card
from schema.lots import LotUse
from schema.pipelines import Pipeline, Stage
from schema.staff import Staff
from schema.tracks import Assignment, Track
from schema.workflow.bench import finish
from tests.admin_views.test_matrix import CODES, somebody
from tests.factories.lots import a_material_lot
from tests.factories.pipelines import a_pipeline, published
from tests.factories.skills import a_skill
from tests.factories.tracks import a_track
from tests.web import a_web


@pytest.fixture
def furnace(house):
    """A way that begins with a machine, and three works that wait for it."""
    pipeline = a_pipeline("furnace", "finish", "done", kind="track")
    Pipeline.update(published_at=None).where(Pipeline.id == pipeline.id).execute()
    Stage.update(clock="machine").where(Stage.code == "furnace").execute()
    pipeline = published(pipeline)
    return [a_track(pipeline=pipeline).id for _ in range(3)]


def waiting(page: str) -> list[int]:
    return sorted(int(key) for key in re.findall(r'name="track" value="(\d+)">', page))


def stages(tracks: list[int]) -> list[str]:
    cards = {t.id: t.card.stage.code for t in Track.select().join(Card)}
    return [cards[key] for key in tracks]


def test_a_tray_is_filled_and_all_but_what_was_taken_out_go_on(desk, furnace):
    page = desk.get("/machines/").text
    assert waiting(page) == sorted(furnace) and "3 wait" in page
    sent = {"stage": "furnace", "track": furnace, "machine": "Oven 2"}
    page = desk.get(desk.send("/machines/start", sent).location).text
    assert "The run has begun." in page and "Oven 2" in page and "3 works" in page
    assert '<option value="Oven 2">' in page
    run = MachineRun.get()

    desk.send("/machines/out", {"run": run.id, "track": furnace[1]})
    page = desk.get(desk.send("/machines/finish", {"run": run.id}).location).text

    assert "2 works went on." in page
    assert stages(furnace) == ["finish", "furnace", "finish"]
    assert waiting(page) == [furnace[1]]
    page = desk.get(desk.send("/machines/finish", {"run": run.id}).location).text
    assert "This run is over" in page


def test_a_work_that_went_on_by_itself_is_not_shown_in_the_run(desk, furnace):
    desk.send("/machines/start", {"stage": "furnace", "track": furnace})
    gone, me = Track.get_by_id(furnace[0]), MachineRun.get().by_id
    finish(Card.get_by_id(gone.card_id), gone, by=me, now=utcnow())
    page = desk.get("/machines/").text
    assert "2 works" in page and "3 works" not in page
    assert waiting(page) == []


def test_one_lot_is_noted_for_all_works_of_a_run_or_for_none(desk, furnace):
    a_material_lot(lot_number="Z-100")
    desk.send("/machines/start", {"stage": "furnace", "track": furnace})
    run = MachineRun.get().id
    page = desk.get(desk.send("/machines/lot", {"run": run, "lot": "nothing"}).location).text
    assert "No lot has the number" in page and not LotUse.select().exists()
    page = desk.get(desk.send("/machines/lot", {"run": run, "lot": " Z-100 "}).location).text
    assert "noted for all works" in page
    assert sorted(use.track_id for use in LotUse.select()) == sorted(furnace)


def test_what_cannot_go_in_is_said_and_no_run_begins(desk, furnace):
    for sent, says in (
        ({"stage": "furnace"}, "Choose the works"),
        ({"stage": "finish", "track": furnace}, "clock is a machine"),
        ({"stage": "furnace", "track": [999_999]}, "Choose the works"),
    ):
        page = desk.get(desk.send("/machines/start", sent).location).text
        assert says in page and not MachineRun.select().exists()
    assert desk.send("/machines/finish", {"run": 999_999}).status_code == 404
    assert desk.send("/machines/finish", {"run": "x"}).status_code == 404


def test_a_technician_meets_works_of_their_skills_and_ends_no_run_of_others_works(clinic):
    technician = somebody("technician")
    browser = a_web(clinic).as_(technician)
    pipeline = a_pipeline("furnace", "finish", "done", kind="track")
    Pipeline.update(published_at=None).where(Pipeline.id == pipeline.id).execute()
    Stage.update(clock="machine").where(Stage.pipeline == pipeline).execute()
    foreign = a_track(pipeline=published(pipeline)).id
    assert foreign not in waiting(browser.get("/machines/").text)
    browser.send("/machines/start", {"stage": "furnace", "track": foreign})
    assert not MachineRunWork.select().where(MachineRunWork.track == foreign).exists()
    run = MachineRun.create(stage_code="furnace", started_at=utcnow(), by=technician)
    MachineRunWork.create(run=run, track=foreign)
    for act in ("finish", "out", "lot"):
        sent = {"run": run.id, "track": foreign, "lot": "Z"}
        assert browser.send(f"/machines/{act}", sent).status_code == 403, act
    a_skill(staff=technician, stage_code="furnace")
    assert browser.send("/machines/finish", {"run": run.id}).status_code == 302
    assert stages([foreign]) == ["finish"]


@pytest.mark.parametrize("code", CODES)
def test_the_machines_are_for_those_who_work_at_them(clinic, code):
    person: Staff = somebody(code)
    answer = a_web(clinic).as_(person).get("/machines/")
    assert answer.status_code == (200 if code in ("lab_supervisor", "technician") else 403), code


def test_who_has_a_work_does_not_keep_it_out_of_the_machine(desk, furnace):
    technician = a_skill(stage_code="furnace").staff_id
    stage = Track.get_by_id(furnace[0]).card.stage_id
    Assignment.create(
        track=furnace[0], technician=technician, stage=stage, by=technician, started_at=utcnow()
    )
    desk.send("/machines/start", {"stage": "furnace", "track": furnace})
    desk.send("/machines/finish", {"run": MachineRun.get().id})
    assert stages(furnace) == ["finish"] * 3
    assert Assignment.get().ended_at is not None
