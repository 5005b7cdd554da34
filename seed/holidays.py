"""The public holidays of Romania, on which working time stands still."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from holidays import country_holidays

from schema.hours import Holiday
from seed.sowing import sow

HOME = ZoneInfo("Europe/Bucharest")
YEARS_BACK, YEARS_AHEAD = 2, 2


def sow_holidays(now: datetime) -> None:
    """Holidays of this year and the next two, and of the last two, whose history is counted."""
    year = now.astimezone(HOME).year
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    days = country_holidays("RO", years=years, language="ro")
    rows = [{"day": day, "name": name[:80], "location": None} for day, name in sorted(days.items())]
    sow(Holiday, ("day", "location"), rows)
