"""Every rule of the schema speaks, has a name of its own, and is seen refusing on both engines."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from peewee import DataError, ForeignKeyField, IntegrityError

from schema import TABLES
from schema.base import Act, option, rules_of, table_name
from schema.database import is_sqlite, one_act
from schema.explain import Explainer
from schema.guards import watches
from schema.recording import Recorded
from schema.rules import Effect, History, Index, NoOverlap
from tests.refusals import raw
from tests.schema.bad_values import BAD_VALUES, NO_ROW

HERE = Path(__file__).parent
# The target of a composite key repeats the primary key, which always refuses first.
TARGET = re.compile(r"_id_and_")
WRITTEN = [
    (model, rule)
    for model in TABLES
    for rule in option(model, "rules", ())
    if not isinstance(rule, Index | Effect)
]
MADE = [
    (model, rule)
    for model in TABLES
    for rule in rules_of(model)
    if rule not in option(model, "rules", ()) and not isinstance(rule, History | Recorded)
]


def test_every_rule_has_a_name_of_its_own_and_a_sentence():
    names = Counter(rule.name for model in TABLES for rule in rules_of(model))
    assert [name for name, count in names.items() if count > 1] == []
    for model, rule in [*WRITTEN, *MADE]:
        assert len(rule.name) < 60, rule.name
        assert rule.says.endswith("."), rule.name
        assert rule.field is None or rule.field in model._meta.fields, rule.name


def test_every_written_rule_is_seen_refusing_by_raw_sql():
    told = "\n".join(file.read_text() for file in HERE.glob("test_*.py"))
    seen = set(re.findall(r'refuses\(\s*f?"(\w+)"', told))
    names = {rule.name for _, rule in WRITTEN if not TARGET.search(rule.name)}
    assert sorted(names - seen) == []


def without_guards():
    """Only the tables' own constraints are left, so that each can be seen alone."""
    for table, rule in watches(TABLES):
        if is_sqlite():
            for name in rule.sqlite(table):
                raw(f"DROP TRIGGER IF EXISTS {name}")
        elif isinstance(rule, NoOverlap):
            raw(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS {rule.name}')
        else:
            raw(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')


def refusal(table, column, value):
    """The name of the rule that refuses this value in the table's first row; its error's text."""
    with pytest.raises((IntegrityError, DataError)) as caught, one_act():
        first = f'(SELECT MIN(id) FROM "{table}")'
        raw(f'UPDATE "{table}" SET "{column}" = ? WHERE id = {first}', value)
        assert raw(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0], f"{table} has no row"
        raise AssertionError(f"{table}.{column} took {value!r}")
    if isinstance(caught.value, DataError):
        return "wrong type", str(caught.value)
    return Explainer(TABLES).explain(caught.value).rule, str(caught.value)


def test_every_column_rule_refuses_a_bad_value(filled):
    without_guards()
    for model, rule in MADE:
        if rule.engine not in (None, filled.engine):
            continue
        table, column = table_name(model), model._meta.fields[rule.field].column_name
        value = next(bad for end, bad in BAD_VALUES.items() if rule.name.endswith(end))
        found, error = refusal(table, column, value)
        while found != rule.name and not is_sqlite():
            # PostgreSQL tells the first broken rule by name; take that one away and look again.
            raw(f'ALTER TABLE "{table}" DROP CONSTRAINT {found}')
            found, error = refusal(table, column, value)
        assert found == rule.name, error


def test_postgresql_refuses_moments_and_days_that_are_none_by_their_type(postgres_clinic):
    """SQLite, which takes any text for a moment, has the rules above instead."""
    without_guards()
    for model, rule in MADE:
        if rule.engine == "sqlite" and not rule.name.endswith("_is_whole"):
            column = model._meta.fields[rule.field].column_name
            assert refusal(table_name(model), column, "some day")[0] == "wrong type"


def test_every_reference_refuses_a_row_that_is_not_there(filled):
    without_guards()
    for model in TABLES:
        for field in model._meta.sorted_fields:
            if isinstance(field, ForeignKeyField):
                found, error = refusal(table_name(model), field.column_name, NO_ROW)
                assert "foreign key" in error.lower() or found, error


def test_every_required_column_refuses_to_be_empty(filled):
    without_guards()
    for model in TABLES:
        for field in model._meta.sorted_fields:
            if not field.null and not field.primary_key:
                _, error = refusal(table_name(model), field.column_name, None)
                assert re.search("not null|not-null|null value|check", error.lower()), error


@pytest.mark.parametrize("model", [m for m in TABLES if issubclass(m, Act)], ids=table_name)
def test_history_is_neither_changed_nor_removed(filled, model):
    table = table_name(model)
    for statement in (f'UPDATE "{table}" SET at = at', f'DELETE FROM "{table}"'):
        with pytest.raises(IntegrityError) as caught, one_act():
            raw(statement)
        assert Explainer(TABLES).explain(caught.value).rule == f"{table}_is_history"
    if filled.engine == "sqlite":
        raw("PRAGMA recursive_triggers = 0")
        replace = f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"'
    else:
        replace = f'TRUNCATE "{table}" CASCADE'
    with pytest.raises(IntegrityError), one_act():
        raw(replace)
