"""The closed days of a year: filled from the list of public holidays, corrected by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.closed_boxes import SPARE_DAYS, boxes_of, lines_in, read_days
from admin_views.language import row_name
from admin_views.plain_words import local
from admin_views.policy import WRITES, may_write, scope
from admin_views.typed import Typed
from schema.base import utcnow
from schema.hours import Holiday
from schema.workflow import Refused
from schema.workflow.closed_days import close_on
from schema.workflow.public_holidays import public_holidays


def open_here() -> bool:
    """Whether the person at the screen may use this page."""
    whole = all(scope(Holiday, verb) is None for verb in WRITES)
    return whole and may_write(Holiday, "day", "name", "location")


class ClosedDaysView(BaseView):
    """One year at a time, for all locations; a day of one location stands in the list Holidays."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        this_year = local(utcnow()).year
        years = range(this_year - 1, this_year + 4)
        wanted = request.values.get("year", str(this_year))
        year = next((year for year in years if str(year) == wanted), this_year)
        known = [(row.day, row_name(row.name)) for row in _of_year(year)]
        if request.method == "POST" and request.form.get("act") == "fill":
            missing = [day for day in public_holidays([year]) if day[0] not in dict(known)]
            return self._draw(years, year, boxes_of(sorted(known + missing)), {})
        if request.method == "POST":
            return self._keep(years, year)
        return self._draw(years, year, boxes_of(known), {})

    def _keep(self, years: range, year: int) -> Any:
        typed = Typed(request.form)
        days = read_days(typed)
        if any(day.year != year for day, _ in days):
            typed.wrong("d.0", Refused("Choose days of this year."))
        if typed.mistakes:
            texts = {name: text[:120] for name, text in request.form.items()}
            return self._draw(years, year, texts, typed.mistakes), 422
        kept = {row_name(row.name): row.name for row in _of_year(year)}
        close_on([year], [(day, kept.get(name, name)) for day, name in days])
        flash(gettext("Saved: %(name)s", name=year), "good")
        return redirect(self.get_url(".index", year=year))

    def _draw(self, years: range, year: int, texts: dict, mistakes: dict[str, str]) -> str:
        return self.render(
            "setup/closed_days.html",
            years=years,
            chosen=year,
            texts=texts,
            mistakes=mistakes,
            days=lines_in(texts, 0 if mistakes else SPARE_DAYS),
        )


def _of_year(year: int) -> Any:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    here = Holiday.day.between(first, last) & Holiday.location.is_null()
    return Holiday.select().where(here).order_by(Holiday.day)
