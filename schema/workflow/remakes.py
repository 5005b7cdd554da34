"""Work that is made again: a process goes back inside the laboratory, or a new order begins."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from peewee import Model

from schema.cards import Card, CardStep
from schema.custom import VALUES, CustomField, CustomValue
from schema.database import is_sqlite
from schema.lab import RemakeCause
from schema.orders import LabOrder
from schema.pipelines import ControlPoint, Pipeline, Stage
from schema.remakes import COST_BEARERS, DETECTED_AT, REMAKE_KINDS, Remake
from schema.staff import Clinic
from schema.teeth import OrderConnector, OrderTooth
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.cards import open_card
from schema.workflow.numbers import number_order
from schema.workflow.refusing import one_spoken_act
from schema.workflow.steps import locked, move, ways_on
from schema.workflow.ticks import untick
from schema.workflow.tracks import in_use
from schema.zones import HOME

COPIED = (
    "patient", "dentist", "work_type", "material", "arch", "shade", "stump_shade",
    "cervical_shade", "body_shade", "incisal_shade", "translucency", "notes",
)  # fmt: skip
PARTS = ("tooth", "part", "layer", "material", "implant")


def rework(
    track_card_id: int,
    to_stage_id: int,
    cause_id: int,
    *,
    by: int,
    now: dt.datetime,
    text: str | None = None,
    seen: int | None = None,
) -> Remake:
    """Send a process back along an allowed step back, with the cause on its order's record.

    What people ticked from there on is taken back, with new rows, so that it is checked again.
    A second click (`seen`, the card's step_count as it was shown) gives the first one's row.
    Raises Refused.
    """
    with one_spoken_act():
        card = locked(track_card_id)
        track = Track.get_or_none(Track.card == card)
        if track is None:
            raise Refused("Only a process of an order goes back like this.")
        cause = _cause(cause_id, text)
        repeated = seen is not None and seen != card.step_count
        if not repeated:
            _refuse_forward(card, to_stage_id)
        step = move(card.id, to_stage_id, by=by, now=now, seen=seen, reason=text or cause.name)
        facts = {"original": track.order_id, "kind": "rework", "cause": cause.id}
        if repeated:
            return _of_step(step, facts)
        _take_ticks_back(card, to_stage_id, by=by, now=now, note=text or cause.name)
        return Remake.create(
            **facts, cause_text=text or None, detected_at_step="step_qc", noticed_at=now, by=by
        )


def remake(
    order_id: int,
    cause_id: int,
    kind: str,
    *,
    by: int,
    now: dt.datetime,
    text: str | None = None,
    detected_at: str = "seating",
    cost_bearer: str = "lab",
    avoidable: bool | None = None,
) -> LabOrder:
    """A new draft order in place of a registered one, with its teeth and connectors; the link too.

    `kind` is «remake», «repair» or «modification». While the draft of an earlier click waits, it is
    the answer. The original stays as it was. Raises Refused.
    """
    if kind not in REMAKE_KINDS or kind == "rework":
        raise Refused("Choose a remake, a repair or a change of mind.")
    if detected_at not in DETECTED_AT or cost_bearer not in COST_BEARERS:
        raise Refused("Choose where it was noticed, and who bears the cost.")
    with one_spoken_act():
        original = _locked_order(order_id)
        cause = _cause(cause_id, text)
        waiting = _waiting(original)
        if waiting is not None:
            return _same(waiting, kind, cause)
        order = _copy(original, by=by, now=now)
        Remake.create(
            original=original,
            order=order,
            kind=kind,
            cause=cause,
            cause_text=text or None,
            detected_at_step=detected_at,
            cost_bearer=cost_bearer,
            avoidable=avoidable,
            noticed_at=now,
            by=by,
        )
        return order


def ways_back(card: Card) -> list[Stage]:
    """Stages to which a card may be sent back from where it stands, the nearest first."""
    back = [way.to_stage for way in ways_on(card) if way.back]
    return sorted(back, key=lambda stage: -stage.position)


def _refuse_forward(card: Card, to_stage_id: int) -> None:
    if to_stage_id not in {stage.id for stage in ways_back(card)}:
        raise Refused("Work goes back to an earlier stage. Choose one that the map allows.")


def _cause(cause_id: int, text: str | None) -> RemakeCause:
    cause = RemakeCause.get_or_none(RemakeCause.id == cause_id, RemakeCause.ended_on.is_null())
    if cause is None:
        raise Refused("Choose the cause.")
    if cause.family == "other" and not (text or "").strip():
        raise Refused("Write what happened; «other» alone teaches nobody.")
    return cause


def _of_step(step: CardStep, facts: dict[str, object]) -> Remake:
    """The row that this very click wrote before."""
    same = [getattr(Remake, name) == value for name, value in facts.items()]
    found = Remake.select().where(*same, Remake.noticed_at == step.at).order_by(Remake.id.desc())
    row = found.first()
    if row is None:
        raise Refused("This process went back already, for another cause.")
    return row


def _take_ticks_back(card: Card, to_stage_id: int, *, by: int, now: dt.datetime, note: str) -> None:
    start, end = Stage.get_by_id(to_stage_id), Stage.get_by_id(card.stage_id)
    points = (
        ControlPoint.select(ControlPoint.id)
        .join(Stage)
        .where(
            Stage.pipeline == card.pipeline_id,
            Stage.position.between(start.position, end.position),
            ControlPoint.evidence == "tick",
        )
    )
    for (point,) in points.tuples():
        untick(card.id, point, by=by, now=now, note=note)


def _locked_order(order_id: int) -> LabOrder:
    """The order; rivals wait until the end of the act. Raises Refused."""
    wanted = LabOrder.select().where(LabOrder.id == order_id)
    order = (wanted if is_sqlite() else wanted.for_update()).first()
    if order is None:
        raise Refused("This order does not exist.")
    if order.is_draft:
        raise Refused("A draft is not remade; change it.")
    return order


def _waiting(original: LabOrder) -> Remake | None:
    """The link to a new order of this one that is still a draft on an open card."""
    drafts = Remake.select().join(LabOrder, on=Remake.order == LabOrder.id).join(Card)
    here = drafts.where(Remake.original == original, LabOrder.is_draft, Card.closed_at.is_null())
    return here.first()


def _same(waiting: Remake, kind: str, cause: RemakeCause) -> LabOrder:
    if (waiting.kind, waiting.cause_id) == (kind, cause.id):
        return waiting.order
    raise Refused(
        "A new order for this one is a draft already: %(ticket)s. Complete or cancel that one.",
        ticket=waiting.order.ticket,
    )


def _copy(original: LabOrder, *, by: int, now: dt.datetime) -> LabOrder:
    """A draft with what the original says, fields of the clinic's own too, on the same way."""
    above = Card.get_by_id(original.card_id)
    card = open_card(
        "order",
        by=by,
        now=now,
        pipeline=in_use(above.pipeline.code),
        location=above.location_id,
        responsible=above.responsible_id,
        priority=above.priority,
    )
    zone = Clinic.select(Clinic.time_zone).scalar() or HOME
    order = LabOrder(card=card, received_on=now.astimezone(ZoneInfo(zone)).date())
    for name in COPIED:
        setattr(order, name, original.__data__[name])
    number_order(order)
    order.save(force_insert=True)
    _copy_teeth(original, order)
    _copy_own_fields(above, card)
    return order


def _copy_teeth(original: LabOrder, order: LabOrder) -> None:
    made = {tooth.id: _tooth(tooth, order) for tooth in _rows(OrderTooth, original)}
    for pair in _rows(OrderConnector, original):
        OrderConnector.create(order=order, first=made[pair.first_id], second=made[pair.second_id])


def _copy_own_fields(above: Card, card: Card) -> None:
    """The values of fields that are still in use and that cards of this way carry."""
    values = CustomValue.select(CustomValue, CustomField).join(CustomField)
    ways = Pipeline.select(Pipeline.id).where(Pipeline.code == card.pipeline.code)
    everywhere = CustomField.pipeline.is_null()
    for value in values.where(
        CustomValue.card == above,
        CustomField.retired_on.is_null(),
        everywhere | CustomField.pipeline.in_(ways),
    ):
        kept = {name: value.__data__[name] for name in ("field", "type", *VALUES)}
        CustomValue.create(card=card, **kept)


def _tooth(tooth: OrderTooth, order: LabOrder) -> OrderTooth:
    return OrderTooth.create(order=order, **{name: tooth.__data__[name] for name in PARTS})


def _rows(model: type[Model], order: LabOrder) -> list:
    return list(model.select().where(model.order == order).order_by(model.id))
