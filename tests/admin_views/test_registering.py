"""The chart of an order's teeth on the screen, what is missing, and the button that registers."""

from __future__ import annotations

import json
from html import unescape

import pytest

from schema.cards import Card
from schema.orders import LabOrder
from schema.workflow.chart import chart_of
from tests.admin_views.seats import a_seat
from tests.factories import NOW
from tests.factories.lab import a_work_type
from tests.factories.orders import a_draft_order, an_order, an_order_tooth
from tests.factories.tracks import a_track

TEETH = {"order_tooth": "create edit", "order_connector": "create edit"}
NEEDED = dict.fromkeys(("patient", "card", "work_type", "material", "shade", "staff"), "all")
BRIDGE = {"part.12": "crown", "part.11": "pontic", "part.21": "crown", "join.12-11": "1"}


def at_the_desk(house, **rights):
    return a_seat(house, NEEDED | TEETH | {"lab_order": "create edit"} | rights)[0]


def text(answer):
    return answer.get_data(as_text=True)


def send(browser, order, **fields):
    return browser.send(f"/register/{order.id}/keep", {"version": order.row_version} | fields)


def due(order):
    Card.update(due_at=NOW).where(Card.id == order.card_id).execute()


def test_the_page_of_a_draft_names_what_is_missing_and_leads_to_it(house):
    order = a_draft_order(work_type=a_work_type(needs_stump=True), shade=None)
    browser = at_the_desk(house)
    for path in (f"/lab-order/details/?id={order.id}", f"/register/{order.id}"):
        page = text(browser.get(path))
        assert "4 things are missing" in page
        assert f"/lab-order/edit/?id={order.id}#stump_shade" in page
        assert f"/register/{order.id}#chart" in page


def test_a_drawn_bridge_is_kept_and_registered_in_one_act(house):
    order = a_draft_order(work_type=a_work_type(is_bridge=True))
    due(order)
    answer = send(at_the_desk(house), order, act="register", **BRIDGE, **{"join.11-21": "1"})
    assert answer.status_code == 302
    assert not LabOrder.get_by_id(order.id).is_draft
    assert chart_of(order)[1] == [(11, 12), (11, 21)]


def test_an_incomplete_order_keeps_the_chart_it_had_and_shows_what_was_drawn(house):
    order = a_draft_order()
    an_order_tooth(order=order, tooth=36)
    answer = send(at_the_desk(house), order, act="register", **BRIDGE)
    assert answer.status_code == 422
    assert "a due date is set" in text(answer)
    assert 'name="part.12" value="crown"' in text(answer)
    assert [mark.tooth for mark in chart_of(order)[0]] == [36]


@pytest.mark.parametrize(
    "odd",
    [
        {"part.99": "crown"},
        {"part.11": "<script>"},
        {"part.x": "crown", "join.1": "1", "join.11-41": "1"},
        {"version": "²", **BRIDGE},
        {"part.11": "crown", "implant.11": "x" * 5000, "join.88-88": "1"},
    ],
)
def test_what_no_chart_of_ours_sends_is_refused_in_words(house, odd):
    order = a_draft_order()
    answer = send(at_the_desk(house), order, act="save", **odd)
    assert answer.status_code in (302, 422)
    assert "<script>&" not in text(answer) and 'value="<script>' not in text(answer)


def test_a_registered_order_goes_back_to_draft_or_says_why_not(house):
    order = an_order()
    browser = at_the_desk(house)
    assert browser.send(f"/register/{order.id}/draft").status_code == 302
    assert LabOrder.get_by_id(order.id).is_draft
    busy = a_track().order
    browser.send(f"/register/{busy.id}/draft")
    assert "has begun" in text(browser.get(f"/register/{busy.id}"))
    assert not LabOrder.get_by_id(busy.id).is_draft


def test_the_chart_of_an_order_outside_of_the_scope_does_not_exist(house):
    order = a_draft_order()
    browser = at_the_desk(house, lab_order="own create edit")
    assert browser.get(f"/register/{order.id}").status_code == 404
    assert send(browser, order, act="save").status_code == 404
    assert browser.send(f"/register/{order.id}/draft").status_code == 404


def test_who_only_reads_sees_the_chart_and_writes_nothing(house):
    order = a_draft_order()
    browser = at_the_desk(house, lab_order="all", order_tooth="all", order_connector="all")
    page = text(browser.get(f"/register/{order.id}"))
    assert "Register</button>" not in page and "Save teeth" not in page
    for act in ("save", "register"):
        assert send(browser, order, act=act, **BRIDGE).status_code == 403
    assert browser.send(f"/register/{order.id}/draft").status_code == 403


def test_who_may_only_add_teeth_draws_an_empty_chart_once(house):
    order = a_draft_order()
    adds = {"order_tooth": "create", "order_connector": "create", "lab_order": "create"}
    browser = at_the_desk(house, **adds)
    assert send(browser, order, act="save", **BRIDGE).status_code == 302
    again = LabOrder.get_by_id(order.id)
    assert send(browser, again, act="save", **{"part.36": "crown"}).status_code == 403


def test_who_may_not_know_of_teeth_does_not_see_their_chart(house):
    order = a_draft_order()
    browser = a_seat(house, NEEDED | {"lab_order": "create edit"})[0]
    assert browser.get(f"/register/{order.id}").status_code == 403
    assert "/register/" not in text(browser.get(f"/lab-order/details/?id={order.id}"))


def test_the_form_of_an_order_knows_what_each_kind_of_work_does_not_ask_for(house):
    works = [a_work_type(needs_shade=False, needs_teeth=False), a_work_type(needs_stump=True)]
    browser = at_the_desk(house, patient="create")
    page = text(browser.get("/lab-order/new/"))
    told = json.loads(unescape(page.split("data-works='")[1].split("'")[0]))
    assert "shade" in told[str(works[0].id)] and "arch" not in told[str(works[0].id)]
    assert told[str(works[1].id)] == ["arch"]
    assert "data-works" not in text(browser.get("/patient/new/"))
