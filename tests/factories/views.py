"""Makes saved views, who they are shared with, and what people chose."""

from __future__ import annotations

from typing import Any

from schema.views import SavedView, SavedViewRole, ViewChoice
from tests.factories import number
from tests.factories.staff import a_person, a_role


def a_view(**columns: Any) -> SavedView:
    """A view of the list of patients that belongs to somebody, unless `owner` is None."""
    owner = {"owner": a_person()} if "owner" not in columns else {}
    good = {"table_name": "patient", "name": f"View {number()}", "question": "search=a"}
    return SavedView.create(**good | owner | columns)


def a_shared_view(**columns: Any) -> SavedViewRole:
    columns["view"] = columns.get("view") or a_view(owner=None)
    columns["role"] = columns.get("role") or a_role("receptionist")
    return SavedViewRole.create(**columns)


def a_view_choice(**columns: Any) -> ViewChoice:
    view = columns["view"] = columns.get("view") or a_view()
    columns["staff"] = columns.get("staff") or view.owner
    return ViewChoice.create(**{"table_name": view.table_name} | columns)
