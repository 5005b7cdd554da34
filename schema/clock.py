"""What the clock writes about itself: its pulse, and which work of which day is done."""

from __future__ import annotations

from peewee import CharField

from schema.base import Row
from schema.fields import DayField, InstantField
from schema.rules import Rule, Unique

BACKUP = "backup"


class WorkerTick(Row):
    """When a worker was last seen alive; one row for each kind of worker."""

    name = CharField(max_length=40)
    ticked_at = InstantField()

    class Meta:
        area = "Set-up"
        label = "Worker's pulse"
        label_plural = "Workers' pulses"
        help = "When the clock was last seen working."
        title = coded = ("name",)
        shown = ("name", "ticked_at")
        verbs_only = True
        audited = False
        rules = [Unique("worker_tick_name_is_free", ("name",), says="This worker has a row.")]


class JobRun(Row):
    """A daily work of the clock, done for one day; the row is what keeps it from running twice."""

    job = CharField(max_length=60)
    due_on = DayField()
    started_at = InstantField()
    finished_at = InstantField(null=True)

    class Meta:
        area = "Set-up"
        label = "Work of the clock"
        label_plural = "Works of the clock"
        help = "Which daily work is done for which day."
        title = ("job", "due_on")
        shown = ("job", "due_on", "started_at", "finished_at")
        coded = ("job",)
        order = ("-started_at", "-id")
        verbs_only = True
        rules = [
            Unique("job_run_once_per_day", ("job", "due_on"), says="This work is done already."),
            Rule(
                "job_run_finishes_after_start",
                "finished_at >= started_at",
                says="Work finishes after it began.",
                field="finished_at",
            ),
        ]
