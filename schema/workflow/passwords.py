"""Passwords: how they are kept and checked, and which ones are too easy to guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from schema.database import fold
from schema.staff import Clinic, Location, Role, Staff
from schema.workflow import Refused
from schema.workflow.password_words import CLINIC, COMMON, WALKS

SHORTEST, LONGEST = 12, 200
FREE_SIGNS, FREE_MARKS = 6, 3
SHORTEST_WORD, SHORTEST_WALK = 3, 4
LOOKALIKES = str.maketrans("013457@$!|", "oieastasii")
STEPS = "\n".join([*WALKS, *(walk[::-1] for walk in WALKS)])
HASHER = PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1)
# The hash of a word nobody has, made with the parameters above: an unknown name costs the same.
NOBODY = (
    "$argon2id$v=19$m=47104,t=2,p=1$BW59udhwdhxqWJaP70rq7w"
    "$rkvPrVCNt721rclnAA0+lxR9T+J+8EMVMEm1ik17yZg"
)


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(_normal(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; takes as long when nothing was kept."""
    try:
        return HASHER.verify(kept or NOBODY, _normal(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def refuse_weak_password(password: str, *about: str) -> None:
    """Refuse a password that is too short, too long or built of words that are guessed first.

    `about` is what is known of its owner: names, e-mail.
    """
    length = len(_normal(password))
    if length < SHORTEST:
        raise Refused(
            "The password has %(length)s characters; it needs %(least)s or more. "
            "A few words in a row are easy to remember.",
            length=length,
            least=SHORTEST,
        )
    if length > LONGEST:
        raise Refused("The password may have %(most)s characters at most.", most=LONGEST)
    left, found = _without_known_words(password, [*COMMON, *CLINIC, *_house_words(), *about])
    marks = {sign for sign in left if not sign.isalnum()}
    if len(set(left) - marks) + min(len(marks), FREE_MARKS) < FREE_SIGNS:
        _refuse_guessable(found)


def about(staff: Staff) -> tuple[str, ...]:
    """What a guesser knows of a person."""
    return staff.last_name, staff.first_name, staff.email


def _refuse_guessable(found: list[str]) -> None:
    if not found:
        raise Refused("The password repeats too few characters. Use more different ones.")
    raise Refused(
        "The password is easy to guess: «%(word)s» is one of the first things that is tried. "
        "Use a few words that have nothing to do with each other, with you or with the clinic.",
        word=max(found, key=len),
    )


def _without_known_words(password: str, known: Iterable[str]) -> tuple[str, list[str]]:
    """The characters that no known word, year, walk or repetition explains; and what was found."""
    text = fold(password) or ""
    views = {text, text.translate(LOOKALIKES)}
    taken: set[int] = set()
    found = []
    for start, end in _explained(views, text, set(_words(known))):
        if not taken.issuperset(range(start, end)):
            found.append(text[start:end])
        taken.update(range(start, end))
    return "".join(sign for at, sign in enumerate(text) if at not in taken), found


def _explained(views: set[str], text: str, known: set[str]) -> Iterator[tuple[int, int]]:
    for word in sorted(known, key=lambda one: (-len(one), one)):
        for view in views:
            yield from (match.span() for match in re.finditer(re.escape(word), view))
    yield from (match.span() for match in re.finditer(r"(?:19|20)\d\d|(.)\1{2,}", text))
    for start in range(len(text) - SHORTEST_WALK + 1):
        end = start + SHORTEST_WALK
        if text[start:end] in STEPS:
            yield start, end


def _words(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for word in re.findall(r"[^\W_]+", fold(line) or ""):
            if len(word) >= SHORTEST_WORD:
                yield word


def _house_words() -> Iterator[str]:
    for clinic in Clinic.select(Clinic.name):
        yield clinic.name
    for location in Location.select(Location.name, Location.address):
        yield f"{location.name} {location.address or ''}"
    for role in Role.select(Role.code, Role.name):
        yield f"{role.code} {role.name}"


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
