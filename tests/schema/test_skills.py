"""A skill is held once, for a stage that exists."""

from __future__ import annotations

import pytest

from schema.skills import Skill
from tests.copies import insert_like
from tests.factories import TODAY
from tests.factories.skills import a_skill
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_person_has_a_skill_once_and_again_when_it_ended():
    skill = a_skill()

    with refuses("skill_held_once"):
        insert_like(skill)

    raw("UPDATE skill SET ended_on = ? WHERE id = ?", str(TODAY), skill.id)
    insert_like(skill, ended_on=None)
    assert Skill.select().count() == 2


def test_a_skill_is_for_a_stage_that_some_pipeline_has():
    skill = a_skill()

    with refuses("skill_is_for_a_known_stage"):
        raw("UPDATE skill SET stage_code = 'juggling' WHERE id = ?", skill.id)

    raw("UPDATE skill SET level = 'senior' WHERE id = ?", skill.id)
