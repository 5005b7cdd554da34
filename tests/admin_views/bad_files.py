"""Files that no table is in, or too much, or worse."""

from __future__ import annotations

import io
import zipfile
from random import Random

import openpyxl

from tests.admin_views.nasty import DAYS, KEYS, MAILS, NUMBERS, PHONES

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = b'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 8)
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
HEAD = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nume</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>Prenume</t></is></c></row>'
)
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
OUTER = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{LINK}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    "</Relationships>"
).encode()
NAMES = (
    *("../../etc/passwd", "..\\x.csv", "/etc/passwd", "<x7>.csv", "x" * 5000, "\u202evsc.exe", "."),
    *('a";b="c.csv', "=1+1.csv", "%2e%2e%2f.csv", "CON", "żółć 🦷.csv"),
)


def book(rows=(("Nume", "Prenume"), ("Pop", "Ana"))):
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def book_with(**parts):
    """A good workbook with parts of it replaced, or added; `sheet` is its first sheet."""
    wanted = {OTHER_NAMES.get(name, name): data for name, data in parts.items()}
    file = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(book()))
    with good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            if name not in wanted:
                made.writestr(name, good.read(name))
        for name, data in wanted.items():
            made.writestr(name, data)
    return file.getvalue()


OTHER_NAMES = {
    "sheet": "xl/worksheets/sheet1.xml",
    "workbook": "xl/workbook.xml",
    "types": "[Content_Types].xml",
    "outer": "xl/externalLinks/_rels/externalLink1.xml.rels",
    "slip": "../../../../tmp/evil",
    "ballast": "xl/ballast.xml",
}


def sheet(rows, before=b""):
    text = b'<?xml version="1.0"?>%s<worksheet xmlns="%s"><sheetData>%s%s</sheetData></worksheet>'
    return book_with(sheet=text % (before, MAIN, HEAD, rows))


def named(word):
    """A second row with a name and a word."""
    text = b'<c r="%s2" t="inlineStr"><is><t>%s</t></is></c>'
    return b'<row r="2">%s%s</row>' % (text % (b"A", word), text % (b"B", b"x"))


def value(cell):
    """A second row with one cell as it is told."""
    return b'<row r="2"><c r="A2" %s</c></row>' % cell


def far(row, column=b"A"):
    return b'<row r="%d"><c r="%s%d"><v>1</v></c></row>' % (row, column, row)


def texts():
    yield from (b"", b"  \n\n", Random(1).randbytes(50_000), b"\0" * 999, b"%PDF-1.4", b"PK\3\4")
    yield from (b"PK\3\4" + Random(2).randbytes(500), b"\xef\xbb\xbf", b"Nume\nPop\n", b"sep=,")
    for coding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1250"):
        yield "Nume;Prenume\nŞtefan;Ană\n".encode(coding)
    for odd in (b"\x81\x83;x", b"\xc3;\xff", b"\xed\xa0\x80;x", b"a\0;b", b'"P;A', b"a;b;c;d"):
        yield b"Nume;Prenume\n" + odd + b"\n"
    yield b"\xff\xfeN\x00\xd8"
    yield (";".join(f"c{number}" for number in range(10_000)) + "\n" + "x;" * 10_000).encode()
    yield b"Nume;Prenume\n" + b"x" * 200_000 + b";y\n"
    yield from (b'"' * 100_000, b";" * 500_000, b"\n" * 2_000_000)
    yield b"Nume,Prenume\n" + b",\n" * 99_999
    yield b'Nume;Prenume\n=1+1;@SUM(1)\n=HYPERLINK("http://e");+cmd|x\n-1;\t=1\n'
    yield "Nume;Prenume\n\u202eevil\u202c;\u200b\n\ufffe;\uffff\n".encode()
    yield b'Nume;Prenume;\'"><x7>\n<x7>;"<x7>";<b>\n'
    yield b"Nume;Nume;Prenume;Prenume\nA;B;C;D\n"
    cells = (*NUMBERS, *DAYS, *PHONES, *MAILS, *KEYS)
    rows = "".join(f"{cell};{cell};{cell};{cell};{cell};{cell}\n" for cell in cells)
    yield f"Nume;Prenume;Telefon;Email;Data nasterii;CNP\n{rows}".encode()


def workbooks():
    yield from (book(), book()[:-100], book()[:3000], book([[None]]), book([["a"] * 10_000] * 2))
    yield book([["Nume", "Prenume"], ["=1+1", '=HYPERLINK("http://e","x")']])
    yield sheet(named(b"&e7;"), LAUGHS)
    yield sheet(named(b"&e;"), OUTSIDE)
    yield from (sheet(named(word)) for word in (b"&#xD800;", b"_x0000__xD800_", b"&lt;x7&gt;"))
    for cell in (b"><v>1e309</v>", b"><v>NaN</v>", b"><v>%s</v>" % (b"9" * 6000)):
        yield sheet(value(cell))
    for cell in (
        b't="d"><v>99999-99-99</v>',
        b't="zz"><v>a</v>',
        b't="e"><v>#REF!</v>',
        b't="s"><v>999</v>',
    ):
        yield sheet(value(cell))
    yield from (sheet(far(2**20)), sheet(far(2**31 - 1)))
    yield from (sheet(far(2, b"XFD")), sheet(far(2, b"ZZZZZZ")))
    hollow = (far(number, b"XFD").replace(b"<v>1</v>", b"") for number in range(2, 2500))
    yield sheet(b"".join(hollow))
    yield sheet(b"<!--" + b'<c r="A1"' * 60_000 + b"<f-->" + named(b"x"))
    yield sheet(named(b"A" * 60_000_000))
    yield book_with(ballast=b"0" * 125_000_000)
    yield from (book_with(outer=OUTER), book_with(workbook=b"<x/>"), book_with(types=b"<x"))
    yield book_with(slip=b"x")
