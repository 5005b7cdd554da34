"""The head of a list: its saved views as tabs, and what can be done with the present question."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from markupsafe import Markup
from peewee import Model

from admin_views.asking import Ask
from admin_views.drawn import drawn_once
from admin_views.language import row_name
from admin_views.policy import can
from admin_views.view_counts import count_text, counts_of, pinned_views
from admin_views.view_rows import View, may_share, my_views
from admin_views.view_sharing import may_change, roles_to_share_with
from schema.base import table_name
from schema.views import SavedView


def view_tabs(model: type[Model], here: str, ask: Ask, view: View | None) -> dict[str, Any]:
    """What the list template shows of saved views."""
    if not can("read", SavedView):
        return {"tabs": [], "saving": None}
    views = my_views(model)
    counts = counts_of(pinned_views()) if views else {}
    changed = view is not None and ask.text() != ask.stored
    all_of_it = Ask(opens_with_view=ask.opens_with_view).url(here)
    tabs = [
        {
            "name": row_name(one.name),
            "url": f"{here}?view={one.id}",
            "current": view is not None and one.id == view.id,
            "count": count_text(counts.get(one.id)),
            "late": one.warns,
        }
        for one in views
    ]
    return {
        "tabs": tabs,
        "all_url": all_of_it,
        "at_all": view is None and not ask.question(),
        "view_changed": changed,
        "saving": {
            "url": url_for("views.save"),
            "table": table_name(model),
            "question": ask.text(),
            "choices": _choices(),
        },
        "present_view": _present(view) if view else None,
    }


@drawn_once
def _choices() -> Markup:
    """The part of the form for a new view that never changes, drawn once."""
    roles = roles_to_share_with() if may_share() else []
    return Markup(render_template("panel/view_saving.html", roles=roles))


def _present(view: View) -> dict[str, Any]:
    return {
        "id": view.id,
        "name": row_name(view.name),
        "is_start": view.is_start,
        "pinned": view.pinned,
        "edit_url": url_for("views.edit", number=view.id) if may_change(view) else None,
        "update_url": url_for("views.update", number=view.id) if may_change(view) else None,
        "choose_url": url_for("views.choose", number=view.id),
    }
