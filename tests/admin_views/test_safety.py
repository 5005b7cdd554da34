"""The door of every request, knocked at with what no page of ours would send."""

from __future__ import annotations

import io
import re

import pytest

from admin_views import sheets
from admin_views.safety import OPEN_ENDPOINTS, safe_next
from schema.database import close_database, open_database
from tests.factories.staff import a_clinic, a_person
from tests.web import Web

ELSEWHERE = [
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil",
    "evil.example",
    "/ok\r\nSet-Cookie: a=b",
    "/ok\nLocation: //evil",
    "/ok\x00",
    " /ok",
    "/a b",
    "/\x7f",
    "?x",
]
NO_NUMBERS = ["-1", "1.5", "1e9", "NaN", "9999999999", "١", "²", "0x10", " 1", "1 or 1=1", "'"]
ORIGINS = ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"]


@pytest.fixture
def browser(web: Web):
    a_clinic()
    return web.as_(a_person("admin"))


@pytest.mark.parametrize("name", ["url", "next"])
def test_no_address_leads_away_from_the_house(browser, name):
    for address in ELSEWHERE:
        answer = browser.get("/me/sign-ins", query_string={name: address})
        assert answer.status_code == 400, address
        assert "Location" not in answer.headers
        assert browser.send("/see-as", {name: address}).status_code == 400, address


def test_own_paths_are_let_through(browser):
    for path in ("/", "/patients/?search=ștefan&page=2", "/a%20b", "/x#y"):
        assert browser.get("/me/sign-ins", query_string={"next": path}).status_code == 200
        assert safe_next(path) == path
    assert {safe_next(address) for address in (*ELSEWHERE, None, "")} == {"/"}


@pytest.mark.parametrize("name", ["page", "page_size", "offset", "limit", "id", "rowid"])
def test_a_number_is_a_number_of_sensible_size(browser, name):
    for text in NO_NUMBERS:
        answer = browser.get("/me/sign-ins", query_string={name: text})
        assert answer.status_code == 400, text
        assert name in answer.text
    assert browser.get("/me/sign-ins", query_string={name: "999999999"}).status_code == 200


def test_odd_characters_are_refused_before_anything_reads_them(browser):
    for query in ("search=a%00b", "search=a%0d%0ab", "a%00=b", "search=a%0ab"):
        assert browser.get(f"/me/sign-ins?{query}").status_code == 400, query
    assert browser.get("/me%00/sign-ins").status_code == 400
    assert browser.send("/see-as", {"role": "1\0"}).status_code == 400
    assert browser.send("/see-as", {"role": "", "note": "two\r\nlines"}).status_code == 302


def test_a_form_without_its_token_or_from_elsewhere_changes_nothing(browser):
    assert browser.post("/see-as", data={"role": ""}).status_code == 400
    assert browser.post("/see-as", data={"csrf_token": "forged"}).status_code == 400
    for origin in ORIGINS:
        answer = browser.send("/see-as", headers={"Origin": origin})
        assert answer.status_code == 403, origin
    for site in ("cross-site", "same-site"):
        assert browser.send("/see-as", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert browser.send("/see-as", headers={"Origin": "http://localhost"}).status_code == 302


def test_nothing_is_open_to_strangers_but_the_doors(web: Web):
    a_person()
    browser = web.stranger()
    for rule in web.app.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS or rule.endpoint.endswith("static"):
            continue
        path = "/" + "/".join("1" if "<" in part else part for part in rule.rule[1:].split("/"))
        if "GET" in rule.methods:
            answer = browser.get(path)
            assert answer.status_code in (302, 401), rule
            assert answer.location is None or answer.location.startswith("/sign-in"), rule
        if "POST" in rule.methods:
            assert browser.send(path).status_code == 401, rule


def test_strangers_learn_nothing_of_which_pages_exist(web: Web):
    a_person()
    assert web.stranger().get("/no/such/page").location.startswith("/sign-in")


def test_programs_are_told_in_json(web: Web):
    a_person()
    answer = web.stranger().get("/", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["error"]) == (401, "You are not signed in")
    assert answer.json["id"] == answer.headers["X-Request-ID"]


def test_every_answer_is_dressed(web: Web, browser):
    answers = [
        browser.get("/me/sign-ins"),
        browser.get("/no/such/page"),
        browser.post("/see-as"),
        web.stranger().get("/sign-in"),
        web.stranger().get("/healthz"),
        web.stranger().get("/static/tokens.css"),
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy and "base-uri 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
    assert {answer.headers["Cache-Control"] for answer in answers[:-1]} == {"no-store"}
    nonces = {answer.headers["Content-Security-Policy"] for answer in answers}
    assert len(nonces) == len(answers), "a nonce is used once"


def test_a_stamped_style_sheet_is_kept_for_ever(web: Web):
    page = web.stranger().get("/static/tokens.css?v=7")
    assert page.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert web.stranger().get("/static/tokens.css").headers["Cache-Control"] == "no-cache"


def test_all_style_sheets_come_as_one_under_the_stamp_of_what_they_say(web: Web, browser):
    named = {file.stem for file in sheets.FOLDER.glob("*.css")}
    assert sorted(sheets.SUBJECTS) == sorted(named), "a sheet that no page asks for"
    address = re.search(r'href="(/sheets\.css\?v=\w+)"', browser.get("/me/sign-ins").text)
    answer = web.stranger().get(address[1])
    assert answer.text == "\n".join(
        (sheets.FOLDER / f"{name}.css").read_text() for name in sheets.SUBJECTS
    )
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert web.stranger().get("/sheets.css", headers=tag).status_code == 304


def test_the_server_answers_to_its_own_name_only(web: Web):
    answer = web.stranger().get("/sign-in", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example is not the name" in answer.text


def test_too_much_is_refused_in_words(browser):
    assert browser.send("/see-as", {"role": "x" * 1_100_000}).status_code == 413
    many = {f"field{number}": "x" for number in range(1100)}
    assert browser.send("/see-as", many, content_type="multipart/form-data").status_code == 413


def test_files_are_taken_by_the_import_page_only(browser):
    answer = browser.send("/see-as", {"file": (io.BytesIO(b"x"), "photo.jpg")})
    assert answer.status_code == 415

    large = {"file": (io.BytesIO(b"x" * 2_000_000), "patients.csv")}
    assert browser.send("/imports/file", large).status_code not in (413, 415, 500)


def test_errors_are_pages_in_words(browser):
    missing = browser.get("/no/such/page")
    assert missing.status_code == 404
    assert "Nothing here" in missing.text or "Nimic" in missing.text
    assert missing.headers["X-Request-ID"] in missing.text

    wrong = browser.get("/sign-out")
    assert wrong.status_code == 405 and "POST" in wrong.headers["Allow"]


def test_a_fault_is_logged_with_the_id_that_its_page_shows(web: Web, browser, monkeypatch, caplog):
    monkeypatch.setitem(web.app.view_functions, "signing_in.sign_ins", lambda: 1 / 0)
    monkeypatch.setitem(web.app.config, "PROPAGATE_EXCEPTIONS", False)

    answer = browser.get("/me/sign-ins")

    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert f"{answer.headers['X-Request-ID']} GET /me/sign-ins" in caplog.text
    assert "ZeroDivisionError" in caplog.text and "ZeroDivisionError" not in answer.text


def test_a_database_that_is_away_is_told_in_words(web: Web, browser, house):
    close_database()
    open_database(
        "postgresql://nobody@127.0.0.1:1/nothing"
        if house.engine == "postgresql"
        else "sqlite:////no/such/folder/house.db"
    )

    answer = browser.get("/me/sign-ins")
    health = web.stranger().get("/healthz")

    assert answer.status_code == 503 and answer.headers["X-Request-ID"] in answer.text
    assert health.status_code == 503
    assert health.json == {
        "status": "failing",
        "database": "down",
        "migrations_pending": [],
        "worker": None,
    }
