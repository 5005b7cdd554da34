"""The wall board of the laboratory: ticket, stage, technician, due; nothing of patients."""

from __future__ import annotations

from flask import abort
from flask_admin.base import BaseView, expose
from flask_babel import format_datetime

from admin_views.language import row_name
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone
from admin_views.policy import can
from admin_views.queue_lines import slack_text
from admin_views.queue_rows import Question, may_see_queue, queue_of
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from reports.queue_plan import Row, heads
from schema.base import utcnow
from schema.orders import LabOrder
from schema.staff import Staff

MOST = 60  # more than any screen shows; what does not fit is cut off


class WallView(BaseView):
    """Large, without a side bar, drawn anew by the browser each half minute."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return may_see_queue() and can("read", LabOrder, "ticket")

    @expose("/")
    def index(self) -> str:
        """The first works of the queue; a ticket tells nothing of a patient."""
        moment = utcnow()
        now = Now(current_person() or abort(401), moment, clinic_zone())
        queue = queue_of(Question(), moment)
        return str(
            self.render(
                "floor/wall.html",
                lines=_lines(queue.rows[:MOST], now),
                heads=[
                    (row_name(head.name), head.count, head.bottleneck) for head in heads(queue.rows)
                ],
                works=len(queue.rows),
                late=sum(row.late for row in queue.rows),
                clock=_clock(now),
            )
        )


def _clock(now: Now) -> str:
    here = now.moment.astimezone(now.zone)
    return str(format_datetime(here, "EEEE d MMMM, HH:mm", rebase=False))


def _short(name: str) -> str:
    """`Barbu C.` for Barbu Costin: read from afar."""
    first, *more = name.split() or [""]
    return " ".join([first, *(f"{word[0]}." for word in more[:1])])


def _lines(rows: list[Row], now: Now) -> list[dict[str, object]]:
    book = TitleBook()
    book.learn(
        {
            LabOrder: {row.work.order for row in rows},
            Staff: {row.work.technician for row in rows if row.work.technician},
        }
    )
    return [
        {
            "ticket": book.name(LabOrder, row.work.order),
            "stage": row_name(row.work.stage_name),
            "who": _short(book.name(Staff, row.work.technician)),
            "due": now.near(row.work.due),
            "slack": slack_text(row.slack),
            "late": row.late,
            "held": row.place.lane == "held",
            "next": row.place.next,
        }
        for row in rows
    ]
