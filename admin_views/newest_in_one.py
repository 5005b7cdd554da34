"""A search on PostgreSQL, newest first: its page and its number of rows in one question.

At each place at most `most` rows are counted. Are there no more, they are the page; otherwise the
page is met by walking back from the newest row, as in `newest.py`. Both stand in one statement,
because gathering the keys of a common name once is dear enough, and so is each way to the server.
"""

from __future__ import annotations

from typing import Any

from peewee import OP, SQL, Expression, Field, Model

from admin_views.asking import Ask
from admin_views.columns import Column
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.finding import values_of
from admin_views.newest import FURTHEST, is_one_word, walks_back
from admin_views.roughly import named
from admin_views.searching import STAND_IN, places_of, said_of, whose
from schema.database import is_sqlite
from schema.fixed import Fixed


def newest_and_count(
    model: type[Model], ask: Ask, columns: list[Column], rows: int, most: int
) -> tuple[list[tuple], int] | None:
    """The rows of the page and how many there are, `most` + 1 for more; None when not so sure."""
    if is_sqlite() or not (is_one_word(model, ask) and walks_back(model, ask)):
        return None
    text, values = _text(model, tuple(columns), most, FURTHEST, whose())
    key: Field = model._meta.primary_key
    fields = [key, key, key, *(column.field for column in columns)]
    cut = (rows, ask.page * ask.page_size)
    said = [said_of(value, ask.search) for value in values]
    found = answers(text, (*said, *cut, *cut), fields)
    fullest, every = found[0][:2]
    page = [row[2:] for row in found if row[2] is not None]
    if fullest <= most:
        return page, every
    return (page, most + 1) if len(page) == rows else None


@drawn_once
def _text(
    model: type[Model], columns: tuple[Column, ...], most: int, furthest: int, whose: Any
) -> tuple[str, list]:
    """The statement; its last values are how many rows and how many skipped, for both ways."""
    places = [_gathered(model, place) for place in places_of(model, STAND_IN)]
    table, names, values = model._meta.table_name, [], []
    for number, place in enumerate(places):
        text, own = named(place)
        names.append(f"p{number} (row_id) AS MATERIALIZED {text}")
        values += own
    page, mark = _page(model, columns), "LIMIT %s OFFSET %s"
    fits = " OR ".join(
        f'r."{place.lhs.column_name}" IN (SELECT row_id FROM p{number})'
        for number, place in enumerate(places)
    )
    return Fixed(
        f"WITH {', '.join(names)}, found (row_id, place) AS MATERIALIZED ("
        f"{' UNION ALL '.join(_some(table, p, n, most) for n, p in enumerate(places))}), "
        "counted (fullest, every_one) AS MATERIALIZED (SELECT "
        "(SELECT COALESCE(MAX(c), 0) FROM (SELECT COUNT(*) FROM found GROUP BY place) AS n (c)), "
        "(SELECT COUNT(DISTINCT row_id) FROM found)), "
        "page (row_id) AS MATERIALIZED ((SELECT DISTINCT row_id FROM found "
        f"WHERE (SELECT fullest FROM counted) <= {most} ORDER BY row_id DESC {mark}) UNION ALL "
        f'(SELECT r.id FROM "{table}" AS r WHERE (SELECT fullest FROM counted) > {most} '
        f'AND r.id > (SELECT MAX(id) - {furthest} FROM "{table}") AND ({fits}) IS TRUE '
        f"ORDER BY r.id DESC {mark})) "
        f"SELECT counted.*, page.* FROM counted LEFT JOIN ({page}) AS page ON TRUE ORDER BY 3 DESC"
    ), values


def _gathered(model: type[Model], place: Expression) -> Expression:
    """A test of the row's own texts as one of its key, so that it is found by its index too."""
    key = model._meta.primary_key
    return place if place.op == OP.IN else key.in_(model.select(key).where(place))


def _some(table: str, place: Any, number: int, most: int) -> str:
    """Some rows of one place; the lateral join makes PostgreSQL begin with what is named."""
    return (
        f'(SELECT r.id, {number} FROM p{number} CROSS JOIN LATERAL (SELECT id FROM "{table}" '
        f'WHERE "{place.lhs.column_name}" = p{number}.row_id LIMIT {most + 1}) AS r '
        f"LIMIT {most + 1})"
    )


def _page(model: type[Model], columns: tuple[Column, ...]) -> str:
    keys = SQL("(SELECT row_id FROM page)")
    text, _ = values_of(model, Ask(), columns, keys).sql()
    return str(text)
