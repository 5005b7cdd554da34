"""How controls are drawn; a page that shows a list five times draws its options once."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_admin.form import BaseForm
from markupsafe import Markup, escape
from wtforms import Field
from wtforms.widgets import Input

Groups = dict[str, list[tuple[int, str]]]


def options_html(groups: Groups, chosen: int | None) -> str:
    """The options under their headings, the chosen one marked."""
    drawn: dict[int, tuple[Groups, str]] = g.setdefault("drawn_options", {})
    if id(groups) not in drawn:
        drawn[id(groups)] = (groups, "".join(_group(*group) for group in groups.items()))
    text = drawn[id(groups)][1]
    return text if chosen is None else text.replace(_start(chosen), f"{_start(chosen)} selected", 1)


def _group(heading: str, pairs: list[tuple[int, str]]) -> str:
    inner = "".join(f"{_start(key)}>{escape(text)}</option>" for key, text in pairs)
    return f'<optgroup label="{escape(heading)}">{inner}</optgroup>' if heading else inner


def _start(key: int) -> str:
    """So an option begins; no text of a row can look like it, since texts are escaped."""
    return f'<option value="{int(key)}"'


def attributes(**given: Any) -> Markup:
    """HTML attributes as WTForms writes them, without its slower way of putting them together."""
    said = []
    for name, value in sorted(given.items()):
        if value is True:
            said.append(name)
        elif value is not False and value is not None:
            said.append(f'{name}="{escape(value)}"')
    return Markup(" ".join(said))


def box(field: Field, given: dict[str, Any]) -> Markup:
    """An input as WTForms draws it, with the checks that browsers know, in a fifth of the time."""
    kind, flags = field.widget, field.flags
    said = {"id": field.id, "name": field.name, "type": kind.input_type}
    said |= {flag: getattr(flags, flag) for flag in kind.validation_attrs if flag in flags}
    said |= field.render_kw or {}
    said |= given
    if "value" not in said:
        said["value"] = field._value()
    return Markup(f"<input {attributes(**said)}>")


def is_box(field: Field) -> bool:
    """Whether a field is drawn as a plain input, which needs nothing that only WTForms knows."""
    return type(field.widget).__call__ is Input.__call__


def widget(field: Field, name: str = "") -> Markup:
    """A field's control, tied to its help and its mistakes; `name` where no label stands by it."""
    given: dict[str, Any] = {"aria-label": name} if name else {}
    if field.type != "BooleanField":
        given["class"] = (field.render_kw or {}).get("class", "form-control")
    told = [f"error-{field.id}"] if field.errors else []
    told += [f"help-{field.id}"] if field.description and not name else []
    if told:
        given["aria-describedby"] = " ".join(told)
    if field.errors:
        given["aria-invalid"] = "true"
    return field(**given)


class PanelForm(BaseForm):
    """The form that all of ours are made from."""

    class Meta(BaseForm.Meta):
        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            """WTForms' own hook for drawing; most of what a form draws are plain inputs."""
            if is_box(field):
                return box(field, render_kw)
            return super().render_field(field, render_kw)
