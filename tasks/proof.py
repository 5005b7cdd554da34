"""Once a day the audit's end is anchored outside of the database, and the whole audit is proven."""

from __future__ import annotations

import datetime as dt
import logging

from huey import crontab

from schema import TABLES
from schema.anchors import drop_anchor
from schema.base import utcnow
from schema.settings import Settings, read_settings
from schema.verifying import verify
from schema.workflow import daily
from tasks.queue import huey

log = logging.getLogger("benchside.audit")
MOST_TOLD = 20


@huey.periodic_task(crontab(minute="17"))
def anchor_and_prove() -> None:
    """Asked every hour, because a clinic's machine may be off at any of them."""
    settings = read_settings()
    anchor(settings, utcnow())
    prove(settings, utcnow())


def anchor(settings: Settings, now: dt.datetime) -> None:
    """Note the ends of the chains for this day, in the file and in the log."""
    run = daily.begin("audit_anchor", now)
    if run is None:
        return
    for dropped in drop_anchor(settings.anchor_folder, now):
        log.info("audit anchor: %s", dropped)
    daily.finish(run, now)


def prove(settings: Settings, now: dt.datetime) -> int | None:
    """Verify the whole audit once this day; the log tells what was found. How many findings."""
    run = daily.begin("audit_proof", now)
    if run is None:
        return None
    keys = [key.encode() for key in settings.audit_keys]
    count = 0
    for count, finding in enumerate(verify(TABLES, keys, settings.anchor_folder), 1):
        if count <= MOST_TOLD:
            log.error("audit: %s", finding)
    if count:
        log.error("audit: %s findings. Type: flask --app app audit verify", count)
    daily.finish(run, utcnow())
    return count
