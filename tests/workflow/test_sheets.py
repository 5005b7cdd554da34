"""Files as they come: every encoding and separator, and books with values."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from schema.workflow import Refused
from tests.workflow.books import a_book, a_shared_book, cells, read, repacked, saved

TEXT = 'Nume;Prenume;Oraș\nȘtefănescu;Ana;Iași\nȚicu;"Ion; zis ""Nelu""";"două\nlinii"\n'
ROWS = [("Ștefănescu", "Ana", "Iași"), ("Țicu", 'Ion; zis "Nelu"', "două\nlinii")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_unicode_form(encoding: str) -> None:
    sheet = read(TEXT.encode(encoding))
    assert sheet.header == ("Nume", "Prenume", "Oraș")
    assert cells(sheet) == ROWS


def test_a_csv_in_windows_1250_is_read() -> None:
    sheet = read("Nume;Oraș\nŞtefănescu;Iaşi\nŢicu;Reşiţa\n".translate({537: 351}).encode("cp1250"))
    assert cells(sheet) == [("Ştefănescu", "Iaşi"), ("Ţicu", "Reşiţa")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_separator_is_guessed(separator: str, ending: str) -> None:
    lines = ["Nume|Sold|Adresă", 'Ana|"1,5; 2"|Str. Lungă', 'Ion|"3,5"|"Str. Mică; 2, 3"']
    sheet = read(ending.join(lines).replace("|", separator).encode())
    assert cells(sheet) == [("Ana", "1,5; 2", "Str. Lungă"), ("Ion", "3,5", "Str. Mică; 2, 3")]


def test_decimal_commas_do_not_part_a_semicolon_file() -> None:
    sheet = read(b"Nume;Sold;Rest\nAna;1,5;2,5\nIon;3,5;4,5\n")
    assert cells(sheet) == [("Ana", "1,5", "2,5"), ("Ion", "3,5", "4,5")]


def test_excels_own_separator_line_is_obeyed() -> None:
    sheet = read("sep=;\r\nNume;Oraș\r\nAna;Iași\r\n".encode())
    assert (sheet.header, sheet.rows[0].number) == (("Nume", "Oraș"), 3)


def test_one_column_is_a_table_too() -> None:
    assert cells(read(b"Nume\nAna\nIon\n")) == [("Ana",), ("Ion",)]


def test_empty_lines_are_left_out_and_numbers_stay() -> None:
    sheet = read(b"\n\nNume;Tel\n;;\nAna;1\n \n\nIon;2;;;;\n")
    assert [(row.number, row.cells) for row in sheet.rows] == [(5, ("Ana", "1")), (8, ("Ion", "2"))]


def test_a_line_may_be_shorter_than_the_header() -> None:
    assert cells(read(b"a;b;c\n1\n1;2;3\n")) == [("1",), ("1", "2", "3")]


def test_an_xlsx_gives_values() -> None:
    day = dt.datetime(2025, 12, 31)
    sheet = read(a_book(["Nume", "Ziua", "Suma"], ["Ștefan", day, 1.5], [], ["Ana", None, 7]))
    assert sheet.header == ("Nume", "Ziua", "Suma")
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, ("Ștefan", day, 1.5)),
        (4, ("Ana", None, 7)),
    ]


def test_texts_that_stand_apart_are_read() -> None:
    sheet = read(a_shared_book(["Nume", "Oraș"], ["Ștefan", "Iași"], ["Ana", "Iași"]))
    assert cells(sheet) == [("Ștefan", "Iași"), ("Ana", "Iași")]


def test_the_first_filled_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    book.create_sheet().append(["Nume"])
    book.worksheets[1].append(["Ana"])
    assert cells(read(saved(book))) == [("Ana",)]


def test_a_saved_formula_gives_its_result() -> None:
    book = a_book(["Suma"], ["=1+1"])
    saved_result = repacked(
        book,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>"),
    )
    assert cells(read(saved_result)) == [(2,)]


def test_a_formula_without_a_saved_result_is_refused_by_its_cell() -> None:
    with pytest.raises(Refused, match="Cell B3 holds a formula"):
        read(a_book(["Nume", "Suma"], ["Ana", 1], ["Ion", "=1+1"]))


def test_a_lying_size_of_a_sheet_does_no_harm() -> None:
    book = repacked(
        a_book(["Nume", "Tel"], ["Ana", "1"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'),
    )
    assert cells(read(book)) == [("Ana", "1")]
