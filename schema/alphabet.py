"""The order of names as a Romanian reader expects it: A Ă Â B … I Î J … S Ș T Ț … Z, case forgiven.

Both engines reckon the same key with functions of their own, so that an index can keep it.
"""

from __future__ import annotations

from functools import reduce

from peewee import SQL, Field, NodeList

# A letter of its own follows every word that begins with the one before it: no name has «zzz».
LETTERS = {
    "ăĂ": "azzz", "âÂ": "azzzz", "îÎ": "izzz", "șȘşŞ": "szzz", "țȚţŢ": "tzzz",
    "áÁàÀäÄ": "a", "éÉèÈëË": "e", "íÍ": "i", "óÓöÖőŐ": "o", "úÚüÜűŰ": "u", "ñÑ": "n", "çÇ": "c",
}  # fmt: skip
PLACES = [(letter, place) for letters, place in LETTERS.items() for letter in letters]
# Most names have no letter to put in its place, which a comparison of lengths finds out at once.
BEFORE = "CASE WHEN octet_length(", ") = length(", ") THEN lower(", ") ELSE lower("
AFTER = reduce(lambda text, one: f"{text}, '{one[0]}', '{one[1]}')", PLACES, "")


def place_in_alphabet(column: Field) -> NodeList:
    """The text by which a column of names is sorted, word for word as its index has it."""
    parts: list[SQL | Field] = []
    for text in (*BEFORE[:-1], BEFORE[-1] + "replace(" * len(PLACES)):
        parts += [SQL(text), column]
    return NodeList((SQL("("), *parts, SQL(f"{AFTER}) END)")), glue="")


def in_alphabet(*columns: str) -> tuple[str, ...]:
    """What an index holds that lists rows by these columns of names, the key last."""
    places = ("replace(" * len(PLACES) + column + AFTER for column in columns)
    kept = zip(columns, places, strict=True)
    return (*(f"({column.join(BEFORE)}{place}) END)" for column, place in kept), "id")
