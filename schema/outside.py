"""Steps done outside: which firm has a process, since when, expected when, back how."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import ChoiceField, DayField, InstantField, MoneyField
from schema.lab import Subcontractor
from schema.picked import CurrencyField
from schema.pipelines import Stage
from schema.rules import AnyRule, Effect, Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.tracks import Track

METHODS = {
    "courier": "Courier",
    "own_driver": "Our own driver",
    "hand": "By hand",
    "post": "Post",
    "file": "As a file",
}
OUTCOMES = {"complete": "Complete", "faulty": "With faults"}
OUTSIDE_RULES: list[AnyRule] = [
    Unique(
        "outsourcing_one_open_per_track",
        ("track_id",),
        where="returned_at IS NULL",
        says="This work is outside already; note its return first.",
        field="track",
    ),
    Rule(
        "outsourcing_returns_after_sending",
        "returned_at >= sent_at",
        says="A work comes back after it was sent.",
        field="returned_at",
    ),
    Rule(
        "outsourcing_currency_has_three_letters",
        "length(currency) = 3 AND currency = upper(currency)",
        says="A currency is three capital letters, such as RON or EUR.",
        field="currency",
    ),
    Rule(
        "outsourcing_makes_some",
        "units > 0",
        says="Send one unit or more.",
        field="units",
    ),
    Rule(
        "outsourcing_return_says_how",
        "(returned_at IS NULL) = (outcome IS NULL)",
        says="A work that is back says how: complete, or with faults.",
        field="outcome",
    ),
    Rule(
        "outsourcing_faults_are_told",
        "outcome IS DISTINCT FROM 'faulty' OR (faults IS NOT NULL AND trim(faults) <> '')",
        says="Write what is wrong with it.",
        field="faults",
    ),
    Guard(
        "outsourcing_stage_is_of_the_track",
        ("INSERT", "UPDATE OF stage_id, track_id"),
        "NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM track t "
        "JOIN card k ON k.id = t.card_id JOIN stage g ON g.pipeline_id = k.pipeline_id "
        "WHERE t.id = NEW.track_id AND g.id = NEW.stage_id)",
        says="Choose a step of the way that this process travels.",
        field="stage",
    ),
    Guard(
        "outsourcing_is_of_open_work",
        ("INSERT", "UPDATE OF returned_at, track_id"),
        "NEW.returned_at IS NULL AND EXISTS (SELECT 1 FROM track t JOIN card k "
        "ON k.id = t.card_id WHERE t.id = NEW.track_id AND k.closed_at IS NOT NULL)",
        says="This process is closed; nothing of it is sent outside.",
        field="track",
        locks="card WHERE NEW.returned_at IS NULL "
        "AND id = (SELECT card_id FROM track WHERE id = NEW.track_id)",
    ),
    Guard(
        "outsourcing_stays_as_sent",
        (
            "UPDATE OF track_id, subcontractor_id, sent_at, promised_on, units, returned_at, "
            "outcome",
        ),
        "NEW.track_id <> OLD.track_id OR NEW.subcontractor_id <> OLD.subcontractor_id "
        "OR NEW.sent_at <> OLD.sent_at OR NEW.promised_on <> OLD.promised_on "
        "OR NEW.units <> OLD.units OR (OLD.returned_at IS NOT NULL AND ("
        "NEW.returned_at IS DISTINCT FROM OLD.returned_at "
        "OR NEW.outcome IS DISTINCT FROM OLD.outcome))",
        says="What was sent and what came back stays as it was noted; send it anew.",
        field="track",
    ),
    Guard(
        "outsourcing_is_never_removed",
        ("DELETE",),
        "TRUE",
        says="An outside work is kept; note its return when it is back.",
    ),
    # Whoever had the work has it no longer: its time runs on the firm's clock.
    Effect(
        "outsourcing_ends_its_assignment",
        ("INSERT",),
        "UPDATE assignment SET ended_at = CASE WHEN started_at > NEW.sent_at THEN started_at "
        "ELSE NEW.sent_at END WHERE track_id = NEW.track_id AND ended_at IS NULL",
        when="NEW.returned_at IS NULL",
    ),
    Index("outsourcing_by_subcontractor", ("subcontractor_id", "sent_at")),
]


class Outsourcing(Record):
    """A step of a process is done outside: sent, expected, returned."""

    track = ForeignKeyField(Track, backref="outsourcings", verbose_name="Lab process")
    stage = ForeignKeyField(Stage, backref="outsourcings", null=True, verbose_name="Step")
    subcontractor = ForeignKeyField(Subcontractor, backref="outsourcings")
    units = IntegerField(default=1, help_text="Separate pieces, such as crowns; a bridge is one.")
    method = ChoiceField(METHODS, null=True, verbose_name="Sent how")
    sent_at = InstantField()
    sent_by = ForeignKeyField(Staff, backref="sent_outside", null=True)
    promised_on = DayField(verbose_name="First promised", help_text="The day named on sending.")
    expected_on = DayField()
    returned_at = InstantField(null=True)
    returned_to = ForeignKeyField(
        Staff, backref="taken_from_outside", null=True, verbose_name="Taken back by"
    )
    outcome = ChoiceField(OUTCOMES, null=True, verbose_name="Came back")
    faults = CharField(max_length=300, null=True)
    cost = MoneyField(null=True)
    currency = CurrencyField()
    document_number = CharField(max_length=60, null=True)

    class Meta:
        area = "Laboratory"
        everyday = 5
        label, label_plural = "Outside work", "Outside works"
        help = "Steps that a firm outside does for us."
        title = ("track", "subcontractor")
        shown = (
            "track", "stage", "subcontractor", "sent_at", "expected_on", "returned_at", "outcome",
            "cost",
        )  # fmt: skip
        verbs_only = True
        tones = {"outcome": {"complete": "good", "faulty": "warn"}}
        own = (
            "track.assignments.technician",
            "track.card.stage.skilled.staff",
            "track.order.dentist",
        )
        place = ("track.card.location",)
        groups = (
            ("What and where", ("track", "stage", "subcontractor", "units")),
            ("Sent", ("sent_at", "sent_by", "method", "promised_on", "expected_on")),
            ("Came back", ("returned_at", "returned_to", "outcome", "faults")),
            ("Cost", ("cost", "currency", "document_number")),
        )
        rules = OUTSIDE_RULES
