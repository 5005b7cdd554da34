"""Seats at the panel: somebody whose one role has just the rights that a test names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g

from admin_views.people import find_person
from schema.rights import FieldGrant, Grant
from schema.staff import Role, Staff
from tests.conftest import House
from tests.factories.staff import a_clinic, a_person, a_role
from tests.web import Browser, a_web

SCOPES = ("own", "location", "all")


def a_role_with(
    rights: dict[str, str], code: str = "watcher", hides: str = "", fixes: str = ""
) -> Role:
    """A role with rights by table, such as {"patient": "own edit"}; columns are `table.column`."""
    a_clinic()
    role = a_role(code)
    for table, words in rights.items():
        verbs = {f"may_{verb}": verb in words for verb in ("create", "edit", "export")}
        scope = next((scope for scope in SCOPES if scope in words.split()), "all")
        Grant.create(role=role, table_name=table, scope=scope, **verbs)
    for access, places in (("hidden", hides), ("read", fixes)):
        for place in places.split():
            table, column = place.split(".")
            FieldGrant.create(role=role, table_name=table, column=column, access=access)
    return role


def a_seat(
    house: House, rights: dict[str, str], hides: str = "", fixes: str = "", **person: Any
) -> tuple[Browser, Staff]:
    """A browser and the person who sits at it, with a role that has these rights."""
    role = a_role_with(rights, hides=hides, fixes=fixes)
    staff = a_person(role.code, language="en", **person)
    return a_web(house).as_(staff), staff


@contextmanager
def sitting(browser: Browser) -> Iterator[None]:
    """Inside, the panel's own questions are asked as by the person at this browser."""
    with browser.session_transaction() as kept:
        token = kept["_user_id"]
    with browser.application.test_request_context():
        g._login_user = find_person(token)
        yield
