"""What the laboratory asks of cards: no step from a draft, no closing with parts amiss."""

from __future__ import annotations

from schema.rules import AnyRule, Effect, Guard
from schema.statement_rules import statement_lacks

# Hands in which a component is still on its way; an order closes when these are empty.
IN_WORK = "('transport', 'lab', 'workshop', 'subcontractor', 'missing')"
_ENTERS = "(SELECT g.category FROM stage g WHERE g.id = NEW.to_stage_id)"
_IS_ORDER = "EXISTS (SELECT 1 FROM lab_order o WHERE o.card_id = NEW.card_id)"


def held(component: str, holders: str) -> str:
    """SQL for both engines: how many of a component are in these hands."""
    return (
        f"COALESCE((SELECT SUM(CASE WHEN m.to_holder IN {holders} THEN m.number ELSE 0 END) "
        f"- SUM(CASE WHEN m.from_holder IN {holders} THEN m.number ELSE 0 END) "
        f"FROM component_movement m WHERE m.component_id = {component}), 0)"
    )


def kept_under(column: str, key: str, holder: str) -> str:
    """SQL for both engines: how many pieces stay with a holder under one hand-over or incident."""
    return (
        f"COALESCE((SELECT SUM(CASE WHEN m.to_holder = '{holder}' THEN m.number ELSE 0 END) "
        f"- SUM(CASE WHEN m.from_holder = '{holder}' THEN m.number ELSE 0 END) "
        f"FROM component_movement m WHERE m.{column} = {key}), 0)"
    )


def shots_missing(order: str, moment: str) -> str:
    """SQL for both engines: an order lacks a required shot of a moment (`s.moment`: of any)."""
    return (
        "EXISTS (SELECT 1 FROM lab_order o CROSS JOIN shot s LEFT JOIN shot_requirement r "
        f"ON r.work_type_id = o.work_type_id AND r.shot_id = s.id WHERE o.id = {order} "
        f"AND s.moment = {moment} AND COALESCE(r.required, s.required) AND NOT EXISTS "
        "(SELECT 1 FROM photo p WHERE p.order_id = o.id AND p.shot_id = s.id "
        "AND p.uploaded_at IS NOT NULL))"
    )


def order_of(card: str) -> str:
    """SQL: the order that a card is, or whose process it is; NULL for other cards."""
    return (
        f"COALESCE((SELECT o.id FROM lab_order o WHERE o.card_id = {card}), "
        f"(SELECT t.order_id FROM track t WHERE t.card_id = {card}))"
    )


def _ends_with_the_card(table: str, cards: str) -> Effect:
    """When a card closes, what still runs on it ends at the same moment."""
    return Effect(
        f"card_closing_ends_its_{table}",
        ("UPDATE OF closed_at",),
        f"UPDATE {table} SET ended_at = CASE WHEN started_at > NEW.closed_at THEN started_at "
        f"ELSE NEW.closed_at END WHERE ended_at IS NULL AND {cards}",
        when="NEW.closed_at IS NOT NULL",
    )


CARD_STEP_GATES: list[AnyRule] = [
    Guard(
        "card_step_leaves_no_draft",
        ("INSERT",),
        f"{_ENTERS} <> 'lost' AND EXISTS "
        "(SELECT 1 FROM lab_order o WHERE o.card_id = NEW.card_id AND o.is_draft)",
        says="This order is a draft. Complete and register it first.",
        field="to_stage",
        locks="lab_order WHERE card_id = NEW.card_id",
        first=_IS_ORDER,
    ),
    Guard(
        "card_step_accounts_for_components",
        ("INSERT",),
        f"{_ENTERS} <> 'open' AND EXISTS (SELECT 1 FROM lab_order o "
        "JOIN component c ON c.order_id = o.id WHERE o.card_id = NEW.card_id "
        f"AND {held('c.id', IN_WORK)} <> 0)",
        says="Components of this order are still on their way. Return them, or write them off.",
        field="to_stage",
        locks="card WHERE id = NEW.card_id",
        first=_IS_ORDER,
    ),
    Guard(
        "card_step_has_the_required_photos",
        ("INSERT",),
        f"{_ENTERS} = 'done' AND NOT NEW.forced AND "
        + shots_missing("(SELECT x.id FROM lab_order x WHERE x.card_id = NEW.card_id)", "s.moment"),
        says="Required photos are missing. Upload them, or force the step with a reason.",
        field="to_stage",
        first=_IS_ORDER,
    ),
    Guard(
        "card_step_of_work_that_is_here",
        ("INSERT",),
        f"NEW.mode = 'move' AND {_ENTERS} <> 'lost' AND EXISTS (SELECT 1 FROM outsourcing u "
        "JOIN track t ON t.id = u.track_id WHERE t.card_id = NEW.card_id "
        "AND u.returned_at IS NULL)",
        says="This work is outside; note its return before it goes on.",
        field="to_stage",
    ),
    Guard(
        "card_step_closes_with_a_statement",
        ("INSERT",),
        f"{_ENTERS} = 'done' AND NOT NEW.forced AND "
        + statement_lacks("(SELECT x.id FROM lab_order x WHERE x.card_id = NEW.card_id)"),
        says="The statement of this device is missing. Issue it, or force the step with a reason.",
        field="to_stage",
        first=_IS_ORDER,
    ),
]
CARD_GATES: list[AnyRule] = [
    Guard(
        "card_teeth_are_in_one_open_unit",
        ("UPDATE OF closed_at, pipeline_id",),
        "NEW.closed_at IS NULL AND NEW.kind = 'track' AND EXISTS (SELECT 1 FROM track mine "
        "JOIN track_tooth a ON a.track_id = mine.id "
        "JOIN track_tooth b ON b.order_tooth_id = a.order_tooth_id AND b.track_id <> mine.id "
        "JOIN track t ON t.id = b.track_id JOIN card k ON k.id = t.card_id "
        "JOIN pipeline p ON p.id = k.pipeline_id WHERE mine.card_id = NEW.id "
        "AND k.closed_at IS NULL "
        "AND p.code = (SELECT q.code FROM pipeline q WHERE q.id = NEW.pipeline_id))",
        says="Another open process of this kind makes these teeth already; close that first.",
        field="pipeline",
        locks="card WHERE id = NEW.parent_id",
        first="NEW.closed_at IS NULL AND NEW.kind = 'track'",
    ),
    _ends_with_the_card("assignment", "track_id IN (SELECT id FROM track WHERE card_id = NEW.id)"),
    _ends_with_the_card("queue_mark", "track_id IN (SELECT id FROM track WHERE card_id = NEW.id)"),
    _ends_with_the_card("hold", "card_id = NEW.id"),
    Effect(
        "card_closing_frees_its_box",
        ("UPDATE OF closed_at",),
        "UPDATE lab_order SET box = NULL WHERE card_id = NEW.id AND box IS NOT NULL",
        when="NEW.closed_at IS NOT NULL",
    ),
]
