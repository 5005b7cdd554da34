"""Processes of an order: one for the whole work, for each unit (a bridge is one), or each tooth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schema.cards import Card
from schema.in_use import IN_USE
from schema.orders import LabOrder
from schema.pipelines import Pipeline, Stage
from schema.remakes import Remake
from schema.teeth import OrderConnector, OrderTooth
from schema.tracks import Track, TrackTooth
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.refusing import one_spoken_act


def open_track(
    order_card_id: int,
    pipeline_id: int,
    *,
    by: int | None,
    now: dt.datetime,
    order_tooth_ids: Iterable[int] = (),
    name: str | None = None,
) -> Track:
    """A process of an order on a card of its own below the order's; raises Refused.

    It takes over the order's place, responsible person, priority and due instant. Of a repair it
    opens at the last stage where cards are opened: the design stays as it was.
    """
    with one_spoken_act():
        order = LabOrder.get_or_none(LabOrder.card == order_card_id)
        if order is None:
            raise Refused("Open a process below the card of an order.")
        if order.is_draft:
            raise Refused("Register the order first; work starts when the draft is complete.")
        above = Card.get_by_id(order_card_id)
        card = open_card(
            "track",
            by=by,
            now=now,
            pipeline=pipeline_id,
            parent=above,
            late=_is_repair(order),
            location=above.location_id,
            responsible=above.responsible_id,
            priority=above.priority,
            due_at=above.due_at,
        )
        track = Track.create(card=card, order=order, name=name)
        for tooth in order_tooth_ids:
            TrackTooth.create(track=track, order_tooth=tooth)
        return track


def open_tracks(
    order_card_id: int, code: str, each: str, *, by: int | None, now: dt.datetime
) -> list[Track]:
    """Processes of the pipeline in use with this code: `each` «order» is one for the whole work.

    «unit» is one for each unit, a bridge being one, «tooth» one for each final tooth. What has such
    a process, open or done, is passed over, so that work that comes back to the stage does not
    begin twice. Raises Refused when no such pipeline is in use.
    """
    order = LabOrder.get_or_none(LabOrder.card == order_card_id)
    if order is None:
        raise Refused("Only an order has processes below it.")
    pipeline = in_use(code)
    there = _tracks_there(order, code)
    if each == "order":
        if there:
            return []
        return [open_track(order_card_id, pipeline, by=by, now=now)]
    busy = {tooth for (tooth,) in _teeth_of(there)}
    units = [unit for unit in _pieces(order, each) if not busy & {tooth.id for tooth in unit}]
    if not units and not there:
        return [open_track(order_card_id, pipeline, by=by, now=now)]
    return [
        open_track(
            order_card_id,
            pipeline,
            by=by,
            now=now,
            order_tooth_ids=[tooth.id for tooth in unit],
            name=unit_name(unit),
        )
        for unit in units
    ]


def units_of(order: LabOrder) -> list[list[OrderTooth]]:
    """The final teeth of an order, those that are joined together as one unit, along the arch."""
    teeth = {
        tooth.id: tooth
        for tooth in OrderTooth.select().where(
            OrderTooth.order == order, OrderTooth.layer == "final"
        )
    }
    units = {key: {key} for key in teeth}
    for pair in OrderConnector.select().where(OrderConnector.order == order):
        if pair.first_id in units and pair.second_id in units:
            joined = units[pair.first_id] | units[pair.second_id]
            for key in joined:
                units[key] = joined
    whole = {min(unit): unit for unit in units.values()}
    rows = [sorted((teeth[key] for key in unit), key=along_the_arch) for unit in whole.values()]
    return sorted(rows, key=lambda unit: along_the_arch(unit[0]))


def _pieces(order: LabOrder, each: str) -> list[list[OrderTooth]]:
    """What has a process of its own: every unit, or every tooth of every unit."""
    units = units_of(order)
    return units if each == "unit" else [[tooth] for unit in units for tooth in unit]


def along_the_arch(tooth: OrderTooth) -> tuple[int, int]:
    """Where a tooth stands from the patient's right to left, the upper arch first (ISO 3950)."""
    quadrant, place = divmod(int(tooth.tooth), 10)
    right = quadrant in (1, 4, 5, 8)
    return (0 if quadrant in (1, 2, 5, 6) else 1, -place if right else place)


def unit_name(unit: list[OrderTooth]) -> str:
    """`12–22` for a bridge, `14` for one tooth."""
    ends = [str(unit[0].tooth)] if len(unit) == 1 else [str(unit[0].tooth), str(unit[-1].tooth)]
    return "–".join(ends)


def in_use(code: str) -> int:
    """The key of the version in use of a pipeline; raises Refused."""
    found = Pipeline.select(Pipeline.id).where(
        Pipeline.code == code,
        IN_USE,
    )
    key = found.scalar()
    if key is None:
        raise Refused("No version of the pipeline «%(code)s» is in use.", code=code)
    return int(key)


def _is_repair(order: LabOrder) -> bool:
    return bool(Remake.select().where(Remake.order == order, Remake.kind == "repair").exists())


def _tracks_there(order: LabOrder, code: str) -> list[int]:
    """Open or done ones; of a cancelled one nothing was made."""
    found = (
        Track.select(Track.id)
        .join(Card)
        .join(Pipeline)
        .switch(Card)
        .join(Stage)
        .where(Track.order == order, Pipeline.code == code, Stage.category != "lost")
    )
    return [key for (key,) in found.tuples()]


def _teeth_of(tracks: list[int]) -> Iterable[tuple[int]]:
    return TrackTooth.select(TrackTooth.order_tooth).where(TrackTooth.track.in_(tracks)).tuples()
