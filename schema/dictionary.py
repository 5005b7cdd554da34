"""Writes docs/schema.md, every table in words and a diagram for each area."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from peewee import Field, ForeignKeyField, Model

from schema import TABLES
from schema.base import AREAS, label, option, plural, rules_of, table_name
from schema.fields import InstantField, MoneyField
from schema.recording import Recorded
from schema.rules import Effect, Index

PLACE = Path(__file__).resolve().parent.parent / "docs" / "schema.md"
UNITS = ((InstantField, "moment in UTC"), (MoneyField, "minor units"))


def dictionary() -> str:
    """The whole data dictionary as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the schema by `python -m schema.dictionary`; a test says when it is stale.",
        f"{len(TABLES)} tables. A rule is kept by the database itself, on SQLite and PostgreSQL;",
        "its sentence is what people read when it refuses. Every change of every row is recorded",
        "in `audit_change`, unless a table says here that it is not.",
        "",
    ]
    for area in AREAS:
        models = [model for model in TABLES if option(model, "area") == area]
        if models:
            lines += [f"## {area}", "", *_diagram(models), ""]
            for model in models:
                lines += [*_table(model), ""]
    return "\n".join(lines).rstrip() + "\n"


def _diagram(models: list[type[Model]]) -> Iterator[str]:
    """The area's tables and where their references lead, for Mermaid."""
    yield "```mermaid"
    yield "erDiagram"
    for model in models:
        yield f"    {table_name(model)}"
        for key in _keys(model):
            end = "|o" if key.null else "||"
            yield f"    {table_name(key.rel_model)} {end}--o{{ {table_name(model)} : {key.name}"
    yield "```"


def _keys(model: type[Model]) -> list[ForeignKeyField]:
    return [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)]


def _table(model: type[Model]) -> Iterator[str]:
    yield f"### {plural(model)} (`{table_name(model)}`)"
    yield ""
    yield option(model, "help", "")
    yield ""
    if not option(model, "audited", True):
        yield from ("Not recorded in `audit_change`.", "")
    yield "| Column | Kind | Meaning |"
    yield "|---|---|---|"
    for field in model._meta.sorted_fields:
        yield f"| `{field.column_name}` | {_kind(field)} | {_meaning(field)} |"
    told = [rule for rule in rules_of(model) if not isinstance(rule, Index | Effect | Recorded)]
    spoken = [rule for rule in told if getattr(rule, "engine", None) != "sqlite"]
    if spoken:
        yield ""
        yield from (f"- `{rule.name}`: {rule.says}" for rule in spoken)


def _kind(field: Field) -> str:
    if isinstance(field, ForeignKeyField):
        kind = f"→ `{table_name(field.rel_model)}`"
    elif field.choices:
        kind = "one of " + ", ".join(f"`{word}`" for word, _ in field.choices)
    else:
        kind = next((unit for kind_, unit in UNITS if isinstance(field, kind_)), "")
        kind = kind or type(field).__name__.removesuffix("Field").lower()
    return f"{kind}, may be empty" if field.null else kind


def _meaning(field: Field) -> str:
    said = " ".join(filter(None, (label(field) + ".", field.help_text)))
    return said.replace("|", "\\|")


if __name__ == "__main__":
    PLACE.write_text(dictionary(), encoding="utf-8")
