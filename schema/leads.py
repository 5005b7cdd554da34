"""Inquiries on their way to a first visit: who asked, how they found us, how it ended."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, TextField

from schema.base import Record, utcnow
from schema.card_rules import subtype_rules
from schema.cards import Card
from schema.fields import ChoiceField, DayField, EmailField, InstantField, MoneyField, PhoneField
from schema.found import Found
from schema.names import NameField
from schema.patients import Patient
from schema.picked import CurrencyField
from schema.rules import Index, Rule, Unique
from schema.staff import LANGUAGES

LOSS_KINDS = {"lost": "Lost", "abandoned": "Gave up after trying", "invalid": "Not an inquiry"}
REFERRER_KINDS = {"practice": "Practice", "person": "Person", "company": "Company"}
SLOTS = {"morning": "Morning", "afternoon": "Afternoon", "evening": "Evening"}


class InquirySource(Record):
    """How people find the clinic, such as the website or a friend."""

    code = CharField(max_length=40, help_text="A short name for programs; it stays.")
    name = NameField(max_length=80)
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "How people find the clinic."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "ended_on")
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("inquiry_source_code_is_free", ("code",), says="A source has this code."),
        ]


class InquiryReason(Record):
    """What people ask for, such as implants or pain, and what that is usually worth."""

    name = NameField(max_length=80)
    usual_value = MoneyField(null=True, help_text="Proposed as the expected value of an inquiry.")
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "What people ask for when they first call."
        title = ("name",)
        spoken = ("name",)
        shown = ("name", "usual_value", "ended_on")
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("inquiry_reason_name_is_free", ("name",), says="This reason is in the list."),
        ]


class LossReason(Record):
    """Why an inquiry came to nothing; reports count by it."""

    name = NameField(max_length=80)
    kind = ChoiceField(
        LOSS_KINDS, default="lost", help_text="«Not an inquiry» is left out of rates."
    )
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "Why inquiries come to nothing."
        title = ("name",)
        spoken = ("name",)
        shown = ("name", "kind", "ended_on")
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("loss_reason_name_is_free", ("name",), says="This reason is in the list."),
        ]


class Referrer(Record):
    """A practice or person who sends people to the clinic."""

    name = NameField(max_length=120)
    kind = ChoiceField(REFERRER_KINDS, default="person")
    patient = ForeignKeyField(Patient, backref="referrers", null=True, help_text="When a patient.")
    phone = PhoneField(null=True)
    email = EmailField(max_length=160, null=True, verbose_name="E-mail")
    ended_on = DayField(null=True)

    class Meta:
        health = ()
        area = "Front office"
        help = "Practices and people who send us patients."
        title = ("name",)
        shown = ("name", "kind", "phone", "email", "ended_on")
        order = ("name",)
        ends = "ended_on"
        rules = [
            Unique(
                "referrer_patient_once",
                ("patient_id",),
                where="patient_id IS NOT NULL",
                says="This patient is in the list of referrers already.",
                field="patient",
            ),
        ]


class Lead(Record):
    """Somebody asked for treatment; they are a lead until they are a patient, or lost."""

    card = ForeignKeyField(Card, backref="leads")
    name = NameField(max_length=120)
    phone = PhoneField(null=True)
    email = EmailField(max_length=160, null=True, verbose_name="E-mail")
    language = ChoiceField(LANGUAGES, default="ro")
    source = ForeignKeyField(InquirySource, backref="leads")
    reason = ForeignKeyField(InquiryReason, backref="leads", null=True)
    referrer = ForeignKeyField(Referrer, backref="leads", null=True)
    inquiry_at = InstantField(default=utcnow, verbose_name="Asked at")
    first_response_at = InstantField(null=True, verbose_name="First answered")
    last_contacted_at = InstantField(null=True, verbose_name="Last contact")
    preferred_days = CharField(max_length=40, null=True, help_text="Such as Mon, Thu.")
    preferred_slot = ChoiceField(SLOTS, null=True)
    expected_value = MoneyField(null=True)
    currency = CurrencyField()
    note = TextField(null=True)
    patient = ForeignKeyField(Patient, backref="leads", null=True)
    converted_at = InstantField(null=True, verbose_name="Became a patient")
    lost_at = InstantField(null=True, verbose_name="Lost")
    loss_reason = ForeignKeyField(LossReason, backref="leads", null=True)

    class Meta:
        area, everyday = "Front office", 3
        label, label_plural = "Inquiry", "Inquiries"
        help = "People who asked for treatment, until they become patients or are lost."
        supertype = "card"
        kind = "lead"
        title = ("name",)
        offers = ("contacts",)
        coded_title = ("id",)
        shown = ("name", "phone", "reason", "inquiry_at", "card.stage", "card.responsible")
        order = ("-inquiry_at", "-id")
        search = ("name", "phone", "email")
        found = Found(
            3,
            by=("name", "phone", "email"),
            tells=("card.stage", "inquiry_at", "card.responsible", "phone"),
            begins=True,
        )
        verb_owned = (
            "first_response_at",
            "last_contacted_at",
            "patient",
            "converted_at",
            "lost_at",
            "loss_reason",
        )
        own = ("card.responsible",)
        place = ("card.location",)
        groups = (
            ("Who asks", ("name", "phone", "email", "language")),
            (
                "What for",
                ("source", "reason", "referrer", "inquiry_at", "expected_value", "currency"),
            ),
            ("When they can come", ("preferred_days", "preferred_slot", "note")),
            (
                "How it went",
                (
                    "first_response_at",
                    "last_contacted_at",
                    "patient",
                    "converted_at",
                    "lost_at",
                    "loss_reason",
                ),
            ),
        )
        rules = [
            *subtype_rules("lead", "lead", says="An inquiry needs a card of an inquiry pipeline."),
            Rule(
                "lead_can_be_reached",
                "phone IS NOT NULL OR email IS NOT NULL",
                says="Write a telephone or an e-mail, or nobody can answer.",
                field="phone",
            ),
            Rule(
                "lead_currency_has_three_letters",
                "length(currency) = 3 AND currency = upper(currency)",
                says="A currency is three capital letters, such as RON or EUR.",
                field="currency",
            ),
            Rule(
                "lead_answered_after_inquiry",
                "first_response_at >= inquiry_at",
                says="The first answer is not before the inquiry. Check the times.",
                field="first_response_at",
            ),
            Rule(
                "lead_contacted_after_inquiry",
                "last_contacted_at >= inquiry_at",
                says="The last contact is not before the inquiry. Check the times.",
                field="last_contacted_at",
            ),
            Rule(
                "lead_ends_after_inquiry",
                "COALESCE(converted_at, lost_at) >= inquiry_at",
                says="An inquiry ends after it was made. Check the times.",
                field="inquiry_at",
            ),
            Rule(
                "lead_lost_has_a_reason",
                "(lost_at IS NULL) = (loss_reason_id IS NULL)",
                says="Choose why the inquiry was lost.",
                field="loss_reason",
            ),
            Rule(
                "lead_converted_has_a_patient",
                "converted_at IS NULL OR patient_id IS NOT NULL",
                says="Choose the patient whom this inquiry became.",
                field="patient",
            ),
            Rule(
                "lead_ends_one_way",
                "converted_at IS NULL OR lost_at IS NULL",
                says="An inquiry is lost or became a patient, not both. Reopen it first.",
                field="lost_at",
            ),
            Index("lead_by_phone", ("phone",)),
            Index("lead_by_email", ("email",)),
            Index("lead_by_inquiry", ("inquiry_at",)),
            Index("lead_by_loss", ("lost_at",), where="lost_at IS NOT NULL"),
        ]
