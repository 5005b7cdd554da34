"""`python -m bench`: tables of ratios, and a line for each goal of the house's speed."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator

from bench import (
    audit,
    board,
    dispatching,
    finding,
    forecasting,
    growth,
    lists,
    moving,
    starting,
    today,
    where,
)
from bench.goals import Goal, tell_goals
from bench.house import fresh_house, open_house
from bench.pages import peers_of
from schema.database import close_database, open_database

SMALL = 10_000
PAGES = ("lists", "find", "growth", "start", "edit", "today", "board", "where")
ONLY = (*PAGES, "audit", "moving", "forecast", "queue")


def main() -> None:
    """Measure what was asked for, interleaved in one run."""
    asked = arguments()
    logging.disable(logging.INFO)
    print(f"{asked.engine}, {asked.orders:,} orders; CPU milliseconds of this process, medians")
    goals: list[Goal] = []
    if asked.only in (None, "lists", "edit"):
        goals += list(measure_pages(asked))
    if asked.only in (None, "find"):
        close_database()
        found = finding.measure(open_house(asked.engine, asked.orders, asked.server))
        finding.tell(found)
        goals += finding.find_goals(found)
    if asked.only in (None, "growth"):
        grown = growth.measure(asked.engine, asked.orders, asked.server)
        growth.tell(grown)
        goals += growth.growth_goals(grown)
    if asked.only in (None, "start"):
        close_database()
        started = starting.measure(open_house(asked.engine, SMALL, asked.server))
        starting.tell(started)
        goals += starting.start_goals(started)
    if asked.only in (None, "today"):
        opened = today.measure(asked.engine, asked.server)
        today.tell(opened)
        goals += today.today_goals(opened, asked.engine)
    if asked.only in (None, "audit"):
        goals += list(measure_audit(asked))
    if asked.only in (None, "moving"):
        close_database()
        moved = moving.measure(fresh_house(asked.engine, "moving", SMALL, asked.server))
        moving.tell(moved)
        goals += moving.moving_goals(moved)
    if asked.only in (None, "board"):
        drawn = board.measure(asked.engine, asked.server)
        board.tell(drawn)
        goals += board.board_goals(drawn, asked.engine)
    if asked.only in (None, "forecast"):
        promised = forecasting.measure()
        forecasting.tell(promised)
        goals += forecasting.forecast_goals(promised)
    if asked.only in (None, "where"):
        close_database()
        placed = where.measure(open_house(asked.engine, asked.orders, asked.server))
        where.tell(placed)
        goals += where.where_goals(placed)
    if asked.only in (None, "queue"):
        sorted_out = dispatching.measure()
        dispatching.tell(sorted_out)
        goals += dispatching.dispatching_goals(sorted_out)
    tell_goals(goals)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--orders", type=int, default=300_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", choices=ONLY)
    parser.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432")
    return parser.parse_args()


def measure_pages(asked: argparse.Namespace) -> Iterator[Goal]:
    peers = peers_of(open_house(asked.engine, asked.orders, asked.server))
    times = lists.measure(peers, asked.orders, "edit" if asked.only == "edit" else None)
    lists.tell(times)
    if asked.only != "edit":
        yield from lists.list_goals(times, asked.engine)
        yield from lists.own_goals(peers, asked.orders, asked.engine)
        yield from lists.question_goals(peers, asked.orders)
    yield from lists.edit_goals(peers, times, asked.orders)


def measure_audit(asked: argparse.Namespace) -> Iterator[Goal]:
    close_database()
    open_database(open_house(asked.engine, SMALL, asked.server))
    times = audit.measure()
    audit.tell(times, audit.prove())
    yield from audit.audit_goals(times)


if __name__ == "__main__":
    main()
