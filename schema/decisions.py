"""How a plan is decided: who decides, when it is presented and to whom, and who approved it."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, TextField

from schema.appointments import Appointment
from schema.base import Act, Record
from schema.fields import ChoiceField, InstantField, MoneyField, PhoneField
from schema.four_eyes import PLAN_LACKS_APPROVAL
from schema.names import NameField
from schema.patients import Patient
from schema.picked import CurrencyField
from schema.rules import Guard, Rule, Unique
from schema.staff import Staff
from schema.treatment import TreatmentPlan

DECIDES_AS = {
    "patient": "The patient",
    "payer": "Payer",
    "partner": "Partner",
    "parent": "Parent",
    "guardian": "Legal guardian",
    "other": "Other",
}
THE_PLAN = "treatment_plan WHERE id = NEW.plan_id"


class DecisionMaker(Record):
    """A person who has a say in a plan: the patient, a payer, a parent."""

    plan = ForeignKeyField(TreatmentPlan, backref="decision_makers")
    patient = ForeignKeyField(
        Patient, backref="decides_on", null=True, verbose_name="Who, a patient here"
    )
    name = NameField(max_length=120, null=True, verbose_name="Who, by name")
    phone = PhoneField(null=True)
    relation = ChoiceField(DECIDES_AS, default="patient", verbose_name="Decides as")
    needed = BooleanField(default=True, help_text="Nothing is decided without them.")

    class Meta:
        area = "Treatment"
        label, label_plural = "Decision maker", "Decision makers"
        help = "Who has a say in a plan."
        title = ("patient", "name")
        coded_title = ("relation",)
        shown = ("plan", "patient", "name", "relation", "needed")
        groups = (
            ("Their say", ("plan", "relation", "needed")),
            ("Who decides", ("patient", "name", "phone")),
        )
        advice = {"Who decides": "Choose a patient of the clinic, or write a name."}
        own = ("plan.author", "plan.card.responsible", "plan.patient.dentist")
        place = ("plan.patient.location",)
        rules = [
            Rule(
                "decision_maker_is_one_person",
                "(patient_id IS NULL) <> (name IS NULL)",
                says="Choose a patient or write a name: one of the two.",
                field="patient",
            ),
            Unique(
                "decision_maker_listed_once",
                ("plan_id", "COALESCE(patient_id, 0)", "COALESCE(lower(name), '')"),
                says="This person is on the list already.",
                field="patient",
            ),
        ]


class Presentation(Record):
    """A plan is explained to those who decide, at an appointment made for that."""

    plan = ForeignKeyField(TreatmentPlan, backref="presentations")
    appointment = ForeignKeyField(Appointment, backref="presentations", null=True)
    presenter = ForeignKeyField(Staff, backref="presentations")
    held_at = InstantField(null=True, verbose_name="Held")
    absence_reason = CharField(
        max_length=200, null=True, help_text="Why it was held without someone who decides."
    )
    note = TextField(null=True)

    class Meta:
        area = "Treatment"
        help = "Plans explained to those who decide."
        title = ("plan",)
        shown = ("plan", "appointment", "presenter", "held_at")
        verb_owned = ("held_at",)
        own = ("presenter", "plan.author", "plan.card.responsible", "plan.patient.dentist")
        place = ("plan.patient.location",)
        inlines = ("attendances",)
        rules = [
            Guard(
                "presentation_of_an_approved_plan",
                ("INSERT", "UPDATE OF held_at, plan_id"),
                "NEW.held_at IS NOT NULL AND EXISTS (SELECT 1 FROM treatment_plan p "
                f"WHERE p.id = NEW.plan_id AND {PLAN_LACKS_APPROVAL})",
                says="This plan needs a senior dentist's approval of its present value first.",
                field="held_at",
                locks=THE_PLAN,
            ),
            Guard(
                "presentation_held_stays",
                ("UPDATE OF held_at, plan_id",),
                "OLD.held_at IS NOT NULL AND (NEW.held_at IS DISTINCT FROM OLD.held_at "
                "OR NEW.plan_id <> OLD.plan_id)",
                says="This presentation took place; that stays.",
                field="held_at",
            ),
            Guard(
                "presentation_at_a_visit_of_the_patient",
                ("INSERT", "UPDATE OF appointment_id, plan_id"),
                "(SELECT a.patient_id FROM appointment a WHERE a.id = NEW.appointment_id) "
                "<> (SELECT p.patient_id FROM treatment_plan p WHERE p.id = NEW.plan_id)",
                says="Choose an appointment of the plan's patient.",
                field="appointment",
            ),
        ]


class PresentationAttendance(Record):
    """Whether someone who decides was there when the plan was presented."""

    presentation = ForeignKeyField(Presentation, backref="attendances")
    decision_maker = ForeignKeyField(DecisionMaker, backref="attendances")
    attended = BooleanField(default=True)

    class Meta:
        area = "Treatment"
        label, label_plural = "Attendance", "Attendances"
        help = "Who was there when a plan was presented."
        title = ("decision_maker",)
        shown = ("presentation", "decision_maker", "attended")
        own = (
            "presentation.presenter",
            "presentation.plan.author",
            "decision_maker.plan.patient.dentist",
        )
        place = ("presentation.plan.patient.location",)
        rules = [
            Unique(
                "presentation_attendance_noted_once",
                ("presentation_id", "decision_maker_id"),
                says="This person is noted already.",
                field="decision_maker",
            ),
            Guard(
                "presentation_attendance_of_its_plan",
                ("INSERT", "UPDATE"),
                "(SELECT d.plan_id FROM decision_maker d WHERE d.id = NEW.decision_maker_id) "
                "<> (SELECT p.plan_id FROM presentation p WHERE p.id = NEW.presentation_id)",
                says="This person decides on another plan.",
                field="decision_maker",
            ),
        ]


class Approval(Act):
    """A senior dentist approved a plan at the value that it had then, or sent it back."""

    plan = ForeignKeyField(TreatmentPlan, backref="approvals")
    approved = BooleanField(default=True)
    plan_value = MoneyField()
    currency = CurrencyField()
    note = CharField(max_length=500, null=True)
    by = ForeignKeyField(Staff, backref="approvals")

    class Meta:
        area = "Treatment"
        help = "Second looks at dear plans. Another value needs another look."
        title = ("plan", "approved")
        shown = ("at", "plan", "approved", "plan_value", "currency", "by", "note")
        verbs_only = True
        own = ("by", "plan.author", "plan.card.responsible", "plan.patient.dentist")
        place = ("plan.patient.location",)
        rules = [
            Rule(
                "approval_refused_says_why",
                "approved OR trim(COALESCE(note, '')) <> ''",
                says="Say what has to change.",
                field="note",
            ),
            Guard(
                "approval_by_another_than_the_author",
                ("INSERT",),
                "NEW.by_id = (SELECT p.author_id FROM treatment_plan p WHERE p.id = NEW.plan_id)",
                says="The author of a plan cannot approve it.",
                field="by",
            ),
            Guard(
                "approval_by_a_senior_dentist",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM staff_role h JOIN role r ON r.id = h.role_id "
                "JOIN staff s ON s.id = h.staff_id WHERE h.staff_id = NEW.by_id "
                "AND r.code = 'senior_dentist' AND h.ended_on IS NULL AND s.ended_on IS NULL)",
                says="Only a senior dentist approves plans.",
                field="by",
            ),
            Guard(
                "approval_of_the_present_value",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM treatment_plan p WHERE p.id = NEW.plan_id "
                "AND p.value = NEW.plan_value AND p.currency = NEW.currency)",
                says="The plan's value changed. Look at it again, then approve.",
                field="plan_value",
                locks=THE_PLAN,
            ),
        ]
