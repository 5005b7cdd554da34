"""Where is X's work, at 300,000 orders: our statements beside one tuned statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from unittest.mock import patch

from admin_views import find
from bench.goals import Goal
from bench.large_rows import SEARCHED
from bench.ours import our_app, signed_in, token_of
from bench.pages import opening
from bench.stopwatch import in_turn
from bench.tables import show
from bench.where_tuned import tuned
from schema.database import database
from schema.orders import LabOrder
from schema.patients import Patient

TIMES, WITHIN = 1.5, 100
Sent = list[tuple[str, Any]]


class Where(NamedTuple):
    """Milliseconds by the clock: the page's median, our statements and the tuned one at their best.

    The best of many turns is what the database needs when nobody else uses the machine: a median
    would count the waits of many statements against those of one. `asked`: how many ours are.
    """

    page: float
    ours: float
    tuned: float
    asked: int


def measure(url: str) -> dict[str, Where]:
    """For a common, a rare and an absent name; the statements in turn."""
    client = signed_in(our_app(url), token_of())
    found = {}
    for name, word in SEARCHED.items():
        page = opening(client, f"/find/answers/?search={word}")
        page()
        ours, best = _statements(page), tuned(word, name == "common")
        sql = in_turn({str(place): _again(one) for place, one in enumerate([*ours, best])}, of=min)
        *own, last = [time.wall for time in sql.values()]
        page_time = in_turn({"page": page})["page"].wall
        found[name] = Where(page_time, sum(own), last, len(ours))
    return found


def _statements(act: Callable[[], None]) -> Sent:
    """All that the answer asks to find patients and works and to say where each of them stands.

    The page also looks among inquiries, plans, claims and staff, and for who is signed in: that is
    no part of the question, and the tuned statement does not do it either.
    """
    sent: Sent = []
    answer = find.answer

    def noted(*given: Any) -> dict[str, Any]:
        opened = database.obj
        send = opened.execute_sql

        def note(sql: str, params: Any = None, *args: Any, **kwargs: Any) -> Any:
            sent.append((sql, params))
            return send(sql, params, *args, **kwargs)

        with patch.object(opened, "execute_sql", note):
            return answer(*given)

    works = patch.object(find, "kinds", lambda: [Patient, LabOrder])
    with works, patch.object(find, "answer", noted):
        act()
    return sent


def _again(statement: tuple[str, Any]) -> Callable[[], None]:
    def run() -> None:
        database.execute_sql(*statement).fetchall()

    return run


def tell(found: dict[str, Where]) -> None:
    rows = [(name, *one, one.ours / one.tuned) for name, one in found.items()]
    heads = ["where is X's work", "page ms", "our SQL ms", "tuned SQL ms", "statements", "ratio"]
    show(heads, rows)


def where_goals(found: dict[str, Where]) -> Iterator[Goal]:
    for name, one in found.items():
        yield Goal(f"where is a {name} name: page ms", one.page, "<=", WITHIN)
        yield Goal(f"where is a {name} name: SQL to tuned", one.ours / one.tuned, "<=", TIMES)
