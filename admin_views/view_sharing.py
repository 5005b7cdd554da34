"""Who may change a saved view, and the roles that it can be shared with."""

from __future__ import annotations

from admin_views.drawn import drawn_once
from admin_views.language import row_name
from admin_views.people import current_person
from admin_views.policy import can
from admin_views.view_rows import View, may_share
from schema.staff import Role
from schema.views import SavedView, SavedViewRole


def may_change(view: View) -> bool:
    """Whether the person may rename, change or end a view that they see."""
    return view.own or may_share()


@drawn_once
def roles_to_share_with() -> list[tuple[int, str]]:
    """Roles by number and name; the whole short list, for those who may share."""
    if not can("read", Role):
        return []
    found = Role.select(Role.id, Role.name).tuples()
    return sorted(((key, row_name(name)) for key, name in found), key=lambda one: one[1])


def shared_with(view: SavedView) -> set[int]:
    held = SavedViewRole.select(SavedViewRole.role).where(SavedViewRole.view == view)
    return {role for (role,) in held.tuples()}


def view_to_change(number: int) -> SavedView | None:
    """The saved view of that number, when the person may change it."""
    view = SavedView.get_or_none(SavedView.id == number, SavedView.ended_on.is_null())
    if view is None or not can("read", SavedView):
        return None
    own = view.owner_id == my_staff_id()
    return view if own or (may_share() and _is_public(view)) else None


def _is_public(view: SavedView) -> bool:
    """Whether a view is the clinic's, or shared: what is somebody's own stays theirs alone."""
    return view.owner_id is None or bool(shared_with(view))


def shared_views() -> list[SavedView]:
    """Every view that is not somebody's alone, for those who may share."""
    shared = SavedViewRole.select(SavedViewRole.view)
    public = SavedView.owner.is_null() | SavedView.id.in_(shared)
    order = (SavedView.table_name, SavedView.position, SavedView.name)
    return list(SavedView.select().where(public, SavedView.ended_on.is_null()).order_by(*order))


def my_staff_id() -> int:
    person = current_person()
    assert person is not None
    return person.staff_id
