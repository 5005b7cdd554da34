"""Acts that a record's page offers beside editing: a button that posts to a verb's own address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext
from peewee import Model

from admin_views.people import current_person
from schema.bridges import ExternalSystem
from schema.staff import Staff
from schema.system_keys import SystemKey


@dataclass(frozen=True)
class Button:
    """One act: its words, where it posts to, under which name the row's key goes, and for whom."""

    label: Any
    endpoint: str
    name: str
    may: Callable[[], bool]


def is_admin() -> bool:
    person = current_person()
    return person is not None and person.is_admin and person.seen_as is None


BUTTONS: dict[type[Model], tuple[Button, ...]] = {
    Staff: (
        Button(lazy_gettext("Make a password link"), "signing_in.make_link", "staff_id", is_admin),
    ),
    ExternalSystem: (Button(lazy_gettext("Make a key"), "key_desk.make", "system_id", is_admin),),
    SystemKey: (Button(lazy_gettext("End the key"), "key_desk.end", "key_id", is_admin),),
}


def acts_on(row: Model) -> list[dict[str, Any]]:
    """The buttons for this row that the person at the screen may press."""
    return [
        {
            "label": str(button.label),
            "url": url_for(button.endpoint),
            "name": button.name,
            "value": row._pk,
        }
        for button in BUTTONS.get(type(row), ())
        if button.may()
    ]
