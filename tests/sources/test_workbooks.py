"""Workbooks: honest ones are read with the row numbers a spreadsheet shows, hostile ones are refused."""

from __future__ import annotations

import time
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from powermap.errors import SourceError
from powermap.method import load_pack
from powermap.model.draft import Reading
from powermap.sources import read_files

PACK = load_pack()
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>'
BOOKRELS = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'


def text(ref: str, value: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'


ROWS = f'<row r="1">{text("A1", "Name")}{text("B1", "Title")}</row><row r="2">{text("A2", "Ada")}{text("B2", "Aide")}</row>'


def book(path: Path, rows: str = ROWS, more: dict[str, bytes | str] | None = None, head: str = "") -> Path:
    """Write the smallest workbook by hand, so that it can be wrong in any way."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOKRELS,
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def names(reading: Reading) -> list[tuple[str, int]]:
    assert reading.problems == ()
    return [(d.values["name"], d.place.row) for d in reading.drafts]


def test_the_smallest_workbook(tmp_path: Path) -> None:
    """The workbook that the hostile ones are made from is read."""
    assert names(read_files([book(tmp_path / "x.xlsx")], PACK)) == [("Ada", 2)]


def far(ref: str, row: int) -> str:
    return ROWS + f'<row r="{row}">{text(ref, "x")}</row>'


HOSTILE: dict[str, Any] = {
    "far cell": lambda p: book(p, far("XFD1048576", 1048576)),
    "row without cells": lambda p: book(p, ROWS + '<row r="1048576"/>' + far("XFD5", 5)[len(ROWS) :]),
    "far cell, other prefix": lambda p: book(
        p, more={"xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'}
    ),
    "zip bomb": lambda p: book(p, more={"xl/media/image1.xml": b"\0" * 30_000_000}),
    "zip bomb in a sheet": lambda p: book(p, ROWS + " " * 60_000_000),
    "document type": lambda p: book(p, head='<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]>'),
    "document type in the relations": lambda p: book(p, more={"_rels/.rels": "<!DOCTYPE a>" + RELS}),
    "many parts": lambda p: book(p, more={f"xl/x{i}.txt": "" for i in range(6000)}),
    "truncated": lambda p: p.write_bytes(book(p).read_bytes()[:400]),
    "damaged": lambda p: p.write_bytes(book(p).read_bytes().replace(b"PK\x01\x02", b"PK\x07\x07")),
    "not a zip": lambda p: p.write_bytes(b"Name,Title\nAda,Aide\n"),
    "old xls": lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "no workbook": lambda p: _zip(p, {"word/document.xml": "<a/>"}),
    "binary workbook": lambda p: book(p, more={"xl/workbook.bin": b"\0"}),
    "empty": lambda p: p.write_bytes(b""),
    "pdf": lambda p: p.write_bytes(b"%PDF-1.7\n"),
    "web page": lambda p: p.with_suffix(".csv").write_bytes(b"<html><table><tr><td>Name</td></tr></table>"),
    "no sheet data": lambda p: book(p, more={"xl/workbook.xml": "<workbook"}),
}  # fmt: skip


def _zip(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_workbooks_are_refused(tmp_path: Path, kind: str) -> None:
    """Each is refused as a whole, with a reason, without being unpacked or parsed for long."""
    path = tmp_path / "x.xlsx"
    HOSTILE[kind](path)
    path = path if path.exists() else path.with_suffix(".csv")
    before = time.process_time()
    with pytest.raises(SourceError) as caught:
        read_files([path], PACK)
    assert path.name in caught.value.message
    assert time.process_time() - before < 20


def test_a_stray_note_far_right_is_left_out(tmp_path: Path) -> None:
    """A list of 3,000 rows with one stray note in the last column is read, without the note."""
    rows = ROWS + "".join(
        f'<row r="{n}">{text(f"A{n}", f"P{n}")}{text(f"B{n}", "Aide")}</row>' for n in range(3, 3001)
    )
    rows += f'<row r="3001">{text("XFD3001", "stray")}</row>'
    found = names(read_files([book(tmp_path / "x.xlsx", rows)], PACK))
    assert len(found) == 2999
    assert found[-1] == ("P3000", 3000)


def test_a_stray_cell_far_below_is_no_row(tmp_path: Path) -> None:
    """A note outside the table's columns in the last row of all is no fault of the file."""
    assert names(read_files([book(tmp_path / "x.xlsx", far("C1048576", 1048576))], PACK)) == [("Ada", 2)]


def test_honest_workbook(tmp_path: Path) -> None:
    """Several sheets, notes above, gaps, dates, numbers, formulas, a hidden sheet: rows as a spreadsheet shows them."""
    path = tmp_path / "account.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        people = workbook.add_worksheet("人员")
        people.write(0, 0, "星河集团 人员名单")
        people.write_row(3, 1, ["姓名", "职务", "层级", "开始日期", "话语权", "外部"])
        people.write_row(4, 1, ["高远", "总经理", 1])
        people.write_datetime(4, 4, datetime(2026, 3, 1, 12, 30), day)
        people.write_formula(4, 5, "=4+4", None, 8)
        people.write_boolean(4, 6, False)
        people.write(6, 0, "# 备注行")
        people.write_row(9, 1, ["林晓", "采购总监", "第2级"])
        ties = workbook.add_worksheet("Ties")
        ties.write_row(0, 0, ["From", "To", "Kind", "Strength 1-5"])
        ties.write_row(1, 0, ["林晓", "高远", "sways", 4])
        hidden = workbook.add_worksheet("deals")
        hidden.write_row(0, 0, ["nonsense"])
        hidden.hide()
        note = workbook.add_worksheet("说明")
        note.write(0, 0, "fill in the sheets")
        workbook.add_worksheet("Figures")
    reading = read_files([path], PACK)
    assert reading.problems == () and reading.notes == ()
    assert [(d.sheet, d.place.sheet, d.place.row) for d in reading.drafts] == [
        ("people", "人员", 5),
        ("people", "人员", 10),
        ("ties", "Ties", 2),
    ]
    first, second, tie = (dict(d.values) for d in reading.drafts)
    assert first == {
        "name": "高远", "title": "总经理", "level": 1, "since": date(2026, 3, 1), "power": 8.0, "external": False,
    }  # fmt: skip
    assert second == {"name": "林晓", "title": "采购总监", "level": 2}
    assert tie == {"from": "林晓", "to": "高远", "kind": "influences", "strength": 0.8}
    assert reading.drafts[0].place.source == "account.xlsx · 人员 · 5"


def test_the_same_table_as_workbook_and_as_text(tmp_path: Path) -> None:
    rows = [
        ["Name", "Title", "Level", "Since"],
        ["Ada", "Aide", 3, "2026-01-02"],
        ["Bo", "Boss", 1, "2025/3/4"],
    ]
    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as workbook:
        page = workbook.add_worksheet()
        for n, row in enumerate(rows):
            page.write_row(n, 0, row)
    lines = "".join(",".join(map(str, row)) + "\n" for row in rows)
    (tmp_path / "list.csv").write_text(lines, encoding="utf-8")
    one, two = (read_files([tmp_path / f"list.{kind}"], PACK) for kind in ("xlsx", "csv"))
    assert [d.values for d in one.drafts] == [d.values for d in two.drafts]
    assert len(one.drafts) == 2


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    """What a file is counts, not its name."""
    path = book(tmp_path / "x.xlsx").rename(tmp_path / "x.csv")
    assert names(read_files([path], PACK)) == [("Ada", 2)]


def test_folders(tmp_path: Path) -> None:
    """A folder is read as the files in it, without the lock files of an open spreadsheet; twice named, once read."""
    with pytest.raises(SourceError):
        read_files([tmp_path], PACK)
    with pytest.raises(SourceError):
        read_files([tmp_path / "nothing.csv"], PACK)
    (tmp_path / "people.csv").write_text("Name\nAda\n", encoding="utf-8")
    (tmp_path / "~$people.xlsx").write_bytes(b"lock")
    (tmp_path / "readme.md").write_text("Name\nBo\n", encoding="utf-8")
    assert names(read_files([tmp_path, tmp_path / "people.csv"], PACK)) == [("Ada", 2)]


def test_a_table_in_the_middle_of_a_sheet(tmp_path: Path) -> None:
    """Nothing above and nothing to the left: rows are still counted from the sheet's first."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        page.write_row(6, 3, ["Name", "Title"])
        page.write_row(8, 3, ["Ada", "Aide"])
    assert names(read_files([path], PACK)) == [("Ada", 9)]


def test_a_page_of_prose_beside_the_tables_is_noted_not_refused(tmp_path: Path) -> None:
    import xlsxwriter

    from powermap.method import load_pack
    from powermap.sources import read_files

    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    people, prose, ties = (book.add_worksheet(n) for n in ("Team list", "Read me", "Ties"))
    people.write_row(0, 0, ["Name", "Title", "Company"])
    people.write_row(1, 0, ["Ann Lee", "CEO", "Acme"])
    prose.write(0, 0, "This list was made in spring.")
    ties.write(0, 0, "nothing that heads a table")
    book.close()
    found = read_files([path], load_pack())
    assert [d.values["name"] for d in found.drafts] == ["Ann Lee"]
    assert any("Read me" in en for _, en in found.notes)
    assert {p.sheet for p in found.problems} == {"Ties"}, "a sheet named as a table must be one"
