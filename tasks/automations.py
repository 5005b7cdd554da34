"""Each minute what stages do by themselves is done, once its moment has come."""

from __future__ import annotations

from huey import crontab

from schema.base import utcnow
from schema.workflow import automations
from tasks.queue import huey


@huey.periodic_task(crontab(minute="*"))
@huey.lock_task("automations")
def run_automations() -> None:
    automations.run_due(utcnow())
