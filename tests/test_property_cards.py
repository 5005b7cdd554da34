"""A random walker tries everything with cards; a plain model knows each verdict beforehand."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from peewee import IntegrityError, Model

from schema import TABLES
from schema.cards import Card, CardStep, Tick
from schema.database import one_act
from schema.explain import Explainer
from schema.pipelines import ControlPoint, Stage
from tests.card_model import ModelCard, allowed_to_open, allowed_to_step, allowed_to_tick
from tests.card_town import Town, pick, seldom, walk
from tests.factories import NOW, later
from tests.factories.cards import a_card
from tests.histories import disagreements
from tests.refusals import raw

STEPS = 10_000
KEYS = ("FOREIGN KEY", "foreign key")
explainer = Explainer(TABLES)


class Walker(RuleBasedStateMachine):
    """Does what people, programs and mistaken administrators could do to cards."""

    def __init__(self, town: Town) -> None:
        super().__init__()
        self.town = town
        start = town.ways[0].stages.where(Stage.opens).get()
        self.cards = [ModelCard(a_card(pipeline=town.ways[0]), start, None)]

    def some(self, number: int, things: list[Any]) -> Any:
        return things[number % len(things)]

    def ask(self, model: type[Model], broken: set[str], **columns: Any) -> Any:
        """Try to write a row; the database must agree with what the model knows to be broken."""
        try:
            with one_act():
                row = model.create(**columns)
        except IntegrityError as error:
            told = explainer.explain(error).rule
            assert broken, f"refused by {told}, though nothing is broken"
            assert told in broken or any(word in str(error) for word in KEYS), (told, broken)
            self.town.verdicts[str(told)] += 1
            return None
        assert not broken, f"kept, though it breaks {broken}"
        self.town.verdicts[f"kept {model.__name__}"] += 1
        return row

    @rule(who=pick, way=pick, hurry=seldom)
    def goes_on(self, who: int, way: int, hurry: bool) -> None:
        """Ticks what is asked for, then walks."""
        card = self.some(who, self.cards)
        for point in card.stage.control_points:
            self.ticks_one(card, point, done=True)
        self.walks_the_map(who, way, hurry)

    @rule(who=pick)
    def comes_back(self, who: int) -> None:
        """A closed card starts again, an open one in the other way."""
        card = self.some(who, self.cards)
        other = next(way for way in self.town.ways if way.id != card.stage.pipeline_id)
        way, mode = (card.stage.pipeline, "reopen") if card.closed else (other, "transfer")
        start = next(one for one in self.town.stages if one.pipeline == way and one.opens)
        self.steps(card, to_stage=start, mode=mode, reason="Better so", by=self.town.person)

    @rule(who=pick, way=pick, hurry=seldom)
    def walks_the_map(self, who: int, way: int, hurry: bool) -> None:
        card = self.some(who, self.cards)
        known = [one for one in self.town.steps if one.from_stage_id == card.stage.id]
        if known:
            force = {"forced": True, "reason": "In a hurry", "by": self.town.person}
            self.steps(card, step=self.some(way, known), **force if hurry else {})

    @rule(who=pick, place=pick, mode=st.sampled_from(["move", "transfer", "reopen"]), why=seldom)
    def leaps(self, who: int, place: int, mode: str, why: bool) -> None:
        card, stage = self.some(who, self.cards), self.some(place, self.town.stages)
        told = {"reason": " " if why else "Better so", "by": self.town.person}
        self.steps(card, to_stage=stage, mode=mode, **told)

    @rule(who=pick, place=pick, way=pick, late=st.integers(-1, 1), lie=st.booleans())
    def lies(self, who: int, place: int, way: int, late: int, lie: bool) -> None:
        """A number, a stage or a pipeline that is not so."""
        card, stage = self.some(who, self.cards), self.some(place, self.town.stages)
        step = self.some(way, self.town.steps)
        wrong = {"from_stage": stage} if lie else {"pipeline": self.some(place, self.town.ways)}
        self.steps(card, step=step, number=card.count + 1 + late, **wrong)

    def steps(self, card: ModelCard, **columns: Any) -> None:
        step = columns.get("step")
        to_stage = columns.setdefault("to_stage", step and step.to_stage)
        usual = {"from_stage": card.stage, "number": card.count + 1, "mode": "move"}
        usual |= {"pipeline": to_stage.pipeline, "forced": False, "reason": None, "by": None}
        columns = usual | {"step": None, "at": later(minutes=card.count)} | columns
        broken = allowed_to_step(card, self.cards, self.town.points, **columns)
        if self.ask(CardStep, broken, card=card.id, **columns):
            card.go(columns)

    @rule(who=pick, which=pick, undo=seldom)
    def ticks(self, who: int, which: int, undo: bool) -> None:
        self.ticks_one(self.some(who, self.cards), self.some(which, self.town.points), not undo)

    def ticks_one(self, card: ModelCard, point: ControlPoint, done: bool) -> None:
        broken = allowed_to_tick(card, point)
        if self.ask(Tick, broken, card=card.id, control_point=point, done=done, at=NOW):
            card.ticked[point.id] = done

    @precondition(lambda self: len(self.cards) < 4)
    @rule(who=pick, place=pick)
    def opens_a_child(self, who: int, place: int) -> None:
        above, stage = self.some(who, self.cards), self.some(place, self.town.stages)
        way = stage.pipeline
        columns = {"kind": way.kind, "pipeline": way, "stage": stage, "opened_at": NOW}
        broken = allowed_to_open(above, stage)
        if row := self.ask(Card, broken, parent=above.id, **columns):
            self.cards.append(ModelCard(row, stage, above))

    @rule(who=pick, place=pick, column=st.sampled_from(["stage_id", "step_count", "closed_at"]))
    def types_over_the_card(self, who: int, place: int, column: str) -> None:
        card = self.some(who, self.cards)
        value = {
            "stage_id": self.some(place, self.town.stages).id,
            "step_count": place % 4,
            "closed_at": "2026-11-20 10:00:00",
        }[column]
        if value not in (card.stage.id, card.count):
            self.tampers(f"UPDATE card SET {column} = ? WHERE id = ?", value, card.id)

    @precondition(lambda self: any(card.count for card in self.cards))
    @rule(
        who=pick,
        act=st.sampled_from(["UPDATE card_step SET reason = 'x'", "DELETE FROM card_step"]),
    )
    def rewrites_history(self, who: int, act: str) -> None:
        card = self.some(who, [card for card in self.cards if card.count])
        self.tampers(f"{act} WHERE card_id = ?", card.id)

    def tampers(self, statement: str, *values: Any) -> None:
        try:
            with one_act():
                raw(statement, *values)
        except IntegrityError as error:
            self.town.verdicts[str(explainer.explain(error).rule)] += 1
            return
        raise AssertionError(f"kept: {statement} {values}")

    def teardown(self) -> None:
        for card in self.cards:
            assert card.differs_from(Card.get_by_id(card.id)) == []


def test_a_random_walk_of_cards_finds_no_disagreement(house):
    town = Town()

    walk(Walker, town, STEPS)

    taken = town.verdicts
    print(f"{taken.total()} steps, {CardStep.select().count()} moves kept: {dict(taken)}")
    assert taken.total() >= STEPS
    assert CardStep.select().count() > STEPS // 10
    assert disagreements() == []
