"""Names kept in small plain letters beside themselves, on PostgreSQL: there folding a text takes
longer than finding it, and a name that thousands of rows bear would be folded for each of them.

They are generated columns with a trigram index of their own. No model names them, so that no
screen, right or record of changes knows of them; SQLite's search index holds what they hold.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from peewee import SQL, Column, Expression, Model

from schema.base import option, table_name
from schema.database import execute_plain


def folded_names(model: type[Model]) -> tuple[str, ...]:
    """The columns that name a row, where its search index holds other texts too; often none."""
    searched = option(model, "search", ())
    names = tuple(name for name in option(model, "title", ()) if name in searched)
    return names if len(names) < len(searched) else ()


def folded_index(model: type[Model]) -> str:
    return f"{table_name(model)}_folded"


def install_folded(model: type[Model]) -> None:
    """Make the columns and their index; existing ones are kept."""
    table, names = table_name(model), folded_names(model)
    added = ", ".join(
        f'ADD COLUMN IF NOT EXISTS {name}_folded TEXT GENERATED ALWAYS AS (fold("{name}")) STORED'
        for name in names
    )
    listed = ", ".join(f"{name}_folded gin_trgm_ops" for name in names)
    execute_plain(f'ALTER TABLE "{table}" {added}')
    execute_plain(
        f'CREATE INDEX IF NOT EXISTS {folded_index(model)} ON "{table}" USING gin ({listed})'
    )
    execute_plain(f'ANALYZE "{table}"')


def folded_like(model: type[Model], names: tuple[str, ...], pattern: str) -> Expression:
    """True where one of these names, folded, is like the pattern."""
    kept = [Column(model._meta.table, f"{name}_folded") for name in names]
    return reduce(or_, [Expression(one, "like", SQL("%s", [pattern])) for one in kept])
