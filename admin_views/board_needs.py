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
from schema.cards import Card, CardStep, Tick
from schema.database import database
from schema.evidence import lacking
from schema.pipelines import ControlPoint, Stage

BELOW, FORCED = "below", "forced"
# Its newest tick says whether a bare point is ticked; evidence ticks its point by itself.
_UNTICKED = (
    "NOT COALESCE((SELECT t.done FROM tick t WHERE t.card_id = the.id "
    "AND t.control_point_id = q.id ORDER BY t.id DESC LIMIT 1), FALSE)"
)


@dataclass
class Needs:
    """(tone, word) of each thing that holds a card back, how many of how many works below it
    are done, and whether it was forced past a gate."""

    words: list[tuple[str, str]] = field(default_factory=list)
    ticks: int = 0
    done: int = 0
    below: int = 0
    forced: bool = False


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
    """What each card lacks and how far its works are, as far as it may be known; one question."""
    found: dict[int, Needs] = defaultdict(Needs)
    said = _said()
    rows = sorted(_rows([card.id for card in cards]), key=lambda row: (row[0], *row[3:]))
    for card, evidence, name, first, second in rows:
        needs = found[card]
        if evidence == BELOW:
            needs.done, needs.below = first, second
        elif evidence == FORCED:
            needs.forced = True
        elif evidence == "tick":
            needs.ticks += 1
        elif (told := ("warn", said.get(evidence) or row_name(name))) not in needs.words:
            needs.words.append(told)
    return found


def _rows(keys: list[int]) -> list[tuple[int, str, str, int, int]]:
    """Card, kind of evidence and name of each point that lacks something; or a word, and counts.

    All comes in one trip; each part is left out of it for who may not read that.
    """
    parts, values = [], list[Any]()
    if keys and can("read", Tick, "control_point") and can("read", ControlPoint):
        parts.append(_lacking().format(keys=", ".join([database.obj.param] * len(keys))))
        values += keys
    for query in _told(keys):
        text, told = query.sql()
        parts.append(text)
        values += told
    found = database.execute_sql(" UNION ALL ".join(parts), values).fetchall() if parts else []
    return [(card, word, name, int(one), int(two)) for card, word, name, one, two in found]


def _told(keys: list[int]) -> list[Any]:
    """Questions for the works below that are done, of those not cancelled, and for forced steps."""
    if not keys:
        return []
    done = Case(None, ((Stage.category == "done", 1),), 0)
    columns = Card.parent, SQL(f"'{BELOW}'"), SQL("''"), fn.SUM(done), fn.COUNT(Card.id)
    below = scoped(Card, *columns).join(Stage, on=Card.stage == Stage.id)
    below = below.where(Card.parent.in_(keys), Stage.category != "lost").group_by(Card.parent)
    if not can("read", CardStep, "forced"):
        return [below]
    columns = CardStep.card, SQL(f"'{FORCED}'"), SQL("''"), SQL("0"), SQL("0")
    return [below, scoped(CardStep, *columns).where(CardStep.card.in_(keys), CardStep.forced)]


@lru_cache(maxsize=1)
def _lacking() -> str:
    return (
        "SELECT the.id, q.evidence, q.name, q.position, q.id FROM card the JOIN control_point q "
        "ON q.stage_id = the.stage_id AND q.required WHERE the.id IN ({keys}) AND "
        f"CASE WHEN q.evidence = 'tick' THEN {_UNTICKED} ELSE {lacking('the.id', 'q')} END"
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
