"""Find anything over 200,000 patients: whole requests as a person types, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median, quantiles
from urllib.parse import quote

from bench.goals import Goal
from bench.large_rows import SEARCHED
from bench.ours import our_app, signed_in, token_of
from bench.pages import opening
from bench.stopwatch import Time, once
from bench.tables import show

ROUNDS = 20
WITHIN = 100  # milliseconds
TYPED = {f"{name} name": word for name, word in SEARCHED.items()} | {
    "stefan (Ștefania)": "stefan",
    "part of a telephone": "0741 199",
    "swapped names": "radu ochioiu",
    "a day of birth": "12.03.1980",
    "a ticket": "26-000123",
    "two letters": "po",
}


def measure(url: str) -> dict[str, list[Time]]:
    """Every request's time, the questions in turn."""
    client = signed_in(our_app(url), token_of())
    acts = {
        name: opening(client, f"/find/answers/?search={quote(word)}")
        for name, word in TYPED.items()
    }
    taken: dict[str, list[Time]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(ROUNDS):
        for name, act in acts.items():
            taken[name].append(once(act))
    return taken


def tell(taken: dict[str, list[Time]]) -> None:
    """By the clock on the wall; beside it the CPU, which a busy machine does not change."""
    rows = [
        (name, *_marks(times), median(one.cpu for one in times)) for name, times in taken.items()
    ]
    show(["find anything", "median ms", "p95 ms", "CPU median ms"], rows)


def _marks(times: list[Time]) -> tuple[float, float]:
    parts = quantiles((one.wall for one in times), n=20)
    return parts[9], parts[18]


def find_goals(taken: dict[str, list[Time]]) -> Iterator[Goal]:
    for name, times in taken.items():
        yield Goal(f"find {name}: p95 ms", _marks(times)[1], "<=", WITHIN)
