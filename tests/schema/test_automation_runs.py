"""Runs of automations and roles at stages: what the database refuses."""

from __future__ import annotations

import pytest

from tests.factories import NOW, TODAY
from tests.factories.automation_runs import a_stage_role, an_automation_run
from tests.factories.cards import a_card, a_card_step
from tests.factories.pipelines import a_pipeline, stage_of
from tests.factories.staff import a_person, a_role, a_staff_role
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_an_automation_has_one_turn_at_each_visit():
    run = an_automation_run()
    an_automation_run(card=run.card, automation=run.automation, visit=1)

    with refuses("automation_run_once_per_visit"):
        an_automation_run(card=run.card, automation=run.automation, visit=0)


def test_what_ran_is_not_cancelled():
    run = an_automation_run()

    with refuses("automation_run_is_done_or_cancelled"):
        raw("UPDATE automation_run SET done_at = ?, cancelled_at = ?", NOW_TEXT, NOW_TEXT)
    assert run


def test_what_is_over_stays_over():
    an_automation_run(done_at=NOW)

    with refuses("automation_run_over_stays"):
        raw("UPDATE automation_run SET done_at = NULL")


def test_visits_are_counted_from_nought():
    with refuses("automation_run_counts_visits"):
        an_automation_run(visit=-1)


def test_a_role_is_named_once_at_a_stage_until_it_ends():
    named = a_stage_role(ended_on=TODAY)
    a_stage_role(stage=named.stage, role=named.role)

    with refuses("stage_role_named_once"):
        a_stage_role(stage=named.stage, role=named.role)


def test_only_the_named_role_moves_cards_on():
    way = a_pipeline()
    card, mover, other = a_card(pipeline=way), a_person(), a_person()
    named = a_stage_role(stage=stage_of(way, "new"))
    a_staff_role(staff=mover, role=named.role)
    a_staff_role(staff=other, role=a_role("other"))

    with refuses("card_step_is_taken_by_its_role"):
        a_card_step(card, by=other)
    a_card_step(card, by=mover)


NOW_TEXT = f"{NOW:%Y-%m-%d %H:%M:%S}"
