"""What the clinic does: kinds of procedures, and protocols that plans are made from."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.base import Record
from schema.fields import ChoiceField, DayField, MoneyField
from schema.measures import SpanField
from schema.names import NameField
from schema.rules import Guard, Rule, Unique

PROCEDURE_CATEGORIES = {
    "examination": "Examination",
    "imaging": "X-ray and photos",
    "hygiene": "Hygiene",
    "periodontal": "Periodontal",
    "restorative": "Fillings",
    "endodontic": "Root canal",
    "surgery": "Surgery",
    "implant": "Implants",
    "prosthetic": "Crowns and prostheses",
    "orthodontic": "Orthodontics",
    "whitening": "Whitening",
    "other": "Other",
}
NEEDS_TOOTH = {"yes": "Needs a tooth", "no": "Has no tooth", "may": "May have a tooth"}


class ProcedureType(Record):
    """A kind of procedure with its price, its length and whether it needs a tooth."""

    code = CharField(max_length=20)
    name = NameField(max_length=120)
    category = ChoiceField(PROCEDURE_CATEGORIES, default="other")
    needs_tooth = ChoiceField(NEEDS_TOOTH, default="may", verbose_name="Tooth")
    price = MoneyField(default=0)
    minutes = SpanField(default=30, verbose_name="Length")
    ended_on = DayField(null=True, verbose_name="No longer offered from")

    class Meta:
        area = "Set-up"
        everyday = 9
        label, label_plural = "Kind of procedure", "Kinds of procedures"
        help = "The price list. Recall rules and protocols refer to it."
        title = ("code", "name")
        spoken = ("name",)
        shown = ("code", "name", "category", "needs_tooth", "price", "minutes", "ended_on")
        order = ("code",)
        ends = "ended_on"
        rules = [
            Unique(
                "procedure_type_code_is_free",
                ("code",),
                says="A procedure has this code already.",
                field="code",
            ),
            Rule(
                "procedure_type_takes_time",
                "minutes > 0",
                says="A procedure takes at least a minute.",
                field="minutes",
            ),
            Guard(
                "procedure_type_fits_what_was_done",
                ("UPDATE OF needs_tooth",),
                "(NEW.needs_tooth = 'yes' AND EXISTS (SELECT 1 FROM procedure d "
                "WHERE d.type_id = NEW.id AND d.tooth IS NULL)) "
                "OR (NEW.needs_tooth = 'no' AND EXISTS (SELECT 1 FROM procedure d "
                "WHERE d.type_id = NEW.id AND d.tooth IS NOT NULL))",
                says="Procedures of this kind contradict that. End it and make a new kind.",
                field="needs_tooth",
                locks="procedure_type WHERE id = NEW.id",
            ),
        ]


class Protocol(Record):
    """A template of a treatment: its stages and the waits between them."""

    code = CharField(max_length=40)
    name = NameField(max_length=120)
    about = TextField(null=True)
    ended_on = DayField(null=True)

    class Meta:
        area = "Set-up"
        help = "Templates of treatments; a plan takes its stages from one."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "about", "ended_on")
        order = ("name",)
        lookup = True
        ends = "ended_on"
        inlines = ("stages",)
        rules = [
            Unique(
                "protocol_code_is_free",
                ("code",),
                says="A protocol has this code already.",
                field="code",
            ),
        ]


class ProtocolStage(Record):
    """One stage of a protocol, such as the placement of an implant."""

    protocol = ForeignKeyField(Protocol, backref="stages")
    number = IntegerField()
    name = NameField(max_length=120)
    depends_on_previous = BooleanField(default=True)
    wait_days = IntegerField(default=0, help_text="From the end of the stage before.")
    book_within_days = IntegerField(
        null=True, help_text="Not booked so many days after that: the plan is at risk."
    )

    class Meta:
        area = "Set-up"
        help = "Stages of protocols, in order."
        title = ("number", "name")
        spoken = ("name",)
        shown = ("name", "protocol", "number", "wait_days", "book_within_days")
        order = ("protocol", "number")
        inlines = ("procedures",)
        rules = [
            Unique(
                "protocol_stage_numbered_once",
                ("protocol_id", "number"),
                says="Another stage of this protocol has that number.",
                field="number",
            ),
            Rule(
                "protocol_stage_counts_forward",
                "number >= 1 AND wait_days >= 0 AND COALESCE(book_within_days, 0) >= 0",
                says="Stages count from 1; days are 0 or more.",
                field="number",
            ),
        ]


class ProtocolProcedure(Record):
    """A kind of procedure that a stage of a protocol consists of."""

    protocol_stage = ForeignKeyField(ProtocolStage, backref="procedures")
    type = ForeignKeyField(ProcedureType, backref="in_protocols")

    class Meta:
        area = "Set-up"
        label = "Procedure of a protocol"
        label_plural = "Procedures of protocols"
        help = "What is done in each stage of a protocol."
        title = ("type",)
        shown = ("type", "protocol_stage")
        order = ("protocol_stage", "id")
        inside = "Procedures"
        rules = [
            Unique(
                "protocol_procedure_once_per_stage",
                ("protocol_stage_id", "type_id"),
                says="This stage has that procedure already.",
                field="type",
            ),
        ]
