"""The pages of components: a scan opens the ledger, whatever code of the work is scanned."""

from __future__ import annotations

import pytest

from schema.codes import box_code, numbered_code, order_code
from schema.staff import Staff
from schema.workflow.boxes import put_in_box
from schema.workflow.custody import list_component, settle
from schema.workflow.custody_incidents import report_missing
from tests.admin_views.seats import a_seat
from tests.factories import NOW, later
from tests.factories.components import a_component_kind
from tests.factories.orders import an_order
from tests.factories.staff import a_person

RIGHTS = {"lab_order": "all", "component": "all", "component_kind": "all"} | {
    "component_movement": "all"
}


@pytest.mark.parametrize("what", ["box", "ticket", "bag", "paper", "label"])
def test_any_code_of_a_work_opens_its_ledger(house, what):
    browser, _ = a_seat(house, RIGHTS)
    order, me = an_order(), a_person("technician").id
    part = list_component(order.id, a_component_kind().id, 1, by=me, now=NOW)
    put_in_box(order.id, "B7", by=me, now=NOW)
    code = {
        "box": "b7",
        "ticket": order.ticket,
        "bag": numbered_code("C", part.id).plain,
        "paper": order_code(order.ticket).written,
        "label": box_code("B7").written,
    }[what]

    answer = browser.get("/custody/scan", query_string={"code": code})

    assert answer.location.endswith(f"/custody/order/{order.id}"), answer.location


def test_a_code_of_nothing_leads_back_with_a_sentence(house):
    browser, _ = a_seat(house, RIGHTS)
    for code in ("B99", "BS-B-B7-X", "26-999999"):
        answer = browser.get("/custody/scan", query_string={"code": code}, follow_redirects=True)
        assert "No work that you may see has the code" in answer.get_data(as_text=True)


def test_components_are_found_by_their_name_in_the_readers_language(house):
    browser, _ = a_seat(house, RIGHTS | {"staff": "all"})
    order, me = an_order(), a_person("technician").id
    for code, name in (("SCREWT", "Laboratory screw"), ("BITE", "Bite registration")):
        kind = a_component_kind(code=code, name=name)
        list_component(order.id, kind.id, 2, by=me, now=NOW, holder="lab")

    assert "Bite registration" not in browser.get("/custody/?q=screw").text
    Staff.update(language="ro").execute()
    for term in ("șurub", "surub", "Laboratory screw"):
        page = browser.get("/custody/", query_string={"q": term}).text
        assert "Șurub de laborator" in page, term
        assert "ocluz" not in page, term


def test_each_line_of_the_inventory_says_since_when_these_hands_hold_it(house):
    browser, _ = a_seat(house, RIGHTS | {"staff": "all", "component_incident": "all"})
    order, me = an_order(), a_person("technician").id
    part = list_component(order.id, a_component_kind().id, 3, by=me, now=NOW, holder="lab")
    report_missing(part.id, 1, "lab", by=me, now=later(days=2))
    settle([(part.id, 1)], "lab", "subcontractor", by=me, now=later(days=5))

    lines = browser.get("/custody/").text.split("<tbody>")[1].split("</tr>")
    days = {
        hands: next(line for line in lines if hands in line)
        for hands in ("Laboratory", "Missing", "Firm outside")
    }
    for hands, moment in (("Laboratory", NOW), ("Missing", later(days=2))):
        assert f"{moment.day} Nov 2026" in days[hands], hands
    assert f"{later(days=5).day} Nov 2026" in days["Firm outside"]
