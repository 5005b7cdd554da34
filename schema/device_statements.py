"""The statement of a custom-made device (EU 2017/745, Annex XIII): what was signed, as it was."""

from __future__ import annotations

from peewee import BlobField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Act
from schema.fields import ChoiceField, DayField
from schema.orders import LabOrder
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import LANGUAGES, Staff
from schema.statement_rules import KEPT_LONG_ENOUGH


class DeviceStatement(Act):
    """One version of the statement of one order, with the very document that was signed.

    `content` is canonical JSON: all facts of the document. `document` is the PDF, `sha256` the
    hash of its bytes. A version after the first replaces the one before it, for a reason.
    """

    order = ForeignKeyField(LabOrder, backref="statements")
    version = IntegerField()
    language = ChoiceField(LANGUAGES)
    reason = CharField(max_length=300, null=True, verbose_name="Why it was corrected")
    by = ForeignKeyField(Staff, backref="statements", verbose_name="Signed by")
    signed_name = CharField(max_length=130, verbose_name="Name as signed")
    signed_function = CharField(max_length=80, verbose_name="Function as signed")
    patient_code = CharField(max_length=20, verbose_name="Patient as named")
    prescriber = CharField(max_length=130, verbose_name="Prescriber as named")
    device = CharField(max_length=300, verbose_name="Device as described")
    implantable = BooleanField()
    unmet = TextField(null=True, verbose_name="Requirements not fully met")
    issued_on = DayField(verbose_name="Issued on")
    keep_until = DayField(verbose_name="Kept until")
    sha256 = CharField(max_length=64, verbose_name="SHA-256 of the document")
    content = TextField()
    document = BlobField()

    class Meta:
        area = "Laboratory"
        label, label_plural = "Custom-made device statement", "Custom-made device statements"
        help = "Statements under EU 2017/745, Annex XIII; locked 15 years if implantable, else 10."
        inside = "Statements"
        title = ("order", "version")
        shown = (
            "issued_on", "order", "version", "language", "patient_code", "prescriber",
            "signed_name", "implantable", "keep_until",
        )  # fmt: skip
        order = ("-at",)
        verbs_only = True
        secret = ("content", "document")
        kept_until = "keep_until"
        own = (
            "by",
            "order.dentist",
            "order.card.responsible",
            "order.tracks.assignments.technician",
        )
        place = ("order.card.location",)
        rules = [
            Unique(
                "device_statement_version_is_one",
                ("order_id", "version"),
                says="This version of the statement is issued already.",
                field="version",
            ),
            Guard(
                "device_statement_version_is_the_next",
                ("INSERT",),
                "NEW.version IS DISTINCT FROM 1 + COALESCE((SELECT MAX(s.version) "
                "FROM device_statement s WHERE s.order_id = NEW.order_id), 0)",
                says="Versions of a statement are numbered without a gap.",
                field="version",
                locks="lab_order WHERE id = NEW.order_id",
            ),
            Guard(
                "device_statement_is_of_a_registered_order",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM lab_order o WHERE o.id = NEW.order_id AND o.is_draft)",
                says="This order is a draft; nothing is stated of it yet.",
                field="order",
            ),
            Rule(
                "device_statement_correction_has_a_reason",
                "(version = 1) = (reason IS NULL) AND trim(COALESCE(reason, '-')) <> ''",
                says="A version after the first says why it replaces the one before it.",
                field="reason",
            ),
            Rule(
                "device_statement_grounds_are_said",
                "trim(COALESCE(unmet, '-')) <> ''",
                says="Say which requirements are not fully met, and why.",
                field="unmet",
            ),
            Rule(
                "device_statement_function_is_said",
                "trim(signed_function) <> ''",
                says="Say in which function you sign.",
                field="signed_function",
            ),
            Rule(
                "device_statement_is_kept_long_enough",
                KEPT_LONG_ENOUGH,
                says="The statement of an implantable device is kept 15 years, others 10.",
                field="keep_until",
            ),
            Rule(
                "device_statement_hash_is_whole",
                "length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''",
                says="A SHA-256 has 64 hexadecimal letters.",
                field="sha256",
            ),
            Guard(
                "device_statement_is_signed_by_its_name",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM staff p WHERE p.id = NEW.by_id AND p.ended_on IS NULL "
                "AND NEW.signed_name = p.last_name || ' ' || p.first_name)",
                says="It is signed with the name of somebody who works here.",
                field="signed_name",
            ),
            Guard(
                "device_statement_names_its_patient",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM lab_order o JOIN patient p ON p.id = o.patient_id "
                "WHERE o.id = NEW.order_id AND p.code = NEW.patient_code)",
                says="The statement names the patient of the order by the code.",
                field="patient_code",
            ),
            Index("device_statement_by_keep_until", ("keep_until",)),
        ]
