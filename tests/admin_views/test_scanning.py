"""Scanning a code opens what it stands for, within the rights, or says why not."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.codes import box_code, numbered_code, order_code
from schema.components import Component
from schema.orders import LabOrder
from schema.tracks import Track
from seed.rights import ROLES
from tests.admin_views.eyes import Eyes
from tests.admin_views.test_matrix import somebody
from tests.web import a_web

CODES = [role.code for role in ROLES]


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def supervisor(clinic):
    return a_web(clinic).as_(somebody("lab_supervisor"))


def opened(browser, typed):
    """Where a code leads that was typed into the field of the page."""
    answer = browser.get("/scan/", query_string={"code": typed})
    return answer.headers["Location"] if answer.status_code == 302 else answer.status_code


def test_a_code_opens_its_card_however_it_was_read(supervisor):
    order = LabOrder.select().where(~LabOrder.is_draft).first()
    code = order_code(order.ticket)
    card = f"/cards/{order.card_id}"

    ways = (code.written, code.plain, code.written.lower(), code.plain.lower(), order.ticket)
    for typed in ways:
        assert opened(supervisor, typed) == card
    assert opened(supervisor, f"https://panel.example.ro/scan/{code.plain}") == card
    assert supervisor.get(f"/scan/{code.plain}").headers["Location"] == card


def test_processes_bags_and_boxes_are_opened_too(supervisor):
    track, part = Track.select().first(), Component.select().first()
    order = LabOrder.select().join(Card).where(Card.closed_at.is_null()).first()
    LabOrder.update(box="Cutia 12-b").where(LabOrder.id == order.id).execute()

    assert opened(supervisor, numbered_code("T", track.id).written) == f"/cards/{track.card_id}"
    there = f"/component/details/?id={part.id}"
    assert opened(supervisor, numbered_code("C", part.id).written) == there
    assert opened(supervisor, box_code("cutia 12b").plain) == f"/cards/{order.card_id}"
    assert opened(supervisor, box_code("Z99").written) == 404


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ("BS-O-26-000001-A", 422, "check character does not fit"),
        ("BS-Q-26-000001-A", 422, "a kind that we do not use: Q"),
        ("Popescu", 422, "no code of our papers"),
        (order_code("99-999999").written, 404, "Nothing that you may see has the code"),
        (numbered_code("C", 2**31 - 1).written, 404, "Nothing that you may see has the code"),
        (numbered_code("T", 9_999_999_999).written, 404, "Nothing that you may see has the code"),
    ],
)
def test_what_opens_nothing_is_refused_in_words(supervisor, typed, status, says):
    answer = supervisor.get("/scan/", query_string={"code": typed})

    assert answer.status_code == status
    assert says in text(answer) and 'role="alert"' in text(answer)


@pytest.mark.parametrize("code", CODES)
def test_each_role_opens_what_it_may_see_and_gets_the_usual_refusal_else(clinic, code):
    person = somebody(code)
    eyes, browser = Eyes(person), a_web(clinic).as_(person)
    rows = eyes.rows(LabOrder) if eyes.may("read", LabOrder) else set()
    orders = list(LabOrder.select().order_by(LabOrder.id))
    inside = [one for one in orders if one.id in rows][:1]
    outside = [one for one in orders if one.id not in rows][:1]
    for order in inside:
        there = opened(browser, order_code(order.ticket).plain)
        assert browser.get(there).status_code == 200
    no = 404 if eyes.may("read", LabOrder) else 403
    for order in outside:
        assert opened(browser, order_code(order.ticket).plain) == no
    assert opened(browser, order_code("99-999999").plain) == no
    part = Component.select().first()
    if not eyes.may("read", Component):
        assert opened(browser, numbered_code("C", part.id).plain) == 403
    scan_in_the_side_bar = 'href="/scan/"' in text(browser.get("/"))
    assert scan_in_the_side_bar == eyes.may("read", LabOrder)


def test_the_search_of_the_top_bar_understands_codes(supervisor):
    order = LabOrder.select().where(~LabOrder.is_draft).first()
    code = order_code(order.ticket)

    whole = supervisor.get("/find/", query_string={"search": code.plain.lower()})
    assert whole.headers["Location"] == f"/scan/?code={code.plain.lower()}"
    offered = text(supervisor.get("/find/answers/", query_string={"search": code.written}))
    assert f'href="/scan/{code.plain}"' in offered and code.written in offered
    wrong = text(supervisor.get("/find/answers/", query_string={"search": code.written[:-1] + "?"}))
    assert "href" not in wrong
    mistyped = code.written[:-1] + ("A" if code.written[-1] != "A" else "B")
    wrong = text(supervisor.get("/find/answers/", query_string={"search": mistyped}))
    assert "check character does not fit" in wrong and "href" not in wrong


def test_only_the_page_that_scans_may_ask_for_the_camera(supervisor):
    assert "camera=(self)" in supervisor.get("/scan/").headers["Permissions-Policy"]
    assert "camera=()" in supervisor.get("/").headers["Permissions-Policy"]
