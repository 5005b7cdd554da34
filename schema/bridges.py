"""Bridges to other systems, where files stay; and patients that proved to be one person."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Act, Record
from schema.cards import BELONGS, OWN_BY_CARD, Card
from schema.fields import ChoiceField, DayField, InstantField, LinkField
from schema.names import NameField
from schema.patients import Patient
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff

# fmt: off
SYSTEM_KINDS = {
    "imaging": "X-ray and imaging", "scans": "Scan storage", "cad": "CAD",
    "practice": "Practice software", "telephony": "Telephony", "other": "Other",
}
RECORD_KINDS = {
    "patient": "Patient number", "folder": "Folder", "scan": "Scan", "model": "CAD model",
    "image": "X-ray or image", "other": "Other",
}
# fmt: on


class ExternalSystem(Record):
    """A program beside this one, in which files and numbers of patients live."""

    code = CharField(max_length=40, help_text="A short name for programs; it stays.")
    name = NameField(max_length=80)
    kind = ChoiceField(SYSTEM_KINDS)
    base_link = LinkField(null=True, help_text="Where the program is opened.")
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "Programs in which scans, X-rays and models live."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "kind", "base_link", "ended_on")
        order = ("name",)
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("external_system_code_is_free", ("code",), says="A system has this code."),
        ]


class ExternalRecord(Record):
    """What another system holds of a patient or a card: number, link, whether it is ready."""

    patient = ForeignKeyField(Patient, backref="external_records", null=True)
    card = ForeignKeyField(Card, backref="external_records", null=True, help_text=BELONGS)
    system = ForeignKeyField(ExternalSystem, backref="records")
    kind = ChoiceField(RECORD_KINDS)
    external_id = CharField(max_length=120, null=True, verbose_name="Number there")
    link = LinkField(null=True)
    file_name = CharField(max_length=255, null=True)
    made_at = InstantField(null=True, verbose_name="Created there")
    uploaded_at = InstantField(null=True, verbose_name="Uploaded")
    ready_at = InstantField(null=True, verbose_name="Ready since")

    class Meta:
        area = "Front office"
        help = "Numbers, folders and files in other systems. The files stay there."
        title = ("system", "kind", "external_id", "file_name")
        shown = ("patient", "card", "system", "kind", "external_id", "link", "ready_at")
        own = ("patient.dentist", *OWN_BY_CARD)
        place = ("patient.location", "card.location")
        groups = (
            ("Whose", ("patient", "card")),
            ("Where it is", ("system", "kind", "external_id", "link", "file_name")),
            ("Since when", ("made_at", "uploaded_at", "ready_at")),
        )
        rules = [
            Rule(
                "external_record_has_one_owner",
                "(patient_id IS NULL) <> (card_id IS NULL)",
                says="It belongs to a patient or to a card: choose one of the two.",
                field="patient",
            ),
            Rule(
                "external_record_ready_can_be_found",
                "ready_at IS NULL OR link IS NOT NULL OR file_name IS NOT NULL",
                says="Write the link or the file name before it counts as ready.",
                field="ready_at",
            ),
            Rule(
                "external_record_facts_in_order",
                "(uploaded_at IS NULL OR made_at IS NULL OR uploaded_at >= made_at) AND "
                "(ready_at IS NULL OR uploaded_at IS NULL OR ready_at >= uploaded_at)",
                says="It is created, then uploaded, then ready. Check the three times.",
                field="ready_at",
            ),
            Unique(
                "external_record_number_is_free",
                ("system_id", "kind", "external_id"),
                where="external_id IS NOT NULL",
                says="That number of this system is already linked here.",
                field="external_id",
            ),
            Index("external_record_of_patient", ("patient_id", "kind")),
            Index("external_record_of_card", ("card_id", "kind")),
        ]


class Merge(Act):
    """Two entries were one patient: the kept one goes on, the merged one leads to it."""

    kept = ForeignKeyField(Patient, backref="merges")
    merged = ForeignKeyField(Patient, backref="merged_by_act", verbose_name="Double entry")
    reason = CharField(max_length=300)
    by = ForeignKeyField(Staff, backref="merges")

    class Meta:
        area = "Front office"
        label = "Merge of patients"
        label_plural = "Merges of patients"
        help = "Which double entries were joined, by whom and why."
        title = ("kept", "merged")
        shown = ("at", "kept", "merged", "reason", "by")
        place = ("kept.location",)
        verbs_only = True
        inside = "Merges"
        rules = [
            Rule(
                "merge_joins_two_patients",
                "kept_id <> merged_id",
                says="Choose two different patients.",
                field="merged",
            ),
            Unique(
                "merge_once_per_patient",
                ("merged_id",),
                says="That entry was merged already.",
                field="merged",
            ),
            Guard(
                "merge_keeps_a_live_patient",
                ("INSERT",),
                'EXISTS (SELECT 1 FROM "merge" m WHERE m.merged_id = NEW.kept_id)',
                says="The entry to keep was itself merged into another; keep that other one.",
                field="kept",
                locks="patient WHERE id IN (NEW.kept_id, NEW.merged_id)",
            ),
        ]
