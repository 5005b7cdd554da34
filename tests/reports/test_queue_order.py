"""The order of the laboratory's queue, on a table of cases (reference 3.6)."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from reports.queue_order import Waiting, ordered, rush_cap
from tests.factories import NOW

HOUR = dt.timedelta(hours=1)


def work(key: int, hours: float | None, **more: object) -> Waiting:
    """A work whose present step must be finished so many hours from now."""
    due = None if hours is None else NOW + hours * HOUR
    facts = {"stage": "milling", "age": 60} | more
    return Waiting(key=key, due=due, **facts)  # type: ignore[arg-type]


def row(works: list[Waiting], longest: dict[str, int] | None = None) -> list[int]:
    days = {one.key: one.due and one.due.date() for one in works}
    return [place.key for place in ordered(works, longest or {}, days)]


CASES = {
    "by operation due date": ([work(1, 9), work(2, 3), work(3, 6)], [2, 3, 1]),
    "overdue first, the longest overdue before": (
        [work(1, 2), work(2, -1), work(3, -30)],
        [3, 2, 1],
    ),
    "without a due date last": ([work(1, None), work(2, 90)], [2, 1]),
    "the older at its stage on one date": ([work(1, 5, age=10), work(2, 5, age=90)], [2, 1]),
    "a rush work before a due one": ([work(1, 1), work(2, 50, rush=NOW)], [2, 1]),
    "one rush work of three, by date; the others wait by date": (
        [work(1, 4), work(2, 9, rush=NOW), work(3, 6, rush=NOW)],
        [3, 1, 2],
    ),
    "a pin before a rush work and before all that is late": (
        [work(1, -9), work(2, 1, rush=NOW), work(3, 80, pinned=NOW)],
        [3, 2, 1],
    ),
    "the latest pin first": (
        [work(1, 1, pinned=NOW - HOUR), work(2, 9, pinned=NOW), work(3, 0)],
        [2, 1, 3],
    ),
    "too old comes up before rush and date, the oldest first": (
        [
            work(1, 1),
            work(2, 90, age=700),
            work(3, 95, age=900),
            work(4, 2, rush=NOW),
            work(5, 99, age=500),
        ],
        [3, 2, 4, 1, 5],
    ),
    "a pin before what is too old": ([work(1, 90, age=900), work(2, 50, pinned=NOW)], [2, 1]),
    "on hold at the end, even pinned": (
        [work(1, 1, held=True, pinned=NOW), work(2, 70)],
        [2, 1],
    ),
    "one set-up of a day together, beginning with its first": (
        [
            work(1, 1, set_up="A2"),
            work(2, 2, set_up="B1"),
            work(3, 3, set_up="A2"),
            work(4, 4, set_up="B1"),
        ],
        [1, 3, 2, 4],
    ),
    "a set-up never pulls a work over to another day": (
        [work(1, 1, set_up="A2"), work(2, 2, set_up="B1"), work(3, 26, set_up="A2")],
        [1, 2, 3],
    ),
    "a set-up of another stage is another group": (
        [
            work(1, 1, set_up="A2"),
            work(2, 2, set_up="B1", stage="sintering"),
            work(3, 3, set_up="A2", stage="sintering"),
            work(4, 4, set_up="A2"),
        ],
        [1, 4, 2, 3],
    ),
    "a rush work does not take its set-up along": (
        [work(1, 1, set_up="B1"), work(2, 3, set_up="A2"), work(3, 9, set_up="A2", rush=NOW)],
        [3, 1, 2],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_queue_stands_in_the_order_of_the_rule(case: str) -> None:
    works, expected = CASES[case]
    assert row(works, {"milling": 600}) == expected


def test_the_order_does_not_lean_on_how_the_works_came() -> None:
    for works, expected in CASES.values():
        mixed = list(works)
        for _ in range(5):
            Random(len(works)).shuffle(mixed)
            assert row(mixed, {"milling": 600}) == expected


def test_the_rush_lane_takes_a_tenth_of_a_stage_and_always_one() -> None:
    assert [rush_cap(number) for number in (1, 9, 19, 20, 45)] == [1, 1, 1, 2, 4]
    many = [work(key, key, rush=NOW) for key in range(1, 21)]
    places = ordered(many, {}, {})
    assert [place.lane for place in places] == ["rush"] * 2 + ["date"] * 18
    assert sum(place.capped for place in places) == 18


def test_what_is_pinned_or_too_old_takes_no_place_of_the_rush_lane() -> None:
    works = [
        work(1, 1, rush=NOW, pinned=NOW),
        work(2, 2, rush=NOW, age=999),
        work(3, 3, rush=NOW),
    ]
    assert [place.lane for place in ordered(works, {"milling": 600}, {})] == ["pin", "aged", "rush"]


def test_each_stage_has_one_work_that_is_next_and_never_one_on_hold() -> None:
    works = [
        work(1, 1, held=True),
        work(2, 5),
        work(3, 3),
        work(4, 9, stage="cad"),
        work(5, 1, stage="glaze", held=True),
    ]
    assert {place.key for place in ordered(works, {}, {}) if place.next} == {3, 4}


def test_a_stage_without_history_lifts_nothing() -> None:
    works = [work(1, 1), work(2, 9, age=99_999)]
    assert row(works, {}) == [1, 2]
    assert row(works, {"cad": 10}) == [1, 2]
    assert row(works, {"milling": 99_999}) == [1, 2]
