"""Makers' labels as scanners hand them over: read rightly, or refused in words that help."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.gs1 import check_digit, day_in
from schema.hibc import check_character
from schema.label_dates import full_year
from schema.labels import read_label, refuse_expired, refuse_incomplete, together
from schema.sayings import Unfit

TODAY = dt.date(2026, 11, 20)
GS = "\x1d"
ZR = "07640155712347"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


READ = [
    # GS1: with and without separators, symbology, parentheses; day 00 is the last of its month
    (f"01{ZR}1727093010L4711", ZR, "L4711", "2027-09-30"),
    (f"]C101{ZR}1727093010L4711", ZR, "L4711", "2027-09-30"),
    (f"]d2{GS}01{ZR}10L4711{GS}17270930", ZR, "L4711", "2027-09-30"),
    (f"(01){ZR}(17)270930(10)L4711", ZR, "L4711", "2027-09-30"),
    (f"(01){ZR}(10)ZR-98/A(17)270200", ZR, "ZR-98/A", "2027-02-28"),
    (f"01{ZR}1728020010L-28", ZR, "L-28", "2028-02-29"),
    (f"01{ZR}1126011517290131{GS}10AB.12", ZR, "AB.12", "2029-01-31"),
    (f"01{ZR}10L1<GS>21SN0007<GS>30 ".strip() + "12", ZR, "L1", None),
    (f"01{ZR}240DISC98-14{GS}1727120010X9", ZR, "X9", "2027-12-31"),
    ("0104260339901256112505001727043010B25-118", "04260339901256", "B25-118", "2027-04-30"),
    ("(01)03112345678909(10)0098123(17)270131(21)77A", "03112345678909", "0098123", "2027-01-31"),
    (f"01{ZR}17991231" + "10OLD", ZR, "OLD", "1999-12-31"),
    (f"01{ZR}1776010110FAR", ZR, "FAR", "2076-01-01"),
    (f"01{ZR}10LOT WITHOUT DATE".replace(" ", "-"), ZR, "LOT-WITHOUT-DATE", None),
    # HIBC: primary, secondary in each date form, combined
    ("+A123BJC5D6E71G", "A123BJC5D6E7", None, None),
    ("*+H124ZRMULTIA2980I*", "H124ZRMULTIA298", None, None),
    ("+$LOT4711GB", None, "LOT4711", None),
    ("+$$0927ZR2345GE", None, "ZR2345", "2027-09-30"),
    ("+$$2093027ZR2345GJ", None, "ZR2345", "2027-09-30"),
    ("+$$3270930ZR2345GK", None, "ZR2345", "2027-09-30"),
    ("+$$427093014ZR2345GQ", None, "ZR2345", "2027-09-30"),
    ("+$$527273ZR2345GM", None, "ZR2345", "2027-09-30"),
    ("+$$62727314ZR2345GS", None, "ZR2345", "2027-09-30"),
    ("+$$7ZR2345G3", None, "ZR2345", None),
    ("+$$8050927ZR2345GR", None, "ZR2345", "2027-09-30"),
    ("+$$9000120927ZR2345GQ", None, "ZR2345", "2027-09-30"),
    ("+27273ZR2345GP", None, "ZR2345", "2027-09-30"),
    ("+H124ZRMULTIA2980/$$3270930ZR2345/14D20260115/S98AJ",)
    + ("H124ZRMULTIA298", "ZR2345", "2027-09-30"),
    ("+A123BJC5D6E71/$$7LOT4711/16D20270930A", "A123BJC5D6E7", "LOT4711", "2027-09-30"),
    ("+D752K5003V0/$$52001510X3.", "D752K5003V", "10X3", "2020-01-15"),
]


@pytest.mark.parametrize(("text", "product", "lot", "expires"), READ)
def test_a_label_says_product_lot_and_last_day(text, product, lot, expires):
    label = read_label(text, TODAY)

    assert (label.product, label.lot) == (product, lot)
    assert label.expires_on == (day(expires) if expires else None)


REFUSED = [
    # cut off
    ("", "Scan the maker"),
    (f"01{ZR[:-1]}", "cut off"),
    (f"01{ZR}172709", "cut off"),
    (f"01{ZR}17270930" + "10", "cut off"),
    (f"(01){ZR}(17)270930(10", "not complete"),
    ("+A12", "check character"),
    ("+A123BJC5D6E71", "check character"),
    ("+$$3270930ZR23", "check character"),
    # wrong checks and misread signs
    ("01076401557123411727093010L4711", "check digit"),
    ("(01)04260339901265(10)B25", "check digit"),
    ("+A123BJC5D6E71H", "check character"),
    ("+A123BJC5D6E17G ".strip()[:-1] + "H", "check character"),
    ("+$LOT4712GB", "check character"),
    # impossible dates
    (f"01{ZR}1727130110X", "month 13"),
    (f"01{ZR}1727023010X", "day 30"),
    (f"01{ZR}17O7093010X", "letters where"),
    ("+$$1327X1GA", "month 13"),
    ("+$$2023027X1GD", "day 30"),
    ("+$$527366X1GQ", "day 366"),
    ("+$$3270900X1GI", "day 0"),
    # neither, unknown, contradictory
    ("5949012345678", "no label of a maker"),
    (f"01{ZR}89ABC", "not known: 89AB"),
    (f"(01){ZR}(10)A(10)B", "twice"),
    (f"01{ZR}10{'A' * 21}", "too long"),
    ("https://example.com/udi", "no label of a maker"),
    ("0" * 400, "longer than any label"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_is_cut_off_misread_or_foreign_is_refused_in_words(text, says):
    with pytest.raises(Unfit, match=says):
        read_label(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        f"01{ZR}1726111910L4711",
        f"(01){ZR}(17)261000(10)L1",
        "+D752K5003V0/$$52001510X3.",
        "+A123BJC5D6E71/$$0925OLD77/Q12X",
    ],
)
def test_a_lot_whose_day_is_over_is_refused(text):
    with pytest.raises(Unfit, match="has expired"):
        refuse_expired(read_label(text, TODAY), TODAY)


def test_the_printed_day_itself_is_still_good():
    refuse_expired(read_label(f"01{ZR}1726112010L4711", TODAY), TODAY)
    refuse_expired(read_label(f"01{ZR}1726110010L4711", TODAY), TODAY)


def test_further_facts_of_a_label_are_kept():
    gs1 = read_label(f"01{ZR}112601001727093010L1{GS}21SN0007{GS}240D98{GS}305", TODAY)
    assert (gs1.serial, gs1.further, gs1.quantity) == ("SN0007", "D98", 5)
    assert gs1.made_on == day("2026-01-31")
    hibc = read_label("+H124ZRMULTIA2980/$$3270930ZR2345/14D20260115/S98AJ", TODAY)
    assert (hibc.serial, hibc.made_on) == ("98A", day("2026-01-15"))
    assert read_label("+$$+3270930SN001G.", TODAY).serial == "SN001"
    assert read_label("+$$8050927ZR2345GR", TODAY).quantity == 5


def test_two_labels_of_one_pack_make_one():
    first, second = read_label("+A123BJC5D6E71G", TODAY), read_label("+$$0927ZR2345GE", TODAY)
    for label in (together(first, second), together(second, first)):
        assert (label.product, label.lot) == ("A123BJC5D6E7", "ZR2345")
        assert label.expires_on == day("2027-09-30")
        refuse_incomplete(label)
    with pytest.raises(Unfit, match="no lot"):
        refuse_incomplete(first)
    with pytest.raises(Unfit, match="does not name the product"):
        refuse_incomplete(second)
    with pytest.raises(Unfit, match="another product"):
        together(read_label("+EIVO6258711T", TODAY), second)
    with pytest.raises(Unfit, match="different systems"):
        together(read_label(f"01{ZR}", TODAY), second)


def test_a_check_character_that_is_a_blank_survives_a_form():
    body = next(text for n in range(100) if check_character(text := f"+A123ZR{n:03d}1") == " ")
    for text in (f"{body} ", f"*{body} *", f"{body}_"):
        assert read_label(text, TODAY).product == body[1:-1]


def test_the_century_is_the_nearest_one():
    assert [full_year(two, TODAY) for two in (26, 76, 77, 99, 0)] == [2026, 2076, 1977, 1999, 2000]
    assert full_year(1, dt.date(2070, 1, 1)) == 2101
    assert day_in("280200", TODAY) == day("2028-02-29")


@pytest.mark.parametrize("whole", [ZR, "04260339901256", "00614141123452"])
def test_check_digits_are_those_of_gs1(whole):
    assert check_digit(whole[:-1]) == int(whole[-1])


def test_check_characters_are_those_of_the_standards_example():
    assert check_character("+A123BJC5D6E71") == "G"
