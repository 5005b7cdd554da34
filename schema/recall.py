"""When patients should come back: rules, triggers, recalls, and attempts to reach them."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from schema.appointments import Appointment
from schema.base import Act, Record
from schema.contacts import CHANNELS
from schema.fields import ChoiceField, DayField
from schema.measures import SpanField
from schema.names import NameField
from schema.patients import Patient
from schema.protocols import PROCEDURE_CATEGORIES, ProcedureType
from schema.recall_words import (
    COUNTED_IN,
    INTERVAL_OF_PATIENT,
    INTERVAL_OF_RULE,
    OUTCOMES,
    STATUSES,
)
from schema.rules import Agree, Guard, Index, Rule, Unique
from schema.staff import Staff


class RecallRule(Record):
    """After which time patients come back, and how they are asked."""

    code = CharField(max_length=40)
    name = NameField(max_length=120)
    category = ChoiceField(PROCEDURE_CATEGORIES, default="hygiene")
    months = IntegerField(default=0)
    weeks = IntegerField(default=0)
    days = IntegerField(default=0)
    counted_in = ChoiceField(COUNTED_IN, default="calendar", verbose_name="Days counted as")
    lead_days = IntegerField(default=14, help_text="So many days before, patients are asked.")
    max_attempts = IntegerField(default=4)
    days_between = IntegerField(default=14, help_text="Days between two attempts.")
    visit_minutes = SpanField(default=30, verbose_name="Length of the visit")
    instead_of = ForeignKeyField(
        "self", backref="replaced_by", null=True, help_text="A patient has one of the two."
    )
    ended_on = DayField(null=True)

    class Meta:
        area = "Recall"
        everyday = 2
        help = "When patients come back, by what was done."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "category", "months", "weeks", "days", "lead_days", "max_attempts")
        order = ("name",)
        lookup = True
        ends = "ended_on"
        inlines = ("triggers",)
        groups = (
            ("The rule", ("name", "code", "category", "instead_of", "ended_on")),
            ("How long after", ("months", "weeks", "days", "counted_in")),
            (
                "How people are asked",
                ("lead_days", "max_attempts", "days_between", "visit_minutes"),
            ),
        )
        advice = {"How long after": INTERVAL_OF_RULE}
        rules = [
            Unique(
                "recall_rule_code_is_free",
                ("code",),
                says="A rule has this code already.",
                field="code",
            ),
            Rule(
                "recall_rule_interval_is_positive",
                "months >= 0 AND weeks >= 0 AND days >= 0 AND months + weeks + days > 0",
                says="Give an interval of at least a day.",
                field="months",
            ),
            Rule(
                "recall_rule_cadence_makes_sense",
                "lead_days >= 0 AND max_attempts >= 1 AND days_between >= 1 AND visit_minutes > 0",
                says="At least one attempt, a day between two, and a visit of some minutes.",
                field="max_attempts",
            ),
        ]


class RecallTrigger(Record):
    """A kind of procedure after which a rule counts anew."""

    rule = ForeignKeyField(RecallRule, backref="triggers")
    procedure_type = ForeignKeyField(ProcedureType, backref="recall_triggers")

    class Meta:
        area, label, label_plural = "Recall", "Recall trigger", "Recall triggers"
        help = "Which procedures start a recall rule."
        title = ("procedure_type",)
        shown = ("procedure_type", "rule")
        order = ("rule", "id")
        rules = [
            Unique(
                "recall_trigger_listed_once",
                ("rule_id", "procedure_type_id"),
                says="This procedure starts that rule already.",
                field="procedure_type",
            ),
        ]


class Recall(Record):
    """One patient under one rule: when they came last and when they should come again."""

    patient = ForeignKeyField(Patient, backref="recalls")
    rule = ForeignKeyField(RecallRule, backref="recalls")
    previous_on = DayField(null=True, verbose_name="Last time")
    computed_due_on = DayField(null=True, verbose_name="Due by the rule")
    due_on = DayField(null=True, verbose_name="Due")
    due_reason = CharField(max_length=200, null=True, help_text="Why it differs from the rule.")
    due_by = ForeignKeyField(Staff, backref="set_recalls", null=True, verbose_name="Due set by")
    interval_months = IntegerField(null=True, verbose_name="Months")
    interval_weeks = IntegerField(null=True, verbose_name="Weeks")
    interval_days = IntegerField(null=True, verbose_name="Days")
    paused_until = DayField(null=True)
    disabled = BooleanField(default=False)
    appointment = ForeignKeyField(Appointment, backref="recalls", null=True)
    status = ChoiceField(STATUSES, default="waiting")
    note = TextField(null=True)

    class Meta:
        area = "Recall"
        everyday = 1
        help = "Who is due when. The rule computes the day; a person may set another with a reason."
        title = ("rule", "patient")
        coded_title = ("rule",)
        shown = ("patient", "rule", "previous_on", "due_on", "status", "appointment")
        order = ("due_on", "id")
        verb_owned = ("previous_on", "computed_due_on", "due_by", "appointment", "status")
        own = ("patient.dentist",)
        place = ("patient.location",)
        tones = {
            "status": {
                "waiting": "idle", "contacted": "info", "booked": "good", "refused": "late",
                "unreachable": "warn",
            }
        }  # fmt: skip
        groups = (
            ("Who and what", ("patient", "rule", "status", "appointment")),
            ("When", ("previous_on", "computed_due_on", "due_on", "due_reason", "due_by")),
            ("Another interval", ("interval_months", "interval_weeks", "interval_days")),
            ("Pause", ("paused_until", "disabled")),
            ("To know", ("note",)),
        )
        advice = {"Another interval": INTERVAL_OF_PATIENT}
        rules = [
            Unique(
                "recall_once_per_patient_and_rule",
                ("patient_id", "rule_id"),
                says="This patient has that recall already; change that one.",
                field="rule",
            ),
            Rule(
                "recall_interval_is_positive",
                "(interval_months IS NULL AND interval_weeks IS NULL AND interval_days IS NULL) "
                "OR (COALESCE(interval_months, 0) >= 0 AND COALESCE(interval_weeks, 0) >= 0 "
                "AND COALESCE(interval_days, 0) >= 0 AND COALESCE(interval_months, 0) "
                "+ COALESCE(interval_weeks, 0) + COALESCE(interval_days, 0) > 0)",
                says="Give an interval of at least a day, or leave it to the rule.",
                field="interval_months",
            ),
            Rule(
                "recall_manual_day_is_explained",
                "due_on IS NULL OR due_on IS NOT DISTINCT FROM computed_due_on "
                "OR (due_by_id IS NOT NULL AND trim(COALESCE(due_reason, '')) <> '')",
                says="Say why the day differs from the rule; your name is kept with it.",
                field="due_reason",
            ),
            Rule(
                "recall_due_after_last_time",
                "computed_due_on IS NULL "
                "OR (previous_on IS NOT NULL AND computed_due_on > previous_on)",
                says="The rule counts from the last time.",
                field="computed_due_on",
            ),
            Rule(
                "recall_booked_has_a_visit",
                "status <> 'booked' OR appointment_id IS NOT NULL",
                says="Choose the appointment that was booked.",
                field="appointment",
            ),
            Agree(
                "recall_booked_for_the_patient",
                ("appointment_id", "patient_id"),
                "appointment",
                ("id", "patient_id"),
                says="Choose an appointment of the same patient.",
                field="appointment",
                deferred=True,
            ),
            Index("recall_by_due", ("due_on", "status"), where="NOT disabled"),
        ]


class RecallAttempt(Act):
    """One try to reach a patient for a recall, and what came of it."""

    recall = ForeignKeyField(Recall, backref="attempts")
    number = IntegerField()
    channel = ChoiceField(CHANNELS)
    outcome = ChoiceField(OUTCOMES)
    next_on = DayField(null=True, verbose_name="Try again on")
    note = CharField(max_length=500, null=True)
    by = ForeignKeyField(Staff, backref="recall_attempts", null=True, help_text="Empty: by itself.")

    class Meta:
        area = "Recall"
        label, label_plural = "Recall attempt", "Recall attempts"
        help = "Every try to reach somebody, with its outcome."
        title = ("number", "outcome")
        shown = ("at", "recall", "number", "channel", "outcome", "next_on", "by")
        verbs_only = True
        own = ("by", "recall.patient.dentist")
        place = ("recall.patient.location",)
        rules = [
            Unique(
                "recall_attempt_numbered_once",
                ("recall_id", "number"),
                says="Somebody tried at the same moment. Look again.",
            ),
            Guard(
                "recall_attempt_numbers_have_no_gap",
                ("INSERT",),
                "NEW.number IS DISTINCT FROM (SELECT COALESCE(MAX(a.number), 0) + 1 "
                "FROM recall_attempt a WHERE a.recall_id = NEW.recall_id)",
                says="Somebody tried meanwhile. Look again.",
                field="number",
                locks="recall WHERE id = NEW.recall_id",
            ),
            Rule(
                "recall_attempt_later_says_when",
                "outcome <> 'later' OR next_on IS NOT NULL",
                says="Say when to try again.",
                field="next_on",
            ),
        ]
