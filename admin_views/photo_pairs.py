"""Before and after, side by side: found by patient, tooth, work, dentist and day."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import and_
from typing import Any

from flask import current_app, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.by_name import BY_NAME
from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.numbers_in import number_in
from admin_views.photo_rights import may_compare
from admin_views.plain_words import clinic_zone, day_text, local
from admin_views.policy import can, scoped
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.titles import TitleBook, named_like
from reports import photo_pairs
from reports.photo_pairs import Case, Pair, Wanted
from schema.fields import TEETH
from schema.lab import WorkType
from schema.orders import LabOrder
from schema.patients import Patient
from schema.photos import Photo
from schema.staff import Staff
from schema.teeth import OrderTooth
from schema.workflow import Refused
from schema.workflow.value_days import parse_day

A_DAY = dt.timedelta(days=1)


class PhotoPairsView(BaseView):
    """One question in the address, so that it can be kept and sent."""

    def is_accessible(self) -> bool:
        return may_compare()

    @expose("/")
    def index(self) -> str:
        mistakes: list[str] = []
        wanted = _wanted(mistakes)
        cases = photo_pairs.rows(_photos(), wanted) if _is_asked() else []
        note_rows("search", Photo, [one.id for case in cases for one in _of_case(case)])
        return self.render(
            "photos/pairs.html",
            crumbs=crumbs_of(Photo),
            asked={name: request.args.get(name, "")[:120] for name in ASKED},
            chosen=_patient(wanted.patient),
            is_asked=_is_asked(),
            mistakes=mistakes,
            works=_works(),
            dentists=_dentists(),
            teeth=TEETH,
            cases=_said(cases),
        )


ASKED = ("q", "patient", "tooth", "work", "dentist", "from", "to")


def _is_asked() -> bool:
    return any(request.args.get(name, "").strip() for name in ASKED)


def _wanted(mistakes: list[str]) -> Wanted:
    last = _day("to", mistakes)
    may_know_order = can("read", LabOrder)
    return Wanted(
        patient=number_in(request.args.get("patient")),
        tooth=number_in(request.args.get("tooth")),
        work_type=number_in(request.args.get("work")) if may_know_order else None,
        dentist=number_in(request.args.get("dentist")) if may_know_order else None,
        since=_day("from", mistakes),
        until=last and last + A_DAY,
        by_orders=may_know_order and can("read", OrderTooth, "tooth"),
    )


def _day(name: str, mistakes: list[str]) -> dt.datetime | None:
    """The first instant of a clinic day, in UTC."""
    try:
        day = parse_day(request.args.get(name, ""))
    except (Refused, ValueError) as error:
        mistakes.append(in_words(error))
        return None
    if day is None:
        return None
    return dt.datetime.combine(day, dt.time(), clinic_zone()).astimezone(dt.UTC)


def _photos() -> Any:
    """The photos that the person may see, of patients in whose names all words stand."""
    photos = scoped(Photo)
    tests = [named_like(Patient, word) for word in request.args.get("q", "").split()]
    named = [Photo.patient.in_(keys) for keys in tests if keys is not None]
    return photos.where(reduce(and_, named)) if named else photos


def _of_case(case: Case) -> list[Photo]:
    pairs = case.pairs.values()
    return [one for pair in pairs for one in (pair.before, pair.after) if one is not None]


def _patient(key: int | None) -> str:
    book = TitleBook()
    book.learn({Patient: {key} if key else set()})
    return book.name(Patient, key)


def _works() -> list[tuple[int, str]]:
    rows = scoped(WorkType, WorkType.id, WorkType.name).order_by(WorkType.name).tuples()
    return [(key, row_name(name)) for key, name in rows] if can("read", LabOrder) else []


def _dentists() -> list[tuple[int, str]]:
    """Those who have orders."""
    if not can("read", LabOrder, "dentist") or not can("read", Staff):
        return []
    used = LabOrder.select(LabOrder.dentist).distinct()
    rows = scoped(Staff).where(Staff.id.in_(used)).order_by(*BY_NAME)
    return [(one.id, str(one)) for one in rows]


def _said(cases: list[Case]) -> list[dict[str, Any]]:
    """Cases in words; two questions for all names together."""
    book = TitleBook()
    book.learn(
        {
            Patient: {case.patient_id for case in cases},
            LabOrder: {case.order_id for case in cases if case.order_id},
        }
    )
    return [_case(case, book) for case in cases]


def _case(case: Case, book: TitleBook) -> dict[str, Any]:
    order = book.name(LabOrder, case.order_id)
    return {
        "patient": book.name(Patient, case.patient_id),
        "patient_url": url_for("patient.details_view", id=case.patient_id)
        if can("read", Patient)
        else "",
        "order": order,
        "order_url": url_for("lab_order.details_view", id=case.order_id) if order else "",
        "tooth": case.tooth,
        "newest": day_text(local(case.newest)),
        "pairs": [_pair(pair) for pair in sorted(case.pairs.values(), key=_place)],
    }


def _place(pair: Pair) -> int:
    return int(pair.shot.position)


def _pair(pair: Pair) -> dict[str, Any]:
    sides = ((gettext("Before"), pair.before), (gettext("After"), pair.after))
    return {
        "view": row_name(pair.shot.name),
        "sides": [(label, photo and photo_card(photo)) for label, photo in sides],
    }


def photo_card(photo: Photo) -> dict[str, Any]:
    """One photo as a page shows it: a picture where the browser may open it, else a link."""
    return {
        "id": photo.id,
        "day": day_text(local(photo.photographed_at)),
        "tooth": photo.tooth,
        "link": photo.link,
        "opens": may_open(photo.link),
    }


def may_open(link: str) -> bool:
    """Whether the browser is allowed to show what lies there; see PICTURE_HOSTS in the README."""
    hosts: tuple[str, ...] = current_app.config["SETTINGS"].picture_hosts
    return any(link.startswith(f"{host}/") for host in hosts)
