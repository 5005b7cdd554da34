"""Chosen cards are led from a list to the form that takes them to another pipeline."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from schema.cards import Card
from schema.workflow.pipeline_publishing import publish
from schema.workflow.pipelines import next_version
from tests.admin_views.seats import a_seat
from tests.factories import NOW
from tests.factories import pipelines as make
from tests.factories.cards import a_card, moved
from tests.factories.leads import a_lead

MAPS = ("pipeline", "stage", "stage_step", "control_point")
RIGHTS = dict.fromkeys(MAPS, "all") | {
    "card": "all edit",
    "card_step": "all create",
    "lead": "all edit",
}


@pytest.fixture
def seat(house):
    return a_seat(house, RIGHTS)


def a_new_version(old):
    draft = next_version(old.id, by=None, now=NOW)
    return publish(draft.id, by=None, now=NOW) or draft


def asked(location: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(location).query)


def test_ticked_rows_lead_to_the_form_of_the_only_other_way(seat):
    browser, _ = seat
    old = make.a_pipeline(code="rounds")
    first, second, third = (a_card(pipeline=old) for _ in range(3))
    a_new_version(old)
    page = browser.get("/card/").text
    assert 'formaction="/take-over/"' in page

    sent = browser.send("/take-over/", {"table": "card", "rowid": [first.id, third.id]})

    led = asked(sent.headers["Location"])
    assert led == {"from": [str(old.id)], "card": [str(first.id), str(third.id)]}
    assert second.id is not None and browser.get(sent.headers["Location"]).status_code == 200


def test_the_page_of_an_open_card_leads_there(seat):
    browser, _ = seat
    card, closed = a_card(), moved(a_card(), "working", "done")

    assert f'href="/take-over/?card={card.id}"' in browser.get(f"/cards/{card.id}").text
    assert "/take-over/" not in browser.get(f"/cards/{closed.id}").text


def test_rows_that_stand_on_cards_are_taken_by_their_cards(seat):
    browser, _ = seat
    old, other = make.a_pipeline(code="rounds"), make.a_pipeline(code="walks")
    lead = a_lead(card=a_card(pipeline=old))

    sent = browser.send("/take-over/", {"table": "lead", "rowid": [lead.id]})

    assert f"/pipelines/{other.id}/move" in sent.headers["Location"]
    assert asked(sent.headers["Location"])["card"] == [str(lead.card_id)]


def test_cards_of_several_ways_are_offered_one_way_after_the_other(seat):
    browser, _ = seat
    ways = [make.a_pipeline(code=code) for code in ("rounds", "walks")]
    cards = [a_card(pipeline=way) for way in ways]

    page = browser.get(f"/take-over/?card={cards[0].id}&card={cards[1].id}").text

    for here, there, card in zip(ways, reversed(ways), cards, strict=True):
        assert f"/pipelines/{there.id}/move?card={card.id}&amp;from={here.id}" in page


def test_closed_cards_and_numbers_of_nothing_are_passed_over_in_words(seat):
    browser, _ = seat
    closed = moved(a_card(pipeline=make.a_pipeline()), "working", "done")
    make.a_pipeline()

    for said in ({"rowid": [closed.id]}, {"rowid": ["99999"]}, {}):
        sent = browser.send("/take-over/", {"table": "card"} | said)
        assert "None of these is open" in browser.get(sent.headers["Location"]).text


def test_only_cards_within_the_right_to_move_are_taken(house):
    browser, me = a_seat(house, RIGHTS | {"card_step": "own create"})
    old, new = make.a_pipeline(code="rounds"), make.a_pipeline(code="walks")
    mine, foreign = a_card(pipeline=old, responsible=me), a_card(pipeline=old)
    here, there = make.stage_of(old, "new"), make.stage_of(new, "new")

    sent = browser.send("/take-over/", {"table": "card", "rowid": [mine.id, foreign.id]})
    where = {"from": old.id, f"m.{here.id}": there.id, "reason": "The new way"}
    browser.send(f"/pipelines/{new.id}/move", where)

    assert asked(sent.headers["Location"])["card"] == [str(mine.id)]
    ways = [Card.get_by_id(one.id).pipeline_id for one in (mine, foreign)]
    assert ways == [new.id, old.id]


def test_who_may_not_take_cards_over_is_not_offered_it(house):
    browser, _ = a_seat(house, RIGHTS | {"card_step": "all"})
    card = a_card()

    for page in ("/card/", f"/cards/{card.id}"):
        assert "/take-over/" not in browser.get(page).text, page
    assert browser.get(f"/take-over/?card={card.id}").status_code == 403


def test_cards_and_rows_beyond_the_own_are_not_taken_over(house):
    browser, me = a_seat(house, RIGHTS | {"card": "own edit"})
    old, new = make.a_pipeline(code="rounds"), make.a_pipeline(code="walks")
    mine, foreign = a_card(pipeline=old, responsible=me), a_card(pipeline=old)
    here, there = make.stage_of(old, "new"), make.stage_of(new, "new")

    led = browser.get(f"/take-over/?card={mine.id}&card={foreign.id}").headers["Location"]
    form = browser.get(f"/pipelines/{new.id}/move").text
    where = {"from": old.id, f"m.{here.id}": there.id, "reason": "The new way"}
    browser.send(f"/pipelines/{new.id}/move", where)

    assert asked(led)["card"] == [str(mine.id)]
    assert ">1</td>" in form and ">2</td>" not in form
    assert Card.get_by_id(foreign.id).pipeline == old


def test_records_beyond_the_own_lead_to_no_card(house):
    browser, _ = a_seat(house, RIGHTS | {"lead": "own edit"})
    old = make.a_pipeline(code="rounds")
    make.a_pipeline(code="walks")
    foreign = a_lead(card=a_card(pipeline=old))

    sent = browser.send("/take-over/", {"table": "lead", "rowid": [foreign.id]})

    assert "None of these is open" in browser.get(sent.headers["Location"]).text
