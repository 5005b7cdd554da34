"""Putting a draft in use: whole, and as it was shown to the person who publishes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.database import one_act
from schema.pipelines import Pipeline
from schema.workflow import Refused
from schema.workflow.pipeline_changes import changes, mark_of
from schema.workflow.pipeline_flaws import flaws
from schema.workflow.pipelines import in_use, locked_version


def publish(
    pipeline_id: int, *, by: int | None, now: dt.datetime, seen: str | None = None
) -> Pipeline:
    """Put a draft in use from `now` and retire the version that was; running cards stay there.

    `seen` is the mark of the changes that were shown; None when nobody was shown any. Raises
    Refused when they are others by now, and with the worst of the draft's flaws.
    """
    with one_act():
        draft = locked_version(pipeline_id)
        if draft.published_at is not None:
            raise Refused("This version was published already.")
        if seen is not None and seen != mark_of(changes(draft)):
            raise Refused(
                "The draft was changed after this page was shown. "
                "Look at what it changes now, then publish it."
            )
        lacking = flaws(draft)
        if lacking:
            raise lacking[0]
        before = in_use(draft.code)
        if before is not None:
            _change(before, retired_at=max(now, before.published_at))
        _change(draft, published_at=now)
        return Pipeline.get_by_id(draft.id)


def _change(version: Pipeline, **columns: Any) -> None:
    here = Pipeline.id == version.id
    Pipeline.update(**columns, row_version=Pipeline.row_version + 1).where(here).execute()
