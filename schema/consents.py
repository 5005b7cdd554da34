"""What patients allow, purpose by purpose: the latest row is in force, nothing is overwritten."""

from __future__ import annotations

from peewee import SQL, BooleanField, CharField, ForeignKeyField

from schema.base import Act
from schema.fields import ChoiceField
from schema.patients import Guardian, Patient
from schema.rules import Agree, Index, Rule
from schema.staff import Staff

# fmt: off
PURPOSES = {
    "treatment": "Treatment", "sms": "SMS", "whatsapp": "WhatsApp", "email": "E-mail",
    "call": "Telephone calls", "photo_clinical": "Clinical photos",
    "photo_marketing": "Photos in marketing, no use named",
    "photo_website": "Photos on the website", "photo_social": "Photos in social media",
    "photo_print": "Photos in print", "photo_lecture": "Photos in teaching",
}
GIVEN_BY = {
    "paper": "On paper", "tablet": "On the tablet", "web": "On the website",
    "call": "By telephone", "message": "By message", "in_person": "In person",
}
# fmt: on


class Consent(Act):
    """What a patient allowed or withdrew for one purpose; the latest row is in force."""

    patient = ForeignKeyField(Patient, backref="consents")
    purpose = ChoiceField(PURPOSES)
    given = BooleanField(help_text="No means refused or withdrawn.")
    recognisable = BooleanField(
        default=False,
        constraints=[SQL("DEFAULT FALSE")],
        help_text="For photos: also those on which the patient can be recognised.",
    )
    text_version = CharField(max_length=80, null=True, help_text="Which text was agreed to.")
    channel = ChoiceField(GIVEN_BY, verbose_name="How")
    evidence = CharField(max_length=300, null=True, help_text="Where the signed text is kept.")
    guardian = ForeignKeyField(
        Guardian, backref="consents", null=True, help_text="Who signed for the patient."
    )
    by = ForeignKeyField(Staff, backref="consents", null=True, verbose_name="Recorded by")

    class Meta:
        area = "Front office"
        help = "What patients allow. A withdrawal is a new row; nothing is overwritten."
        title = ("patient", "purpose", "at")
        shown = (
            "at",
            "patient",
            "purpose",
            "given",
            "recognisable",
            "text_version",
            "channel",
            "by",
        )
        groups = (
            ("What is allowed", ("patient", "purpose", "given", "recognisable")),
            ("How it was said", ("text_version", "channel", "guardian", "evidence")),
            ("When", ("at", "by")),
        )
        order = ("-at", "-id")
        own = ("patient.dentist",)
        place = ("patient.location",)
        rules = [
            Rule(
                "consent_given_names_its_text",
                "NOT given OR text_version IS NOT NULL",
                says="Write which text the patient agreed to.",
                field="text_version",
            ),
            Agree(
                "consent_guardian_is_theirs",
                ("guardian_id", "patient_id"),
                "guardian",
                ("id", "patient_id"),
                says="Choose a guardian of this patient.",
                field="guardian",
            ),
            Index("consent_in_force", ("patient_id", "purpose", "at", "id")),
        ]
