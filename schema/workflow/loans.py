"""Lending a tool until a day, with a follow-up that reminds the borrower, and taking it back."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from schema.acting import acting
from schema.components import ComponentKind
from schema.followups import Followup
from schema.loans import ToolLoan
from schema.staff import Clinic, Staff
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.zones import HOME

REMINDER = "Give back a lent tool"
RETURNED = "Given back"
MORNING = dt.time(9)


def lend(
    kind_id: int,
    tool: str,
    borrower_id: int,
    due_on: dt.date,
    *,
    by: int,
    now: dt.datetime,
    order_id: int | None = None,
    note: str | None = None,
) -> ToolLoan:
    """Note who has a tool and until when; the borrower finds it among the tasks of that day.

    Raises Refused for a day that is over, a borrower who left, a tool that is lent already.
    """
    with acting(staff=by), one_spoken_act():
        zone = ZoneInfo(Clinic.select(Clinic.time_zone).scalar() or HOME)
        name = " ".join(tool.split())
        kind = ComponentKind.get_or_none(ComponentKind.id == kind_id)
        borrower = Staff.get_or_none(Staff.id == borrower_id, Staff.ended_on.is_null())
        if not name or kind is None or borrower is None:
            raise Refused("Say which tool it is, and who borrows it.")
        if due_on < now.astimezone(zone).date():
            raise Refused("The day on which it is due back is over already.")
        reminder = Followup.create(
            subject=REMINDER,
            staff=borrower,
            due_at=dt.datetime.combine(due_on, MORNING, zone).astimezone(dt.UTC),
            note=f"{kind.name}: {name}",
            made_by=by,
            created_at=now,
        )
        return ToolLoan.create(
            kind=kind,
            tool=name,
            borrower=borrower,
            order=order_id,
            due_on=due_on,
            lent_at=now,
            lent_by=by,
            reminder=reminder,
            note=note or None,
            created_at=now,
        )


def give_back(loan_id: int, *, by: int, now: dt.datetime) -> ToolLoan:
    """The tool is back, and its reminder done; a second click changes nothing. Raises Refused."""
    with acting(staff=by), one_spoken_act():
        loan = ToolLoan.get_or_none(ToolLoan.id == loan_id)
        if loan is None:
            raise Refused("This loan does not exist.")
        if loan.returned_at is None:
            ToolLoan.update(
                returned_at=now, returned_to=by, row_version=ToolLoan.row_version + 1
            ).where(ToolLoan.id == loan.id, ToolLoan.returned_at.is_null()).execute()
            Followup.update(
                done_at=now, done_by=by, outcome=RETURNED, row_version=Followup.row_version + 1
            ).where(
                Followup.id == loan.reminder_id,
                Followup.done_at.is_null(),
                Followup.cancelled_at.is_null(),
            ).execute()
        return ToolLoan.get_by_id(loan.id)
