"""What automations have done and will do on a card: one run for each visit to a stage."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.automations import Automation
from schema.base import Record
from schema.cards import OWN_BY_CARD, Card
from schema.fields import InstantField
from schema.rules import Guard, Index, Rule, Unique

# A tick that was taken back comes again while the card still stands there.
WAITS_ANEW = (
    "OLD.outcome IS NULL AND NEW.cancelled_at IS NULL AND NEW.done_at IS NULL "
    "AND NEW.card_id = OLD.card_id AND NEW.automation_id = OLD.automation_id "
    "AND NEW.visit = OLD.visit "
    "AND NEW.visit = (SELECT k.step_count FROM card k WHERE k.id = NEW.card_id)"
)


class AutomationRun(Record):
    """An automation waits for its moment on a card, has run, or was overtaken by progress."""

    card = ForeignKeyField(Card, backref="automation_runs", index=False)
    automation = ForeignKeyField(Automation, backref="runs")
    visit = IntegerField(help_text="The step with which the card came to the stage; 0: opened.")
    due_at = InstantField(verbose_name="Next time")
    done_at = InstantField(null=True, verbose_name="Ran")
    cancelled_at = InstantField(null=True, verbose_name="Overtaken")
    outcome = CharField(max_length=300, null=True)

    class Meta:
        area = "Today"
        label, label_plural = "Automation run", "Automation runs"
        help = "What stages did by themselves on a card, and what they will do next."
        title = ("automation", "due_at")
        shown = ("due_at", "card", "automation", "done_at", "cancelled_at", "outcome")
        order = ("-due_at", "-id")
        spoken = ("outcome",)
        verbs_only = True
        own = OWN_BY_CARD
        place = ("card.location",)
        inside = "Automations"
        rules = [
            Unique(
                "automation_run_once_per_visit",
                ("card_id", "automation_id", "visit"),
                says="This automation had its turn at this visit of the card already.",
            ),
            Rule(
                "automation_run_is_done_or_cancelled",
                "done_at IS NULL OR cancelled_at IS NULL",
                says="What has run is not cancelled any more.",
            ),
            Rule(
                "automation_run_counts_visits",
                "visit >= 0",
                says="Visits are counted by the card's steps.",
                field="visit",
            ),
            Guard(
                "automation_run_over_stays",
                ("UPDATE OF card_id, automation_id, visit, done_at, cancelled_at",),
                f"OLD.done_at IS NOT NULL OR (OLD.cancelled_at IS NOT NULL AND NOT ({WAITS_ANEW}))",
                says="This run is over and stays as it was.",
            ),
            Index(
                "automation_run_waiting",
                ("due_at", "id"),
                where="done_at IS NULL AND cancelled_at IS NULL",
            ),
            Index("automation_run_of_card", ("card_id", "id")),
        ]


# Neither done nor overtaken.
WAITING = AutomationRun.done_at.is_null() & AutomationRun.cancelled_at.is_null()
