"""One guard each: the acts on the page of a card are offered and done within the rights."""

from __future__ import annotations

import re

import pytest

from schema.cards import Card, CardStep, Note, Tick
from schema.holds import Hold
from schema.lots import LotUse
from schema.staff import StaffRole
from tests.admin_views.seats import a_role_with, a_seat
from tests.admin_views.test_card_page import RIGHTS, text
from tests.factories.cards import a_card, moved
from tests.factories.lots import a_material_lot
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_location, a_person
from tests.factories.tracks import a_hold

LOTS = {"material": "all", "material_lot": "all", "lot_use": "all create"}
ACTS = RIGHTS | LOTS
READS = dict.fromkeys(ACTS, "all")
# The table on whose rows each act stands, and what it sends.
ON = {
    "move": "card_step",
    "reopen": "card_step",
    "tick": "tick",
    "untick": "tick",
    "hold": "hold",
    "resume": "hold",
    "reassign": "card",
    "lot": "lot_use",
    "note": "note",
}


class Cards:
    """A card with points to tick and to scan, one on hold and one that is closed."""

    def __init__(self, **facts) -> None:
        self.way = a_pipeline()
        start = stage_of(self.way, "new")
        self.point = a_control_point(stage=start, name="Bite is usable")
        a_control_point(stage=start, evidence="lot")
        for evidence in ("tick", "lot"):
            a_control_point(stage=start, evidence=evidence, required=False)
        self.open, self.held = (a_card(pipeline=self.way, **facts) for _ in range(2))
        self.closed = moved(a_card(**facts), "working", "done")
        a_hold(card=self.held)

    def sent(self, browser, act: str) -> int:
        """The answer to an act on the card that it fits."""
        card = {"reopen": self.closed, "resume": self.held}.get(act, self.open)
        form = {
            "stage": stage_of(card.pipeline, "working").id,
            "point": self.point.id,
            "staff": a_person().id,
            "lot": a_material_lot().lot_number,
        }
        words = {"reason": "patient", "clock": "patient", "text": "Look", "seen": 0}
        return browser.send(f"/cards/{card.id}/{act}", form | words).status_code

    def offered(self, browser) -> set[str]:
        """The acts for which one of the pages has a form."""
        pages = [text(browser.get(f"/cards/{c.id}")) for c in (self.open, self.held, self.closed)]
        return set(re.findall(r'action="/cards/\d+/(\w+)"', "".join(pages)))


def written() -> int:
    tables = (CardStep, Tick, Hold, LotUse, Note)
    return sum(table.select().count() for table in tables)


def test_acts_are_offered_to_who_may_do_them(house):
    cards = Cards()
    browser, _ = a_seat(house, ACTS)
    assert cards.offered(browser) == set(ON) - {"untick"}
    assert cards.sent(browser, "tick") == 302
    assert "untick" in cards.offered(browser)


def test_who_only_reads_is_offered_nothing_and_does_nothing(house):
    cards = Cards()
    browser, _ = a_seat(house, READS)
    before = written()

    assert cards.offered(browser) == set()
    assert {act: cards.sent(browser, act) for act in ON} == dict.fromkeys(ON, 403)
    assert written() == before


@pytest.mark.parametrize(
    ("limits", "acts"),
    [
        ({"fixes": "card_step.to_stage"}, {"move"}),
        ({"fixes": "card_step.mode"}, {"reopen"}),
        ({"fixes": "tick.done"}, {"tick", "untick"}),
        ({"fixes": "card.responsible"}, {"reassign"}),
        ({"fixes": "note.text"}, {"note"}),
        ({"hides": "material_lot.lot_number"}, {"lot"}),
    ],
)
def test_an_act_needs_the_right_to_its_column(house, limits, acts):
    cards = Cards()
    browser, _ = a_seat(house, ACTS, **limits)
    before = written()

    assert not cards.offered(browser) & acts
    assert {act: cards.sent(browser, act) for act in acts} == dict.fromkeys(acts, 403)
    assert written() == before


def test_acts_reach_no_further_than_the_own_rows(house):
    own = {table: ACTS[table].replace("all", "own") for table in ON.values()}
    browser, me = a_seat(house, ACTS | own)
    StaffRole.create(staff=me, role=a_role_with({"card": "all"}, code="reader"))
    foreign, mine = Cards(), Cards(responsible=me)
    before = written()

    assert {act: foreign.sent(browser, act) for act in ON} == dict.fromkeys(ON, 403)
    assert written() == before and Card.get_by_id(foreign.open.id).responsible is None
    assert {act: mine.sent(browser, act) for act in ("tick", "hold", "note")} == dict.fromkeys(
        ("tick", "hold", "note"), 302
    )


def test_a_card_is_given_to_people_of_the_own_rows(house):
    here, there = a_location(), a_location()
    near, far = (a_person(location=place) for place in (here, there))
    browser, _ = a_seat(house, ACTS | {"staff": "location"}, location=here)
    card = a_card()
    options = text(browser.get(f"/cards/{card.id}")).split('id="to-whom"')[1].split("</select>")[0]
    assert f'value="{near.id}"' in options and f'value="{far.id}"' not in options

    for whom in (near, far):
        browser.send(f"/cards/{card.id}/reassign", {"staff": whom.id})

    assert Card.get_by_id(card.id).responsible == near
    assert "who works here" in text(browser.get(f"/cards/{card.id}"))
