"""The fields of a form under their headings, and how they stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import gettext
from peewee import Model
from wtforms import Field
from wtforms.form import BaseForm

from admin_views.inlines import HIDDEN, InlineRows
from admin_views.own_records import OWN
from admin_views.writing import CARD
from schema.base import option

WIDE, TICK, NUMBER = "TextAreaField", "BooleanField", "WholeInput"
A_SENTENCE = 200  # letters; a column that takes so many is read in one line across the form


@dataclass(frozen=True)
class Group:
    """Fields under one heading; `level` names the ticks that stand beside a field with a label.

    `advice` says what the fields mean together (`Meta.advice`).
    """

    heading: str | None
    fields: list[Field]
    level: set[str] = field(default_factory=set)
    advice: str = ""

    @property
    def wide(self) -> set[str]:
        """The fields that take the whole width: notes, reasons, addresses."""
        return {one.name for one in self.fields if _is_wide(one)}

    @property
    def counts(self) -> bool:
        """Whether it is a row of small numbers, such as months, weeks and days."""
        return len(self.fields) == 3 and all(one.type == NUMBER for one in self.fields)


def groups_of(model: type[Model], form: BaseForm) -> list[Group]:
    """Fields in the order and under the headings that the schema gives; the rest at the end."""
    shown = {one.short_name: one for one in form if _is_shown(one)}
    advice = option(model, "advice", {})
    said: list[Group] = []
    for heading, names in option(model, "groups", ()):
        fields = [shown.pop(name) for name in names if name in shown]
        told = gettext(advice[heading]) if heading in advice else ""
        said.append(Group(gettext(heading), fields, _level(fields), told))
    card = [shown.pop(name) for name in list(shown) if name.startswith(CARD)]
    own = [shown.pop(name) for name in list(shown) if name.startswith(OWN)]
    last_of_all = (*option(model, "coded_from", {}), option(model, "ends"))
    rest = sorted(shown.values(), key=lambda one: _place(last_of_all, one.short_name))
    last = ((None, rest), (gettext("Further details"), own), (gettext("On its way"), card))
    said += [Group(heading, fields, _level(fields)) for heading, fields in last]
    return [group for group in said if group.fields]


def _place(last: tuple[str | None, ...], name: str) -> int:
    return last.index(name) if name in last else -1


def _is_shown(one: Field) -> bool:
    name = one.short_name
    inside = isinstance(one, InlineRows) or name in HIDDEN or name.endswith("row_version")
    return not inside


def _is_wide(one: Field) -> bool:
    longest = getattr(one.flags, "maxlength", None) or 0
    return one.type == WIDE or (one.type == "StringField" and longest >= A_SENTENCE)


def _level(fields: list[Field]) -> set[str]:
    """Two stand in a row; a tick beside a field with a label comes down to the control of it."""
    level: set[str] = set()
    row: list[Field] = []
    for one in fields:
        row = [] if _is_wide(one) or len(row) == 2 else row
        if _is_wide(one):
            continue
        row.append(one)
        ticks = [each for each in row if each.type == TICK]
        if len(row) == 2 and len(ticks) == 1:
            level.add(ticks[0].name)
    return level
