"""A subquery is composed once: the library does it twice to see whether nothing follows an IN.

Rights nest such subqueries, and one that is five deep was composed 32 times.
"""

from __future__ import annotations

from typing import Any

from peewee import BaseQuery, Context, Expression

_is_empty = Expression._is_rhs_empty


def _is_empty_list(self: Expression, right: Any, ctx: Context) -> bool:
    """Whether a list without anything follows the IN; a query is never one."""
    return not isinstance(right, BaseQuery) and bool(_is_empty(self, right, ctx))


Expression._is_rhs_empty = _is_empty_list
