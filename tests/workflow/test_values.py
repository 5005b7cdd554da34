"""What a cell means: tables of what people and spreadsheets write."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.workflow import Refused
from schema.workflow.value_days import parse_day, parse_moment, parse_time
from schema.workflow.values import (
    clean_lines,
    clean_text,
    cnp_birth_day,
    parse_amount,
    parse_cnp,
    parse_whole,
    parse_yes,
    same,
)

LAST_OF_2025 = dt.date(2025, 12, 31)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31.12.2025", LAST_OF_2025),
        ("31.12.2025.", LAST_OF_2025),
        ("31/12/2025", LAST_OF_2025),
        ("31-12-2025", LAST_OF_2025),
        ("2025-12-31", LAST_OF_2025),
        ("2025.12.31", LAST_OF_2025),
        (" 31.12.2025 00:00:00 ", LAST_OF_2025),
        ("1.2.2026", dt.date(2026, 2, 1)),
        (dt.datetime(2025, 12, 31), LAST_OF_2025),
        (LAST_OF_2025, LAST_OF_2025),
        (46022, LAST_OF_2025),
        (46022.0, LAST_OF_2025),
        (61, dt.date(1900, 3, 1)),
        ("29.02.2024", dt.date(2024, 2, 29)),
        ("", None),
        (None, None),
        ("\u00a0", None),
    ],
)
def test_a_day_is_understood(written: object, day: dt.date | None) -> None:
    assert parse_day(written) == day


@pytest.mark.parametrize(
    "written",
    ["31.02.2026", "29.02.2025", "1/2/26", "12/31/2025", "31.12/2025", "0.1.2025", "ieri",
     "46022", "31.12.2025 14:30", "31.12.0202", dt.date.min, dt.datetime.max, 0, 60,
     -5, 1e9, float("nan"), float("inf"), "31.12.20255"],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_words(written: object) -> None:
    with pytest.raises(Refused, match="day|year|time"):
        parse_day(written)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("31.12.2025 14:30", utc(2025, 12, 31, 12, 30)),
        ("2025-12-31T14:30:15", utc(2025, 12, 31, 12, 30, 15)),
        ("2025-12-31 14:30:15.000", utc(2025, 12, 31, 12, 30, 15)),
        ("01.07.2026, 14.30", utc(2026, 7, 1, 11, 30)),
        ("2026-07-01T14:30:00Z", utc(2026, 7, 1, 14, 30)),
        ("2026-07-01T14:30+03:00", utc(2026, 7, 1, 11, 30)),
        ("2026-07-01 14:30 +0300", utc(2026, 7, 1, 11, 30)),
        (dt.datetime(2026, 7, 1, 14, 30), utc(2026, 7, 1, 11, 30)),
        (dt.datetime(2026, 7, 1, 14, 29, 59, 999_990), utc(2026, 7, 1, 11, 30)),
        (46022.5, utc(2025, 12, 31, 10, 0)),
        ("29.03.2026 02:59", utc(2026, 3, 29, 0, 59)),
        ("29.03.2026 04:00", utc(2026, 3, 29, 1, 0)),
        ("25.10.2026 03:30 +03:00", utc(2026, 10, 25, 0, 30)),
        ("25.10.2026 03:30 +02:00", utc(2026, 10, 25, 1, 30)),
        ("25.10.2026 04:00", utc(2026, 10, 25, 2, 0)),
        (None, None),
    ],
)
def test_a_clinic_time_becomes_a_moment(written: object, moment: dt.datetime | None) -> None:
    assert parse_moment(written) == moment


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("29.03.2026 03:00", "does not exist"),
        ("29.03.2026 03:59", "does not exist"),
        (dt.datetime(2027, 3, 28, 3, 30), "does not exist"),
        ("25.10.2026 03:00", "happens twice"),
        ("25.10.2026 03:59", "happens twice"),
        (dt.datetime(2027, 10, 31, 3, 30), "happens twice"),
        ("31.12.2025", "time of day is missing"),
        (LAST_OF_2025, "time of day is missing"),
        ("31.12.2025 25:00", "not a time"),
        ("31.12.2025 14:60", "not a time"),
        ("2025-12-31 14:30 +99:99", "offset"),
        ("acum", "missing"),
        ("01.01.0001 00:30", "check the year"),
        (dt.datetime.min, "check the year"),
        (dt.datetime.max, "check the year"),
        (float("nan"), "not a day"),
        (float("inf"), "not a day"),
    ],
)
def test_an_impossible_moment_is_refused_in_words(written: object, says: str) -> None:
    with pytest.raises(Refused, match=says):
        parse_moment(written)


@pytest.mark.parametrize(
    ("written", "time"),
    [("9:05", dt.time(9, 5)), ("14.30", dt.time(14, 30)), (0.5, dt.time(12, 0)),
     (dt.time(8, 15), dt.time(8, 15)), ("", None)],
)  # fmt: skip
def test_a_time_of_day_is_understood(written: object, time: dt.time | None) -> None:
    assert parse_time(written) == time


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("1234,56", 123_456), ("1234.56", 123_456), ("1.234,56", 123_456),
        ("1,234.56", 123_456), ("1 234,56", 123_456), ("1\u00a0234,56", 123_456),
        ("1'234.56", 123_456), ("1.234", 123_400), ("1,234", 123_400), ("1.234.567", 123_456_700),
        ("12,5", 1_250), ("0,5", 50), ("0", 0), ("-5", -500), ("\u22125,10", -510),
        ("100 lei", 10_000), ("100 RON", 10_000), ("€ 99,90", 9_990), (1234.56, 123_456),
        (0.1 + 0.2, 30), (7, 700), ("", None), (None, None),
    ],
)  # fmt: skip
def test_an_amount_becomes_minor_units(written: object, minor: int | None) -> None:
    assert parse_amount(written) == minor


@pytest.mark.parametrize(
    "written",
    ["abc", "1,2345", "1.23.4", "1,234,56", "1.234.56", "12.34,567", "0,123", "0.500", ",", ".",
     "1e309", "1e5", "NaN", "inf", "Infinity", "--5", "5-", "1..2", "٣x", float("nan"),
     float("inf"), 1e300, 12.345, True, 10**20, "9" * 19, "5 6 7,8,9"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(written: object) -> None:
    with pytest.raises(Refused, match="not an amount"):
        parse_amount(written)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  Ionescu \t Maria ", "Ionescu Maria"),
        ("Şerban Ţicu", "Șerban Țicu"),
        ("şi ţ", "și ț"),
        ("S\u0327erban", "Șerban"),
        ("s\u0326", "ș"),
        ("Ana\u0306", "Ană"),
        ("\ufeffAna\u200b", "Ana"),
        ("\u202eAna", "Ana"),
        ("Ana\u00a0Maria", "Ana Maria"),
        ("A\x00n\x07a", "Ana"),
        ("'+40722", "+40722"),
        ("'Ana", "'Ana"),
        (722418330.0, "722418330"),
        (722418330, "722418330"),
        ("Ana\nMaria", "Ana Maria"),
        ("   ", None),
        ("\u200b", None),
        (None, None),
    ],
)
def test_text_is_cleaned(written: object, text: str | None) -> None:
    assert clean_text(written) == text


def test_text_of_several_lines_keeps_them() -> None:
    assert clean_lines(" alergie  la \r\n penicilină ") == "alergie la\npenicilină"


def test_an_excel_error_is_not_text() -> None:
    with pytest.raises(Refused, match="#N/A"):
        clean_text("#N/A")


def test_two_spellings_of_a_name_are_the_same() -> None:
    assert same("ŞTEFĂNESCU-Pop") == same(" ștefanescu  pop")


@pytest.mark.parametrize("written", ["1800101221144", " 1800101 221144", 1800101221144.0])
def test_a_right_cnp_is_taken(written: object) -> None:
    assert parse_cnp(written) == "1800101221144"


@pytest.mark.parametrize(
    "written",
    ["1800101221145", "180010122114", "18001012211444", "abc", "0800101221144", "1801301221146"],
)
def test_a_wrong_cnp_is_refused(written: str) -> None:
    with pytest.raises(Refused, match="CNP"):
        parse_cnp(written)


@pytest.mark.parametrize(
    ("cnp", "day"),
    [("1800101221144", dt.date(1980, 1, 1)), ("6100229000000", None), ("7800101000000", None)],
)
def test_a_cnp_tells_the_birth_day_when_its_century_is_known(cnp: str, day: dt.date | None) -> None:
    if cnp.startswith("6"):
        with pytest.raises(Refused, match="no possible birth day"):
            cnp_birth_day(cnp)
    else:
        assert cnp_birth_day(cnp) == day


@pytest.mark.parametrize("written", ["da", "DA", "Yes", "x", "1", 1, True, "adevărat"])
def test_yes_is_understood(written: object) -> None:
    assert parse_yes(written) is True


@pytest.mark.parametrize("written", ["nu", "No", "0", 0, False, "-"])
def test_no_is_understood(written: object) -> None:
    assert parse_yes(written) is False


@pytest.mark.parametrize("written", ["poate", "2"])
def test_neither_yes_nor_no_is_refused(written: object) -> None:
    with pytest.raises(Refused, match="neither yes nor no"):
        parse_yes(written)


@pytest.mark.parametrize("written", ["1.5", "1e9", "9999999999", "x", 1.5, float("inf")])
def test_what_is_no_whole_number_is_refused(written: object) -> None:
    with pytest.raises(Refused, match="whole number"):
        parse_whole(written)
