"""Finding text inside text, accents and case forgiven: trigrams kept by the database itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Expression, Model, fn

from schema.base import option, table_name
from schema.database import database, execute_plain, fold, is_sqlite, one_act
from schema.folded import folded_index, folded_like, folded_names, install_folded

SHORTEST_TRIGRAM = 3
ACCENTED = "ăâîșşțţáàäãåéèêëíìïóòôöõúùûüçñýőű"
PLAIN = "aaissttaaaaaeeeeiiiooooouuuucnyou"
VARIANTS = {"a": "aăâ", "i": "iî", "s": "sșş", "t": "tțţ"}
HIGHEST = "\U0010ffff"
FOLD = (
    "CREATE OR REPLACE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    # Translating is most of the work, and most texts have nothing to translate.
    "$$ SELECT CASE WHEN octet_length($1) = length($1) THEN lower($1) "
    f"ELSE translate(lower($1), '{ACCENTED}', '{PLAIN}') END $$"
)


def searched_columns(model: type[Model]) -> tuple[str, ...]:
    """The text columns of a table that carry a trigram index (`Meta.search`); often none."""
    return tuple(option(model, "search", ()))


def install_search(models: Iterable[type[Model]]) -> None:
    """Make the trigram indexes of the open database; existing ones are kept."""
    if not is_sqlite():
        database.execute_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        execute_plain(FOLD)
    models = list(models)
    gone = set(missing_search(models))
    for model in models:
        if searched_columns(model) and gone & set(_search_parts(model)):
            (_install_fts if is_sqlite() else _install_gin)(model)


def missing_search(models: Iterable[type[Model]]) -> list[str]:
    """Names of search indexes, or of the triggers that keep them, which the database lacks."""
    kind = "sqlite_master" if is_sqlite() else "pg_class"
    column = "name" if is_sqlite() else "relname"
    present = {name for (name,) in database.execute_sql(f"SELECT {column} FROM {kind}").fetchall()}
    wanted = [part for m in models if searched_columns(m) for part in _search_parts(m)]
    return sorted(set(wanted) - present)


def merge_search(models: Iterable[type[Model]]) -> None:
    """Merge the pieces that a day's changes leave of SQLite's indexes: each is asked apart."""
    for model in models:
        if is_sqlite() and searched_columns(model):
            name = f"{table_name(model)}_search"
            with one_act():
                execute_plain(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def _search_parts(model: type[Model]) -> tuple[str, ...]:
    name = f"{table_name(model)}_search"
    if is_sqlite():
        return (name, *(f"{name}_{event}" for event in ("insert", "update", "delete")))
    return (name, folded_index(model)) if folded_names(model) else (name,)


def contains(model: type[Model], columns: Iterable[str], term: str) -> Expression:
    """True for rows of `model` where one of `columns` has `term` inside.

    Uses the trigram index when it covers the columns and the term is long enough.
    """
    columns = tuple(columns)
    indexed = set(columns) <= set(searched_columns(model))
    if indexed and is_sqlite() and len(fold(term) or "") >= SHORTEST_TRIGRAM:
        return model._meta.primary_key.in_(_fts_ids(model, columns, term))
    pattern = f"%{as_pattern(term)}%"
    if not is_sqlite() and set(columns) <= set(folded_names(model)):
        return folded_like(model, columns, pattern)
    tests = [like(fn.fold(model._meta.fields[name]), pattern) for name in columns]
    if not indexed or is_sqlite():
        return reduce(or_, tests)
    anywhere = like(fn.fold(_joined(model)), pattern)
    return (
        anywhere if set(columns) == set(searched_columns(model)) else anywhere & reduce(or_, tests)
    )


def starts(model: type[Model], column: str, term: str) -> list[Expression]:
    """Each true for rows where a column of names begins with `term`, even if that is one letter.

    The column's own index answers each of them, so accents are forgiven in the first two letters.
    """
    field, plain = model._meta.fields[column], fold(term) or ""
    return [_between(field, form) for form in _capitalised(plain)]


def _between(field: Any, beginning: str) -> Expression:
    """PostgreSQL sorts by a language or by bytes; in each, one of two endings is the last."""
    last = beginning + HIGHEST
    if is_sqlite():
        return (field >= beginning) & (field < last)
    return (field >= beginning) & (field < fn.GREATEST(last, f"{beginning}zzzzzzzz"))


def _capitalised(plain: str) -> list[str]:
    """`st` as names begin with it: St, Șt, Ş…, each letter of the first two with its accents."""
    first = [form.upper() for form in VARIANTS.get(plain[:1], plain[:1])]
    second = list(VARIANTS.get(plain[1:2], plain[1:2])) or [""]
    return [one + two + plain[2:] for one in first for two in second]


def as_phrase(term: str) -> str:
    """A term as it stands between the quotes of an FTS phrase."""
    return (fold(term) or "").replace('"', '""')


def as_rough_phrase(term: str) -> str:
    """The first and the last trigram of a term as an FTS query: rows with it, and few others."""
    folded = fold(term) or ""
    if len(folded) <= SHORTEST_TRIGRAM + 1:
        return f'"{as_phrase(term)}"'
    return f'("{as_phrase(folded[:3])}" AND "{as_phrase(folded[-3:])}")'


def as_pattern(term: str) -> str:
    """A term as it stands inside a LIKE pattern."""
    return (fold(term) or "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def like(text: Any, pattern: str) -> Expression:
    """Lower-case «like»: of the upper-case word peewee makes a GLOB on SQLite."""
    return Expression(text, "like", SQL("? ESCAPE '\\'" if is_sqlite() else "%s", [pattern]))


class Phrase(SQL):
    """The keys of the rows of `model` that hold a term in one of `columns`, by SQLite's index."""

    def __init__(self, model: type[Model], columns: tuple[str, ...], inside: str) -> None:
        name = f"{table_name(model)}_search"
        super().__init__(f'(SELECT rowid FROM "{name}" WHERE "{name}" MATCH ?)', [inside])
        self.model, self.columns = model, columns


def _fts_ids(model: type[Model], columns: tuple[str, ...], term: str) -> Phrase:
    return Phrase(model, columns, f'{{{" ".join(columns)}}}: "{as_phrase(term)}"')


def _install_fts(model: type[Model]) -> None:
    table, columns = table_name(model), searched_columns(model)
    name = f"{table}_search"
    for part in _search_parts(model)[1:]:
        execute_plain(f"DROP TRIGGER IF EXISTS {part}")
    execute_plain(f"DROP TABLE IF EXISTS {name}")
    listed = ", ".join(columns)
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    gone = f"INSERT INTO {name} ({name}, rowid, {listed}) VALUES ('delete', OLD.id, {old})"
    come = f"INSERT INTO {name} (rowid, {listed}) VALUES (NEW.id, {new})"
    for statement in (
        f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, content='{table}', "
        "content_rowid='id', tokenize='trigram remove_diacritics 1', detail=full)",
        f"INSERT INTO {name} ({name}) VALUES ('rebuild')",
        f"INSERT INTO {name} ({name}) VALUES ('optimize')",
        f'CREATE TRIGGER {name}_insert AFTER INSERT ON "{table}" BEGIN {come}; END',
        f'CREATE TRIGGER {name}_update AFTER UPDATE OF {listed} ON "{table}" '
        f"BEGIN {gone}; {come}; END",
        f'CREATE TRIGGER {name}_delete AFTER DELETE ON "{table}" BEGIN {gone}; END',
    ):
        execute_plain(statement)


def _joined(model: type[Model]) -> Expression:
    """The very expression of the index, over the columns of this query."""
    texts = [fn.COALESCE(model._meta.columns[c], SQL("''")) for c in searched_columns(model)]
    joined = texts[0]
    for text in texts[1:]:
        joined = Expression(Expression(joined, "||", SQL("' '"), flat=True), "||", text, flat=True)
    return joined


def _gin_text(model: type[Model]) -> str:
    joined = " || ' ' || ".join(f"COALESCE(\"{c}\", '')" for c in searched_columns(model))
    return f"fold({joined})"


def _install_gin(model: type[Model]) -> None:
    table = table_name(model)
    execute_plain(
        f'CREATE INDEX IF NOT EXISTS {table}_search ON "{table}" '
        f"USING gin ({_gin_text(model)} gin_trgm_ops)"
    )
    if folded_names(model):
        install_folded(model)
