"""A step is sent to a firm with its parts, waits on its clock, and comes back by the ledger."""

from __future__ import annotations

import datetime as dt

import pytest

from reports import custody
from schema.audit import AuditEntry
from schema.cards import Card
from schema.followups import Followup
from schema.holds import Hold
from schema.outside import Outsourcing
from schema.outside_plan import at_a_firm, at_the_firm, by_suppliers, supplier_steps
from schema.pipelines import Pipeline, Stage
from schema.planning import Step
from schema.supplier_times import ENOUGH, percentile, time_of, times_by_firm
from schema.tracks import Assignment
from schema.workflow import Refused
from schema.workflow.assigning import assign
from schema.workflow.bench import perform
from schema.workflow.custody import settle
from schema.workflow.custody_incidents import report_missing
from schema.workflow.holding import resume
from schema.workflow.outside import expect_on, note_cost, receive, receive_parts, send
from schema.workflow.outside_reminders import remind
from schema.workflow.outside_works import open_outside, proposals
from schema.workflow.steps import move
from tests.factories import NOW, TODAY, later
from tests.factories.components import a_component, a_component_movement
from tests.factories.lab import a_subcontractor
from tests.factories.pipelines import a_pipeline, published, stage_of
from tests.factories.staff import a_person, a_role
from tests.factories.tracks import a_hold, a_track, an_assignment, an_outsourcing

pytestmark = pytest.mark.usefixtures("house")

SOON = TODAY + dt.timedelta(days=4)


class Work:
    """A process at milling with a technician, three pieces of a part in the laboratory, a firm."""

    def __init__(self) -> None:
        self.way = a_pipeline("milling", "sintering", "done", kind="track")
        self.track = a_track(pipeline=self.way)
        self.given = an_assignment(track=self.track)
        self.part = a_component(order=self.track.order)
        a_component_movement(component=self.part, number=3)
        self.firm = a_subcontractor(name="Frezaj Central", usual_days=3)
        self.boss = int(a_person("lab_supervisor").id)

    def send(self, pieces: int = 2, **more) -> Outsourcing:
        facts = {"by": self.boss, "now": later(hours=1), "method": "courier"}
        facts["parts"] = [(self.part.id, "lab", pieces)] if pieces else []
        return send(self.track.id, self.firm.id, SOON, **facts | more)

    @property
    def hands(self):
        held = custody.held([self.part.id])[self.part.id]
        return {hands: number for hands, number in held.items() if number > 0}


@pytest.fixture
def work(house):
    return Work()


def test_sending_ends_the_assignment_and_starts_the_suppliers_clock(work):
    sent = work.send(cost=45_000, units=2, document=" AV  17 ")

    assert (sent.stage.code, sent.units, sent.cost, sent.document_number) == (
        "milling", 2, 45_000, "AV 17",
    )  # fmt: skip
    assert (sent.sent_at, sent.sent_by_id, sent.promised_on) == (later(hours=1), work.boss, SOON)
    assert Assignment.get_by_id(work.given.id).ended_at == later(hours=1)
    held = Hold.get()
    assert (held.card_id, held.clock, held.note) == (
        work.track.card_id, "supplier", "Frezaj Central",
    )  # fmt: skip
    assert AuditEntry.select().where(AuditEntry.staff == work.boss).exists()


def test_what_it_waited_for_before_gives_way_to_the_firm(work):
    before = a_hold(card=work.track.card)
    work.send()

    assert Hold.get_by_id(before.id).ended_at == later(hours=1)
    assert Hold.get(Hold.ended_at.is_null()).clock == "supplier"


def test_parts_go_along_and_come_back_through_the_ledger(work):
    sent = work.send()
    assert work.hands == {"lab": 1, "subcontractor": 2}

    receive(sent.id, by=work.boss, now=later(days=3), parts=[(work.part.id, 1)])
    assert work.hands == {"lab": 2, "subcontractor": 1}, "what is not there stays with the firm"

    receive_parts(sent.id, [(work.part.id, 1)], by=work.boss, now=later(days=4))
    assert work.hands == {"lab": 3}
    with pytest.raises(Refused, match="not go along|not hold so many"):
        receive_parts(sent.id, [(work.part.id, 1)], by=work.boss, now=later(days=4))


def test_more_parts_than_are_here_are_not_sent_and_nothing_of_it_happens(work):
    with pytest.raises(Refused, match="do not hold so many"):
        work.send(4)
    assert not Outsourcing.select().exists()
    assert Assignment.get_by_id(work.given.id).ended_at is None


def test_what_is_lost_at_the_firm_or_settled_there_counts_with_the_work_it_went_with(work):
    sent = work.send(3)
    lost = report_missing(work.part.id, 1, "subcontractor", by=work.boss, now=later(days=1))
    assert lost.movements.get().outsourcing_id == sent.id
    settle([(work.part.id, 1)], "subcontractor", "lab", by=work.boss, now=later(days=1))

    assert work.hands == {"missing": 1, "lab": 1, "subcontractor": 1}
    with pytest.raises(Refused, match="not go along|not hold so many"):
        receive(sent.id, by=work.boss, now=later(days=3), parts=[(work.part.id, 2)])
    receive(sent.id, by=work.boss, now=later(days=3), parts=[(work.part.id, 1)])


def test_a_return_ends_the_waiting_and_says_what_is_wrong(work):
    sent = work.send()
    back = receive(sent.id, by=work.boss, now=later(days=3), faults=" Margin  open ", cost=50_000)

    assert (back.outcome, back.faults, back.cost) == ("faulty", "Margin open", 50_000)
    assert (back.returned_at, back.returned_to_id) == (later(days=3), work.boss)
    assert Hold.get().ended_at == later(days=3)
    assert open_outside(work.track.id) is None
    with pytest.raises(Refused, match="back already"):
        receive(sent.id, by=work.boss, now=later(days=3))
    note_cost(sent.id, 52_000, "EUR", "F 9", by=work.boss, now=later(days=40))
    told = Outsourcing.get_by_id(sent.id)
    assert (told.cost, told.currency, told.document_number) == (52_000, "EUR", "F 9")


def test_nobody_works_on_what_is_outside(work):
    sent = work.send()
    hand = work.given.technician_id
    facts = {"by": hand, "now": later(hours=2), "seen": work.track.card.step_count}

    for number, deed in enumerate(("start", "done", "problem")):
        with pytest.raises(Refused, match="This work is outside"):
            perform(deed, f"a key of sixteen {number}", work.track.card_id, **facts)
    with pytest.raises(Refused, match="This work is outside"):
        assign({work.track.id: hand}, by=work.boss, now=later(hours=2))
    onward = stage_of(work.way, "sintering").id
    with pytest.raises(Refused, match="on hold"):
        move(work.track.card_id, onward, by=work.boss, now=later(hours=2))
    resume(work.track.card_id, by=work.boss, now=later(hours=2))
    with pytest.raises(Refused, match="note its return before it goes on"):
        move(work.track.card_id, onward, by=work.boss, now=later(hours=2))

    receive(sent.id, by=work.boss, now=later(days=3))
    perform("start", "a key of sixteen 9", work.track.card_id, **facts | {"now": later(days=4)})


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"method": "pigeon"}, "how it is sent"),
        ({"units": 0}, "one unit or more"),
        ({"now": later(days=9)}, "over already"),
    ],
)
def test_a_sending_that_makes_no_sense_is_refused(work, facts, says):
    with pytest.raises(Refused, match=says):
        work.send(**facts)


def test_a_work_is_sent_once_to_a_firm_that_works_for_us(work):
    work.send()
    with pytest.raises(Refused, match="outside already"):
        work.send()
    gone = a_subcontractor(ended_on=TODAY)
    with pytest.raises(Refused, match="Choose the firm"):
        send(a_track().id, gone.id, SOON, by=work.boss, now=NOW, method="hand")


def test_an_overdue_work_reminds_once_for_each_day_and_the_return_ends_it(work):
    role = a_role("lab_supervisor")
    sent = work.send()

    assert remind(later(days=4)) == 0, "its day is not over"
    assert remind(later(days=5)) == 1
    assert remind(later(days=6)) == 0
    told = Followup.get()
    assert (told.role_id, told.card_id, told.note) == (
        role.id, work.track.card_id, "Frezaj Central",
    )  # fmt: skip
    expect_on(sent.id, TODAY + dt.timedelta(days=8), by=work.boss, now=later(days=6))
    assert Followup.get().done_at == later(days=6)
    assert remind(later(days=9)) == 1
    receive(sent.id, by=work.boss, now=later(days=9))
    assert Followup.select().where(Followup.done_at.is_null()).count() == 0
    late = Outsourcing.get_by_id(sent.id)
    assert late.promised_on == SOON, "the first promise is what counts"
    assert remind(later(days=20)) == 0


def test_percentiles_are_of_enough_past_works_and_say_how_many():
    assert [percentile([5, 1, 4, 2, 3], share) for share in (1, 50, 80, 81, 100)] == [1, 3, 4, 5, 5]
    few = time_of([60] * (ENOUGH - 1))
    assert (few.count, few.p50, few.p80, few.days) == (ENOUGH - 1, None, None, None)
    enough = time_of([1440 * day for day in range(1, 21)])
    assert (enough.count, enough.p50, enough.p80, enough.days) == (20, 14_400, 23_040, 16)
    assert not enough.has_outliers
    assert time_of([60] * 19 + [60_000]).has_outliers


def past_works(firm, track, many: int = ENOUGH, days: int = 5) -> None:
    for _ in range(many):
        an_outsourcing(
            track=track,
            stage=track.card.stage,
            subcontractor=firm,
            sent_at=later(days=-20),
            expected_on=TODAY,
            returned_at=later(days=days - 20),
            outcome="complete",
        )


def test_the_day_to_expect_follows_the_firms_p80_else_what_it_says_it_needs(work):
    past_works(work.firm, work.track, ENOUGH - 1)
    one = proposals([work.firm], NOW)[work.firm.id]
    assert (one.day, one.time.count) == (TODAY + dt.timedelta(days=3), ENOUGH - 1)

    past_works(work.firm, work.track, 1)
    one = proposals([work.firm], NOW)[work.firm.id]
    assert (one.day, one.time.count) == (TODAY + dt.timedelta(days=5), ENOUGH)
    assert times_by_firm(later(days=800)) == {}, "works of long ago say nothing"
    silent = a_subcontractor()
    assert proposals([silent], NOW)[silent.id].day is None


def test_dates_count_on_the_firm_while_it_has_the_work(work):
    work.send()
    card = Card.get_by_id(work.track.card_id)
    day = at_a_firm([card.id], later(hours=1))[card.id]
    assert 3 * 1440 < day < 5 * 1440, "until the evening of the day named"

    past_works(work.firm, a_track(pipeline=work.way))
    assert at_a_firm([card.id], later(hours=1)) == {card.id: 5 * 1440}
    assert at_a_firm([card.id], later(days=30)) == {card.id: 0}
    line = (Step(card.stage_id, 60), Step(7, 30))
    assert at_the_firm(line, 99) == (Step(card.stage_id, 99, "supplier"), Step(7, 30))


def test_a_step_on_the_suppliers_clock_lasts_as_past_works_say(work):
    way = a_pipeline("casting", "sintering", "done", kind="track")
    stage = stage_of(way, "sintering")
    Pipeline.update(published_at=None).where(Pipeline.id == way.id).execute()
    Stage.update(clock="supplier", standard_minutes=60).where(Stage.id == stage.id).execute()
    published(way)
    assert supplier_steps(NOW) == {}
    track = a_track(pipeline=way)
    for _ in range(ENOUGH):
        an_outsourcing(
            track=track,
            stage=stage,
            sent_at=later(days=-9),
            returned_at=later(days=-2),
            outcome="complete",
        )

    assert supplier_steps(NOW) == {stage.id: 7 * 1440}
    line = (Step(1, 5), Step(stage.id, 60, "supplier"))
    assert by_suppliers(line, supplier_steps(NOW))[1].minutes == 7 * 1440
