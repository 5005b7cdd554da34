"""Laboratory orders: the job ticket, and the visits for which the work must be ready."""

from __future__ import annotations

from peewee import BooleanField, CharField, ForeignKeyField, TextField

from schema.appointments import Appointment
from schema.base import Record
from schema.boxes import ORDER_BOX_RULES
from schema.bridge_rules import BRIDGE_RULES
from schema.card_rules import subtype_rules
from schema.cards import Card
from schema.fields import ChoiceField, DayField, InstantField, ShadeField
from schema.found import Found
from schema.lab import Material, Shade, WorkType
from schema.marks import marks_fall
from schema.patients import Patient
from schema.rules import Agree, Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.tickets import TICKET_RULES

ARCHES = {"upper": "Upper", "lower": "Lower", "both": "Both"}
TRANSLUCENCIES = {"high": "High", "medium": "Medium", "low": "Low", "opaque": "Opaque"}
VISIT_PURPOSES = {"records": "Records", "try_in": "Try-in", "placement": "Placement"}
CLINICAL = (
    "patient_id",
    "work_type_id",
    "material_id",
    "arch",
    "shade_id",
    "stump_shade_id",
    "cervical_shade_id",
    "body_shade_id",
    "incisal_shade_id",
    "translucency",
    "is_draft",
)


def changed(*columns: str) -> str:
    """SQL: one of these columns gets another value."""
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)


class LabOrder(Record):
    """One job ticket, from the day it comes in to the day the work is handed over."""

    card = ForeignKeyField(Card, backref="orders")
    ticket = CharField(max_length=9, help_text="Year and running number, such as 26-000123.")
    patient = ForeignKeyField(Patient, backref="lab_orders")
    dentist = ForeignKeyField(Staff, backref="lab_orders")
    work_type = ForeignKeyField(WorkType, backref="orders")
    material = ForeignKeyField(Material, backref="orders", null=True)
    arch = ChoiceField(ARCHES, null=True, help_text="For works without single teeth.")
    shade = ShadeField(Shade, backref="orders", null=True)
    stump_shade = ShadeField(Shade, backref="stump_orders", null=True)
    cervical_shade = ShadeField(Shade, backref="cervical_orders", null=True)
    body_shade = ShadeField(Shade, backref="body_orders", null=True)
    incisal_shade = ShadeField(Shade, backref="incisal_orders", null=True)
    translucency = ChoiceField(TRANSLUCENCIES, null=True)
    received_on = DayField()
    box = CharField(max_length=20, null=True, help_text="The box or pan that holds the work now.")
    notes = TextField(null=True)
    is_draft = BooleanField(
        default=True,
        verbose_name="Draft",
        help_text="Teeth and connectors are set while the order is a draft.",
    )

    class Meta:
        area = "Laboratory"
        everyday = 1
        label, label_plural = "Lab order", "Lab orders"
        help = "Job tickets: what is made for whom, of what, in which shade."
        title = ("ticket",)
        shown = (
            "ticket",
            "patient",
            "work_type",
            "card.stage",
            "card.due_at",
            "dentist",
            "card.priority",
        )
        search = ("ticket",)
        found = Found(
            2,
            by=("ticket", "patient"),
            tells=(
                "patient",
                "work_type",
                "card.stage",
                "card.location",
                "card.responsible",
                "card.due_at",
            ),
        )
        now, offers = ("received_on",), ("tracks", "photos")
        supertype, kind = "card", "order"
        own = (
            "dentist",
            "card.responsible",
            "tracks.assignments.technician",
            "tracks.card.stage.skilled.staff",
        )
        place = ("card.location",)
        inlines = ("teeth", "connectors", "visits", "components")
        verb_owned = ("ticket", "is_draft")
        groups = (
            (
                "Identification and deadlines",
                ("ticket", "patient", "dentist", "received_on", "box"),
            ),
            ("Work parameters", ("work_type", "material", "arch", "shade", "stump_shade")),
            ("Shade zones", ("cervical_shade", "body_shade", "incisal_shade", "translucency")),
            ("Notes", ("notes", "is_draft")),
        )
        rules = [
            *TICKET_RULES,
            *BRIDGE_RULES,
            *ORDER_BOX_RULES,
            marks_fall("lab_order"),
            *subtype_rules("lab_order", "order", says="Open an order on a card of an order."),
            Unique("lab_order_id_and_patient", ("id", "patient_id"), says="Known already."),
            Guard(
                "lab_order_is_never_removed",
                ("DELETE",),
                "TRUE",
                says="An order is never removed; close it, so that tickets stay without a gap.",
            ),
            Agree(
                "lab_order_material_is_allowed",
                ("work_type_id", "material_id"),
                "work_type_material",
                ("work_type_id", "material_id"),
                says="This work is not made of that material; choose one that its type allows.",
                field="material",
            ),
            Unique(
                "lab_order_box_holds_one_order",
                ("box",),
                where="box IS NOT NULL",
                says="Another open order is in this box; take a free one.",
                field="box",
            ),
            Guard(
                "lab_order_box_is_for_open_work",
                ("INSERT", "UPDATE OF box"),
                "NEW.box IS NOT NULL AND EXISTS (SELECT 1 FROM card k WHERE k.id = NEW.card_id "
                "AND k.closed_at IS NOT NULL)",
                says="This order is closed; its box is free for another one.",
                field="box",
                locks="card WHERE id = NEW.card_id",
            ),
            Rule(
                "lab_order_box_has_a_name",
                "box <> '' AND box = trim(box)",
                says="Write the box's number, or leave it empty.",
                field="box",
            ),
            Guard(
                "lab_order_patient_stays",
                ("UPDATE OF patient_id",),
                "NEW.patient_id <> OLD.patient_id AND NOT OLD.is_draft",
                says="The patient of a registered order stays; register a new order instead.",
                field="patient",
            ),
            Guard(
                "lab_order_work_is_set_in_draft",
                ("UPDATE OF work_type_id, material_id",),
                f"NOT OLD.is_draft AND ({changed('work_type_id', 'material_id')})",
                says="Take the order back to draft before changing the work or its material.",
                field="work_type",
            ),
            Guard(
                "lab_order_remade_stays_untouched",
                (f"UPDATE OF {', '.join(CLINICAL)}",),
                "EXISTS (SELECT 1 FROM remake r WHERE r.original_id = OLD.id "
                f"AND r.order_id IS NOT NULL) AND ({changed(*CLINICAL)})",
                says="This order was remade and stays as it was; change the new order.",
            ),
            Index("lab_order_by_received", ("received_on", "id")),
            Index("lab_order_by_patient", ("patient_id", "received_on")),
            Index("lab_order_by_dentist", ("dentist_id", "received_on")),
        ]


class OrderVisit(Record):
    """An order is needed at an appointment; several orders may meet at one visit."""

    order = ForeignKeyField(LabOrder, backref="visits")
    appointment = ForeignKeyField(Appointment, backref="order_visits")
    patient = ForeignKeyField(Patient, backref="order_visits")
    purpose = ChoiceField(VISIT_PURPOSES)
    planned_for = InstantField(
        null=True,
        verbose_name="Planned for",
        help_text="The start of the visit for which the work was planned last.",
    )

    class Meta:
        area = "Laboratory"
        verb_owned = ("planned_for",)
        label, label_plural = "Visit of an order", "Visits of orders"
        help = "The appointments for which a work must be ready."
        title = ("order", "purpose", "appointment")
        shown = ("order", "purpose", "appointment", "patient")
        own = ("order.dentist", "order.card.responsible")
        place = ("order.card.location",)
        inside = "Visits"
        rules = [
            Unique(
                "order_visit_planned_once",
                ("order_id", "appointment_id", "purpose"),
                says="This visit is planned for the order already.",
                field="appointment",
            ),
            Agree(
                "order_visit_is_of_the_orders_patient",
                ("order_id", "patient_id"),
                "lab_order",
                ("id", "patient_id"),
                says="The visit and the order are of the same patient.",
                field="patient",
            ),
            Agree(
                "order_visit_is_of_the_visiting_patient",
                ("appointment_id", "patient_id"),
                "appointment",
                ("id", "patient_id"),
                says="Choose an appointment of the order's patient.",
                field="appointment",
            ),
            Index("order_visit_by_appointment", ("appointment_id",)),
        ]
