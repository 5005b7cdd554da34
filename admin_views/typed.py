"""A hand-made form as it was typed: values understood one by one, mistakes kept at their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peewee import Field

from admin_views.sentences import in_words
from schema.fields import EmailField, PhoneField, normal_email, normal_phone
from schema.workflow import Refused
from schema.workflow.values import clean_text

NORMAL: dict[type[Field], Callable[[str], str]] = {
    PhoneField: normal_phone,
    EmailField: normal_email,
}


class Typed:
    """What somebody typed, by the names of the fields; `mistakes` are sentences by field."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.mistakes: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def column(self, name: str, field: Field, needed: bool = False) -> str | None:
        """The text as that column takes it; a mistake when it is missing, too long or unfit."""
        try:
            said = clean_text(self.text(name))
            if said is None:
                if needed:
                    raise Refused("This field is required.")
                return None
            if len(said) > field.max_length:
                raise Refused("At most %(most)d characters fit here.", most=field.max_length)
            return _normal(field, said)
        except Refused as error:
            self.wrong(name, error)
            return None

    def choice(self, name: str, words: Mapping[str, str]) -> str:
        """One of the words; a mistake and the first of them when something else was sent."""
        if self.text(name) not in words:
            self.wrong(name, Refused("Choose a value from the list."))
            return next(iter(words))
        return self.text(name)

    def wrong(self, name: str, error: Refused) -> None:
        self.mistakes.setdefault(name, in_words(error))


def _normal(field: Field, text: str) -> str:
    normal = NORMAL.get(type(field))
    if normal is None:
        return text
    try:
        return normal(text)
    except ValueError as error:
        raise Refused("%(reason)s", reason=error) from None
