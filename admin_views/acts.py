"""Acts that a record's page offers beside editing: a button that posts to a verb's own address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext
from peewee import Model

from admin_views.calling_off import may_call_off, stands
from admin_views.deeds import DEEDS
from admin_views.handing_over import may_hand_over
from admin_views.people import current_person
from admin_views.remake_desk import may_remake, may_rework
from schema.appointments import Appointment
from schema.bridges import ExternalSystem
from schema.followups import Followup
from schema.leads import Lead
from schema.orders import LabOrder
from schema.staff import Staff
from schema.system_keys import SystemKey
from schema.tracks import Track
from schema.workflow.remakes import ways_back


@dataclass(frozen=True)
class Button:
    """One act: its words, where it posts to, the row's key's name, for whom, and on which rows."""

    label: Any
    endpoint: str
    name: str
    may: Callable[[], bool]
    fits: Callable[[Any], bool] = lambda row: True
    act: str | None = None  # the part of the address that names the act, where there is one


def is_admin() -> bool:
    person = current_person()
    return person is not None and person.is_admin and person.seen_as is None


def registered(order: LabOrder) -> bool:
    return not order.is_draft


def goes_back(track: Track) -> bool:
    return bool(ways_back(track.card))


BUTTONS: dict[type[Model], tuple[Button, ...]] = {
    Staff: (
        Button(lazy_gettext("Make a password link"), "signing_in.make_link", "staff_id", is_admin),
        Button(
            lazy_gettext("Give all cards away"), "handing_over.begin", "staff_id", may_hand_over
        ),
    ),
    ExternalSystem: (Button(lazy_gettext("Make a key"), "key_desk.make", "system_id", is_admin),),
    SystemKey: (Button(lazy_gettext("End the key"), "key_desk.end", "key_id", is_admin),),
    LabOrder: (
        Button(lazy_gettext("Make again"), "remake_desk.begin", "order_id", may_remake, registered),
    ),
    Track: (
        Button(
            lazy_gettext("Send back"), "remake_desk.begin_rework", "track_id", may_rework, goes_back
        ),
    ),
    **{
        model: tuple(
            Button(deed.label, "admin.act", "key", deed.may, deed.open_on, name)
            for name, deed in DEEDS.items()
            if deed.model is model
        )
        for model in (Appointment, Followup, Lead)
    },
}
BUTTONS[Appointment] += (
    Button(lazy_gettext("Cancel the visit"), "calling_off.begin", "visit_id", may_call_off, stands),
)


def acts_on(row: Model) -> list[dict[str, Any]]:
    """The buttons for this row that the person at the screen may press."""
    return [
        {
            "label": str(button.label),
            "url": url_for(button.endpoint, act=button.act),
            "name": button.name,
            "value": row._pk,
        }
        for button in BUTTONS.get(type(row), ())
        if button.may() and button.fits(row)
    ]
