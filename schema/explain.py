"""Turns a refusal of the database into a column and a sentence that a receptionist understands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import ForeignKeyField, IntegrityError, Model

from schema.base import label, rules_of, singular, table_name
from schema.database import is_sqlite
from schema.rules import Agree, Unique


@dataclass(frozen=True)
class Explanation:
    """What was refused: the table, the rule's name, the column to point at, the sentence.

    `what` is the English name of the column or table that the sentence marks with `%(what)s`.
    """

    table: str | None
    rule: str | None
    field: str | None
    says: str
    what: str = ""

    def __str__(self) -> str:
        return self.says % {"what": self.what} if self.what else self.says


class Explainer:
    """Knows every rule of the given tables by name, by columns, and by foreign key."""

    def __init__(self, models: Iterable[type[Model]]) -> None:
        self.models = {table_name(model): model for model in models}
        self.rules: dict[str, tuple[type[Model], Any]] = {}
        for model in self.models.values():
            for rule in rules_of(model):
                if hasattr(rule, "says"):
                    self.rules[rule.name] = (model, rule)

    def explain(self, error: IntegrityError, row: Model | None = None) -> Explanation:
        """The sentence for `error`; `row` (what was being written) helps to find a lost key."""
        text = str(error)
        name = _constraint_name(error)
        if name in self.rules:
            model, rule = self.rules[name]
            return Explanation(table_name(model), name, rule.field, rule.says)
        for find in (self._required, self._not_unique, self._spoken, self._lost_key):
            found = find(text, name, row)
            if found:
                return found
        return Explanation(None, name, None, "This contradicts another record; nothing was kept.")

    def _spoken(self, text: str, name: str | None, row: Any) -> Explanation | None:
        for word in re.findall(r"\w+", text):
            if word in self.rules:
                model, rule = self.rules[word]
                return Explanation(table_name(model), word, rule.field, rule.says)
        return None

    def _required(self, text: str, name: str | None, row: Any) -> Explanation | None:
        match = re.search(r"NOT NULL constraint failed: (\w+)\.(\w+)", text) or re.search(
            r'null value in column "(?P<c>\w+)" of relation "(?P<t>\w+)"', text
        )
        if not match:
            return None
        groups = match.groupdict()
        table = groups.get("t") or match[1]
        column = groups.get("c") or match[2]
        return Explanation(table, None, self._field(table, column), "This field is required.")

    def _not_unique(self, text: str, name: str | None, row: Any) -> Explanation | None:
        match = re.search(r"UNIQUE constraint failed: ([\w., ]+)", text)
        if match:
            table, columns = _columns(match[1])
            for other, (model, rule) in self.rules.items():
                mine = isinstance(rule, Unique) and table_name(model) == table
                if mine and tuple(name.strip('"') for name in rule.columns) == columns:
                    return Explanation(table, other, rule.field, rule.says)
            return self._taken(table, columns)
        detail = re.search(r'"(\w+)".*?Key \(([^)]*)\)=', text, re.S)
        if detail and "already exists" in text:
            table = _table_of(error_name=detail[1], tables=self.models)
            return self._taken(table, tuple(detail[2].replace('"', "").split(", ")))
        return None

    def _taken(self, table: str, columns: tuple[str, ...]) -> Explanation:
        field = self._field(table, columns[0])
        model = self.models.get(table)
        what = label(model._meta.fields[field]) if model and field else ", ".join(columns)
        return Explanation(table, None, field, "%(what)s: this value is already taken.", what)

    def _lost_key(self, text: str, name: str | None, row: Any) -> Explanation | None:
        if "foreign key" not in text.lower():
            return None
        for table, model in self.models.items():
            for field in model._meta.sorted_fields:
                if isinstance(field, ForeignKeyField) and _key_name(table, field) == name:
                    return self._gone(table, field)
        return self._probe(row) if row is not None else _in_use()

    def _probe(self, row: Model) -> Explanation:
        """SQLite does not say which key failed, so each key of the row is looked up."""
        model = type(row)
        for field in model._meta.sorted_fields:
            if isinstance(field, ForeignKeyField) and row.__data__.get(field.name) is not None:
                wanted = field.rel_field == row.__data__[field.name]
                if not field.rel_model.select().where(wanted).exists():
                    return self._gone(table_name(model), field)
        for rule in rules_of(model):
            if isinstance(rule, Agree) and not _agrees(rule, row):
                return Explanation(table_name(model), rule.name, rule.field, rule.says)
        return _in_use()

    def _gone(self, table: str, field: ForeignKeyField) -> Explanation:
        what = singular(field.rel_model)
        return Explanation(
            table, _key_name(table, field), field.name, "%(what)s: choose one that exists.", what
        )

    def _field(self, table: str, column: str) -> str | None:
        model = self.models.get(table)
        found = model._meta.columns.get(column) if model else None
        return found.name if found is not None else None


def _key_name(table: str, field: ForeignKeyField) -> str:
    """As schema.base.prepare names it; a migrated house is opened without preparing tables."""
    return f"{table}_{field.column_name}_exists"


def _constraint_name(error: IntegrityError) -> str | None:
    diagnosis = getattr(getattr(error, "orig", None), "diag", None)
    if diagnosis is not None and diagnosis.constraint_name:
        return str(diagnosis.constraint_name)
    text = str(error).strip()
    match = re.search(r"(?:CHECK constraint failed|index): '?(\w+)'?", text)
    match = match or re.search(r'constraint "(\w+)"', text) or re.fullmatch(r"(\w+)", text)
    match = match or re.search(r"index '(\w+)'", text)
    return match[1] if match else None


def _columns(listed: str) -> tuple[str, tuple[str, ...]]:
    pairs = [part.strip().split(".") for part in listed.split(",")]
    return pairs[0][0], tuple(pair[-1] for pair in pairs)


def _table_of(error_name: str, tables: dict[str, Any]) -> str:
    fitting = [table for table in tables if error_name.startswith(table)]
    return max(fitting, key=len, default=error_name)


def _agrees(rule: Agree, row: Model) -> bool:
    values = [row.__data__.get(row._meta.columns[column].name) for column in rule.columns]
    if None in values:
        return True
    marks = " AND ".join(f"{target} = {_mark()}" for target in rule.target)
    found = row._meta.database.execute_sql(f'SELECT 1 FROM "{rule.table}" WHERE {marks}', values)
    return found.fetchone() is not None


def _mark() -> str:
    return "?" if is_sqlite() else "%s"


def _in_use() -> Explanation:
    return Explanation(None, None, None, "Other records refer to this one, or its base is gone.")
