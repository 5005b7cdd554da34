"""Ending what nobody needs: a draft that will not be published, a pipeline without a successor."""

from __future__ import annotations

import datetime as dt

from schema.automations import Automation
from schema.database import one_act
from schema.in_use import IN_USE
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.sayings import RowNames
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.pipelines import a_draft, locked_version
from schema.workflow.refusing import one_spoken_act


def discard(pipeline_id: int, *, by: int, now: dt.datetime) -> None:
    """Take a draft away with all that was drawn in it; the version in use stays as it is.

    `by` and `now` stand in the audit, which keeps what was there. Raises Refused for a version
    that is or was in use, and for one to which a field of the clinic's own refers.
    """
    with one_spoken_act():
        draft = a_draft(pipeline_id)
        stages = Stage.select(Stage.id).where(Stage.pipeline == draft)
        for model in (Automation, StageRole, ControlPoint):
            model.delete().where(model.stage.in_(stages)).execute()
        StageStep.delete().where(StageStep.pipeline == draft).execute()
        Stage.delete().where(Stage.pipeline == draft).execute()
        Pipeline.delete().where(Pipeline.id == draft.id).execute()


def retire(pipeline_id: int, *, by: int, now: dt.datetime) -> Pipeline:
    """Open no more cards on a pipeline; those on their way go on, and keep their board.

    Publishing a next version puts it in use again. Raises Refused for the last pipeline in use of
    what else could not begin, and while automations in use still open cards here.
    """
    with one_act():
        way = locked_version(pipeline_id, Pipeline.kind)
        if way.published_at is None or way.retired_at is not None:
            raise Refused("Only a version in use is retired.")
        _refuse_last(way)
        _refuse_opened_by_others(way)
        over = max(now, way.published_at)
        here = Pipeline.id == way.id
        told = {"retired_at": over, "row_version": Pipeline.row_version + 1}
        Pipeline.update(**told).where(here).execute()
        return Pipeline.get_by_id(way.id)


def _refuse_last(way: Pipeline) -> None:
    others = Pipeline.select().where(
        Pipeline.kind == way.kind,
        Pipeline.id != way.id,
        IN_USE,
    )
    if way.kind != "track" and not others.exists():
        raise Refused("It is the last way of its kind: put another one in use first.")


def _refuse_opened_by_others(way: Pipeline) -> None:
    openers = (
        Stage.select(Stage.name)
        .join(Automation, on=Automation.stage == Stage.id)
        .switch(Stage)
        .join(Pipeline)
        .where(
            Automation.child_pipeline_code == way.code,
            Automation.active,
            Pipeline.code != way.code,
            IN_USE,
        )
    )
    names = [name for (name,) in openers.distinct().order_by(Stage.name).tuples()]
    if names:
        raise Refused(
            "Cards are still opened here by what these stages do: %(stages)s.",
            stages=RowNames(names),
        )
