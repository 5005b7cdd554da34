"""What a session that a PIN opened on a shared tablet reaches: the floor, and nothing else."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin_views.people import current_person
from admin_views.safety import is_static, wants_json

# The whole list: whoever may do more signs in with a password.
FLOOR_BLUEPRINTS = frozenset({"bench", "custody", "machines", "scan"})
FLOOR_PAGES = frozenset({"queue.index", "card_page.page", "ticket.index", "component.details_view"})
DOORS = frozenset(
    {"health.healthz", "own_language.choose", "signing_in.sign_in", "first_run.begin"}
)
HOME = "admin.index"
# What is noted beside the work; it is moved at the bench, given out and forced with a password.
CARD_ACTS = frozenset({"hold", "note", "resume", "tick", "untick"})
NOT_ON_A_CARD = frozenset({"may_force", "may_reassign", "may_reopen"})


class FloorRights:
    """The questions of `card_rights`, of which some are answered with no on a shared tablet."""

    def __init__(self, rights: Any) -> None:
        self._rights = rights

    def __getattr__(self, name: str) -> Any:
        return (lambda: False) if name in NOT_ON_A_CARD else getattr(self._rights, name)


def on_the_floor(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of a card's page without the ways that lead off the floor."""
    if not at_tablet():
        return facts
    waiting = [way for way in facts["ways"] if way["missing"]]
    less = {"board": "", "record": None, "people": [], "ways": waiting}
    return facts | less | {"rights": FloorRights(facts["rights"])}


def at_tablet() -> bool:
    """Whether the person at the screen came in by a PIN, on a shared tablet."""
    person = current_person()
    return person is not None and person.tablet_id is not None


def keep_to_the_floor() -> ResponseReturnValue | None:
    """Refuse what is not of the floor, in words; whatever the person's role may do elsewhere."""
    if not at_tablet() or is_static() or request.endpoint is None or is_of_the_floor():
        return None
    if request.endpoint == HOME:
        return redirect(url_for("tablet.floor"))
    if wants_json():
        abort(403)
    return render_template("tablet/refused.html"), 403


def is_of_the_floor() -> bool:
    """Whether this request is for one of the pages of the floor, or for a door."""
    if request.blueprint == "tablet" or request.endpoint in DOORS:
        return True
    if request.blueprint in FLOOR_BLUEPRINTS:
        return True
    if request.endpoint == "card_page.act":
        return (request.view_args or {}).get("act") in CARD_ACTS
    return request.endpoint in FLOOR_PAGES and request.method in ("GET", "HEAD", "OPTIONS")
