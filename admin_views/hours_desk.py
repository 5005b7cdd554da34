"""The opening hours of a location as one week, with copying from day to day and place to place."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.policy import can, may_touch_all, may_write, scoped
from admin_views.sentences import in_words
from admin_views.typed import Typed
from admin_views.weeks import boxes_of, copy_monday, grid, read_week
from schema.database import one_act
from schema.hours import OpeningHours
from schema.staff import Location
from schema.workflow import Refused
from schema.workflow.weeks import Session, set_week


def open_here() -> bool:
    """Whether the person at the screen may use this page."""
    columns = ("location", "weekday", "opens_at", "closes_at")
    return may_write(OpeningHours, *columns) and can("read", Location)


class HoursView(BaseView):
    """One location at a time; its whole week is kept in one act."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        places = list(scoped(Location).where(Location.ended_on.is_null()).order_by(Location.name))
        wanted = request.values.get("location", "")
        chosen = next((place for place in places if str(place.id) == wanted), None)
        if chosen is None:
            if wanted or not places:
                return abort(404) if wanted else self._draw([], None, {}, {})
            chosen = places[0]
        if request.method == "POST":
            return self._keep(places, chosen)
        return self._draw(places, chosen, boxes_of(chosen.id, _week(chosen)), {})

    def _keep(self, places: list[Location], chosen: Location) -> Any:
        texts = {name: text[:20] for name, text in request.form.items()}
        if request.form.get("act") == "days":
            copy_monday(texts, chosen.id)
            return self._draw(places, chosen, texts, {})
        typed = Typed(texts)
        week = read_week(typed, chosen.id)
        if typed.mistakes:
            return self._draw(places, chosen, texts, typed.mistakes), 422
        try:
            _set_own_week(chosen, week)
        except Refused as refusal:
            flash(in_words(refusal), "error")
            return self._draw(places, chosen, texts, {}), 403
        flash(gettext("Saved: %(name)s", name=chosen.name), "good")
        return redirect(self.get_url(".index", location=chosen.id))

    def _draw(
        self, places: list, chosen: Location | None, texts: dict, mistakes: dict[str, str]
    ) -> str:
        return self.render(
            "setup/hours_desk.html",
            places=places,
            chosen=chosen,
            lines=grid(chosen.id, texts, mistakes) if chosen else [],
            mistakes=mistakes,
        )


def _set_own_week(location: Location, week: list[Session]) -> None:
    """Keep the week; refused where its hours, as they were or as they became, are not theirs."""
    hours = OpeningHours.location == location
    with one_act():
        may = may_touch_all("edit", OpeningHours, hours)
        set_week(location, week)
        if not (may and may_touch_all("create", OpeningHours, hours)):
            raise Refused("The hours of this location are not yours to change.")


def _week(location: Location) -> list[Session]:
    rows = scoped(OpeningHours).where(OpeningHours.location == location)
    return [(row.weekday, row.opens_at, row.closes_at) for row in rows]
