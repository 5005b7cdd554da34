"""The truths of papers beside the screen, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories import NOW, later
from tests.factories.orders import a_draft_order
from tests.factories.papers import a_paper_check, a_paper_finding, a_paper_print, order_at
from tests.factories.pipelines import a_stage, stage_of
from tests.factories.staff import a_location
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def another_stage(order):
    return stage_of(order.card.pipeline, "working")


def test_copies_of_a_paper_are_numbered_from_one_without_a_gap():
    first = a_paper_print()

    with refuses("paper_print_copy_is_the_next"):
        insert_like(first, copy_number=3)
    with refuses("paper_print_copy_is_the_next"):
        insert_like(first, kind="tray", copy_number=2)
    insert_like(first, copy_number=2)
    insert_like(first, kind="tray", copy_number=1)


def test_a_copy_is_printed_once(engine):
    first = a_paper_print()
    guard = "paper_print_copy_is_the_next"
    raw(
        f"DROP TRIGGER {guard}_insert"
        if engine == "sqlite"
        else f"DROP TRIGGER {guard} ON paper_print"
    )

    with refuses("paper_print_copy_is_one"):
        insert_like(first)


def test_a_draft_has_no_papers():
    order = a_draft_order()

    with refuses("paper_print_is_of_a_registered_order"):
        a_paper_print(order=order)


def test_a_location_is_checked_once_a_day():
    check = a_paper_check()

    with refuses("paper_check_one_a_day"):
        insert_like(check)
    insert_like(check, location_id=a_location().id)


def test_a_check_closes_after_it_began_and_by_somebody():
    check = a_paper_check()
    close = "UPDATE paper_check SET closed_at = ?, closed_by_id = ? WHERE id = ?"

    with refuses("paper_check_closes_after_it_began"):
        raw(close, "2020-01-01 00:00:00", check.started_by_id, check.id)
    with refuses("paper_check_is_closed_by_somebody"):
        raw(close, "2027-01-01 00:00:00", None, check.id)


def test_a_closed_check_stays_and_none_is_removed():
    check = a_paper_check()
    with refuses("paper_check_stays"):
        raw("UPDATE paper_check SET day = '2026-11-21' WHERE id = ?", check.id)
    with refuses("paper_check_is_never_removed"):
        raw("DELETE FROM paper_check WHERE id = ?", check.id)
    close(check)
    with refuses("paper_check_stays"):
        raw("UPDATE paper_check SET closed_at = NULL, closed_by_id = NULL WHERE id = ?", check.id)


def close(check):
    check.closed_at, check.closed_by = later(hours=1), check.started_by
    check.save()


def test_a_check_closes_when_every_open_work_of_the_place_was_told():
    check = a_paper_check()
    order_at(check)

    with refuses("paper_check_closes_when_all_is_told"):
        close(check)
    for order in list(order_at(check).__class__.select()):
        a_paper_finding(paper_check=check, order=order)
    close(check)


def test_a_paper_is_found_once_in_a_check():
    finding = a_paper_finding()

    with refuses("paper_finding_one_of_each_order"):
        insert_like(finding)


@pytest.mark.parametrize(
    ("result", "stage", "box"),
    [
        ("agrees", "other", None),
        ("agrees", "same", "B7"),
        ("agrees", None, None),
        ("stage", "same", None),
        ("stage", None, None),
        ("box", "same", None),
        ("box", "other", "B7"),
        ("missing", "same", None),
        ("missing", None, "B7"),
    ],
)
def test_a_result_is_what_differs(result, stage, box):
    check = a_paper_check()
    order = order_at(check)
    told = {"same": order.card.stage, "other": another_stage(order), None: None}[stage]

    with refuses("paper_finding_result_is_what_differs"):
        a_paper_finding(
            paper_check=check, order=order, result=result, paper_stage=told, paper_box=box
        )


@pytest.mark.parametrize(
    ("result", "stage", "box"),
    [
        ("agrees", "same", None),
        ("stage", "other", "B7"),
        ("box", "same", "B7"),
        ("missing", None, None),
    ],
)
def test_each_result_is_taken_where_it_fits(result, stage, box):
    check = a_paper_check()
    order = order_at(check)
    told = {"same": order.card.stage, "other": another_stage(order), None: None}[stage]

    a_paper_finding(paper_check=check, order=order, result=result, paper_stage=told, paper_box=box)


def test_a_finding_says_what_the_screen_says():
    check = a_paper_check()
    order = order_at(check)

    with refuses("paper_finding_says_what_the_screen_says"):
        a_paper_finding(
            paper_check=check, order=order, screen_stage=another_stage(order), result="stage"
        )
    with refuses("paper_finding_says_what_the_screen_says"):
        a_paper_finding(paper_check=check, order=order, screen_box="B7", result="box")


def test_only_a_paper_of_no_open_work_here_is_left_over():
    check = a_paper_check()
    here, elsewhere = order_at(check), order_at(a_paper_check())

    with refuses("paper_finding_extra_is_of_no_work_here"):
        a_paper_finding(paper_check=check, order=here, result="extra")
    with refuses("paper_finding_extra_is_of_no_work_here"):
        a_paper_finding(paper_check=check, order=elsewhere)
    a_paper_finding(paper_check=check, order=elsewhere, result="extra")


def test_a_paper_says_a_stage_of_its_own_way():
    check = a_paper_check()
    order = order_at(check)

    with refuses("paper_finding_stage_is_of_its_way"):
        a_paper_finding(paper_check=check, order=order, paper_stage=a_stage(), result="stage")


def test_findings_stay_in_their_check_and_as_they_were_when_it_closed():
    finding = a_paper_finding()
    other = a_paper_check(location=finding.paper_check.location, day=later(days=1).date())

    with refuses("paper_finding_keeps_its_place"):
        raw("UPDATE paper_finding SET paper_check_id = ? WHERE id = ?", other.id, finding.id)
    with refuses("paper_finding_is_never_removed"):
        raw("DELETE FROM paper_finding WHERE id = ?", finding.id)
    raw("UPDATE paper_finding SET at = ? WHERE id = ?", "2026-11-20 10:00:00", finding.id)
    close(finding.paper_check)
    with refuses("paper_finding_of_a_closed_check_stays"):
        raw("UPDATE paper_finding SET at = ? WHERE id = ?", "2026-11-20 10:30:00", finding.id)
    assert finding.at == NOW
