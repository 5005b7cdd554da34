"""What stands in the bars and squares of our papers: typed codes of no patient, with a check."""

from __future__ import annotations

import re
from typing import NamedTuple

from schema.sayings import Unfit

HOUSE = "BS"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KINDS = {"O": "Lab order", "T": "Lab process", "C": "Component", "B": "Box"}
# How the body of each kind is written; a box is called as its clinic calls it.
BODIES = {"O": r"\d{8}", "T": r"\d{6,10}", "C": r"\d{6,10}", "B": r"[0-9A-Z]{1,20}"}
LONGEST = 60
TICKET = re.compile(r"\d{2}-\d{6}")


class Code(NamedTuple):
    """One thing of ours: its kind (`O`, `T`, `C`, `B`) and its body, letters and digits alone."""

    kind: str
    body: str

    @property
    def plain(self) -> str:
        """Without dashes, as a reader of bars may hand it over: `BSO26000123K`."""
        bare = f"{HOUSE}{self.kind}{self.body}"
        return bare + check_character(bare)

    @property
    def written(self) -> str:
        """As people read it aloud: `BS-O-26-000123-K`."""
        body = f"{self.body[:2]}-{self.body[2:]}" if self.kind == "O" else self.body
        return f"{HOUSE}-{self.kind}-{body}-{self.plain[-1]}"


def order_code(ticket: str) -> Code:
    """The code of an order by its ticket, such as `26-000123`."""
    return _fit("O", ticket)


def numbered_code(kind: str, number: int) -> Code:
    """The code of a lab process (`T`) or of the bag of a component (`C`) by its row's number."""
    return _fit(kind, f"{number:06d}")


def box_code(name: str) -> Code:
    """The code of a box by its name; raises Unfit when no letter or digit of ASCII is in it."""
    return _fit("B", name)


def looks_like_code(typed: str) -> bool:
    """Whether somebody means one of our codes, right or wrong; names may begin alike.

    A code has a dash or a digit behind its kind; one without them is known by its check.
    """
    found = bare(typed)
    if len(found) < 5 or not found.startswith(HOUSE):
        return False
    parted = re.match(rf"\W*{HOUSE}\W*[A-Z](\W|\d)", _end(typed))
    return parted is not None or (found[2] in KINDS and found[-1] == check_character(found[:-1]))


def read_code(typed: str) -> Code:
    """The code that was scanned or typed, in large or small letters, with dashes or without.

    Raises Unfit in words: no code of ours, a kind that we do not have, a wrong check character.
    """
    found = bare(typed)
    if not found.startswith(HOUSE) or len(found) < 5:
        raise Unfit("This is no code of our papers; they begin with BS.")
    kind, body, check = found[2], found[3:-1], found[-1]
    if kind not in KINDS:
        raise Unfit("The code has a kind that we do not use: %(letter)s.", letter=kind)
    if check_character(found[:-1]) != check:
        raise Unfit("The check character does not fit; scan again, or compare letter by letter.")
    if not re.fullmatch(BODIES[kind], body):
        raise Unfit("This code is not complete; scan again.")
    return Code(kind, body)


def paper_code(typed: str) -> Code:
    """A code as `read_code` reads it, or a ticket as it stands on the paper in large figures."""
    return order_code(typed) if TICKET.fullmatch(typed.strip()) else read_code(typed)


def check_character(text: str) -> str:
    """The check character of letters and digits: ISO/IEC 7064, system MOD 37,36.

    It finds every single wrong character and nearly every swap of two neighbours. From 36, for
    each character: add its value, take what is left of 36 (36 for none), double it, take what is
    left of 37. The check character completes the last product to 1, modulo 36.
    """
    product = 36
    for letter in text:
        total = (product + ALPHABET.index(letter)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def bare(typed: str) -> str:
    """The letters and digits of what was typed, in capitals; all else only parts them.

    Of an address, as a QR code holds it, only what follows its last stroke or equals sign.
    """
    return re.sub(r"[^0-9A-Z]", "", _end(typed))


def _end(typed: str) -> str:
    return re.split(r"[/=]", typed.strip().upper())[-1][:LONGEST]


def _fit(kind: str, body: str) -> Code:
    code = Code(kind, bare(body))
    if not re.fullmatch(BODIES[kind], code.body):
        raise Unfit("No code can be made of «%(name)s».", name=body)
    return code
