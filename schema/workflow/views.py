"""Saved views: keeping, changing, sharing and ending them, and what one person makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schema.database import one_act
from schema.staff import Role
from schema.views import SavedView, SavedViewRole, ViewChoice
from schema.workflow import Refused

STALE = "Somebody else changed this view meanwhile; open it again."


def save_view(
    table: str, name: str, question: str, *, by: int | None, in_side_bar: bool = False
) -> SavedView:
    """A new view of a list after its owner's others; `by` None makes it the clinic's own."""
    with one_act():
        mine = (SavedView.table_name == table) & SavedView.ended_on.is_null()
        place = SavedView.select().where(mine, SavedView.owner.is_null(by is None)).count() + 1
        return SavedView.create(
            table_name=table,
            name=_named(name),
            question=question,
            owner=by,
            position=min(place, 999),
            in_side_bar=in_side_bar,
        )


def change_view(view: SavedView, seen: int, **columns: object) -> None:
    """Write these columns of a view that nobody changed since version `seen`. Refused if stale."""
    if "name" in columns:
        columns["name"] = _named(str(columns["name"]))
    update = SavedView.update(**columns, row_version=SavedView.row_version + 1)
    if update.where(SavedView.id == view.id, SavedView.row_version == seen).execute() != 1:
        raise Refused(STALE)


def end_view(view: SavedView, today: dt.date) -> SavedView:
    """Take a view out of every list; nobody's list opens with it any more."""
    with one_act():
        change_view(view, view.row_version, ended_on=today)
        ViewChoice.update(is_start=False).where(ViewChoice.view == view).execute()
    return view


def share_view(view: SavedView, roles: Iterable[int]) -> None:
    """Let exactly these roles see a view. Refused for a role that does not exist."""
    wanted = set(roles)
    if len(wanted) != Role.select().where(Role.id.in_(wanted)).count():
        raise Refused("Choose roles from the list.")
    mine = SavedViewRole.view == view
    now = {held.role_id for held in SavedViewRole.select().where(mine)}
    with one_act():
        if now - wanted:
            SavedViewRole.delete().where(mine, SavedViewRole.role.in_(now - wanted)).execute()
        for role in sorted(wanted - now):
            SavedViewRole.create(view=view, role=role)


def open_with(staff: int, view: SavedView, on: bool = True) -> SavedView:
    """Let the list of a view open with it for one person, or with all rows again."""
    with one_act():
        others = (ViewChoice.staff == staff) & (ViewChoice.table_name == view.table_name)
        ViewChoice.update(is_start=False).where(others, ViewChoice.is_start).execute()
        _choose(staff, view, is_start=on)
    return view


def pin_view(staff: int, view: SavedView, on: bool) -> SavedView:
    """Show a view in one person's side bar, or take it out."""
    with one_act():
        _choose(staff, view, in_side_bar=on)
    return view


def _choose(staff: int, view: SavedView, **columns: object) -> None:
    mine = (ViewChoice.staff == staff) & (ViewChoice.view == view)
    if not ViewChoice.update(**columns).where(mine).execute():
        ViewChoice.create(staff=staff, view=view, table_name=view.table_name, **columns)


def _named(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 60:
        raise Refused("Give the view a name of at most 60 letters.")
    return tidy
