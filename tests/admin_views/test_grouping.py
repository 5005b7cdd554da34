"""Groups of a list: every value with its number, leading to just those rows, within rights."""

from __future__ import annotations

import datetime as dt
import html
import re

from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories.appointments import an_appointment
from tests.factories.cards import a_card
from tests.factories.patients import a_patient
from tests.factories.recall import a_recall
from tests.factories.staff import a_location, a_person
from tests.factories.tracks import a_track


def heads(browser, path):
    """The groups as {label: (number, address)}."""
    page = text(browser.get(path))
    found = re.findall(
        r'<li><(?:a class="chip" href="([^"]*)"|span class="chip")>(.*?) '
        r'<span class="count">(\d+)</span>',
        page,
    )
    return {html.unescape(label): (int(n), html.unescape(url)) for url, label, n in found}


def counts(browser, path):
    return {label: number for label, (number, _) in heads(browser, path).items()}


def rows(browser, path):
    return len(re.findall(r'<td class="name">', text(browser.get(path))))


def lead_to_their_rows(browser, path):
    for number, url in heads(browser, path).values():
        assert rows(browser, url) == number, url


def test_a_list_is_grouped_by_a_word_of_a_list(desk):
    for status in ("waiting", "waiting", "refused"):
        a_recall(status=status)

    assert counts(desk, "/recall/?group=status") == {"To be contacted": 2, "Refused": 1}
    lead_to_their_rows(desk, "/recall/?group=status")


def test_a_list_is_grouped_by_a_reference_and_by_nothing(desk):
    dentist = a_person(last_name="Vasile", first_name="Dan")
    for person in (dentist, dentist, None):
        a_patient(dentist=person)

    assert counts(desk, "/patient/?group=dentist") == {"Vasile Dan": 2, "(empty)": 1}
    lead_to_their_rows(desk, "/patient/?group=dentist")


def test_a_list_is_grouped_by_yes_and_no_among_the_rows_that_answer(desk):
    for disabled, status in ((True, "waiting"), (False, "waiting"), (True, "refused")):
        a_recall(disabled=disabled, status=status)

    path = "/recall/?group=disabled&flt.status.is=waiting"
    assert counts(desk, path) == {"Yes": 1, "No": 1}
    lead_to_their_rows(desk, path)


def test_moments_are_grouped_by_months_of_the_clinics_calendar(desk):
    def at(*parts):
        return dt.datetime(*parts, tzinfo=dt.UTC)

    for moment in (at(2026, 1, 31, 21), at(2026, 1, 31, 23), at(2026, 2, 5), at(2026, 4, 1)):
        an_appointment(starts_at=moment)

    path = "/appointment/?group=starts_at"
    assert counts(desk, path) == {"04.2026": 1, "02.2026": 2, "01.2026": 1}
    lead_to_their_rows(desk, path)


def test_days_long_ago_stand_together(desk):
    for day in ("1950-05-01", "1990-01-01", "1990-01-31"):
        a_patient(birth_on=day)
    a_patient(birth_on=None)

    path = "/patient/?group=birth_on"
    assert counts(desk, path) == {"01.1990": 2, "earlier": 1, "(empty)": 1}
    lead_to_their_rows(desk, path)


def test_what_the_card_says_groups_what_stands_on_it(desk):
    a_track()
    a_card("lead")

    assert sum(counts(desk, "/track/?group=card.stage").values()) == 1
    lead_to_their_rows(desk, "/track/?group=card.stage")


def test_groups_count_only_own_rows_and_name_only_what_may_be_known(house):
    browser, me = a_seat(house, {"patient": "own", "staff": "own", "location": "all"})
    a_patient(dentist=me, location=a_location(name="Here"))
    a_patient(location=a_location(name="There"))

    assert counts(browser, "/patient/?group=location") == {"Here": 1}


def test_rows_that_may_not_be_known_are_one_group_without_a_name(house):
    browser, me = a_seat(house, {"patient": "all", "location": "location"}, location=a_location())
    for _ in range(2):
        a_patient(location=a_location())

    found = heads(browser, "/patient/?group=location")
    assert found == {"(not yours to see)": (2, "")}


def test_a_column_that_may_not_be_read_makes_no_groups(house):
    browser, _ = a_seat(house, {"patient": "all"}, hides="patient.language")
    a_patient()

    assert heads(browser, "/patient/?group=language") == {}
    assert heads(browser, "/patient/?group=nonsense") == {}
    assert heads(browser, "/patient/?group=last_name") == {}
