"""Fields of the clinic's own as columns of a file: named by label or code, typed and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from schema.fields import normal_link
from schema.workflow import Refused
from schema.workflow.import_target import Target
from schema.workflow.own_fields import OwnField, own_fields, required_fields
from schema.workflow.sheet_rows import Cell
from schema.workflow.value_days import parse_day
from schema.workflow.values import clean_text, parse_amount, parse_decimal, parse_yes, same

PREFIX = "custom."
LONGEST = 2000


def own_targets(kind: str) -> tuple[Target, ...]:
    """A target for each field in use on cards of this kind."""
    return tuple(
        Target(f"{PREFIX}{own.code}", own.label, own.code, _parser(own), LONGEST)
        for own in own_fields()
        if own.kind == kind and own.retired_on is None
    )


def own_of(kind: str) -> dict[str, OwnField]:
    """The fields in use on cards of a kind, by the name of their target."""
    found = [own for own in own_fields() if own.kind == kind and own.retired_on is None]
    return {f"{PREFIX}{own.code}": own for own in found}


def missing(
    fields: dict[str, OwnField], stage: int, pipeline_code: str
) -> Callable[[dict[str, Any]], Iterable[tuple[str, Refused]]]:
    """Says which values a row lacks at the stage where its card opens, or cannot have there."""
    needed = required_fields(stage)

    def check(values: dict[str, Any]) -> Iterable[tuple[str, Refused]]:
        for name, own in fields.items():
            if values.get(name) is None:
                if own.id in needed:
                    yield name, Refused("«%(label)s» is required.", label=own.label)
            elif not own.is_on(pipeline_code):
                yield name, Refused("This field is not on that kind of card.")

    return check


def _parser(own: OwnField) -> Callable[[Cell], Any]:
    return {
        "text": clean_text,
        "number": _number,
        "day": parse_day,
        "choice": _choice_of(own),
        "yes_no": parse_yes,
        "link": _link,
        "money": _money,
    }[own.type]


def _number(cell: Cell) -> Any:
    text = clean_text(cell)
    return parse_decimal(text) if text is not None else None


def _money(cell: Cell) -> int | None:
    amount = parse_amount(cell)
    if amount is not None and amount < 0:
        raise Refused("The amount cannot be negative.")
    return amount


def _link(cell: Cell) -> str | None:
    text = clean_text(cell)
    return normal_link(text) if text is not None else None


def _choice_of(own: OwnField) -> Callable[[Cell], str | None]:
    known = {same(choice): choice for choice in own.choices}

    def parse(cell: Cell) -> str | None:
        text = clean_text(cell)
        if text is None or text in own.choices:
            return text
        if same(text) not in known:
            raise Refused(
                "«%(value)s» is not one of: %(list)s.",
                value=text[:40],
                list=", ".join(own.choices)[:200],
            )
        return known[same(text)]

    return parse
