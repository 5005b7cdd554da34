"""Saved views that a person may open: their own, and those shared with a role of theirs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask_babel import gettext
from peewee import JOIN, Model
from werkzeug.datastructures import MultiDict

from admin_views.asking import Ask, read_ask
from admin_views.drawn import drawn_once
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.policy import can
from schema.base import table_name
from schema.views import SavedView, SavedViewRole, ViewChoice


@dataclass(frozen=True)
class View:
    """A saved view as one person has it."""

    id: int
    table: str
    name: str
    question: str
    warns: bool
    own: bool
    pinned: bool
    is_start: bool


def my_views(model: type[Model]) -> tuple[View, ...]:
    """The views of a list that the person at the screen may open, in their order."""
    return all_my_views().get(table_name(model), ())


def all_my_views() -> dict[str, tuple[View, ...]]:
    """Every view that the person may open, by table."""
    person = current_person()
    if person is None or not can("read", SavedView):
        return {}
    return _views_of(person.staff_id)


@drawn_once
def _views_of(staff_id: int) -> dict[str, tuple[View, ...]]:
    """Kept like rights: every change of a view moves the stamp that they are kept by."""
    found: dict[str, list[View]] = defaultdict(list)
    for row in _rows(staff_id):
        found[row["table_name"]].append(
            View(
                id=row["id"],
                table=row["table_name"],
                name=row["name"],
                question=row["question"],
                warns=bool(row["warns"]),
                own=row["owner"] == staff_id,
                pinned=bool(row["in_side_bar"] if row["mine"] is None else row["mine"]),
                is_start=bool(row["is_start"]),
            )
        )
    return {table: tuple(views) for table, views in found.items()}


def _rows(staff_id: int) -> list[dict]:
    person = current_person()
    assert person is not None
    shared = SavedViewRole.select(SavedViewRole.view)
    shared = shared.where(SavedViewRole.role.in_(list(person.role_ids)))
    chosen = (ViewChoice.view == SavedView.id) & (ViewChoice.staff == staff_id)
    query = SavedView.select(
        SavedView, ViewChoice.in_side_bar.alias("mine"), ViewChoice.is_start
    ).join(ViewChoice, JOIN.LEFT_OUTER, on=chosen)
    mine = (SavedView.owner == staff_id) | SavedView.id.in_(shared)
    order = (SavedView.owner.is_null(False), SavedView.position, SavedView.name, SavedView.id)
    return list(query.where(mine, SavedView.ended_on.is_null()).order_by(*order).dicts())


def may_share() -> bool:
    """Whether the person may give views to roles, and change the views that roles have."""
    return can("create", SavedViewRole)


def asked_by(model: type[Model], question: str) -> Ask:
    """The question that a view keeps, read anew: rights may have changed since."""
    return read_ask(model, MultiDict(parse_qsl(question, keep_blank_values=True)))


def opened_ask(model: type[Model], arguments: MultiDict[str, str]) -> tuple[Ask, View | None]:
    """The question of an address, and the saved view that it comes from.

    An address that says only `view` asks what that view keeps; a bare one what the list opens with.
    """
    views = {view.id: view for view in my_views(model)}
    start = next((view for view in views.values() if view.is_start), None)
    bare = not set(arguments) - {"view", "page"}
    number = number_in(arguments.get("view"))
    view = views.get(number) if number is not None else (start if bare else None)
    ask = replace(read_ask(model, arguments), opens_with_view=start is not None)
    if view is None:
        gone = gettext("That saved view was ended, or it is not shared with you.")
        return (replace(ask, problems=(*ask.problems, gone)) if number else ask), None
    kept = asked_by(model, view.question)
    if bare:
        ask = replace(kept, page=ask.page, opens_with_view=start is not None)
    return replace(ask, view=view.id, stored=kept.text()), view
