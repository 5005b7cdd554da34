"""What every table has in common: keys, names for people, and the rules that travel with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import SQL, Field, ForeignKeyField, IntegerField, Model

from schema.database import database, execute_plain
from schema.fields import InstantField
from schema.recording import Recorded
from schema.rules import Agree, AnyRule, History, Index, Rule, Unique

AREAS = ("Today", "Front office", "Treatment", "Recall", "Laboratory", "Reports", "Set-up")


def utcnow() -> dt.datetime:
    """This moment in UTC, to the second; only doors and column defaults ask for it."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class Row(Model):
    """A row with a plain key. `class Meta` says how people see it; see docs/house.md."""

    class Meta:
        database = database
        only_save_dirty = True
        legacy_table_names = False

    def __str__(self) -> str:
        return title_of(self)


class Record(Row):
    """A thing that people edit: two editors are told apart by `row_version`."""

    row_version = IntegerField(default=1, constraints=[SQL("DEFAULT 1")])
    created_at = InstantField(default=utcnow, constraints=[SQL("DEFAULT CURRENT_TIMESTAMP")])


class Act(Row):
    """Something that happened: written once, never changed or removed."""

    at = InstantField(
        default=utcnow, constraints=[SQL("DEFAULT CURRENT_TIMESTAMP")], verbose_name="When"
    )


def option(model: type[Model], name: str, default: Any = None) -> Any:
    """What `class Meta` of a table says under `name`."""
    return getattr(model._meta, name, default)


def table_name(model: type[Model]) -> str:
    return str(model._meta.table_name)


def label(field: Field) -> str:
    """The English label of a column: its verbose name, else its name as words."""
    return str(field.verbose_name or field.name.replace("_", " ").capitalize())


def code_words(code: str) -> str:
    """The English words of a code of the program: «Inquiry received» for lead_received."""
    words = ("inquiry" if word == "lead" else word for word in code.split("_"))
    return " ".join(words).capitalize()


def singular(model: type[Model]) -> str:
    """The English name of one row: «Lab order»."""
    return str(option(model, "label") or table_name(model).replace("_", " ").capitalize())


def plural(model: type[Model]) -> str:
    """The English name of many rows: «Lab orders»."""
    return str(option(model, "label_plural") or singular(model) + "s")


def inside(model: type[Model]) -> str:
    """The English heading of its rows on the page of their parent: «Tags», where all are «Tags of
    patients»."""
    return str(option(model, "inside") or plural(model))


def titles(model: type[Model]) -> list[Field]:
    """The columns that name a row to people; foreign keys are followed to their own titles."""
    names = option(model, "title") or ("id",)
    return [model._meta.fields[name] for name in names]


def title_of(row: Model | None) -> str:
    """A row's name as its title columns give it; empty for None."""
    if row is None:
        return ""
    values = (getattr(row, field.name) for field in titles(type(row)))
    return " ".join(str(value) for value in values if value not in (None, ""))


def rules_of(model: type[Model]) -> list[AnyRule | Recorded]:
    """Every rule of a table: its columns' own, its class's, append-only for an Act, the audit's."""
    table = table_name(model)
    rules: list[AnyRule | Recorded] = []
    for field in model._meta.sorted_fields:
        rules += getattr(field, "rules", lambda _: [])(table)
    rules += option(model, "rules", ())
    if issubclass(model, Act):
        kept = option(model, "kept_until")
        rules.append(History(table, option(model, "sealed_by", "FALSE"), kept))
    if option(model, "audited", True):
        rules.append(recorded(model))
    return rules


def recorded(model: type[Model]) -> Recorded:
    """How the changes of a table are written down; see `audited`, `unaudited` and `secret`."""
    secret, left_out = option(model, "secret", ()), option(model, "unaudited", ())
    names = [field.column_name for field in model._meta.sorted_fields]
    told = tuple(name for name in names if name not in (*secret, *left_out))
    return Recorded(table_name(model), told, tuple(secret))


def prepare(model: type[Model], engine: str) -> None:
    """Give a table its named constraints and indexes for one engine, ready to be created."""
    meta = model._meta
    table = table_name(model)
    mine = [rule for rule in rules_of(model) if getattr(rule, "engine", None) in (None, engine)]
    clauses = [rule.clause() for rule in mine if isinstance(rule, Rule | Agree)]
    escaped = [text if engine == "sqlite" else text.replace("%", "%%") for text in clauses]
    meta.constraints = [SQL(text) for text in escaped]
    for field in meta.sorted_fields:
        if isinstance(field, ForeignKeyField):
            field.constraint_name = f"{table}_{field.column_name}_exists"
            field.on_delete = "RESTRICT"


def index_statements(model: type[Model], engine: str) -> list[str]:
    """The CREATE INDEX statements of a table's Unique and Index rules."""
    table = table_name(model)
    rules = [rule for rule in rules_of(model) if isinstance(rule, Unique | Index)]
    texts = [rule.statement(table) for rule in rules]
    if engine == "sqlite":  # it always puts empty values first and must not be told so
        texts = [text.replace(" NULLS FIRST", "") for text in texts]
    return texts


def create(model: type[Model], engine: str) -> None:
    """Make one table with its constraints and indexes in the open database."""
    prepare(model, engine)
    model.create_table(safe=False)
    for statement in index_statements(model, engine):
        execute_plain(statement)
