"""A choice from a fixed list of words, shown in the person's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.validators import ValidationError

from admin_views.options import attributes
from admin_views.plain_words import choice_text


class WordSelect(SelectField):
    """The words of a choice column; an empty choice where the column may be empty."""

    def __init__(
        self, *args: Any, column: Any, words: list[tuple[str, str]], blank: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, coerce=_word, **kwargs)
        self.column, self.words, self.may_be_blank = column, words, blank

    def process(self, *args: Any, **kwargs: Any) -> None:
        empty = [("", "")] if self.may_be_blank or self.default is None else []
        self.choices = empty + [
            (str(word), choice_text(self.column, word)) for word, _ in self.words
        ]
        super().process(*args, **kwargs)

    def __call__(self, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", self.id)
        if self.flags.required:
            kwargs.setdefault("required", True)
        chosen = self.coerce(self.data) or ""
        options = "".join(
            f'<option{" selected" if word == chosen else ""} value="{escape(word)}">'
            f"{escape(said)}</option>"
            for word, said in self.choices
        )
        return Markup(f"<select {attributes(name=self.name, **kwargs)}>{options}</select>")

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data not in dict(self.words):
            raise ValidationError(gettext("Choose a value from the list."))


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
