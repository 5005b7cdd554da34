"""A page together with how many rows there are: counted while they are found, when not too many."""

from __future__ import annotations

from peewee import SQL, Model, fn

from admin_views.asking import Ask
from admin_views.columns import Column
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.finding import (
    asks_for_all,
    found_keys,
    order,
    ordered_by_scope,
    page_of,
    paged,
    values_of,
)
from admin_views.marked_pages import page_by_marks
from admin_views.newest import keys_that_fit, newest_first, newest_of_many
from admin_views.newest_in_one import newest_and_count
from admin_views.searching import found_keys_text
from schema.database import database, is_sqlite

COUNTED = 10_000
COUNTED_ROUGHLY = 500
ESTIMATED_FROM = 100_000
Counted = tuple[int, str]


def page_and_count(
    model: type[Model], ask: Ask, columns: list[Column], rows: int
) -> tuple[list[tuple], Counted]:
    """The rows of a page, and how many there are in all."""
    if asks_for_all(model, ask):
        count, sure = _count_all(model)
        known = count if sure == "exact" else None
        far = page_by_marks(model, ask, columns, rows)
        if far is not None:
            return far, (count, sure)
        return page_of(model, ask, columns, rows, count=known), (count, sure)
    if ordered_by_scope(model, ask):
        return page_of(model, ask, columns, rows), count_of(model, ask)
    newest = newest_of_many(model, ask, columns, rows, COUNTED_ROUGHLY)
    if newest is not None:
        return newest, (COUNTED_ROUGHLY, "over")
    at_once = newest_and_count(model, ask, columns, rows, COUNTED_ROUGHLY)
    if at_once is not None:
        page, count = at_once
        return page, _rough(count)
    found, values = _found_text(model, ask)
    if newest_first(model, ask) and _exceeds(found, values, COUNTED_ROUGHLY):
        some = _cut(model, ask.sort, columns, *keys_that_fit(model, ask, rows), rows, 0)
        newest = [row[1:] for row in some]
        if len(newest) < rows:
            newest = page_of(model, ask, columns, rows, wide=True)
        return newest, (COUNTED_ROUGHLY, "over")
    return _gathered(model, ask, columns, rows, found, values)


def _gathered(
    model: type[Model], ask: Ask, columns: list[Column], rows: int, found: str, values: list
) -> tuple[list[tuple], Counted]:
    """The page, cut out of the keys of all rows that answer, when they are not too many."""
    some, skipped = f"{found} LIMIT {COUNTED + 1}", ask.page * ask.page_size
    answered = _cut(model, ask.sort, columns, some, values, rows, skipped)
    count = answered[0][0] if answered else _beyond(model, ask)
    if count > COUNTED:
        return page_of(model, ask, columns, rows, wide=True), (COUNTED, "over")
    return [row[1:] for row in answered], (count, "exact")


def _cut(
    model: type[Model],
    sort: str,
    columns: list[Column],
    found: str,
    values: list,
    rows: int,
    skipped: int,
) -> list[tuple]:
    """The rows of the page that is cut out of the keys that `found` gathers, after their number."""
    page, own = _found_page_text(model, sort, tuple(columns), is_sqlite())
    text = f"WITH found (row_id) AS MATERIALIZED ({found}) {page}"
    key = model._meta.primary_key
    fields = [key, key, *(column.field for column in columns)]
    return answers(text, (*values, *own, rows, skipped), fields)


def _rough(count: int) -> Counted:
    return (COUNTED_ROUGHLY, "over") if count > COUNTED_ROUGHLY else (count, "exact")


def _exceeds(found: str, values: list, most: int) -> bool:
    """Whether more rows than that answer; counting them first spares a page of them for nothing."""
    text = f"SELECT COUNT(*) FROM ({found} LIMIT {most + 1})"
    [count] = database.execute_sql(text, values).fetchone()
    return bool(count > most)


def _beyond(model: type[Model], ask: Ask) -> int:
    """How many rows there are when the page lies behind those that were counted."""
    count, sure = count_of(model, ask) if ask.page else (0, "exact")
    return count + (sure == "over")


def _found_text(model: type[Model], ask: Ask) -> tuple[str, list]:
    """The statement that gathers the keys of all rows that answer."""
    if not ask.filters and len(ask.search.split()) == 1 and asks_for_all(model, Ask()):
        return found_keys_text(model, ask.search)
    text, values = found_keys(model, ask).sql()
    return text, values


@drawn_once
def _found_page_text(
    model: type[Model], sort: str, columns: tuple[Column, ...], sqlite: bool
) -> tuple[str, list]:
    """The statement for a page of the found keys, which says their number in each row."""
    key, ask = model._meta.primary_key, Ask(sort=sort)
    terms, needs_card = order(model, ask)
    if len(terms) == 2 and terms[0].node is key and not needs_card:
        way = terms[0].direction
        mark = database.obj.param
        keys = SQL(
            f"(SELECT row_id FROM found ORDER BY row_id {way} LIMIT {mark} OFFSET {mark})", (1, 0)
        )
    else:
        found = model.select(key).where(key.in_(SQL("(SELECT row_id FROM found)")))
        keys = paged(model, ask, found, 1, 0)
    count = SQL("(SELECT COUNT(*) FROM found)")
    text, values = values_of(model, ask, columns, keys, count).sql()
    return str(text), values[:-2]


def count_of(model: type[Model], ask: Ask) -> tuple[int, str]:
    """How many rows answer: the number and how sure it is (`exact`, `about` or `over`)."""
    if asks_for_all(model, ask):
        return _count_all(model)
    most = COUNTED_ROUGHLY if newest_first(model, ask) else COUNTED
    some = found_keys(model, ask).limit(most + 1).alias("some")
    [(count,)] = model.select(fn.COUNT(1)).from_(some).tuples()
    return (most, "over") if count > most else (count, "exact")


def _count_all(model: type[Model]) -> Counted:
    """All rows: counted, but on PostgreSQL taken from its own estimate when there are many."""
    table = model._meta.table_name
    if is_sqlite():
        [count] = database.execute_sql(f'SELECT COUNT(*) FROM "{table}"').fetchone()
        return count, "exact"
    many = f"reltuples > {ESTIMATED_FROM}"
    [count, guessed] = database.execute_sql(
        f'SELECT CASE WHEN {many} THEN reltuples::bigint ELSE (SELECT COUNT(*) FROM "{table}") END,'
        f" {many} FROM pg_class WHERE oid = %s::regclass",
        (f'"{table}"',),
    ).fetchone()
    return count, "about" if guessed else "exact"
