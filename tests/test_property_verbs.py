"""A random walker works with cards by the verbs; the plain model knows each answer beforehand."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from schema.cards import Card, CardStep, Tick
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.holding import hold, resume
from schema.workflow.steps import move, reopen
from schema.workflow.ticks import tick, untick
from schema.workflow.transfers import transfer
from tests.card_model import ModelCard, allowed_to_step, allowed_to_tick, broken, in_use
from tests.card_town import Town, pick, seldom, walk
from tests.factories import NOW, later
from tests.factories.cards import a_card
from tests.histories import disagreements

STEPS = 3_000


class Worker(RuleBasedStateMachine):
    """Does what people do with cards, wisely and unwisely, and only by the verbs."""

    def __init__(self, town: Town) -> None:
        super().__init__()
        self.town, self.me = town, town.person.id
        start = next(stage for stage in town.stages if stage.opens)
        self.cards = [ModelCard(a_card(pipeline=town.ways[0]), start, None)]
        self.held: set[int] = set()

    def some(self, number: int, things: list[Any]) -> Any:
        return things[number % len(things)]

    def ask(self, name: str, wrong: set[str], verb: Any) -> Any:
        """Do a verb; it must refuse exactly when the model knows that something is wrong."""
        try:
            done = verb()
        except Refused as refusal:
            assert wrong, f"{name} refused: {refusal}; nothing is wrong"
            self.town.verdicts[f"{name} refused"] += 1
            return None
        assert not wrong, f"{name} was done, though it breaks {wrong}"
        self.town.verdicts[f"{name} done"] += 1
        return done

    def as_written(self, card: ModelCard, **columns: Any) -> dict[str, Any]:
        """The row of the step that a verb would write."""
        usual = {"from_stage": card.stage, "number": card.count + 1, "mode": "move"}
        usual |= {"forced": False, "reason": None, "by": self.town.person, "step": None}
        usual |= {"pipeline": columns["to_stage"].pipeline, "at": later(minutes=card.count)}
        return usual | columns

    def way(self, card: ModelCard, number: int) -> Any:
        """A step of the map from where the card stands, when there is one."""
        known = [one for one in self.town.steps if one.from_stage_id == card.stage.id]
        return self.some(number, known) if known else None

    @rule(who=pick, number=pick, hurry=seldom, stale=seldom, prepared=st.booleans())
    def goes_on(self, who: int, number: int, hurry: bool, stale: bool, prepared: bool) -> None:
        """Along the map, prepared or not, in a hurry or with an old screen."""
        card = self.some(who, self.cards)
        for point in card.stage.control_points if prepared else ():
            self.ticks_one(card, point)
        step = self.way(card, number)
        if step is not None:
            reason = "In a hurry" if hurry else None
            seen = card.count - 1 if stale and card.count else card.count
            self.moves(card, step.to_stage, step, hurry, reason, seen)

    @rule(who=pick, numbers=st.lists(pick, min_size=1, max_size=5))
    def works_well(self, who: int, numbers: list[int]) -> None:
        """Some steps on end, each as it should be done."""
        card = self.some(who, self.cards)
        for number in numbers:
            if card.id in self.held:
                self.lets_go(card)
            self.goes_on(who, number, False, False, True)

    @rule(who=pick, place=pick, hurry=st.booleans())
    def leaps(self, who: int, place: int, hurry: bool) -> None:
        """Anywhere; forced, it leaves out the reason."""
        card, there = self.some(who, self.cards), self.some(place, self.town.stages)
        known = [one for one in self.town.steps if one.from_stage_id == card.stage.id]
        step = next((one for one in known if one.to_stage_id == there.id), None)
        self.moves(card, there, step, hurry, None, card.count)

    def moves(
        self, card: ModelCard, there: Any, step: Any, forced: bool, reason: str | None, seen: int
    ) -> None:
        row = self.as_written(card, to_stage=there, step=step, forced=forced, reason=reason)
        wrong = allowed_to_step(card, self.cards, self.town.points, **row)
        wrong |= broken(
            on_hold=card.id in self.held and not self.repeats(card, there, seen),
            seen_another_place=seen != card.count,
        )
        if self.repeats(card, there, seen):
            wrong = set()
        told = {"forced": forced, "reason": reason, "seen": seen}
        done = self.ask(
            "move", wrong, lambda: move(card.id, there.id, by=self.me, now=row["at"], **told)
        )
        if done is not None and done.number > card.count:
            card.go(row)

    def repeats(self, card: ModelCard, there: Any, seen: int) -> bool:
        """Whether this is the very click that brought the card where it is."""
        return seen == card.count - 1 >= 0 and there.id == card.stage.id

    @rule(who=pick, place=pick, silent=seldom)
    def reopens(self, who: int, place: int, silent: bool) -> None:
        card = self.some(who, self.cards)
        there = self.some(place, [one for one in self.town.stages if self.is_near(card, one)])
        row = self.as_written(card, to_stage=there, mode="reopen", reason=" " if silent else "So")
        wrong = allowed_to_step(card, self.cards, self.town.points, **row)
        told = {"now": row["at"], "reason": row["reason"]}
        if self.ask("reopen", wrong, lambda: reopen(card.id, there.id, by=self.me, **told)):
            card.go(row)

    def is_near(self, card: ModelCard, stage: Any) -> bool:
        return stage.pipeline_id == card.stage.pipeline_id

    @rule(who=pick, place=pick, silent=seldom)
    def is_taken_over(self, who: int, place: int, silent: bool) -> None:
        """To another pipeline; closed cards and those that are there already are passed over."""
        card, there = self.some(who, self.cards), self.some(place, self.town.stages)
        reason = " " if silent else "The map changed"
        row = self.as_written(card, to_stage=there, mode="transfer", reason=reason)
        wrong = broken(no_reason=silent, not_in_use=not in_use(there.pipeline))
        passed_over = card.closed is not None or self.is_near(card, there)
        if not passed_over:
            wrong |= allowed_to_step(card, self.cards, self.town.points, **row)
        places, told = {card.stage.id: there.id}, {"now": row["at"], "reason": reason}
        target = there.pipeline_id
        moved = self.ask(
            "transfer", wrong, lambda: transfer([card.id], target, places, by=self.me, **told)
        )
        assert moved is None or moved == (0 if passed_over else 1)
        if moved:
            card.go(row)

    @rule(who=pick, which=pick)
    def ticks(self, who: int, which: int) -> None:
        self.ticks_one(self.some(who, self.cards), self.some(which, self.town.points))

    def ticks_one(self, card: ModelCard, point: Any) -> None:
        wrong = allowed_to_tick(card, point) | broken(closed=card.closed is not None)
        if self.ask("tick", wrong, lambda: tick(card.id, point.id, by=self.me, now=NOW)):
            card.ticked[point.id] = True

    @rule(who=pick, which=pick)
    def takes_a_tick_back(self, who: int, which: int) -> None:
        card, point = self.some(who, self.cards), self.some(which, self.town.points)
        wrong = allowed_to_tick(card, point) | broken(closed=card.closed is not None)
        self.ask("untick", wrong, lambda: untick(card.id, point.id, by=self.me, now=NOW) or True)
        if not wrong:
            card.ticked[point.id] = False

    @rule(who=pick, over=st.booleans())
    def waits_or_waits_no_more(self, who: int, over: bool) -> None:
        card = self.some(who, self.cards)
        (self.lets_go if over else self.puts_on_hold)(card)

    def puts_on_hold(self, card: ModelCard) -> None:
        told = {"reason": "patient", "clock": "patient"}
        wrong = broken(closed=card.closed is not None)
        if self.ask("hold", wrong, lambda: hold(card.id, by=self.me, now=NOW, **told)):
            self.held.add(card.id)

    def lets_go(self, card: ModelCard) -> None:
        wrong = broken(not_held=card.id not in self.held)
        if self.ask("resume", wrong, lambda: resume(card.id, by=self.me, now=NOW)):
            self.held.discard(card.id)

    @precondition(lambda self: len(self.cards) < 4 and not all(one.closed for one in self.cards))
    @rule(who=pick, place=pick)
    def opens_a_child(self, who: int, place: int) -> None:
        above = self.some(who, [card for card in self.cards if not card.closed])
        way = self.some(place, self.town.ways)
        wrong = broken(not_in_use=not in_use(way))
        told = {"now": NOW, "pipeline": way.id, "parent": above.id}
        row = self.ask("open", wrong, lambda: open_card(way.kind, by=self.me, **told))
        if row is not None:
            start = next(one for one in self.town.stages if one.id == row.stage_id)
            self.cards.append(ModelCard(row, start, above))

    def teardown(self) -> None:
        for card in self.cards:
            assert card.differs_from(Card.get_by_id(card.id)) == []


def test_a_random_walk_by_the_verbs_finds_no_disagreement(house):
    town = Town()

    walk(Worker, town, STEPS)

    taken = town.verdicts
    print(f"{taken.total()} acts, {CardStep.select().count()} steps, {Tick.select().count()} ticks")
    print(dict(taken))
    assert taken.total() >= STEPS
    for verb in ("move", "reopen", "transfer", "tick", "untick", "resume"):
        assert taken[f"{verb} done"] and taken[f"{verb} refused"], verb
    assert disagreements() == []
