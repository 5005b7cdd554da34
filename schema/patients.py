"""Whom the clinic treats: patients, their guardians, insurance and consents."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, TextField

from schema.alphabet import in_alphabet
from schema.base import Record
from schema.fields import ChoiceField, DayField, EmailField, PhoneField
from schema.found import Found
from schema.insurance import InsuranceProvider
from schema.names import NameField, NationalIdField
from schema.rules import Index, Rule, Unique
from schema.skills import at_the_bench
from schema.staff import LANGUAGES, Location, Staff
from schema.statement_rules import CODE_STAYS_WHILE_STATEMENTS_ARE_KEPT

# fmt: off
RELATIONS = {
    "mother": "Mother", "father": "Father", "partner": "Partner", "child": "Son or daughter",
    "guardian": "Legal guardian", "other": "Other",
}
# fmt: on
REACHED_BY = {"call": "Call", "whatsapp": "WhatsApp", "sms": "SMS", "email": "E-mail"}


class Patient(Record):
    """A person whom the clinic treats or is about to treat."""

    code = CharField(max_length=20, help_text="Names the patient where the name may not stand.")
    last_name = NameField(max_length=60)
    first_name = NameField(max_length=60)
    birth_on = DayField(null=True, verbose_name="Born on")
    phone = PhoneField(null=True)
    email = EmailField(max_length=160, null=True, verbose_name="E-mail")
    preferred_channel = ChoiceField(REACHED_BY, null=True, verbose_name="Reached best by")
    address = CharField(max_length=200, null=True)
    national_id = NationalIdField(max_length=20, null=True, verbose_name="CNP")
    language = ChoiceField(LANGUAGES, default="ro")
    location = ForeignKeyField(Location, backref="patients")
    dentist = ForeignKeyField(Staff, backref="patients", null=True)
    medical_alert = TextField(null=True, help_text="Allergies and risks to know of.")
    notes = TextField(null=True)
    ended_on = DayField(null=True, verbose_name="Left on")

    class Meta:
        area, everyday = "Front office", 2
        help = "People whom the clinic treats. Families may share a telephone."
        title, coded_title = ("last_name", "first_name"), ("code",)
        told_by, numbered = ("code", "birth_on", "phone"), ("code",)
        warns = ("medical_alert",)
        offers = ("appointments", "contacts", "consents", "plans", "lab_orders")
        shown = ("last_name", "first_name", "code", "birth_on", "phone", "dentist", "location")
        search = ("last_name", "first_name", "code", "phone", "email")
        found = Found(
            1, (*search, "birth_on"), told_by, next=("appointments", "starts_at"), begins=True
        )
        order = ("last_name", "first_name", "id")
        ends, health = "ended_on", ("id",)
        own = ("dentist", "appointments.provider", *at_the_bench("lab_orders.tracks."))
        place = ("location",)
        inlines = ("tags", "guardians", "policies")
        groups = (
            ("Who", ("last_name", "first_name", "birth_on", "national_id", "code")),
            ("How to reach", ("phone", "email", "preferred_channel", "language", "address")),
            ("Care", ("location", "dentist", "medical_alert", "notes", "ended_on")),
        )
        rules = [
            Unique("patient_code_is_free", ("code",), says="Another patient has this code."),
            CODE_STAYS_WHILE_STATEMENTS_ARE_KEPT,
            Unique(
                "patient_national_id_is_free",
                ("national_id",),
                where="national_id IS NOT NULL AND ended_on IS NULL",
                says="Another patient has this CNP. Open that one, or merge the two.",
                field="national_id",
            ),
            Rule(
                "patient_national_id_has_13_digits",
                "length(national_id) = 13 AND trim(national_id, '0123456789') = ''",
                says="A CNP has 13 digits. Leave it empty when you do not know it.",
                field="national_id",
            ),
            Rule(
                "patient_born_in_living_memory",
                "birth_on >= '1900-01-01' AND birth_on <= created_at",
                says="Check the day of birth: from 1900 on, and not in the future.",
                field="birth_on",
            ),
            Index("patient_by_phone", ("phone",)),
            Index("patient_by_email", ("email",)),
            Index("patient_by_name", ("last_name", "first_name", "id")),
            Index("patient_in_alphabet", in_alphabet("last_name", "first_name")),
        ]


class PatientTag(Record):
    """A word by which patients are gathered, such as «anxious» or «VIP»."""

    patient = ForeignKeyField(Patient, backref="tags")
    tag = NameField(max_length=40)

    class Meta:
        area, inside = "Front office", "Tags"
        label = "Tag of a patient"
        label_plural = "Tags of patients"
        help = "Words by which patients are gathered."
        title = ("tag",)
        shown = ("patient", "tag")
        own = ("patient.dentist",)
        place = ("patient.location",)
        rules = [
            Unique(
                "patient_tag_once",
                ("patient_id", "lower(tag)"),
                says="This patient has that tag already.",
                field="tag",
            ),
            Index("patient_tag_by_tag", ("tag",)),
        ]


class Guardian(Record):
    """Who decides or answers for a patient: another patient, or a person with a telephone."""

    patient = ForeignKeyField(Patient, backref="guardians")
    guardian = ForeignKeyField(
        Patient, backref="wards", null=True, verbose_name="Guardian, a patient here"
    )
    name = NameField(max_length=120, null=True, verbose_name="Guardian, by name")
    phone = PhoneField(null=True, verbose_name="Phone of the guardian")
    relation = ChoiceField(RELATIONS)
    ended_on = DayField(null=True)

    class Meta:
        area = "Front office"
        help = "Who decides for a child or answers for a patient."
        title = ("guardian", "name", "relation")
        shown = ("patient", "guardian", "name", "phone", "relation", "ended_on")
        groups = (
            ("For whom", ("patient", "relation")),
            ("Who the guardian is", ("guardian", "name", "phone")),
        )
        advice = {
            "Who the guardian is": "Choose the guardian when they are a patient here too; "
            "otherwise write a name and a telephone."
        }
        ends = "ended_on"
        own = ("patient.dentist",)
        place = ("patient.location",)
        rules = [
            Rule(
                "guardian_is_one_person",
                "(guardian_id IS NULL) <> (name IS NULL)",
                says="Choose a patient as guardian, or write a name: one of the two.",
                field="guardian",
            ),
            Rule(
                "guardian_by_name_has_phone",
                "name IS NULL OR phone IS NOT NULL",
                says="Write the telephone of the guardian.",
                field="phone",
            ),
            Rule(
                "guardian_is_another_person",
                "guardian_id <> patient_id",
                says="Nobody is their own guardian; choose another patient.",
                field="guardian",
            ),
            Unique(
                "guardian_once_per_patient",
                ("patient_id", "guardian_id"),
                where="guardian_id IS NOT NULL AND ended_on IS NULL",
                says="This guardian is in the list already.",
                field="guardian",
            ),
            Unique("guardian_id_and_patient", ("id", "patient_id"), says="Known already."),
        ]


class InsurancePolicy(Record):
    """A patient is insured with a provider, from a day until a day."""

    patient = ForeignKeyField(Patient, backref="policies")
    provider = ForeignKeyField(InsuranceProvider, backref="policies", verbose_name="Insurer")
    number = NameField(max_length=60)
    valid_from = DayField()
    valid_until = DayField(null=True, help_text="Empty while it runs on.")

    class Meta:
        area = "Front office"
        label_plural = "Insurance policies"
        help = "With whom a patient is insured, and how long."
        title = ("provider", "number")
        shown = ("patient", "provider", "number", "valid_from", "valid_until")
        groups = (
            ("With whom", ("patient", "provider", "number")),
            ("How long it is good", ("valid_from", "valid_until")),
        )
        own = ("patient.dentist",)
        place = ("patient.location",)
        rules = [
            Rule(
                "insurance_policy_ends_after_start",
                "valid_until >= valid_from",
                says="The last day of the policy is not before the first.",
                field="valid_until",
            ),
            Unique(
                "insurance_policy_once",
                ("patient_id", "provider_id", "number", "valid_from"),
                says="This policy is in the list already.",
                field="number",
            ),
            Unique("insurance_policy_id_and_patient", ("id", "patient_id"), says="Known already."),
        ]
