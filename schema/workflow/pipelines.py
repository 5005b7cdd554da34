"""Versions of a pipeline: a new one, the next one as a copy, and the one that is in use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import Field, Model

from schema.automations import Automation
from schema.database import is_sqlite, one_act
from schema.in_use import IN_USE
from schema.pipeline_terms import KINDS
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.short_codes import short_code
from schema.workflow.values import clean_text

OWN = ("id", "row_version", "created_at")
ANOTHER_DRAFT = "Version %(version)s is being drawn already. Go on with that one."


def new_pipeline(kind: str, name: str, code: str | None = None) -> Pipeline:
    """The first version of a new pipeline, without stages and not in use yet.

    Left empty, the code is made of the name. Raises Refused when a pipeline has it already.
    """
    if kind not in KINDS:
        raise Refused("Choose a value from the list.")
    said = named(name, Pipeline.name.max_length)
    taken = {known for (known,) in Pipeline.select(Pipeline.code).distinct().tuples()}
    if code in taken:
        raise Refused("A pipeline has the short name %(code)s already.", code=code)
    with one_act():
        return Pipeline.create(kind=kind, code=code or short_code(said, taken), name=said)


def next_version(pipeline_id: int, *, by: int, now: dt.datetime) -> Pipeline:
    """A draft with everything that this version has; the version itself stays as it is.

    `by` and `now` stand in the audit. Raises Refused while another draft of it is being drawn.
    """
    with one_act():
        source = locked_version(pipeline_id)
        versions = Pipeline.select().where(Pipeline.code == source.code)
        draft = versions.where(Pipeline.published_at.is_null()).first()
        if draft is not None:
            raise Refused(ANOTHER_DRAFT, version=draft.version)
        highest = max(version.version for version in versions)
        copy = Pipeline.create(
            kind=source.kind, code=source.code, name=source.name, version=highest + 1
        )
        _copy_parts(source, copy)
        return copy


def in_use(code: str) -> Pipeline | None:
    """The version of a pipeline on which cards are opened now."""
    return Pipeline.get_or_none(Pipeline.code == code, IN_USE)


def draft_of(code: str) -> Pipeline | None:
    """The version that is being drawn."""
    return Pipeline.get_or_none(Pipeline.code == code, Pipeline.published_at.is_null())


def a_draft(pipeline_id: int) -> Pipeline:
    """The version, when it may still be drawn; Refused when it is in use or was."""
    draft = locked_version(pipeline_id)
    if draft.published_at is not None:
        raise Refused("This version is published, so it stays as it is. Make the next version.")
    return draft


def named(text: str, most: int) -> str:
    """A name as it is kept; Refused when it is empty or longer than `most` letters."""
    said = clean_text(text)
    if said is None:
        raise Refused("Write a name.")
    if len(said) > most:
        raise Refused("At most %(most)d characters fit here.", most=most)
    return said


def locked_version(pipeline_id: int, beside: Field = Pipeline.code) -> Pipeline:
    """The version; rivals at versions that share the column `beside` wait until the act's end."""
    found = Pipeline.get_or_none(Pipeline.id == pipeline_id)
    if found is None:
        raise Refused("This pipeline is not there.")
    if not is_sqlite():
        mine = beside == getattr(found, beside.name)
        list(Pipeline.select().where(mine).order_by(Pipeline.id).for_update())
    return Pipeline.get_by_id(pipeline_id)


def _copy_parts(source: Pipeline, copy: Pipeline) -> None:
    """Stages first; whatever hangs on them then finds its own stage and control point."""
    theirs = Stage.pipeline == source
    stages = _copied(Stage.select().where(theirs), pipeline=copy)
    of_stages = Stage.select(Stage.id).where(theirs)
    _copied(
        StageStep.select().where(StageStep.pipeline == source),
        pipeline=copy,
        from_stage=stages,
        to_stage=stages,
    )
    points = _copied(ControlPoint.select().where(ControlPoint.stage.in_(of_stages)), stage=stages)
    _copied(
        Automation.select().where(Automation.stage.in_(of_stages)),
        stage=stages,
        control_point=points,
        ticks=points,
    )
    movers = StageRole.select().where(StageRole.stage.in_(of_stages), StageRole.ended_on.is_null())
    _copied(movers, stage=stages)


def _copied(rows: Any, **instead: Any) -> dict[int, int]:
    """Copies of all rows; `instead` gives a new value, or new numbers by the old ones."""
    model: type[Model] = rows.model
    keys = {}
    for row in rows.order_by(model._meta.primary_key).dicts():
        kept = {name: value for name, value in row.items() if name not in OWN}
        for name, new in instead.items():
            kept[name] = new.get(kept[name]) if isinstance(new, dict) else new
        keys[row["id"]] = model.create(**kept)._pk
    return keys
