"""What stops the work: holds with their reason and whose clock runs, and steps done outside."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.cards import Card
from schema.fields import ChoiceField, DayField, InstantField, MoneyField
from schema.lab import Subcontractor
from schema.pipeline_terms import CLOCKS
from schema.pipelines import Stage
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.tracks import Track

HOLD_REASONS = {
    "waiting_dentist": "Waiting for the dentist",
    "material_out": "Material is out",
    "machine_down": "Machine is down",
    "workload": "Too much work",
    "patient": "Patient",
    "supplier": "Supplier",
    "other": "Other",
}


class Hold(Record):
    """A card waits: for whom, since when, and on whose clock the time counts."""

    card = ForeignKeyField(Card, backref="holds")
    reason = ChoiceField(HOLD_REASONS)
    clock = ChoiceField(CLOCKS, verbose_name="Clock", help_text="Whose time the waiting is.")
    note = CharField(max_length=300, null=True)
    started_at = InstantField(verbose_name="From")
    ended_at = InstantField(null=True, verbose_name="Until")
    by = ForeignKeyField(Staff, backref="holds", null=True, verbose_name="Held by")

    class Meta:
        area = "Laboratory"
        everyday = 3
        help = "Waiting time with its reason; it is not the technician's."
        title = ("card", "reason")
        shown = ("card", "reason", "clock", "note", "started_at", "ended_at")
        now = ("started_at",)
        ends = "ended_at"
        own = (
            "card.responsible",
            "card.tracks.assignments.technician",
            "card.stage.skilled.staff",
            "card.orders.dentist",
        )
        place = ("card.location",)
        tones = {"reason": dict.fromkeys(HOLD_REASONS, "warn")}
        rules = [
            Unique(
                "hold_one_open_per_card",
                ("card_id",),
                where="ended_at IS NULL",
                says="This is on hold already; end that hold first.",
                field="card",
            ),
            Rule(
                "hold_ends_after_start",
                "ended_at >= started_at",
                says="A hold ends after it began.",
                field="ended_at",
            ),
            Rule(
                "hold_other_says_why",
                "reason <> 'other' OR (note IS NOT NULL AND trim(note) <> '')",
                says="Write what the work waits for.",
                field="note",
            ),
            Guard(
                "hold_is_on_open_work",
                ("INSERT", "UPDATE OF ended_at, card_id"),
                "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM card k WHERE k.id = NEW.card_id "
                "AND k.closed_at IS NOT NULL)",
                says="This is closed and waits for nothing.",
                field="card",
                locks="card WHERE id = NEW.card_id AND NEW.ended_at IS NULL",
            ),
        ]


class Outsourcing(Record):
    """A step of a process is done outside: sent, expected, returned."""

    track = ForeignKeyField(Track, backref="outsourcings")
    stage = ForeignKeyField(Stage, backref="outsourcings", null=True, verbose_name="Step")
    subcontractor = ForeignKeyField(Subcontractor, backref="outsourcings")
    sent_at = InstantField()
    expected_on = DayField()
    returned_at = InstantField(null=True)
    cost = MoneyField(null=True)
    currency = CharField(max_length=3, default="RON")
    document_number = CharField(max_length=60, null=True)

    class Meta:
        area = "Laboratory"
        everyday = 5
        label, label_plural = "Outside work", "Outside works"
        help = "Steps that a firm outside does for us."
        title = ("track", "subcontractor")
        shown = ("track", "stage", "subcontractor", "sent_at", "expected_on", "returned_at", "cost")
        now = ("sent_at",)
        ends = "returned_at"
        own = (
            "track.assignments.technician",
            "track.card.stage.skilled.staff",
            "track.order.dentist",
        )
        place = ("track.card.location",)
        groups = (
            ("What and where", ("track", "stage", "subcontractor")),
            ("When", ("sent_at", "expected_on", "returned_at")),
            ("Cost", ("cost", "currency", "document_number")),
        )
        rules = [
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
            Guard(
                "outsourcing_stage_is_of_the_track",
                ("INSERT", "UPDATE OF stage_id, track_id"),
                "NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM track t "
                "JOIN card k ON k.id = t.card_id JOIN stage g ON g.pipeline_id = k.pipeline_id "
                "WHERE t.id = NEW.track_id AND g.id = NEW.stage_id)",
                says="Choose a step of the way that this process travels.",
                field="stage",
            ),
            Index("outsourcing_by_subcontractor", ("subcontractor_id", "sent_at")),
        ]
