"""Hand-overs with two sides, and what went missing between them."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Act, Record
from schema.components import Component
from schema.fields import ChoiceField, InstantField
from schema.lab_gates import kept_under
from schema.rules import Guard, Index, Rule
from schema.staff import Location, Staff

# Hands whose owners sign in here, so that both sides of a hand-over can confirm it.
ROOMS = {"clinic": "Clinic", "lab": "Laboratory", "workshop": "Workshop"}
SEEKABLE = {**ROOMS, "transport": "On the way", "subcontractor": "Firm outside"}
OUTCOMES = {"found": "Found", "written_off": "Written off"}


class Handover(Act):
    """Somebody gave pieces away; they are on the way until the other side takes them."""

    component = ForeignKeyField(Component, backref="handovers")
    number = IntegerField(verbose_name="Pieces")
    from_holder = ChoiceField(ROOMS, verbose_name="From")
    to_holder = ChoiceField(ROOMS, verbose_name="To")
    to_staff = ForeignKeyField(
        Staff, backref="expected_handovers", null=True, verbose_name="Who should take it"
    )
    location = ForeignKeyField(Location, backref="handovers", null=True)
    by = ForeignKeyField(Staff, backref="handovers", verbose_name="Given by")

    class Meta:
        area = "Laboratory"
        label = "Hand-over"
        help = "Who gave which components to whom; the other side confirms it in the ledger."
        title = ("component", "number", "to_holder")
        shown = ("at", "component", "number", "from_holder", "to_holder", "by", "to_staff")
        order = ("-at",)
        verbs_only = True
        own = (
            "by",
            "to_staff",
            "component.order.dentist",
            "component.order.tracks.assignments.technician",
            "component.order.tracks.card.stage.skilled.staff",
        )
        place = ("component.order.card.location",)
        rules = [
            Rule(
                "handover_gives_some",
                "number > 0",
                says="Hand over one piece or more.",
                field="number",
            ),
            Index("handover_by_component", ("component_id", "id")),
        ]


class ComponentIncident(Record):
    """Pieces are missing: who had them last, and whether they were found or written off."""

    component = ForeignKeyField(Component, backref="incidents")
    number = IntegerField(verbose_name="Pieces")
    last_holder = ChoiceField(SEEKABLE, verbose_name="Last held by")
    last_staff = ForeignKeyField(
        Staff, backref="last_held_incidents", null=True, verbose_name="Last person"
    )
    last_location = ForeignKeyField(Location, backref="component_incidents", null=True)
    last_seen_at = InstantField(verbose_name="Last seen")
    note = CharField(max_length=300, null=True)
    noticed_at = InstantField()
    noticed_by = ForeignKeyField(Staff, backref="noticed_incidents")
    outcome = ChoiceField(OUTCOMES, null=True)
    reason = CharField(max_length=300, null=True)
    closed_at = InstantField(null=True)
    closed_by = ForeignKeyField(Staff, backref="closed_incidents", null=True)

    class Meta:
        area = "Laboratory"
        label = "Missing component"
        help = "What went missing, who had it last, and what came of it."
        title = ("component", "number")
        shown = (
            "noticed_at", "component", "number", "last_holder", "last_staff", "outcome", "reason",
        )  # fmt: skip
        order = ("-noticed_at",)
        verbs_only = True
        tones = {"outcome": {"found": "good", "written_off": "warn"}}
        own = (
            "noticed_by",
            "last_staff",
            "component.order.dentist",
            "component.order.tracks.assignments.technician",
            "component.order.tracks.card.stage.skilled.staff",
        )
        place = ("component.order.card.location",)
        rules = [
            Rule(
                "component_incident_misses_some",
                "number > 0",
                says="At least one piece is missing.",
                field="number",
            ),
            Rule(
                "component_incident_ends_whole",
                "(closed_at IS NULL) = (closed_by_id IS NULL) "
                "AND (closed_at IS NULL) = (outcome IS NULL)",
                says="What ended says when, by whom and how.",
                field="closed_at",
            ),
            Rule(
                "component_incident_loss_has_reason",
                "outcome IS DISTINCT FROM 'written_off' "
                "OR (reason IS NOT NULL AND trim(reason) <> '')",
                says="Write why the component is written off.",
                field="reason",
            ),
            Guard(
                "component_incident_ends_when_nothing_is_missing",
                ("INSERT", "UPDATE OF closed_at"),
                "NEW.closed_at IS NOT NULL AND "
                f"{kept_under('incident_id', 'NEW.id', 'missing')} <> 0",
                says="Pieces are still missing. Note them as found, or write them off.",
                field="closed_at",
                locks="component WHERE id = NEW.component_id",
            ),
            Guard(
                "component_incident_tells_of_its_losses",
                ("UPDATE OF outcome",),
                "NEW.outcome IS NOT NULL AND (NEW.outcome = 'written_off') <> EXISTS "
                "(SELECT 1 FROM component_movement m WHERE m.incident_id = NEW.id "
                "AND m.to_holder = 'written_off')",
                says="The outcome is what the ledger tells: written off, or found.",
                field="outcome",
            ),
            Guard(
                "component_incident_stays_as_noticed",
                (
                    "UPDATE OF component_id, number, last_holder, last_staff_id, last_location_id, "
                    "last_seen_at, noticed_at, noticed_by_id, closed_at, outcome",
                ),
                "OLD.closed_at IS NOT NULL OR NEW.component_id <> OLD.component_id "
                "OR NEW.number <> OLD.number OR NEW.last_holder <> OLD.last_holder "
                "OR NEW.last_staff_id IS DISTINCT FROM OLD.last_staff_id "
                "OR NEW.last_location_id IS DISTINCT FROM OLD.last_location_id "
                "OR NEW.last_seen_at <> OLD.last_seen_at OR NEW.noticed_at <> OLD.noticed_at "
                "OR NEW.noticed_by_id <> OLD.noticed_by_id",
                says="What was noticed stays as it was told.",
                field="component",
            ),
            Guard(
                "component_incident_is_never_removed",
                ("DELETE",),
                "TRUE",
                says="An incident is kept; close it when it is over.",
            ),
            Index("component_incident_by_component", ("component_id", "id")),
        ]
