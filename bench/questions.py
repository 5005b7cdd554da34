"""Counts the statements that a page sends to the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from schema.database import database


def counted(act: Callable[[], None]) -> int:
    """How many statements `act` sends."""
    opened = database.obj
    send, count = opened.execute_sql, 0

    def note(*args: Any, **kwargs: Any) -> Any:
        nonlocal count
        count += 1
        return send(*args, **kwargs)

    with patch.object(opened, "execute_sql", note):
        act()
    return count
