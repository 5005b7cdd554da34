"""Chosen cards on their way to another pipeline or version: which ways there are for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext
from peewee import Model

from admin_views.bulk_rows import AT_MOST, keys_of
from admin_views.card_rights import cards_within
from admin_views.columns import supertype_of
from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.numbers_in import number_in
from admin_views.pipeline_rights import may_transfer
from admin_views.policy import scoped
from admin_views.view_counts import model_of
from admin_views.view_rows import asked_by
from schema.base import table_name
from schema.cards import Card, CardStep
from schema.in_use import IN_USE
from schema.pipelines import Pipeline


@dataclass(frozen=True)
class Group:
    """The chosen cards that travel one version, and where they can be taken: name and address."""

    name: str
    count: int
    ways: list[tuple[str, str]]


class TakingOverView(BaseView):
    """Leads from rows of a list, or from one card, to the form of the pipeline they go to."""

    def is_accessible(self) -> bool:
        return may_transfer()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """`card` names cards; a list sends its ticked rows, or its question for all of them."""
        keys = _of_list() if request.method == "POST" else _numbers("card")
        groups = groups_of(keys[:AT_MOST])
        if not groups:
            flash(gettext("None of these is open and yours to move."), "warning")
            return redirect(_back())
        if len(keys) > AT_MOST:
            words = gettext("More than %(number)s records; filter the list first.", number=AT_MOST)
            flash(words, "late")
        if len(groups) == 1 and len(groups[0].ways) == 1:
            return redirect(groups[0].ways[0][1])
        return self.render("pipelines/take_over.html", groups=groups, crumbs=crumbs_of(Card))


def travels(model: type[Model]) -> bool:
    """Whether rows of this table are cards or stand on them, and the person may take them over."""
    above = supertype_of(model)
    return (model is Card or (above is not None and above.rel_model is Card)) and may_transfer()


def groups_of(keys: Sequence[int]) -> list[Group]:
    """The open ones among these cards that the person may take over, by the version they travel."""
    mine = cards_within(CardStep, "create", keys)
    cards = scoped(Card).where(Card.id.in_(mine), Card.closed_at.is_null())
    by_way: dict[int, list[int]] = {}
    for card in cards.order_by(Card.id):
        by_way.setdefault(card.pipeline_id, []).append(card.id)
    found = scoped(Pipeline).where(Pipeline.id.in_(list(by_way)))
    return [_group(one, by_way[one.id]) for one in found.order_by(Pipeline.kind, Pipeline.name)]


def _group(here: Pipeline, cards: list[int]) -> Group:
    in_use = scoped(Pipeline).where(
        Pipeline.kind == here.kind,
        Pipeline.id != here.id,
        IN_USE,
    )
    own_first = in_use.order_by(Pipeline.code != here.code, Pipeline.name)
    ways = [
        (_title(one), url_for("pipelines.move", number=one.id, card=cards, **{"from": here.id}))
        for one in own_first
    ]
    return Group(_title(here), len(cards), ways)


def _title(one: Pipeline) -> str:
    name = row_name(one.name)
    return gettext("%(name)s, version %(version)s", name=name, version=one.version)


def _of_list() -> list[int]:
    """The cards of the rows that a list sent, at most one more than may be taken at once."""
    model = model_of(request.form.get("table", ""))
    if model is None or not travels(model):
        abort(403)
    if "all" in request.form:
        rows = keys_of(model, asked_by(model, request.form.get("question", "")))
    else:
        rows = _numbers("rowid")
    above = supertype_of(model)
    if above is None:
        return rows
    found = scoped(model, above).where(model._meta.primary_key.in_(rows)).tuples()
    return [key for (key,) in found]


def _numbers(name: str) -> list[int]:
    sent = (number_in(text) for text in request.values.getlist(name))
    return list(dict.fromkeys(key for key in sent if key is not None))[: AT_MOST + 1]


def _back() -> str:
    """The list that sent rows; else the maps."""
    model = model_of(request.form.get("table", ""))
    name = table_name(model) if model is not None else "pipelines"
    return url_for(f"{name}.index_view" if model is not None else "pipelines.index")
