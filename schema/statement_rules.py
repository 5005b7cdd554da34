"""Which works need the statement of a custom-made device, and how long what it names stays."""

from __future__ import annotations

from schema.rules import Guard

# EU 2017/745, Annex XIII, section 4: ten years, for implantable devices fifteen.
YEARS, YEARS_IMPLANTABLE = 10, 15


def statement_lacks(order: str) -> str:
    """SQL for both engines: an order needs a statement, and none tells of all its lots.

    Orders need one that were received since the clinic's day, of works that are devices. A lot
    used after the newest statement is not in it, so that statement is in force no longer.
    """
    return (
        "EXISTS (SELECT 1 FROM lab_order o JOIN work_type w ON w.id = o.work_type_id "
        "JOIN clinic c ON c.statements_from <= o.received_on "
        f"WHERE o.id = {order} AND w.is_device AND NOT EXISTS (SELECT 1 FROM device_statement s "
        "WHERE s.order_id = o.id AND NOT EXISTS (SELECT 1 FROM lot_use u "
        "WHERE u.order_id = o.id AND u.at > s.at)))"
    )


def part_of_day(column: str, start: int, length: int) -> str:
    """SQL for both engines: letters of a day written as year-month-day."""
    return f"substr(CAST({column} AS TEXT), {start}, {length})"


def _year(column: str) -> str:
    return f"CAST({part_of_day(column, 1, 4)} AS INTEGER)"


# The anniversary of 29 February is 1 March in years without one: never a day too short.
KEPT_LONG_ENOUGH = (
    f"{_year('keep_until')} - {_year('issued_on')} - CASE WHEN {part_of_day('keep_until', 6, 5)} "
    f"< {part_of_day('issued_on', 6, 5)} THEN 1 ELSE 0 END "
    f">= CASE WHEN implantable THEN {YEARS_IMPLANTABLE} ELSE {YEARS} END"
)
CODE_STAYS_WHILE_STATEMENTS_ARE_KEPT = Guard(
    "patient_code_stays_while_statements_are_kept",
    ("UPDATE OF code",),
    "NEW.code <> OLD.code AND EXISTS (SELECT 1 FROM lab_order o JOIN device_statement s "
    "ON s.order_id = o.id WHERE o.patient_id = OLD.id AND s.keep_until >= CURRENT_DATE)",
    says="A statement of a device names this patient by the code; by law it is kept, and the "
    "code with it.",
    field="code",
)
A_STATEMENT_IS_PRINTED_ONCE_ISSUED = Guard(
    "paper_print_statement_is_issued",
    ("INSERT",),
    "NEW.kind = 'statement' AND NOT EXISTS (SELECT 1 FROM device_statement s "
    "WHERE s.order_id = NEW.order_id)",
    says="No statement of this order is issued yet.",
    field="kind",
)
