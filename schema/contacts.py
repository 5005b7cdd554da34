"""The communication log: every call, message and talk with a patient or a lead."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, TextField

from schema.base import Act, Record, utcnow
from schema.cards import BELONGS, Card
from schema.fields import ChoiceField, DayField, InstantField, LinkField, PhoneField
from schema.leads import Lead
from schema.names import NameField
from schema.patients import Patient
from schema.rules import Effect, Index, Rule, Unique
from schema.staff import Staff

# fmt: off
CHANNELS = {
    "call": "Call", "whatsapp": "WhatsApp", "sms": "SMS", "email": "E-mail",
    "in_person": "In person",
}
# fmt: on
DIRECTIONS = {"in": "They contacted us", "out": "We contacted them"}


class ContactOutcome(Record):
    """How a contact can end, such as «reached» or «no answer»."""

    code = CharField(max_length=40, help_text="A short name for programs; it stays.")
    name = NameField(max_length=80)
    reached = BooleanField(default=False, help_text="Yes when we spoke with the person.")
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "How a call or message can end."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "reached", "ended_on")
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("contact_outcome_code_is_free", ("code",), says="An outcome has this code."),
        ]


class Contact(Act):
    """One call, message or talk, as it happened; written once."""

    patient = ForeignKeyField(Patient, backref="contacts", null=True)
    lead = ForeignKeyField(Lead, backref="contacts", null=True, verbose_name="Inquiry")
    card = ForeignKeyField(Card, backref="contacts", null=True, help_text=BELONGS)
    channel = ChoiceField(CHANNELS)
    direction = ChoiceField(DIRECTIONS)
    outcome = ForeignKeyField(ContactOutcome, backref="contacts", null=True)
    started_at = InstantField(default=utcnow, verbose_name="Began")
    ended_at = InstantField(null=True, verbose_name="Ended")
    phone = PhoneField(null=True)
    by = ForeignKeyField(
        Staff, backref="contacts", null=True, help_text="Empty when the telephone system wrote it."
    )
    note = TextField(null=True)
    recording_link = LinkField(null=True, verbose_name="Recording")
    call_id = CharField(max_length=120, null=True, verbose_name="Number in the telephone system")

    class Meta:
        area = "Front office"
        everyday = 4
        help = "Calls, messages and talks. A wrong entry is put right by another one."
        title = ("channel", "started_at")
        shown = ("started_at", "patient", "lead", "channel", "direction", "outcome", "by", "note")
        order = ("-started_at", "-id")
        own = ("by", "patient.dentist", "card.responsible")
        place = ("patient.location", "lead.card.location")
        groups = (
            ("With whom", ("patient", "lead", "card", "phone")),
            ("How it went", ("channel", "direction", "started_at", "ended_at", "outcome", "note")),
            ("Where it is kept", ("at", "by", "recording_link", "call_id")),
        )
        rules = [
            Rule(
                "contact_with_somebody",
                "patient_id IS NOT NULL OR lead_id IS NOT NULL",
                says="Choose the patient or the inquiry you were in contact about.",
                field="patient",
            ),
            Rule(
                "contact_ends_after_start",
                "ended_at >= started_at",
                says="A contact ends after it began. Check the times.",
                field="ended_at",
            ),
            Rule(
                "contact_recorded_is_a_call",
                "channel = 'call' OR (recording_link IS NULL AND call_id IS NULL)",
                says="Only a call has a recording; choose the channel Call.",
                field="channel",
            ),
            Unique(
                "contact_call_logged_once",
                ("call_id",),
                where="call_id IS NOT NULL",
                says="This call of the telephone system is in the log already.",
                field="call_id",
            ),
            Effect(
                "contact_answers_inquiry",
                ("INSERT",),
                "UPDATE lead SET last_contacted_at = NEW.started_at, first_response_at = "
                "COALESCE(first_response_at, NEW.started_at) WHERE id = NEW.lead_id "
                "AND inquiry_at <= NEW.started_at "
                "AND (last_contacted_at IS NULL OR last_contacted_at < NEW.started_at)",
                when="NEW.lead_id IS NOT NULL AND NEW.direction = 'out'",
            ),
            Index("contact_of_patient", ("patient_id", "started_at")),
            Index("contact_of_lead", ("lead_id", "started_at")),
            Index("contact_of_card", ("card_id", "started_at")),
            Index("contact_by_time", ("started_at",)),
        ]
