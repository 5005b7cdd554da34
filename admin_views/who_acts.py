"""Tells the audit who is at the screen, for as long as the request lasts."""

from __future__ import annotations

from flask import Flask, g, request

from admin_views.people import current_person
from admin_views.safety import is_static
from schema.acting import Actor, take_the_place


def tell_who_acts(app: Flask) -> None:
    """Must be installed after whatever finds the person."""
    app.before_request(_begin)
    app.teardown_request(_end)


def _begin() -> None:
    if is_static():
        return
    person = current_person()
    someone = Actor(
        door="screen",
        staff=person.staff_id if person else None,
        role=" ".join(sorted(person.role_codes)) if person else None,
        address=request.remote_addr,
        request=g.request_id,
    )
    g.acted_before = take_the_place(someone)


def _end(error: BaseException | None) -> None:
    if "acted_before" in g:
        take_the_place(g.pop("acted_before"))
