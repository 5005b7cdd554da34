"""Work that is made again: what failed, why, and the new order that replaces it."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField, InstantField
from schema.lab import RemakeCause
from schema.orders import LabOrder
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff

REMAKE_KINDS = {
    "rework": "Rework inside the laboratory",
    "remake": "Remake",
    "repair": "Repair",
    "modification": "Change of mind",
}
DETECTED_AT = {
    "intake": "Intake",
    "step_qc": "Check after a step",
    "final_qc": "Final check",
    "try_in": "Try-in",
    "seating": "Seating",
    "after_seating": "After seating",
}
COST_BEARERS = {
    "lab": "Laboratory",
    "clinic": "Clinic",
    "patient": "Patient",
    "supplier": "Supplier",
}


class Remake(Record):
    """An order failed for a coded cause; all but rework inside the laboratory have a new order."""

    original = ForeignKeyField(LabOrder, backref="remakes")
    order = ForeignKeyField(LabOrder, backref="remake_of", null=True, verbose_name="New order")
    kind = ChoiceField(REMAKE_KINDS, default="remake")
    cause = ForeignKeyField(RemakeCause, backref="remakes")
    cause_text = CharField(max_length=300, null=True, help_text="Needed with the cause «other».")
    detected_at_step = ChoiceField(DETECTED_AT, verbose_name="Noticed at")
    cost_bearer = ChoiceField(COST_BEARERS, default="lab")
    avoidable = BooleanField(null=True)
    noticed_at = InstantField(verbose_name="Noticed")
    by = ForeignKeyField(Staff, backref="remakes", null=True, verbose_name="Recorded by")

    class Meta:
        area = "Laboratory"
        everyday = 4
        help = "What is made again and why. The original order stays as it was."
        title = ("original", "kind", "cause")
        shown = ("original", "order", "kind", "cause", "detected_at_step", "cost_bearer")
        own = (
            "by",
            "original.dentist",
            "original.card.responsible",
            "original.tracks.assignments.technician",
        )
        place = ("original.card.location",)
        groups = (
            ("Which work", ("original", "order", "kind")),
            ("Why", ("cause", "cause_text", "detected_at_step", "avoidable", "cost_bearer")),
            ("Who noticed it", ("noticed_at", "by")),
        )
        rules = [
            Unique(
                "remake_order_replaces_one",
                ("order_id",),
                where="order_id IS NOT NULL",
                says="This order replaces another one already.",
                field="order",
            ),
            Rule(
                "remake_is_a_newer_order",
                "order_id > original_id",
                says="A remake is a new order, registered after its original.",
                field="order",
            ),
            Rule(
                "remake_has_its_own_order",
                "(kind = 'rework') = (order_id IS NULL)",
                says="Register a new order; only rework inside the laboratory stays on its ticket.",
                field="order",
            ),
            Guard(
                "remake_is_for_the_same_patient",
                ("INSERT", "UPDATE OF order_id, original_id"),
                "NEW.order_id IS NOT NULL AND (SELECT o.patient_id FROM lab_order o "
                "WHERE o.id = NEW.order_id) <> (SELECT o.patient_id FROM lab_order o "
                "WHERE o.id = NEW.original_id)",
                says="A remake is for the patient of its original.",
                field="order",
            ),
            Guard(
                "remake_original_is_registered",
                ("INSERT", "UPDATE OF original_id"),
                "EXISTS (SELECT 1 FROM lab_order o WHERE o.id = NEW.original_id AND o.is_draft)",
                says="A draft is not remade; change it.",
                field="original",
                locks="lab_order WHERE id = NEW.original_id",
            ),
            Guard(
                "remake_keeps_its_original",
                ("UPDATE OF original_id, order_id",),
                "NEW.original_id <> OLD.original_id OR (OLD.order_id IS NOT NULL "
                "AND NEW.order_id IS DISTINCT FROM OLD.order_id)",
                says="A remake keeps pointing to its original.",
                field="original",
            ),
            Guard(
                "remake_is_never_removed",
                ("DELETE",),
                "TRUE",
                says="A remake stays on record; correct its cause instead.",
            ),
            Guard(
                "remake_other_cause_says_why",
                ("INSERT", "UPDATE OF cause_id, cause_text"),
                "trim(COALESCE(NEW.cause_text, '')) = '' AND (SELECT c.family FROM remake_cause c "
                "WHERE c.id = NEW.cause_id) = 'other'",
                says="Write what happened; «other» alone teaches nobody.",
                field="cause_text",
            ),
            Index("remake_by_original", ("original_id",)),
            Index("remake_by_cause", ("cause_id", "noticed_at")),
        ]
