"""Files that are no table, or too much of one: refused in clear words."""

from __future__ import annotations

import pytest

from schema.workflow import Refused
from tests.workflow.books import a_book, a_shared_book, packed, read, repacked


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
