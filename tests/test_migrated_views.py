"""A house whose technicians count all processes that they could do: its upgrade gives their own."""

from __future__ import annotations

from schema.migrations import _runner, upgrade
from schema.views import SavedView
from seed.rights import sow_rights
from seed.views import sow_views
from tests.factories.staff import a_clinic
from tests.refusals import raw

NAME = "0027_open_processes_of_mine"
OLD = {"table_name": "track", "name": "My open processes"}
QUESTION = "flt.card.closed_at.empty=1&sort=card.due_at"


def shown():
    """The lists whose view of that name is still offered."""
    found = SavedView.select(SavedView.table_name).where(
        SavedView.name == OLD["name"], SavedView.ended_on.is_null()
    )
    return sorted(table for (table,) in found.tuples())


def upgraded(question):
    a_clinic()
    sow_rights()
    SavedView.create(**OLD, question=question)
    raw(f"DELETE FROM {_runner().History._meta.table_name} WHERE name = ?", NAME)
    assert upgrade() == [NAME]
    sow_views()


def test_the_view_as_it_was_sown_gives_way_to_that_of_ones_own_work(house):
    upgraded(QUESTION)
    assert shown() == ["assignment"]


def test_a_view_that_the_clinic_changed_stays(house):
    upgraded(QUESTION + "&columns=card")
    assert shown() == ["assignment", "track"]
