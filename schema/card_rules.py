"""The stage machine: what a card and its steps may do, as the database keeps it."""

from __future__ import annotations

from schema.four_eyes import CLAIM_LACKS_REVIEW, PLAN_LACKS_APPROVAL, reaches
from schema.rules import Agree, AnyRule, Effect, Guard, Rule, Unique

CLOSED = "(SELECT closed_at FROM card WHERE id = NEW.card_id) IS NOT NULL"
ENDS = "(SELECT category FROM stage WHERE id = NEW.to_stage_id) <> 'open'"
THIS_CARD = "card WHERE id = NEW.card_id"


def subtype_rules(table: str, kind: str, says: str) -> list[AnyRule]:
    """What a subtype of Card keeps: a card of its kind, to itself, for ever."""
    return [
        Unique(
            f"{table}_has_its_own_card",
            ("card_id",),
            says="That card belongs to another record already.",
            field="card",
        ),
        Guard(
            f"{table}_card_fits",
            ("INSERT",),
            "EXISTS (SELECT 1 FROM card c WHERE c.id = NEW.card_id "
            f"AND (c.kind <> '{kind}' OR c.step_count <> 0))",
            says=says,
            field="card",
        ),
        Guard(
            f"{table}_card_stays",
            ("UPDATE OF card_id",),
            "NEW.card_id <> OLD.card_id",
            says="A record keeps the card that it was opened with.",
            field="card",
        ),
    ]


CARD_RULES: list[AnyRule] = [
    Agree(
        "card_kind_of_its_pipeline",
        ("pipeline_id", "kind"),
        "pipeline",
        ("id", "kind"),
        says="Choose a pipeline of the card's own kind.",
        field="pipeline",
    ),
    Agree(
        "card_stage_of_its_pipeline",
        ("stage_id", "pipeline_id"),
        "stage",
        ("id", "pipeline_id"),
        says="Choose a stage of the card's own pipeline.",
        field="stage",
    ),
    Guard(
        "card_kind_and_parent_stay",
        ("UPDATE OF kind, parent_id",),
        "NEW.kind <> OLD.kind OR NEW.parent_id IS DISTINCT FROM OLD.parent_id",
        says="A card keeps its kind and the card that it was opened under.",
        field="kind",
    ),
    Guard(
        "card_opens_at_a_start",
        ("INSERT",),
        "NEW.step_count <> 0 OR NEW.closed_at IS NOT NULL OR NEW.closed_by_id IS NOT NULL "
        "OR NOT EXISTS (SELECT 1 FROM stage s WHERE s.id = NEW.stage_id AND s.opens)",
        says="A card starts at a stage where cards are opened.",
        field="stage",
    ),
    Guard(
        "card_opens_in_a_pipeline_in_use",
        ("INSERT",),
        "EXISTS (SELECT 1 FROM pipeline p WHERE p.id = NEW.pipeline_id "
        "AND (p.published_at IS NULL OR p.retired_at IS NOT NULL))",
        says="This pipeline is not in use. Choose one that is published and not retired.",
        field="pipeline",
    ),
    Guard(
        "card_stands_where_its_last_step_says",
        ("UPDATE OF stage_id, pipeline_id, step_count, closed_at, closed_by_id",),
        "(NEW.step_count = 0 AND (OLD.step_count <> 0 OR NEW.stage_id <> OLD.stage_id "
        "OR NEW.pipeline_id <> OLD.pipeline_id OR NEW.closed_at IS NOT NULL "
        "OR NEW.closed_by_id IS NOT NULL)) OR (NEW.step_count <> 0 AND (NOT EXISTS (SELECT 1 "
        "FROM card_step h JOIN stage g ON g.id = h.to_stage_id WHERE h.card_id = NEW.id "
        "AND h.number = NEW.step_count AND h.to_stage_id = NEW.stage_id "
        "AND h.pipeline_id = NEW.pipeline_id AND NEW.closed_at IS NOT DISTINCT FROM "
        "CASE WHEN g.category <> 'open' THEN h.at END AND NEW.closed_by_id IS NOT DISTINCT FROM "
        "CASE WHEN g.category <> 'open' THEN h.by_id END) OR EXISTS (SELECT 1 FROM card_step h "
        "WHERE h.card_id = NEW.id AND h.number > NEW.step_count)))",
        says="A card is moved by taking a step; its place is not typed.",
        field="stage",
    ),
    Guard(
        "card_closes_after_its_children",
        ("UPDATE OF closed_at",),
        "NEW.closed_at IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM card k WHERE k.parent_id = NEW.id AND k.closed_at IS NULL)",
        says="Work under this card is still open. Close that first.",
        field="stage",
        first="NEW.closed_at IS NOT NULL",
    ),
    Guard(
        "card_is_open_under_an_open_parent",
        ("INSERT", "UPDATE OF closed_at"),
        "NEW.closed_at IS NULL AND EXISTS "
        "(SELECT 1 FROM card u WHERE u.id = NEW.parent_id AND u.closed_at IS NOT NULL)",
        says="The card above is closed. Reopen it first.",
        field="parent",
        locks="card WHERE id = NEW.parent_id",
        first="NEW.closed_at IS NULL AND NEW.parent_id IS NOT NULL",
    ),
]

CARD_STEP_RULES: list[AnyRule] = [
    Unique(
        "card_step_numbered_once",
        ("card_id", "number"),
        says="Somebody moved this card at the same moment. Look again.",
    ),
    Rule(
        "card_step_moves_by_the_map",
        "(mode = 'move') = (step_id IS NOT NULL)",
        says="A move follows an allowed step; a transfer or a reopening follows none.",
        field="to_stage",
    ),
    Rule(
        "card_step_explains_itself",
        "(mode = 'move' AND NOT forced) "
        "OR (by_id IS NOT NULL AND trim(COALESCE(reason, '')) <> '')",
        says="Forcing, transferring and reopening need a person and a reason.",
        field="reason",
    ),
    Agree(
        "card_step_is_allowed",
        ("step_id", "from_stage_id", "to_stage_id"),
        "stage_step",
        ("id", "from_stage_id", "to_stage_id"),
        says="There is no allowed step between these stages.",
        field="to_stage",
    ),
    Agree(
        "card_step_ends_in_its_pipeline",
        ("to_stage_id", "pipeline_id"),
        "stage",
        ("id", "pipeline_id"),
        says="The stage belongs to another pipeline.",
        field="to_stage",
    ),
    Guard(
        "card_step_numbers_have_no_gap",
        ("INSERT",),
        "NEW.number IS DISTINCT FROM (SELECT step_count + 1 FROM card WHERE id = NEW.card_id)",
        says="This card was moved meanwhile. Look again.",
        locks=THIS_CARD,
    ),
    Guard(
        "card_step_starts_where_the_card_stands",
        ("INSERT",),
        "NEW.from_stage_id IS DISTINCT FROM (SELECT stage_id FROM card WHERE id = NEW.card_id)",
        says="The card stands at another stage now. Look again.",
        field="from_stage",
        locks=THIS_CARD,
    ),
    Guard(
        "card_step_of_a_closed_card_reopens",
        ("INSERT",),
        f"(NEW.mode = 'reopen') <> ({CLOSED})",
        says="A closed card is reopened before it moves; only a closed card is reopened.",
        field="to_stage",
        locks=THIS_CARD,
    ),
    Guard(
        "card_step_changes_pipeline_by_transfer",
        ("INSERT",),
        "(NEW.mode = 'transfer') = "
        "(NEW.pipeline_id = (SELECT pipeline_id FROM card WHERE id = NEW.card_id))",
        says="A transfer leads to another pipeline or version; any other step stays in its own.",
        field="pipeline",
        locks=THIS_CARD,
    ),
    Guard(
        "card_step_transfers_to_one_in_use",
        ("INSERT",),
        "NEW.mode = 'transfer' AND EXISTS (SELECT 1 FROM pipeline p WHERE p.id = NEW.pipeline_id "
        "AND (p.published_at IS NULL OR p.retired_at IS NOT NULL OR p.kind <> "
        "(SELECT kind FROM card WHERE id = NEW.card_id)))",
        says="Transfer to a pipeline of the same kind that is in use.",
        field="pipeline",
        first="NEW.mode = 'transfer'",
    ),
    Guard(
        "card_step_closes_by_a_move",
        ("INSERT",),
        f"NEW.mode <> 'move' AND {ENDS}",
        says="A transfer or a reopening leads to a stage where work goes on.",
        field="to_stage",
        first="NEW.mode <> 'move'",
    ),
    Guard(
        "card_step_passes_ticked_points",
        ("INSERT",),
        "NEW.mode = 'move' AND NOT NEW.forced AND EXISTS (SELECT 1 FROM control_point p "
        "JOIN stage a ON a.id = p.stage_id JOIN stage b ON b.id = NEW.to_stage_id "
        "WHERE a.id = NEW.from_stage_id AND p.required AND b.position > a.position "
        "AND b.category <> 'lost' AND NOT COALESCE((SELECT k.done FROM tick k "
        "WHERE k.card_id = NEW.card_id AND k.control_point_id = p.id "
        "ORDER BY k.id DESC LIMIT 1), FALSE))",
        says="A required control point is not ticked. Tick it, or force the step with a reason.",
        field="to_stage",
        locks=THIS_CARD,
        first="EXISTS (SELECT 1 FROM control_point p WHERE p.stage_id = NEW.from_stage_id)",
    ),
    Guard(
        "card_step_presents_an_approved_plan",
        ("INSERT",),
        f"{reaches('presented')} AND EXISTS (SELECT 1 FROM treatment_plan p "
        f"WHERE p.card_id = NEW.card_id AND {PLAN_LACKS_APPROVAL})",
        says="This plan needs a senior dentist's approval of its present value first.",
        field="to_stage",
        locks="treatment_plan WHERE card_id = NEW.card_id",
        first="EXISTS (SELECT 1 FROM treatment_plan p WHERE p.card_id = NEW.card_id)",
    ),
    Guard(
        "card_step_submits_a_reviewed_claim",
        ("INSERT",),
        f"{reaches('submitted')} AND EXISTS (SELECT 1 FROM claim q "
        f"WHERE q.card_id = NEW.card_id AND {CLAIM_LACKS_REVIEW.format(claim='q')})",
        says="Someone else than its author must approve this claim first.",
        field="to_stage",
        locks="claim WHERE card_id = NEW.card_id",
        first="EXISTS (SELECT 1 FROM claim q WHERE q.card_id = NEW.card_id)",
    ),
    Effect(
        "card_step_moves_the_card",
        ("INSERT",),
        "UPDATE card SET stage_id = NEW.to_stage_id, pipeline_id = NEW.pipeline_id, "
        f"step_count = NEW.number, at_risk = FALSE, closed_at = CASE WHEN {ENDS} THEN NEW.at END, "
        f"closed_by_id = CASE WHEN {ENDS} THEN NEW.by_id END WHERE id = NEW.card_id",
    ),
]
