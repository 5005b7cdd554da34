"""All open cards of an absent colleague are given to another on one page, within the rights."""

from __future__ import annotations

import re

import pytest

from schema.cards import Card
from schema.staff import StaffRole
from tests.admin_views.seats import a_role_with, a_seat
from tests.factories import NOW
from tests.factories.cards import a_card, moved
from tests.factories.hours import an_absence
from tests.factories.staff import a_location, a_person

LISTS = dict.fromkeys(("pipeline", "stage", "staff", "absence"), "all")
RIGHTS = LISTS | {"card": "all edit", "lead": "all"}


@pytest.fixture
def seat(house):
    return a_seat(house, RIGHTS)


def holder_of(card: Card) -> int | None:
    return Card.get_by_id(card.id).responsible_id


def test_the_page_of_a_person_leads_to_giving_all_they_hold_away(seat):
    browser, me = seat
    away, here = a_person(), a_person()
    held, closed = [a_card(responsible=away) for _ in range(2)], a_card(responsible=away)
    moved(closed, "working", "done")
    assert "/hand-over/begin" in browser.get(f"/staff/details/?id={away.id}").text

    led = browser.send("/hand-over/begin", {"staff_id": away.id}).headers["Location"]
    assert "Give 2 cards" in browser.get(led).text
    sent = browser.send(led, {"staff": here.id})

    assert "2 cards are with" in browser.get(sent.headers["Location"]).text
    assert {holder_of(one) for one in held} == {here.id} and holder_of(closed) == away.id


@pytest.mark.parametrize("staff", ["", "x", "987654", "own", "left"])
def test_nobody_themselves_and_who_left_are_refused_in_words(seat, staff):
    browser, _ = seat
    away, left = a_person(), a_person(ended_on=NOW.date())
    card = a_card(responsible=away)
    to = {"own": away.id, "left": left.id}.get(staff, staff)

    answer = browser.send(f"/hand-over/{away.id}", {"staff": to})

    assert answer.status_code == 422 and "who works here" in answer.text
    assert holder_of(card) == away.id


def test_who_is_away_today_is_marked(seat):
    browser, _ = seat
    holder, away = a_person(), a_person(last_name="Olaru", first_name="Ilie")
    a_card(responsible=holder)
    an_absence(staff=away, starts_on="2000-01-01", ends_on="2099-01-01")

    assert "Olaru Ilie (away)" in browser.get(f"/hand-over/{holder.id}").text


def test_colleagues_stand_as_in_the_romanian_alphabet(seat):
    browser, _ = seat
    holder = a_person(last_name="Abrudan")
    a_card(responsible=holder)
    names = ("Balan", "Bălan", "Crăciun", "Cârstea", "Sandu", "Șerban", "Tudor")
    for name in reversed(names):
        a_person(last_name=name, first_name="Ana")

    page = browser.get(f"/hand-over/{holder.id}").text

    found = [name for name in re.findall(r">(\w+) Ana<", page) if name in names]
    assert found == ["Balan", "Bălan", "Cârstea", "Crăciun", "Sandu", "Șerban", "Tudor"]


def test_only_cards_that_the_person_may_edit_are_counted_and_given(house):
    browser, me = a_seat(house, RIGHTS | {"card": "own edit"})
    StaffRole.create(staff=me, role=a_role_with({"card": "all"}, code="reader"))
    other, here = a_person(), a_person()
    mine, foreign = a_card(responsible=me), a_card(responsible=other)

    assert "no open card" in browser.get(f"/hand-over/{other.id}").text
    browser.send(f"/hand-over/{other.id}", {"staff": here.id})
    browser.send(f"/hand-over/{me.id}", {"staff": here.id})

    assert (holder_of(mine), holder_of(foreign)) == (here.id, other.id)


def test_who_may_not_change_cards_gives_none_away(house):
    browser, me = a_seat(house, RIGHTS | {"card": "all"})

    assert browser.get(f"/hand-over/{me.id}").status_code == 403
    assert "/hand-over/" not in browser.get(f"/staff/details/?id={me.id}").text


def test_people_of_other_places_are_neither_told_nor_given_cards(house):
    here, there = a_location(), a_location()
    limits = {"staff": "location", "absence": "own"}
    browser, _ = a_seat(house, RIGHTS | limits, location=here)
    near, far = a_person(location=here, last_name="Olaru"), a_person(location=there)
    holder = a_person(location=here)
    card, distant = a_card(responsible=holder), a_card(responsible=far)
    an_absence(staff=near, starts_on="2000-01-01", ends_on="2099-01-01")

    page = browser.get(f"/hand-over/{holder.id}").text
    refused = browser.send(f"/hand-over/{holder.id}", {"staff": far.id})

    assert "Olaru" in page and "(away)" not in page and f'value="{far.id}"' not in page
    assert refused.status_code == 422 and holder_of(card) == holder.id
    assert browser.get(f"/hand-over/{far.id}").status_code == 404
    assert browser.send(f"/hand-over/{far.id}", {"staff": near.id}).status_code == 404
    assert holder_of(distant) == far.id


def test_who_may_not_know_where_cards_stand_gives_none_away(house):
    browser, me = a_seat(house, RIGHTS, hides="card.stage")
    assert browser.get(f"/hand-over/{me.id}").status_code == 403
