"""What a session that a PIN opened on a shared tablet reaches: the floor, and nothing else."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

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


ANCHOR = re.compile(r"</?a\b[^>]*>")


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
    less: dict[str, Any] = {
        "board": "",
        "record": None,
        "ticket": "",
        "people": [],
        "ways": waiting,
        "crumbs": [],
    }
    less["work"] = _unlinked(facts["work"])
    if facts["outside"] and within_reach(facts["outside"]["url"]) is None:
        less["outside"] = None
    return facts | less | {"rights": FloorRights(facts["rights"])}


def _unlinked(work: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a card is about, without the links to records that a PIN does not open."""
    if work is None:
        return None
    facts = [
        (label, Markup(ANCHOR.sub("", value)) if isinstance(value, Markup) else value, words)
        for label, value, words in work["facts"]
    ]
    return work | {"facts": facts}


def at_tablet() -> bool:
    """Whether the person at the screen came in by a PIN, on a shared tablet."""
    person = current_person()
    return person is not None and person.tablet_id is not None


def within_reach(url: str | None) -> str | None:
    """An address of ours that this session opens; None for one that a PIN does not open."""
    if not url or url.startswith("#") or not at_tablet():
        return url
    path = urlsplit(url).path.removeprefix(request.script_root)
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    endpoint, _ = adapter.match(path, "GET")
    return url if _is_floor(endpoint) else None


def _is_floor(endpoint: str) -> bool:
    return endpoint.split(".")[0] in FLOOR_BLUEPRINTS or endpoint in FLOOR_PAGES


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
