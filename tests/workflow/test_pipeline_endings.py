"""Drafts that are discarded, and pipelines that are retired without a successor."""

from __future__ import annotations

import pytest

from schema.automations import Automation
from schema.cards import Card
from schema.custom import CustomField
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.pipeline_endings import discard, retire
from schema.workflow.pipeline_publishing import publish
from schema.workflow.pipelines import in_use, next_version
from schema.workflow.steps import move
from tests.factories import NOW, later
from tests.factories import pipelines as make
from tests.factories.cards import a_card
from tests.factories.staff import a_person, a_role

pytestmark = pytest.mark.usefixtures("house")
PARTS = (Stage, StageStep, ControlPoint, StageRole, Automation)


def counts():
    return [part.select().count() for part in (Pipeline, *PARTS)]


def a_rich_way(**columns):
    """A version in use with a point, an automation that ticks it, and a role that moves on."""
    way = make.a_pipeline(**columns)
    working = make.stage_of(way, "working")
    point = make.a_control_point(stage=working)
    make.an_automation(stage=working, event="tick", control_point=point, action="tick", ticks=point)
    StageRole.create(stage=working, role=a_role("technician"))
    return way


def retired(way, **told):
    return retire(way.id, **{"by": a_person().id, "now": later(days=1)} | told)


def test_a_discarded_draft_leaves_nothing_behind():
    way, me, before = a_rich_way(), a_person().id, counts()
    draft = next_version(way.id, by=me, now=NOW)
    assert counts() == [2 * number for number in before]

    discard(draft.id, by=me, now=NOW)

    assert counts() == before and in_use(way.code) == way
    assert next_version(way.id, by=me, now=NOW).version == 2


def test_a_version_in_use_is_not_discarded_nor_one_that_a_field_needs():
    way, me = a_rich_way(kind="order"), a_person().id
    with pytest.raises(Refused, match="stays as it is"):
        discard(way.id, by=me, now=NOW)
    draft = next_version(way.id, by=me, now=NOW)
    stage = make.stage_of(draft, "working")
    CustomField.create(
        kind="order", code="box", label="Box", type="text", required_from_stage=stage
    )
    before = counts()

    with pytest.raises(Refused):
        discard(draft.id, by=me, now=NOW)
    assert counts() == before


def test_on_a_retired_pipeline_nothing_begins_and_what_runs_goes_on():
    way = make.a_pipeline(kind="track")
    card = a_card("track", pipeline=way)

    assert retired(way).retired_at == later(days=1)

    with pytest.raises(Refused, match="in use"):
        open_card("track", by=None, now=NOW, pipeline=way.id)
    move(card.id, make.stage_of(way, "working").id, by=None, now=NOW)
    assert Card.get_by_id(card.id).step_count == 1
    with pytest.raises(Refused, match="Only a version in use"):
        retired(way)


def test_the_next_version_puts_a_retired_pipeline_in_use_again():
    way, me = make.a_pipeline(kind="track"), a_person().id
    retired(way)
    draft = next_version(way.id, by=me, now=later(days=2))

    publish(draft.id, by=me, now=later(days=2))

    assert in_use(way.code) == Pipeline.get_by_id(draft.id)


def test_the_last_way_of_its_kind_stays_in_use():
    only = make.a_pipeline(kind="lead")
    with pytest.raises(Refused, match="last way of its kind"):
        retired(only)
    make.a_pipeline(kind="lead")
    assert retired(only).retired_at is not None


def test_a_way_on_which_stages_still_open_cards_stays_in_use():
    rounds, orders = make.a_pipeline(kind="track"), make.a_pipeline(kind="order")
    working = make.stage_of(orders, "working")
    opener = make.an_automation(stage=working, action="child", child_pipeline_code=rounds.code)
    with pytest.raises(Refused, match="Working"):
        retired(rounds)

    Automation.update(active=False).where(Automation.id == opener.id).execute()
    assert retired(rounds).retired_at is not None
