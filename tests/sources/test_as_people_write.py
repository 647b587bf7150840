"""Files as people really have them: right, or told; and what is left out is counted."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from powermap.errors import SourceError
from powermap.method import load_pack
from powermap.model.draft import Reading
from powermap.sources import amounts, days, person_names, read_files
from powermap.sources.cells import CellFault
from powermap.sources.encoding import decode
from powermap.sources.mappings import Meaning

PACK = load_pack()


def read(
    path: Path, data: bytes | str, meaning: Meaning | None = None, encoding: str | None = None
) -> Reading:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_files([path], PACK, meaning=meaning, encoding=encoding)


def people(reading: Reading) -> list[str]:
    return [draft.values["name"] for draft in reading.drafts if draft.sheet == "people"]


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("shift_jis", "会社,氏名\n灯台電機,鈴木一郎\n灯台電機,高橋花子\n", "鈴木一郎"),
        ("big5", "公司,姓名\n臺北電力,陳美玲\n", "陳美玲"),
        ("cp1251", "Company,Name\nМаяк,Пётр Иванов\n", "Пётр Иванов"),
        ("cp1250", "Company,Name\nŠkoda,Jiří Dvořák\n", "Jiří Dvořák"),
        ("gb18030", "公司,姓名\n星河电子,王喆\n", "王喆"),
        ("cp1252", "Company,Name\nAcme,Søren Åberg\nAcme,José Núñez\n", "Søren Åberg"),
    ],
)
def test_an_old_encoding_is_read_right_and_named(tmp_path: Path, encoding: str, text: str, name: str) -> None:
    found = read(tmp_path / "list.csv", text.encode(encoding))
    assert name in people(found) and not found.problems
    assert any(encoding in en and "--encoding" in en for _, en in found.notes)


def test_what_fits_two_encodings_is_refused_with_both() -> None:
    data = "Név\nErdős Győző\n".encode("cp1250")
    with pytest.raises(SourceError) as refused:
        decode(data, "nevek.csv")
    assert "cp1250" in refused.value.words.en and "--encoding" in refused.value.hint
    assert decode(data, "nevek.csv", "cp1250").text.endswith("Erdős Győző\n")
    with pytest.raises(SourceError):
        decode(data, "nevek.csv", "klingon")


def test_stray_bytes_are_named_with_their_row(tmp_path: Path) -> None:
    found = read(tmp_path / "l.csv", "公司,姓名\n星河,林远\n星河,周岚".encode() + b"\x92\n")
    assert people(found) == ["林远", "周岚’"]
    assert any("row 3" in en and "0x92" in en for _, en in found.notes)


@pytest.mark.parametrize("row", ['Acme,"Ben Ruiz,CTO', 'Acme,Ben Ruiz,"CTO'])
def test_an_open_quote_costs_its_row_alone(tmp_path: Path, row: str) -> None:
    found = read(tmp_path / "l.csv", f"Company,Name,Title\nAcme,Ada Park,CEO\n{row}\nAcme,Cleo Marsh,CFO\n")
    assert [(p.code, p.row) for p in found.problems] == [("open-quote", 3)]
    assert "Ada Park" in people(found) and "Cleo Marsh" in people(found)


def test_ids_may_begin_with_a_hash_and_comments_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path / "l.csv", "Id,Company,Name\n#1,Acme,Ada Park\n# a remark,,\nC3,Acme,Cleo Marsh\n")
    assert people(found) == ["Ada Park", "Cleo Marsh"]
    assert [(o.what.en, o.count) for o in found.left_out] == [("rows that start with #", 1)]


def test_a_row_with_more_cells_than_the_header_is_told(tmp_path: Path) -> None:
    found = read(tmp_path / "l.csv", "Company,Name,Title\nAcme,Ben Ruiz,VP, Sales\nAcme,Ada Park,CEO\n")
    assert [(p.code, p.row) for p in found.problems] == [("ragged-row", 2)] and people(found) == ["Ada Park"]


def test_headers_again_totals_and_remarks_are_nobody(tmp_path: Path) -> None:
    rows = [
        "Contacts of Acme,,",
        "Company,Name,Title",
        "Acme,Ada Park,CEO",
        "Company,Name,Title",
        "Acme,Ben Ruiz,CTO",
        "Total,2,",
        "Source: fair in May,,",
    ]
    found = read(tmp_path / "l.csv", "\n".join(rows))
    assert people(found) == ["Ada Park", "Ben Ruiz"] and not found.problems
    assert [(o.what.zh, o.count) for o in found.left_out] == [("合计和备注行", 2)]


def test_a_second_table_of_a_sheet_is_read_too(tmp_path: Path) -> None:
    rows = ["公司,姓名,职务", "星河,林远,总监", ",,", "关系,,", "公司,从,到,类型", "星河,林远,周岚,影响"]
    found = read(tmp_path / "l.csv", "\n".join(rows))
    assert [d.sheet for d in found.drafts] == ["people", "ties"] and people(found) == ["林远"]


def test_columns_without_a_word_of_ours_are_left_out_and_counted(tmp_path: Path) -> None:
    text = "Name,Company,Status,Shoe size\nAda Park,Acme,Active,38\nBen Ruiz,Acme,Inactive,44\n"
    found = read(tmp_path / "l.csv", text)
    assert people(found) == ["Ada Park", "Ben Ruiz"] and not found.problems
    assert {o.what.en: o.count for o in found.left_out} == {"column 'Status'": 2, "column 'Shoe size'": 2}
    assert {(f.title, f.field) for f in found.foreign} == {("Status", "status"), ("Shoe size", "")}


def test_headers_and_words_can_be_taught(tmp_path: Path) -> None:
    text = "Name,Company,Warmth\nAda Park,Acme,cosy\nBen Ruiz,Acme,frosty\n"
    meaning = Meaning({"Warmth": "attitude"}, {"cosy": "2", "Frosty": "-2"})
    found = read(tmp_path / "l.csv", text, meaning)
    assert [d.values["attitude"] for d in found.drafts] == [2, -2] and not found.foreign


@pytest.mark.parametrize(
    ("header", "cells", "read_as"),
    [
        ("Support (1-5)", ["1", "2", "3", "4", "5"], [-2, -1, 0, 1, 2]),
        ("支持度（1-10）", ["1", "4", "5", "8", "10"], [-2, -1, 0, 1, 2]),
        ("Engagement", ["Unaware", "Resistant", "Neutral", "Supportive", "Leading"], [None, -1, 0, 1, 2]),
        ("RAG status", ["red", "amber", "green", "Red", "GREEN"], [-1, 0, 1, -1, 1]),
    ],
)
def test_scales_and_ladders_of_others(
    tmp_path: Path, header: str, cells: list[str], read_as: list[int | None]
) -> None:
    rows = [f"Acme,Person {chr(65 + n)},{cell}" for n, cell in enumerate(cells)]
    found = read(tmp_path / "l.csv", "\n".join([f"Company,Name,{header}", *rows]))
    assert [d.values["attitude"] for d in found.drafts] == read_as and not found.problems


def test_a_scale_of_power_is_turned_into_ten(tmp_path: Path) -> None:
    found = read(tmp_path / "l.csv", "Company,Name,Influence (1-5)\nAcme,Ada Park,5\nAcme,Ben Ruiz,high\n")
    assert [d.values["power"] for d in found.drafts] == [10, 8]


@pytest.mark.parametrize(
    ("written", "comma", "number"),
    [
        ("1.234,50", False, 1234.5), ("1.234.567", False, 1234567), ("250.000", True, 250000), ("0,8", False, 0.8),
        ("1,234,567.8", False, 1234567.8), ("$4,000,000", False, 4e6), ("EUR 4.000.000", False, 4e6),
        ("4'000'000", False, 4e6), ("400万元", False, 4e6), ("-€12,5", True, -12.5),
    ],
)  # fmt: skip
def test_numbers_of_any_country(written: str, comma: bool, number: float) -> None:
    assert amounts.amount(written, comma=comma) == pytest.approx(number)


@pytest.mark.parametrize(("written", "comma"), [("250.000", False), ("1,234", True)])
def test_a_number_that_may_be_two_is_asked(written: str, comma: bool) -> None:
    with pytest.raises(CellFault) as asked:
        amounts.amount(written, comma=comma)
    assert asked.value.code == "two-numbers"


def test_an_amount_names_its_currency(tmp_path: Path) -> None:
    text = "company,name,value,currency\nAcme,Big,€4000,\nAcme,Small,$10,USD\nAcme,Odd,$10,EUR\n"
    found = read(tmp_path / "deals.csv", text)
    assert [d.values["currency"] for d in found.drafts] == ["EUR", "USD"]
    assert [(p.code, p.row) for p in found.problems] == [("two-currencies", 4)]


@pytest.mark.parametrize(
    ("written", "day"),
    [("25/12/2024", "2024-12-25"), ("12/25/2024", "2024-12-25"), ("7.7.2024", "2024-07-07"), ("30-Sep-26", "2026-09-30"), (20240315, "2024-03-15")],
)  # fmt: skip
def test_days_that_can_be_read_in_one_way(written: str | int, day: str) -> None:
    assert days.day(written).isoformat() == day
    with pytest.raises(CellFault):
        days.day("03/04/2024")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Park, Ada", "Ada Park"), ("Mr. Ben Ruiz", "Ben Ruiz"), ("王伟先生", "王伟"), ("van der Berg, Jan", "Jan van der Berg"),
     ("Smith, Jr.", "Smith, Jr."), ("Ada\u200b Park\u200e", "Ada Park"), ("Mrs Marsh", "Marsh")],
)  # fmt: skip
def test_names_as_they_are_written(written: str, name: str) -> None:
    assert person_names.person(written) == name


def test_several_in_one_cell() -> None:
    assert person_names.people("Ann Lee / Bob Ray; 王宁、李雷") == ("Ann Lee", "Bob Ray", "王宁", "李雷")
    assert person_names.two_names("Li Wei / 李伟") == {"name": "Li Wei", "name_alt": "李伟"}
    with pytest.raises(CellFault):
        person_names.two_names("Ann Lee / Bob Ray")


def test_what_a_workbook_shows_beside_its_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "people"
    for row in (["Company", "Name", "Department"], ["Acme", "Ada Park", "Board"], ["Acme", "Ben Ruiz", None], ["Acme", "Cleo Marsh", None]):  # fmt: skip
        page.append(row)
    page.merge_cells("C2:C3")
    page.row_dimensions[4].hidden = True
    ties = book.create_sheet("ties")
    for line in (
        ["company", "from", "to", "kind", "strength %"],
        ["Acme", "Ada Park", "Ben Ruiz", "sways", 0.8],
    ):
        ties.append(line)
    ties["E2"].number_format = "0%"
    book.save(tmp_path / "b.xlsx")
    found = read_files([tmp_path / "b.xlsx"], PACK)
    assert [d.values.get("department") for d in found.drafts if d.sheet == "people"] == [
        "Board",
        "Board",
        None,
    ]
    assert [d.values["strength"] for d in found.drafts if d.sheet == "ties"] == [0.8]
    assert any("hidden rows" in en for _, en in found.notes) and not found.problems


def test_a_formula_that_was_never_calculated_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Company", "Name"], ["Acme", "Ada Park"], ["Acme", '="Ben"&" Ruiz"']):
        page.append(row)
    book.save(tmp_path / "b.xlsx")
    found = read_files([tmp_path / "b.xlsx"], PACK)
    assert ("no-value", 3) in [(p.code, p.row) for p in found.problems]


CHART = {"Ada Park": None, "Ben Ruiz": "Ada Park", "Cleo Marsh": "Ben Ruiz", "Dan Fox": "Ada Park"}


@pytest.mark.parametrize(
    "text",
    [
        "Name,Title\nAda Park,CEO\n  Ben Ruiz,CTO\n    Cleo Marsh,Engineer\n  Dan Fox,CFO\n",
        "Title,Name\nCEO,Ada Park\nCTO,　Ben Ruiz\nEngineer,　　Cleo Marsh\nCFO,　Dan Fox\n",
        "No.,Name,Title\n1,Ada Park,CEO\n1.1,Ben Ruiz,CTO\n1.1.1,Cleo Marsh,Engineer\n1.2,Dan Fox,CFO\n",
        "Level 1,Level 2,Level 3,Title\nAda Park,,,CEO\n,Ben Ruiz,,CTO\n,,Cleo Marsh,Engineer\n,Dan Fox,,CFO\n",
        "第一级,第二级,第三级\nAda Park,,\n,Ben Ruiz,\n,,Cleo Marsh\n,Dan Fox,\n",
    ],
    ids=["spaces", "wide spaces", "numbers", "level columns", "级"],
)
def test_a_chart_gives_its_lines(tmp_path: Path, text: str) -> None:
    found = read(tmp_path / "Acme.csv", text)
    assert {d.values["name"]: d.values.get("boss") for d in found.drafts} == CHART and not found.problems


def test_the_indents_of_a_workbook_are_a_chart(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Name"])
    for depth, name in ((0, "Ada Park"), (1, "Ben Ruiz"), (2, "Cleo Marsh"), (1, "Dan Fox")):
        page.append([name])
        page.cell(page.max_row, 1).alignment = openpyxl.styles.Alignment(indent=depth)
    book.save(tmp_path / "Acme.xlsx")
    found = read_files([tmp_path / "Acme.xlsx"], PACK)
    assert {d.values["name"]: d.values.get("boss") for d in found.drafts} == CHART


@pytest.mark.parametrize("written", ["1.23457E+17", 123456789012345680.0])
def test_a_number_that_was_rounded_is_no_id(tmp_path: Path, written: str | float) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Id", "Company", "Name"], [written, "Acme", "Ada Park"], ["0042", "Acme", "Ben Ruiz"]):
        page.append(row)
    book.save(tmp_path / "b.xlsx")
    found = read_files([tmp_path / "b.xlsx"], PACK)
    assert [(p.code, p.row, p.cell) for p in found.problems] == [("rounded-number", 2, True)]
    assert [d.values["id"] for d in found.drafts] == ["0042"]
