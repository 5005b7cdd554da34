"""Pipelines in use, and the stages at which the bench works on them."""

from __future__ import annotations

from peewee import ModelSelect

from schema.pipelines import Pipeline, Stage

# Published and not yet replaced by a later version.
IN_USE = Pipeline.published_at.is_null(False) & Pipeline.retired_at.is_null()


def bench_stages(*columns: object) -> ModelSelect:
    """The open stages of all processes in use, joined to their pipelines, without order."""
    found = Stage.select(*columns).join(Pipeline)
    return found.where(Pipeline.kind == "track", IN_USE, Stage.category == "open")
