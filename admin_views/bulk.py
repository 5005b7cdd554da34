"""Fields of many chosen records: tick them, see what would change, change all in one act."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_admin.form import BaseForm
from flask_admin.helpers import get_form_data
from flask_babel import gettext
from peewee import IntegrityError, Model

from admin_views.bulk_rows import (
    AT_MOST,
    Chosen,
    Outcome,
    as_seen,
    change_all,
    keys_of,
    may_change_many,
    rows_of,
    shared_names,
)
from admin_views.form_pages import name_pickers, prune_card
from admin_views.inlines import problems_in, prune_columns
from admin_views.numbers_in import number_in
from admin_views.own_records import OWN, form_of_many
from admin_views.people import current_person
from admin_views.reading import note_rows
from admin_views.schema_view import SchemaView
from admin_views.view_counts import model_of
from admin_views.view_rows import asked_by
from admin_views.writing import CARD, explainer
from schema.base import plural

STEPS = ("choose", "preview", "apply")


class BulkView(BaseView):
    """Three steps, all posted, so that nothing is changed by an address."""

    def is_accessible(self) -> bool:
        return current_person() is not None

    @expose("/", methods=("POST",))
    def index(self) -> Any:
        model = model_of(request.form.get("table", ""))
        step = request.form.get("step", "choose")
        if model is None or not may_change_many(model) or step not in STEPS:
            abort(403)
        chosen = _given() if "rows" in request.form else _first_chosen(model)
        if not chosen or len(chosen) > AT_MOST:
            flash(_not_so_many(chosen), "late")
            return redirect(url_for(f"{model._meta.table_name}.index_view"))
        form = self._form(model, chosen, step != "choose")
        if step == "choose" or not _is_good(form):
            return self._fields(model, form, chosen, step)
        return self._changes(model, form, chosen, keep=step == "apply")

    def _form(self, model: type[Model], chosen: list[Chosen], submitted: bool) -> BaseForm:
        """The fields that the person may write in any record; when sent, only the ticked ones."""
        whole = self._view(model).form_class
        kind = form_of_many(whole, model, [one.key for one in chosen])
        form = kind(get_form_data() if submitted else None)
        shared = shared_names(model)
        prune_columns(form, model, is_new=False)
        prune_card(form, model, is_new=False)
        ticked = request.form.getlist("change")
        for name in [field.short_name for field in form]:
            mine = name in shared or name.startswith((CARD, OWN))
            if not name.endswith("row_version") and (
                not mine or (submitted and name not in ticked)
            ):
                del form[name]
        name_pickers(form, model, None)
        return form

    def _view(self, model: type[Model]) -> SchemaView:
        views = self.admin._views  # type: ignore[union-attr]
        return next(v for v in views if isinstance(v, SchemaView) and v.model is model)

    def _fields(self, model: type[Model], form: BaseForm, chosen: list[Chosen], step: str) -> Any:
        """The fields to choose from; those that were ticked and are wrong say why."""
        mistakes = [words for _, words in problems_in(form)] if step != "choose" else []
        if step != "choose" and not mistakes:
            mistakes = [gettext("Tick at least one field to change.")]
        typed = {field.short_name: field for field in form} if step != "choose" else {}
        whole = self._form(model, chosen, submitted=False)
        shown = [typed.get(field.short_name, field) for field in _inputs(whole)]
        answer = self.render(
            "panel/bulk_fields.html",
            fields=shown,
            ticked=request.form.getlist("change") if step != "choose" else [],
            mistakes=mistakes,
            **_page(model, chosen),
        )
        return (answer, 422) if mistakes else answer

    def _changes(self, model: type[Model], form: BaseForm, chosen: list[Chosen], keep: bool) -> Any:
        mistake = ""
        try:
            outcomes = change_all(model, form, chosen, keep)
        except IntegrityError as error:
            mistake = gettext(explainer.explain(error, None).says)
            outcomes = change_all(model, form, chosen, keep=False)
        note_rows("list", model, [one.key for one in outcomes])
        refused = [one for one in outcomes if one.problem]
        done = keep and not refused and not mistake
        if keep and not done:
            flash(mistake or gettext("Nothing was changed: look at the records below."), "late")
        left = [one for one in chosen if one.key in _ready(outcomes)]
        answer = self.render(
            "panel/bulk_preview.html",
            done=done,
            changed=[one for one in outcomes if one.changes and not one.problem],
            same=sum(1 for one in outcomes if not one.changes and not one.problem),
            refused=refused,
            sent=_sent(form),
            details_url=url_for(f"{model._meta.table_name}.details_view"),
            **_page(model, left),
        )
        return (answer, 409) if keep and not done else answer


def _page(model: type[Model], chosen: list[Chosen]) -> dict[str, Any]:
    table = str(model._meta.table_name)
    name, list_url = gettext(plural(model)), url_for(f"{table}.index_view")
    return {
        "table": table,
        "list_name": name,
        "list_url": list_url,
        "rows": ",".join(_as_text(one) for one in chosen),
        "how_many": len(chosen),
        "crumbs": [(name, list_url)],
    }


def _first_chosen(model: type[Model]) -> list[Chosen]:
    """The ticked rows, or all that answer the question of the list, as they are now."""
    if "all" in request.form:
        keys = keys_of(model, asked_by(model, request.form.get("question", "")))
    else:
        sent = [number_in(key) for key in request.form.getlist("rowid")]
        keys = [key for key in sent if key is not None]
    return as_seen(model, rows_of(model, list(dict.fromkeys(keys))))


def _not_so_many(chosen: list[Chosen]) -> str:
    if not chosen:
        return gettext("Choose at least one row.")
    return gettext("More than %(number)s records; filter the list first.", number=AT_MOST)


def _as_text(one: Chosen) -> str:
    """`12:3` or, with the card's version, `12:3:5`."""
    parts = (one.key, one.version, one.card_version)
    return ":".join(str(part) for part in parts if part is not None)


def _given() -> list[Chosen]:
    found = []
    for text in request.form["rows"].split(","):
        parts = [part for one in text.split(":") if (part := number_in(one)) is not None]
        if len(parts) in (2, 3) and len(parts) == text.count(":") + 1:
            found.append(Chosen(*parts))
    return found


def _inputs(form: BaseForm) -> list[Any]:
    return [field for field in form if not field.short_name.endswith("row_version")]


def _is_good(form: BaseForm) -> bool:
    return bool(_inputs(form)) and form.validate()


def _ready(outcomes: list[Outcome]) -> set[int]:
    """Records that would be changed; the others need not be sent again."""
    return {one.key for one in outcomes if one.changes and not one.problem}


def _sent(form: BaseForm) -> list[tuple[str, str]]:
    """What was ticked and typed, to be sent again."""
    found = []
    for field in _inputs(form):
        found.append(("change", field.short_name))
        found += [(field.name, value) for value in request.form.getlist(field.name)]
    return found
