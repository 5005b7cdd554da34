"""Who somebody is: a line of words as people write names, and the state's number of a person."""

from __future__ import annotations

from typing import Any

from peewee import CharField

from schema.rules import Rule


class NameField(CharField):
    """One line of words without blanks at its ends or doubled inside; typed blanks are tidied."""

    def db_value(self, value: Any) -> Any:
        return " ".join(str(value).split()) if value is not None else None

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        return [
            Rule(
                f"{table}_{column}_is_tidy",
                f"{column} <> '' AND {column} = trim({column}) AND {column} NOT LIKE '%  %'",
                says="Write something here, without blanks at the ends or doubled inside.",
                field=self.name,
            )
        ]


class DeviceField(CharField):
    """What a browser says of itself; people read its name and its machine."""


class ReasonField(CharField):
    """Why something was done, in somebody's words; of the clock, the name of its work."""


class NationalIdField(CharField):
    """A Romanian personal number (CNP); forms and imports verify its date and check digit."""
