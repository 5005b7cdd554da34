"""Stretches of a long table are counted once, and a page far down is the page it always was."""

from __future__ import annotations

import datetime as dt

import pytest

from admin_views import asking, counting, marked_pages
from schema import TABLES
from schema.clock import JobRun
from schema.database import database, is_sqlite
from schema.marks import STRETCH, mark_rows
from schema.search import merge_search
from tasks.tidying import tidy
from tests.admin_views.seats import a_seat
from tests.admin_views.test_many_rows import page_of
from tests.factories.orders import a_draft_order
from tests.factories.patients import a_patient

NOW = dt.datetime(2026, 11, 21, 3, 41, tzinfo=dt.UTC)


@pytest.fixture
def orders(house, monkeypatch):
    """Seventeen orders over six stretches of numbers, the fourth of them empty; far is near."""
    monkeypatch.setattr(asking, "PAGE_SIZES", (2, 100))
    monkeypatch.setattr(marked_pages, "FAR", 2)
    patient = a_patient()
    keys = [stretch * STRETCH + step for stretch in (0, 1, 2, 4, 5) for step in (1, 7, 4095)]
    keys += [6 * STRETCH + 2, 6 * STRETCH + 3]
    return [a_draft_order(id=key, patient=patient) for key in keys]


@pytest.fixture
def by_marks(monkeypatch):
    """How many pages the marks led to."""
    met = []

    def noted(*asked):
        page = marked_pages.page_by_marks(*asked)
        met.append(page is not None)
        return page

    monkeypatch.setattr(counting, "page_by_marks", noted)
    return met


def all_pages(desk):
    return [key for number in range(11) for key in page_of(desk, f"page={number}")[0]]


def marks():
    asked = database.execute_sql("SELECT stretch, row_count FROM row_mark ORDER BY stretch")
    return asked.fetchall()


def test_pages_reached_by_marks_are_the_same_pages(house, orders, by_marks):
    desk, _ = a_seat(house, {"lab_order": "all", "patient": "all"})
    newest_first = [row.id for row in reversed(orders)]
    assert all_pages(desk) == newest_first and not any(by_marks)

    assert mark_rows(TABLES) == (0 if is_sqlite() else 5)
    by_marks.clear()

    assert all_pages(desk) == newest_first
    # Nine pages hold rows; what is newer than all marks fills the first three.
    assert by_marks == [not is_sqlite() and 3 <= number <= 8 for number in range(11)]


def test_an_order_that_comes_late_takes_its_mark_away(house, orders, by_marks):
    mark_rows(TABLES)
    late = a_draft_order(id=STRETCH + 100, patient=orders[0].patient)
    desk, _ = a_seat(house, {"lab_order": "all", "patient": "all"})
    newest_first = sorted([late.id, *(row.id for row in orders)], reverse=True)

    assert all_pages(desk) == newest_first and not any(by_marks)
    if not is_sqlite():
        assert marks() == [(0, 3), (2, 3), (3, 0), (4, 3)]
        assert mark_rows(TABLES) == 1 and marks()[1] == (1, 4)
    by_marks.clear()

    assert all_pages(desk) == newest_first and any(by_marks) != is_sqlite()


def test_a_late_order_that_is_undone_leaves_the_mark(house, orders):
    mark_rows(TABLES)
    with pytest.raises(ZeroDivisionError), database.atomic():
        a_draft_order(id=STRETCH + 100, patient=orders[0].patient)
        raise ZeroDivisionError
    if not is_sqlite():
        assert [stretch for stretch, _ in marks()] == [0, 1, 2, 3, 4]


def test_a_row_of_a_writer_not_yet_done_is_never_left_out(house, orders):
    """A mark waits for the writer, or is not made."""
    if is_sqlite():
        assert mark_rows(TABLES) == 0  # one writer at a time, and no marks
        return
    rival = database.obj.__class__(**database.obj.connect_params, database=database.obj.database)
    rival.connect()
    try:
        rival.begin()
        rival.execute_sql('LOCK TABLE "lab_order" IN ROW EXCLUSIVE MODE')
        assert mark_rows(TABLES) == 0 and marks() == []
        rival.rollback()
        assert mark_rows(TABLES) == 5
    finally:
        rival.close()


def test_the_clock_tidies_once_a_day(house, orders):
    tidy(NOW)
    tidy(NOW + dt.timedelta(hours=2))

    [run] = JobRun.select().where(JobRun.job == "tidying")
    assert run.finished_at
    if not is_sqlite():
        assert len(marks()) == 5


def test_a_merged_search_index_finds_what_it_found(house, orders):
    desk, _ = a_seat(house, {"lab_order": "all", "patient": "all"})
    word = orders[0].patient.last_name
    before = page_of(desk, f"search={word}")
    merge_search(TABLES)

    assert page_of(desk, f"search={word}") == before
    if is_sqlite():
        pieces = "SELECT COUNT(DISTINCT segid) FROM patient_search_idx"
        assert database.execute_sql(pieces).fetchone() == (1,)
