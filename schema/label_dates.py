"""Days as makers print them on labels: two digits of a year, days 00, days of the year."""

from __future__ import annotations

import calendar
import datetime as dt

from schema.sayings import Unfit


def full_year(two: int, today: dt.date) -> int:
    """The year of two digits that lies nearest: 49 years back to 50 years ahead.

    GS1 General Specifications, «Determination of century in dates».
    """
    century, now = divmod(today.year, 100)
    if two - now >= 51:
        century -= 1
    elif two - now <= -50:
        century += 1
    return century * 100 + two


def a_day(year: int, month: int, day: int) -> dt.date:
    """That day; day 0 is the last one of its month. Raises Unfit for a day that is none."""
    if not 1 <= month <= 12:
        raise Unfit("The label has a date that is none: month %(month)s.", month=month)
    last = calendar.monthrange(year, month)[1]
    if not 0 <= day <= last:
        raise Unfit("The label has a date that is none: day %(day)s.", day=day)
    return dt.date(year, month, day or last)


def day_of_year(two: int, number: int, today: dt.date) -> dt.date:
    """The day of a year by its number, 1 to 366. Raises Unfit."""
    year = full_year(two, today)
    if not 1 <= number <= 365 + calendar.isleap(year):
        raise Unfit("The label has a date that is none: day %(day)s.", day=number)
    return dt.date(year, 1, 1) + dt.timedelta(days=number - 1)


def digits(text: str, length: int) -> int:
    """The number that `length` digits make. Raises Unfit when the label ends before or differs."""
    if len(text) < length:
        raise Unfit("The label is cut off; scan it again.")
    if not (text.isascii() and text[:length].isdigit()):
        raise Unfit("The label has letters where digits should be.")
    return int(text[:length])
