"""Random custody with firms outside: parts go along with a work and come back, or do not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from peewee import IntegrityError

from reports.outside import parts_along
from schema.cards import Card
from schema.custody import ROOMS
from schema.database import one_act
from schema.movements import ComponentMovement
from schema.outside import Outsourcing
from schema.workflow.outside import receive, receive_parts, send
from tests.custody_machine import OUTSIDE, WORKING, Custody, few, hands, pick, room, seldom
from tests.factories import NOW, TODAY
from tests.factories.cards import a_card_step, moved
from tests.factories.components import a_component, a_component_movement
from tests.factories.lab import a_subcontractor
from tests.factories.tracks import a_track, an_outsourcing
from tests.refusals import raw

SOON = TODAY + dt.timedelta(days=4)
OLDEST = -1  # not a work by its key, but the one that is away the longest


class CustodyOutside(Custody):
    """Two processes of the order are sent, and two firms confuse what came with which."""

    def __init__(self) -> None:
        super().__init__()
        self.tried = CustodyOutside.tried
        self.firm = a_subcontractor().id
        self.tracks = [a_track(order=self.order) for _ in range(2)]
        self.strange_part = a_component()
        a_component_movement(component=self.strange_part, number=3)
        self.strange_work = an_outsourcing().id
        self.works: list[int] = []
        self.out: dict[int, int] = {}
        self.along: dict[tuple[int, int | None], int] = Counter()

    def moves(
        self, part: int, number: int, giver: str, taker: str, work: int | None = OLDEST
    ) -> None:
        super().moves(part, number, giver, taker)
        if taker == "subcontractor":
            self.along[part, None if work == OLDEST else work] += number
        elif giver == "subcontractor" and work == OLDEST:
            self.leave_the_oldest(part, number)
        elif giver == "subcontractor":
            self.along[part, work] -= number

    def leave_the_oldest(self, part: int, number: int) -> None:
        """Nobody said with which work it went: with the one that it went with first."""
        there = [key for key in self.along if key[0] == part and self.along[key]]
        self.tried["brought home by the oldest work"] += len(there) > 1
        for key in there:  # in the order in which they were first sent
            some = min(number, self.along[key])
            self.along[key] -= some
            number -= some

    @rule(
        track=pick,
        lines=st.lists(st.tuples(pick, few, room), min_size=1, max_size=2),
        strange=seldom,
        who=pick,
    )
    def sends(self, track: int, lines: list[tuple[int, int, str]], strange: bool, who: int) -> None:
        """All of it goes, or nothing: a line too many, or of another order, keeps all here."""
        parts = [(self.parts[part % len(self.parts)], *rest) for part, *rest in lines if self.parts]
        self.sends_these(
            track % 2, [(part, way, number) for part, number, way in parts], strange, who
        )

    def sends_these(
        self, track: int, parts: list[tuple[int, str, int]], strange: bool, who: int
    ) -> None:
        asked: Counter[tuple[int, str]] = Counter()
        for part, holder, number in parts:
            asked[part, holder] += number
        enough = all(self.has(*key, number) for key, number in asked.items())
        some = all(number for *_, number in parts)
        allowed = enough and some and not (strange or self.closed or track in self.out)
        lines = [*parts, *([(self.strange_part.id, "lab", 1)] if strange else [])]
        told: dict[str, Any] = {"by": self.person(who), "now": NOW, "method": "courier"}
        key = self.tracks[track].id
        work = self.verb(
            "send outside", allowed, lambda: send(key, self.firm, SOON, parts=lines, **told)
        )
        if work:
            self.works.append(work.id)
            self.out[track] = work.id
            for part, holder, number in parts:
                self.moves(part, number, holder, "subcontractor", work.id)

    @rule(track=pick, which=pick, who=pick)
    def sends_what_is_there(self, track: int, which: int, who: int) -> None:
        """Random hands are mostly empty; these are not."""
        full = [one for one, number in sorted(self.count.items()) if number and one[1] in ROOMS]
        if full:
            part, holder = full[which % len(full)]
            number = 1 + which % self.count[part, holder]
            self.sends_these(track % 2, [(part, holder, number)], False, who)

    def with_it(self, work: int, which: int) -> int | None:
        """A component that went along with a work, else any of the order."""
        there = [part for (part, key), number in self.along.items() if key == work and number]
        there = there or self.parts
        return there[which % len(there)] if there else None

    @rule(which=pick, part=pick, number=few, holder=room, faulty=st.booleans())
    def comes_back(self, which: int, part: int, number: int, holder: str, faulty: bool) -> None:
        if not self.works:
            return
        work = self.works[which % len(self.works)]
        one = self.with_it(work, part)
        lines = [(one, number)] if one is not None else []
        asked = number if lines else 0
        there = not asked or self.along[one or 0, work] >= asked
        told: dict[str, Any] = {"by": self.person(0), "now": NOW, "holder": holder}
        told |= {"faults": "Cracked" if faulty else "", "parts": lines}
        allowed = there and work in self.out.values()
        if self.verb("come back", allowed, lambda: receive(work, **told)):
            self.out = {track: key for track, key in self.out.items() if key != work}
            if one is not None and asked:
                self.moves(one, asked, "subcontractor", holder, work)

    @rule(which=pick, part=pick, number=few, holder=room)
    def comes_back_later(self, which: int, part: int, number: int, holder: str) -> None:
        """Parts alone, while the work is away or long after it; one that is there, a third time."""
        if not self.works:
            return
        work = self.works[which % len(self.works)]
        one = self.with_it(work, part)
        if one is None or not number:
            return
        allowed = self.along[one, work] >= number
        told: dict[str, Any] = {"by": self.person(0), "now": NOW, "holder": holder}
        act = lambda: receive_parts(work, [(one, number)], **told)  # noqa: E731
        if self.verb("come back later", allowed, act):
            self.moves(one, number, "subcontractor", holder, work)

    @rule(hurry=seldom)
    def all_of_it_ends(self, hurry: bool) -> None:
        """A day on which everything is given back or given up, so that the order may close."""
        if not hurry or self.closed:
            return
        for index in range(len(self.ways)):
            self.takes_back(index)
        for index in range(len(self.lost)):
            self.writes_off(index, "Fell down a drain")
        for index, work in enumerate(self.works):
            if work in self.out.values():
                self.comes_back(index, 0, 0, "lab", False)
        for index, part in enumerate(self.parts):
            for holder in (*ROOMS, "subcontractor"):
                if self.count[part, holder]:
                    self.settles(index, self.count[part, holder], holder, "patient", False, 0)
        self.closes_or_reopens(True)

    def may_close(self) -> bool:
        return super().may_close() and not self.out

    def _turn(self) -> None:
        """A work closes with its processes, and they go on with it."""
        if self.closed:
            super()._turn()
        for track in self.tracks:
            card = Card.get_by_id(track.card_id)
            if self.closed:
                again = {"mode": "reopen", "step": None, "by": self.people[0], "reason": "Again"}
                a_card_step(card, "working", **again)
            else:
                ahead = ("done",) if card.stage.code == "working" else ("working", "done")
                moved(card, *ahead)
        if not self.closed:
            super()._turn()

    @rule(part=pick, number=st.integers(-1, 3), giver=hands, taker=hands)
    def types_a_movement(self, part: int, number: int, giver: str, taker: str) -> None:
        if self.parts:
            self.types(self.parts[part % len(self.parts)], number, giver, taker, None)

    @rule(part=pick, number=st.integers(1, 2), away=st.booleans(), other=room, which=pick)
    def types_a_movement_along(
        self, part: int, number: int, away: bool, other: str, which: int
    ) -> None:
        works = [*self.works, self.strange_work]
        if self.parts:
            pair = (other, "subcontractor") if away else ("subcontractor", other)
            work = works[which % len(works)]
            one = self.parts[part % len(self.parts)] if away else self.with_it(work, part)
            self.types(one or 0, number, *pair, work)

    def types(self, part: int, number: int, giver: str, taker: str, work: int | None) -> None:
        """Raw SQL may only do what conserves pieces; the count follows when it does."""
        columns = "component_id, number, from_holder, to_holder, by_id, reason, outsourcing_id"
        told = (part, number, giver, taker, self.people[0], "typed", work)
        name = "typed along" if work else "typed"
        try:
            with one_act():
                raw(
                    f"INSERT INTO component_movement ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    *told,
                )
        except IntegrityError:
            self.tried[f"{name} refused"] += 1
            return
        self.tried[f"{name} kept"] += 1
        assert number > 0 and giver != taker
        assert giver in OUTSIDE or self.has(part, giver, number)
        assert not (self.closed and taker in WORKING)
        assert "missing" not in (giver, taker)
        assert giver != "subcontractor" or self.along[part, work] >= number
        assert taker != "subcontractor" or work is None or work in self.out.values()
        assert work is None or (work in self.works and "subcontractor" in (giver, taker))
        self.moves(part, number, giver, taker, work)

    def teardown(self) -> None:
        """With each work is what went along with it, and those that are away are away."""
        super().teardown()
        told: dict[tuple[int, int | None], int] = Counter()
        rows = ComponentMovement.select().where(ComponentMovement.component.in_(self.parts))
        for row in rows:
            sign = {row.to_holder: 1, row.from_holder: -1}.get("subcontractor", 0)
            told[row.component_id, row.outsourcing_id] += sign * row.number
        keys = set(told) | set(self.along)
        assert {key: told[key] for key in keys} == {key: self.along[key] for key in keys}
        shown = parts_along(self.works)
        assert all(shown.get(key or 0, {}).get(part, 0) == number
                   for (part, key), number in self.along.items() if key)  # fmt: skip
        away = Outsourcing.select(Outsourcing.id).where(
            Outsourcing.id.in_(self.works), Outsourcing.returned_at.is_null()
        )
        assert {one.id for one in away} == set(self.out.values())
