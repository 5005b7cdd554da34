"""The teeth of an order and the connectors between them: a bridge is what is joined."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField, ToothField
from schema.lab import Material
from schema.orders import LabOrder, changed
from schema.rules import Agree, Guard, Rule, Unique

PARTS = {
    "crown": "Crown",
    "implant_crown": "Crown on an implant",
    "pontic": "Pontic",
    "wing": "Wing of an adhesive bridge",
    "veneer": "Veneer",
    "inlay": "Inlay, onlay or overlay",
    "post": "Post and core",
    "abutment": "Custom abutment",
    "other": "Other",
}
NEVER_JOINED = "('inlay', 'post', 'abutment', 'other')"
LAYERS = {"final": "Final", "provisional": "Provisional", "abutment": "Abutment below"}
_IS_DRAFT = "(SELECT o.is_draft FROM lab_order o WHERE o.id = {row}.order_id) IS NOT TRUE"
_DRAFT_SAYS = "Take the order back to draft before changing its teeth."
# Neighbours along the arch: places next to each other, or the two sides of the midline.
_NEIGHBOURS = (
    "(a.tooth / 10 = b.tooth / 10 AND abs(a.tooth - b.tooth) = 1) OR (a.tooth % 10 = 1 "
    "AND b.tooth % 10 = 1 AND a.tooth <> b.tooth "
    "AND (a.tooth / 10 + 1) / 2 = (b.tooth / 10 + 1) / 2)"
)


def _set_in_draft(table: str) -> list[Guard]:
    """Rows that say what is made are added, changed and taken away only in a draft."""
    return [
        Guard(
            f"{table}_is_added_in_draft",
            ("INSERT",),
            _IS_DRAFT.format(row="NEW"),
            says=_DRAFT_SAYS,
            locks="lab_order WHERE id = NEW.order_id",
        ),
        Guard(
            f"{table}_is_changed_in_draft",
            ("UPDATE", "DELETE"),
            _IS_DRAFT.format(row="OLD"),
            says=_DRAFT_SAYS,
            locks="lab_order WHERE id = OLD.order_id",
        ),
        Guard(
            f"{table}_stays_with_its_order",
            ("UPDATE OF order_id",),
            "NEW.order_id <> OLD.order_id",
            says="This belongs to its order; add it to the other order instead.",
            field="order",
        ),
    ]


class OrderTooth(Record):
    """One tooth of an order: what it gets there, and of what when not of the order's material."""

    order = ForeignKeyField(LabOrder, backref="teeth")
    tooth = ToothField()
    part = ChoiceField(PARTS, default="crown")
    layer = ChoiceField(LAYERS, default="final")
    material = ForeignKeyField(
        Material, backref="teeth", null=True, help_text="Empty: the material of the order."
    )
    implant = CharField(
        max_length=120, null=True, help_text="Maker, type and platform of the implant."
    )

    class Meta:
        area = "Laboratory"
        label, label_plural = "Tooth of an order", "Teeth of orders"
        help = "Which teeth a work is for. A tooth may have a final and a provisional line."
        title = ("tooth", "part")
        shown = ("order", "tooth", "part", "layer", "material", "implant")
        own = (
            "order.dentist",
            "order.card.responsible",
            "order.tracks.assignments.technician",
            "order.tracks.card.stage.skilled.staff",
        )
        place = ("order.card.location",)
        order = ("order", "tooth")
        inside = "Teeth"
        rules = [
            Unique("order_tooth_id_and_order", ("id", "order_id"), says="Known already."),
            Unique(
                "order_tooth_once_per_layer",
                ("order_id", "tooth", "layer"),
                says="This tooth has such a line already; change that one.",
                field="tooth",
            ),
            Rule(
                "order_tooth_implant_is_named",
                "part NOT IN ('implant_crown', 'abutment') OR (implant IS NOT NULL "
                "AND implant <> '')",
                says="Name the implant: maker, type and platform.",
                field="implant",
            ),
            Guard(
                "order_tooth_material_is_allowed",
                ("INSERT", "UPDATE OF material_id"),
                "NEW.material_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lab_order o "
                "JOIN work_type_material m ON m.work_type_id = o.work_type_id "
                "WHERE o.id = NEW.order_id AND m.material_id = NEW.material_id)",
                says="This work is not made of that material; choose one that its type allows.",
                field="material",
            ),
            Guard(
                "order_tooth_joined_stays",
                ("UPDATE OF tooth, part, layer, material_id",),
                f"({changed('tooth', 'part', 'layer', 'material_id')}) AND EXISTS "
                "(SELECT 1 FROM order_connector c WHERE c.order_id = OLD.order_id "
                "AND OLD.id IN (c.first_id, c.second_id))",
                says="This tooth is joined to a neighbour; take the connector away first.",
                field="tooth",
            ),
            *_set_in_draft("order_tooth"),
        ]


class OrderConnector(Record):
    """Two neighbouring teeth of an order are joined; joined teeth are one bridge."""

    order = ForeignKeyField(LabOrder, backref="connectors")
    first = ForeignKeyField(OrderTooth, backref="connectors_on", verbose_name="From tooth")
    second = ForeignKeyField(OrderTooth, backref="connectors_back", verbose_name="To tooth")

    class Meta:
        area = "Laboratory"
        label = "Connector"
        help = "Joins two neighbours along one arch; 11 and 21 are neighbours too."
        title = ("first", "second")
        shown = ("order", "first", "second")
        own = (
            "order.dentist",
            "order.card.responsible",
            "order.tracks.assignments.technician",
            "order.tracks.card.stage.skilled.staff",
        )
        place = ("order.card.location",)
        rules = [
            Agree(
                "order_connector_first_is_of_the_order",
                ("first_id", "order_id"),
                "order_tooth",
                ("id", "order_id"),
                says="Join teeth of this order.",
                field="first",
            ),
            Agree(
                "order_connector_second_is_of_the_order",
                ("second_id", "order_id"),
                "order_tooth",
                ("id", "order_id"),
                says="Join teeth of this order.",
                field="second",
            ),
            Unique(
                "order_connector_joins_once",
                (
                    "(CASE WHEN first_id < second_id THEN first_id ELSE second_id END)",
                    "(CASE WHEN first_id < second_id THEN second_id ELSE first_id END)",
                ),
                says="These teeth are joined already.",
                field="second",
            ),
            Guard(
                "order_connector_joins_neighbours",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM order_tooth a JOIN order_tooth b ON b.id = NEW.second_id "
                f"WHERE a.id = NEW.first_id AND (a.layer <> b.layer OR NOT ({_NEIGHBOURS})))",
                says="Only neighbours along one arch are joined, in the same layer.",
                field="second",
            ),
            Guard(
                "order_connector_joins_no_inlays",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM order_tooth t WHERE t.id IN (NEW.first_id, NEW.second_id) "
                f"AND t.part IN {NEVER_JOINED})",
                says="Inlays, posts and abutments are never joined.",
                field="first",
            ),
            Guard(
                "order_connector_joins_one_material",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM order_tooth a JOIN order_tooth b ON b.id = NEW.second_id "
                "JOIN lab_order o ON o.id = NEW.order_id WHERE a.id = NEW.first_id "
                "AND COALESCE(a.material_id, o.material_id) "
                "IS DISTINCT FROM COALESCE(b.material_id, o.material_id))",
                says="Joined teeth are of one material.",
                field="second",
            ),
            *_set_in_draft("order_connector"),
        ]
