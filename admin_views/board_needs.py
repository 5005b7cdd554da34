"""What cards on a board lack for their next step, and how far the works below them are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from flask_babel import gettext, ngettext
from peewee import Case, fn

from admin_views.language import row_name
from admin_views.policy import can, scoped
from schema.cards import Card, Tick
from schema.database import database
from schema.evidence import lacking
from schema.pipelines import ControlPoint, Stage

Progress = dict[int, tuple[int, int]]
Lacks = tuple[tuple[str, str], ...]
# Its newest tick says whether a bare point is ticked; evidence ticks its point by itself.
_UNTICKED = (
    "NOT COALESCE((SELECT t.done FROM tick t WHERE t.card_id = the.id "
    "AND t.control_point_id = q.id ORDER BY t.id DESC LIMIT 1), FALSE)"
)


def lacks_of(cards: Sequence[Card]) -> dict[int, Lacks]:
    """(tone, word) of what holds these cards back; ticks together as a number. One question."""
    keys = [card.id for card in cards if card.closed_at is None]
    if not keys or not can("read", Tick, "control_point") or not can("read", ControlPoint):
        return {}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    ticks: dict[int, int] = defaultdict(int)
    for card, evidence, name in _rows(keys):
        if evidence == "tick":
            ticks[card] += 1
        elif (word := ("warn", _word(evidence, name))) not in found[card]:
            found[card].append(word)
    for card, count in ticks.items():
        found[card].append(("idle", ngettext("%(num)s tick", "%(num)s ticks", count)))
    return {card: tuple(words) for card, words in found.items()}


def _rows(keys: list[int]) -> list[tuple[int, str, str]]:
    """Card, kind of evidence and name of each required point that lacks something, in order."""
    marks = ", ".join([database.obj.param] * len(keys))
    found = database.execute_sql(_statement().format(keys=marks), keys).fetchall()
    return [(card, evidence, name) for card, evidence, name in found]


@lru_cache(maxsize=1)
def _statement() -> str:
    return (
        "SELECT the.id, q.evidence, q.name FROM card the JOIN control_point q "
        "ON q.stage_id = the.stage_id AND q.required WHERE the.id IN ({keys}) AND "
        f"CASE WHEN q.evidence = 'tick' THEN {_UNTICKED} ELSE {lacking('the.id', 'q')} END "
        "ORDER BY the.id, q.position, q.id"
    )


def _word(evidence: str, name: str) -> str:
    """What is missing, as short as a card needs it; of a field or a work below its own name."""
    said = {
        "photos": gettext("photos"),
        "components": gettext("components"),
        "consent": gettext("consent"),
        "approval": gettext("approval"),
        "lot": gettext("lot number"),
        "link": gettext("file"),
        "statement": gettext("statement"),
        "children": gettext("open processes"),
    }
    return said.get(evidence) or row_name(name)


def progress_of(cards: Sequence[Card]) -> Progress:
    """How many works below each card are done, and of how many; one question."""
    keys = [card.id for card in cards]
    if not keys:
        return {}
    done = Case(None, ((Stage.category == "done", 1),), 0)
    below = scoped(Card, Card.parent, fn.SUM(done), fn.COUNT(Card.id)).join(
        Stage, on=Card.stage == Stage.id
    )
    below = below.where(Card.parent.in_(keys), Stage.category != "lost").group_by(Card.parent)
    return {parent: (int(ended), int(many)) for parent, ended, many in below.tuples()}


def progress_text(progress: Progress, card: int) -> str:
    """`2 of 4 done`; empty where nothing lies below."""
    if card not in progress:
        return ""
    done, many = progress[card]
    return gettext("%(done)s of %(many)s done", done=done, many=many)
