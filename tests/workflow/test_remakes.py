"""Work that is made again: sent back with a cause, or begun anew as a linked order."""

from __future__ import annotations

import pytest

from schema.cards import Card, CardStep, Tick
from schema.custom import CustomField, CustomValue
from schema.lab import Material, WorkType
from schema.orders import LabOrder
from schema.pipelines import Pipeline
from schema.remakes import Remake
from schema.teeth import OrderConnector
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.remakes import remake, rework, ways_back
from schema.workflow.steps import move
from schema.workflow.ticks import tick
from schema.workflow.tracks import in_use, open_track, units_of
from seed import sow_first_rows
from tests.factories import NOW, TODAY, later
from tests.factories.cards import moved
from tests.factories.custom import a_custom_field, a_custom_value
from tests.factories.lab import a_remake_cause
from tests.factories.orders import a_draft_order, an_order, joined, registered
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

pytestmark = pytest.mark.usefixtures("house")


class Bench:
    """A process at its second stage, whose checks were ticked on the way, and who works on it."""

    def __init__(self):
        self.me, self.cause = a_person("lab_supervisor").id, a_remake_cause()
        self.way = a_pipeline("new", "working", "polishing", "done", "lost", kind="track")

    def a_card(self):
        return moved(a_track(pipeline=self.way).card, "working")

    def back(self, card, code="new", **told):
        told = {"by": self.me, "now": later(days=1)} | told
        return rework(card.id, stage_of(self.way, code).id, self.cause.id, **told)


def test_a_process_goes_back_with_its_cause_and_keeps_its_history():
    bench = Bench()
    card = bench.a_card()

    row = bench.back(card, text="The margin broke")

    card = Card.get_by_id(card.id)
    assert (card.stage.code, card.step_count) == ("new", 2)
    last = CardStep.get(CardStep.card == card, CardStep.number == 2)
    assert (last.reason, last.by_id) == ("The margin broke", bench.me)
    assert (row.kind, row.order_id, row.original.tracks.get().card_id) == ("rework", None, card.id)
    assert (row.cause_id, row.cause_text, row.by_id) == (bench.cause.id, last.reason, bench.me)


def test_what_was_ticked_on_the_way_is_checked_again():
    bench = Bench()
    point = a_control_point(stage=stage_of(bench.way, "new"))
    card = a_track(pipeline=bench.way).card
    tick(card.id, point.id, by=bench.me, now=NOW)
    move(card.id, stage_of(bench.way, "working").id, by=bench.me, now=NOW)

    bench.back(card)

    assert [row.done for row in Tick.select().order_by(Tick.id)] == [True, False]
    with pytest.raises(Refused, match=point.name):
        move(card.id, stage_of(bench.way, "working").id, by=bench.me, now=later(days=2))


def test_a_second_click_sends_back_once():
    bench = Bench()
    card = bench.a_card()

    first, second = bench.back(card, seen=1), bench.back(card, seen=1)

    assert first == second
    assert (Remake.select().count(), Card.get_by_id(card.id).step_count) == (1, 2)


def test_rework_goes_back_only_where_the_map_says():
    bench = Bench()
    card = bench.a_card()
    assert [stage.code for stage in ways_back(card)] == ["new"]

    for code in ("polishing", "lost", "working"):
        with pytest.raises(Refused, match="earlier stage"):
            bench.back(card, code)
    with pytest.raises(Refused, match="Only a process of an order"):
        bench.back(an_order().card)
    assert not Remake.select().exists()
    assert Card.get_by_id(card.id).step_count == 1


def test_a_cause_is_one_in_use_and_other_says_what_happened():
    bench = Bench()
    card = bench.a_card()

    bench.cause = a_remake_cause(family="other")
    with pytest.raises(Refused, match="Write what happened"):
        bench.back(card)
    bench.cause = a_remake_cause(ended_on=TODAY)
    with pytest.raises(Refused, match="Choose the cause"):
        bench.back(card)
    assert Card.get_by_id(card.id).step_count == 1


def an_old_bridge():
    order = a_draft_order(notes="High smile line")
    joined(order, (12, "crown"), (11, "pontic"), (21, "crown"))
    return registered(order)


def test_a_remake_is_a_linked_draft_with_the_same_work():
    old, cause, me = an_old_bridge(), a_remake_cause(), a_person("dentist")

    new = remake(old.id, cause.id, "remake", by=me.id, now=later(days=30), cost_bearer="clinic")

    new, link = LabOrder.get_by_id(new.id), Remake.get()
    assert (link.original_id, link.order_id, link.kind) == (old.id, new.id, "remake")
    assert (link.cause_id, link.cost_bearer, link.by_id) == (cause.id, "clinic", me.id)
    assert new.is_draft and new.ticket != old.ticket and new.card_id != old.card_id
    for name in ("patient_id", "dentist_id", "work_type_id", "material_id", "shade_id", "notes"):
        assert getattr(new, name) == getattr(old, name)
    [unit] = units_of(new)
    assert [(row.tooth, row.part) for row in unit] == [
        (12, "crown"),
        (11, "pontic"),
        (21, "crown"),
    ]
    assert OrderConnector.select().where(OrderConnector.order == old).count() == 2
    assert registered(new).is_draft is False


def test_a_second_click_begins_one_order_and_another_kind_is_refused_meanwhile():
    old, cause, me = an_old_bridge(), a_remake_cause(), a_person().id

    first = remake(old.id, cause.id, "remake", by=me, now=NOW)
    second = remake(old.id, cause.id, "remake", by=me, now=NOW)

    assert first == second
    with pytest.raises(Refused, match=first.ticket):
        remake(old.id, cause.id, "repair", by=me, now=NOW)
    assert LabOrder.select().count() == 2


def test_a_draft_is_not_remade_and_rework_has_no_order():
    draft, cause, me = a_draft_order(), a_remake_cause(), a_person().id

    with pytest.raises(Refused, match="A draft is not remade"):
        remake(draft.id, cause.id, "remake", by=me, now=NOW)
    with pytest.raises(Refused, match="Choose a remake"):
        remake(an_old_bridge().id, cause.id, "rework", by=me, now=NOW)
    assert not Remake.select().exists()


def test_a_repair_in_zirconia_skips_the_design_and_a_remake_does_not():
    sow_first_rows(NOW)
    me, cause = a_person("lab_supervisor").id, a_remake_cause()
    way = Pipeline.get(Pipeline.code == "order").id
    old = a_draft_order(
        card=open_card("order", by=me, now=NOW, pipeline=way),
        work_type=WorkType.get(WorkType.code == "bridge"),
        material=Material.get(Material.code == "zr_mono"),
    )
    joined(old, (12, "crown"), (11, "pontic"), (21, "crown"))
    registered(old)
    stages = {}
    for kind in ("remake", "repair"):
        new = registered(remake(old.id, cause.id, kind, by=me, now=NOW))
        track = open_track(new.card_id, in_use("zirconia"), by=me, now=NOW)
        stages[kind] = Card.get_by_id(track.card_id).stage.code

    assert stages == {"remake": "impression_photo", "repair": "production"}
    assert Track.select().count() == 2


def test_a_remake_says_what_the_original_says_in_fields_of_the_clinics_own():
    order, me = an_order(11), a_person("lab_supervisor").id
    kept, other = a_custom_field(kind="order", type="text"), a_pipeline(kind="order")
    elsewhere = a_custom_field(kind="order", type="text", pipeline=other)
    retired = a_custom_field(kind="order", type="yes_no")
    a_custom_value(card=order.card, field=kept, text_value="Artex, quick plate")
    a_custom_value(card=order.card, field=retired, yes_no_value=True)
    CustomField.update(retired_on=TODAY).where(CustomField.id == retired.id).execute()

    made = remake(order.id, a_remake_cause().id, "remake", by=me, now=NOW)

    values = CustomValue.select().where(CustomValue.card == made.card_id)
    assert [(one.field_id, one.text_value) for one in values] == [(kept.id, "Artex, quick plate")]
    assert elsewhere.id not in {one.field_id for one in values}
    assert CustomValue.select().where(CustomValue.card == order.card).count() == 2
