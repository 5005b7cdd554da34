"""Random custody against a plain count of every piece: hands in the house, and their ends."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from peewee import IntegrityError

from schema.cards import Card
from schema.components import HOLDERS
from schema.custody import ROOMS, ComponentIncident
from schema.database import one_act
from schema.movements import ComponentMovement
from schema.workflow import Refused
from schema.workflow.custody import give, list_component, settle, take, take_back
from schema.workflow.custody_incidents import found, report_missing, write_off
from tests.factories import NOW, later
from tests.factories.cards import a_card_step, moved
from tests.factories.components import a_component_kind
from tests.factories.orders import an_order
from tests.factories.pipelines import stage_of
from tests.factories.staff import a_person
from tests.refusals import raw

OUTSIDE = ("patient", "stock")
ENDS = ("clinic", "patient", "stock", "consumed", "incorporated", "written_off")
WORKING = [one for one in HOLDERS if one not in ENDS]
pick, few = st.integers(0, 10_000), st.integers(0, 3)
seldom = st.integers(0, 4).map(lambda die: die == 0)
hands, room = st.sampled_from(list(HOLDERS)), st.sampled_from(list(ROOMS))


class Custody(RuleBasedStateMachine):
    """People hand over, split, lose, find, return and close; an administrator types SQL."""

    tried: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.people = [a_person().id for _ in range(3)]
        self.order = an_order()
        self.kinds = [a_component_kind(returns=one).id for one in ("returns", "free")]
        self.parts: list[int] = []
        self.count: dict[tuple[int, str], int] = Counter()
        self.ways: dict[int, list[Any]] = {}
        self.lost: dict[int, list[int]] = {}
        self.closed = False

    def person(self, number: int) -> int:
        return self.people[number % len(self.people)]

    def verb(self, name: str, allowed: bool, act: Any) -> Any:
        """The verb agrees with the model about what is possible."""
        self.tried[f"{name} {'kept' if allowed else 'refused'}"] += 1
        try:
            answer = act()
        except Refused as refusal:
            assert not allowed, f"{name}: {refusal}"
            return None
        assert allowed, f"{name} was kept"
        return answer if answer is not None else True

    def moves(self, part: int, number: int, giver: str, taker: str) -> None:
        if giver not in OUTSIDE:
            self.count[part, giver] -= number
        self.count[part, taker] += number

    def has(self, part: int, holder: str, number: int) -> bool:
        return number > 0 and self.count[part, holder] >= number

    @rule(kind=pick, number=few, who=pick)
    def brings(self, kind: int, number: int, who: int) -> None:
        key = self.kinds[kind % 2]
        part = self.verb(
            "bring",
            number > 0,
            lambda: list_component(self.order.id, key, number, by=self.person(who), now=NOW),
        )
        if part:
            self.parts += [] if part.id in self.parts else [part.id]
            self.moves(part.id, number, "patient", "clinic")

    @rule(part=pick, number=few, giver=room, taker=room, who=pick)
    def gives(self, part: int, number: int, giver: str, taker: str, who: int) -> None:
        if not self.parts:
            return
        part = self.parts[part % len(self.parts)]
        allowed = giver != taker and self.has(part, giver, number) and not self.closed
        told = {"by": self.person(who), "now": NOW}
        made = self.verb("give", allowed, lambda: give([(part, number)], giver, taker, **told))
        if made:
            self.moves(part, number, giver, "transport")
            self.ways[made[0].id] = [part, number, giver, taker, told["by"]]

    @rule(way=pick, number=few, who=pick)
    def takes(self, way: int, number: int, who: int) -> None:
        if not self.ways:
            return
        key = list(self.ways)[way % len(self.ways)]
        part, left, _, taker, giver = self.ways[key]
        by = self.person(who)
        allowed = by != giver and 0 < number <= left and not (self.closed and taker != "clinic")
        if self.verb("take", allowed, lambda: take([(key, number)], by=by, now=NOW)):
            self.moves(part, number, "transport", taker)
            self.ways[key][1] -= number

    @rule(way=pick)
    def takes_back(self, way: int) -> None:
        if not self.ways:
            return
        key = list(self.ways)[way % len(self.ways)]
        part, left, giver, _, by = self.ways[key]
        if self.verb("take back", left > 0, lambda: take_back(key, by=by, now=NOW)):
            self.moves(part, left, "transport", giver)
            self.ways[key][1] = 0

    @rule(part=pick, number=few, giver=hands, taker=hands, why=st.booleans(), who=pick)
    def settles(self, part: int, number: int, giver: str, taker: str, why: bool, who: int) -> None:
        if not self.parts:
            return
        part = self.parts[part % len(self.parts)]
        never = ("transport", "missing")
        allowed = (
            number > 0
            and giver != taker
            and not {giver, taker} & set(never)
            and not (giver in ROOMS and taker in ROOMS)
            and (giver in OUTSIDE or self.has(part, giver, number))
            and not (taker == "written_off" and not why)
            and not (taker in ("consumed", "incorporated") and self.returns(part))
            and not (self.closed and taker in WORKING)
        )
        told = {"by": self.person(who), "now": NOW, "reason": "Broke" if why else None}
        if self.verb("settle", allowed, lambda: settle([(part, number)], giver, taker, **told)):
            self.moves(part, number, giver, taker)

    def returns(self, part: int) -> bool:
        asked = "SELECT kind_id FROM component WHERE id = ?"
        return bool(raw(asked, part).fetchone()[0] == self.kinds[0])

    @rule(part=pick, number=few, holder=st.sampled_from([*ROOMS, "subcontractor"]), who=pick)
    def loses(self, part: int, number: int, holder: str, who: int) -> None:
        if not self.parts:
            return
        part = self.parts[part % len(self.parts)]
        allowed = self.has(part, holder, number) and not self.closed
        told = {"by": self.person(who), "now": NOW}
        row = self.verb("lose", allowed, lambda: report_missing(part, number, holder, **told))
        if row:
            self.moves(part, number, holder, "missing")
            self.lost[row.id] = [part, number]

    @rule(way=pick, number=few)
    def loses_on_the_way(self, way: int, number: int) -> None:
        if not self.ways:
            return
        key = list(self.ways)[way % len(self.ways)]
        part, left, *_ = self.ways[key]
        told = {"by": self.person(0), "now": NOW, "handover": key}
        allowed = 0 < number <= left
        row = self.verb(
            "lose it on the way",
            allowed,
            lambda: report_missing(part, number, "transport", **told),
        )
        if row:
            self.moves(part, number, "transport", "missing")
            self.ways[key][1] -= number
            self.lost[row.id] = [part, number]

    @rule(which=pick, number=few, holder=room)
    def finds(self, which: int, number: int, holder: str) -> None:
        if not self.lost:
            return
        key = list(self.lost)[which % len(self.lost)]
        part, left = self.lost[key]
        told = {"by": self.person(0), "now": NOW}
        answer = self.verb(
            "find", 0 < number <= left, lambda: str(found(key, number, holder, **told))
        )
        if answer:
            self.moves(part, number, "missing", holder)
            self.lost[key][1] -= number
            assert int(answer) == self.lost[key][1]

    @rule(which=pick, why=st.sampled_from(["", " ", "Fell down a drain"]))
    def writes_off(self, which: int, why: str) -> None:
        if not self.lost:
            return
        key = list(self.lost)[which % len(self.lost)]
        part, left = self.lost[key]
        told = {"by": self.person(0), "now": NOW}
        if self.verb(
            "write off", left > 0 and bool(why.strip()), lambda: write_off(key, why, **told)
        ):
            self.moves(part, left, "missing", "written_off")
            self.lost[key][1] = 0

    @rule(part=pick, taker=room, who=pick)
    def gives_what_is_there(self, part: int, taker: str, who: int) -> None:
        """Random hands are mostly empty; these are not."""
        full = [one for one, number in sorted(self.count.items()) if number and one[1] in ROOMS]
        if full:
            key, giver = full[part % len(full)]
            self.gives(self.parts.index(key), 1 + part % self.count[key, giver], giver, taker, who)

    @rule(part=pick, taker=st.sampled_from(ENDS), who=pick)
    def settles_what_is_there(self, part: int, taker: str, who: int) -> None:
        full = [one for one, number in sorted(self.count.items()) if number > 0]
        if full:
            key, giver = full[part % len(full)]
            self.settles(self.parts.index(key), self.count[key, giver], giver, taker, True, who)

    @rule(hurry=seldom)
    def closes_or_reopens(self, hurry: bool) -> None:
        """The order closes exactly when nothing of it is on its way; else it is refused."""
        if not hurry or not self.parts:
            return
        allowed = self.closed or self.may_close()
        self.tried[f"close {'kept' if allowed else 'refused'}"] += 1
        try:
            with one_act():
                self._turn()
        except IntegrityError:
            assert not allowed
            return
        assert allowed, "closed with parts on their way"
        self.closed = not self.closed

    @rule(forced=st.booleans())
    def types_a_closing(self, forced: bool) -> None:
        """Nor does a card close by typed SQL while pieces of its order are amiss."""
        if self.closed or self.may_close():
            return
        card = Card.get_by_id(self.order.card_id)
        end = stage_of(card.pipeline, "done").id
        asked = "UPDATE card SET closed_at = ?, stage_id = ? WHERE id = ?"
        told: tuple[Any, ...] = (later(days=9), end, card.id)
        if forced:
            asked, told = "UPDATE card SET closed_at = ? WHERE id = ?", (later(days=9), card.id)
        try:
            with one_act():
                raw(asked, *told)
        except IntegrityError:
            self.tried["typed closing refused"] += 1
            return
        raise AssertionError(f"kept: {asked}")

    def may_close(self) -> bool:
        return not any(self.count[part, one] for part in self.parts for one in WORKING)

    def _turn(self) -> None:
        if self.closed:
            again = {"mode": "reopen", "step": None, "by": self.people[0], "reason": "Once more"}
            a_card_step(Card.get_by_id(self.order.card_id), "working", **again)
        else:
            card = Card.get_by_id(self.order.card_id)
            moved(card, "done") if card.stage.code == "working" else moved(card, "working", "done")

    @rule(
        act=st.sampled_from(
            [
                "UPDATE component_movement SET number = number + 1",
                "DELETE FROM component_movement",
                "UPDATE handover SET number = number + 1",
                "UPDATE component_incident SET number = number + 1",
                "DELETE FROM component_incident",
                "DELETE FROM component",
                "UPDATE component SET order_id = order_id + 1",
                "UPDATE outsourcing SET units = units + 1",
                "UPDATE outsourcing SET sent_at = '2020-01-01 00:00:00'",
                "DELETE FROM outsourcing",
            ]
        )
    )
    def rewrites(self, act: str) -> None:
        """History is refused to every eraser, once there is some."""
        table = act.split()[1] if act.startswith("UPDATE") else act.split()[2]
        if not raw(f"SELECT COUNT(*) FROM {table}").fetchone()[0]:
            return
        try:
            with one_act():
                raw(act)
        except IntegrityError:
            self.tried["rewriting refused"] += 1
            return
        raise AssertionError(f"kept: {act}")

    def teardown(self) -> None:
        """Every count of the database is the model's, and no piece is anywhere else."""
        told: dict[tuple[int, str], int] = Counter()
        for row in ComponentMovement.select().where(ComponentMovement.component.in_(self.parts)):
            told[row.component_id, row.to_holder] += row.number
            if row.from_holder not in OUTSIDE:
                told[row.component_id, row.from_holder] -= row.number
        keys = set(told) | set(self.count)
        assert {key: told[key] for key in keys} == {key: self.count[key] for key in keys}
        assert all(number >= 0 for number in told.values())
        for key, (_, left) in self.lost.items():
            ended = ComponentIncident.get_by_id(key).closed_at is not None
            assert ended == (left == 0)
