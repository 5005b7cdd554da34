"""Outside works on the screen: a scan finds them, forms send and take back, a question a table."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from bench.questions import counted
from reports import custody
from schema.codes import numbered_code
from schema.outside import Outsourcing
from tests.admin_views.seats import a_seat
from tests.factories import TODAY, later
from tests.factories.components import a_component, a_component_movement
from tests.factories.lab import a_subcontractor
from tests.factories.tracks import a_track, an_outsourcing

HREF = re.compile(r'href="([^"]+)"')
PARTS = {"component": "all", "component_kind": "all", "component_movement": "all create"}
RIGHTS = PARTS | {
    "lab_order": "all",
    "track": "all",
    "card": "all",
    "stage": "all",
    "pipeline": "all",
    "subcontractor": "all",
    "outsourcing": "all create edit",
}


class Floor:
    """A supervisor's browser, a process with a part in the laboratory, and a firm."""

    def __init__(self, house) -> None:
        self.browser, self.me = a_seat(house, RIGHTS)
        self.track = a_track(name="12–22")
        self.part = a_component(order=self.track.order)
        a_component_movement(component=self.part, number=2)
        self.firm = a_subcontractor(name="Frezaj Central", usual_days=3)

    def send(self, **more):
        form = {"firm": self.firm.id, "method": "courier", "units": 2, "cost": "450,50"}
        return self.browser.send(f"/outside/send/{self.track.card_id}", form | more)

    @property
    def hands(self):
        held = custody.held([self.part.id])[self.part.id]
        return {hands: number for hands, number in held.items() if number > 0}


@pytest.fixture
def floor(house):
    return Floor(house)


def test_a_form_sends_a_process_with_its_parts_on_the_proposed_day(floor):
    page = floor.browser.get(f"/outside/send/{floor.track.card_id}").get_data(as_text=True)
    assert "says 3 days; only 0 past works, no percentile" in page

    lines = {f"t.{floor.part.id}.lab": "on", f"n.{floor.part.id}.lab": "1"}
    answer = floor.send(**lines)
    work = Outsourcing.get()
    assert answer.location.endswith(f"/outside/{work.id}")
    assert (work.units, work.cost, work.currency, work.method) == (2, 45_050, "RON", "courier")
    assert work.expected_on - work.sent_at.date() in (dt.timedelta(3), dt.timedelta(4))
    assert floor.hands == {"lab": 1, "subcontractor": 1}
    assert "Frezaj Central" in floor.browser.get("/outside/").get_data(as_text=True)


def test_a_form_that_makes_no_sense_keeps_what_was_typed(floor):
    answer = floor.send(method="pigeon", document="AV 12")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Choose how it is sent." in page
    assert 'value="AV 12"' in page
    assert not Outsourcing.select().exists()


def test_what_is_back_is_taken_with_exceptions(floor):
    floor.send(**{f"t.{floor.part.id}.lab": "on", f"n.{floor.part.id}.lab": "2"})
    work = Outsourcing.get()
    told = {f"t.{floor.part.id}": "on", f"n.{floor.part.id}": "1", "how": "faulty"}
    floor.browser.send(f"/outside/{work.id}/back", told | {"faults": " "})
    assert Outsourcing.get().returned_at is None, "what is wrong must be said"

    floor.browser.send(f"/outside/{work.id}/back", told | {"faults": "Cracked"})
    back = Outsourcing.get()
    assert (back.outcome, back.faults, back.cost) == ("faulty", "Cracked", 45_050)
    assert floor.hands == {"lab": 1, "subcontractor": 1}
    page = floor.browser.get("/outside/").get_data(as_text=True)
    assert "Parts that did not come back with their work" in page
    rest = {f"t.{floor.part.id}": "on", f"n.{floor.part.id}": "1"}
    floor.browser.send(f"/outside/{work.id}/parts", rest)
    assert floor.hands == {"lab": 2}


def test_a_scan_of_any_code_of_the_work_opens_what_is_outside(floor):
    work = an_outsourcing(track=floor.track)
    for code in (floor.track.order.ticket, numbered_code("T", floor.track.id).plain):
        answer = floor.browser.get("/outside/scan", query_string={"code": code})
        assert answer.location.endswith(f"/outside/{work.id}")
    other = a_track(order=floor.track.order)
    an_outsourcing(track=other)
    answer = floor.browser.get("/outside/scan", query_string={"code": floor.track.order.ticket})
    assert answer.location.endswith(f"/outside/?order={floor.track.order_id}")
    answer = floor.browser.get("/outside/scan?code=26-999999", follow_redirects=True)
    assert "Nothing of the work with the code" in answer.get_data(as_text=True)


def test_a_scan_of_a_work_that_is_here_leads_to_sending_it(floor):
    ticket = floor.track.order.ticket
    answer = floor.browser.get("/outside/scan", query_string={"code": ticket})
    assert answer.location.endswith(f"/outside/send/{floor.track.card_id}")

    other = a_track(order=floor.track.order, name="other one")
    answer = floor.browser.get("/outside/scan", query_string={"code": ticket})
    assert answer.location.endswith(f"/outside/?order={floor.track.order_id}")
    page = floor.browser.get(answer.location).get_data(as_text=True)
    for track in (floor.track, other):
        assert f"/outside/send/{track.card_id}" in page
    an_outsourcing(track=other)
    page = floor.browser.get(answer.location).get_data(as_text=True)
    assert f"/outside/send/{other.card_id}" not in page


def test_outside_works_have_one_entry_in_the_side_bar(floor):
    side = floor.browser.get("/outside/").get_data(as_text=True).split('<nav class="side"')[1]
    side = side.split("</nav>")[0]
    assert side.count("Outside works") == 1
    assert 'href="/outside/" aria-current="page"' in side
    assert 'href="/outsourcing/"' not in side

    page = floor.browser.get("/outside/").text
    assert page.count('href="/outsourcing/"') == 1, "the page leads to the list"
    assert 'href="/outside/" aria-current="page"' in floor.browser.get("/outsourcing/").text


def test_who_may_not_know_firms_has_the_list_in_the_side_bar(house):
    browser, _ = a_seat(
        house, {one: said for one, said in RIGHTS.items() if one != "subcontractor"}
    )
    side = browser.get("/outsourcing/").text
    assert 'href="/outsourcing/" aria-current="page"' in side
    assert 'href="/outside/"' not in side


def test_late_works_come_first_and_firms_show_percentiles_only_of_enough(floor):
    late = a_track(name="late one")
    an_outsourcing(track=floor.track, expected_on=TODAY + dt.timedelta(days=4000))
    an_outsourcing(track=late, sent_at=later(days=-30), expected_on=TODAY - dt.timedelta(days=20))
    page = floor.browser.get("/outside/").get_data(as_text=True)
    assert page.index("late one") < page.index("12–22")
    assert "too few works" in page


def test_a_price_is_hidden_from_who_may_not_know_it(house):
    work = an_outsourcing(cost=987_654)
    browser, _ = a_seat(house, RIGHTS, hides="outsourcing.cost outsourcing.currency")
    for path in ("/outside/", f"/outside/{work.id}"):
        page = browser.get(path).get_data(as_text=True)
        assert "9,876.54" not in page
        assert "9.876,54" not in page
    assert browser.send(f"/outside/{work.id}/cost", {"cost": "1"}).status_code == 403


def test_more_works_cost_no_more_questions(floor):
    def gone_along():
        work = an_outsourcing()
        part = a_component(order=work.track.order)
        a_component_movement(component=part)
        hands = {"from_holder": "lab", "to_holder": "subcontractor"}
        a_component_movement(component=part, outsourcing=work, **hands)

    gone_along()
    floor.browser.get("/outside/")
    gone_along()  # what was looked at before is not written into the log again
    few = counted(lambda: floor.browser.get("/outside/"))
    for _ in range(6):
        gone_along()
    assert counted(lambda: floor.browser.get("/outside/")) <= few


def test_the_card_of_an_order_leads_to_its_firms_or_to_sending(floor):
    order, other = floor.track.order, a_track(order=floor.track.order)

    def link():
        page = floor.browser.get(f"/cards/{order.card_id}").text
        return [one for one in HREF.findall(page.split("<main")[1]) if one.startswith("/outside/")]

    assert link() == [f"/outside/?order={order.id}"]
    work = an_outsourcing(track=floor.track, subcontractor=floor.firm)
    assert link() == [f"/outside/{work.id}"]
    an_outsourcing(track=other)
    assert link() == [f"/outside/?order={order.id}"]
    assert "Outside: Frezaj Central, " in floor.browser.get(f"/cards/{order.card_id}").text
