"""The list of a table as a page: one question, its saved views, and what can be done with rows."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin.base import expose
from flask_babel import gettext
from peewee import Model

from admin_views.asking import Ask
from admin_views.bulk_rows import may_change_many
from admin_views.listing import list_page
from admin_views.menu import crumbs_of
from admin_views.reading import note_rows
from admin_views.taking_over import travels
from admin_views.view_rows import opened_ask
from admin_views.view_tabs import view_tabs
from schema.base import table_name


class Lists:
    """The list of a view."""

    model: type[Model]
    endpoint: str
    list_template: str
    can_create: Any
    can_export: Any
    acts: Any
    get_url: Any
    render: Any
    words: Any

    @expose("/")
    def index_view(self) -> Any:
        ask, view = opened_ask(self.model, request.args)
        if "move" in request.args:
            return redirect(ask.url(self.get_url(".index_view"), choosing=True))
        for problem in ask.problems:
            flash(problem, "warning")
        page = list_page(self.model, f"{self.endpoint}.index_view", ask)
        keys = [row["id"] for row in page["rows"]]
        note_rows("search" if ask.search else "list", self.model, keys)
        acts = self.acts()
        tabs = view_tabs(self.model, self.get_url(".index_view"), ask, view)
        arguments = {k: v for k, v in ask.question().items() if k != "page_size"}
        return self.render(
            self.list_template,
            view=self.words(),
            crumbs=crumbs_of(self.model)[:1],
            new_url=self.get_url(".create_view") if self.can_create else None,
            import_url=_import_url(self.model) if self.can_create else None,
            actions=acts,
            bulk=_bulk(self.model, ask) if may_change_many(self.model) else None,
            action_url=self.get_url(".action_view") if acts else None,
            export_urls=[
                (kind.upper(), self.get_url(".export", export_type=kind, **arguments))
                for kind in ("csv", "xlsx")
            ]
            if self.can_export
            else [],
            empty_text=gettext("Nothing fits. Try fewer letters, or take a filter away.")
            if ask.search or ask.filters
            else gettext("Nothing here yet."),
            **page,
            **tabs,
        )


def _bulk(model: type[Model], ask: Ask) -> dict[str, str]:
    """Where ticked rows, or all that answer, are sent to be changed together."""
    over = url_for("taking_over.index") if travels(model) else ""
    known = {"table": table_name(model), "question": ask.text(), "take_over": over}
    return known | {"url": url_for("bulk.index")}


def _import_url(model: type[Model]) -> str | None:
    kinds = {
        "patient": "patients",
        "lead": "leads",
        "appointment": "appointments",
        "staff": "staff",
    }
    kind = kinds.get(table_name(model))
    return url_for("imports.index", kind=kind) if kind else None
