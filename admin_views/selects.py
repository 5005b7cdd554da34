"""Choices from lists that are read when the form is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.validators import ValidationError

from admin_views.numbers_in import number_in
from admin_views.options import attributes, options_html
from admin_views.plain_words import code_text


class GroupedSelect(SelectField):
    """A choice from a list read when the form is shown; values may be grouped under headings."""

    def __init__(self, *args: Any, options: Callable[[Any], dict], **kwargs: Any) -> None:
        super().__init__(*args, validate_choice=False, coerce=number_in, **kwargs)
        self.options = options

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = number_in(text)
        if text and self.data is None:
            raise ValueError(gettext("Choose a value from the list."))

    def __call__(self, **kwargs: Any) -> Markup:
        kwargs = {"id": self.id, **(self.render_kw or {}), **kwargs}
        options = '<option value=""></option>' + options_html(self.options(self.data), self.data)
        return Markup(f"<select {attributes(name=self.name, **kwargs)}>{options}</select>")

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        known = {value for pairs in self.options(self.data).values() for value, _ in pairs}
        if self.data not in known:
            raise ValidationError(gettext("Choose a value from the list."))


class TextSelect(SelectField):
    """A choice of words kept as text, listed when the form is shown; what stands may stay."""

    def __init__(self, *args: Any, options: Callable[[], dict], blank: bool, **kwargs: Any) -> None:
        super().__init__(*args, validate_choice=False, coerce=_word, **kwargs)
        self.options, self.may_be_blank = options, blank

    def _groups(self) -> dict[str, list[tuple[str, str]]]:
        """The options; a value that is none of them any more is one while it stands here."""
        groups = self.options()
        kept = self.object_data
        if not kept or any(kept == value for pairs in groups.values() for value, _ in pairs):
            return groups
        words = code_text(kept) if kept.islower() else kept  # the rows are not theirs to read
        return {"": [(kept, words), *groups.get("", [])], **{k: v for k, v in groups.items() if k}}

    def word(self) -> str:
        """What was chosen, as people read it."""
        pairs = [pair for some in self._groups().values() for pair in some]
        return dict(pairs).get(self.data, self.data or "")

    def __call__(self, **kwargs: Any) -> Markup:
        kwargs = {"id": self.id, **(self.render_kw or {}), **kwargs}
        if self.flags.required:
            kwargs.setdefault("required", True)
        empty = self.may_be_blank or not self.data
        parts = ['<option value=""></option>'] if empty else []
        for heading, pairs in self._groups().items():
            inner = "".join(self._option(value, words) for value, words in pairs)
            parts.append(
                f'<optgroup label="{escape(heading)}">{inner}</optgroup>' if heading else inner
            )
        return Markup(f"<select {attributes(name=self.name, **kwargs)}>{''.join(parts)}</select>")

    def _option(self, value: str, words: str) -> str:
        chosen = " selected" if value == self.data else ""
        return f'<option value="{escape(value)}"{chosen}>{escape(words)}</option>'

    def pre_validate(self, form: Any) -> None:
        known = {value for pairs in self._groups().values() for value, _ in pairs}
        if self.data is not None and self.data not in known:
            raise ValidationError(gettext("Choose a value from the list."))


def _word(value: Any) -> str | None:
    return str(value) if value not in (None, "") else None
