"""Find anything: one question to every kind of row that the person may see, on every page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import current_app, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext
from peewee import Model

from admin_views.drawn import drawn_once
from admin_views.find_lines import lines_of
from admin_views.find_rows import MOST, Rows, rows_that_answer
from admin_views.find_words import Word, read_words
from admin_views.opening import beginnings
from admin_views.people import current_person
from admin_views.policy import can
from admin_views.reading import note_rows
from admin_views.scanning import code_answer
from admin_views.sought import SOUGHT
from schema import TABLES
from schema.base import option, plural, table_name, utcnow
from schema.codes import looks_like_code

OFFERED, SHOWN = 4, 20


class FindView(BaseView):
    """The answers while a person types, and the page of all answers."""

    def is_accessible(self) -> bool:
        return current_person() is not None

    @expose("/")
    def index(self) -> Any:
        """All answers; a code of our papers opens what it stands for."""
        if looks_like_code(_asked()):
            return redirect(url_for("scan.index", code=_asked()))
        return self.render("panel/find.html", **answer(_asked(), SHOWN, utcnow()))

    @expose("/answers/")
    def answers(self) -> str:
        """A part of a page, the list under the field: drawn without the frame around a page."""
        template = current_app.jinja_env.get_template("panel/find_list.html")
        return template.render(**answer(_asked(), OFFERED, utcnow()))


def _asked() -> str:
    return " ".join(request.args.get("search", "").split())


@drawn_once
def kinds() -> list[type[Model]]:
    """The tables that are looked into, in the order in which they are shown."""
    found = [model for model in TABLES if option(model, "found") and can("read", model)]
    return sorted(found, key=lambda model: option(model, "found").place)


def answer(typed: str, most: int, now: dt.datetime) -> dict[str, Any]:
    """What the templates show: the groups with their counts, or what to do next."""
    if looks_like_code(typed):
        return {"typed": typed, "groups": [], "code": code_answer(typed)}
    words = read_words(typed)
    known: dict[type[Model], Rows] = {}
    for model in kinds() if words else ():
        known[model] = rows_that_answer(model, words, known)
    for model, rows in known.items():
        note_rows("search", model, rows.keys[:most])
    picked = {model: rows.keys[:most] for model, rows in known.items()}
    lines = lines_of(picked, {model: rows.gone for model, rows in known.items()}, now)
    return {
        "typed": typed,
        "too_short": bool(typed) and not words,
        "groups": [
            _group(model, rows, lines[model], most)
            | {"list_url": _list_url(model, words, typed) if len(rows.keys) > most else None}
            for model, rows in known.items()
            if rows.keys
        ],
        "all_url": url_for("find.index", search=typed),
        "kinds": [gettext(plural(model)) for model in kinds()],
        "begin": beginnings(_begun(), **{SOUGHT: typed}),
    }


def _group(model: type[Model], rows: Rows, lines: dict, most: int) -> dict[str, Any]:
    page = url_for(f"{table_name(model)}.details_view")
    count = min(len(rows.keys), MOST)
    return {
        "name": table_name(model),
        "label": gettext(plural(model)),
        "count": gettext("more than %(number)s", number=count) if rows.over else str(count),
        "rows": [
            {
                "url": f"{page}?id={key}",
                "title": lines[key][0],
                "line": lines[key][1],
                "gone": key in rows.gone,
            }
            for key in rows.keys[:most]
            if key in lines
        ],
    }


def _list_url(model: type[Model], words: tuple[Word, ...], typed: str) -> str | None:
    """The table's own list with the same question, when it understands all of its words."""
    if any(word.others or word.day for word in words):
        return None
    return url_for(f"{table_name(model)}.index_view", search=typed)


@drawn_once
def _begun() -> list[type[Model]]:
    """The tables of which people begin a row when they found none."""
    return [model for model in kinds() if option(model, "found").begins]
