"""Papers beside the screen: tickets that were printed, and the checks of the last working days."""

from __future__ import annotations

import datetime as dt

from schema.orders import LabOrder
from schema.papers import PaperCheck
from schema.pipelines import Stage
from schema.workflow.paper_checks import begin_check, close_check, note_paper, orders_here
from schema.workflow.papers import print_paper
from seed.demo.world import World

DAYS = 7


def sow_papers(world: World) -> None:
    """Each open order of a location has its ticket on paper; there papers are compared daily."""
    rooms = [list(orders_here(place)) for place in world.locations]
    orders, keeper = max(rooms, key=len), world.staff["lab_supervisor"][0]
    place = orders[0].card.location_id if orders else world.locations[0]
    for order in orders:
        print_paper(order.id, "ticket", by=keeper, now=world.moment(order.received_on, 9))
    if orders:
        print_paper(orders[0].id, "ticket", by=keeper, now=world.now)
        print_paper(orders[0].id, "tray", by=keeper, now=world.now)
    day = world.today
    for back in range(DAYS):
        day = world.open_day(day - dt.timedelta(days=1), -1)
        _check(world.moment(day, 17), day, place, keeper, orders, lagging=back - DAYS + 4)


def _check(
    at: dt.datetime, day: dt.date, place: int, keeper: int, orders: list[LabOrder], lagging: int
) -> None:
    """A check at the end of a working day; in the first days some of the papers lag behind."""
    check = begin_check(place, by=keeper, now=at, today=day)
    for number, order in enumerate(orders):
        _look(check, order, keeper, at, lags=number < lagging)
    close_check(check.id, by=keeper, now=at + dt.timedelta(hours=1))


def _look(check: PaperCheck, order: LabOrder, keeper: int, at: dt.datetime, *, lags: bool) -> None:
    """What the paper says: the stage of the screen, or the one next to it on its way."""
    stage = order.card.stage
    if lags:
        others = Stage.select().where(Stage.pipeline == stage.pipeline_id, Stage.id != stage.id)
        stage = others.order_by(Stage.position).get()
    note_paper(check.id, order.id, stage.id, order.box or "", by=keeper, now=at)
