"""The form that takes running cards over: from which version, and where each stage's cards go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from admin_views.card_rights import cards_within
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.pipeline_rows import open_cards
from admin_views.policy import scoped
from schema.cards import Card, CardStep
from schema.pipelines import Pipeline, Stage

MOST_PICKED = 500


@dataclass(frozen=True)
class Line:
    """A stage of the old version with open cards, and where they stand afterwards."""

    stage: int
    name: str
    cards: int
    chosen: int | None


@dataclass(frozen=True)
class Takeover:
    """What the form shows and what it says when it is sent."""

    target: Pipeline
    source: Pipeline | None
    sources: list[tuple[Pipeline, int]]
    lines: list[Line]
    stages: list[tuple[int, str]]
    reason: str
    picked: list[int]

    def mapping(self) -> dict[int, int]:
        """The new stage by the old one, as chosen."""
        return {line.stage: line.chosen for line in self.lines if line.chosen is not None}

    def cards(self) -> list[int]:
        """The open cards there that the person may move; only the picked ones where some are."""
        here = _of(self.source, self.picked)
        mine = scoped(Card, Card.id).where(here, Card.closed_at.is_null())
        return sorted(cards_within(CardStep, "create", [key for (key,) in mine.tuples()]))


def takeover_of(target: Pipeline, sent: MultiDict[str, str]) -> Takeover | None:
    """The form for `target`; None when it is not in use, or another one is meant than there is.

    `sent` may pick a selection with its numbers under `card`; else all open cards are meant.
    """
    if target.published_at is None or target.retired_at is not None:
        return None
    sources = _sources(target)
    wanted = number_in(sent.get("from"))
    source = next((one for one, _ in sources if wanted in (None, one.id)), None)
    if wanted is not None and source is None:
        return None
    picked = [number_in(text) or 0 for text in sent.getlist("card")][:MOST_PICKED]
    stages = list(
        Stage.select()
        .where(Stage.pipeline == target, Stage.category == "open")
        .order_by(Stage.position)
    )
    return Takeover(
        target,
        source,
        sources,
        _lines(source, picked, stages, sent) if source else [],
        [(stage.id, row_name(stage.name)) for stage in stages],
        sent.get("reason", "").strip()[:2000],
        picked,
    )


def _of(source: Pipeline | None, picked: list[int]) -> Any:
    """The condition on cards: on the old version, and among the picked ones when some are."""
    here = Card.pipeline == source
    return here & Card.id.in_(picked) if picked else here


def _sources(target: Pipeline) -> list[tuple[Pipeline, int]]:
    """Pipelines of this kind with open cards: its own older versions first, the newest of them."""
    others = Pipeline.select(Pipeline.id).where(
        Pipeline.kind == target.kind, Pipeline.id != target.id
    )
    cards = dict(open_cards(Card.pipeline.in_(others), Card.pipeline))
    found = list(scoped(Pipeline).where(Pipeline.id.in_(list(cards))))
    found.sort(key=lambda one: (one.code != target.code, one.name, -one.version))
    return [(one, cards[one.id]) for one in found]


def _lines(
    source: Pipeline, picked: list[int], stages: list[Stage], sent: Mapping[str, str]
) -> list[Line]:
    """The stages with cards; until somebody chooses, cards go to the stage of the same code."""
    numbers = dict(open_cards(_of(source, picked), Card.stage))
    same: dict[str, Any] = {stage.code: stage.id for stage in stages}
    rows = Stage.select().where(Stage.id.in_(list(numbers))).order_by(Stage.position)
    return [
        Line(
            row.id,
            row_name(row.name),
            numbers[row.id],
            number_in(sent.get(f"m.{row.id}")) if f"m.{row.id}" in sent else same.get(row.code),
        )
        for row in rows
    ]
