"""Who looked at this patient? The reading log of one person, for those who may ask."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import reduce
from operator import or_
from typing import Any

from flask import abort, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext
from peewee import Model

from admin_views.changes import tables
from admin_views.history import tabs_of
from admin_views.numbers_in import number_in
from admin_views.plain_words import clinic_zone, code_text, moment_text, sayer
from admin_views.policy import can, can_see_table, scoped
from admin_views.titles import TitleBook, name_of
from admin_views.ways import reaches
from schema import TABLES
from schema.audit import ReadEntry
from schema.base import singular, table_name
from schema.health import health_paths
from schema.patients import Patient
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.value_days import parse_day

AT_ONCE = 50
LONGEST = dt.timedelta(days=31)
MOST_LISTS = 500


class LookedView(BaseView):
    """One page: everybody who opened a record of a patient, and on demand who met them in lists."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return can("read", ReadEntry)

    @expose("/")
    def index(self) -> Any:
        """The patient is named by number or, for those who may not open patients, by code."""
        patient = _patient_asked()
        code = request.args.get("code", "").strip()
        if patient is None and request.args and not code:
            abort(404, gettext("There is no patient with this code."))
        page = number_in(request.args.get("page")) or 0
        shown = self.render(
            "panel/looked.html",
            code=code,
            patient=patient and {"id": patient._pk, "name": name_of(patient)},
            tabs=tabs_of(patient, "looked") if patient and can("read", Patient) else [],
            address_shown=can("read", ReadEntry, "address"),
            **(_openings(patient, page) if patient else {}),
            **(_lists(patient) if patient else {}),
        )
        return (shown, 404) if code and patient is None else shown


def _patient_asked() -> Patient | None:
    """In the person's scope; somebody who opens no patients at all may ask by code."""
    known = scoped(Patient) if can_see_table(Patient) else Patient.select()
    code = request.args.get("code", "").strip()
    number = number_in(request.args.get("id"))
    found: Patient | None = None
    if code:
        found = known.where(Patient.code == code).first()
    elif number:
        found = known.where(Patient.id == number).first()
    return found


def _openings(patient: Patient, page: int) -> dict[str, Any]:
    query = scoped(ReadEntry).where(ReadEntry.patient == patient).order_by(ReadEntry.id.desc())
    found = list(query.offset(page * AT_ONCE).limit(AT_ONCE + 1).dicts())
    here = url_for("looked.index", id=patient._pk)
    return {
        "looks": in_words(found[:AT_ONCE]),
        "newer_url": f"{here}&page={page - 1}" if page else None,
        "older_url": f"{here}&page={page + 1}" if len(found) > AT_ONCE else None,
    }


def in_words(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who, in which role, when, what, from where; names as the person at the screen may know."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for entry in entries:
        wanted[Staff].add(entry["staff"])
        model = tables().get(entry["table_name"])
        if model is not None and len(_ids(entry)) == 1:
            wanted[model].update(_ids(entry))
    book = TitleBook()
    book.learn(wanted)
    return [_told(entry, book) for entry in entries]


def _told(entry: dict[str, Any], book: TitleBook) -> dict[str, Any]:
    model = tables().get(entry["table_name"])
    name, url = "", None
    keys = _ids(entry)
    if model is not None and len(keys) == 1:
        name = book.name(model, keys[0])
        url = name and url_for(f"{table_name(model)}.details_view", id=keys[0])
    return {
        "when": moment_text(entry["at"]),
        "who": book.name(Staff, entry["staff"]) or f"#{entry['staff']}",
        "role": ", ".join(code_text(code) for code in (entry["role"] or "").split(",") if code),
        "act": sayer(ReadEntry.act)(entry["act"]),
        "table": gettext(singular(model)) if model is not None else entry["table_name"],
        "name": name,
        "url": url or None,
        "address": entry["address"],
    }


def _ids(entry: dict[str, Any]) -> list[int]:
    return [int(number) for number in entry["ids"].split(",") if number.isdigit()]


def _lists(patient: Patient) -> dict[str, Any]:
    """Lists, searches and exports of a period in which a row of this patient stood."""
    first, last, problem = _period()
    shown = {"first": request.args.get("from", ""), "last": request.args.get("to", "")}
    if first is None or last is None:
        return {"period": shown, "lists": None, "problem": problem}
    zone = clinic_zone()
    start = dt.datetime.combine(first, dt.time(), zone)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone)
    query = scoped(ReadEntry).where(
        ReadEntry.patient.is_null(), ReadEntry.at >= start, ReadEntry.at < end
    )
    rows = _rows_of(patient)
    met = [
        entry
        for entry in query.order_by(ReadEntry.id.desc()).dicts().iterator()
        if not rows[entry["table_name"]].isdisjoint(_ids(entry))
    ]
    return {"period": shown, "lists": in_words(met[:MOST_LISTS]), "problem": None}


def _period() -> tuple[dt.date | None, dt.date | None, str | None]:
    try:
        first = parse_day(request.args.get("from", ""))
        last = parse_day(request.args.get("to", "")) or first
    except (Refused, ValueError):
        return None, None, gettext("Write days as 31.12.2026.")
    if first and last and not first <= last <= first + LONGEST:
        return None, None, gettext("Choose at most 31 days, the first before the last.")
    return first, last, None


def _rows_of(patient: Patient) -> dict[str, set[int]]:
    """The numbers of all rows of a patient, by table."""
    found: dict[str, set[int]] = defaultdict(set)
    for model in TABLES:
        tests = [reaches(model, path.split("."), patient._pk) for path in health_paths(model)]
        if tests:
            keys = model.select(model._meta.primary_key).where(reduce(or_, tests))
            found[table_name(model)] = {key for (key,) in keys.tuples()}
    return found
