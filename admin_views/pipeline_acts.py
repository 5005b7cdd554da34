"""What is posted from the map of a draft, as calls of verbs: each act by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext
from peewee import DataError, IntegrityError

from admin_views.numbers_in import number_in
from admin_views.sentences import in_words, said
from admin_views.writing import explainer
from schema.automations import Automation
from schema.database import one_act
from schema.sayings import Noun
from schema.workflow import Refused, pipeline_points, pipeline_stages, pipeline_steps
from schema.workflow.spans import read_span
from schema.workflow.values import clean_text, parse_whole

Sent = Mapping[str, str]


def why_not(act: Callable[[], Any]) -> str | None:
    """Do it wholly; or why it was refused, in the reader's language."""
    try:
        with one_act():
            act()
    except Refused as refusal:
        return in_words(refusal)
    except IntegrityError as error:
        current_app.logger.info("refused by the database: %s", type(error).__name__)
        told = explainer.explain(error)
        return said(told.says, {"what": Noun(told.what)} if told.what else {})
    except (DataError, OverflowError):
        return gettext("A value is too large or not of its kind.")
    return None


def draw(pipeline_id: int, sent: Sent) -> Callable[[], Any] | None:
    """The act that a form of the map asks for; None when there is no such act."""
    act = ACTS.get(sent.get("act", ""))
    return None if act is None else lambda: act(pipeline_id, sent)


def _key(sent: Sent, name: str) -> int:
    return number_in(sent.get(name)) or 0


def _whole(sent: Sent, name: str) -> int | None:
    return parse_whole(sent.get(name, ""))


def _text(sent: Sent, name: str) -> str | None:
    return clean_text(sent.get(name))


def _add_stage(pipeline_id: int, sent: Sent) -> Any:
    after = number_in(sent.get("after"))
    return pipeline_stages.add_stage(
        pipeline_id, sent.get("name", ""), after=after or None, category=sent.get("category", "")
    )


def _set_stage(_: int, sent: Sent) -> Any:
    return pipeline_stages.set_stage(
        _key(sent, "stage"),
        name=sent.get("name", ""),
        category=sent.get("category", ""),
        opens="opens" in sent,
        clock=sent.get("clock", ""),
        wip_limit=_whole(sent, "wip_limit"),
        standard_minutes=read_span(sent.get("standard_minutes", "")),
        seen=_key(sent, "seen"),
    )


def _add_step(pipeline_id: int, sent: Sent) -> Any:
    return pipeline_steps.add_step(pipeline_id, _key(sent, "stage"), _key(sent, "to_stage"))


def _point(sent: Sent) -> dict[str, Any]:
    return {
        "name": sent.get("name", ""),
        "block": sent.get("block", ""),
        "evidence": sent.get("evidence", ""),
        "about": _text(sent, "about"),
        "required": "required" in sent,
    }


def _automation(sent: Sent) -> dict[str, Any]:
    due = read_span(sent.get("due_minutes", ""))
    texts = ("text", "wording_code", "child_pipeline_code", "only_route", "recall_rule_code")
    rows = ("control_point", "role", "ticks")
    return {
        "event": sent.get("event"),
        "delay_minutes": read_span(sent.get("delay_minutes", "")) or 0,
        "delay_time": sent.get("delay_time", "working"),
        "action": sent.get("action"),
        "due_minutes": Automation.due_minutes.default if due is None else due,
        "child_each": sent.get("child_each", "order"),
        **{name: _text(sent, name) for name in texts},
        **{name: number_in(sent.get(name)) for name in rows},
    }


def _set_point(_: int, sent: Sent) -> Any:
    return pipeline_points.set_point(_key(sent, "row"), seen=_key(sent, "seen"), **_point(sent))


def _set_automation(_: int, sent: Sent) -> Any:
    return pipeline_points.set_automation(
        _key(sent, "row"), seen=_key(sent, "seen"), active="active" in sent, **_automation(sent)
    )


ACTS: dict[str, Callable[[int, Sent], Any]] = {
    "add_stage": _add_stage,
    "set_stage": _set_stage,
    "earlier": lambda _, sent: pipeline_stages.move_stage(_key(sent, "stage"), -1),
    "later": lambda _, sent: pipeline_stages.move_stage(_key(sent, "stage"), 1),
    "remove_stage": lambda _, sent: pipeline_stages.remove_stage(_key(sent, "stage")),
    "add_step": _add_step,
    "remove_step": lambda _, sent: pipeline_steps.remove_step(_key(sent, "row")),
    "add_point": lambda _, s: pipeline_points.add_point(_key(s, "stage"), **_point(s)),
    "set_point": _set_point,
    "remove_point": lambda _, sent: pipeline_points.remove_point(_key(sent, "row")),
    "add_automation": lambda _, s: pipeline_points.add_automation(
        _key(s, "stage"), **_automation(s)
    ),
    "set_automation": _set_automation,
    "remove_automation": lambda _, sent: pipeline_points.remove_automation(_key(sent, "row")),
    "add_mover": lambda _, s: pipeline_points.add_mover(_key(s, "stage"), _key(s, "role")),
    "remove_mover": lambda _, sent: pipeline_points.remove_mover(_key(sent, "row")),
}
