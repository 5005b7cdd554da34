"""Eight processes guess one PIN on two tablets: five guesses are looked at, whoever is fastest."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from schema.sessions import SignIn
from schema.tablets import SharedDevice, StaffPin
from schema.workflow import Refused
from schema.workflow.pins import pin_of
from schema.workflow.tablets import open_tablet, sign_in_at
from tests.concurrency.crowd import PEOPLE, Crowd
from tests.factories.staff import a_person
from tests.factories.tablets import PIN, a_pin, a_tablet

NOW = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)
GUESSES = 4


def guessing(place: int, tablets: list[int], person: int) -> Counter[str]:
    """Four wrong PINs from one of the tablets; what each was told."""
    tally = Counter[str]()
    tablet = SharedDevice.get_by_id(tablets[place % len(tablets)])
    for guess in range(GUESSES):
        pin = f"60{place}{guess}18"
        try:
            sign_in_at(tablet, person, pin, address="10.0.0.7", agent="A tablet", now=NOW)
        except Refused as refusal:
            tally[str(refusal).split(".")[0]] += 1
    return tally


def taking_turns(place: int, tablet: int, people: list[int]) -> int:
    """Sign in with a right PIN, again and again; how often it was let in."""
    device = SharedDevice.get_by_id(tablet)
    for _ in range(GUESSES):
        sign_in_at(device, people[place], PIN, address="10.0.0.7", agent="A tablet", now=NOW)
    return GUESSES


def test_a_crowd_has_five_guesses_and_not_one_more(house, crowd: Crowd):
    first = a_tablet()
    second = a_tablet(location=first.location)
    person = a_person(location=first.location)
    a_pin(staff=person)

    told = sum(crowd.all_do(house.url, guessing, [first.id, second.id], person.id), Counter())

    locked = "This PIN is locked after five wrong tries"
    assert told["This PIN is not right"] == 4
    assert told[locked] == PEOPLE * GUESSES - 4 and told.total() == PEOPLE * GUESSES
    assert pin_of(person).wrong_tries == 5
    assert sum(one.wrong_tries for one in SharedDevice.select()) == 5
    assert not SignIn.select().exists()


def test_right_pins_together_leave_one_open_session_and_no_count(house, crowd: Crowd):
    tablet = a_tablet()
    people = [a_person(location=tablet.location) for _ in range(PEOPLE)]
    for person in people:
        a_pin(staff=person)

    told = crowd.all_do(house.url, taking_turns, tablet.id, [one.id for one in people])

    assert sum(told) == PEOPLE * GUESSES == SignIn.select().count()
    assert SignIn.select().where(SignIn.ended_at.is_null()).count() == 1
    assert {one.wrong_tries for one in StaffPin.select()} == {0}
    assert open_tablet(tablet.id).wrong_tries == 0
