"""PostgreSQL calls a guard's function only for rows that its first condition is about."""

from __future__ import annotations

import pytest

from schema.triggers import pg_trigger


@pytest.mark.parametrize(
    ("events", "when", "asked"),
    [
        (("INSERT",), "NEW.mode = 'transfer'", True),
        (("INSERT", "UPDATE OF mode"), "NEW.mode = 'transfer'", True),
        (("UPDATE",), "NEW.mode <> OLD.mode", True),
        (("INSERT",), "TRUE", False),
        (("INSERT",), "EXISTS (SELECT 1 FROM claim q WHERE q.card_id = NEW.card_id)", False),
        (("INSERT", "UPDATE"), "NEW.mode IS DISTINCT FROM OLD.mode", False),
        (("UPDATE", "DELETE"), "NEW.mode IS NULL", False),
    ],
)
def test_only_a_condition_of_the_row_alone_is_asked_before_the_call(events, when, asked):
    *_, created = pg_trigger("guard", "BEFORE", events, "card", "BEGIN RETURN NEW; END", when)

    assert (f"WHEN ({when})" in created) is asked
