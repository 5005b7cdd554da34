"""A choice from a fixed list of words, shown in the person's language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask_babel import get_domain, gettext
from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.validators import ValidationError

from admin_views.options import attributes


class WordSelect(SelectField):
    """The words of a choice column; an empty choice where the column may be empty."""

    def __init__(
        self, *args: Any, column: Any, words: list[tuple[str, str]], blank: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, coerce=_word, **kwargs)
        self.column, self.words, self.may_be_blank = column, words, blank

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.choices, self.drawn = self._said()
        super().process(*args, **kwargs)

    def _said(self) -> tuple[list[tuple[str, str]], str]:
        place = f"{self.column.model._meta.table_name}.{self.column.name}"
        blank = self.may_be_blank or self.default is None
        return _said_in(get_domain().get_translations(), place, tuple(self.words), blank)

    def __call__(self, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", self.id)
        if self.flags.required:
            kwargs.setdefault("required", True)
        chosen = self.coerce(self.data) or ""
        start = _start(chosen)
        options = self.drawn.replace(start, f"{start} selected", 1)
        return Markup(f"<select {attributes(name=self.name, **kwargs)}>{options}</select>")

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in dict(self.words):
            raise ValidationError(gettext("Choose a value from the list."))


@lru_cache(maxsize=1000)
def _said_in(
    words: Any, place: str, choices: tuple[tuple[Any, str], ...], blank: bool
) -> tuple[list[tuple[str, str]], str]:
    """The choices of a column in one language (the catalogue `words`), and drawn as options."""
    said = [("", "")] if blank else []
    said += [(str(word), words.pgettext(place, english)) for word, english in choices]
    drawn = "".join(f"{_start(word)}>{escape(text)}</option>" for word, text in said)
    return said, drawn


def _start(word: str) -> str:
    """So an option begins; no text of a row can look like it, since texts are escaped."""
    return f'<option value="{escape(word)}"'


def _word(value: Any) -> str | None:
    return str(value) if value not in (None, "") else None


class TruthSelect(SelectField):
    """Yes, no, or not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=_truth, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.choices = [("", ""), ("True", gettext("Yes")), ("False", gettext("No"))]
        super().process(*args, **kwargs)


def _truth(value: Any) -> bool | None:
    words = {"": None, "None": None, "True": True, "False": False}
    if str(value) not in words:
        raise ValueError(value)
    return words[str(value)]
