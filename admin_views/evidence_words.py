"""What the evidence of a control point is about, in words: a field, a purpose, a process."""

from __future__ import annotations

from collections.abc import Callable

from peewee import Field

from admin_views.language import row_name
from admin_views.plain_words import choice_text, code_text
from admin_views.policy import can, scoped
from schema.bridges import ExternalRecord
from schema.consents import Consent
from schema.custom import CustomField
from schema.photos import Shot
from schema.pipelines import ControlPoint, Pipeline

CHOSEN: dict[str, Field] = {
    "consent": Consent.purpose,
    "link": ExternalRecord.kind,
    "photos": Shot.moment,
}


def about_sayer() -> Callable[[ControlPoint], str]:
    """The function that says what a point is about; the names it needs are asked once."""
    own = scoped(CustomField, CustomField.code, CustomField.label)
    fields = dict(own.tuples()) if can("read", CustomField) else {}
    ways = {one.code: row_name(one.name) for one in scoped(Pipeline)}

    def say(point: ControlPoint) -> str:
        about = point.about or ""
        if not about:
            return ""
        if point.evidence in CHOSEN:
            return choice_text(CHOSEN[point.evidence], about)
        if point.evidence == "children":
            code, _, stage = about.partition(":")
            return ": ".join(filter(None, (ways.get(code, code), stage and code_text(stage))))
        return fields.get(about) or code_text(about)

    return say
