"""The public holidays of Romania, on which working time stands still."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from schema.hours import Holiday
from schema.workflow.public_holidays import public_holidays
from seed.sowing import sow

HOME = ZoneInfo("Europe/Bucharest")
YEARS_BACK, YEARS_AHEAD = 2, 2


def sow_holidays(now: datetime) -> None:
    """Holidays of this year and the next two, and of the last two, whose history is counted."""
    year = now.astimezone(HOME).year
    days = public_holidays(range(year - YEARS_BACK, year + YEARS_AHEAD + 1), "en")
    rows = [{"day": day, "name": name, "location": None} for day, name in days]
    sow(Holiday, ("day", "location"), rows)
