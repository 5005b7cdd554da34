"""Numbers that the house gives out itself: patient codes and job tickets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from peewee import SQL, Model

from schema.database import database, is_sqlite
from schema.orders import LabOrder
from schema.patients import Patient
from schema.tickets import next_ticket

CODE = "P-%06d"


def give_number(row: Model) -> None:
    """Fill in the number of a new row that has none yet; other rows are left alone."""
    giver = GIVERS.get(type(row))
    if giver is not None:
        giver(row)


def number_patient(patient: Any) -> None:
    """The next code after the highest one of the form P-000123; other codes do not count.

    Rivals queue here on PostgreSQL until the act ends; SQLite has one writer at a time anyway.
    """
    if not patient.code:
        if not is_sqlite():
            database.execute_sql("SELECT pg_advisory_xact_lock('patient'::regclass::bigint)")
        form = SQL("code LIKE 'P-______' AND trim(substr(code, 3), '0123456789') = ''")
        last = Patient.select(Patient.code).where(form).order_by(Patient.code.desc()).first()
        patient.code = CODE % (int(last.code[2:]) + 1 if last else 1)


def number_order(order: Any) -> None:
    """The next ticket of the year in which the order was received; rivals wait for each other."""
    if not order.ticket:
        order.ticket = next_ticket(order.received_on.year)


GIVERS: dict[type[Model], Callable[[Any], None]] = {
    Patient: number_patient,
    LabOrder: number_order,
}
