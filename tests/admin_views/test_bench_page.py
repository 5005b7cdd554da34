"""The bench's page: where a work with a problem is now, and works on hold are not begun there."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from schema.base import utcnow
from schema.cards import Card
from schema.lab import RemakeCause
from schema.patients import Patient
from schema.rights import FieldGrant, Grant
from schema.staff import Staff
from schema.tracks import Assignment, Track
from schema.workflow.assigning import assign
from schema.workflow.steps import move
from tests.admin_views.test_matrix import somebody
from tests.factories.orders import an_order
from tests.factories.pipelines import a_pipeline, stage_of
from tests.factories.skills import a_skill
from tests.factories.tracks import a_hold, a_track
from tests.web import Browser, a_web


class Bench:
    """A technician of the demo clinic at their bench, who has a work of a way of our own."""

    def __init__(self, clinic) -> None:
        self.me: Staff = somebody("technician")
        self.browser: Browser = a_web(clinic).as_(self.me)
        self.way = a_pipeline("scanning", "cad", "done", kind="track")

    def mine(self, *way: str) -> Track:
        """A work that came this way, and that the technician has."""
        order = an_order(patient=Patient.get(), dentist=somebody("dentist"))
        track = a_track(order=order, pipeline=self.way)
        for code in way:
            move(track.card_id, stage_of(self.way, code).id, by=self.me.id, now=utcnow())
        code = Card.get_by_id(track.card_id).stage.code
        if not self.me.skills.where(self.me.skills.model.stage_code == code).exists():
            a_skill(staff=self.me, stage_code=code)
        assign({track.id: self.me.id}, by=self.me.id, now=utcnow())
        return Track.get_by_id(track.id)

    def sheet(self, track: Track) -> str:
        page = self.browser.get(f"/bench/?open={track.id}").text
        found = re.search(rf'<section[^>]*data-sheet="{track.id}".*?</section>', page, re.S)
        assert found, "the work is on the bench"
        return found[0]

    def problem(self, track: Track, family: str) -> dict:
        cause = RemakeCause.get(RemakeCause.family == family)
        fields = {"deed": "problem", "key": "k" * 20, "card": track.card_id, "cause": cause.id}
        return self.browser.send("/bench/act", fields | {"seen": track.card.step_count}).json


@pytest.fixture
def bench(clinic) -> Bench:
    return Bench(clinic)


def test_a_problem_says_at_which_stage_the_work_is_now(bench):
    track = bench.mine("cad")
    told = bench.problem(track, "scan")
    first = stage_of(bench.way, "scanning").name
    assert told["ok"] and told["says"] == f"Noted. The work is back at {first}."


def test_a_problem_that_nobody_here_makes_good_says_that_the_work_is_on_hold(bench):
    track = bench.mine()
    told = bench.problem(track, "lab")
    assert told["ok"] and told["says"].startswith("Noted. The work is on hold: ")
    sheet = bench.sheet(track)
    assert 'data-held="1"' in sheet
    assert RemakeCause.get(RemakeCause.family == "lab").name in sheet, "why, in the cause's words"


def test_a_work_on_hold_says_why_on_its_sheet_and_others_do_not(bench):
    track = bench.mine()
    assert 'data-held=""' in bench.sheet(track)
    a_hold(
        card=track.card, reason="material_out", clock="supplier", note="The disc comes on Friday."
    )
    sheet = bench.sheet(track)
    assert 'data-held="1"' in sheet and "The disc comes on Friday." in sheet


def test_a_work_in_hand_leads_to_where_it_is_put_on_hold_and_one_of_nobody_does_not(bench):
    track = bench.mine()
    assert f'href="/cards/{track.card_id}#hold-why"' in bench.sheet(track)
    page = bench.browser.get(f"/cards/{track.card_id}").text
    assert 'id="hold-why"' in page, "the field that the link opens"
    role = bench.me.roles.get().role
    held = (Grant.role == role) & (Grant.table_name == "hold")
    Grant.update(may_create=False).where(held).execute()
    assert "#hold-why" not in bench.sheet(track), "who may hold nothing is not led there"
    Grant.update(may_create=True).where(held).execute()
    Assignment.update(ended_at=utcnow()).where(Assignment.track == track).execute()
    assert "#hold-why" not in bench.sheet(track)


def test_the_sheet_says_for_whom_a_work_is_and_by_how_much_it_is_behind(bench):
    track = bench.mine()
    long_ago = utcnow() - dt.timedelta(days=30)
    Card.update(due_at=long_ago).where(Card.id == track.card_id).execute()
    sheet = bench.sheet(track)
    assert track.order.patient.code in sheet and " h behind, ready by " in sheet
    Card.update(due_at=utcnow() + dt.timedelta(days=60)).where(Card.id == track.card_id).execute()
    assert " h to spare, ready by " in bench.sheet(track)


@pytest.mark.parametrize("column", ["lab_order.patient", "hold.note", "order_tooth.tooth"])
def test_a_sheet_says_nothing_that_its_reader_may_not_read(bench, column):
    track = bench.mine()
    a_hold(card=track.card, note="The disc comes on Friday.")
    table, name = column.split(".")
    told = {"patient": track.order.patient.code, "note": "The disc comes", "tooth": "bench-teeth"}
    words, known = told[name], bench.sheet(track)
    role = bench.me.roles.get().role
    FieldGrant.create(role=role, table_name=table, column=name, access="hidden")
    assert words in known and words not in bench.sheet(track)


def test_the_bench_stands_without_the_side_bar(bench):
    page = bench.browser.get("/bench/").text
    assert '<div class="shell bare">' in page
    assert '<div class="shell">' in bench.browser.get("/queue/").text
