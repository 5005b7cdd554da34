"""How one value looks: to people on a page, and to a spreadsheet in an export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape
from peewee import DecimalField, Field, ForeignKeyField, IntegerField

from admin_views.picked_words import code_name
from admin_views.plain_words import is_code, plain_sayer, sayer
from admin_views.titles import TitleBook
from schema.base import option
from schema.fields import LinkField, MoneyField, ToothField, WeekdayField
from schema.picked import CodeField

SHORT = 80
DOT = '<span class="dot {}">{}</span>'
NOTHING = Markup('<span class="faint">–</span>')


def text_maker(field: Field, plain: bool = False) -> Callable[[Any, TitleBook], str]:
    """The function that says a value of this column in text; `plain` as in a file."""
    if isinstance(field, ForeignKeyField):
        return lambda value, book: book.name(field.rel_model, value)
    if isinstance(field, CodeField) and not is_code(field):
        return lambda value, _: code_name(field.of, value)
    say = plain_sayer(field) if plain else sayer(field)
    return lambda value, _: say(value)


def cell_maker(field: Field, short: bool = True) -> Callable[[Any, TitleBook], Markup]:
    """The function that shows a value of this column on a page; lists show long text shortened."""
    if isinstance(field, LinkField):
        return lambda value, _: _link(value) if value else NOTHING
    say, tones = text_maker(field), dict(option(field.model, "tones", {}).get(field.name, {}))

    def cell(value: Any, book: TitleBook) -> Markup:
        if value is None or value == "":
            return NOTHING
        text = say(value, book)
        if short and len(text) > SHORT:
            text = text[: SHORT - 1] + "…"
        tone = tones.get(value)
        return Markup(DOT).format(tone, text) if tone else escape(text) if text else NOTHING

    return cell


def _link(address: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(
        address, address.split("/")[2]
    )


def is_number(field: Field) -> bool:
    """Whether values line up on the right."""
    plain = isinstance(field, IntegerField | MoneyField | DecimalField)
    words = isinstance(field, ForeignKeyField | ToothField | WeekdayField)
    return plain and not words and not field.choices
