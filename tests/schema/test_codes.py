"""Codes on papers: made, read as people and scanners hand them over, and refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.codes import (
    ALPHABET,
    Code,
    box_code,
    check_character,
    looks_like_code,
    numbered_code,
    order_code,
    read_code,
)
from schema.sayings import Unfit

TICKETS = st.tuples(st.integers(0, 99), st.integers(1, 999_999)).map(
    lambda parts: f"{parts[0]:02d}-{parts[1]:06d}"
)
BARE = st.text(ALPHABET, min_size=1, max_size=24)


def test_the_check_character_is_that_of_iso_7064_mod_37_36():
    """The worked example of the standard for Global Release Identifiers: A1-2425G-ABC1234002-M."""
    assert check_character("A12425GABC1234002") == "M"


@given(BARE, st.data())
def test_every_single_wrong_character_is_found(text, data):
    whole = text + check_character(text)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != whole[place]]))
    wrong = whole[:place] + other + whole[place + 1 :]

    assert check_character(wrong[:-1]) != wrong[-1]


def test_nearly_every_swap_of_two_neighbours_is_found():
    pairs = [(one, two) for one in ALPHABET for two in ALPHABET if one < two]
    missed = [
        (one, two)
        for one, two in pairs
        if check_character(f"BSO{one}{two}") == check_character(f"BSO{two}{one}")
    ]
    assert len(missed) <= len(pairs) // 50


@given(TICKETS)
def test_an_order_is_read_back_however_its_code_is_typed(ticket):
    code = order_code(ticket)

    assert code.written.startswith(f"BS-O-{ticket}-")
    for typed in (code.written, code.plain, code.written.lower(), f" {code.plain.lower()}\r\n"):
        assert looks_like_code(typed)
        assert read_code(typed) == code


@given(st.sampled_from("TC"), st.integers(1, 2**31 - 1))
def test_processes_and_component_bags_are_read_back_by_their_number(kind, number):
    code = read_code(numbered_code(kind, number).written)

    assert (code.kind, int(code.body)) == (kind, number)


def test_a_box_is_called_as_the_clinic_calls_it():
    assert read_code(box_code("Cutia 12").plain) == Code("B", "CUTIA12")
    assert looks_like_code(box_code("A12").plain)
    with pytest.raises(Unfit, match="No code can be made"):
        box_code("—")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "no code of our papers"),
        ("Popescu", "no code of our papers"),
        ("BS-O", "no code of our papers"),
        ("BS-X-26-000123-A", "a kind that we do not use: X"),
        ("BS-O-26-000123-A", "check character does not fit"),
        ("BS-O-26-000132-X", "check character does not fit"),
        ("BS-O-26-00012-" + check_character("BSO2600012"), "not complete"),
        ("BS-T-12-" + check_character("BST12"), "not complete"),
    ],
)
def test_what_is_no_good_code_is_refused_in_words(typed, says):
    with pytest.raises(Unfit, match=says):
        read_code(typed)


@pytest.mark.parametrize("typed", ["Popescu", "26-000123", "0722 418 330", "bsoltan", "BS", "bs o"])
def test_names_tickets_and_telephones_are_no_codes(typed):
    assert not looks_like_code(typed)


def test_a_mistyped_code_is_still_known_as_one():
    assert looks_like_code("bs-o-26-000123-a")
    assert looks_like_code("BSO26000123A")
