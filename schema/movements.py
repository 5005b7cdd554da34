"""The ledger of components: whose hands they passed through, counted piece by piece."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Act
from schema.components import HOLDERS, Component
from schema.custody import ComponentIncident, Handover
from schema.fields import ChoiceField
from schema.lab_gates import IN_WORK, held, kept_under
from schema.outside import Outsourcing
from schema.rules import AnyRule, Guard, Index, Rule
from schema.staff import Location, Staff

# A count enters the ledger from the first two, whose stock is not ours to know; what is on the
# way is counted for each hand-over.
NOT_COUNTED = "('patient', 'stock', 'transport')"


MOVEMENT_GUARDS: list[AnyRule] = [
    Guard(
        "component_movement_follows_its_handover",
        ("INSERT",),
        "NEW.handover_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM handover h "
        "WHERE h.id = NEW.handover_id AND h.component_id = NEW.component_id "
        "AND (NEW.from_holder = 'transport' OR (NEW.from_holder = h.from_holder "
        "AND NEW.number + COALESCE((SELECT SUM(m.number) FROM component_movement m "
        "WHERE m.handover_id = h.id AND m.to_holder = 'transport'), 0) <= h.number)))",
        says="This is not what was handed over. Look at the ledger.",
        field="handover",
        locks="component WHERE id = NEW.component_id",
    ),
    Guard(
        "component_movement_takes_what_is_on_the_way",
        ("INSERT",),
        "NEW.from_holder = 'transport' AND NEW.number > COALESCE((SELECT "
        "SUM(CASE WHEN m.to_holder = 'transport' THEN m.number ELSE 0 END) "
        "- SUM(CASE WHEN m.from_holder = 'transport' THEN m.number ELSE 0 END) "
        "FROM component_movement m WHERE m.component_id = NEW.component_id "
        "AND m.handover_id IS NOT DISTINCT FROM NEW.handover_id), 0)",
        says="So many are not on the way. Somebody else took them already.",
        field="number",
        locks="component WHERE id = NEW.component_id",
    ),
    Guard(
        "component_movement_is_taken_by_the_other_side",
        ("INSERT",),
        "NEW.from_holder = 'transport' AND EXISTS (SELECT 1 FROM handover h "
        "WHERE h.id = NEW.handover_id AND h.by_id = NEW.by_id AND h.to_holder <> h.from_holder "
        "AND NEW.to_holder = h.to_holder)",
        says="Whoever gave it does not confirm the taking; the other side does.",
        field="by",
    ),
    Guard(
        "component_movement_is_of_its_open_incident",
        ("INSERT",),
        "NEW.incident_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM component_incident i "
        "WHERE i.id = NEW.incident_id AND i.component_id = NEW.component_id "
        "AND i.closed_at IS NULL AND (CASE WHEN NEW.to_holder = 'missing' THEN NEW.number "
        "+ COALESCE((SELECT SUM(m.number) FROM component_movement m "
        "WHERE m.incident_id = i.id AND m.to_holder = 'missing'), 0) <= i.number "
        f"ELSE NEW.number <= {kept_under('incident_id', 'i.id', 'missing')} END))",
        says="This incident is over, or tells of fewer pieces.",
        field="incident",
        locks="component WHERE id = NEW.component_id",
    ),
    Guard(
        "component_movement_goes_along",
        ("INSERT",),
        "NEW.outsourcing_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outsourcing u "
        "JOIN track t ON t.id = u.track_id JOIN component c ON c.order_id = t.order_id "
        "WHERE u.id = NEW.outsourcing_id AND c.id = NEW.component_id AND "
        "(NEW.from_holder = 'subcontractor' OR u.returned_at IS NULL))",
        says="Components of the same order go along, when the work is sent.",
        field="outsourcing",
        locks="component WHERE id = NEW.component_id",
    ),
    Guard(
        "component_movement_comes_back_as_it_went",
        ("INSERT",),
        "NEW.from_holder = 'subcontractor' AND NEW.number > COALESCE((SELECT "
        "SUM(CASE WHEN m.to_holder = 'subcontractor' THEN m.number ELSE 0 END) "
        "- SUM(CASE WHEN m.from_holder = 'subcontractor' THEN m.number ELSE 0 END) "
        "FROM component_movement m WHERE m.component_id = NEW.component_id "
        "AND m.outsourcing_id IS NOT DISTINCT FROM NEW.outsourcing_id), 0)",
        says="So many did not go along with this work. Look at the ledger.",
        field="number",
        locks="component WHERE id = NEW.component_id",
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
    handover = ForeignKeyField(Handover, backref="movements", null=True, verbose_name="Hand-over")
    incident = ForeignKeyField(
        ComponentIncident, backref="movements", null=True, verbose_name="Missing component"
    )
    outsourcing = ForeignKeyField(
        Outsourcing, backref="movements", null=True, verbose_name="Outside work"
    )

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
        order = ("-at", "-id")
        verbs_only = True
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
            Rule(
                "component_movement_handover_is_on_the_way",
                "handover_id IS NULL OR to_holder = 'transport' OR from_holder = 'transport'",
                says="A hand-over puts pieces on the way, or takes them from there.",
                field="handover",
            ),
            Rule(
                "component_movement_missing_has_incident",
                "(to_holder = 'missing' OR from_holder = 'missing') = (incident_id IS NOT NULL)",
                says="Missing pieces belong to an incident that names who had them last.",
                field="incident",
            ),
            Rule(
                "component_movement_outside_is_of_a_firm",
                "outsourcing_id IS NULL OR to_holder = 'subcontractor' "
                "OR from_holder = 'subcontractor'",
                says="What goes along with an outside work goes to the firm, or comes from it.",
                field="outsourcing",
            ),
            *MOVEMENT_GUARDS,
            Guard(
                "component_movement_of_what_is_held",
                ("INSERT",),
                f"NEW.from_holder NOT IN {NOT_COUNTED} AND NEW.number > "
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
