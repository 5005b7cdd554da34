"""Each quarter of an hour the laboratory is reminded of outside works that are overdue."""

from __future__ import annotations

from huey import crontab

from schema.base import utcnow
from schema.workflow.outside_reminders import remind
from tasks.queue import huey


@huey.periodic_task(crontab(minute="*/15"))
@huey.lock_task("outside")
def remind_of_outside_works() -> None:
    remind(utcnow())
