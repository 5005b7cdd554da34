"""A bridge of four in zirconia, from its registration to the dentist's hands, gate by gate."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import Card, CardStep
from schema.lab import Material, WorkType
from schema.orders import LabOrder
from schema.photos import Shot
from schema.pipelines import ControlPoint, Pipeline
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.device_statements import issue_statement
from schema.workflow.gates import checklist
from schema.workflow.statement_content import Declared, full_name
from schema.workflow.steps import move
from schema.workflow.ticks import tick
from seed import sow_first_rows
from tests.factories import NOW
from tests.factories.bridges import an_external_record
from tests.factories.components import a_component, a_component_movement
from tests.factories.lots import a_lot_use
from tests.factories.orders import a_draft_order, joined, registered
from tests.factories.photos import a_photo
from tests.factories.pipelines import stage_of
from tests.factories.staff import a_person
from tests.factories.statements import a_maker, a_signatory
from tests.histories import disagreements

BRIDGE = ((12, "crown"), (11, "pontic"), (21, "pontic"), (22, "crown"))


class Bench:
    """The order, and a supervisor who ticks what people tick and moves what may move."""

    def __init__(self, me: int | None = None) -> None:
        if me is None:
            sow_first_rows(NOW)
        self.me = me or a_person("lab_supervisor").id
        self.order = a_draft_order(
            card=open_card("order", by=self.me, now=NOW),
            work_type=WorkType.get(WorkType.code == "bridge"),
            material=Material.get(Material.code == "zr_mono"),
        )
        joined(self.order, *BRIDGE)

    def go(self, card: Card, code: str) -> CardStep:
        card = Card.get_by_id(card.id)
        return move(card.id, stage_of(card.pipeline, code).id, by=self.me, now=NOW)

    def tick_by_hand(self, card: Card) -> None:
        card = Card.get_by_id(card.id)
        for line in checklist(card):
            if line.point.stage_id == card.stage_id and line.point.evidence == "tick":
                tick(card.id, line.point.id, by=self.me, now=NOW)

    def refuses(self, card: Card, code: str, *points: str) -> None:
        """Everything by hand is ticked; what is missing is named, and the card stays."""
        self.tick_by_hand(card)
        before = Card.get_by_id(card.id)
        with pytest.raises(Refused) as caught:
            self.go(card, code)
        for point in points:
            name = ControlPoint.get(ControlPoint.code == point).name
            assert name in str(caught.value)
        assert Card.get_by_id(card.id).step_count == before.step_count

    def passes(self, card: Card, code: str) -> None:
        self.tick_by_hand(card)
        self.go(card, code)

    def shoot(self, moment: str) -> None:
        for shot in Shot.select().where(Shot.moment == moment):
            a_photo(order=self.order, shot=shot)

    def track(self, code: str) -> Track:
        found = Track.select().join(Card).join(Pipeline).where(Pipeline.code == code)
        [track] = found.where(Track.order == self.order)
        return track

    def state(self) -> None:
        """Somebody with the right signs the statement of the device."""
        by = a_signatory()
        declared = Declared("ro", "Șef de laborator", implantable=True)
        name, day = full_name(by), NOW.date()
        issue_statement(self.order.id, declared, name, by=by.id, now=NOW, today=day)

    def link(self, card: Card, kind: str) -> None:
        an_external_record(patient=None, card=card, kind=kind, file_name="x.stl", ready_at=NOW)


def test_a_bridge_of_four_goes_its_whole_way(house: Any) -> None:
    bench = Bench()
    a_maker()
    card = bench.order.card

    with pytest.raises(Refused, match="draft"):
        bench.go(card, "taken")
    registered(bench.order)
    with pytest.raises(Refused, match="Teeth and connectors are entered"):
        bench.go(card, "taken")
    bench.passes(card, "taken")

    zirconia = bench.track("zirconia").card
    bench.passes(card, "validation")
    bench.refuses(card, "framework", "photos_before")
    bench.shoot("before")
    bench.passes(card, "framework")

    bench.refuses(zirconia, "casting", "arrival_photo")
    bench.shoot("lab")
    bench.passes(zirconia, "casting")
    bench.passes(zirconia, "scanning")
    bench.refuses(zirconia, "cad", "scan_stored")
    bench.link(zirconia, "scan")
    bench.passes(zirconia, "cad")
    bench.refuses(zirconia, "consultation", "model_stored")
    bench.link(zirconia, "model")
    bench.passes(zirconia, "consultation")
    bench.passes(zirconia, "production")

    unit = bench.track("fabrication")
    assert (unit.name, unit.teeth.count()) == ("12–22", 4)
    bench.passes(card, "fabrication")
    assert bench.track("fabrication") == unit

    bench.refuses(unit.card, "sintering", "disc_lot")
    a_lot_use(order=bench.order, track=unit)
    for code in ("sintering", "individualisation", "cementation"):
        bench.passes(unit.card, code)
    bench.refuses(card, "handed_over", "units_done")
    bench.passes(unit.card, "done")
    bench.refuses(card, "handed_over", "units_done")
    bench.passes(zirconia, "done")
    screw = a_component(order=bench.order)
    a_component_movement(component=screw, from_holder="stock", to_holder="lab")
    bench.refuses(card, "handed_over", "statement_issued")
    bench.state()
    bench.passes(card, "handed_over")

    bench.refuses(card, "closed", "parts_settled", "photos_after")
    bench.shoot("after")
    bench.refuses(card, "closed", "parts_settled")
    a_component_movement(component=screw, from_holder="lab", to_holder="clinic")
    bench.passes(card, "closed")

    assert Card.get_by_id(card.id).closed_at == NOW
    assert not LabOrder.select().join(Card).where(Card.closed_at.is_null()).exists()
    assert disagreements() == []
