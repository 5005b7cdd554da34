"""What people type to find anything: words, parts of telephone numbers, days, running numbers."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from admin_views.searching import words_in
from schema.database import fold
from schema.search import SHORTEST_TRIGRAM
from schema.workflow import Refused
from schema.workflow.value_days import parse_day

MOST_WORDS = 6
LONGEST = 100
FEWEST = 2
HOME_PREFIX = "+40"
IN_PIECES = re.compile(r"(?<!\S)\(?[+0][\d()./ -]{4,}\d(?!\S)")
TELEPHONE = re.compile(r"[+0][\d()./-]{3,}")
RUNNING_NUMBER = re.compile(r"\d{1,6}")


class Word(NamedTuple):
    """One word: folded, the other forms in which a text may hold it, and the day that it says."""

    text: str
    others: tuple[str, ...] = ()
    day: dt.date | None = None

    @property
    def is_short(self) -> bool:
        """Too short for the trigram indexes."""
        return len(self.forms[0]) < SHORTEST_TRIGRAM

    @property
    def forms(self) -> tuple[str, ...]:
        """What to look for: a running number of one or two digits is only looked for whole."""
        if self.others and len(self.text) < SHORTEST_TRIGRAM:
            return self.others
        return (self.text, *self.others)


def read_words(typed: str) -> tuple[Word, ...]:
    """At most six words; none when there are too few letters to find anything by."""
    text = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    text = IN_PIECES.sub(_in_one_piece, text)
    words = tuple(_word(part) for part in words_in(text)[:MOST_WORDS])
    return words if sum(len(form) for word in words for form in word.forms) >= FEWEST else ()


def _word(typed: str) -> Word:
    text = fold(typed) or ""
    day = _day(typed)
    if day is not None:
        return Word(text, (), day)
    others = [_telephone(typed)] if TELEPHONE.fullmatch(typed) else []
    if RUNNING_NUMBER.fullmatch(typed):
        others.append(f"-{int(typed):06d}")
    return Word(text, tuple(one for one in others if one != text))


def _in_one_piece(found: re.Match[str]) -> str:
    """A telephone number without its blanks and brackets; days stay as they are."""
    text = found[0]
    if any(_day(part) for part in text.split()):
        return text
    return re.sub(r"[^\d+]", "", text)


def _telephone(typed: str) -> str:
    """The digits as a column keeps them: `+40722` for 0722, 0040722 and (0722)."""
    digits = re.sub(r"[^\d+]", "", typed)
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return HOME_PREFIX + digits[1:] if digits.startswith("0") else digits


def _day(typed: str) -> dt.date | None:
    try:
        return parse_day(typed)
    except (Refused, ValueError):
        return None
