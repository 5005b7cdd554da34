"""What the clinic has set up is asked once, and every change of it is known at the next move."""

from __future__ import annotations

import logging

import pytest

from schema.automations import Automation
from schema.cards import Card
from schema.database import close_database, database, one_act, open_database
from schema.followups import Followup
from schema.hours import OpeningHours
from schema.kept import keeping, kept
from schema.pipelines import Stage, StageStep
from schema.staff import Clinic
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.gates import points_of
from schema.workflow.steps import move
from schema.working_time import working_time
from tests.factories import NOW, TODAY
from tests.factories.automation_runs import a_stage_role
from tests.factories.cards import a_card
from tests.factories.hours import opening_hours
from tests.factories.pipelines import a_control_point, a_pipeline, a_stage, an_automation, stage_of
from tests.factories.staff import a_clinic, a_person, a_role

MAP = ("stage_step", "stage_role", "control_point", '"automation" AS', "opening_hours", "holiday")


@pytest.fixture(autouse=True)
def clinic(house) -> Clinic:
    """Without a clinic there is no stamp, and nothing is kept."""
    return a_clinic()


@pytest.fixture
def way():
    """Both ways between two stages, with a follow-up on entering the second."""
    pipeline = a_pipeline()
    an_automation(stage=stage_of(pipeline, "working"), role=a_role("helper"))
    return pipeline


def go(card: Card, code: str = "working") -> None:
    stage = stage_of(Card.get_by_id(card.id).pipeline, code)
    move(card.id, stage.id, by=a_person().id, now=NOW)


def test_the_second_card_asks_nothing_of_its_map(way, caplog):
    opening_hours()
    go(a_card(pipeline=way))
    second = a_card(pipeline=way)

    with caplog.at_level(logging.DEBUG, logger="peewee"):
        move(second.id, stage_of(way, "working").id, by=a_person().id, now=NOW)

    asked = [record.msg[0] for record in caplog.records if record.msg[0].startswith("SELECT")]
    assert asked and [text for text in asked if any(name in text for name in MAP)] == []
    assert Followup.select().count() == 2


def test_a_role_named_meanwhile_is_asked_for_at_the_next_move(way):
    go(a_card(pipeline=way))
    named = a_stage_role(stage=stage_of(way, "new"))

    with pytest.raises(Refused, match="moved on by: Helper"):
        go(a_card(pipeline=way))

    StageRole.update(ended_on=TODAY).where(StageRole.id == named.id).execute()
    go(a_card(pipeline=way))


def test_an_automation_that_was_put_to_rest_does_nothing_any_more(way):
    go(a_card(pipeline=way))
    Automation.update(active=False).execute()
    go(a_card(pipeline=way))

    assert Followup.select().count() == 1


def test_opening_hours_of_today_count_in_the_next_act(way):
    def due() -> object:
        go(a_card(pipeline=way))
        return Followup.select().order_by(Followup.id.desc()).get().due_at

    before = due()
    opening_hours(weekday=NOW.isoweekday(), opens_at=0, closes_at=1)

    assert OpeningHours.select().count() == 1
    assert due() != before


def test_what_was_undone_is_not_remembered(way):
    """A number of the stamp that was undone comes again, for another change."""
    go(a_card(pipeline=way))
    with one_act() as act:
        Automation.update(active=False).execute()
        go(a_card(pipeline=way))
        act.rollback()
    Clinic.update(rights_stamp=Clinic.rights_stamp + 1).execute()
    go(a_card(pipeline=way))

    assert Followup.select().count() == 2


def test_another_database_with_the_same_stamp_is_asked_anew(house):
    stage = a_stage()
    with keeping(7):
        assert kept(points_of.asked(stage.id)) == [[]]
    close_database()
    open_database(house.url)
    database.connect()
    a_control_point(stage=stage)

    with keeping(7):
        assert len(kept(points_of.asked(stage.id))[0]) == 1


def test_outside_of_an_act_that_keeps_everything_is_asked_anew():
    with keeping(Clinic.get().rights_stamp):
        assert working_time(None).sessions == {}
    opening_hours()

    assert working_time(None).sessions == {1: [(540, 1020)]}


@pytest.mark.parametrize("model", [Stage, StageStep, StageRole, Automation])
def test_a_change_of_the_map_moves_the_stamp(way, model):
    a_stage_role(stage=stage_of(way, "new"))
    before, row = Clinic.get().rights_stamp, model.select().first()
    model.update(row_version=model.row_version + 1).where(model.id == row.id).execute()

    assert Clinic.get().rights_stamp == before + 1
