"""What a new form begins with: the person's own place and name, now, and what led to the page."""

from __future__ import annotations

from typing import Any

from flask import request
from peewee import ForeignKeyField, Model

from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.picked_words import own_currency
from admin_views.plain_words import local
from admin_views.policy import right_on
from admin_views.sought import sought
from admin_views.writing import CARD
from schema.base import option, utcnow
from schema.fields import InstantField
from schema.picked import CurrencyField
from schema.staff import Location, Staff


def beginning_of(model: type[Model]) -> dict[str, Any]:
    """The values of a form for a new record."""
    return {
        **_now(model),
        **_at_home(model),
        **_paid_in(model),
        **sought(model),
        **_from_address(model),
    }


def _at_home(model: type[Model]) -> dict[str, Any]:
    """A new record begins where the person works, in the person's hands."""
    person = current_person()
    if person is None:
        return {}
    place = person.location_id
    home = {name: place for name, f in model._meta.fields.items() if _leads_to(f, Location)}
    home |= dict.fromkeys(_mine(model), person.staff_id)
    return {**home, f"{CARD}location": place, f"{CARD}responsible": person.staff_id}


def _mine(model: type[Model]) -> list[str]:
    """The columns that name who writes: `by`, and what makes a row the person's own."""
    person = current_person()
    right = right_on(person, model) if person else None
    own = option(model, "own", ()) if right and "own" in right.scopes["create"] else ()
    return [name for name in ("by", *own) if _leads_to(model._meta.fields.get(name), Staff)]


def _paid_in(model: type[Model]) -> dict[str, str]:
    """Money of a new record is in the clinic's own currency."""
    names = [f.name for f in model._meta.sorted_fields if isinstance(f, CurrencyField)]
    return dict.fromkeys(names, own_currency()) if names else {}


def _now(model: type[Model]) -> dict[str, Any]:
    """This moment, or today on the clinic's clock, where the table begins with it."""
    now = utcnow()
    fields = [model._meta.fields[name] for name in option(model, "now", ())]
    return {f.name: now if isinstance(f, InstantField) else local(now).date() for f in fields}


def _from_address(model: type[Model]) -> dict[str, Any]:
    """What the page that led here says of the new record, such as its patient."""
    return {
        name: number
        for name, text in request.args.items()
        if name in model._meta.fields
        and isinstance(model._meta.fields[name], ForeignKeyField)
        and (number := number_in(text)) is not None
    }


def _leads_to(field: Any, model: type[Model]) -> bool:
    return isinstance(field, ForeignKeyField) and field.rel_model is model
