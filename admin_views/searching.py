"""Search in a list: every place where a word may stand, each asked through its own index."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Expression, Model

from admin_views.columns import Column, shown_columns
from admin_views.drawn import drawn_once
from admin_views.own_columns import search_test
from admin_views.people import current_person
from admin_views.policy import can
from admin_views.titles import named_like
from schema.base import option
from schema.database import fold, is_sqlite
from schema.search import (
    SHORTEST_TRIGRAM,
    as_pattern,
    as_phrase,
    as_rough_phrase,
    contains,
    searched_columns,
)

IN_GROUPS = re.compile(r"(?<!\S)\+?\d+(?: \d+)+(?!\S)")
WITH_MARKS = re.compile(r"(?<!\S)[+0][\d()./-]{8,}(?!\S)")
SHORTEST_PHONE = 6
STAND_IN = "qqwordqq"  # stands for the word in a statement that is composed once
ROUGHLY = "qqroughqq"  # stands for a part of it that the index finds sooner


def words_in(text: str) -> list[str]:
    """The words of a search; a telephone number is one, however its digits are grouped."""
    for form in (IN_GROUPS, WITH_MARKS):
        text = form.sub(_as_kept, text)
    return text.split()


def _as_kept(found: re.Match[str]) -> str:
    digits = re.sub(r"[^\d+]", "", found[0])
    return re.sub(r"^00", "+", digits) if len(digits) >= SHORTEST_PHONE else found[0]


def has_word(model: type[Model], word: str) -> Expression:
    """Rows where a word stands in a text of theirs or in the name of a row they refer to.

    The keys are gathered part by part, so that each uses its own index and none scans the table.
    """
    text, values = found_keys_text(model, word)
    return model._meta.primary_key.in_(SQL(f"({text})", values))


def has_word_widely(model: type[Model], word: str) -> Expression:
    """The same rows, tested one by one: better when so many fit that a page is soon full."""
    return reduce(or_, places_of(model, word))


def found_keys_text(model: type[Model], word: str) -> tuple[str, list]:
    """The statement that gathers the keys of these rows, each once, with its values."""
    text, values = _composed(model, is_long(word), is_sqlite(), whose())
    return text, [said_of(value, word) for value in values]


@drawn_once
def _composed(model: type[Model], long: bool, sqlite: bool, person: Any) -> tuple[str, list]:
    """Composed once for all words of that kind; `person` because scopes say who is asking."""
    key = model._meta.primary_key
    places = places_of(model, STAND_IN if long else STAND_IN[: SHORTEST_TRIGRAM - 1])
    text, values = reduce(or_, [model.select(key).where(place) for place in places]).sql()
    return text, values


def places_of(model: type[Model], word: str) -> list[Expression]:
    """One test for each place where the word may stand."""
    texts = own_texts(model)
    places = [contains(model, texts, word)] if texts else []
    for column in searched_relations(model):
        keys = named_like(column.field.rel_model, word)
        if keys is not None:
            places.append(column.field.in_(keys))
    own = search_test(model, word)
    if own is not None:
        places.append(own)
    return places or [model._meta.primary_key.is_null()]


def own_texts(model: type[Model]) -> list[str]:
    """The text columns that a search looks into, as far as the person may read them."""
    names = searched_columns(model) or [
        name
        for name in option(model, "title", ())
        if model._meta.fields[name].field_type in ("VARCHAR", "TEXT")
    ]
    return [name for name in names if can("read", model, name)]


def searched_relations(model: type[Model]) -> list[Column]:
    """The shown references whose names a search looks into."""
    return [
        column
        for column in shown_columns(model)
        if column.relation and column.via is None and column.readable()
    ]


def is_long(word: str) -> bool:
    """Whether the trigram indexes help to find it."""
    return len(fold(word) or "") >= SHORTEST_TRIGRAM


def whose() -> tuple[int, int | None]:
    """Whom scopes speak of: the person at the screen and their location."""
    person = current_person()
    assert person is not None
    return person.staff_id, person.location_id


def said_of(value: Any, word: str) -> Any:
    """The word in the place of its stand-in, as an index's phrase or as a pattern."""
    if not isinstance(value, str):
        return value
    short = STAND_IN[: SHORTEST_TRIGRAM - 1]
    if value.startswith("{"):
        rough = value.replace(ROUGHLY, as_rough_phrase(word))
        return rough.replace(STAND_IN, as_phrase(word)) if rough == value else rough
    return f"%{as_pattern(word)}%" if value in (f"%{STAND_IN}%", f"%{short}%") else value
