"""What still lies ahead of a work, read once from pipelines and automations for many works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from schema.automations import Automation
from schema.in_use import IN_USE
from schema.pipelines import Pipeline, Stage
from schema.planning import Line, Side, Step

# Reaching one of these the laboratory is done, although the card goes on.
READY = ("handed_over",)


@dataclass(frozen=True)
class Way:
    """A stage of a pipeline as planning sees it."""

    key: int
    code: str
    minutes: int
    clock: str


class Routes:
    """All pipelines with their stages and the processes that these open; three questions in all.

    `codes` are the codes of open stages by their keys. Stages without a standard duration take no
    time. A stage that opens processes lasts as long
    as they do, and so does what follows it on the same pipeline: its gate waits for them.
    """

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self._stages: dict[int, list[Way]] = defaultdict(list)
        self._in_use: dict[str, int] = {}
        self._children: dict[int, list[tuple[str, str, str | None]]] = defaultdict(list)
        self._read_stages()
        self._read_pipelines()
        self._read_children()

    def _read_stages(self) -> None:
        columns = (Stage.pipeline, Stage.id, Stage.code, Stage.standard_minutes, Stage.clock)
        rows = Stage.select(*columns).where(Stage.category == "open").order_by(Stage.position)
        for pipeline, key, code, minutes, clock in rows.tuples():
            self._stages[pipeline].append(Way(key, code, minutes or 0, clock))
            self.codes[key] = code

    def _read_pipelines(self) -> None:
        rows = Pipeline.select(Pipeline.code, Pipeline.id).where(IN_USE)
        self._in_use = dict(rows.tuples())

    def _read_children(self) -> None:
        rows = Automation.select(
            Automation.stage,
            Automation.child_pipeline_code,
            Automation.child_each,
            Automation.only_route,
        ).where(Automation.action == "child", Automation.event == "enter", Automation.active)
        for stage, code, each, route in rows.order_by(Automation.id).tuples():
            self._children[stage].append((code, each, route))

    def new_order(self, route: str, units: int = 1) -> Line:
        """The whole line of a work of a route (such as ZR) before its order is opened."""
        return self.ahead(self._in_use.get("order", 0), None, route, units)

    def ahead(
        self,
        pipeline: int,
        stage: int | None,
        route: str,
        units: int = 1,
        there: Set[str] = frozenset(),
    ) -> Line:
        """The line from `stage` on, that one whole (from the first one when None).

        `units` are the separate pieces of the work: working minutes of processes opened for each
        unit are taken that many times, since one pair of hands makes them; machines take them
        together. `there` are codes of pipelines of processes that the order has already: those
        have lines of their own. Empty when the stage is not an open one of the laboratory.
        """
        return self._line(pipeline, stage, route, units, there, 1, frozenset())

    def is_ahead_of_ready(self, pipeline: int, stage: int) -> bool:
        """Whether the laboratory still has the work at this stage."""
        return bool(self._from(pipeline, stage))

    def behind(self, line: Line) -> Line:
        """The line without its first step: what remains once the present stage is done."""
        return line[1:]

    def _line(
        self,
        pipeline: int,
        stage: int | None,
        route: str,
        units: int,
        there: Set[str],
        times: int,
        above: frozenset[int],
    ) -> Line:
        ways = self._from(pipeline, stage)
        parts: list[Step | Side] = []
        for place, way in enumerate(ways):
            if self._opened(way, route):
                opened = self._opened_from(ways[place:], route)
                return (*parts, *self._sides(opened, route, units, there, above | {pipeline}))
            minutes = way.minutes * (times if way.clock == "lab" else 1)
            parts.append(Step(way.key, minutes, way.clock))
        return tuple(parts)

    def _from(self, pipeline: int, stage: int | None) -> list[Way]:
        ways = self._stages.get(pipeline, [])
        end = next((at for at, way in enumerate(ways) if way.code in READY), len(ways))
        keys = [way.key for way in ways[:end]]
        if stage is not None and stage not in keys:
            return []
        return ways[0 if stage is None else keys.index(stage) : end]

    def _opened(self, way: Way, route: str) -> dict[str, str]:
        """Codes of pipelines that a stage opens for this route, with for what each is opened."""
        found = self._children.get(way.key, ())
        return {code: each for code, each, only in found if only in (None, "", route)}

    def _opened_from(self, ways: list[Way], route: str) -> dict[str, str]:
        opened: dict[str, str] = {}
        for way in ways:
            opened |= {c: e for c, e in self._opened(way, route).items() if c not in opened}
        return opened

    def _sides(
        self,
        opened: dict[str, str],
        route: str,
        units: int,
        there: Set[str],
        above: frozenset[int],
    ) -> Line:
        """The processes that are still to be opened, each once, inside whichever opens it first."""
        lines: list[Line] = []
        known = set(there)
        for code, each in opened.items():
            pipeline = self._in_use.get(code, 0)
            if code in known or pipeline in above or not pipeline:
                continue
            times = 1 if each == "order" else units
            lines.append(self._line(pipeline, None, route, units, known, times, above))
            known |= {code} | self._codes_below(pipeline, route, above)
        lines = [line for line in lines if line]
        if len(lines) == 1:
            return lines[0]
        return (Side(tuple(lines)),) if lines else ()

    def _codes_below(self, pipeline: int, route: str, above: frozenset[int]) -> set[str]:
        found: set[str] = set()
        for code in self._opened_from(self._from(pipeline, None), route):
            below = self._in_use.get(code, 0)
            if below and below not in above | {pipeline}:
                found |= {code} | self._codes_below(below, route, above | {pipeline})
        return found
