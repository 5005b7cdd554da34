"""Each person reads the panel in their own language, and chooses it themselves."""

from __future__ import annotations

from schema.staff import Staff
from tests.factories.staff import a_person
from tests.web import a_web


def text(answer):
    return answer.get_data(as_text=True)


def test_a_person_reads_the_panel_in_their_language(house):
    romanian = a_web(house).as_(a_person("admin", language="ro"))
    english = a_web(house).as_(a_person("admin", language="en"))
    assert '<html lang="ro">' in text(romanian.get("/"))
    assert "Schimbă parola" in text(romanian.get("/"))
    assert '<html lang="en">' in text(english.get("/"))
    assert "Change password" in text(english.get("/"))


def test_everybody_chooses_their_own_language_whatever_their_rights(house):
    person = a_person("technician", language="ro")
    browser = a_web(house).as_(person)
    answer = browser.send("/language", {"language": "en", "next": "/password"})
    assert answer.headers["Location"] == "/password"
    assert Staff.get_by_id(person.id).language == "en"
    assert "Current password" in text(browser.get("/password"))


def test_a_language_that_is_not_spoken_is_refused(house):
    person = a_person("technician", language="ro")
    assert a_web(house).as_(person).send("/language", {"language": "xx"}).status_code == 400
    assert Staff.get_by_id(person.id).language == "ro"


def test_the_sign_in_page_speaks_as_the_browser_asks_until_somebody_chooses(house):
    a_person("admin")
    stranger = a_web(house).stranger()
    asked = {"Accept-Language": "ro-RO,ro;q=0.9,en;q=0.5"}
    assert "Parolă" in text(stranger.get("/sign-in", headers=asked))
    assert "Password" in text(stranger.get("/sign-in", headers={"Accept-Language": "de"}))
    stranger.send("/language", {"language": "en", "next": "/sign-in"})
    assert "Password" in text(stranger.get("/sign-in", headers=asked))


def test_a_foreign_page_to_return_to_is_not_gone_to(house):
    a_person("admin")
    stranger = a_web(house).stranger()
    answer = stranger.send("/language", {"language": "ro", "next": "//elsewhere.example"})
    assert answer.status_code == 400
