"""Find anything, at the keyboard, by touch, without a script, and for readers of screens."""

from __future__ import annotations

import re

import pytest


def first_patient(one):
    """Family name of some patient of the demo clinic; the browser is then at home."""
    name = one.go("/patient/").locator("td.name a").first.inner_text()
    one.go("/")
    return name


def type_in(page, text):
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.locator(".find-sheet:popover-open [role=option]").first.wait_for()
    return page.locator(".top input[type=search]")


def test_a_patient_is_found_and_opened_without_a_mouse(desk):
    page = desk.sign_in("receptionist").page
    name = first_patient(desk)
    field = type_in(page, name[:4].lower())

    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    title = chosen.locator(".answer-name").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/patient/details/\?id=\d+"))
    assert title in page.locator("h1").inner_text()
    assert desk.complaints == []


def test_escape_closes_the_answers_and_enter_opens_all_of_them(desk):
    page = desk.sign_in("receptionist").page
    name = first_patient(desk)
    field = type_in(page, name)

    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert page.locator(".find-sheet:popover-open").count() == 0
    assert field.input_value() == name
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/find/\?search="))
    assert page.locator("#answers-patient").is_visible()
    assert desk.complaints == []


def test_who_finds_nothing_is_offered_to_begin(desk):
    page = desk.sign_in("receptionist").page
    type_in(page, "qwyxqwyx")
    assert "qwyxqwyx" in page.locator(".answers-none").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/patient/new/?sought=qwyxqwyx")
    assert page.get_by_label("Last name").input_value() == "Qwyxqwyx"
    assert desk.complaints == []


@pytest.mark.parametrize("way", ["phone", "desk"])
def test_the_answers_stay_inside_of_the_window(request, way):
    one = request.getfixturevalue(way)
    page = one.sign_in("receptionist").page
    name = first_patient(one)
    page.locator(".top input[type=search]").fill(name[:4])
    page.locator(".find-sheet:popover-open [role=option]").first.wait_for()

    box, width = page.locator(".find-sheet").bounding_box(), page.viewport_size["width"]
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if way == "phone":
        assert page.locator(".find-sheet .answer").first.bounding_box()["height"] >= 44
    assert one.complaints == []


def test_without_a_script_the_field_opens_the_page_of_answers(window, server, desk):
    page = desk.sign_in("receptionist").page
    name = first_patient(desk)
    context = window.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{server}/")
    plain.fill(".top input[type=search]", name)
    plain.press(".top input[type=search]", "Enter")
    plain.wait_for_url(re.compile(r"/find/\?search="))
    assert name in plain.locator(".answers-list").first.inner_text()
    context.close()
