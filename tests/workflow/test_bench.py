"""Start, Done, Problem at the bench: two taps for a step, each counted once however often sent."""

from __future__ import annotations

import pytest

from schema.bench import BenchAct
from schema.cards import Card, CardStep, Tick
from schema.holds import Hold
from schema.lab import RemakeCause
from schema.lots import LotUse
from schema.pipelines import Pipeline, Stage
from schema.remakes import Remake
from schema.tracks import Assignment, Track
from schema.workflow import Refused
from schema.workflow.bench import perform
from tests.factories import NOW, later
from tests.factories.lots import a_material_lot
from tests.factories.pipelines import a_control_point, a_pipeline, a_stage_step, published, stage_of
from tests.factories.skills import a_skill
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

pytestmark = pytest.mark.usefixtures("house")


class Bench:
    """A technician with all skills, and a work at the first of three stages."""

    def __init__(self) -> None:
        pipeline = a_pipeline("scanning", "cad", "milling", "done", kind="track")
        Pipeline.update(published_at=None).where(Pipeline.id == pipeline.id).execute()
        a_control_point(stage=stage_of(pipeline, "scanning"))
        a_control_point(stage=stage_of(pipeline, "scanning"), required=False)
        a_control_point(stage=stage_of(pipeline, "milling"), evidence="lot")
        a_stage_step(stage_of(pipeline, "milling"), stage_of(pipeline, "scanning"), back=True)
        self.pipeline = published(pipeline)
        self.me = self.technician()
        self.track: Track = a_track(pipeline=self.pipeline)
        self.taps = 0

    def technician(self) -> int:
        person = a_person("technician")
        for code in ("scanning", "cad", "milling"):
            a_skill(staff=person, stage_code=code)
        return int(person.id)

    def tap(self, deed, **more):
        self.taps += 1
        facts = {
            "key": f"a key of sixteen {self.taps}",
            "by": self.me,
            "now": later(minutes=self.taps),
            "seen": self.card.step_count,
        }
        return perform(deed, card_id=self.track.card_id, **facts | more)

    @property
    def card(self) -> Card:
        return Card.get_by_id(self.track.card_id)

    @property
    def at(self) -> str:
        return str(Stage.get_by_id(self.card.stage_id).code)

    @property
    def holder(self):
        held = Assignment.get_or_none(Assignment.ended_at.is_null())
        return held and held.technician_id


@pytest.fixture
def bench(house):
    return Bench()


def a_cause(family: str) -> RemakeCause:
    return RemakeCause.create(code=f"{family[:3]}1", family=family, name=f"Cause of {family}")


def test_start_and_done_take_a_work_one_stage_on_with_what_done_vouches_for(bench):
    bench.tap("start")
    assert (bench.at, bench.holder) == ("scanning", bench.me)
    bench.tap("done")
    assert (bench.at, bench.holder) == ("cad", None)
    ticked = [tick.control_point.required for tick in Tick.select()]
    assert ticked == [True], "what only may apply is nobody's word"


def test_the_same_key_counts_once(bench):
    bench.tap("start")
    first = bench.tap("done", key="the very same tap")
    again = bench.tap("done", key="the very same tap", seen=0)
    assert first == again and bench.at == "cad"
    assert CardStep.select().count() == 1 and BenchAct.select().count() == 2
    with pytest.raises(Refused, match="recorded already"):
        bench.tap("start", key="the very same tap", seen=0)


def test_what_went_on_meanwhile_is_left_alone(bench):
    bench.tap("start")
    bench.tap("done")
    with pytest.raises(Refused, match="gone on meanwhile"):
        bench.tap("done", seen=0)
    assert bench.at == "cad" and BenchAct.select().count() == 2


def test_a_refused_tap_leaves_nothing_behind(bench):
    for _ in range(2):
        bench.tap("start")
        bench.tap("done")
    bench.tap("start")
    with pytest.raises(Refused, match="lot"):
        bench.tap("done")
    assert (bench.at, bench.holder) == ("milling", bench.me)
    assert BenchAct.select().where(BenchAct.deed == "done").count() == 2
    lot = a_material_lot()
    with pytest.raises(Refused, match="No lot has the number"):
        bench.tap("lot", lot="nothing such")
    bench.tap("lot", lot=f" {lot.lot_number} ")
    assert LotUse.get().track_id == bench.track.id
    bench.tap("done")
    assert bench.card.closed_at is not None
    with pytest.raises(Refused, match="closed"):
        bench.tap("start")


def test_whoever_lacks_the_skill_starts_nothing(bench):
    with pytest.raises(Refused, match="lacks the skill"):
        bench.tap("start", by=a_person("technician").id)
    assert not BenchAct.select().exists() and not Assignment.select().exists()


def test_a_tap_came_later_than_it_was_made_and_never_before(bench):
    act = bench.tap("start", tapped=NOW)
    assert (act.tapped_at, act.at) == (NOW, later(minutes=1))
    act = bench.tap("done", tapped=later(days=9))
    assert act.tapped_at == act.at


@pytest.mark.parametrize(
    ("family", "stage"), [("scan", "scanning"), ("lab", "cad"), ("design", "cad")]
)
def test_a_problem_goes_to_where_it_is_made_good_and_to_its_maker(bench, family, stage):
    maker = bench.me
    for _ in range(2):
        bench.tap("start")
        bench.tap("done")
    bench.me = bench.technician()
    bench.tap("start")
    bench.tap("problem", cause=a_cause(family).id)
    assert (bench.at, bench.holder) == (stage, maker)
    assert Remake.get().kind == "rework"


def test_a_problem_at_the_first_stage_waits_for_the_dentist(bench):
    bench.tap("start")
    bench.tap("problem", cause=a_cause("scan").id)
    assert (bench.at, bench.holder) == ("scanning", None)
    assert Hold.get().reason == "waiting_dentist"


def test_a_problem_has_a_cause(bench):
    bench.tap("start")
    with pytest.raises(Refused, match="Choose the cause"):
        bench.tap("problem")
    with pytest.raises(Refused, match="value from the list"):
        bench.tap("dance")


@pytest.mark.parametrize("deed", ["start", "done", "problem"])
def test_a_tap_that_comes_late_takes_nobodys_work(bench, deed):
    other = bench.technician()
    bench.tap("start", by=other)

    with pytest.raises(Refused, match="has this work now"):
        bench.tap(deed, cause=a_cause("lab").id)
    assert (bench.holder, bench.at) == (other, "scanning")
    assert [act.by_id for act in BenchAct.select()] == [other]


def test_of_the_pieces_of_a_lot_the_one_in_use_is_taken(bench):
    facts = {"lot_number": "L7", "maker": "Dentalia"}
    first = a_material_lot(piece=1, opened_at=NOW, **facts)
    for piece in (2, 3):
        a_material_lot(piece=piece, material=first.material, opened_at=None, **facts)

    bench.tap("lot", lot="L7")

    assert LotUse.get().lot == first
