"""Treatment plans, their stages, and the procedures that are planned and done."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.appointments import Appointment
from schema.base import Record
from schema.card_rules import subtype_rules
from schema.cards import Card
from schema.fields import DayField, InstantField, MoneyField, ToothField
from schema.found import Found
from schema.four_eyes import starts_before
from schema.names import NameField
from schema.patients import Patient
from schema.picked import CurrencyField
from schema.procedure_rules import PROCEDURE_RULES
from schema.protocols import ProcedureType, Protocol
from schema.rules import Guard, Rule, Unique
from schema.staff import Staff


class TreatmentPlan(Record):
    """What a dentist proposes to a patient, from the draft to the completed case."""

    card = ForeignKeyField(Card, backref="plans")
    patient = ForeignKeyField(Patient, backref="plans")
    author = ForeignKeyField(Staff, backref="authored_plans", verbose_name="Dentist")
    name = NameField(max_length=120)
    protocol = ForeignKeyField(Protocol, backref="plans", null=True)
    value = MoneyField(default=0)
    currency = CurrencyField()
    note = TextField(null=True)

    class Meta:
        area = "Treatment"
        everyday = 1
        help = "Proposed and running treatments."
        title = ("name", "patient")
        coded_title = ("name",)
        shown = (
            *("patient", "name", "author", "value", "currency"),
            *("card.stage", "card.due_at", "card.responsible"),
        )
        search = ("name",)
        found = Found(
            4,
            by=("name", "patient"),
            tells=("card.stage", "author", "value currency"),
        )
        supertype, kind = "card", "plan"
        own = ("author", "card.responsible", "patient.dentist")
        place = ("patient.location",)
        inlines = ("stages", "decision_makers")
        groups = (
            ("The plan", ("patient", "author", "name", "protocol")),
            ("Its value", ("value", "currency")),
            ("To know", ("note",)),
        )
        rules = [
            *subtype_rules("treatment_plan", "plan", "A plan starts with a new card of its own."),
            starts_before("treatment_plan", "presented", "A plan is drafted before presenting."),
            Rule(
                "treatment_plan_currency_has_three_letters",
                "length(currency) = 3 AND currency = upper(currency)",
                says="A currency is three capital letters, such as RON or EUR.",
                field="currency",
            ),
        ]


class PlanStage(Record):
    """One stage of a plan; a dependent stage waits for the one before it."""

    plan = ForeignKeyField(TreatmentPlan, backref="stages")
    number = IntegerField(help_text="1, 2, 3 … without a gap.")
    name = NameField(max_length=120)
    depends_on_previous = BooleanField(default=True)
    wait_days = IntegerField(default=0, help_text="From the end of the stage before.")
    book_within_days = IntegerField(
        null=True, help_text="Not booked so many days after that: the plan is at risk."
    )
    due_on = DayField(null=True)
    done_at = InstantField(null=True, verbose_name="Done")

    class Meta:
        area = "Treatment"
        label = "Stage of a plan"
        label_plural = "Stages of plans"
        help = "The clinical stages of plans, in order."
        title = ("number", "name")
        spoken = ("name",)
        offers = ("procedures",)
        shown = ("plan", "number", "name", "depends_on_previous", "due_on", "done_at")
        order = ("plan", "number")
        verb_owned = ("done_at",)
        own = ("plan.author", "plan.card.responsible", "plan.patient.dentist")
        place = ("plan.patient.location",)
        inside = "Stages"
        rules = [
            Unique(
                "plan_stage_numbered_once",
                ("plan_id", "number"),
                says="Another stage of this plan has that number.",
                field="number",
            ),
            Rule(
                "plan_stage_waits_forward",
                "wait_days >= 0 AND COALESCE(book_within_days, 0) >= 0",
                says="Days are 0 or more.",
                field="wait_days",
            ),
            Guard(
                "plan_stage_numbers_have_no_gap",
                ("INSERT",),
                "NEW.number IS DISTINCT FROM (SELECT COALESCE(MAX(s.number), 0) + 1 "
                "FROM plan_stage s WHERE s.plan_id = NEW.plan_id)",
                says="The next stage takes the next number.",
                field="number",
                locks="treatment_plan WHERE id = NEW.plan_id",
            ),
            Guard(
                "plan_stage_number_stays",
                ("UPDATE OF number, plan_id",),
                "NEW.number <> OLD.number OR NEW.plan_id <> OLD.plan_id",
                says="A stage keeps its number and its plan; change what it says instead.",
                field="number",
            ),
            Guard(
                "plan_stage_removed_from_the_end",
                ("DELETE",),
                "EXISTS (SELECT 1 FROM plan_stage s WHERE s.plan_id = OLD.plan_id "
                "AND s.number > OLD.number)",
                says="Only the last stage can be taken away.",
                locks="treatment_plan WHERE id = OLD.plan_id",
            ),
            Guard(
                "plan_stage_done_after_the_one_before",
                ("INSERT", "UPDATE OF done_at, depends_on_previous"),
                "NEW.done_at IS NOT NULL AND NEW.depends_on_previous AND EXISTS "
                "(SELECT 1 FROM plan_stage s WHERE s.plan_id = NEW.plan_id "
                "AND s.number = NEW.number - 1 "
                "AND (s.done_at IS NULL OR s.done_at > NEW.done_at))",
                says="The stage before is not done yet; this one depends on it.",
                field="done_at",
                locks="treatment_plan WHERE id = NEW.plan_id",
            ),
            Guard(
                "plan_stage_bears_the_next",
                ("UPDATE OF done_at",),
                "EXISTS (SELECT 1 FROM plan_stage s WHERE s.plan_id = NEW.plan_id "
                "AND s.number = NEW.number + 1 AND s.depends_on_previous "
                "AND s.done_at IS NOT NULL "
                "AND (NEW.done_at IS NULL OR NEW.done_at > s.done_at))",
                says="The next stage depends on this one and is done already.",
                field="done_at",
                locks="treatment_plan WHERE id = NEW.plan_id",
            ),
        ]


class Procedure(Record):
    """One thing that is planned for a patient, accepted, and done once at one appointment."""

    patient = ForeignKeyField(Patient, backref="procedures")
    plan_stage = ForeignKeyField(PlanStage, backref="procedures", null=True)
    type = ForeignKeyField(ProcedureType, backref="procedures", verbose_name="Procedure")
    tooth = ToothField(null=True)
    price = MoneyField(default=0)
    currency = CurrencyField()
    planned_on = DayField(null=True)
    accepted_at = InstantField(null=True, verbose_name="Accepted")
    declined_at = InstantField(null=True, verbose_name="Declined")
    appointment = ForeignKeyField(Appointment, backref="procedures", null=True)
    provider = ForeignKeyField(Staff, backref="procedures", null=True)
    done_at = InstantField(null=True, verbose_name="Done")
    voided_at = InstantField(null=True, verbose_name="Marked as a mistake")
    void_reason = CharField(max_length=200, null=True)
    note = TextField(null=True)

    class Meta:
        area = "Treatment"
        everyday = 2
        help = "What is planned and what was done, tooth by tooth."
        title = ("type", "tooth")
        shown = ("patient", "tooth", "type", "price", "planned_on", "accepted_at", "done_at")
        verb_owned = ("accepted_at", "declined_at", "done_at", "voided_at", "void_reason")
        ends = "voided_at"
        own = ("provider", "patient.dentist")
        place = ("patient.location",)
        groups = (
            ("What", ("patient", "plan_stage", "type", "tooth")),
            (
                "When and by whom",
                ("planned_on", "appointment", "provider", "accepted_at", "declined_at", "done_at"),
            ),
            ("Price", ("price", "currency")),
            ("Notes", ("note", "voided_at", "void_reason")),
        )
        rules = PROCEDURE_RULES
