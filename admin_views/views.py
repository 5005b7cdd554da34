"""Saved views of lists: kept from a list, opened by a link, renamed, shared, pinned and ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext
from peewee import IntegrityError, Model

from admin_views.inputs import in_words
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.plain_words import local
from admin_views.policy import can
from admin_views.view_counts import MODELS, model_of
from admin_views.view_rows import View, all_my_views, asked_by, may_share
from admin_views.view_sharing import (
    my_staff_id,
    roles_to_share_with,
    shared_views,
    shared_with,
    view_to_change,
)
from admin_views.writing import explainer
from schema.base import plural, utcnow
from schema.database import one_act
from schema.views import SavedView
from schema.workflow import Refused
from schema.workflow.views import (
    change_view,
    end_view,
    open_with,
    pin_view,
    save_view,
    share_view,
)


class ViewsView(BaseView):
    """The person's views; whoever may share also changes those that roles have."""

    def is_accessible(self) -> bool:
        return current_person() is not None and can("read", SavedView)

    @expose("/")
    def index(self) -> str:
        mine = all_my_views()
        lists = [(m, mine[name]) for name in MODELS if name in mine and (m := model_of(name))]
        seen = {view.id for _, views in lists for view in views}
        others = [v for v in shared_views() if v.id not in seen] if may_share() else []
        return self.render(
            "panel/views.html",
            lists=[(gettext(plural(model)), list(views)) for model, views in lists],
            others=[(_list_name(view.table_name), view) for view in others],
            may_share=may_share(),
        )

    @expose("/<int:number>")
    def open(self, number: int) -> Any:
        """The list that a view shows; its address can be sent to whoever has the view too."""
        return redirect(_list_url(self._mine(number)))

    @expose("/save", methods=("POST",))
    def save(self) -> Any:
        """Keep the question of a list under a name."""
        model = model_of(request.form.get("table", ""))
        if model is None:
            abort(403)
        question = asked_by(model, request.form.get("question", "")).text()
        table, name = model._meta.table_name, request.form.get("name", "")

        def act() -> SavedView:
            pinned = "in_side_bar" in request.form
            view = save_view(table, name, question, by=my_staff_id(), in_side_bar=pinned)
            self._share(view)
            if "is_start" in request.form:
                open_with(my_staff_id(), view)
            return view

        view = _kept(act)
        if view is None:
            return redirect(f"{_list_address(table)}?{question}")
        flash(gettext("Saved: %(name)s", name=view.name), "good")
        return redirect(_list_url(view))

    @expose("/<int:number>/update", methods=("POST",))
    def update(self, number: int) -> Any:
        """Let a view ask what its list was just asked."""
        view = self._changeable(number)
        model = model_of(view.table_name)
        if model is None:
            abort(403)
        question = asked_by(model, request.form.get("question", "")).text()
        if _kept(lambda: self._change(view, question=question)):
            flash(gettext("Saved: %(name)s", name=view.name), "good")
        return redirect(_list_url(view))

    @expose("/<int:number>/edit", methods=("GET", "POST"))
    def edit(self, number: int) -> Any:
        view = self._changeable(number)
        if request.method == "POST" and _kept(lambda: self._rewrite(view)):
            flash(gettext("Saved: %(name)s", name=request.form.get("name", "")), "good")
            return redirect(self.get_url(".index"))
        model = model_of(view.table_name)
        asked = asked_by(model, view.question) if model else None
        return self.render(
            "panel/view.html",
            saved=view,
            list_name=_list_name(view.table_name),
            filters=[one.text() for one in asked.filters] if asked else [],
            roles=[(key, name, key in shared_with(view)) for key, name in roles_to_share_with()]
            if may_share()
            else [],
            crumbs=[(gettext("Saved views"), self.get_url(".index"))],
        )

    @expose("/<int:number>/end", methods=("POST",))
    def end(self, number: int) -> Any:
        view = self._changeable(number)
        if _kept(lambda: end_view(view, local(utcnow()).date())):
            flash(gettext("Ended: %(name)s", name=view.name), "good")
        return redirect(_list_address(view.table_name))

    @expose("/<int:number>/choose", methods=("POST",))
    def choose(self, number: int) -> Any:
        """Open a list with a view, or have it in the side bar: the person's own choice."""
        view, on = self._mine(number), request.form.get("on") == "1"
        row = SavedView.get_by_id(view.id)
        if request.form.get("what") == "start":
            _kept(lambda: open_with(my_staff_id(), row, on))
        elif request.form.get("what") == "pin":
            _kept(lambda: pin_view(my_staff_id(), row, on))
        else:
            abort(400)
        return redirect(_list_url(view))

    def _rewrite(self, view: SavedView) -> SavedView:
        place = number_in(request.form.get("position", view.position)) or 0
        typed = request.form.get("name", "").strip()
        self._change(
            view,
            name=view.name if typed == row_name(view.name) else typed,
            position=place,
            in_side_bar="in_side_bar" in request.form,
            warns="warns" in request.form,
        )
        self._share(view)
        return view

    def _change(self, view: SavedView, **columns: object) -> SavedView:
        seen = number_in(request.form.get("row_version", view.row_version))
        change_view(view, seen or 0, **columns)
        return view

    def _share(self, view: SavedView) -> None:
        if may_share() and "sharing" in request.form:
            share_view(view, [number_in(one) or 0 for one in request.form.getlist("role")])

    def _mine(self, number: int) -> View:
        for views in all_my_views().values():
            for view in views:
                if view.id == number and model_of(view.table):
                    return view
        abort(404)

    def _changeable(self, number: int) -> SavedView:
        view = view_to_change(number)
        if view is None:
            abort(404)
        return view


def _kept(act: Callable[[], SavedView]) -> SavedView | None:
    """Do it wholly, or say why not."""
    try:
        with one_act():
            return act()
    except Refused as refusal:
        flash(str(in_words(refusal)), "late")
    except IntegrityError as error:
        flash(gettext(explainer.explain(error, None).says), "late")
    return None


def _list_name(table: str) -> str:
    model: type[Model] | None = MODELS.get(table)
    return gettext(plural(model)) if model else table


def _list_address(table: str) -> str:
    return url_for(f"{table}.index_view")


def _list_url(view: View | SavedView) -> str:
    table = view.table if isinstance(view, View) else view.table_name
    return f"{_list_address(table)}?view={view.id}"
