"""The door of the first page after signing in."""

from __future__ import annotations

from flask_admin.base import AdminIndexView, expose

from admin_views.people import current_person
from admin_views.today import today_page
from schema.base import utcnow


class Home(AdminIndexView):
    """Today: what waits for the person at the screen."""

    def is_accessible(self) -> bool:
        return current_person() is not None

    @expose("/")
    def index(self) -> str:
        person = current_person()
        assert person is not None
        return self.render("panel/home.html", **today_page(person, utcnow()))
