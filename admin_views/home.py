"""The first page after signing in: the areas that this person works in."""

from __future__ import annotations

from flask import url_for
from flask_admin.base import AdminIndexView, expose
from flask_babel import gettext

from admin_views.menu import tables_of
from admin_views.people import current_person
from schema.base import AREAS, option, plural, table_name


class Home(AdminIndexView):
    """A tile for every area, with what can be opened there."""

    def is_accessible(self) -> bool:
        return current_person() is not None

    @expose("/")
    def index(self) -> str:
        areas = [(gettext(area), self._links(area)) for area in AREAS]
        return self.render("panel/home.html", areas=[pair for pair in areas if pair[1]])

    def _links(self, area: str) -> list[dict[str, str]]:
        return [
            {
                "label": gettext(plural(model)),
                "url": url_for(f"{table_name(model)}.index_view"),
                "help": gettext(option(model, "help", "")),
            }
            for model in tables_of(area)
        ]
