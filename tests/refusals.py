"""Seeing the database itself refuse: raw SQL in, the broken rule's name out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from peewee import IntegrityError

from schema import TABLES
from schema.database import database, is_sqlite, one_act
from schema.explain import Explainer
from schema.rules import Agree


def raw(sql: str, *values: Any) -> Any:
    """Run one SQL statement with ? marks on either engine, as an administrator would type it."""
    text = sql if is_sqlite() else sql.replace("%", "%%").replace("?", "%s")
    return database.execute_sql(text, values)


@contextmanager
def refuses(rule: str) -> Iterator[None]:
    """The block breaks `rule` (a rule's name, or `table_column_exists`); nothing of it is kept."""
    explainer = Explainer(TABLES)
    with pytest.raises(IntegrityError) as caught, one_act():
        yield
    names_it = explainer.explain(caught.value).rule == rule
    _, known = explainer.rules.get(rule, (None, None))
    is_key = rule.endswith("_exists") or isinstance(known, Agree)
    nameless = is_sqlite() and is_key and "FOREIGN KEY" in str(caught.value)
    assert names_it or nameless, f"{caught.value} is not {rule}"
