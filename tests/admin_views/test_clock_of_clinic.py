"""Every page shows the clinic's own clock: its row's zone, else the one that the server is told."""

from __future__ import annotations

import datetime as dt

from admin_views.plain_words import local
from schema.staff import Clinic
from tests.admin_views.seats import a_seat, sitting

NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


def test_the_clock_is_that_of_the_clinics_row(house):
    browser, _ = a_seat(house, {})
    with sitting(browser):
        assert local(NOON).hour == 15

    Clinic.update(time_zone="Europe/Lisbon").execute()

    with sitting(browser):
        assert local(NOON).hour == 13
