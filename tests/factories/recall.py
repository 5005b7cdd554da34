"""Makes recall rules, triggers, recalls and attempts."""

from __future__ import annotations

from typing import Any

from schema.recall import Recall, RecallAttempt, RecallRule, RecallTrigger
from tests.factories import NOW, number
from tests.factories.patients import a_patient
from tests.factories.treatment import a_procedure_type


def a_recall_rule(**columns: Any) -> RecallRule:
    """Six months and a day."""
    good = {"code": f"rule{number()}", "name": "Preventive", "months": 6, "days": 1}
    return RecallRule.create(**good | columns)


def a_recall_trigger(**columns: Any) -> RecallTrigger:
    columns["rule"] = columns.get("rule") or a_recall_rule()
    columns["procedure_type"] = columns.get("procedure_type") or a_procedure_type()
    return RecallTrigger.create(**columns)


def a_recall(**columns: Any) -> Recall:
    columns["patient"] = columns.get("patient") or a_patient()
    columns["rule"] = columns.get("rule") or a_recall_rule()
    return Recall.create(**columns)


def a_recall_attempt(**columns: Any) -> RecallAttempt:
    """The next attempt of a recall: a call that nobody took."""
    recall = columns["recall"] = columns.get("recall") or a_recall()
    good = {"number": recall.attempts.count() + 1, "channel": "call", "outcome": "no_answer"}
    return RecallAttempt.create(**good | {"at": NOW} | columns)
