"""What cards on a board lack for their next step, and how far the works below them are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from flask_babel import gettext, ngettext
from peewee import SQL, Case, fn

from admin_views.language import row_name
from admin_views.policy import can, scoped
from schema.among import among, keys_test, keys_told
from schema.cards import Card, CardStep, Tick
from schema.database import database
from schema.evidence import lacking
from schema.fixed import Fixed
from schema.holds import Hold
from schema.pipelines import ControlPoint, Stage

BELOW, FORCED, HELD = "below", "forced", "held:"
_ASKING = (
    "FROM card the JOIN control_point q "
    "ON q.stage_id = the.stage_id AND q.required AND q.evidence <> 'tick'"
)


@dataclass
class Needs:
    """(tone, word) of each thing that holds a card back, how many of how many works below it
    are done, whether it was forced past a gate, and why it is on hold, as a code."""

    words: list[tuple[str, str]] = field(default_factory=list)
    ticks: int = 0
    done: int = 0
    below: int = 0
    forced: bool = False
    held: str = ""


class Words:
    """What cards need in words; each is looked up once, however many cards say it."""

    def __init__(self) -> None:
        self.of_ticks = cache(_ticks_text)
        self.of_works = cache(_works_text)

    def lacks(self, needs: Needs) -> tuple[tuple[str, str], ...]:
        """What is missing; bare ticks together as a number."""
        return (*needs.words, *([("idle", self.of_ticks(needs.ticks))] if needs.ticks else []))

    def progress(self, needs: Needs) -> str:
        """`2 of 4 done`; empty where nothing lies below."""
        return self.of_works(needs.done, needs.below) if needs.below else ""


def _ticks_text(count: int) -> str:
    return str(ngettext("%(num)s tick", "%(num)s ticks", count))


def _works_text(done: int, many: int) -> str:
    return str(gettext("%(done)s of %(many)s done", done=done, many=many))


def needs_of(cards: Sequence[Card]) -> dict[int, Needs]:
    """What each card lacks and how far its works are, as far as it may be known; two questions."""
    found: dict[int, Needs] = defaultdict(Needs)
    keys = [card.id for card in cards]
    kinds, said = set[str](), _said()
    for card, word, first, second in _told(keys) if keys else []:
        if word == BELOW:
            found[card].done, found[card].below = first, second
        elif word == FORCED:
            found[card].forced = True
        elif word.startswith(HELD):
            found[card].held = word.removeprefix(HELD)
        elif word == "tick":
            found[card].ticks = first
        else:
            kinds.add(word)
    for card, evidence, name in _lacking(keys, kinds) if kinds else []:
        told = ("warn", said.get(evidence) or row_name(name))
        if told not in found[card].words:
            found[card].words.append(told)
    return found


def may_know_blocked() -> bool:
    """Whether the person reads anything that can hold a card back."""
    return _reads_points() or can("read", Hold, "reason")


def blocked_cards() -> Any:
    """The condition that an open card is on hold or lacks evidence, as far as it may be known."""
    held, lacks = SQL("FALSE"), SQL("FALSE")
    if can("read", Hold, "reason"):
        held = Card.id.in_(scoped(Hold, Hold.card).where(Hold.ended_at.is_null()))
    if _reads_points():
        open_ones = f"{_ASKING} WHERE the.closed_at IS NULL AND {lacking('the.id', 'q')}"
        lacks = Card.id.in_(SQL(f"(SELECT the.id {open_ones})"))
    return held | lacks


def _reads_points() -> bool:
    return can("read", Tick, "control_point") and can("read", ControlPoint)


def _told(keys: list[int]) -> list[tuple[int, str, int, int]]:
    """Card, a word and two counts: bare points to tick, kinds of evidence that are asked for,
    works below that are done and how many there are, forced steps, holds; what may be read.
    """
    asked = [_works_below(keys)]
    if _reads_points():
        asked.append(_points(keys))
    if can("read", CardStep, "forced"):
        columns = CardStep.card, SQL(f"'{FORCED}'"), SQL("0"), SQL("0")
        asked.append(scoped(CardStep, *columns).where(among(CardStep.card, keys), CardStep.forced))
    if can("read", Hold, "reason"):
        columns = Hold.card, SQL(f"'{HELD}'").concat(Hold.reason), SQL("0"), SQL("0")
        asked.append(scoped(Hold, *columns).where(among(Hold.card, keys), Hold.ended_at.is_null()))
    parts = [query.sql() for query in asked]
    text = " UNION ALL ".join(part for part, _ in parts)
    found = database.execute_sql(text, [value for _, told in parts for value in told]).fetchall()
    return [(card, word, int(first), int(second)) for card, word, first, second in found]


def _points(keys: list[int]) -> Any:
    """Required points by kind of evidence; bare ones only while their newest tick says no."""
    newest = (
        Tick.select(Tick.done)
        .where(Tick.card == Card.id, Tick.control_point == ControlPoint.id)
        .order_by(Tick.id.desc())
        .limit(1)
    )
    waits = (ControlPoint.evidence != "tick") | ~fn.COALESCE(newest, SQL("FALSE"))
    points = Card.select(Card.id, ControlPoint.evidence, fn.COUNT(ControlPoint.id), SQL("0")).join(
        ControlPoint, on=(ControlPoint.stage == Card.stage) & ControlPoint.required
    )
    return points.where(among(Card.id, keys), waits).group_by(Card.id, ControlPoint.evidence)


def _works_below(keys: list[int]) -> Any:
    """How many works below each card are done, and of how many; what is cancelled counts not."""
    done = Case(None, ((Stage.category == "done", 1),), 0)
    columns = Card.parent, SQL(f"'{BELOW}'"), fn.SUM(done), fn.COUNT(Card.id)
    below = scoped(Card, *columns).join(Stage, on=Card.stage == Stage.id)
    return below.where(among(Card.parent, keys), Stage.category != "lost").group_by(Card.parent)


def _lacking(keys: list[int], kinds: set[str]) -> list[tuple[int, str, str]]:
    """Card, evidence and name of each required point whose evidence is not there, in order."""
    text = _statement(",".join(sorted(kinds))).format(keys=keys_test())
    # PostgreSQL keeps its plan, which takes longer than its rows.
    return list(database.execute_sql(Fixed(text), (keys_told(keys),)).fetchall())


@lru_cache(maxsize=100)
def _statement(kinds: str) -> str:
    return (
        f"SELECT the.id, q.evidence, q.name {_ASKING} "
        f"WHERE the.id {{keys}} AND {lacking('the.id', 'q', kinds.split(','))} "
        "ORDER BY the.id, q.position, q.id"
    )


def _said() -> dict[str, str]:
    """What may be missing, as short as a card needs it; of a field its own name is told."""
    return {
        "photos": gettext("photos"),
        "components": gettext("components"),
        "consent": gettext("consent"),
        "approval": gettext("approval"),
        "lot": gettext("lot number"),
        "link": gettext("file"),
        "statement": gettext("statement"),
        "children": gettext("open processes"),
    }
