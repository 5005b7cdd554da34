"""The form of one record: its own columns, those of its card, and its child rows."""

from __future__ import annotations

from typing import Any

from flask_admin.form import BaseForm
from peewee import Model
from wtforms.validators import Optional

from admin_views.columns import supertype_of
from admin_views.forms import form_class, form_columns
from admin_views.inlines import inline_fields
from admin_views.writing import CARD

ON_CARD = ("responsible", "location", "priority", "due_at", "row_version")


def record_form_class(model: type[Model], view: Any) -> type[BaseForm]:
    """The whole form class of a table; rights are applied to each form made of it."""
    base = form_class(model, view, form_columns(model))
    fields: dict[str, Any] = {}
    above = supertype_of(model)
    if above is not None:
        fields |= _card_fields(above.rel_model, view)
    fields |= inline_fields(model, view)
    return type(f"{model.__name__}Form", (base,), fields)


def _card_fields(card: type[Model], view: Any) -> dict[str, Any]:
    """The card's own fields under prefixed names, so that both make one record on the screen."""
    form = form_class(card, view, [*ON_CARD, "pipeline"], prefix=CARD)
    form.pipeline.kwargs["validators"] = [Optional()]
    return {f"{CARD}{name}": getattr(form, name) for name in ("pipeline", *ON_CARD)}
