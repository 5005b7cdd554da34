"""Sentences in the code: what Python and the templates hand to gettext or refuse with."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from admin_views.catalogues import Entry

ROOT = Path(__file__).parent.parent
FLOORS = ("admin_views", "reports", "schema", "tasks")
SIMPLE = {"_", "gettext", "lazy_gettext", "Explanation", "Unfit", "Names", "__init__"} | {
    "BadRequest",
    "Forbidden",
    "UnsupportedMediaType",
    "Finding",
}
PLURAL = {"ngettext", "lazy_ngettext"}
PLACED = {"pgettext", "lazy_pgettext"}
PLACE_OF_WORDS = {"Explanation": 3}


def sentences() -> Iterator[Entry]:
    """Every message that the code of the house names, in Python and in templates."""
    refusals = refusal_names()
    for _, tree in trees():
        yield from of_python(tree, refusals)
    for template in sorted((ROOT / "admin_views").rglob("*.html")):
        yield from of_template(template.read_text())


def of_python(tree: ast.Module, refusals: Iterable[str] = ("Refused",)) -> Iterator[Entry]:
    """The messages of one module."""
    simple = SIMPLE | set(refusals)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, simple)


def trees() -> Iterator[tuple[Path, ast.Module]]:
    files = [file for floor in FLOORS for file in sorted((ROOT / floor).rglob("*.py"))]
    for file in [ROOT / "app.py", *files]:
        yield file.relative_to(ROOT), ast.parse(file.read_text())


def refusal_names() -> set[str]:
    """Refused and every class made of it, whose first word is a sentence too."""
    found = {"Refused"}
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, over in bases.items() if over & found} - found:
        found |= more
    return found


def called(node: ast.Call) -> str:
    """The last word of what is called: `gettext` for `flask_babel.gettext(…)`."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _of_call(node: ast.Call, simple: set[str]) -> Iterator[Entry]:
    name = called(node)
    words = [list(literals(one)) for one in node.args]
    if name in simple:
        place = PLACE_OF_WORDS.get(name, 0)
        yield from (Entry(text) for text in words[place : place + 1] for text in text)
    elif name in PLURAL and len(words) > 1 and words[0] and words[1]:
        yield Entry(words[0][0], words[1][0])
    elif name in PLACED and len(words) > 1 and words[0] and words[1]:
        yield Entry(words[1][0], context=words[0][0])


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: one, or those of either branch."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from literals(value)


def of_template(source: str) -> Iterator[Entry]:
    """The messages of one template."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    for _, function, message in extract_from_ast(tree, ("_", "gettext", "ngettext", "pgettext")):
        texts = _texts([message] if isinstance(message, str) else message)
        if function == "ngettext" and len(texts) > 1:
            yield Entry(texts[0], texts[1])
        elif function == "pgettext" and len(texts) > 1:
            yield Entry(texts[1], context=texts[0])
        elif texts and function in ("_", "gettext"):
            yield Entry(texts[0])


def _texts(messages: Iterable[str | None]) -> list[str]:
    return [text for text in messages if text]
