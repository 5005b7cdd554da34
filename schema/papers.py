"""Papers beside the screen: every print of them, and what they said where both run in parallel."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Act, Record
from schema.fields import ChoiceField, DayField, InstantField
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.rules import Guard, Rule, Unique
from schema.staff import Location, Staff
from schema.statement_rules import A_STATEMENT_IS_PRINTED_ONCE_ISSUED

PAPERS = {
    "ticket": "Job ticket (A5)", "tray": "Tray card", "labels": "Labels of bags and box",
    "statement": "Custom-made device statement",
}  # fmt: skip
RESULTS = {
    "agrees": "Agrees",
    "stage": "Another stage on paper",
    "box": "Another box on paper",
    "missing": "Paper not found",
    "extra": "Paper of no open work here",
}
_ORDER = "lab_order o JOIN card k ON k.id = o.card_id"
# An order whose paper lies somewhere in the rooms of a location.
HERE = "k.kind = 'order' AND k.closed_at IS NULL AND NOT o.is_draft AND k.location_id"
_CHECK = "(SELECT c.{column} FROM paper_check c WHERE c.id = {row}.paper_check_id)"
_CLOSED = _CHECK.format(column="closed_at", row="{row}") + " IS NOT NULL"
_SAME_BOX = "COALESCE(paper_box, '') = COALESCE(screen_box, '')"


class PaperPrint(Act):
    """One print of a paper of an order; the copy's number stands on the paper itself."""

    order = ForeignKeyField(LabOrder, backref="prints")
    kind = ChoiceField(PAPERS, verbose_name="Paper")
    copy_number = IntegerField(verbose_name="Copy")
    by = ForeignKeyField(Staff, backref="prints", verbose_name="Printed by")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Print of a paper", "Prints of papers"
        help = "Who printed which paper of an order, and which copy of it."
        title = ("order", "kind", "copy_number")
        shown = ("at", "order", "kind", "copy_number", "by")
        order = ("-at",)
        verbs_only = True
        own = (
            "by",
            "order.dentist",
            "order.card.responsible",
            "order.tracks.assignments.technician",
        )
        place = ("order.card.location",)
        rules = [
            Unique(
                "paper_print_copy_is_one",
                ("order_id", "kind", "copy_number"),
                says="This copy was printed already; print the next one.",
                field="copy_number",
            ),
            Guard(
                "paper_print_copy_is_the_next",
                ("INSERT",),
                "NEW.copy_number IS DISTINCT FROM 1 + COALESCE((SELECT MAX(p.copy_number) "
                "FROM paper_print p WHERE p.order_id = NEW.order_id AND p.kind = NEW.kind), 0)",
                says="Copies are numbered without a gap.",
                field="copy_number",
                locks="lab_order WHERE id = NEW.order_id",
            ),
            Guard(
                "paper_print_is_of_a_registered_order",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM lab_order o WHERE o.id = NEW.order_id AND o.is_draft)",
                says="This order is a draft; register it before its papers are printed.",
                field="order",
            ),
            A_STATEMENT_IS_PRINTED_ONCE_ISSUED,
        ]


class PaperCheck(Record):
    """One walk through the rooms of a location, on one day, paper by paper."""

    location = ForeignKeyField(Location, backref="paper_checks")
    day = DayField()
    started_at = InstantField(verbose_name="From")
    started_by = ForeignKeyField(Staff, backref="started_checks", verbose_name="Started by")
    closed_at = InstantField(null=True, verbose_name="Closed")
    closed_by = ForeignKeyField(Staff, backref="closed_checks", null=True, verbose_name="Closed by")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Check of papers", "Checks of papers"
        help = "Days on which papers and screen were compared while both run in parallel."
        title = ("day", "location")
        shown = ("day", "location", "started_by", "closed_at", "closed_by")
        order = ("-day",)
        verbs_only = True
        own = ("started_by",)
        place = ("location",)
        rules = [
            Unique(
                "paper_check_one_a_day",
                ("location_id", "day"),
                says="The papers of this location are checked already on that day.",
                field="day",
            ),
            Rule(
                "paper_check_closes_after_it_began",
                "closed_at >= started_at",
                says="A check closes after it began.",
                field="closed_at",
            ),
            Rule(
                "paper_check_is_closed_by_somebody",
                "(closed_at IS NULL) = (closed_by_id IS NULL)",
                says="A closed check names who closed it.",
                field="closed_by",
            ),
            Guard(
                "paper_check_stays",
                ("UPDATE",),
                "OLD.closed_at IS NOT NULL OR NEW.location_id <> OLD.location_id "
                "OR NEW.day <> OLD.day",
                says="A check keeps its day and place, and stays once it is closed.",
                field="closed_at",
            ),
            Guard(
                "paper_check_is_never_removed",
                ("DELETE",),
                "TRUE",
                says="A check of papers is kept.",
            ),
            Guard(
                "paper_check_closes_when_all_is_told",
                ("UPDATE OF closed_at",),
                f"NEW.closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM {_ORDER} "
                f"WHERE {HERE} = NEW.location_id AND NOT EXISTS (SELECT 1 FROM paper_finding f "
                "WHERE f.paper_check_id = NEW.id AND f.order_id = o.id))",
                says="A work came in meanwhile; close the check once more.",
                field="closed_at",
            ),
        ]


class PaperFinding(Record):
    """What the paper of one order said in a check, beside what the screen said just then."""

    paper_check = ForeignKeyField(PaperCheck, backref="findings", verbose_name="Check")
    order = ForeignKeyField(LabOrder, backref="paper_findings")
    result = ChoiceField(RESULTS)
    paper_stage = ForeignKeyField(
        Stage, backref="paper_findings", null=True, verbose_name="Stage on paper"
    )
    screen_stage = ForeignKeyField(
        Stage, backref="screen_findings", verbose_name="Stage on the screen"
    )
    paper_box = CharField(max_length=20, null=True, verbose_name="Box on paper")
    screen_box = CharField(max_length=20, null=True, verbose_name="Box on the screen")
    by = ForeignKeyField(Staff, backref="paper_findings", verbose_name="Looked by")
    at = InstantField(verbose_name="When")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Finding on paper", "Findings on paper"
        help = "What differed between paper and screen, order by order."
        title = ("paper_check", "order")
        shown = (
            "paper_check", "order", "result", "paper_stage", "screen_stage", "paper_box",
            "screen_box", "by",
        )  # fmt: skip
        verbs_only = True
        own = ("by", "order.dentist", "order.tracks.assignments.technician")
        place = ("paper_check.location",)
        tones = {
            "result": {"agrees": "good", "stage": "warn", "box": "warn"}
            | {"missing": "late", "extra": "late"}
        }
        rules = [
            Unique(
                "paper_finding_one_of_each_order",
                ("paper_check_id", "order_id"),
                says="This paper was looked at already in this check.",
                field="order",
            ),
            Rule(
                "paper_finding_result_is_what_differs",
                "CASE result WHEN 'missing' THEN paper_stage_id IS NULL AND paper_box IS NULL "
                "WHEN 'extra' THEN paper_stage_id IS NOT NULL "
                "WHEN 'agrees' THEN paper_stage_id IS NOT NULL "
                f"AND paper_stage_id = screen_stage_id AND {_SAME_BOX} "
                "WHEN 'stage' THEN paper_stage_id IS NOT NULL "
                "AND paper_stage_id <> screen_stage_id "
                "WHEN 'box' THEN paper_stage_id IS NOT NULL "
                f"AND paper_stage_id = screen_stage_id AND NOT ({_SAME_BOX}) ELSE FALSE END",
                says="The result does not fit what paper and screen say.",
                field="result",
            ),
            Guard(
                "paper_finding_says_what_the_screen_says",
                ("INSERT", "UPDATE"),
                f"NOT EXISTS (SELECT 1 FROM {_ORDER} WHERE o.id = NEW.order_id "
                "AND k.stage_id = NEW.screen_stage_id "
                "AND COALESCE(o.box, '') = COALESCE(NEW.screen_box, ''))",
                says="The work moved meanwhile; look at the paper once more.",
                field="screen_stage",
            ),
            Guard(
                "paper_finding_extra_is_of_no_work_here",
                ("INSERT", "UPDATE"),
                "(NEW.result = 'extra') = EXISTS (SELECT 1 FROM "
                f"{_ORDER} WHERE o.id = NEW.order_id AND {HERE} = "
                f"{_CHECK.format(column='location_id', row='NEW')})",
                says="A paper is left over only when its work is not open at this location.",
                field="result",
            ),
            Guard(
                "paper_finding_stage_is_of_its_way",
                ("INSERT", "UPDATE"),
                "NEW.paper_stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                f"{_ORDER} JOIN stage s ON s.pipeline_id = k.pipeline_id "
                "WHERE o.id = NEW.order_id AND s.id = NEW.paper_stage_id)",
                says="Choose a stage of the way that this order travels.",
                field="paper_stage",
            ),
            Guard(
                "paper_finding_of_a_closed_check_stays",
                ("INSERT", "UPDATE"),
                _CLOSED.format(row="NEW"),
                says="This check is closed; begin the next one.",
                field="paper_check",
                locks="paper_check WHERE id = NEW.paper_check_id",
            ),
            Guard(
                "paper_finding_keeps_its_place",
                ("UPDATE OF paper_check_id, order_id",),
                "NEW.paper_check_id <> OLD.paper_check_id OR NEW.order_id <> OLD.order_id",
                says="A finding stays in its check and with its order.",
                field="order",
            ),
            Guard(
                "paper_finding_is_never_removed",
                ("DELETE",),
                "TRUE",
                says="What was found is kept; look at the paper once more instead.",
            ),
        ]
