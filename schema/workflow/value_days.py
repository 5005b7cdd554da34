"""Understands days and times as people and spreadsheets write them, by the clinic's clock."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from schema.database import fold
from schema.workflow import Refused
from schema.workflow.sheet_rows import Cell
from schema.workflow.values import clean_text

HOME_ZONE = ZoneInfo("Europe/Bucharest")
EXCEL_EPOCH = dt.date(1899, 12, 30)
FIRST_EXCEL_DAY, LAST_EXCEL_DAY = 61, 109_939
FIRST_YEAR, LAST_YEAR = 1800, 2199
DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
SHORT_YEAR = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}")
WITH_MONTH = re.compile(r"(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})")
MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ian feb mar apr mai iun iul aug sep oct noi dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
BEFORE_CLOCK = re.compile(r"(?<=\d)T(?=\d)")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.0+)?)?")
OFFSET = re.compile(r"(.*\d)\s*(Z|[+-]\d{2}:?\d{2})")


def parse_day(value: Cell) -> dt.date | None:
    """A calendar day from `31.12.2025`, `2025-12-31`, `31 Dec 2025` or an Excel date."""
    if isinstance(value, dt.datetime):
        return _likely(value.date())
    if isinstance(value, dt.date):
        return _likely(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _excel_day(value)
    text = clean_text(value)
    if text is None:
        return None
    return _day(re.sub(r"[ T]0{1,2}:00(:00(\.0+)?)?$", "", text))


def parse_time(value: Cell) -> dt.time | None:
    """A time of day from `14:30`, `14.30` or an Excel time."""
    if isinstance(value, dt.datetime):
        return value.time().replace(microsecond=0)
    if isinstance(value, dt.time):
        return value.replace(microsecond=0)
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 1440) % 1440
        return dt.time(minutes // 60, minutes % 60)
    text = clean_text(value)
    return _time(text) if text else None


def parse_moment(value: Cell, zone: ZoneInfo = HOME_ZONE) -> dt.datetime | None:
    """A moment in UTC from a clinic day and time, or from a time with its offset written."""
    if isinstance(value, dt.datetime):
        _likely(value.date())
        whole = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        return whole.astimezone(dt.UTC) if whole.tzinfo else at_clinic(whole, zone)
    if isinstance(value, dt.date):
        raise Refused("The time of day is missing. Write for example 31.12.2025 14:30.")
    if isinstance(value, float):
        midnight = dt.datetime.combine(_excel_day(value), dt.time())
        return at_clinic(midnight + dt.timedelta(seconds=round(value % 1 * 86_400)), zone)
    text = clean_text(value)
    return _moment(text, zone) if text else None


def at_clinic(wall: dt.datetime, zone: ZoneInfo = HOME_ZONE) -> dt.datetime:
    """The moment at which the clinic's clock shows `wall`; refused when never, or twice."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    if first == second:
        return first
    shown = f"{wall:%d.%m.%Y %H:%M}"
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        raise Refused("%(time)s does not exist: the clock is set forward that night.", time=shown)
    raise Refused(
        "%(time)s happens twice: the clock is set back that night. "
        "Write the offset too, such as %(time)s +03:00.",
        time=shown,
    )


def _excel_day(serial: int | float) -> dt.date:
    if not FIRST_EXCEL_DAY <= serial < LAST_EXCEL_DAY:
        raise Refused("«%(value)s» is not a day. Write 31.12.2025.", value=serial)
    return EXCEL_EPOCH + dt.timedelta(days=int(serial))


def _likely(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("«%(value)s»: check the year.", value=f"{day:%d.%m.}{day.year}")
    return day


def _day(text: str) -> dt.date:
    found = DAY_FIRST.fullmatch(text.rstrip("."))
    parts = (found[4], found[3], found[1]) if found else None
    if parts is None and (found := YEAR_FIRST.fullmatch(text)):
        parts = (found[1], found[3], found[4])
    if parts is None and (found := WITH_MONTH.fullmatch((fold(text) or "").rstrip("."))):
        parts = (found[3], str(MONTHS.get(found[2], 0)), found[1])
    if parts is None and SHORT_YEAR.fullmatch(text):
        raise Refused("«%(value)s»: write the year with four digits.", value=text)
    try:
        if parts:
            return _likely(dt.date(*(int(part) for part in parts)))
    except ValueError:
        pass
    raise Refused("«%(value)s» is not a day. Write 31.12.2025.", value=text[:40])


def _time(text: str) -> dt.time:
    found = CLOCK.fullmatch(text)
    try:
        if found:
            return dt.time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        pass
    raise Refused("«%(value)s» is not a time of day. Write 14:30.", value=text[:40])


def _moment(text: str, zone: ZoneInfo) -> dt.datetime:
    told = OFFSET.fullmatch(text) if ":" in text else None
    wall = told[1] if told else text
    day, _, clock = BEFORE_CLOCK.sub(" ", wall).replace(",", "").strip().rpartition(" ")
    if not day:
        raise Refused("The time of day is missing. Write for example 31.12.2025 14:30.")
    naive = dt.datetime.combine(_day(day), _time(clock.strip()))
    if not told:
        return at_clinic(naive, zone)
    try:
        offset = dt.datetime.strptime(told[2].replace("Z", "+0000"), "%z").utcoffset()
    except ValueError:
        raise Refused("«%(value)s» has an impossible offset.", value=text[:40]) from None
    return (naive - (offset or dt.timedelta())).replace(tzinfo=dt.UTC)
