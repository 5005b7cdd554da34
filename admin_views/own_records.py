"""What one record says in fields of the clinic's own: as facts to read, and as inputs of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import request
from flask_admin.form import BaseForm
from flask_babel import gettext
from peewee import CharField, Model
from wtforms import Field
from wtforms.validators import InputRequired, Optional

from admin_views.cells import cell_maker
from admin_views.forms import REQUIRED, Converter
from admin_views.numbers_in import number_in
from admin_views.own_columns import card_key, column_of, input_column, known_fields, may_write
from admin_views.pickers import ways_for
from admin_views.policy import scoped
from admin_views.titles import TitleBook
from schema.base import option
from schema.cards import Card
from schema.custom import CustomValue
from schema.pipelines import Pipeline
from schema.workflow import Refused
from schema.workflow.cards import opening_of
from schema.workflow.own_fields import OwnField, required_fields, values_on

OWN = "custom__"
LONGEST = 2000


def own_facts(model: type[Model], row: Model, filled: bool = False) -> list[tuple[str, Any, str]]:
    """Label, value and help of each field; one that is no longer used only when it has a value.

    With `filled` only those that have one.
    """
    fields = [own for own in known_fields(model) if column_of(model, own).readable()]
    if not fields:
        return []
    card = card_of(model, row)
    values, pipeline = values_on(card._pk), _code_of(fields, card.__data__["pipeline"])
    return [
        (own.label, cell_maker(column_of(model, own).field, short=False)(value, TitleBook()),
         own.hint or "")
        for own in fields
        for value in [values.get(own.id)]
        if value is not None
        or (not filled and _is_asked(own, pipeline, _kind(model, card)))
    ]  # fmt: skip


def _is_asked(own: OwnField, pipeline: str | None, kind: str | None) -> bool:
    return own.retired_on is None and own.is_on(pipeline) and own.kind == kind


def own_form(kind: type[BaseForm], model: type[Model], row: Model | None) -> type[BaseForm]:
    """The form class with the fields that this record carries and this person may fill."""
    mine = writable(model)
    if not mine:
        return kind
    fields, required = _on_card(model, row, mine) if row else _on_new(model, mine)
    inputs = {f"{OWN}{own.code}": _input(own, own.id in required) for own in fields}
    return type(kind.__name__, (kind,), inputs) if inputs else kind


def form_of_many(kind: type[BaseForm], model: type[Model], keys: Sequence[int]) -> type[BaseForm]:
    """The form class with the fields that any of these records carries; none may be required."""
    fields = writable(model)
    inputs = {f"{OWN}{own.code}": _input(own, False) for own in _on_many(model, keys, fields)}
    return type(kind.__name__, (kind,), inputs) if inputs else kind


def own_data(model: type[Model], row: Model) -> dict[str, Any]:
    """The present values by the name of their input."""
    fields = known_fields(model)
    if not fields:
        return {}
    values = values_on(card_of(model, row)._pk)
    return {f"{OWN}{own.code}": values[own.id] for own in fields if own.id in values}


def own_changes(
    model: type[Model], form: BaseForm, card: Model | None
) -> list[tuple[Field, OwnField, Any]]:
    """What the form says otherwise than the card (None: a new one, which says nothing yet)."""
    kind = _kind(model, card)
    inputs = [(form[f"{OWN}{own.code}"], own) for own in own_in(model, form, kind)]
    if not inputs:
        return []
    values = values_on(card._pk) if card is not None else {}
    return [(field, own, field.data) for field, own in inputs if field.data != values.get(own.id)]


def card_of(model: type[Model], row: Model) -> Any:
    """The card that carries the values of a record; None where there is none."""
    key = card_key(model)
    if key is None:
        return None
    return row if model is Card else getattr(row, key.name)


def own_in(model: type[Model], form: BaseForm, kind: str | None = None) -> Iterator[OwnField]:
    """The fields that a form holds; all cards have but one form, so theirs are told by kind."""
    for own in known_fields(model):
        of_kind = kind is None or own.kind == kind
        if of_kind and f"{OWN}{own.code}" in form and own.retired_on is None:
            yield own


def writable(model: type[Model]) -> list[OwnField]:
    """The fields in use that this person may fill on records of the table."""
    return [own for own in known_fields(model) if own.retired_on is None and may_write(own)]


def _on_many(model: type[Model], keys: Sequence[int], fields: list[OwnField]) -> list[OwnField]:
    """Those on the card of at least one record; none where the cards are of several kinds."""
    key = card_key(model)
    if not fields or key is None:
        return []
    cards = scoped(model, key).where(model._meta.primary_key.in_(list(keys)))
    ways = Card.select(Card.kind, Pipeline.code).join(Pipeline).where(Card.id.in_(cards))
    found = set(ways.distinct().tuples())
    if len({kind for kind, _ in found}) != 1:
        return []
    return [own for own in fields for kind, code in found if own.kind == kind and own.is_on(code)]


def _kind(model: type[Model], card: Model | None) -> str | None:
    kind = option(model, "kind")
    return kind or (card.__data__["kind"] if card is not None else None)


def _code_of(fields: list[OwnField], pipeline: int) -> str | None:
    """The code of a pipeline, asked for only where a field is not on all of them."""
    if all(own.pipeline_code is None for own in fields):
        return None
    return str(Pipeline.get_by_id(pipeline).code)


def _on_card(
    model: type[Model], row: Model, fields: list[OwnField]
) -> tuple[list[OwnField], set[int]]:
    card = card_of(model, row)
    mine = [own for own in fields if own.kind == _kind(model, card)]
    pipeline = _code_of(mine, card.__data__["pipeline"])
    mine = [own for own in mine if own.is_on(pipeline)]
    return mine, required_fields(card.__data__["stage"]) if mine else set()


def _on_new(model: type[Model], fields: list[OwnField]) -> tuple[list[OwnField], set[int]]:
    """For a new record, the fields of every pipeline that it may be opened on."""
    kind, number = option(model, "kind"), number_in(request.form.get("card__pipeline"))
    try:
        pipeline, stage = opening_of(kind, number)
    except Refused:
        return [], set()
    ways = {pipeline, *(key for key, _ in ways_for(kind)[""])}
    codes = {
        code for (code,) in Pipeline.select(Pipeline.code).where(Pipeline.id.in_(ways)).tuples()
    }
    on_way = [own for own in fields if own.pipeline_code is None or own.pipeline_code in codes]
    return on_way, required_fields(stage)


def _input(own: OwnField, required: bool) -> Any:
    """The input of its type, with its help and checks."""
    column = input_column(own)
    if own.type == "text":
        column = CharField(max_length=LONGEST, null=True, verbose_name=own.label)
        column.bind(CustomValue, "text_value", set_attribute=False)
    _, unbound = Converter(None).convert(CustomValue, column, {})
    told = [own.hint] if own.hint else []
    if own.pipeline_name:
        told.append(gettext("Only on: %(pipeline)s.", pipeline=own.pipeline_name))
    unbound.kwargs |= {"label": own.label, "description": " ".join(told)}
    if required:
        checks = [c for c in unbound.kwargs["validators"] if not isinstance(c, Optional)]
        unbound.kwargs["validators"] = [InputRequired(REQUIRED), *checks]
    return unbound
