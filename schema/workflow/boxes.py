"""Putting a work into a box, and taking it out; closing an order empties its box by itself."""

from __future__ import annotations

import datetime as dt

from schema.acting import acting
from schema.orders import LabOrder
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def put_in_box(order_id: int, code: str | None, *, by: int, now: dt.datetime) -> LabOrder:
    """The work lies in that box from now on; an empty code takes it out. Raises Refused.

    A code that is new registers the box; a box that holds another open order is refused.
    """
    with acting(staff=by), one_spoken_act():
        box = " ".join((code or "").split()) or None
        if box is not None and len(box) > LabOrder.box.max_length:
            raise Refused("The code of a box has at most 20 letters.")
        told = {"box": box, "row_version": LabOrder.row_version + 1}
        if LabOrder.update(**told).where(LabOrder.id == order_id).execute() == 0:
            raise Refused("This order does not exist.")
        return LabOrder.get_by_id(order_id)
