"""Words and conditions that pipelines, cards and automations share."""

from __future__ import annotations

from schema.rules import AnyRule, Guard
from schema.stamps import known_at_once

KINDS = {
    "lead": "Inquiry",
    "plan": "Treatment plan",
    "claim": "Claim",
    "order": "Lab order",
    "track": "Lab process",
}
CATEGORIES = {"open": "Work goes on", "done": "Done", "lost": "Lost"}
CLOCKS = {
    "lab": "Laboratory",
    "clinic": "Clinic",
    "patient": "Patient",
    "supplier": "Supplier",
    "machine": "Machine",
}
BLOCKS = {
    "identification": "Identification and deadlines",
    "parameters": "Work parameters",
    "clinical": "Clinical part",
    "production": "Production checklist",
    "readiness": "End-to-end readiness",
    "photos": "Photo protocol",
    "integrations": "External integrations",
    "components": "Inventory of physical components",
}
EVIDENCE = {
    "tick": "A tick",
    "field": "A filled field",
    "children": "Finished child cards",
    "approval": "An approval",
    "photos": "The required photos",
    "components": "Settled components",
    "consent": "A consent in force",
    "lot": "A valid material lot",
    "link": "A link",
    "statement": "A custom-made device statement",
}
FROZEN = "Cards travel this version, so it stays as it is. Make a new version of the pipeline."

TRAVELLED = (
    "(EXISTS (SELECT 1 FROM card c WHERE c.pipeline_id = {pipeline}) OR EXISTS (SELECT 1 "
    "FROM card_step h JOIN stage g ON g.id = h.from_stage_id WHERE g.pipeline_id = {pipeline}))"
)
CROOKED = (
    "t.back IS DISTINCT FROM (b.position < a.position) AND NOT (NOT t.back AND b.category = 'lost')"
)


def frozen(table: str, parent: str, pipeline: str) -> list[AnyRule]:
    """What keeps a table's rows as they are once cards travel their pipeline; known at once."""
    new, old = pipeline.format(row="NEW"), pipeline.format(row="OLD")
    return [
        known_at_once(table),
        Guard(
            f"{table}_joins_unused_pipeline",
            ("INSERT", f"UPDATE OF {parent}"),
            TRAVELLED.format(pipeline=new),
            says=FROZEN,
            locks=f"pipeline WHERE id = {new}",
        ),
        Guard(
            f"{table}_of_used_pipeline_stays",
            ("UPDATE", "DELETE"),
            TRAVELLED.format(pipeline=old),
            says=FROZEN,
            locks=f"pipeline WHERE id = {old}",
        ),
    ]
