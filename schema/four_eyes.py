"""Where a second person must look first: at dear plans, and at claims before they leave."""

from __future__ import annotations

from schema.rules import Guard

PLAN_LACKS_APPROVAL = (
    "(p.value > COALESCE((SELECT k.approval_threshold FROM clinic k), 0) "
    "OR p.currency <> COALESCE((SELECT k.currency FROM clinic k), p.currency)) "
    "AND NOT COALESCE((SELECT a.approved AND a.plan_value = p.value "
    "AND a.currency = p.currency AND a.by_id <> p.author_id FROM approval a "
    "WHERE a.plan_id = p.id ORDER BY a.id DESC LIMIT 1), FALSE)"
)
CLAIM_LACKS_REVIEW = (
    "NOT COALESCE((SELECT w.approved AND w.claim_amount = {claim}.amount "
    "AND w.by_id <> {claim}.author_id FROM claim_review w WHERE w.claim_id = {claim}.id "
    "ORDER BY w.id DESC LIMIT 1), FALSE)"
)


AT_OR_PAST = (
    "EXISTS (SELECT 1 FROM stage g JOIN stage m ON m.pipeline_id = g.pipeline_id "
    "AND m.code = '{code}' WHERE g.id = {stage} "
    "AND g.position >= m.position AND g.category <> 'lost')"
)


def reaches(code: str) -> str:
    """SQL for a card_step: it crosses from before the stage `code` to that stage or past it."""
    there = AT_OR_PAST.format(code=code, stage="NEW.to_stage_id")
    before = AT_OR_PAST.format(code=code, stage="NEW.from_stage_id")
    return f"{there} AND NOT {before}"


def starts_before(table: str, code: str, says: str) -> Guard:
    """A new row's card does not already stand where a second person must have looked."""
    stage = "(SELECT c.stage_id FROM card c WHERE c.id = NEW.card_id)"
    return Guard(
        f"{table}_starts_before_{code}",
        ("INSERT",),
        AT_OR_PAST.format(code=code, stage=stage),
        says=says,
        field="card",
    )
