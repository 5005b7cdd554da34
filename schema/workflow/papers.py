"""Printing the papers of an order: each print is a copy with a number."""

from __future__ import annotations

import datetime as dt

from peewee import fn

from schema.acting import acting
from schema.database import is_sqlite
from schema.orders import LabOrder
from schema.papers import PAPERS, PaperPrint
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def print_paper(order_id: int, kind: str, *, by: int, now: dt.datetime) -> PaperPrint:
    """Note the next copy of a paper (`ticket`, `tray` or `labels`); the caller then draws it.

    Raises Refused for an order that is not there or still a draft, and for an unknown paper.
    """
    if kind not in PAPERS:
        raise Refused("There is no such paper.")
    with acting(staff=by), one_spoken_act():
        wanted = LabOrder.select(LabOrder.id).where(LabOrder.id == order_id)
        order = (wanted if is_sqlite() else wanted.for_update()).first()
        if order is None:
            raise Refused("This order does not exist.")
        last = PaperPrint.select(fn.MAX(PaperPrint.copy_number)).where(
            PaperPrint.order == order, PaperPrint.kind == kind
        )
        number = (last.scalar() or 0) + 1
        return PaperPrint.create(order=order, kind=kind, copy_number=number, by=by, at=now)
