"""The dates of one work: latest starts back from its visit, and what is feasible at all."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schema.appointments import Appointment
from schema.cards import Card
from schema.lab import Material, WorkType
from schema.pipelines import Stage
from schema.tracks import Track
from schema.workflow.assigning import assign
from schema.workflow.bench import perform
from schema.workflow.cards import open_card
from schema.workflow.order_due import due_of, next_visit
from schema.workflow.order_plan import how_long, plan_of
from schema.workflow.orders import register
from schema.workflow.routes import known_routes, route_of
from schema.workflow.steps import move
from schema.workflow.tracks import open_tracks
from seed import sow_first_rows
from tests.factories.appointments import an_appointment, provider_hours
from tests.factories.hours import an_absence, opening_hours
from tests.factories.orders import a_draft_order, an_order_tooth, an_order_visit, joined
from tests.factories.pipelines import stage_of
from tests.factories.skills import a_skill
from tests.factories.staff import a_location, a_person
from tests.factories.tracks import an_outsourcing

BUCHAREST = ZoneInfo("Europe/Bucharest")
NOW = dt.datetime(2026, 3, 30, 6, 0, tzinfo=dt.UTC)  # Monday, nine o'clock, two weeks before Easter
BRIDGE = [(12, "crown"), (11, "pontic"), (21, "pontic"), (22, "crown")]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BUCHAREST).astimezone(dt.UTC)


class Works:
    """A clinic with first rows, a location that works nine to six with a break, and an order."""

    def __init__(self) -> None:
        sow_first_rows(NOW)
        self.place = a_location()
        for day in range(1, 6):
            for opens, closes in ((540, 780), (840, 1080)):
                opening_hours(location=self.place, weekday=day, opens_at=opens, closes_at=closes)
        self.me = a_person("lab_supervisor").id
        self.work = WorkType.get(WorkType.code == "crown")
        self.zirconia = Material.get(Material.code == "zr_mono")

    def order(self, *parts, **columns):
        card = open_card("order", by=self.me, now=NOW, location=self.place)
        made = {"card": card, "work_type": self.work, "material": self.zirconia}
        order = a_draft_order(**made | columns)
        if parts:
            joined(order, *parts)
        else:
            an_order_tooth(order=order, tooth=11)
        return order

    def technician(self, *codes):
        person = a_person("technician", location=self.place)
        for code in codes:
            a_skill(staff=person, stage_code=code)
        return person.id

    def visit(self, order, moment, purpose="placement"):
        visit = an_appointment(patient=order.patient, starts_at=at(moment))
        return an_order_visit(order=order, appointment=visit, purpose=purpose).appointment

    def registered(self, order):
        return register(order.id, by=self.me, now=NOW)

    def taken(self, visit):
        """A registered order with a visit then, which the laboratory has taken."""
        order = self.order()
        self.visit(order, visit)
        order = self.registered(order)
        self.moved(order.card_id, "taken")
        return order

    def moved(self, card_id, *codes, now=NOW):
        for code in codes:
            card = Card.get_by_id(card_id)
            stage = stage_of(card.pipeline, code)
            move(card_id, stage.id, by=self.me, now=now, forced=True, reason="For this test")
        return Card.get_by_id(card_id)


@pytest.fixture
def works(house) -> Works:
    return Works()


def test_each_step_is_counted_back_from_the_visit(works):
    order = works.order()
    works.visit(order, "2026-04-14 10:00")
    plan = plan_of(works.registered(order), NOW)

    names = dict(Stage.select(Stage.id, Stage.code).tuples())
    starts = {names[one.step.stage]: one.start for one in plan.steps}
    # Good Friday and Easter Monday are closed: Thursday evening is the last working day before.
    assert plan.ready_by == at("2026-04-09 18:00")
    assert starts["cementation"] == at("2026-04-09 17:35")
    assert starts["individualisation"] == at("2026-04-09 16:05")
    assert starts["sintering"] == at("2026-04-08 18:00")
    assert starts["milling"] == at("2026-04-08 17:15")
    assert starts["consultation"] == at("2026-04-03 17:15")
    assert plan.is_feasible
    assert plan.begins_by == min(starts.values())


def test_a_visit_before_what_is_feasible_says_the_first_day_that_is(works):
    order = works.order()
    works.visit(order, "2026-03-31 10:00")
    plan = plan_of(works.registered(order), NOW)

    assert not plan.is_feasible
    assert plan.begins_by < NOW
    asked = how_long(works.work, works.zirconia, 1, works.place.id, NOW)
    assert (asked.ends, asked.visit_day) == (plan.ends, plan.visit_day)
    works.visit(order, f"{plan.visit_day} 10:00")
    Appointment.update(
        cancelled_at=NOW, cancelled_by=works.me, cancelled_for="patient", cancel_reason="Ill"
    ).where(Appointment.starts_at < at("2026-04-01 00:00")).execute()
    assert plan.ends <= due_of(order)


def test_a_long_bridge_and_a_work_done_outside_have_two_days_to_spare(works):
    bridge = WorkType.get(WorkType.code == "bridge")
    order = works.order(*BRIDGE, work_type=bridge)
    works.visit(order, "2026-04-09 10:00")
    assert due_of(order) == at("2026-04-07 18:00")

    short = works.order()
    works.visit(short, "2026-04-09 12:00")
    assert due_of(short) == at("2026-04-08 18:00")
    works.registered(short)
    track = open_tracks(short.card_id, "zirconia", "order", by=works.me, now=NOW)[0]
    an_outsourcing(track=track)
    assert due_of(short) == at("2026-04-07 18:00")


def test_each_round_of_try_ins_has_its_own_date(works):
    order = works.order()
    tried = works.visit(order, "2026-04-07 10:00", "try_in")
    works.visit(order, "2026-04-16 10:00")

    assert due_of(order) == at("2026-04-06 18:00")
    Appointment.update(
        arrived_at=at("2026-04-07 10:00"), completed_at=at("2026-04-07 11:00")
    ).where(Appointment.id == tried.id).execute()
    assert due_of(order) == at("2026-04-15 18:00")
    assert next_visit(order).starts_at == at("2026-04-16 10:00")


def test_what_is_done_of_the_present_step_is_not_ahead(works):
    order = works.taken("2026-04-14 10:00")

    def minutes(moment):
        return plan_of(order, at(moment)).steps[0].step.minutes

    assert minutes("2026-03-30 09:10") == 15, "what waits is not begun"
    track = Track.get(Track.order == order)
    ana = works.technician("impression_photo")
    assign({track.id: ana}, by=works.me, now=at("2026-03-30 09:10"))
    assert minutes("2026-03-30 11:00") == 15, "given is not begun"
    perform("start", "k" * 16, track.card_id, by=ana, now=at("2026-03-30 11:00"), seen=0)
    assert minutes("2026-03-30 11:10") == 5
    assert minutes("2026-03-30 12:00") == 0


def test_units_side_by_side_are_ready_when_the_slowest_is(works):
    order = works.order()
    an_order_tooth(order=order, tooth=21)
    works.visit(order, "2026-04-14 10:00")
    order = works.registered(order)
    works.moved(order.card_id, "taken")
    track = Track.get(Track.order == order)
    way = ("casting", "scanning", "cad", "consultation", "production")
    works.moved(track.card_id, *way)
    whole = plan_of(order, NOW).ends
    units = [one.card_id for one in Track.select().where(Track.order == order, Track.id != track)]
    works.moved(units[0], "sintering", "individualisation", "cementation")

    assert len(units) == 2
    assert plan_of(order, NOW).ends == whole
    assert len(plan_of(order, NOW).steps) == 1 + 4


def test_drafts_and_works_handed_over_have_no_plan(works):
    order = works.order()
    assert plan_of(order, NOW) is None
    works.visit(order, "2026-04-14 10:00")
    order = works.registered(order)
    assert plan_of(order, NOW) is not None
    works.moved(order.card_id, "taken", "fabrication", "handed_over")
    assert plan_of(order, NOW) is None


def test_every_kind_of_work_has_one_route(works):
    order = works.order()
    routes = known_routes()

    assert routes[order.work_type_id, order.material_id] == route_of(order) == "ZR"
    assert routes[order.work_type_id, None] == works.work.route


def test_a_step_of_somebody_who_is_away_waits_until_they_are_back(works):
    order = works.taken("2026-04-14 10:00")
    track = Track.get(Track.order == order)
    ana = works.technician("impression_photo")
    dan = works.technician("impression_photo")
    assign({track.id: ana}, by=works.me, now=NOW)
    before = plan_of(order, NOW)
    an_absence(staff=ana, starts_on=dt.date(2026, 3, 30), ends_on=dt.date(2026, 4, 3))

    pushed = plan_of(order, NOW)
    assert before.ends == at("2026-04-03 10:55")
    # She is back on Monday 6 April; the furnace then ends on Good Friday, and Easter lies between.
    assert pushed.ends == at("2026-04-14 10:55")
    assert before.is_feasible and not pushed.is_feasible
    assign({track.id: dan}, by=works.me, now=NOW)
    assert plan_of(order, NOW).ends == before.ends


def test_a_step_waits_while_all_who_have_learnt_it_are_away(works):
    order = works.taken("2026-04-14 10:00")
    ana, dan = works.technician("cad"), works.technician("cad")
    whole = plan_of(order, NOW)
    an_absence(staff=ana, starts_on=dt.date(2026, 3, 30), ends_on=dt.date(2026, 4, 2))
    assert plan_of(order, NOW).ends == whole.ends, "the other one does it"

    an_absence(staff=dan, starts_on=dt.date(2026, 3, 30), ends_on=dt.date(2026, 4, 1))
    pushed = plan_of(order, NOW)
    # He is back on Thursday 2 April, and the dentist answers within three working days.
    assert pushed.ends == at("2026-04-08 10:55")
    asked = how_long(works.work, works.zirconia, 1, works.place.id, NOW)
    assert asked.ends >= pushed.ends


def test_a_step_is_done_in_the_shifts_of_whoever_has_it(works):
    order = works.taken("2026-04-14 10:00")
    track = Track.get(Track.order == order)
    ana = works.technician("impression_photo")
    provider_hours(
        staff=ana, location=works.place, weekday=3, from_minute=14 * 60, until_minute=20 * 60
    )
    assign({track.id: ana}, by=works.me, now=NOW)

    first = plan_of(order, NOW).steps[0]
    assert first.start == at("2026-04-01 19:45"), "the latest Wednesday before its date"
    Card.update(due_at=None).where(Card.id == order.card_id).execute()
    first = plan_of(order, NOW).steps[0]
    assert (first.start, first.finish) == (at("2026-04-01 14:00"), at("2026-04-01 14:15"))
