"""What stops the work: holds with their reason and whose clock runs."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.cards import Card
from schema.fields import ChoiceField, InstantField
from schema.pipeline_terms import CLOCKS
from schema.rules import Guard, Rule, Unique
from schema.staff import Staff

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

    card = ForeignKeyField(Card, backref="holds", help_text="The order or process that waits.")
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
