"""Markup in any column of words comes out as words on every page, and as text in every export."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
from peewee import CharField, DataError, IntegrityError, TextField

from admin_views.columns import columns_of
from schema import TABLES
from schema.base import Act, option, table_name
from schema.database import one_act
from schema.fields import EmailField, LinkField, PhoneField
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.secrets_in_rows import guards
from tests.factories.staff import a_person
from tests.refusals import raw
from tests.web import a_web

MARK = "'\"><x7 onx7=1>{{7*7}}\ufffe\uffff"
SHORT, SHORTER = "'\"><x7>", "<x7"
LOOSE = re.compile(r"<x7|['\"] ?onx7|49\ufffe|<li><x7")
SEALS = {"prev", "mac", "digest"}  # the next act would be chained to a mark
KEPT_WORDS = {"table_name", "password_hash", "token_sha", "key", *SEALS}


@pytest.fixture
def marked(clinic):
    """How many columns of the first row of every table hold markup."""
    guards(off=True)
    count = sum(_mark(model, field) for model in TABLES for field in model._meta.sorted_fields)
    guards(off=False)
    return count


def _mark(model, field):
    if not isinstance(field, CharField | TextField) or field.choices or field.name in KEPT_WORDS:
        return False
    table = table_name(model)
    first = f'WHERE id = (SELECT MIN(id) FROM "{table}")'
    for mark in (_dressed(field, MARK), SHORT, SHORTER):
        if isinstance(field, CharField) and len(mark) > field.max_length:
            continue
        try:
            with one_act():
                done = raw(f'UPDATE "{table}" SET "{field.column_name}" = ? {first}', mark)
            return done.rowcount > 0
        except (IntegrityError, DataError):
            continue
    return False


def _dressed(field, mark):
    """The mark in a form that the column's own rule lets through."""
    if isinstance(field, EmailField):
        return "<x7\"'>@x.ro"
    if isinstance(field, LinkField):
        return "https://\"'><x7>/<x7>"
    return "+" if isinstance(field, PhoneField) else mark


def pages_of(model, key):
    there = f"/{table_name(model).replace('_', '-')}"
    yield f"{there}/?search=%3Cx7&flt.{next(iter(columns_of(model)))}.has=%3Cx7"
    yield f"{there}/?page_size=100"
    yield f"{there}/details/?id={key}"
    if not option(model, "verbs_only"):
        yield f"{there}/new/"
        if not issubclass(model, Act):
            yield f"{there}/edit/?id={key}"


def test_markup_comes_out_as_words_on_every_page(clinic, marked):
    assert marked > 90
    web = a_web(clinic)
    desk, loose, seen = web.as_(somebody_who_may_do_everything()), [], 0
    for model in TABLES:
        key = raw(f'SELECT MIN(id) FROM "{table_name(model)}"').fetchone()[0] or 1
        for path in pages_of(model, key):
            answer = desk.get(path)
            assert answer.status_code in (200, 404), path
            seen += answer.text.count("&lt;x7")
            loose += [path] if LOOSE.search(answer.text) else []
    admin = web.as_(a_person("admin"))
    for path in ("/", "/rights/", "/me/sign-ins", "/imports/"):
        loose += [path] if LOOSE.search(admin.get(path).text) else []
    assert not loose
    assert seen > 300


def test_markup_comes_out_as_text_of_pickers_and_exports(clinic, marked):
    desk, offered = a_web(clinic).as_(somebody_who_may_do_everything()), 0
    for model in TABLES:
        there = f"/{table_name(model).replace('_', '-')}"
        for column in columns_of(model).values():
            query = {"name": column.name, "query": "<x7"}
            answer = desk.get(f"{there}/ajax/lookup/", query_string=query)
            assert answer.content_type.startswith(("application/json", "text/html"))
            if answer.status_code == 200:
                assert answer.content_type == "application/json"
                offered += json.dumps(answer.json).count("<x7")
        assert desk.get(f"{there}/export/csv/").content_type == "text/csv; charset=utf-8"
    assert offered > 20
    for table in ("patient", "staff", "note"):
        answer = desk.get(f"/{table}/export/xlsx/")
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        assert any("<x7" in str(cell) for row in book.active.values for cell in row)
