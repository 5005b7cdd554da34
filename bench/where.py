"""Where is X's work, at 300,000 orders: our statements beside one tuned statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from unittest.mock import patch

from bench.goals import Goal
from bench.large_rows import SEARCHED
from bench.ours import our_app, signed_in, token_of
from bench.pages import opening
from bench.stopwatch import in_turn
from bench.tables import show
from schema.database import database, is_sqlite

TIMES, WITHIN = 1.5, 100
ABOUT = ('"patient"', '"lab_order"')
TUNED = """
WITH found AS MATERIALIZED (SELECT id, last_name, first_name FROM patient WHERE {named})
SELECT o.id, o.ticket, f.last_name, f.first_name, s.name, k.due_at, k.responsible_id
FROM found f JOIN lab_order o ON o.patient_id = f.id JOIN card k ON k.id = o.card_id
JOIN stage s ON s.id = k.stage_id WHERE k.closed_at IS NULL ORDER BY o.id DESC LIMIT 200
"""
NAMED = {
    "sqlite": "id IN (SELECT rowid FROM patient_search WHERE patient_search MATCH '\"{word}\"')",
    "postgresql": "fold(COALESCE(last_name, '')) LIKE '%{word}%'",
}


class Where(NamedTuple):
    """Median milliseconds: the page, the statements that find the works, the tuned statement."""

    page: float
    ours: float
    tuned: float


def measure(url: str) -> dict[str, Where]:
    """For a common, a rare and an absent name; all three in turn."""
    client = signed_in(our_app(url), token_of())
    found = {}
    for name, word in SEARCHED.items():
        page = opening(client, f"/find/answers/?search={word}")
        ours = _statements(page)
        tuned = [(TUNED.format(named=NAMED[_engine()].format(word=word)), None)]
        acts = {"page": page, "ours": _again(ours), "tuned": _again(tuned)}
        times = in_turn(acts)
        found[name] = Where(times["page"].wall, times["ours"].wall, times["tuned"].wall)
    return found


def _engine() -> str:
    return "sqlite" if is_sqlite() else "postgresql"


def _statements(act: Callable[[], None]) -> list[tuple[str, Any]]:
    """What the page asks of patients and orders to find works and to say where they stand."""
    opened, sent = database.obj, []
    send = opened.execute_sql

    def note(sql: str, params: Any = None, *args: Any, **kwargs: Any) -> Any:
        if any(f"FROM {table}" in sql for table in ABOUT) and '"card_step"' not in sql:
            sent.append((sql, params))
        return send(sql, params, *args, **kwargs)

    with patch.object(opened, "execute_sql", note):
        act()
    return sent


def _again(statements: list[tuple[str, Any]]) -> Callable[[], None]:
    def run() -> None:
        for sql, params in statements:
            database.execute_sql(sql, params).fetchall()

    return run


def tell(found: dict[str, Where]) -> None:
    rows = [(name, *one, one.ours / one.tuned) for name, one in found.items()]
    show(["where is X's work", "page ms", "our SQL ms", "tuned SQL ms", "ratio"], rows)


def where_goals(found: dict[str, Where]) -> Iterator[Goal]:
    for name, one in found.items():
        yield Goal(f"where is a {name} name: page ms", one.page, "<=", WITHIN)
        yield Goal(f"where is a {name} name: SQL to tuned", one.ours / one.tuned, "<=", TIMES)
