"""Statements of the devices that were handed over since the clinic issues them on the screen."""

from __future__ import annotations

import datetime as dt

from schema.cards import CardStep
from schema.device_statements import DeviceStatement
from schema.lab import WorkType
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.staff import Clinic, Staff
from schema.workflow.device_statements import columns_of, in_force
from schema.workflow.statement_content import Declared, content_of
from schema.workflow.statement_paper import draw_statement
from schema.workflow.value_days import HOME_ZONE
from seed.demo.romanian import SPOKEN
from seed.demo.world import World

SIGNED = 6
BEFORE_LEAVING = dt.timedelta(minutes=5)
ADDRESS = "Strada Zorilor 12, 024001 București"
FUNCTIONS = {"ro": "Șef de laborator", "en": "Lab supervisor"}


def sow_statements(world: World) -> None:
    """Sign one for each of the newest works that leave the laboratory; the last of them twice."""
    leaving = _leaving(world)
    orders = (
        LabOrder.select()
        .join(WorkType)
        .where(LabOrder.card.in_(list(leaving) or [0]), WorkType.is_device)
    )
    newest = list(orders.order_by(LabOrder.received_on.desc(), LabOrder.id.desc()).limit(SIGNED))
    since = min([one.received_on for one in newest], default=world.today)
    Clinic.update(statements_from=since, address=ADDRESS).where(Clinic.id == 1).execute()
    found = list(orders.where(LabOrder.received_on >= since))
    found.sort(key=lambda one: leaving[one.card_id])
    for number, order in enumerate(found):
        language = "en" if number % 4 == 3 else "ro"
        _sign(world, order, leaving[order.card_id] - BEFORE_LEAVING, language)
    if found:
        order, why = found[-1], "Funcția semnatarului a fost completată."
        _sign(world, order, leaving[order.card_id], "ro", why)


def _leaving(world: World) -> dict[int, dt.datetime]:
    """When each card of an order is handed over, as its steps will say."""
    stages = Stage.select(Stage.id).where(Stage.code == "handed_over").tuples()
    handed_over = {key for (key,) in stages}
    steps = world.pen.waiting[CardStep]
    return {step["card"]: step["at"] for step in steps if step["to_stage"] in handed_over}


def _sign(
    world: World, order: LabOrder, at: dt.datetime, language: str, reason: str | None = None
) -> None:
    signatory = Staff.get_by_id(world.staff["lab_supervisor"][0])
    fixed = order.work_type.is_fixed
    declared = Declared(language, FUNCTIONS[language], implantable=fixed, reason=reason)
    say = _romanian if language == "ro" else str
    content = content_of(
        order, declared, signatory, at.astimezone(HOME_ZONE).date(), in_force(order), say
    )
    document = draw_statement(content, at)
    row = columns_of(content, document) | {"order": order.id, "by": signatory.id, "at": at}
    world.pen.add(DeviceStatement, document=document, **row)
    world.pen.write(DeviceStatement)


def _romanian(text: str) -> str:
    return SPOKEN.get(text, text)
