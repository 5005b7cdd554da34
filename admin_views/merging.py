"""Two people changed one record: the values side by side, and what the second one chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_admin.form import BaseForm
from flask_babel import gettext
from peewee import Model
from werkzeug.datastructures import MultiDict
from wtforms import Field, FormField

from admin_views.comparing import meaning, words
from admin_views.form_pages import build_form
from admin_views.inlines import HIDDEN, InlineRows
from admin_views.seeing import SEEN, as_sent, seal, unseal, whose_form
from admin_views.titles import TitleBook
from schema.base import singular

FIRST, OPEN, KEEP = "first", "choose", "keep."
OURS = ("csrf_token", SEEN, FIRST, OPEN)
THEIRS, MINE = "theirs", "mine"
Triple = tuple[str, Field | None, Field, Field]


@dataclass(frozen=True)
class Difference:
    """One field that differs: as it was opened, as the other saved it, as it was typed here."""

    label: str
    field: Field
    first: str | None
    theirs: str
    mine: str
    pick: str | None
    is_clash: bool


def has_open_choices(sent: MultiDict) -> bool:
    """Whether a clash was sent back without an answer."""
    return any(sent.get(f"{KEEP}{name}") not in (THEIRS, MINE) for name in sent.getlist(OPEN))


def with_choices(sent: MultiDict, whose: str) -> MultiDict:
    """What was sent, with the other person's value wherever that one was chosen."""
    theirs = unseal(sent.get(SEEN), whose)
    if theirs is None:
        return sent
    chosen = MultiDict(sent)
    for key in sent:
        name = key.removeprefix(KEEP)
        if key.startswith(KEEP) and sent[key] == THEIRS:
            chosen.poplist(name)
            if name in theirs:
                chosen.add(name, theirs[name])
    return chosen


def merge_page(
    model: type[Model], kind: type[BaseForm], row: Model, mine: BaseForm, sent: MultiDict
) -> dict[str, Any]:
    """What the merge template shows; `row` as it is now, `mine` as it was sent."""
    whose = whose_form(row)
    is_again = has_open_choices(sent)
    token = sent.get(FIRST if is_again else SEEN, "")
    seen = unseal(token, whose)
    theirs = build_form(model, kind, row, submitted=False)
    first = None if seen is None else build_form(model, kind, row, sent=MultiDict(seen))
    found = list(_differences(model, first, theirs, mine, sent if is_again else MultiDict()))
    added = _added_there(first, theirs)
    now = _under_sent_names(theirs, mine)
    return {
        "differences": found,
        "added_there": added,
        "added_here": _added_here(mine),
        "kept": _kept(sent, {one.field.name for one in found}, as_sent(now)),
        "seen": seal(now, whose),
        "first": token,
        "is_again": is_again,
    }


def _differences(
    model: type[Model], first: BaseForm | None, theirs: BaseForm, mine: BaseForm, picks: MultiDict
) -> Iterator[Difference]:
    for label, before, there, here in _triples(model, first, theirs, mine):
        if meaning(there) == meaning(here):
            continue
        pick = _pick(before, there, here)
        yield Difference(
            label=label,
            field=here,
            first=None if before is None else words(before),
            theirs=words(there),
            mine=words(here),
            pick=picks.get(f"{KEEP}{here.name}") or pick,
            is_clash=pick is None,
        )


def _pick(before: Field | None, there: Field, here: Field) -> str | None:
    """Whose value is kept when only one of the two changed it."""
    if before is None:
        return None
    if meaning(before) == meaning(here):
        return THEIRS
    return MINE if meaning(before) == meaning(there) else None


def _triples(
    model: type[Model], first: BaseForm | None, theirs: BaseForm, mine: BaseForm
) -> Iterator[Triple]:
    """Each field of the form as it was opened, as it is now, and as it was sent."""
    for here in mine:
        name = here.short_name
        if name not in theirs or _is_hidden(here):
            continue
        before = first[name] if first is not None and name in first else None
        if isinstance(here, InlineRows):
            yield from _child_triples(before, theirs[name], here)
        else:
            yield here.label.text, before, theirs[name], here


def _child_triples(before: Any, theirs: InlineRows, mine: InlineRows) -> Iterator[Triple]:
    were, are = _by_key(before), _by_key(theirs)
    names = TitleBook()
    names.learn({mine.child: set(map(int, are))})
    for key, entry in _by_key(mine).items():
        if key not in are:
            continue
        was = were[key].form if key in were else None
        named = f"{gettext(singular(mine.child))}: {names.name(mine.child, int(key))}"
        for label, *three in _triples(mine.child, was, are[key].form, entry.form):
            yield f"{named} · {label}", *three


def _by_key(rows: InlineRows | None) -> dict[str, FormField]:
    """The rows of a child table that are in the database, by their keys."""
    entries = rows.entries if rows is not None else ()
    found = {str(entry.form["id"].data or ""): entry for entry in entries}
    return {key: entry for key, entry in found.items() if key.isascii() and key.isdigit()}


def _under_sent_names(theirs: BaseForm, mine: BaseForm) -> list[Field]:
    """The fields as they are now; child rows under the names that the sent form gives them."""
    for rows in mine:
        if isinstance(rows, InlineRows) and rows.short_name in theirs:
            are = _by_key(theirs[rows.short_name])
            theirs[rows.short_name].entries = [
                _renamed(are[key], entry) for key, entry in _by_key(rows).items() if key in are
            ]
    return list(theirs)


def _renamed(there: FormField, here: FormField) -> FormField:
    for field in there.form:
        field.name = f"{here.name}-{field.short_name}"
    return there


def _added_there(first: BaseForm | None, theirs: BaseForm) -> list[str]:
    """The child rows that somebody else added meanwhile, in words."""
    found = []
    for rows in theirs:
        if isinstance(rows, InlineRows) and first is not None and rows.short_name in first:
            known = _by_key(first[rows.short_name])
            found += [_told(rows, e) for key, e in _by_key(rows).items() if key not in known]
    return found


def _added_here(mine: BaseForm) -> list[str]:
    """The child rows that were added in this form, in words."""
    return [
        _told(rows, entry)
        for rows in mine
        if isinstance(rows, InlineRows)
        for entry in rows.filled()
        if not entry.form["id"].data
    ]


def _told(rows: InlineRows, entry: FormField) -> str:
    said = [words(field) for field in entry.form if not _is_hidden(field)]
    return f"{gettext(singular(rows.child))}: {' · '.join(filter(None, said))}"


def _is_hidden(field: Field) -> bool:
    return field.short_name in HIDDEN or field.type == "VersionInput"


def _kept(sent: MultiDict, shown: set[str], now: dict[str, str]) -> list[tuple[str, str]]:
    """Everything else that was sent, with the versions that the other person left."""
    return [
        (name, now.get(name, value) if name.endswith("row_version") else value)
        for name, value in sent.items(multi=True)
        if name not in shown and name not in OURS and not name.startswith(KEEP)
    ]
