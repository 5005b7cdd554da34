"""Files as they come: every encoding, separator and way of being broken."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from schema.workflow import Refused
from schema.workflow.sheets import Sheet, read_sheet

TEXT = 'Nume;Prenume;Oraș\nȘtefănescu;Ana;Iași\nȚicu;"Ion; zis ""Nelu""";"două\nlinii"\n'
ROWS = [("Ștefănescu", "Ana", "Iași"), ("Țicu", 'Ion; zis "Nelu"', "două\nlinii")]


def a_book(*rows: Any) -> bytes:
    """An XLSX file of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def a_shared_book(*rows: Any) -> bytes:
    """The same as Excel writes it: texts stand in a part of their own."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return file.getvalue()


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def repacked(book: bytes, part: str, change: Any) -> bytes:
    """The same XLSX file with one of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return file.getvalue()


def read(data: bytes) -> Sheet:
    return read_sheet("list.csv", data)


def cells(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [row.cells for row in sheet.rows]


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


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b";;;\n;;\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="empty"):
        read(data)


def test_an_empty_book_is_refused() -> None:
    with pytest.raises(Refused, match="empty"):
        read(a_book())


@pytest.mark.parametrize("data", [b"Nume;Tel\n", b"Nume;Tel\n;\n"])
def test_a_header_alone_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="no rows"):
        read(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bytes(range(256)) * 40, "not a table"),
        (b"\x00" * 500, "not a table"),
        (b"%PDF-1.7 \n%", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password|xls"),
        (b"Nume;Tel\nA\x00na;1\n", "Line 2 .* cannot be read"),
        ("Nume;Tel\nȘtefan;".encode() + b"\xff\x81\x90\n", "not a table"),
        (b'Nume;Tel\nAna;1\n"Ion;2\nMaria;3\n', "Row 3: a quotation mark"),
        (b'Nume;Tel\n"Ion "Nelu" Pop";2\n', "Row 2: a quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and nothing more",
        a_book(["Nume"], ["Ana"])[:-300],
        packed(word__document_xml=b"<w/>"),
        repacked(a_book(["Nume"], ["Ana"]), "xl/worksheets/sheet1.xml", lambda xml: xml[:-40]),
        repacked(a_book(["Nume"], ["Ana"]), "xl/workbook.xml", lambda _: b""),
        repacked(a_shared_book(["Nume"], ["Ana"]), "xl/sharedStrings.xml", lambda _: b"<sst>"),
    ],
)
def test_a_damaged_xlsx_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="damaged|empty"):
        read(data)


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(a_book(["Nume"], ["Ana"]))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    with pytest.raises(Refused, match="password"):
        read(bytes(data))


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = packed(xl__worksheets__sheet1_xml=b"0" * (130 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(Refused, match="unpacks to more than"):
        read(bomb)


def test_a_zip_of_too_many_parts_is_refused() -> None:
    with pytest.raises(Refused, match="unpacks to more than"):
        read(packed(**{f"part{number}": b"" for number in range(2_001)}))


def test_swelling_entities_are_refused() -> None:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 20}">' for n in range(10)
    )
    xml = f"<!DOCTYPE sst [{laughs}]><sst><si><t>&l9;</t></si></sst>".encode()
    with pytest.raises(Refused, match="damaged"):
        read(repacked(a_shared_book(["Nume"], ["Ana"]), "xl/sharedStrings.xml", lambda _: xml))


def test_a_file_of_50_mb_is_refused() -> None:
    with pytest.raises(Refused, match="50 MB; at most 20 MB"):
        read(b"Nume;Tel\n" * (50 * 2**20 // 9))


@pytest.mark.parametrize("columns", [201, 10_000])
def test_too_many_columns_are_refused(columns: int) -> None:
    names = [f"c{number}" for number in range(columns)]
    for data in (";".join(names).encode() + b"\n1;2\n", a_book(names, [1, 2])):
        with pytest.raises(Refused, match=f"Row 1 has {columns} columns; at most 200"):
            read(data)


def test_200_columns_are_read() -> None:
    line = ";".join(["x"] * 200).encode()
    assert len(read(line + b"\n" + line).rows[0].cells) == 200


def test_more_than_100_000_rows_are_refused() -> None:
    assert len(read(b"Nume\n" + b"Ana\n" * 100_000).rows) == 100_000
    with pytest.raises(Refused, match="more than 100000 rows"):
        read(b"Nume\n" + b"Ana\n" * 100_001)


@pytest.mark.parametrize("letters", [10_001, 10 * 2**20])
def test_a_cell_that_is_too_long_is_refused(letters: int) -> None:
    with pytest.raises(Refused, match="Cell B3 has 10001|Row 3 holds a cell that is too long"):
        read(b"Nume;Nota\nAna;1\nIon;" + b"x" * letters + b"\n")


def test_a_heading_that_is_empty_is_found_by_its_letter() -> None:
    sheet = read(b"Nume;;Tel\nAna;1;2\n")
    assert (sheet.heading(1), sheet.heading(2), sheet.heading(27)) == ("(B)", "Tel", "(AB)")
