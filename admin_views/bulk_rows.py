"""Many records changed in one act: tried for real and taken back to be shown first, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_admin.form import BaseForm
from flask_babel import gettext
from peewee import Model

from admin_views.asking import Ask
from admin_views.bulk_lines import Line, Values, lines_of, names_for, read_lines, told
from admin_views.columns import supertype_of
from admin_views.drawn import drawn_once
from admin_views.finding import found_keys, order
from admin_views.forms import form_columns
from admin_views.own_records import writable
from admin_views.policy import can, scope, scoped
from admin_views.writing import CARD, Keeper
from schema.base import option
from schema.database import one_act

AT_MOST = 500


@dataclass(frozen=True)
class Chosen:
    """A chosen record with the versions that the person saw: its own, and its card's."""

    key: int
    version: int
    card_version: int | None = None


@dataclass
class Outcome:
    """What becomes of one record: a line of before and after for each field, or why not."""

    key: int
    name: str
    changes: list[tuple[str, str, str]]
    problem: str = ""


@drawn_once
def may_change_many(model: type[Model]) -> bool:
    """Whether the person may write any column of this table that can be the same in many rows."""
    if not can("edit", model):
        return False
    return any(can("edit", model, name) for name in shared_names(model)) or bool(writable(model))


def shared_names(model: type[Model]) -> list[str]:
    """The columns of a form that may have one value in many rows."""
    single = {field.name for field in model._meta.sorted_fields if field.unique}
    single |= {"row_version", *option(model, "numbered", ())}
    return [name for name in form_columns(model) if name not in single]


def keys_of(model: type[Model], ask: Ask) -> list[int]:
    """The records that answer a question and that the person may edit, one more than the most."""
    terms, needs_card = order(model, ask)
    keys = found_keys(model, ask)
    above = supertype_of(model)
    if needs_card and above is not None:
        keys = keys.join(above.rel_model, on=above == above.rel_model._meta.primary_key)
    limit = scope(model, "edit")
    keys = keys if limit is None else keys.where(limit)
    return [key for (key,) in keys.order_by(*terms).limit(AT_MOST + 1).tuples()]


def rows_of(model: type[Model], keys: Sequence[int]) -> list[Model]:
    """These records with their cards, as far as they are in the person's scope, in this order."""
    above = supertype_of(model)
    query = scoped(model)
    if above is not None:
        query = scoped(model, model, above.rel_model).join(
            above.rel_model, on=above == above.rel_model._meta.primary_key, attr=above.name
        )
    found = {row._pk: row for row in query.where(model._meta.primary_key.in_(list(keys)))}
    return [found[key] for key in keys if key in found]


def as_seen(model: type[Model], rows: list[Model]) -> list[Chosen]:
    above = supertype_of(model)
    return [
        Chosen(row._pk, row.row_version, getattr(row, above.name).row_version if above else None)
        for row in rows
    ]


def change_all(
    model: type[Model], form: BaseForm, chosen: Sequence[Chosen], keep: bool
) -> list[Outcome]:
    """Write the form's fields into every chosen record in one act.

    All of it is taken back when `keep` is false, or when one record cannot be changed.
    """
    lines = lines_of(model, form)
    rows = {row._pk: row for row in rows_of(model, [one.key for one in chosen])}
    before = read_lines(rows, lines)
    seen = [one for one in chosen if one.key in rows]
    with one_act() as act:
        allowed = _editable(model, list(rows))
        problems = {
            one.key: _change(model, form, rows[one.key], one)
            if one.key in allowed
            else gettext("You may not change this record.")
            for one in seen
        }
        after = read_lines(rows, lines)
        if not keep or any(problems.values()):
            act.rollback()
    return _outcomes(model, lines, before, after, problems)


def _change(model: type[Model], form: BaseForm, row: Model, one: Chosen) -> str:
    """Why this record cannot be changed; empty when it was."""
    form["row_version"].data = one.version
    if f"{CARD}row_version" in form:
        form[f"{CARD}row_version"].data = one.card_version
    keeper = Keeper(model, form)
    if keeper.update(row) is not None:
        return ""
    if keeper.is_stale:
        return gettext("Someone else changed this record meanwhile.")
    for field in form:
        field.errors = []
    return " ".join(words for _, words in keeper.problems)


def _editable(model: type[Model], keys: list[int]) -> set[int]:
    key, limit = model._meta.primary_key, scope(model, "edit")
    query = model.select(key).where(key.in_(keys))
    return {found for (found,) in (query if limit is None else query.where(limit)).tuples()}


def _outcomes(
    model: type[Model], lines: list[Line], before: Values, after: Values, problems: dict[int, str]
) -> list[Outcome]:
    book = names_for(model, lines, [before, after])
    return [
        Outcome(
            key,
            book.name(model, key) or f"#{key}",
            told(lines, before[key], after[key], book),
            problem,
        )
        for key, problem in problems.items()
    ]
