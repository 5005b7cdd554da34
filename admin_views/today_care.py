"""What waits for dentists and coordinators: works for the next visits, plans, photos."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import format_date, gettext, ngettext

from admin_views.drawn import drawn_once_a_page
from admin_views.photo_rights import may_shoot
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from admin_views.today_acts import lead_to, on_their_way
from admin_views.today_blocks import (
    A_DAY,
    Among,
    Figure,
    Line,
    LineAct,
    Now,
    Panel,
    address,
    asked,
    counted,
    found,
    page_address,
)
from admin_views.work_forecast import hours_at
from reports import open_cards, visits_of_day, works_for_visits
from reports.open_cards import StageLoad
from reports.works_for_visits import WorkForVisit
from schema.appointments import Appointment
from schema.cards import Card
from schema.lab import WorkType
from schema.orders import LabOrder, OrderVisit
from schema.patients import Patient
from schema.photos import Photo
from schema.pipelines import Stage
from schema.presence import first_day
from schema.treatment import TreatmentPlan

MOST_LOOKED_AT = 500


@drawn_once_a_page
def loads(kind: str, now: Now) -> list[StageLoad]:
    """Where the open cards of a kind stand; late is what was due before today."""
    return open_cards.rows(scoped(Card), kind, now.start())


def my_visits_today(now: Now) -> Figure | None:
    mine = {"provider.is": now.person.staff_id, "cancelled_at.empty": 1}
    ask = asked(Appointment, {"starts_at.is": now.day(), **mine}, "starts_at")
    if ask is None or not can("read", Appointment, "arrived_at"):
        return None
    own = scoped(Appointment).where(Appointment.provider == now.person.staff_id)
    day = visits_of_day.rows(own, now.start(), now.start(1))
    note = gettext("%(arrived)s arrived, %(missed)s missed", arrived=day.arrived, missed=day.missed)
    return Figure(gettext("My visits today"), day.live, note, url=address(Appointment, ask))


@drawn_once_a_page
def _works(now: Now, of: int | None) -> list[WorkForVisit] | None:
    """The works for visits until the next working day; None where the person may not know."""
    told = can("read", Appointment, "starts_at") and can("read", Card, "stage")
    if not told or not can("read", LabOrder) or not can("read", OrderVisit):
        return None
    orders, visits = scoped(LabOrder), scoped(Appointment)
    return works_for_visits.rows(
        orders, visits, now.start(), now.start(_days_ahead(now) + 1), of=of
    )


def _days_ahead(now: Now) -> int:
    """How many days ahead the next working day is: on a Friday that is Monday."""
    tomorrow = now.today + A_DAY
    return (first_day(hours_at(None), tomorrow) - now.today).days


def _until(now: Now) -> str:
    """`tomorrow`, or the next working day such as `Monday 30 November`."""
    ahead = _days_ahead(now)
    return (
        gettext("tomorrow")
        if ahead == 1
        else str(format_date(now.today + ahead * A_DAY, "EEE d MMM"))
    )


def works_not_ready(now: Now) -> Figure | None:
    return _not_ready(now, None)


def my_works_not_ready(now: Now) -> Figure | None:
    return _not_ready(now, now.person.staff_id)


def _not_ready(now: Now, of: int | None) -> Figure | None:
    works = _works(now, of)
    if works is None:
        return None
    count = sum(not work.ready for work in works)
    note = ngettext(
        "of %(num)s until %(day)s", "of %(num)s until %(day)s", len(works), day=_until(now)
    )
    return Figure(gettext("Works not ready"), count, note, "late" if count else "")


def works(now: Now) -> Panel | None:
    """The works that visits until the next working day need, and where they stand."""
    return _works_panel(now, None)


def my_works(now: Now) -> Panel | None:
    return _works_panel(now, now.person.staff_id)


def _works_panel(now: Now, of: int | None) -> Panel | None:
    rows = _works(now, of)
    if rows is None:
        return None
    book = TitleBook()
    book.learn(
        {
            LabOrder: {row.order_id for row in rows},
            Patient: {row.patient_id for row in rows},
            WorkType: {row.work_type_id for row in rows},
            Stage: {row.stage_id for row in rows},
        }
    )
    lines = [_work(now, row, book) for row in rows]
    day = _until(now)
    empty = gettext("No visit until %(day)s needs a work.", day=day)
    return Panel(gettext("Works for visits until %(day)s", day=day), lines, empty=empty)


def _work(now: Now, row: WorkForVisit, book: TitleBook) -> Line:
    ticket, patient = book.name(LabOrder, row.order_id), book.name(Patient, row.patient_id)
    return Line(
        f"{ticket} {patient}".strip(),
        page_address(LabOrder, row.order_id),
        now.near(row.starts_at),
        more=book.name(WorkType, row.work_type_id),
        tone="good" if row.ready else "late",
        state=gettext("Ready") if row.ready else book.name(Stage, row.stage_id),
    )


def _plans_at(now: Now, code: str, label: str, tone: str = "") -> Figure | None:
    load = next((load for load in loads("plan", now) if load.code == code), None)
    if not can("read", TreatmentPlan) or not can("read", Card, "stage"):
        return None
    ask = load and asked(TreatmentPlan, {"card.stage.has": load.name, "card.closed_at.empty": 1})
    count = load.count if load else 0
    note = gettext("%(count)s late", count=load.late) if load and load.late else ""
    url = address(TreatmentPlan, ask) if ask else None
    return Figure(label, count, note, ("late" if note else tone) if count else "", url)


def plans_to_approve(now: Now) -> Figure | None:
    return _plans_at(now, "awaiting_approval", gettext("Plans to approve"), "warn")


def plans_to_present(now: Now) -> Figure | None:
    return _plans_at(now, "presentation_booked", gettext("Presentations booked"))


def plans_deciding(now: Now) -> Figure | None:
    return _plans_at(now, "deciding", gettext("Patients who decide"))


def plans_accepted(now: Now) -> Figure | None:
    return _plans_at(now, "accepted", gettext("Accepted, not begun"))


def _plan_lines(now: Now, code: str, title: str, empty: str, act: str = "") -> Panel | None:
    load = next((load for load in loads("plan", now) if load.code == code), None)
    if not can("read", TreatmentPlan) or not can("read", Card, "stage"):
        return None
    if load is None:
        return Panel(title, empty=empty)
    filters = {"card.stage.has": load.name, "card.closed_at.empty": 1}
    ask = asked(TreatmentPlan, filters, "card.due_at")
    if ask is None:
        return None
    # The index on stages finds the few open cards; the list looks for the stage by its name.
    keys = open_cards.at_stage("plan", code, MOST_LOOKED_AT)
    here = replace(ask, filters=(Among(TreatmentPlan.card, tuple(keys)),))  # type: ignore[arg-type]
    rows = found(TreatmentPlan, here, "patient name author card.due_at card.responsible")
    lines, acts = [], on_their_way(TreatmentPlan, rows, act)
    for one in rows:
        due, who = one.get("card.due_at"), one.name("card.responsible") or one.name("author")
        text = one.name("patient") or one.get("name")
        more = ", ".join(filter(None, (one.get("name"), who)))
        late = bool(due and due < now.start())
        url = page_address(TreatmentPlan, one.key)
        lines.append(Line(text, url, now.near(due), late, more, acts=acts.get(one.key, ())))
    return Panel(title, lines, address(TreatmentPlan, ask), empty)


def approvals(now: Now) -> Panel | None:
    title, empty = gettext("Plans to approve"), gettext("No plan waits for an approval.")
    return _plan_lines(now, "awaiting_approval", title, empty, gettext("Review"))


def decisions(now: Now) -> Panel | None:
    title, empty = gettext("Patients who decide"), gettext("Nobody is deciding on a plan.")
    return _plan_lines(now, "deciding", title, empty)


def presentations(now: Now) -> Panel | None:
    title, empty = gettext("Presentations booked"), gettext("No presentation is booked.")
    return _plan_lines(now, "presentation_booked", title, empty)


def photos_to_upload(now: Now) -> Figure | None:
    ask = asked(Photo, {"photographed_at.filled": 1, "uploaded_at.empty": 1})
    if ask is None:
        return None
    count = counted(Photo, ask)
    tone = "warn" if count else ""
    return Figure(gettext("Photos to upload"), count, tone=tone, url=address(Photo, ask))


def _to_upload(order: int | None) -> tuple[LineAct, ...]:
    may = order is not None and may_shoot()
    here = {"moment": "all", "_anchor": f"order-{order}"}
    return lead_to("shots.index", gettext("Note the file"), **here) if may else ()


def photos(now: Now) -> Panel | None:
    """Photos that were taken and are not in the archive yet."""
    ask = asked(Photo, {"photographed_at.filled": 1, "uploaded_at.empty": 1}, "photographed_at")
    if ask is None:
        return None
    lines = [
        Line(
            one.name("patient") or one.name("shot"),
            page_address(Photo, one.key),
            now.near(one.get("photographed_at")),
            more=", ".join(filter(None, (one.name("shot"), one.name("order")))),
            acts=_to_upload(one.get("order")),
        )
        for one in found(Photo, ask, "patient shot order photographed_at")
    ]
    empty = gettext("Every photo is in the archive.")
    return Panel(gettext("Photos to upload"), lines, address(Photo, ask), empty)
