"""Tools that are lent: who has them, since when, due when; and the two acts on them."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext

from admin_views import custody_rights
from admin_views.by_name import BY_NAME
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.plain_words import clinic_zone, day_text, moment_text
from admin_views.policy import can, scoped
from admin_views.reading import note_rows
from admin_views.titles import TitleBook
from schema.base import utcnow
from schema.components import ComponentKind
from schema.loans import ToolLoan
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.loans import give_back, lend
from schema.workflow.value_days import parse_day

NEWEST = 100


def loans_page() -> dict[str, Any]:
    """What is lent now, the longest due first, then what came back lately."""
    asked = scoped(ToolLoan, ToolLoan, ComponentKind).join(ComponentKind)
    rows = list(
        asked.order_by(
            ToolLoan.returned_at.is_null(False), ToolLoan.due_on, ToolLoan.id.desc()
        ).limit(NEWEST)
    )
    note_rows("list", ToolLoan, [one.id for one in rows])
    book = TitleBook()
    book.learn({Staff: {one.borrower_id for one in rows}})
    today = utcnow().astimezone(clinic_zone()).date()
    return {
        "loans": [_told(one, book, today) for one in rows],
        "may_lend": custody_rights.may_lend() and can("read", Staff),
        "may_back": custody_rights.may_take_tools_back(),
        "kinds": [
            (one.id, row_name(one.name))
            for one in scoped(ComponentKind).where(
                ComponentKind.ended_on.is_null(), ComponentKind.returns == "returns"
            )
        ],
        "people": _people(),
    }


def _told(one: ToolLoan, book: TitleBook, today: Any) -> dict[str, Any]:
    late = one.returned_at is None and one.due_on < today
    state = gettext("Back") if one.returned_at else gettext("Overdue") if late else gettext("Lent")
    return {
        "id": one.id,
        "name": one.tool if can("read", ToolLoan, "tool") else "",
        "kind": row_name(one.kind.name),
        "who": book.name(Staff, one.borrower_id) if can("read", ToolLoan, "borrower") else "",
        "due": day_text(one.due_on),
        "lent": moment_text(one.lent_at),
        "back": moment_text(one.returned_at) if one.returned_at else "",
        "state": state,
        "tone": "good" if one.returned_at else "late" if late else "info",
    }


def _people() -> list[tuple[int, str]]:
    if not can("read", Staff):
        return []
    found = scoped(Staff).where(Staff.ended_on.is_null()).order_by(*BY_NAME)
    return [(one.id, f"{one.last_name} {one.first_name}") for one in found]


def lend_it(me: int) -> str:
    """Lend what the form says; the words to show. Raises Refused."""
    form = request.form
    due = parse_day(form.get("due", ""))
    if due is None:
        raise Refused("Write the day on which it is due back.")
    lend(
        number_in(form.get("kind")) or 0,
        form.get("tool", "")[:80],
        number_in(form.get("borrower")) or 0,
        due,
        by=me,
        now=utcnow(),
    )
    return gettext("Lent. The borrower finds it among the tasks of that day.")


def take_it_back(loan: ToolLoan, me: int) -> str:
    give_back(loan.id, by=me, now=utcnow())
    return gettext("The tool is back.")
