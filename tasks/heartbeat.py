"""Each minute the worker writes down that it is alive, and tidies what the minute left."""

from __future__ import annotations

from huey import crontab

from schema.base import utcnow
from schema.workflow import clock, throttle
from tasks.queue import huey


@huey.periodic_task(crontab(minute="*"))
def beat() -> None:
    clock.tick(utcnow())


@huey.periodic_task(crontab(minute="7", hour="3"))
def tidy() -> None:
    throttle.forget_old_tries(utcnow())
