"""After what patients come back, and how often they are asked."""

from __future__ import annotations

from typing import Any

from schema.protocols import ProcedureType
from schema.recall import RecallRule, RecallTrigger
from seed.sowing import ids, sow

RULES: tuple[dict[str, Any], ...] = (
    # The day more keeps an insurer from refusing a visit that is a day early.
    {
        "code": "preventive",
        "name": "Preventive visit",
        "category": "hygiene",
        "months": 6,
        "days": 1,
        "lead_days": 28,
        "visit_minutes": 60,
    },
    {
        "code": "periodontal",
        "name": "Periodontal maintenance",
        "category": "periodontal",
        "months": 3,
        "lead_days": 21,
        "max_attempts": 5,
        "days_between": 10,
        "visit_minutes": 60,
    },
    {
        "code": "post_procedure",
        "name": "Check after a procedure",
        "category": "surgery",
        "weeks": 1,
        "days": 3,
        "lead_days": 3,
        "max_attempts": 3,
        "days_between": 2,
        "visit_minutes": 15,
    },
    {
        "code": "implant_review",
        "name": "Implant review",
        "category": "implant",
        "months": 12,
        "lead_days": 28,
        "visit_minutes": 30,
    },
)
INSTEAD = {"periodontal": "preventive"}
TRIGGERS = {
    "preventive": ("HY01", "EX01", "EX02"),
    "periodontal": ("PE02", "PE03"),
    "post_procedure": ("SU01", "SU02", "SU03", "SU04", "IP01"),
    "implant_review": ("IP04", "IP05"),
}


def sow_recall_rules() -> None:
    """Rules that are missing, each with the procedures that start it."""
    new = {row["code"] for row in sow(RecallRule, ("code",), RULES)}
    rules, kinds = ids(RecallRule), ids(ProcedureType)
    for code in new & INSTEAD.keys():
        other = rules[INSTEAD[code]]
        RecallRule.update(instead_of=other).where(RecallRule.code == code).execute()
    triggers = [
        {"rule": rules[code], "procedure_type": kinds[kind]}
        for code in TRIGGERS
        if code in new
        for kind in TRIGGERS[code]
    ]
    sow(RecallTrigger, ("rule", "procedure_type"), triggers)
