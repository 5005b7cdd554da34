"""Bringing in inquiries: each opens a card on the pipeline in use."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.cards import Card
from schema.leads import Lead
from schema.pipelines import Pipeline, Stage
from schema.staff import Location, Staff
from schema.workflow import Refused
from schema.workflow.imports import Applied, apply_import
from tests.conftest import House
from tests.factories import NOW, later
from tests.factories.leads import an_inquiry_reason, an_inquiry_source
from tests.factories.staff import a_location, a_person
from tests.workflow.tables import outcomes, planned

LEADS = "Nume;Telefon;Sursa;Data;Valoare estimată"
MARIA = "Ionescu Maria;0722418330;website;19.11.2026 14:30;1.500,50 lei"


@pytest.fixture(autouse=True)
def floreasca(house: House) -> Location:
    """One location with somebody who works there."""
    place = a_location(name="Floreasca")
    a_person(location=place)
    return place


def a_way_for_leads(version: int, published_at: dt.datetime | None) -> Pipeline:
    """A lead pipeline whose cards open at «new»."""
    way = Pipeline.create(kind="lead", code=f"lead{version}", name="Inquiries", version=version)
    Stage.create(pipeline=way, code="waits", name="Waits", position=1)
    Stage.create(pipeline=way, code="new", name="New", position=2, opens=True)
    if published_at:
        Pipeline.update(published_at=published_at).where(Pipeline.id == way.id).execute()
    return way


def test_an_inquiry_opens_a_card_on_the_newest_published_pipeline(floreasca: Location) -> None:
    an_inquiry_source(code="website", name="Website")
    a_way_for_leads(1, NOW)
    newest = a_way_for_leads(2, later(hours=1))
    a_way_for_leads(3, None)
    assert apply_import(planned("leads", LEADS, MARIA)) == Applied(1, 0, 0)
    lead = Lead.get()
    asked = dt.datetime(2026, 11, 19, 12, 30, tzinfo=dt.UTC)
    assert (lead.name, lead.phone, lead.expected_value) == (
        "Ionescu Maria",
        "+40722418330",
        150_050,
    )
    assert (lead.inquiry_at, lead.source.code) == (asked, "website")
    assert (lead.card.pipeline, lead.card.stage.code) == (newest, "new")
    assert (lead.card.opened_at, lead.card.opened_by) == (asked, Staff.get())
    assert lead.card.location == floreasca


def test_inquiries_twice_change_nothing_and_each_has_its_own_card() -> None:
    an_inquiry_source(code="website")
    an_inquiry_reason(name="Implant")
    a_way_for_leads(1, NOW)
    lines = [f"L{n};0722{n:06d};website;1{n % 9}.11.2026;" for n in range(1_000)]
    assert apply_import(planned("leads", LEADS, *lines)).created == 1_000
    assert outcomes(planned("leads", LEADS, *lines, create="all")) == ["known"] * 1_000
    for lead in Lead.select(Lead, Card).join(Card).where(Lead.name.in_(["L0", "L500", "L999"])):
        assert lead.card.opened_at == lead.inquiry_at
    assert Card.select().count() == 1_000


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (";0722418330;website;;", "1 to 120"),
        ("Ana;;website;;", "telephone or an e-mail"),
        ("Ana;0722418330;;;", "how they found"),
        ("Ana;0722418330;radio;;", "«radio» is not in the list «Sources»"),
        ("Ana;0722418330;website;31.12.2030;", "in the future"),
        ("Ana;0722418330;website;;-5", "cannot be negative"),
        ("Ana;0722418330;website;;mult", "not an amount"),
    ],
)
def test_an_inquiry_that_cannot_be_is_refused(line: str, says: str) -> None:
    an_inquiry_source(code="website")
    a_way_for_leads(1, NOW)
    plan = planned("leads", LEADS, line)
    assert (outcomes(plan), says in plan.results[0].reason) == (["refused"], True)


def test_without_a_published_pipeline_inquiries_are_refused_whole() -> None:
    a_way_for_leads(1, None)
    with pytest.raises(Refused, match="No pipeline"):
        planned("leads", LEADS, MARIA)
