"""A moment near today is told by the clock, by the day of the week, or as a day in full."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from flask_babel import force_locale

from admin_views.today_blocks import Now

ZONE = ZoneInfo("Europe/Bucharest")
LATE = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC)  # half past eleven on a Friday evening


@pytest.mark.parametrize(
    ("hours", "english", "romanian"),
    [
        (0, "23:30", "23:30"),
        (-23, "00:30", "00:30"),
        (1, "Sat 21, 00:30", "sâm. 21, 00:30"),
        (-13 * 24, "Sat 7, 23:30", "sâm. 7, 23:30"),
        (13 * 24, "Thu 3, 23:30", "joi 3, 23:30"),
        (13 * 24 + 1, "4 Dec 2026", "04.12.2026"),
        (-14 * 24, "6 Nov 2026", "06.11.2026"),
    ],
)
def test_a_near_moment_is_told_by_the_clock_of_the_clinic(desk, hours, english, romanian):
    now = Now(person=None, moment=LATE, zone=ZONE)
    told = []
    for language in ("en", "ro"):
        with desk.application.test_request_context(), force_locale(language):
            told.append(now.near(LATE + dt.timedelta(hours=hours)))
            assert now.near(None) == ""
    assert told == [english, romanian]
