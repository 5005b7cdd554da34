"""Rows of many keys: the text of a statement stays the same however many there are.

A mark for each key takes longer to write and to read than the database takes to answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from peewee import SQL, Field, NodeList

from schema.database import is_sqlite


def among(column: Field, keys: Iterable[int]) -> NodeList:
    """The condition that a column of whole numbers is one of the keys; of none, never."""
    return NodeList((column, SQL(keys_test(), (keys_told(keys),))))


def keys_test() -> str:
    """The same as text behind the name of a column, with the mark of the one value it takes."""
    return "IN (SELECT value FROM json_each(?))" if is_sqlite() else "= ANY(%s)"


def keys_told(keys: Iterable[int]) -> Any:
    """That value."""
    return json.dumps(list(keys)) if is_sqlite() else list(keys)
