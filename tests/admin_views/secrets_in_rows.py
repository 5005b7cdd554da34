"""Plants a mark in every column of words and money; says which marks a role must never meet."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from peewee import CharField, DataError, IntegrityError, TextField

from schema import TABLES
from schema.base import table_name
from schema.database import is_sqlite, one_act
from schema.fields import ChoiceField, EmailField, LinkField, MoneyField, PhoneField
from schema.guards import watches
from schema.rules import NoOverlap
from tests.refusals import raw

FIXED = {"code", "ticket", "stage_code", "key", "table_name", "column", "password_hash"}
SAID_TO_ALL = {("clinic", "name")}  # it stands at the top of every page
IN_JSON = {("audit_change", "before"), ("audit_change", "after")}
planted: dict[str, tuple[str, str]] = {}


def plant(clinic) -> None:
    """Write the marks, with the guards out of the way for that moment."""
    planted.clear()
    kept: dict[str, dict[str, Any]] = defaultdict(dict)
    guards(off=True)
    for number, (model, field) in enumerate(places()):
        value, marks = mark_for(model, field, number)
        kept[table_name(model)][field.column_name] = value
        if (table_name(model), field.name) in IN_JSON:
            continue
        planted.update({mark: (table_name(model), field.name) for mark in marks})
        where = f'WHERE "{field.column_name}" IS NOT NULL'
        try:
            with one_act():
                raw(f'UPDATE "{table_name(model)}" SET "{field.column_name}" = ? {where}', value)
        except (IntegrityError, DataError):
            continue  # as when a column takes no two alike; the audit remembers the mark anyway
    plant_in_the_audit(kept)
    guards(off=False)
    assert len(planted) > 60


def plant_in_the_audit(kept: dict[str, dict[str, Any]]) -> None:
    """Let the audit remember every mark of a table, as if each of its rows had once held them."""
    for table, values in kept.items():
        for column in ("before", "after"):
            mark = f"zqjsonqz{table}{column}".replace("_", "")
            raw(
                f'UPDATE "audit_change" SET "{column}" = ? WHERE table_name = ? '
                f'AND "{column}" IS NOT NULL',
                json.dumps(values | {"no_such_column": mark}),
                table,
            )
            planted[mark] = ("audit_change", column)


def places():
    for model in TABLES:
        for field in model._meta.sorted_fields:
            kind = isinstance(field, CharField | TextField | MoneyField)
            if kind and not field.choices and field.name not in FIXED:
                yield model, field


def mark_for(model, field, number):
    """A value for the column, and the ways in which it would look on a page."""
    if isinstance(field, MoneyField):
        amount = 7_000_000_00 + number * 1_000_11
        whole, part = divmod(amount, 100)
        return amount, [str(amount), f"{whole:,}".replace(",", ".") + f",{part:02d}"]
    if isinstance(field, PhoneField):
        digits = f"40799{number:06d}"
        return f"+{digits}", [digits, f"0799 {number:06d}"[:8] + f" {number:06d}"[-4:]]
    word = f"zq{number}qz{table_name(model)}{field.name}".replace("_", "")[:36]
    if isinstance(field, EmailField):
        return f"{word}@example.com", [word]
    if isinstance(field, LinkField):
        return f"https://{word}.example.com/x", [word]
    assert not isinstance(field, ChoiceField)
    return word[: field.max_length] if isinstance(field, CharField) else word, [word]


def forbidden_marks(eyes) -> dict[str, tuple[str, str]]:
    """The marks in columns that this person may not read, with where they were planted."""
    by_name = {table_name(model): model for model in TABLES}
    return {
        mark: (table, column)
        for mark, (table, column) in planted.items()
        if not eyes.reads(by_name[table], column) and (table, column) not in SAID_TO_ALL
    }


def guards(off: bool) -> None:
    from schema.guards import install_guards

    if is_sqlite():
        if off:
            for table, rule in watches(TABLES):
                for name in rule.sqlite(table):
                    raw(f"DROP TRIGGER IF EXISTS {name}")
        else:
            install_guards(TABLES)
        return
    for table, rule in watches(TABLES):
        if not isinstance(rule, NoOverlap):
            raw(f'ALTER TABLE "{table}" {"DISABLE" if off else "ENABLE"} TRIGGER USER')
