"""Physical components of an order: what travels with a work and must be accounted for."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField, DayField
from schema.names import NameField
from schema.orders import LabOrder
from schema.rules import Guard, Unique

RETURNS = {
    "returns": "Comes back",
    "consumed": "Is used up",
    "incorporated": "Becomes part of the work",
    "free": "Either way",
}
HOLDERS = {
    "patient": "Patient",
    "stock": "Stock",
    "clinic": "Clinic",
    "transport": "On the way",
    "lab": "Laboratory",
    "workshop": "Workshop",
    "subcontractor": "Firm outside",
    "missing": "Missing",
    "consumed": "Used up",
    "incorporated": "Part of the work",
    "written_off": "Written off",
}


class ComponentKind(Record):
    """A kind of component, such as impression, transfer or screw, and whether it comes back."""

    code = NameField(max_length=20)
    name = NameField(max_length=80)
    returns = ChoiceField(RETURNS, default="returns", verbose_name="Comes back")
    ended_on = DayField(null=True)

    class Meta:
        area = "Laboratory"
        label = "Component kind"
        help = "Kinds of components that travel with a work."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "code", "returns", "ended_on")
        lookup = True
        ends = "ended_on"
        order = ("name",)
        rules = [
            Unique(
                "component_kind_code_is_free", ("code",), says="A component kind has this code."
            ),
        ]


class Component(Record):
    """One kind of component of an order; its counts stand in the ledger."""

    order = ForeignKeyField(LabOrder, backref="components")
    kind = ForeignKeyField(ComponentKind, backref="components")
    note = CharField(max_length=160, null=True, help_text="Such as the upper arch, or a size.")

    class Meta:
        area = "Laboratory"
        help = "What travels with a work and must be accounted for."
        title = ("kind", "note")
        shown = ("order", "kind", "note")
        own = (
            "order.dentist",
            "order.card.responsible",
            "order.tracks.assignments.technician",
            "order.tracks.card.stage.skilled.staff",
        )
        place = ("order.card.location",)
        rules = [
            Unique(
                "component_listed_once",
                ("order_id", "kind_id", "COALESCE(note, '')"),
                says="This component is in the list already; tell it apart by a note.",
                field="kind",
            ),
            Guard(
                "component_that_moved_stays",
                ("UPDATE OF order_id, kind_id",),
                "(NEW.order_id <> OLD.order_id OR NEW.kind_id <> OLD.kind_id) AND EXISTS "
                "(SELECT 1 FROM component_movement m WHERE m.component_id = OLD.id)",
                says="This component was handed over already and stays as registered.",
                field="kind",
            ),
        ]
