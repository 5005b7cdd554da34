"""Installs what lives beside the tables: triggers, exclusions and search indexes; idempotent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from peewee import Model

from schema.base import rules_of, table_name
from schema.database import database, execute_plain, is_sqlite
from schema.marks import install_marks
from schema.recording import Recorded
from schema.rules import Effect, Guard, History, NoOverlap
from schema.search import install_search, missing_search

# What PostgreSQL made of each trigger: when it is called, of what, and what it does then.
MADE = (
    'SELECT c.relname AS "table", tgname AS name, '
    "obj_description(t.oid, 'pg_trigger') AS noted, encode(sha256(convert_to("
    "pg_get_triggerdef(t.oid) || tgenabled::text || prosrc, 'UTF8')), 'hex') AS made "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema() "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
)

Watch = Guard | Effect | NoOverlap | History | Recorded


def watches(models: Iterable[type[Model]]) -> list[tuple[str, Watch]]:
    """Every (table, guard) of this engine, in table order."""
    engine = "sqlite" if is_sqlite() else "postgresql"
    return [
        (table_name(model), rule)
        for model in models
        for rule in rules_of(model)
        if isinstance(rule, Watch) and getattr(rule, "engine", None) in (None, engine)
    ]


def install_guards(models: Iterable[type[Model]]) -> None:
    """Make the guards of the open database exactly those that the tables declare."""
    models = list(models)
    install_marks()
    if is_sqlite():
        _install_sqlite(models)
    else:
        _install_postgresql(models)
    install_search(models)


def missing_guards(models: Iterable[type[Model]]) -> list[str]:
    """Names of declared guards that the open database lacks, or holds in other words."""
    models = list(models)
    sqlite = is_sqlite()
    present = _present_sqlite() if sqlite else _present_postgresql()
    wanted = _wanted_sqlite(models) if sqlite else _wanted_postgresql(models)
    gone = [name for name, text in wanted.items() if present.get(name) != text]
    return sorted(gone) + missing_search(models)


def _wanted_sqlite(models: Iterable[type[Model]]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for table, rule in watches(models):
        wanted |= rule.sqlite(table)
    return wanted


def _present_sqlite() -> dict[str, str]:
    rows = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: text for name, text in rows.fetchall() if "_search_" not in name}


def _install_sqlite(models: list[type[Model]]) -> None:
    wanted, present = _wanted_sqlite(models), _present_sqlite()
    for name in present:
        if wanted.get(name) != present[name]:
            database.execute_sql(f"DROP TRIGGER {name}")
    for name, text in wanted.items():
        if present.get(name) != text:
            execute_plain(text)


def _install_postgresql(models: list[type[Model]]) -> None:
    database.execute_sql("CREATE EXTENSION IF NOT EXISTS btree_gist")
    names = {rule.name for _, rule in watches(models)}
    for table, trigger in _stray_postgresql(models):
        database.execute_sql(f'DROP TRIGGER {trigger} ON "{table}"')
        if _rule_of(trigger) not in names:
            database.execute_sql(f"DROP FUNCTION IF EXISTS {trigger}()")
    for table, rule in watches(models):
        if isinstance(rule, NoOverlap):
            _exclude(table, rule)
        statements = rule.queue(table) if isinstance(rule, NoOverlap) else rule.postgresql(table)
        for statement in statements:
            execute_plain(statement)
    _seal_triggers(_wanted_postgresql(models))


def _seal_triggers(wanted: dict[str, str]) -> None:
    """Note at each trigger whose words it has and what PostgreSQL made of them."""
    for table, name, _, made in database.execute_sql(MADE).fetchall():
        if mark := wanted.get(f"{name} on {table}"):
            execute_plain(f"COMMENT ON TRIGGER {name} ON \"{table}\" IS '{mark} {made}'")


def _exclude(table: str, rule: NoOverlap) -> None:
    """An exclusion is costly to build, so it is rebuilt only when its words changed."""
    [statement] = rule.postgresql(table)
    mark = _mark(statement)
    found = database.execute_sql(
        "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = %s",
        (rule.name,),
    ).fetchone()
    if found and found[0] == mark:
        return
    if found:
        execute_plain(f'ALTER TABLE "{table}" DROP CONSTRAINT {rule.name}')
    execute_plain(statement)
    execute_plain(f"COMMENT ON CONSTRAINT {rule.name} ON \"{table}\" IS '{mark}'")


def _mark(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()[:16]


def _wanted_postgresql(models: Iterable[type[Model]]) -> dict[str, str]:
    """Of each trigger and each exclusion the mark of its words."""
    wanted = {}
    for table, rule in watches(models):
        statements = rule.postgresql(table)
        if isinstance(rule, NoOverlap):
            wanted[rule.name] = _mark(statements[0])
            statements = rule.queue(table)
        for statement in statements:
            if statement.startswith("CREATE TRIGGER "):
                name = f"{statement.split()[2]} on {table}"
                wanted[name] = _mark(statements[0] + statement)
    return wanted


def _present_postgresql() -> dict[str, str]:
    """The marks that were noted, of triggers that are still as PostgreSQL made them then."""
    rows = database.execute_sql(
        f"SELECT name || ' on ' || \"table\", split_part(noted, ' ', 1) FROM ({MADE}) AS made "
        "WHERE split_part(noted, ' ', 2) = made "
        "UNION ALL SELECT conname, obj_description(oid, 'pg_constraint') "
        "FROM pg_constraint WHERE contype = 'x'"
    )
    return dict(rows.fetchall())


def _stray_postgresql(models: list[type[Model]]) -> list[tuple[str, str]]:
    declared = {(table, rule.name) for table, rule in watches(models)}
    return [
        (table, name)
        for table, name, *_ in database.execute_sql(MADE).fetchall()
        if (table, _rule_of(name)) not in declared
    ]


def _rule_of(trigger: str) -> str:
    """The name of the rule that a trigger serves."""
    return trigger.removesuffix("_truncate").removesuffix("_queue")
