"""The first page: what waits for this person today, by role; declared here and nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, gettext
from peewee import Model

from admin_views import today_bench as bench
from admin_views import today_care as care
from admin_views import today_front as front
from admin_views import today_lab as lab
from admin_views import today_office as office
from admin_views import today_recall as recall
from admin_views.opening import beginnings
from admin_views.people import Person
from admin_views.plain_words import clinic_zone
from admin_views.today_blocks import Block, Now
from schema.appointments import Appointment
from schema.leads import Lead
from schema.orders import LabOrder
from schema.photos import Photo
from schema.staff import Staff
from schema.treatment import TreatmentPlan

MOST_FIGURES, MOST_PANELS = 4, 5


@dataclass(frozen=True)
class Day:
    """What a role finds on its first page; the first panel is the wide one."""

    figures: tuple[Block, ...]
    panels: tuple[Block, ...]
    begins: tuple[type[Model], ...] = ()


RECEPTION = Day(
    (front.visits_today, front.unconfirmed_tomorrow, front.unanswered, recall.recalls_due),
    (front.visits, front.followups, front.inquiries, care.works, recall.recalls),
    (Lead, Appointment),
)
DENTIST = Day(
    (care.my_visits_today, care.my_works_not_ready, care.plans_deciding, front.my_followups),
    (front.my_visits, care.my_works, front.followups),
    (LabOrder, TreatmentPlan),
)
DAYS = {
    "receptionist": RECEPTION,
    "call_centre": Day(
        (front.unanswered, front.unconfirmed_tomorrow, recall.recalls_due, front.my_followups),
        (front.inquiries, front.followups, front.visits, recall.recalls),
        (Lead,),
    ),
    "senior_dentist": Day(
        (care.plans_to_approve, *DENTIST.figures),
        (front.my_visits, care.approvals, *DENTIST.panels[1:]),
        DENTIST.begins,
    ),
    "dentist": DENTIST,
    "technician": Day(
        (bench.my_works, bench.due_today, bench.free_works, lab.on_hold),
        (bench.bench, bench.free, front.followups),
    ),
    "lab_supervisor": Day(
        (lab.open_orders, lab.late_orders, lab.orders_at_risk, lab.on_hold),
        (lab.late, lab.order_stages, lab.work_stages, lab.holds, care.works),
        (LabOrder,),
    ),
    "patient_manager": Day(
        (care.plans_to_present, care.plans_deciding, care.plans_accepted, front.my_followups),
        (care.decisions, care.presentations, front.followups, front.inquiries),
        (TreatmentPlan,),
    ),
    "photo_operator": Day(
        (care.photos_to_upload, front.visits_today, office.to_take_down, front.my_followups),
        (front.visits, care.photos, front.followups),
        (Photo,),
    ),
    "marketing": Day(
        (front.new_inquiries, front.unanswered, front.lost_inquiries, office.to_take_down),
        (front.sources,),
    ),
    "manager": Day(
        (
            office.inquiries,
            office.completed_visits,
            office.money_received,
            office.missed_visits,
        ),
        (lab.late, front.sources, front.followups, care.decisions),
    ),
    "admin": Day(
        (office.people, office.signed_in, office.unsent, office.undecided),
        (office.set_up, office.sign_ins, office.failed_messages),
        (Staff,),
    ),
}


def today_page(person: Person, moment: dt.datetime) -> dict[str, Any]:
    """Everything that the first page of a person shows at a moment (UTC)."""
    now = Now(person, moment, clinic_zone())
    days = [day for code, day in DAYS.items() if code in person.role_codes] or [*DAYS.values()]
    figures = _drawn(now, [block for day in days for block in day.figures], MOST_FIGURES)
    panels = _drawn(now, [block for day in days for block in day.panels], MOST_PANELS)
    return {
        "greeting": _greeting(now),
        "today": format_date(now.today, "EEEE d MMMM"),
        "figures": figures,
        "panels": panels,
        "begins": beginnings(dict.fromkeys(model for day in days for model in day.begins))[:2],
    }


def _drawn(now: Now, blocks: list[Block], most: int) -> list[Any]:
    """The first blocks that the person's rights allow; each is drawn once."""
    found: list[Any] = []
    for block in dict.fromkeys(blocks):
        if len(found) < most:
            drawn = block(now)
            found += [drawn] if drawn is not None else []
    return found


def _greeting(now: Now) -> str:
    hour, name = now.moment.astimezone(now.zone).hour, now.person.name.split()[0]
    if 4 <= hour < 11:
        return gettext("Good morning, %(name)s", name=name)
    if 11 <= hour < 18:
        return gettext("Good day, %(name)s", name=name)
    return gettext("Good evening, %(name)s", name=name)
