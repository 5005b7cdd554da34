"""Who sits at the panel in these tests."""

from __future__ import annotations

import pytest

from schema import TABLES
from schema.base import table_name
from schema.rights import Grant
from tests.factories.staff import a_location, a_person, a_role
from tests.web import a_web


def somebody_who_may_do_everything():
    """A person in a role that has every right on every table."""
    role = a_role("everything")
    rights = {"may_create": True, "may_edit": True, "may_export": True, "scope": "all"}
    Grant.insert_many(
        [{"role": role, "table_name": table_name(model), **rights} for model in TABLES]
    ).execute()
    return a_person(role_code="everything", location=a_location())


@pytest.fixture
def desk(house):
    """A browser of somebody who may do everything, in an empty house."""
    return a_web(house).as_(somebody_who_may_do_everything())


@pytest.fixture
def manager(clinic):
    """A browser of somebody who may do everything, in a clinic at work."""
    return a_web(clinic).as_(somebody_who_may_do_everything())
