"""When a control point has its evidence: one condition for ticks, steps and every checklist."""

from __future__ import annotations

from collections.abc import Iterable

from schema.custom_rules import EMPTY
from schema.four_eyes import CLAIM_LACKS_REVIEW
from schema.lab_gates import IN_WORK, held, order_of, shots_missing
from schema.rules import AnyRule, Guard
from schema.statement_rules import statement_lacks

_FILLED = f"NOT ({EMPTY.format(row='v')})"


def patient_of(card: str) -> str:
    """SQL for both engines: the patient whom a card concerns; NULL when there is none yet."""
    return (
        f"COALESCE((SELECT o.patient_id FROM lab_order o WHERE o.id = {order_of(card)}), "
        f"(SELECT y.patient_id FROM treatment_plan y WHERE y.card_id = {card}), "
        f"(SELECT y.patient_id FROM claim y WHERE y.card_id = {card}), "
        f"(SELECT y.patient_id FROM lead y WHERE y.card_id = {card}))"
    )


def _field_empty(card: str, about: str) -> str:
    order = (
        f"FROM lab_order o JOIN work_type w ON w.id = o.work_type_id WHERE o.id = {order_of(card)}"
    )
    return (
        f"CASE {about} WHEN 'dentist' THEN FALSE WHEN 'work_type' THEN FALSE "
        f"WHEN 'material' THEN EXISTS (SELECT 1 {order} AND o.material_id IS NULL "
        "AND EXISTS (SELECT 1 FROM work_type_material m WHERE m.work_type_id = w.id)) "
        f"WHEN 'shade' THEN EXISTS (SELECT 1 {order} AND o.shade_id IS NULL AND w.needs_shade) "
        f"WHEN 'responsible' THEN (SELECT k.responsible_id FROM card k WHERE k.id = {card}) "
        f"IS NULL WHEN 'due' THEN (SELECT k.due_at FROM card k WHERE k.id = {card}) IS NULL "
        f"WHEN 'patient' THEN {patient_of(card)} IS NULL "
        "ELSE NOT EXISTS (SELECT 1 FROM custom_value v JOIN custom_field f ON f.id = v.field_id "
        f"WHERE f.code = {about} AND {_FILLED} AND v.card_id IN ({card}, "
        f"(SELECT k.parent_id FROM card k WHERE k.id = {card}))) END"
    )


def _children_open(card: str, about: str) -> str:
    """`about` names their pipeline, or «pipeline:stage» when reaching that stage is enough.

    Without it a card may have no children at all, but not only cancelled ones: nothing was made.
    """
    theirs = (
        f"FROM card k JOIN stage g ON g.id = k.stage_id JOIN pipeline w ON w.id = k.pipeline_id "
        f"WHERE k.parent_id = {card} AND g.category <> 'lost' "
        f"AND ({about} IS NULL OR {about} = w.code "
        f"OR substr({about}, 1, length(w.code) + 1) = w.code || ':')"
    )
    arrived = (
        "g.category = 'done' OR EXISTS (SELECT 1 FROM stage m WHERE m.pipeline_id = w.id "
        f"AND {about} = w.code || ':' || m.code AND g.position >= m.position)"
    )
    return (
        f"(({about} IS NOT NULL OR EXISTS (SELECT 1 FROM card k WHERE k.parent_id = {card})) "
        f"AND NOT EXISTS (SELECT 1 {theirs})) "
        f"OR EXISTS (SELECT 1 {theirs} AND NOT ({arrived}))"
    )


def _unapproved(card: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM treatment_plan y WHERE y.card_id = {card} AND COALESCE(("
        "SELECT a.approved AND a.plan_value = y.value AND a.currency = y.currency "
        "AND a.by_id <> y.author_id FROM approval a WHERE a.plan_id = y.id "
        "ORDER BY a.id DESC LIMIT 1), FALSE)) AND NOT EXISTS (SELECT 1 FROM claim q "
        f"WHERE q.card_id = {card} AND NOT {CLAIM_LACKS_REVIEW.format(claim='q')})"
    )


def _parts_amiss(card: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM component c WHERE c.order_id = {order_of(card)} "
        f"AND {held('c.id', IN_WORK)} <> 0)"
    )


def _not_consented(card: str, about: str) -> str:
    return (
        f"NOT COALESCE((SELECT c.given FROM consent c WHERE c.patient_id = {patient_of(card)} "
        f"AND c.purpose = {about} ORDER BY c.at DESC, c.id DESC LIMIT 1), FALSE)"
    )


def _no_lot(card: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM lot_use u WHERE u.order_id = {order_of(card)} "
        "AND (u.track_id IS NULL OR NOT EXISTS (SELECT 1 FROM track t "
        f"WHERE t.card_id = {card} AND t.id <> u.track_id)))"
    )


def _no_link(card: str, about: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM external_record e WHERE (e.card_id IN ({card}, "
        f"(SELECT k.parent_id FROM card k WHERE k.id = {card})) "
        f"OR e.patient_id = {patient_of(card)}) AND e.kind = COALESCE({about}, e.kind) "
        "AND (e.ready_at IS NOT NULL OR e.uploaded_at IS NOT NULL))"
    )


def lacking(card: str, point: str, kinds: Iterable[str] | None = None) -> str:
    """SQL for both engines: the control point (an alias) of a card lacks what it asks for.

    A bare tick never does: the tick itself is its evidence. `kinds` leaves out what no point of
    interest asks for, which PostgreSQL would plan nevertheless.
    """
    about = f"{point}.about"
    lacks = {
        "field": lambda: _field_empty(card, about),
        "children": lambda: _children_open(card, about),
        "approval": lambda: _unapproved(card),
        "photos": lambda: shots_missing(order_of(card), f"COALESCE({about}, s.moment)"),
        "components": lambda: _parts_amiss(card),
        "consent": lambda: _not_consented(card, about),
        "lot": lambda: _no_lot(card),
        "link": lambda: _no_link(card, about),
        "statement": lambda: statement_lacks(order_of(card)),
    }
    wanted = [kind for kind in lacks if kinds is None or kind in kinds]
    cases = "".join(f"WHEN '{kind}' THEN {lacks[kind]()} " for kind in wanted)
    return f"CASE {point}.evidence {cases}ELSE FALSE END" if cases else "FALSE"


STEP_HAS_ITS_EVIDENCE = Guard(
    "card_step_has_its_evidence",
    ("INSERT",),
    "NEW.mode = 'move' AND NOT NEW.forced AND EXISTS (SELECT 1 FROM control_point q "
    "JOIN stage a ON a.id = q.stage_id JOIN stage b ON b.id = NEW.to_stage_id "
    "WHERE a.id = NEW.from_stage_id AND q.required AND b.position > a.position "
    f"AND b.category <> 'lost' AND {lacking('NEW.card_id', 'q')})",
    says="A required control point lacks its evidence. Supply it, or force the step with a reason.",
    field="to_stage",
    first="EXISTS (SELECT 1 FROM control_point q WHERE q.stage_id = NEW.from_stage_id "
    "AND q.evidence <> 'tick')",
)
# Children are asked for by the step: a list of ticks may be older than the children's last steps.
TICK_EVIDENCE: list[AnyRule] = [
    Guard(
        "tick_of_a_point_with_its_evidence",
        ("INSERT",),
        "NEW.done AND EXISTS (SELECT 1 FROM control_point q WHERE q.id = NEW.control_point_id "
        f"AND q.evidence NOT IN ('children', 'components') AND {lacking('NEW.card_id', 'q')})",
        says="What this control point asks for is not there yet. Supply it; it ticks itself then.",
        field="control_point",
    ),
]
