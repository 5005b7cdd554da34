"""The person's language on every page: as Flask-Babel has it, looked up once for each request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g
from flask_babel import Babel, Domain, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from admin_views.catalogues import Catalogue, catalogue_of
from admin_views.language import row_name
from admin_views.plain_words import clinic_zone, moment_text


class Phrases(Domain):
    """The catalogue of the language that was asked for last; a page asks it 100 times and more."""

    def get_translations(self) -> Catalogue:
        kept = g.get("_flask_babel") if g else None
        locale = getattr(kept, "babel_locale", None)
        if locale is None or getattr(kept, "spoken", None) is not locale:
            locale = get_locale()
            found = catalogue_of(locale.language if locale else "en")
            kept = g.get("_flask_babel") if g else None
            if kept is None:
                return found
            kept.spoken, kept.phrases = locale, found
        return kept.phrases  # type: ignore[union-attr]


def speak(app: Flask, language: Callable[[], str | None]) -> None:
    """Give templates and screens the words of the language that `language` names."""
    babel = Babel(app, locale_selector=language, timezone_selector=lambda: str(clinic_zone()))
    babel.domain_instance = Phrases(domain="panel")
    app.jinja_env.globals["get_locale"] = get_locale
    app.jinja_env.filters.update(row_name=row_name, moment=moment_text)
    for name in ("_", "gettext"):
        app.jinja_env.globals[name] = phrase_maker(babel.domain_instance)


def phrase_maker(phrases: Phrases) -> Callable[..., str]:
    """What `_('…')` does in a template: translate, then fill in the facts, escaped."""

    @pass_context
    def phrase(context: Context, text: str, **facts: Any) -> str:
        said = phrases.get_translations().gettext(text)
        if "%" in said:
            return (Markup(said) if context.eval_ctx.autoescape else said) % facts
        return Markup(said) if context.eval_ctx.autoescape else said

    return phrase
