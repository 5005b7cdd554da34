"""Physical components of an order, and the ledger of whose hands they passed through."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Act, Record
from schema.fields import ChoiceField, DayField
from schema.lab_gates import IN_WORK, held
from schema.names import NameField
from schema.orders import LabOrder
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Location, Staff

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
    "consumed": "Used up",
    "incorporated": "Part of the work",
    "written_off": "Written off",
}
# A count enters the ledger from these; what they hold is not ours to know.
SOURCES = "('patient', 'stock')"


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


class ComponentMovement(Act):
    """Some pieces of a component went from one pair of hands to another."""

    component = ForeignKeyField(Component, backref="movements")
    number = IntegerField(default=1, verbose_name="Pieces")
    from_holder = ChoiceField(HOLDERS, verbose_name="From")
    to_holder = ChoiceField(HOLDERS, verbose_name="To")
    from_staff = ForeignKeyField(Staff, backref="given_components", null=True)
    to_staff = ForeignKeyField(Staff, backref="taken_components", null=True)
    location = ForeignKeyField(Location, backref="component_movements", null=True)
    reason = CharField(max_length=300, null=True)
    by = ForeignKeyField(Staff, backref="component_movements", verbose_name="Recorded by")

    class Meta:
        area = "Laboratory"
        everyday = 6
        label, label_plural = "Component movement", "Component movements"
        help = "The ledger of components; a mistake is put right by the movement back."
        title = ("component", "number", "to_holder")
        shown = ("at", "component", "number", "from_holder", "to_holder", "by", "reason")
        own = (
            "by",
            "to_staff",
            "component.order.dentist",
            "component.order.tracks.assignments.technician",
            "component.order.tracks.card.stage.skilled.staff",
        )
        place = ("component.order.card.location",)
        groups = (
            ("What moves", ("component", "number", "reason")),
            (
                "From whom to whom",
                ("from_holder", "to_holder", "from_staff", "to_staff", "location"),
            ),
            ("When", ("at", "by")),
        )
        rules = [
            Rule(
                "component_movement_moves_some",
                "number > 0",
                says="Hand over one piece or more.",
                field="number",
            ),
            Rule(
                "component_movement_changes_hands",
                "from_holder <> to_holder OR (from_staff_id IS NOT NULL "
                "AND to_staff_id IS NOT NULL AND from_staff_id <> to_staff_id)",
                says="A component goes to other hands; choose who takes it.",
                field="to_holder",
            ),
            Rule(
                "component_movement_loss_has_reason",
                "to_holder <> 'written_off' OR (reason IS NOT NULL AND trim(reason) <> '')",
                says="Write why the component is written off.",
                field="reason",
            ),
            Guard(
                "component_movement_of_what_is_held",
                ("INSERT",),
                f"NEW.from_holder NOT IN {SOURCES} AND NEW.number > "
                f"{held('NEW.component_id', '(NEW.from_holder)')}",
                says="These hands do not hold so many. Look at the ledger.",
                field="number",
                locks="component WHERE id = NEW.component_id",
            ),
            Guard(
                "component_movement_ends_as_its_kind_does",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM component c JOIN component_kind k ON k.id = c.kind_id "
                "WHERE c.id = NEW.component_id AND k.returns = 'returns' "
                "AND NEW.to_holder IN ('consumed', 'incorporated'))",
                says="This component comes back; return it, or write it off with a reason.",
                field="to_holder",
            ),
            Guard(
                "component_movement_into_open_work",
                ("INSERT",),
                f"NEW.to_holder IN {IN_WORK} AND EXISTS (SELECT 1 FROM component c "
                "JOIN lab_order o ON o.id = c.order_id JOIN card k ON k.id = o.card_id "
                "WHERE c.id = NEW.component_id AND k.closed_at IS NOT NULL)",
                says="This order is closed. Reopen it before sending components to the laboratory.",
                field="to_holder",
                locks="card WHERE id = (SELECT o.card_id FROM lab_order o "
                "JOIN component c ON c.order_id = o.id WHERE c.id = NEW.component_id)",
            ),
            Index("component_movement_by_component", ("component_id", "id")),
        ]
