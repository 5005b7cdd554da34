"""Follow-ups: what a person or a role has to do next, by when, and what came of it."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, TextField

from schema.appointments import Appointment
from schema.base import Record
from schema.cards import BELONGS, Card
from schema.fields import ChoiceField, InstantField
from schema.names import NameField
from schema.patients import Patient
from schema.rules import Index, Rule, Unique, where_told
from schema.staff import Location, Role, Staff

PRIORITIES = {"normal": "Normal", "urgent": "Urgent"}


class Followup(Record):
    """A task with a due time, for a person or for whoever has a role."""

    subject = NameField(max_length=200, verbose_name="What to do")
    staff = ForeignKeyField(Staff, backref="followups", null=True, index=False, verbose_name="For")
    role = ForeignKeyField(Role, backref="followups", null=True, verbose_name="For role")
    location = ForeignKeyField(Location, backref="followups", null=True, index=False)
    patient = ForeignKeyField(Patient, backref="followups", null=True, index=False)
    card = ForeignKeyField(Card, backref="followups", null=True, help_text=BELONGS)
    appointment = ForeignKeyField(Appointment, backref="followups", null=True, index=False)
    due_at = InstantField(verbose_name="Due")
    priority = ChoiceField(PRIORITIES, default="normal")
    note = TextField(null=True)
    key = CharField(
        max_length=120,
        null=True,
        verbose_name="Case",
        help_text="Names the automation and its case: once per case.",
    )
    made_by = ForeignKeyField(
        Staff,
        backref="made_followups",
        null=True,
        index=False,
        help_text="Empty when it came by itself.",
    )
    escalated_at = InstantField(null=True, verbose_name="Told to the supervisor")
    done_at = InstantField(null=True, verbose_name="Done")
    done_by = ForeignKeyField(Staff, backref="done_followups", null=True, index=False)
    outcome = NameField(max_length=200, null=True)
    cancelled_at = InstantField(null=True, verbose_name="No longer needed")
    cancel_reason = NameField(max_length=200, null=True)

    class Meta:
        area = "Today"
        everyday = 1
        label = "Follow-up"
        help = "What has to be done next, by whom and by when."
        title = ("subject",)
        spoken = ("subject", "outcome", "cancel_reason")
        shown = ("due_at", "subject", "patient", "staff", "role", "priority", "done_at")
        order = ("due_at", "id")
        verb_owned = (
            "key",
            "made_by",
            "escalated_at",
            "done_at",
            "done_by",
            "outcome",
            "cancelled_at",
            "cancel_reason",
        )
        ends = "cancelled_at"
        own = ("staff", "role.holders.staff", "card.responsible", "patient.dentist")
        place = ("location", "patient.location", "card.location")
        tones = {"priority": {"urgent": "warn"}}
        groups = (
            ("What to do", ("subject", "due_at", "priority", "note")),
            ("Who does it", ("staff", "role", "location")),
            ("What it concerns", ("patient", "card", "appointment")),
            (
                "How it went",
                ("done_at", "done_by", "outcome", "escalated_at", "cancelled_at", "cancel_reason"),
            ),
            ("Where it comes from", ("made_by", "key")),
        )
        rules = [
            *where_told(
                "followup", "staff", "location", "patient", "appointment", "made_by", "done_by"
            ),
            Rule(
                "followup_is_for_somebody",
                "staff_id IS NOT NULL OR role_id IS NOT NULL",
                says="Choose a person or a role who does it.",
                field="staff",
            ),
            Rule(
                "followup_done_says_who_and_what",
                "(done_at IS NULL) = (done_by_id IS NULL)"
                " AND (done_at IS NULL) = (outcome IS NULL)",
                says="Write what came of it; a done task names who did it and when.",
                field="outcome",
            ),
            Rule(
                "followup_cancel_says_why",
                "(cancelled_at IS NULL) = (cancel_reason IS NULL)",
                says="Write why it is no longer needed.",
                field="cancel_reason",
            ),
            Rule(
                "followup_ends_one_way",
                "done_at IS NULL OR cancelled_at IS NULL",
                says="A task is done or no longer needed, not both.",
                field="done_at",
            ),
            Unique(
                "followup_made_once",
                ("key",),
                where="key IS NOT NULL",
                says="This task was made already.",
                field="key",
            ),
            Index(
                "followup_open_by_due",
                ("due_at",),
                where="done_at IS NULL AND cancelled_at IS NULL",
            ),
            Index(
                "followup_open_of_staff",
                ("staff_id", "due_at"),
                where="done_at IS NULL AND cancelled_at IS NULL",
            ),
        ]
