"""What may happen to a card, told again in plain Python, to hold the database against it."""

from __future__ import annotations

from typing import Any

from schema.cards import Card
from schema.pipelines import ControlPoint, Stage


class ModelCard:
    """A card as it must be after everything that was kept."""

    def __init__(self, row: Card, stage: Stage, above: ModelCard | None) -> None:
        self.id, self.kind = row.id, row.kind
        self.stage, self.above = stage, above
        self.count = 0
        self.closed: tuple[Any, Any] | None = None
        self.ticked: dict[int, bool] = {}

    def go(self, step: dict[str, Any]) -> None:
        """Take a step that was kept."""
        self.stage, self.count = step["to_stage"], step["number"]
        ends = self.stage.category != "open"
        self.closed = (step["at"], step["by"]) if ends else None

    def differs_from(self, row: Card) -> list[str]:
        """Columns in which the database tells another story."""
        closed_at, closed_by = self.closed or (None, None)
        wanted = {
            "stage_id": self.stage.id,
            "pipeline_id": self.stage.pipeline_id,
            "step_count": self.count,
            "closed_at": closed_at,
            "closed_by": closed_by,
        }
        return [name for name, value in wanted.items() if getattr(row, name) != value]


def in_use(way: Any) -> bool:
    return way.published_at is not None and way.retired_at is None


def allowed_to_open(above: ModelCard, stage: Stage) -> set[str]:
    """The rules that opening a card under another one would break."""
    return broken(
        card_opens_at_a_start=not stage.opens,
        card_opens_in_a_pipeline_in_use=not in_use(stage.pipeline),
        card_is_open_under_an_open_parent=above.closed is not None,
    )


def allowed_to_tick(card: ModelCard, point: ControlPoint) -> set[str]:
    """The rules that ticking a point would break."""
    return broken(tick_of_own_pipeline=point.stage.pipeline_id != card.stage.pipeline_id)


def allowed_to_step(
    card: ModelCard, cards: list[ModelCard], points: list[ControlPoint], **step: Any
) -> set[str]:
    """The rules that a step would break."""
    return (
        broken_on_paper(step)
        | broken_by_its_place(card, step)
        | broken_by_its_mode(card, step)
        | broken_at_the_gate(card, points, step)
        | broken_in_the_family(card, cards, step)
    )


def broken_on_paper(step: dict[str, Any]) -> set[str]:
    """What the row says of itself."""
    move, told = step["mode"] == "move", bool(step["by"] and (step["reason"] or "").strip())
    way, to_stage = step["step"], step["to_stage"]
    drawn = way and (way.from_stage_id, way.to_stage_id) == (step["from_stage"].id, to_stage.id)
    return broken(
        card_step_moves_by_the_map=move != (way is not None),
        card_step_explains_itself=not (move and not step["forced"]) and not told,
        card_step_is_allowed=way is not None and not drawn,
        card_step_ends_in_its_pipeline=to_stage.pipeline_id != step["pipeline"].id,
    )


def broken_by_its_place(card: ModelCard, step: dict[str, Any]) -> set[str]:
    """The step belongs behind the last one."""
    return broken(
        card_step_numbered_once=0 < step["number"] <= card.count,
        card_step_numbers_have_no_gap=step["number"] != card.count + 1,
        card_step_starts_where_the_card_stands=step["from_stage"].id != card.stage.id,
        card_step_of_a_closed_card_reopens=(step["mode"] == "reopen") != (card.closed is not None),
    )


def broken_by_its_mode(card: ModelCard, step: dict[str, Any]) -> set[str]:
    """Moves stay in a pipeline and may end a card; transfers leave it; reopenings go on."""
    way, transfer = step["pipeline"], step["mode"] == "transfer"
    return broken(
        card_step_changes_pipeline_by_transfer=transfer == (way.id == card.stage.pipeline_id),
        card_step_transfers_to_one_in_use=transfer and (not in_use(way) or way.kind != card.kind),
        card_kind_of_its_pipeline=way.kind != card.kind,
        card_step_closes_by_a_move=step["mode"] != "move" and step["to_stage"].category != "open",
    )


def broken_at_the_gate(
    card: ModelCard, points: list[ControlPoint], step: dict[str, Any]
) -> set[str]:
    """Nobody walks on, unforced, past a required point that is not ticked."""
    here, there = step["from_stage"], step["to_stage"]
    open_points = [
        point
        for point in points
        if point.stage_id == here.id and point.required and not card.ticked.get(point.id)
    ]
    onward = there.position > here.position and there.category != "lost"
    held = step["mode"] == "move" and not step["forced"] and onward and bool(open_points)
    return broken(card_step_passes_ticked_points=held)


def broken_in_the_family(card: ModelCard, cards: list[ModelCard], step: dict[str, Any]) -> set[str]:
    """Children close first, parents reopen first."""
    ends = step["to_stage"].category != "open"
    below = [one for one in cards if one.above is card and one.closed is None]
    above = card.above is not None and card.above.closed is not None
    return broken(
        card_closes_after_its_children=ends and bool(below),
        card_is_open_under_an_open_parent=not ends and above,
    )


def broken(**rules: bool) -> set[str]:
    return {name for name, is_broken in rules.items() if is_broken}
