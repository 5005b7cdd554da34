"""Numbers and codes that the house gives out itself: patient codes, job tickets, short names."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from peewee import SQL, Model

from schema.base import option
from schema.database import database, fold, is_sqlite
from schema.orders import LabOrder
from schema.patients import Patient
from schema.tickets import next_ticket

CODE = "P-%06d"


def give_number(row: Model) -> None:
    """Fill in the number of a new row that has none yet; other rows are left alone."""
    giver = GIVERS.get(type(row))
    if giver is not None:
        giver(row)


def give_code(row: Model) -> None:
    """Make an empty code of the row's own words (`Meta.coded_from`), free in its table."""
    for name, source in option(type(row), "coded_from", {}).items():
        if not getattr(row, name) and getattr(row, source):
            column, word = type(row)._meta.fields[name], code_of(getattr(row, source))
            taken = {code for (code,) in type(row).select(column).tuples()}
            tries = (f"{word[:36]}_{number}" for number in count(2))
            setattr(
                row, name, word if word not in taken else next(t for t in tries if t not in taken)
            )


def code_of(words: str) -> str:
    """Small letters without accents, digits and _, at most 40: `numar_fisa` for «Număr fișă»."""
    return re.sub(r"[^a-z0-9]+", "_", fold(words) or "").strip("_")[:40].strip("_") or "field"


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
