"""Each minute the plans of works follow visits that were moved by whatever hand."""

from __future__ import annotations

from huey import crontab

from schema.base import utcnow
from schema.workflow.moved_visits import follow_visits
from tasks.queue import huey


@huey.periodic_task(crontab(minute="*"))
@huey.lock_task("visits")
def run_visits() -> None:
    follow_visits(utcnow())
