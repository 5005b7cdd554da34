"""How long would it take? A work of a kind, a material and a number of teeth, before booking."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.how_long_rights import may_ask
from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.plain_words import day_text
from admin_views.policy import scoped
from admin_views.work_forecast import forecast_of_new, hours_at, said, slot_text
from reports.forecast import slot
from schema.base import utcnow
from schema.lab import Material, WorkType, WorkTypeMaterial
from schema.orders import LabOrder
from schema.planning import earliest_visit
from schema.staff import Location
from schema.teeth import OrderTooth
from schema.workflow.order_due import LONG_DAYS, LONG_SPAN, USUAL_DAYS, next_visit
from schema.workflow.order_plan import how_long

MOST_TEETH = 16


class HowLongView(BaseView):
    """One question in the address, so that it can be kept and sent."""

    def is_accessible(self) -> bool:
        return may_ask()

    @expose("/")
    def index(self) -> str:
        works = list(scoped(WorkType).where(WorkType.ended_on.is_null()).order_by(WorkType.name))
        places = list(scoped(Location).where(Location.ended_on.is_null()).order_by(Location.name))
        work = _chosen(works, "work")
        materials = _materials(work)
        material = _chosen(materials, "material")
        place = _chosen(places, "location") or _own(places)
        teeth = min(MOST_TEETH, max(1, number_in(request.args.get("teeth")) or 1))
        return self.render(
            "orders/how_long.html",
            crumbs=crumbs_of(LabOrder),
            works=[(one.id, row_name(one.name)) for one in works],
            materials=[(one.id, row_name(one.name)) for one in materials],
            places=[(one.id, one.name) for one in places],
            work=work,
            material=material,
            place=place,
            teeth=teeth,
            most=MOST_TEETH,
            told=answer(work, material, teeth, place and place.id, utcnow()) if work else None,
        )


def answer(
    work: WorkType, material: Material | None, teeth: int, location: int | None, now: dt.datetime
) -> dict[str, Any]:
    """Safe date and its sample, working days, and the first day on which a visit can be booked."""
    hours = hours_at(location)
    plan = how_long(work, material, teeth, location, now)
    standard = hours.between(now, plan.ends)
    found = forecast_of_new((work.id, material and material.id), teeth, location, standard, now)
    safe, share = said(found, location, now)
    ready = max(plan.ends, found.safe(now, hours)[0])
    if ready == plan.ends and found.number:  # past works knew of nobody's leave
        safe, share = slot_text(slot(ready, hours)), gettext("no sooner by the steps ahead of it")
    days = LONG_DAYS if work.is_bridge and teeth >= LONG_SPAN else USUAL_DAYS
    return {"safe": safe, "share": share, "first_day": earliest_visit(ready, days, hours),
            "day": day_text(earliest_visit(ready, days, hours))}  # fmt: skip


def warning_of(order: LabOrder, now: dt.datetime) -> dict[str, Any] | None:
    """What the page of a draft says before it is registered; None where nobody may ask."""
    if not order.is_draft or not may_ask():
        return None
    teeth = OrderTooth.select().where(OrderTooth.order == order, OrderTooth.layer == "final")
    place = order.card.location_id
    told = answer(order.work_type, order.material, max(1, teeth.count()), place, now)
    visit = next_visit(order)
    day = visit and visit.starts_at.astimezone(hours_at(place).zone).date()
    return told | {
        "too_early": bool(day and day < told["first_day"]),
        "visit": day and day_text(day),
    }


def _chosen(rows: list[Any], name: str) -> Any:
    key = number_in(request.args.get(name))
    return next((one for one in rows if one.id == key), None)


def _materials(work: WorkType | None) -> list[Material]:
    if work is None:
        return list(scoped(Material).where(Material.ended_on.is_null()).order_by(Material.name))
    allowed = WorkTypeMaterial.select(WorkTypeMaterial.material).where(
        WorkTypeMaterial.work_type == work
    )
    found = scoped(Material).where(Material.id.in_(allowed), Material.ended_on.is_null())
    return list(found.order_by(Material.name))


def _own(places: list[Location]) -> Location | None:
    person = current_person()
    mine = person.location_id if person else None
    return next((one for one in places if one.id == mine), places[0] if places else None)
