"""The one line that matters under each row that was found: a constant number of questions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from flask_babel import gettext
from peewee import DateField, DateTimeField, ForeignKeyField, Model, fn

from admin_views.cells import text_maker
from admin_views.columns import Column, columns_of
from admin_views.find_values import values_and_names
from admin_views.find_works import works_told
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook, ended
from schema.base import option

Picked = Mapping[type[Model], Sequence[int]]
Gone = Mapping[type[Model], Set[int]]
Lines = dict[type[Model], dict[int, tuple[str, str]]]


def lines_of(picked: Picked, gone: Gone, now: dt.datetime) -> Lines:
    """Name and line of each of these rows, by table and key; of those `gone` nothing is to come."""
    book = TitleBook()
    read = {
        model: values_and_names(model, _columns(model), keys, book)
        for model, keys in picked.items()
        if keys
    }
    held = {model: _held(model, picked[model]) for model in read}
    book.learn(_wanted(read, held))
    found: Lines = {}
    for model, rows in read.items():
        living = [key for key in picked[model] if key not in gone[model]]
        coming = _coming(model, picked[model], now)
        works = works_told(model, living, now)
        target, more = held[model] or (model, {})
        found[model] = {
            key: (
                book.name(model, key),
                " · ".join(
                    filter(
                        None,
                        [
                            *(book.name(target, one) for one in more.get(key, ())),
                            *_told(model, values, book),
                            coming.get(key, ""),
                            *works.get(key, ()),
                        ],
                    )
                ),
            )
            for key, values in rows.items()
        }
    return found


def _groups(model: type[Model]) -> list[list[Column]]:
    """The columns of the line that the person may read; those of one group stand side by side."""
    every = columns_of(model)
    named = [[every[name] for name in words.split()] for words in option(model, "found").tells]
    read = [[column for column in group if column.readable()] for group in named]
    return [group for group in read if group]


def _columns(model: type[Model]) -> list[Column]:
    return [column for group in _groups(model) for column in group]


def _wanted(read: Mapping, held: Mapping) -> dict[type[Model], set[int]]:
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for model, rows in read.items():
        wanted[model] |= set(rows)
        for place, column in enumerate(_columns(model)):
            if column.relation is not None:
                wanted[column.relation] |= {values[place] for values in rows.values()}
        if held[model]:
            target, more = held[model]
            wanted[target] |= {one for some in more.values() for one in some}
    return wanted


def _told(model: type[Model], values: Sequence[Any], book: TitleBook) -> Iterable[str]:
    """Each part of the line; days and moments say what they are."""
    rest = iter(values)
    for group in _groups(model):
        parts = [_said(column, next(rest), book) for column in group]
        if parts[0]:
            yield " ".join(filter(None, parts))


def _said(column: Column, value: Any, book: TitleBook) -> str:
    if value is None or value == "":
        return ""
    text = text_maker(column.field)(value, book)
    if isinstance(column.field, DateField | DateTimeField):
        return f"{gettext(column.label)} {text}"
    return text


def _held(model: type[Model], keys: Sequence[int]) -> tuple[type[Model], dict] | None:
    """What each row holds now, such as the roles of a person: the other table, its keys by row."""
    back, child = _back(model, (option(model, "found").held or ("",))[0])
    if back is None or child is None or not can("read", child, back):
        return None
    other = child._meta.fields[option(model, "found").held[1]]
    if not can("read", child, other):
        return None
    query = scoped(child, back, other).where(back.in_(list(keys)))
    gone = ended(child)
    found: dict[int, list[int]] = defaultdict(list)
    for key, one in (query if gone is None else query.where(~gone)).tuples():
        found[key].append(one)
    return other.rel_model, found


def _coming(model: type[Model], keys: Sequence[int], now: dt.datetime) -> dict[int, str]:
    """The first moment to come of each row, such as a patient's next visit."""
    name, column = option(model, "found").next or ("", "")
    back, child = _back(model, name)
    if back is None or child is None or not can("read", child, back):
        return {}
    at = child._meta.fields[column]
    if not can("read", child, at):
        return {}
    query = scoped(child, back, fn.MIN(at)).where(back.in_(list(keys)), at >= now)
    gone = ended(child)
    rows = (query if gone is None else query.where(~gone)).group_by(back).tuples()
    say = text_maker(at)
    return {
        key: gettext("Next: %(moment)s", moment=say(at.python_value(first), TitleBook()))
        for key, first in rows
    }


def _back(model: type[Model], name: str) -> tuple[ForeignKeyField | None, type[Model] | None]:
    """The reference to this table that has that back reference, and its table."""
    for key, child in model._meta.backrefs.items():
        if name and key.backref == name:
            return key, child
    return None, None
