"""Printing papers and checking them against the screen: copies, findings, the end of a check."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.orders import LabOrder
from schema.papers import PaperFinding, PaperPrint
from schema.staff import Location
from schema.workflow import Refused
from schema.workflow.paper_checks import begin_check, close_check, note_paper
from schema.workflow.papers import print_paper
from tests.factories import NOW, TODAY, later
from tests.factories.cards import moved
from tests.factories.orders import a_draft_order, an_order
from tests.factories.papers import a_paper_check, order_at
from tests.factories.pipelines import a_stage, stage_of
from tests.factories.staff import a_location, a_person

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def me(house):
    return a_person("lab_supervisor").id


def say(check, order, code=None, box="", *, by):
    """The paper of the order says that stage (what the screen says when none is given)."""
    stage = stage_of(order.card.pipeline, code) if code else order.card.stage
    return note_paper(check.id, order.id, stage.id, box, by=by, now=NOW)


def test_each_print_of_a_paper_is_the_next_copy(me):
    order = an_order()

    copies = [print_paper(order.id, kind, by=me, now=NOW) for kind in ("ticket", "ticket", "tray")]

    assert [(one.kind, one.copy_number) for one in copies] == [
        ("ticket", 1),
        ("ticket", 2),
        ("tray", 1),
    ]
    assert {one.by_id for one in copies} == {me}


def test_drafts_unknown_papers_and_orders_that_are_not_there_are_refused(me):
    with pytest.raises(Refused, match="register it before"):
        print_paper(a_draft_order().id, "ticket", by=me, now=NOW)
    with pytest.raises(Refused, match="no such paper"):
        print_paper(an_order().id, "poster", by=me, now=NOW)
    with pytest.raises(Refused, match="does not exist"):
        print_paper(987_654_321, "ticket", by=me, now=NOW)
    assert not PaperPrint.select().exists()


def test_a_day_has_one_check_of_a_place(me):
    place = a_location()
    first = begin_check(place.id, by=me, now=NOW, today=TODAY)

    assert begin_check(place.id, by=me, now=later(hours=1), today=TODAY).id == first.id
    close_check(first.id, by=me, now=later(hours=2))
    with pytest.raises(Refused, match="checked already on that day"):
        begin_check(place.id, by=me, now=later(hours=3), today=TODAY)
    tomorrow = TODAY + dt.timedelta(days=1)
    assert begin_check(place.id, by=me, now=later(days=1), today=tomorrow).id != first.id


def test_a_place_that_ended_is_not_checked(me):
    place = a_location()
    Location.update(ended_on=TODAY).where(Location.id == place.id).execute()

    with pytest.raises(Refused, match="not in use"):
        begin_check(place.id, by=me, now=NOW, today=TODAY)


def test_what_a_paper_says_is_held_against_the_screen(me):
    check = a_paper_check()
    agrees, moved_on, boxed = (order_at(check) for _ in range(3))
    left = an_order()
    LabOrder.update(box="A 12").where(LabOrder.id == boxed.id).execute()
    boxed = LabOrder.get_by_id(boxed.id)

    assert say(check, agrees, by=me).result == "agrees"
    assert say(check, moved_on, "working", "B1", by=me).result == "stage"
    assert say(check, boxed, box="B1", by=me).result == "box"
    assert say(check, boxed, box=" a12 ", by=me).result == "agrees"
    assert say(check, left, by=me).result == "extra"


def test_looking_again_puts_the_finding_right_by_what_the_screen_says_then(me):
    check = a_paper_check()
    order = order_at(check)
    assert say(check, order, "working", by=me).result == "stage"

    moved(order.card, "working")
    again = say(check, LabOrder.get_by_id(order.id), "working", by=me)

    assert again.result == "agrees" and again.row_version == 2
    assert PaperFinding.select().count() == 1


def test_papers_that_nobody_saw_are_missing_when_the_check_closes(me):
    check = a_paper_check()
    seen, lost = order_at(check), order_at(check)
    a_draft_order()
    say(check, seen, by=me)

    closed = close_check(check.id, by=me, now=later(hours=1))

    found = {one.order_id: one.result for one in closed.findings}
    assert found == {seen.id: "agrees", lost.id: "missing"}
    assert close_check(check.id, by=me, now=later(hours=2)).closed_at == closed.closed_at
    with pytest.raises(Refused, match="check is closed"):
        say(check, seen, by=me)


def test_stages_of_another_way_and_foreign_rows_are_refused(me):
    check = a_paper_check()
    order = order_at(check)

    with pytest.raises(Refused, match="stage of the way"):
        note_paper(check.id, order.id, a_stage().id, "", by=me, now=NOW)
    with pytest.raises(Refused, match="does not exist"):
        note_paper(check.id, 987_654_321, order.card.stage_id, "", by=me, now=NOW)
    with pytest.raises(Refused, match="not there"):
        close_check(987_654_321, by=me, now=NOW)
