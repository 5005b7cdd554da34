"""The pages of Set-up obey rows and columns: whoever keeps one location changes no other."""

from __future__ import annotations

import pytest

from schema.hours import Holiday, OpeningHours
from schema.messages import Wording
from schema.skills import Skill
from tests.admin_views.seats import a_seat
from tests.factories.staff import a_location, a_person
from tests.web import a_web

HOURS = {"opening_hours": "location create edit", "location": "all"}
SKILLS = {"skill": "location create edit", "staff": "all", "stage": "all"}


def week_of(place):
    return {f"h.{place.id}.1.0.from": "08:00", f"h.{place.id}.1.0.to": "16:00"}


@pytest.fixture
def places(house):
    return a_location(name="Ours"), a_location(name="Theirs")


def test_the_hours_of_another_location_stay_as_they_are(house, places):
    ours, theirs = places
    browser, _ = a_seat(house, HOURS, location=ours)
    OpeningHours.create(location=theirs, weekday=2, opens_at=480, closes_at=960)

    for week in (week_of(theirs), {}):
        assert browser.send(f"/hours/?location={theirs.id}", week).status_code == 403
    assert [row.weekday for row in OpeningHours.select()] == [2]
    assert browser.send(f"/hours/?location={ours.id}", week_of(ours)).status_code == 302
    assert OpeningHours.select().where(OpeningHours.location == ours).count() == 1


@pytest.mark.parametrize(
    ("path", "rights", "column"),
    [
        ("/hours/", HOURS, "opening_hours.closes_at"),
        ("/skills/", SKILLS, "skill.level"),
        ("/closed-days/", {"holiday": "all create edit", "location": "all"}, "holiday.name"),
        ("/wordings/", {"wording": "all edit"}, "wording.subject"),
    ],
)
def test_a_page_is_closed_to_whoever_may_only_read_one_of_its_columns(house, path, rights, column):
    browser, staff = a_seat(house, rights, fixes=column, location=a_location(name="Ours"))
    assert browser.get(path).status_code == 403, staff


def test_closed_days_of_all_locations_are_not_for_whoever_keeps_one(house, places):
    browser, _ = a_seat(
        house, {"holiday": "location create edit", "location": "all"}, location=places[0]
    )
    assert browser.send("/closed-days/", {"k.0": "1", "d.0": "2026-12-24"}).status_code == 403
    assert not Holiday.select().exists()


def test_a_line_far_away_makes_no_endless_page(house):
    browser, _ = a_seat(house, {"holiday": "all create edit", "location": "all"})
    sent = {"d.99999999999": "x", "d.999": "x", "k.0": "1", "d.0": "never"}
    answer = browser.send("/closed-days/", sent)
    assert answer.status_code == 422 and 'name="d.119"' in answer.text
    assert 'name="d.120"' not in answer.text


def test_people_of_another_location_get_no_skill(clinic):
    held = Skill.get(Skill.ended_on.is_null(), Skill.level == "mid")
    browser, _ = a_seat(clinic, SKILLS, location=a_location(name="Elsewhere"))
    name = f"s.{held.staff_id}.{held.stage_code}"
    assert f'name="{name}"' in browser.get("/skills/").text

    browser.send("/skills/", {name: "senior"})
    assert Skill.get_by_id(held.id).level == "mid"
    browser.send("/skills/", {name: "junior"})
    assert Skill.get_by_id(held.id).level == "mid"
    assert "not yours to change" in browser.get("/skills/").text


def test_wordings_that_are_not_theirs_to_write_stay(clinic):
    row = Wording.get(Wording.channel == "sms")
    browser, _ = a_seat(clinic, {"wording": "own edit"})
    sent = {"wording": row.id, "version": row.row_version, "text": "Mine now"}
    assert browser.send(f"/wordings/?event={row.event}", sent).status_code in (403, 404)
    assert Wording.get_by_id(row.id).text == row.text


def test_a_person_of_the_same_place_may_be_given_a_skill(clinic):
    held = Skill.get(Skill.ended_on.is_null(), Skill.level == "mid")
    a_seat(clinic, SKILLS)
    colleague = a_person("watcher", location=held.staff.location)
    browser = a_web(clinic).as_(colleague)
    browser.send("/skills/", {f"s.{held.staff_id}.{held.stage_code}": "senior"})
    assert Skill.get_by_id(held.id).level == "senior"
