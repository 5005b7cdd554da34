"""How many rows the pinned views of a person hold: one question for all, kept for some seconds."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from time import monotonic

from peewee import Model

from admin_views.finding import found_keys
from admin_views.people import Person, current_person
from admin_views.policy import can
from admin_views.view_rows import View, all_my_views, asked_by
from schema import TABLES
from schema.base import table_name
from schema.database import database

COUNTED = 99
KEPT_SECONDS = 20
MOST_KEPT = 500
MOST_PINNED = 12
MODELS = {table_name(model): model for model in TABLES}
_kept: dict[tuple[Hashable, ...], tuple[float, dict[int, int]]] = {}


def pinned_views() -> list[View]:
    """The views in the person's side bar, in the order of the tables, at most twelve."""
    views = all_my_views()
    found = [one for name in MODELS for one in views.get(name, ()) if one.pinned]
    return [one for one in found if can("read", MODELS[one.table])][:MOST_PINNED]


def counts_of(views: Sequence[View], now: float | None = None) -> dict[int, int]:
    """Rows of each view by its number, at most 100 counted; remembered for some seconds.

    A view of which a part may not be read any more has no count: it would count something else.
    """
    person = current_person()
    if person is None or not views:
        return {}
    moment = monotonic() if now is None else now
    key = _key(person, views)
    known = _kept.get(key)
    if known is None or moment >= known[0]:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        known = _kept[key] = (moment + KEPT_SECONDS, _count(views))
    return known[1]


def forget_counts() -> None:
    """What this person writes changes the numbers at once, at least in this process."""
    person = current_person()
    for key in list(_kept):
        if person is not None and key[0] == person.staff_id:
            _kept.pop(key, None)


def _key(person: Person, views: Sequence[View]) -> tuple[Hashable, ...]:
    """Who asks for what, with which rights."""
    return person.staff_id, person.location_id, person.role_ids, person.rights_stamp, tuple(views)


def _count(views: Sequence[View]) -> dict[int, int]:
    texts, values, counted = [], [], []
    for view in views:
        model = MODELS[view.table]
        ask = asked_by(model, view.question)
        if ask.problems:
            continue
        text, own = found_keys(model, ask).limit(COUNTED + 1).sql()
        texts.append(f"(SELECT COUNT(*) FROM ({text}) AS found)")
        values += own
        counted.append(view.id)
    if not texts:
        return {}
    row = database.execute_sql(f"SELECT {', '.join(texts)}", values).fetchone()
    return dict(zip(counted, row, strict=True))


def count_text(count: int | None) -> str:
    """`7`, or `99+`; nothing for none."""
    if not count:
        return ""
    return f"{COUNTED}+" if count > COUNTED else str(count)


def model_of(table: str) -> type[Model] | None:
    """The table of that name, when the person may read it."""
    model = MODELS.get(table)
    return model if model is not None and can("read", model) else None
