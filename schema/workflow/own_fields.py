"""Fields of the clinic's own: which there are, which a card needs, and the keeping of values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Field

from schema.base import utcnow
from schema.custom import CustomField, CustomValue
from schema.custom_rules import required_at
from schema.database import database
from schema.pipelines import Pipeline

READ = ("id", "kind", "code", "label", "type", "choices", "hint", "in_list", "searchable",
        "position", "retired_on")  # fmt: skip


@dataclass(frozen=True)
class OwnField:
    """One field of the clinic's own, as its row says."""

    id: int
    kind: str
    code: str
    label: str
    type: str
    choices: tuple[str, ...]
    hint: str | None
    in_list: bool
    searchable: bool
    position: int
    retired_on: dt.date | None
    pipeline_code: str | None
    pipeline_name: str | None

    @property
    def column(self) -> str:
        """The column of custom_value that holds its values."""
        return f"{self.type}_value"

    @property
    def value_field(self) -> Field:
        return CustomValue._meta.fields[self.column]

    def is_on(self, pipeline_code: str | None) -> bool:
        """Whether the cards of a pipeline carry it."""
        return self.pipeline_code in (None, pipeline_code)


def own_fields() -> tuple[OwnField, ...]:
    """Every field of the clinic's own, retired ones included, in the order of forms."""
    columns = [CustomField._meta.fields[name] for name in READ]
    rows = (
        CustomField.select(*columns, Pipeline.code, Pipeline.name)
        .join(Pipeline, JOIN.LEFT_OUTER)
        .order_by(CustomField.kind, CustomField.position, CustomField.label, CustomField.id)
    )
    return tuple(
        OwnField(
            **{**dict(zip(READ, row, strict=False)), "choices": lines(row[5])},
            pipeline_code=row[-2],
            pipeline_name=row[-1],
        )  # fmt: skip
        for row in rows.tuples()
    )


def lines(choices: str | None) -> tuple[str, ...]:
    """The choices that stand in a list, one a line."""
    return tuple(filter(None, (choices or "").replace("\r", "").split("\n")))


def required_fields(stage_id: int) -> set[int]:
    """Keys of the fields that a card must have filled when it stands at this stage."""
    text = f"SELECT f.id FROM custom_field f WHERE {required_at(str(int(stage_id)))}"
    return {key for (key,) in database.execute_sql(text).fetchall()}


def values_on(card_id: int) -> dict[int, Any]:
    """What a card says in fields of the clinic's own, by the field's key."""
    return {field: value for (_, field), value in values_of_cards([card_id]).items()}


def values_of_cards(cards: Iterable[int]) -> dict[tuple[int, int], Any]:
    """What many cards say, by card and field, in one question."""
    columns = {kind: f"{kind}_value" for kind, _ in CustomValue.type.choices}
    rows = CustomValue.select().where(CustomValue.card.in_(list(cards))).dicts()
    return {(row["card"], row["field"]): row[columns[row["type"]]] for row in rows}


def keep_value(card_id: int, field: OwnField, value: Any) -> None:
    """Write what a card says in one field; None empties it. The open act holds the card."""
    here = (CustomValue.card == card_id) & (CustomValue.field == field.id)
    if CustomValue.select(CustomValue.id).where(here).exists():
        changed = {field.column: value, "row_version": CustomValue.row_version + 1}
        CustomValue.update(**changed).where(here).execute()
    elif value is not None:
        one_value = {"card": card_id, "field": field.id, "type": field.type, field.column: value}
        CustomValue.create(**one_value)


def keep_many(given: Iterable[tuple[int, Mapping[OwnField, Any]]]) -> None:
    """Write the values of new cards, one statement for each type."""
    by_column: dict[str, list[dict[str, Any]]] = {}
    for card, values in given:
        for field, value in values.items():
            if value is not None:
                row = {"card": card, "field": field.id, "type": field.type, field.column: value}
                by_column.setdefault(field.column, []).append({**row, "created_at": utcnow()})
    for rows in by_column.values():
        CustomValue.insert_many(rows).execute()
