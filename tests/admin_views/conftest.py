"""Who sits at the panel in these tests."""

from __future__ import annotations

import pytest

from schema import TABLES
from schema.base import table_name
from schema.rights import Grant
from tests.factories.staff import a_location, a_person, a_role
from tests.web import a_web


@pytest.fixture
def desk(house):
    """A browser of somebody who may do everything."""
    role = a_role("manager")
    for model in TABLES:
        Grant.create(
            role=role,
            table_name=table_name(model),
            may_create=True,
            may_edit=True,
            may_export=True,
            scope="all",
        )
    return a_web(house).as_(a_person(role_code="manager", location=a_location()))
