"""What the selects of currencies and of codes offer, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from babel.core import Locale, get_global
from flask_babel import gettext

from admin_views.drawn import drawn_once_a_page
from admin_views.language import language, row_name
from admin_views.plain_words import code_text
from admin_views.policy import can, scoped
from schema import TABLES
from schema.base import option, singular, table_name
from schema.database import fold
from schema.staff import Clinic

NEAR = ("EUR", "USD", "GBP", "CHF", "HUF", "BGN", "MDL")
Groups = dict[str, list[tuple[str, str]]]


def currencies() -> Groups:
    """The clinic's own currency, those that are near, and below all that are legal tender."""
    return _currencies(language(), own_currency())


@drawn_once_a_page
def own_currency() -> str:
    """The code of the currency that the clinic keeps its money in."""
    kept = Clinic.select(Clinic.currency).where(Clinic.id == 1).tuples().first()
    return kept[0] if kept else str(Clinic.currency.default)


@lru_cache(maxsize=50)
def _currencies(reader: str, own: str) -> Groups:
    first = [own, *(code for code in NEAR if code != own)]
    names = Locale.parse(reader).currencies
    rest = sorted(_in_use().intersection(names) - set(first))
    said = {code: f"{code} · {names.get(code, code)}" for code in [*first, *rest]}
    near, far = ([(code, said[code]) for code in codes] for codes in (first, rest))
    return {"": near, gettext("Other currencies"): far}


@lru_cache(maxsize=1)
def _in_use() -> set[str]:
    """The codes that are legal tender somewhere today, by CLDR's table of territories."""
    tables = get_global("territory_currencies").values()
    return {code for table in tables for code, _, ended, tender in table if tender and not ended}


@drawn_once_a_page
def codes_in(place: str) -> Groups:
    """The codes that stand in a column such as `stage.code`, each once, by the name of its row."""
    if place == "tables":
        return table_names()
    table, column = place.split(".")
    model = next(one for one in TABLES if table_name(one) == table)
    field = model._meta.fields[column]
    name = model._meta.fields.get("name") if column == "code" else None
    if not (can("read", model, field) and (name is None or can("read", model, name))):
        return {"": []}
    query = scoped(model, field, *([name] if name else ())).order_by(model._meta.primary_key)
    gone = model._meta.fields.get(option(model, "ends") or "")
    rows = (query if gone is None else query.where(gone.is_null())).tuples()
    said = {row[0]: row_name(row[1]) if name else _word(row[0]) for row in rows}
    return {"": sorted(said.items(), key=lambda pair: fold(pair[1]) or "")}


def _word(code: str) -> str:
    """A code in capitals, such as the route ZR, is a word of the laboratory already."""
    return code if code.isupper() else code_text(code)


def code_name(place: str, code: str) -> str:
    """The name of the row that bears a code; of one that is gone, the code as words."""
    return dict(codes_in(place)[""]).get(code) or _word(code)


def table_names() -> Groups:
    """Every table by the name that people know it by."""
    said = [(table_name(one), gettext(singular(one))) for one in TABLES]
    return {"": sorted(said, key=lambda pair: fold(pair[1]) or "")}
