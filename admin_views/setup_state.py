"""Set-up state: what is still missing, each with the page on which it is settled."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_admin.base import BaseView, expose
from flask_babel import lazy_gettext

from admin_views.language import row_name
from admin_views.people import current_person
from admin_views.plain_words import code_text
from admin_views.policy import can
from reports.setup_state import setup_state
from schema.base import utcnow
from schema.rights import Grant

# Each finding in words: what is missing, why it matters, where it is settled.
WORDS: dict[str, tuple[Any, Any, str]] = {
    "clinic_phone": (
        lazy_gettext("The clinic has no telephone"),
        lazy_gettext("Messages to patients name the number that they may call."),
        "clinic.edit_view",
    ),
    "location_hours": (
        lazy_gettext("Locations without opening hours"),
        lazy_gettext("Working time cannot be counted there."),
        "hours.index",
    ),
    "holidays": (
        lazy_gettext("No closed days for next year"),
        lazy_gettext("Due days would fall on public holidays."),
        "closed_days.index",
    ),
    "staff_role": (
        lazy_gettext("People without a role"),
        lazy_gettext("They may sign in and see nothing."),
        "staff.index_view",
    ),
    "staff_password": (
        lazy_gettext("People who never set a password"),
        lazy_gettext("Open the person and make a password link; hand it over within its time."),
        "staff.index_view",
    ),
    "staff_skill": (
        lazy_gettext("Technicians without a skill"),
        lazy_gettext("No work can be assigned to them."),
        "skills_matrix.index",
    ),
    "staff_hours": (
        lazy_gettext("Dentists without working hours"),
        lazy_gettext("Nobody knows when they can be booked."),
        "provider_hours.index_view",
    ),
    "second_admin": (
        lazy_gettext("There is only one admin"),
        lazy_gettext(
            "If that person is away, nobody can let others in. Give a second one the role."
        ),
        "staff.index_view",
    ),
    "stage_skill": (
        lazy_gettext("Stages of the bench that nobody can do"),
        lazy_gettext("Works would wait there, because nobody can be assigned."),
        "skills_matrix.index",
    ),
    "recall_trigger": (
        lazy_gettext("Recall rules that nothing starts"),
        lazy_gettext("Name the procedures after which the rule counts, or end the rule."),
        "recall_rule.index_view",
    ),
    "wording_language": (
        lazy_gettext("Wordings in one language only"),
        lazy_gettext("Patients of the other language would not be told."),
        "wording_desk.index",
    ),
    "backup": (
        lazy_gettext("No backup in the last seven days"),
        lazy_gettext("On the server, type: flask --app app db backup FILE"),
        "",
    ),
}


def open_here() -> bool:
    """Whether the person at the screen may use this page."""
    person = current_person()
    return person is not None and person.is_admin and can("edit", Grant)


class SetupStateView(BaseView):
    """For the admin alone: a list that gets shorter."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/")
    def index(self) -> str:
        found = [_line(finding) for finding in setup_state(utcnow())]
        return self.render(
            "setup/state.html",
            missing=[line for line in found if line["count"]],
            well=[line for line in found if not line["count"]],
        )


def _line(finding: Any) -> dict[str, Any]:
    what, why, endpoint = WORDS[finding.code]
    coded = finding.code == "wording_language"
    return {
        "what": what,
        "why": why,
        "url": _address(endpoint) if endpoint else None,
        "count": finding.count,
        "names": [code_text(name) if coded else row_name(name) for name in finding.names],
        "more": max(finding.count - len(finding.names), 0) if finding.names else 0,
    }


def _address(endpoint: str) -> str:
    """There is one clinic, so its row is opened at once."""
    return url_for(endpoint, id=1) if endpoint == "clinic.edit_view" else url_for(endpoint)
