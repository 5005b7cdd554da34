"""Messages leave by an outbox: wordings, the messages themselves, and what providers answered."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.appointments import Appointment
from schema.base import Act, Record
from schema.cards import Card
from schema.fields import ChoiceField, InstantField
from schema.leads import Lead
from schema.names import NameField
from schema.patients import Patient
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import LANGUAGES, Staff

CHANNELS = {"whatsapp": "WhatsApp", "sms": "SMS", "email": "E-mail"}
# fmt: off
STATES = {
    "pending": "Waiting", "claimed": "Taken by a sender", "sending": "Being sent", "sent": "Sent",
    "failed": "Failed", "cancelled": "Cancelled", "parked": "For a person to decide",
}
RESULTS = {
    "accepted": "Accepted", "delivered": "Delivered", "read": "Read", "refused": "Refused",
    "bounced": "Came back", "unknown": "No answer",
}
# fmt: on


def latest_consent(patient: str, purpose: str) -> str:
    """SQL for both engines: what the patient said last for a purpose; NULL when nothing yet."""
    return (
        f"(SELECT c.given FROM consent c WHERE c.patient_id = {patient} "
        f"AND c.purpose = {purpose} ORDER BY c.at DESC, c.id DESC LIMIT 1)"
    )


OPTED_OUT = (
    f"NEW.automatic AND NOT COALESCE({latest_consent('NEW.patient_id', 'NEW.channel')}, TRUE)"
)


class Wording(Record):
    """What is said on an event, per channel and language; placeholders stand in braces."""

    event = CharField(max_length=60, help_text="What happened, such as appointment_booked.")
    channel = ChoiceField(CHANNELS)
    language = ChoiceField(LANGUAGES, default="ro")
    subject = NameField(max_length=200, null=True, help_text="E-mail only.")
    text = TextField()
    active = BooleanField(default=True)

    class Meta:
        area = "Set-up"
        everyday = 10
        help = "What is said on each event, per channel and language."
        verbs_only = True
        title = ("event", "channel", "language")
        joint = " · "
        coded = ("event",)
        shown = ("event", "channel", "language", "subject", "active")
        order = ("event", "channel", "language")
        rules = [
            Unique(
                "wording_one_in_use",
                ("event", "channel", "language"),
                where="active",
                says="Another wording is in use for this event. Switch that one off first.",
                field="active",
            ),
            Rule(
                "wording_of_email_has_a_subject",
                "channel <> 'email' OR subject IS NOT NULL",
                says="An e-mail needs a subject.",
                field="subject",
            ),
        ]


class Message(Record):
    """A message to be sent once: what, to whom, when, and how far it got."""

    key = CharField(
        max_length=160,
        verbose_name="Fact",
        help_text="What it is about and which version of the fact.",
    )
    event = CharField(max_length=60)
    channel = ChoiceField(CHANNELS)
    address = CharField(max_length=200)
    patient = ForeignKeyField(Patient, backref="messages", null=True)
    lead = ForeignKeyField(Lead, backref="messages", null=True, verbose_name="Inquiry")
    staff = ForeignKeyField(Staff, backref="messages", null=True, verbose_name="Staff member")
    card = ForeignKeyField(Card, backref="messages", null=True)
    appointment = ForeignKeyField(Appointment, backref="messages", null=True)
    about_version = IntegerField(null=True, help_text="Which version of the fact it tells.")
    wording = ForeignKeyField(Wording, backref="messages", null=True)
    subject = CharField(max_length=200, null=True)
    body = TextField()
    automatic = BooleanField(default=True)
    state = ChoiceField(STATES, default="pending")
    not_before = InstantField(verbose_name="Not before")
    not_after = InstantField(null=True, verbose_name="Worthless after")
    claimed_by = CharField(max_length=120, null=True)
    claimed_at = InstantField(null=True)
    fence = IntegerField(default=0, verbose_name="Turn of the sender")
    attempts = IntegerField(default=0)
    sent_at = InstantField(null=True, verbose_name="Sent")
    provider_ref = CharField(max_length=200, null=True, verbose_name="Number at the provider")
    problem = CharField(max_length=300, null=True, help_text="Why it failed or was cancelled.")

    class Meta:
        area = "Front office"
        everyday = 5
        help = "Messages on their way out, and those that were sent."
        title, coded_title = ("event", "channel", "patient"), ("event", "channel")
        coded = ("event",)
        shown = ("not_before", "event", "channel", "patient", "lead", "staff", "state", "sent_at")
        verbs_only = True
        own = ("patient.dentist", "staff")
        place = ("patient.location", "lead.card.location", "staff.location")
        tones = {
            "state": {
                "pending": "idle", "claimed": "info", "sending": "info", "sent": "good",
                "failed": "late", "cancelled": "idle", "parked": "warn",
            }
        }  # fmt: skip
        rules = [
            Unique("message_key_is_new", ("key",), says="This message was written already."),
            Rule(
                "message_has_one_reader",
                "CASE WHEN patient_id IS NULL THEN 0 ELSE 1 END"
                " + CASE WHEN lead_id IS NULL THEN 0 ELSE 1 END"
                " + CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END = 1",
                says="A message goes to one patient, one inquiry or one member of staff.",
                field="patient",
            ),
            Rule(
                "message_sent_has_its_time",
                "(state = 'sent') = (sent_at IS NOT NULL)",
                says="A sent message, and only that, has the time of sending.",
                field="sent_at",
            ),
            Rule(
                "message_in_hand_names_its_sender",
                "state NOT IN ('claimed', 'sending') OR claimed_by IS NOT NULL",
                says="A message that is being sent names who sends it.",
                field="claimed_by",
            ),
            Rule(
                "message_counts_up",
                "attempts >= 0 AND fence >= 0",
                says="Counts are not negative.",
                field="attempts",
            ),
            Guard(
                "message_fence_never_falls",
                ("UPDATE OF fence",),
                "NEW.fence < OLD.fence",
                says="Another sender has taken this message since.",
                field="fence",
            ),
            Guard(
                "message_sent_stays",
                ("UPDATE",),
                "OLD.state = 'sent' AND (NEW.state <> 'sent' OR NEW.key <> OLD.key "
                "OR NEW.channel <> OLD.channel OR NEW.address <> OLD.address "
                "OR NEW.body <> OLD.body OR NEW.subject IS DISTINCT FROM OLD.subject "
                "OR NEW.patient_id IS DISTINCT FROM OLD.patient_id "
                "OR NEW.sent_at IS DISTINCT FROM OLD.sent_at)",
                says="This message has left; it stays as it was sent.",
                field="state",
            ),
            Guard(
                "message_cancelled_stays",
                ("UPDATE OF state",),
                "OLD.state = 'cancelled' AND NEW.state <> 'cancelled'",
                says="This message was cancelled; write a new one.",
                field="state",
            ),
            Guard(
                "message_sent_is_kept",
                ("DELETE",),
                "OLD.state = 'sent'",
                says="This message has left; it stays in the list.",
            ),
            Guard(
                "message_respects_opt_out",
                ("INSERT", "UPDATE OF patient_id, channel, automatic"),
                OPTED_OUT,
                says="The patient does not want messages of this kind.",
                field="channel",
                locks="patient WHERE id = NEW.patient_id",
            ),
            Guard(
                "message_leaves_only_if_wanted",
                ("UPDATE OF state",),
                "(NEW.state = 'sending' OR (NEW.state = 'sent' AND OLD.state <> 'sending')) "
                f"AND OLD.state <> 'sent' AND {OPTED_OUT}",
                says="The patient has since said no to messages of this kind; cancel it.",
                field="state",
                locks="patient WHERE id = NEW.patient_id",
            ),
            Index(
                "message_waiting",
                ("not_before", "id"),
                where="state IN ('pending', 'claimed', 'sending')",
            ),
            Index("message_by_state", ("state", "not_before")),
            Index("message_of_patient", ("patient_id", "not_before")),
            Index("message_of_appointment", ("appointment_id",)),
        ]


class Delivery(Act):
    """What a provider said about one attempt to send."""

    message = ForeignKeyField(Message, backref="deliveries")
    attempt = IntegerField()
    result = ChoiceField(RESULTS)
    provider_ref = CharField(max_length=200, null=True, verbose_name="Number at the provider")
    detail = CharField(max_length=300, null=True)

    class Meta:
        area = "Front office"
        label_plural = "Deliveries"
        help = "What the mail and text providers answered."
        title = ("message", "result")
        shown = ("at", "message", "attempt", "result", "detail")
        verbs_only = True
        own = ("message.patient.dentist", "message.staff")
        place = ("message.patient.location", "message.staff.location")
        tones = {
            "result": {
                "accepted": "info", "delivered": "good", "read": "good", "refused": "late",
                "bounced": "late", "unknown": "warn",
            }
        }  # fmt: skip
        rules = [
            Rule(
                "delivery_is_of_an_attempt",
                "attempt >= 1",
                says="Attempts are counted from 1.",
                field="attempt",
            ),
            Index("delivery_of_message", ("message_id", "at")),
        ]
