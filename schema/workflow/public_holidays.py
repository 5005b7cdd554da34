"""The public holidays of Romania, from the list that the package `holidays` reckons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

LONGEST_NAME = 80


def public_holidays(years: Iterable[int], language: str = "ro") -> list[tuple[dt.date, str]]:
    """Days and names of the public holidays of these years, in the order of the days.

    `language` is `ro` or `en`. Reckoned by rule; a day that a government adds is not known.
    """
    # Loaded when asked for: it brings a file for every country.
    from holidays import country_holidays

    told = "ro" if language == "ro" else "en_US"
    days = country_holidays("RO", years=list(years), language=told)
    return [(day, name[:LONGEST_NAME]) for day, name in sorted(days.items())]
