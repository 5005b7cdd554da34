"""Lab processes of an order: which teeth they make, who works on them."""

from __future__ import annotations

from peewee import ForeignKeyField

from schema.base import Record
from schema.card_rules import subtype_rules
from schema.cards import Card
from schema.fields import InstantField
from schema.found import Found
from schema.names import NameField
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.teeth import OrderTooth


class Track(Record):
    """A process of an order with its own card: zirconia works, a fabrication unit, a control."""

    card = ForeignKeyField(Card, backref="tracks")
    order = ForeignKeyField(LabOrder, backref="tracks")
    name = NameField(max_length=80, null=True, help_text="What it makes, such as bridge 12 to 22.")

    class Meta:
        area = "Laboratory"
        everyday = 2
        label, label_plural = "Lab process", "Lab processes"
        help = "The processes that run for an order, side by side, each on its own way."
        title = ("order", "name")
        shown = ("order", "name", "card")
        supertype, kind = "card", "track"
        search = ("name",)
        found = Found(
            5,
            by=("name", "order"),
            tells=("card.stage", "card.responsible", "card.due_at"),
        )
        own = (
            "assignments.technician",
            "card.responsible",
            "card.stage.skilled.staff",
            "order.dentist",
        )
        place = ("card.location",)
        inlines = ("teeth", "assignments")
        rules = [
            *subtype_rules("track", "track", says="Open a lab process on a card of a lab process."),
            Guard(
                "track_hangs_under_its_order",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM lab_order o JOIN card k ON k.parent_id = o.card_id "
                "WHERE o.id = NEW.order_id AND k.id = NEW.card_id)",
                says="Open the process under the card of its order.",
                field="order",
            ),
            Guard(
                "track_order_stays",
                ("UPDATE OF order_id",),
                "NEW.order_id <> OLD.order_id",
                says="A process stays with its order; open a new one for the other order.",
                field="order",
            ),
            Guard(
                "track_begins_after_the_draft",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM lab_order o WHERE o.id = NEW.order_id AND o.is_draft)",
                says="Register the order first; work starts when the draft is complete.",
                field="order",
                locks="lab_order WHERE id = NEW.order_id",
            ),
            Index("track_by_order", ("order_id",)),
        ]


class TrackTooth(Record):
    """A process makes this tooth of its order."""

    track = ForeignKeyField(Track, backref="teeth", verbose_name="Lab process")
    order_tooth = ForeignKeyField(OrderTooth, backref="tracks", verbose_name="Tooth")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Tooth of a process", "Teeth of processes"
        help = "Which teeth a process makes; a bridge is one process with all its teeth."
        title = ("order_tooth",)
        shown = ("track", "order_tooth")
        own = (
            "track.assignments.technician",
            "track.card.stage.skilled.staff",
            "track.order.dentist",
        )
        place = ("track.card.location",)
        inside = "Teeth"
        rules = [
            Unique(
                "track_tooth_listed_once",
                ("track_id", "order_tooth_id"),
                says="This tooth is in the process already.",
                field="order_tooth",
            ),
            Guard(
                "track_tooth_is_of_its_order",
                ("INSERT", "UPDATE"),
                "(SELECT t.order_id FROM track t WHERE t.id = NEW.track_id) <> "
                "(SELECT o.order_id FROM order_tooth o WHERE o.id = NEW.order_tooth_id)",
                says="Choose a tooth of the order that this process belongs to.",
                field="order_tooth",
            ),
            Guard(
                "track_tooth_is_in_one_open_unit",
                ("INSERT", "UPDATE"),
                "EXISTS (SELECT 1 FROM track_tooth x JOIN track t ON t.id = x.track_id "
                "JOIN card k ON k.id = t.card_id JOIN pipeline p ON p.id = k.pipeline_id "
                "JOIN track mine ON mine.id = NEW.track_id JOIN card c ON c.id = mine.card_id "
                "JOIN pipeline q ON q.id = c.pipeline_id WHERE p.code = q.code "
                "AND x.order_tooth_id = NEW.order_tooth_id AND x.track_id <> NEW.track_id "
                "AND k.closed_at IS NULL AND c.closed_at IS NULL)",
                says="Another open process of this kind makes this tooth; close that first.",
                field="order_tooth",
                locks="order_tooth WHERE id = NEW.order_tooth_id",
            ),
            Index("track_tooth_by_tooth", ("order_tooth_id",)),
        ]


class Assignment(Record):
    """A technician works on a process, at one of its stages, from then until it ends."""

    track = ForeignKeyField(Track, backref="assignments", verbose_name="Lab process")
    technician = ForeignKeyField(Staff, backref="assignments")
    stage = ForeignKeyField(Stage, backref="assignments")
    started_at = InstantField(verbose_name="From")
    ended_at = InstantField(null=True, verbose_name="Until")
    by = ForeignKeyField(Staff, backref="given_assignments", null=True, verbose_name="Assigned by")

    class Meta:
        area = "Laboratory"
        help = "Who works on what. A process has one technician at a time."
        title = ("technician", "stage")
        shown = ("track", "technician", "stage", "started_at", "ended_at", "by")
        now = ("started_at",)
        ends = "ended_at"
        own = ("technician",)
        place = ("track.card.location",)
        rules = [
            Unique(
                "assignment_one_open_per_track",
                ("track_id",),
                where="ended_at IS NULL",
                says="Someone works on this already; end that assignment first.",
                field="technician",
            ),
            Rule(
                "assignment_ends_after_start",
                "ended_at >= started_at",
                says="An assignment ends after it began.",
                field="ended_at",
            ),
            Guard(
                "assignment_technician_works_here",
                ("INSERT", "UPDATE OF technician_id"),
                "EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.technician_id "
                "AND s.ended_on IS NOT NULL)",
                says="This person has left; choose someone who works here.",
                field="technician",
                locks="staff WHERE id = NEW.technician_id",
            ),
            Guard(
                "assignment_technician_has_the_skill",
                ("INSERT", "UPDATE OF technician_id, stage_id"),
                "NOT EXISTS (SELECT 1 FROM skill k JOIN stage g ON g.code = k.stage_code "
                "WHERE k.staff_id = NEW.technician_id AND g.id = NEW.stage_id "
                "AND k.ended_on IS NULL)",
                says="This person lacks the skill for that stage; choose someone who has it.",
                field="technician",
            ),
            Guard(
                "assignment_stage_is_of_the_track",
                ("INSERT", "UPDATE OF stage_id, track_id"),
                "NOT EXISTS (SELECT 1 FROM track t JOIN card k ON k.id = t.card_id "
                "JOIN stage g ON g.pipeline_id = k.pipeline_id "
                "WHERE t.id = NEW.track_id AND g.id = NEW.stage_id)",
                says="Choose a stage of the way that this process travels.",
                field="stage",
            ),
            Guard(
                "assignment_begins_on_open_work",
                ("INSERT", "UPDATE OF track_id, ended_at"),
                "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM track t JOIN card k "
                "ON k.id = t.card_id WHERE t.id = NEW.track_id AND k.closed_at IS NOT NULL)",
                says="This process is closed; reopen it before assigning anyone.",
                field="track",
                locks="card WHERE NEW.ended_at IS NULL "
                "AND id = (SELECT card_id FROM track WHERE id = NEW.track_id)",
            ),
            Guard(
                "assignment_of_work_that_is_here",
                ("INSERT", "UPDATE OF track_id, ended_at"),
                "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM outsourcing o "
                "WHERE o.track_id = NEW.track_id AND o.returned_at IS NULL)",
                says="This work is outside; note its return before anyone works on it.",
                field="track",
            ),
            Index("assignment_by_technician", ("technician_id",), where="ended_at IS NULL"),
        ]
