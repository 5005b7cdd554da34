"""The order of names as a Romanian reader expects it: A Ă Â B … I Î J … S Ș T Ț … Z, case forgiven.

Both engines reckon the same key with functions of their own, so that an index can keep it.
"""

from __future__ import annotations

from peewee import SQL, Field, NodeList

# A letter of its own follows every word that begins with the one before it: no name has «zzz».
# Not more letters than 26: tools of older SQLite libraries cannot read a deeper expression, and
# an index that they cannot read keeps them out of the whole file.
LETTERS = {
    "ăĂ": "azzz", "âÂ": "azzzz", "îÎ": "izzz", "șȘşŞ": "szzz", "țȚţŢ": "tzzz",
    "áÁ": "a", "éÉ": "e", "í": "i", "óöÖő": "o", "úüÜ": "u",
}  # fmt: skip
PLACES = [(letter, place) for letters, place in LETTERS.items() for letter in letters]
BEFORE = "lower(" + "replace(" * len(PLACES)
AFTER = "".join(f", '{letter}', '{place}')" for letter, place in PLACES) + ")"


def place_in_alphabet(column: Field) -> NodeList:
    """The text by which a column of names is sorted, word for word as its index has it."""
    return NodeList((SQL(BEFORE), column, SQL(AFTER)), glue="")


def in_alphabet(*columns: str) -> tuple[str, ...]:
    """What an index holds that lists rows by these columns of names, the key last."""
    return (*(f"({BEFORE}{column}{AFTER})" for column in columns), "id")
