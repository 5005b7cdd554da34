"""Nothing that can be typed or sent breaks a page, is kept by halves, or is lost from the form."""

from __future__ import annotations

import io
from random import Random
from urllib.parse import quote

import pytest

from admin_views.columns import columns_of
from admin_views.filters import OPERATIONS
from schema import TABLES
from schema.base import Act, option, table_name
from tests.admin_views.conftest import somebody_who_may_do_everything
from tests.admin_views.nasty import (
    EVERYTHING,
    Attacker,
    as_kept,
    every_name,
    everything,
    spread,
    typed_names,
)
from tests.factories.staff import a_person
from tests.pages import posted
from tests.refusals import raw
from tests.web import a_web

# A page that opens is a look at health data, and that is kept whatever is sent to it.
WRITTEN_BY_LOOKING = ("sign_in", "read_entry")
NAMES = [name for name in map(table_name, TABLES) if name not in WRITTEN_BY_LOOKING]
WRITABLE = [model for model in TABLES if not option(model, "verbs_only")]
FIELDS_TRIED = 3
PARTS = 4  # each takes every fourth table, so that none comes near the time limit of a test
ADDRESSES = ("", "new/", "edit/", "details/", "export/csv/", "export/xlsx/", "ajax/lookup/")
OPEN_PAGES = ("/sign-in", "/password/x", "/first-run", "/healthz", "/")


def address(model, page=""):
    return f"/{table_name(model).replace('_', '-')}/{page}"


@pytest.fixture
def attacker(manager):
    with Attacker(manager) as attacker:
        yield attacker


def short(values):
    """The next value that fits into an address."""
    return next(value for value in values if len(value) < 4000)


def ways_to_fill(page, seed):
    """Forms to send: a wholly nasty one, good ones with one bad field each, and odd shapes."""
    good = every_name(page)
    good.pop("csrf_token")
    values = spread(seed)
    names = [name for name in good if name != "row_version"]
    yield {name: [next(values)] for name in names}
    for name in Random(seed).sample(names, min(FIELDS_TRIED, len(names))):
        yield good | {name: [next(values)]}
    yield {}
    yield {name: value * 3 for name, value in good.items()}
    yield good | {f"x{number}": ["1"] for number in range(1100)}


def attack(attacker, path, seed):
    """Send a page's form in nasty ways; what was lost or kept wrongly."""
    page = attacker.get(path)
    if page.status_code != 200:
        return []
    typed, problems, before = typed_names(page.text), [], everything(NAMES)
    for sent in ways_to_fill(page.text, seed):
        answer = attacker.send(path, sent)
        if answer is not None and answer.status_code == 302:
            before = everything(NAMES)
        elif answer is not None and answer.status_code == 422:
            problems += lost(answer.text, sent, typed)
    now = everything(NAMES)
    return problems + [f"{name} was changed" for name in NAMES if now[name] != before[name]]


def lost(page, sent, typed):
    """Typed texts that the answered form does not show again."""
    shown = posted(page)
    return [
        f"{name}: {sent[name][0][:50]!r} became {shown.get(name)}"
        for name in typed & sent.keys()
        if as_kept(sent[name][0]) not in map(as_kept, shown.get(name, [""]))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_breaks_is_kept_by_halves_or_loses_what_was_typed(attacker, part):
    problems = []
    for model in WRITABLE[part::PARTS]:
        problems += [(model, one) for one in attack(attacker, address(model, "new/"), f"n{model}")]
        row = raw(f'SELECT MIN(id) FROM "{table_name(model)}"').fetchone()[0]
        if row is not None and not issubclass(model, Act):
            path = address(model, f"edit/?id={row}")
            problems += [(model, one) for one in attack(attacker, path, f"e{model}")]
    assert not problems, "\n".join(map(str, problems[:60]))


def test_no_address_breaks_a_page(attacker):
    values = spread("addresses")
    before = everything(NAMES)
    for model in TABLES:
        for operation in OPERATIONS:
            filters = {f"flt.{name}.{operation}": short(values) for name in columns_of(model)}
            attacker.get(address(model), query_string=filters)
        attacker.get(address(model, "export/csv/"), query_string=filters)
        for page in ADDRESSES:
            names = ("search", "sort", "name", "query")
            attacker.get(address(model, page), query_string={n: short(values) for n in names})
            attacker.get(address(model, page), query_string={"id": short(values)})
        far = {"page": "999999999", "offset": "999999999", "search": short(values)}
        attacker.get(address(model), query_string=far)
        keys = {field.name: short(values) for field in model._meta.sorted_fields}
        attacker.get(address(model, "new/"), query_string=keys)
        for key in ("0", "999999999", short(values)):
            sent = {"id": key, "action": "end", "rowid": [key, short(values)], "url": "/"}
            attacker.send(address(model, "end/"), sent)
            attacker.send(address(model, "action/"), sent)
    assert everything(NAMES) == before


@pytest.mark.parametrize("query", ["search=\xff\xfe", "\xff=1", "flt.code.has=\xff", "\xa0", "%"])
def test_bytes_that_are_no_text_break_no_address(web, query):
    person = a_person("admin")
    for browser in (web.stranger(), web.as_(person)):
        with Attacker(browser) as attacker:
            for path in (*OPEN_PAGES, "/rights/", "/patient/", "/patient", "/no-page"):
                attacker.get(path, environ_overrides={"QUERY_STRING": query})


def test_odd_bodies_break_no_form(attacker):
    token = attacker.browser.form_token()
    part = f'--X\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    open_end = f'{part}--X\r\nContent-Disposition: form-data; name="last_name"\r\n\r\nabc'
    nameless = part + (
        '--X\r\nContent-Disposition: form-data; name="last_name"; filename=""\r\n\r\n'
        "abc\r\n--X--\r\n"
    )
    bodies = ["", "--X", part, part[:40], open_end, nameless, "{}", "[" * 5000, "\xff\0" * 99]
    kinds = [
        *("multipart/form-data; boundary=X", "multipart/form-data", "application/json"),
        *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16"),
        *("", "a/\xff"),
    ]
    for path in ("/patient/new/", "/patient/edit/?id=1", "/rights/", "/imports/file", "/see-as"):
        for body in bodies:
            for kind in kinds:
                attacker.post(path, data=body, content_type=kind, headers={"X-CSRFToken": token})
        for bad in ("%ED%A0%80", "%FF%FE", "%00", "\xff", "%", "%zz", "%F0%9F%A6%B7"):
            body = f"csrf_token={token}&last_name={bad}&{quote(bad)}={bad}".encode("latin-1")
            attacker.post(path, data=body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("place", ["²", "١", "-1", "", "9" * 5000, "9" * 20])
def test_rows_of_children_with_odd_numbers_are_left_out(attacker, place):
    answer = attacker.send("/patient/new/", {f"tags-{place}-tag": "x"})
    assert answer is not None and answer.status_code == 422


def test_more_rows_of_children_than_fit_are_told_and_not_lost(attacker):
    page = attacker.get("/patient/edit/?id=1").text
    many = {f"tags-{number}-tag": [f"tag{number}"] for number in range(50, 190)}

    answer = attacker.send("/patient/edit/?id=1", posted(page) | many)

    assert "At most 100 rows fit into one form" in answer.text
    assert all(f'value="tag{number}"' in answer.text for number in range(50, 190))


def test_a_file_without_a_name_is_refused_too(attacker):
    sent = {"last_name": (io.BytesIO(b"x"), "")}
    answer = attacker.send("/patient/new/", sent, content_type="multipart/form-data")
    assert answer is not None and answer.status_code in (415, 422)


def test_the_rights_and_the_doors_stay_calm(clinic):
    web = a_web(clinic)
    with Attacker(web.as_(a_person("admin"))) as admin:
        names = posted(admin.get("/rights/").text)
        for values in [spread(f"rights {number}") for number in range(4)]:
            wish = {name: next(values) for name in names if name != "csrf_token"}
            admin.send("/rights/", wish)
            admin.send("/rights/", wish | {"role": names["role"]})
        for value in EVERYTHING:
            admin.get("/rights/", query_string={"role": value})
            admin.send("/see-as", {"role": value, "next": value})
            admin.send("/see-as", {"role": value})
            admin.send("/password-link", {"staff_id": value})
            admin.send("/password", {"current": value, "password": value, "again": value})
    with Attacker(web.stranger()) as stranger:
        for value in EVERYTHING:
            stranger.send("/sign-in", {"email": value, "password": value, "next": "/"})
            stranger.get("/sign-in", query_string={"next": value, "email": value, value: value})
            stranger.send(f"/password/{quote(value[:900], safe='')}", {"password": value})


def test_the_set_up_code_may_be_anything(web):
    with Attacker(web.stranger()) as stranger:
        for value in EVERYTHING:
            stranger.send("/first-run", {"code": value})


def test_the_pages_of_history_stay_calm(clinic):
    web = a_web(clinic)
    key = raw("SELECT MIN(id) FROM patient").fetchone()[0]
    with Attacker(web.as_(somebody_who_may_do_everything())) as reader:
        for value in EVERYTHING:
            reader.get("/audit/entry/", query_string={"id": value})
            reader.get("/looked/", query_string={"id": value})
            reader.get("/looked/", query_string={"code": value})
            reader.get("/looked/", query_string={"id": key, "page": value, "from": value})
            reader.get("/patient/history/", query_string={"id": key, "page": value})
            reader.get("/patient/", query_string={"view": value})
