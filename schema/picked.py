"""Columns of text whose values are chosen from what exists: currencies, codes of other rows."""

from __future__ import annotations

from typing import Any

from peewee import CharField


class CurrencyField(CharField):
    """An ISO 4217 code such as RON; people choose it by its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 3, "default": "RON"} | kwargs)


class CodeField(CharField):
    """The code of a row in another table, kept as text because it outlives that row.

    `of` says where codes stand, such as `stage.code`; rows that bear one code count as one.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 40} | kwargs)
