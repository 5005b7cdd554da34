"""Once a day what makes lists quick is put in order again; what people see is the same."""

from __future__ import annotations

import datetime as dt

from huey import crontab

from schema import TABLES
from schema.base import utcnow
from schema.marks import mark_rows
from schema.search import merge_search
from schema.workflow import daily
from tasks.queue import huey


@huey.periodic_task(crontab(minute="41"))
def tidy_up() -> None:
    """Asked every hour, because a clinic's machine may be off at any of them."""
    tidy(utcnow())


def tidy(now: dt.datetime) -> None:
    """Count what stands in long tables, and merge the pieces of the search indexes."""
    run = daily.begin("tidying", now)
    if run is None:
        return
    mark_rows(TABLES)
    merge_search(TABLES)
    daily.finish(run, utcnow())
