"""Choices from lists that are read when the form is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from wtforms import SelectField
from wtforms.validators import ValidationError

from admin_views.numbers_in import number_in
from admin_views.options import attributes, options_html


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
