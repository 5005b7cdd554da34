"""Who sits at the panel in these tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schema import TABLES
from schema.base import table_name
from schema.rights import Grant
from tests.factories.custom import a_custom_field, a_custom_value
from tests.factories.leads import a_lead, an_inquiry_source
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_clinic, a_location, a_person, a_role
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


@pytest.fixture
def inquiries(house, tmp_path, monkeypatch):
    """The panel of a clinic with one way for inquiries, and a folder for files that wait."""
    a_clinic()
    a_pipeline(kind="lead")
    an_inquiry_source(code="other")
    found = a_web(house)
    config = found.app.config
    monkeypatch.setitem(config, "SETTINGS", replace(config["SETTINGS"], folder=tmp_path))
    return found


@pytest.fixture
def filled():
    """An inquiry with values in two fields of the clinic's own: money and text."""
    lead = a_lead(name="Popa Ana")
    for kind, value in (("money", {"money_value": 77_700}), ("text", {"text_value": "Zebra"})):
        own = a_custom_field(type=kind, code=kind, label=f"My {kind}", searchable=True)
        a_custom_value(card=lead.card, field=own, **value)
    return lead
