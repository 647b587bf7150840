"""Text files: encodings, separators, column orders, both languages' headers, notes above the header."""

from __future__ import annotations

import codecs
import random
from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from powermap.errors import SourceError
from powermap.method import load_pack
from powermap.model.draft import Reading
from powermap.sources import read_files

PACK = load_pack()
HEADS = {
    "zh": ("姓名", "职务", "部门", "上级", "层级", "态度"),
    "en": ("Name", "Title", "Department", "Boss", "Level", "Attitude"),
}
FIELDS = ("name", "title", "department", "boss", "level", "attitude")
PEOPLE = {
    "zh": [
        ("高远", "总经理", "总经理办公室", "", "1", "+1"),
        ("林晓", "采购总监", "采购部", "高远", "2", "?"),
        ("周明", "工程师", "技术部", "林晓", "4", "反对"),
    ],
    "en": [
        ("René Dupré", "Président", "Direction", "", "1", "+1"),
        ("Zoë Müller", "Head of Procurement", "Procurement", "René Dupré", "2", "?"),
        ("Åsa Öberg", "Engineer", "IT – Systems", "Zoë Müller", "4", "opposes"),
    ],
}
SAID = [(1, 1), (2, None), (4, -2)]

Encode = Callable[[str], bytes]
ENCODINGS: dict[str, Encode] = {
    "utf-8": lambda t: t.encode("utf-8"),
    "utf-8-sig": lambda t: t.encode("utf-8-sig"),
    "utf-16": lambda t: t.encode("utf-16"),
    "utf-16-be mark": lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
    "utf-16-le": lambda t: t.encode("utf-16-le"),
    "utf-16-be": lambda t: t.encode("utf-16-be"),
    "utf-32": lambda t: t.encode("utf-32"),
    "gb18030": lambda t: t.encode("gb18030"),
    "cp1252": lambda t: t.encode("cp1252"),
}


def read(path: Path, data: bytes | str) -> Reading:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_files([path], PACK)


def sheet(head: tuple[str, ...], rows: list[tuple[str, ...]], order: tuple[int, ...], mark: str = ",") -> str:
    return "".join(mark.join(row[i] for i in order) + "\r\n" for row in [head, *rows])


def values(reading: Reading) -> list[dict[str, Any]]:
    assert reading.problems == ()
    return [dict(d.values) for d in reading.drafts]


def wanted(lang: str) -> list[dict[str, Any]]:
    rows = []
    for row, (level, attitude) in zip(PEOPLE[lang], SAID, strict=True):
        found = {f: v for f, v in zip(FIELDS, row, strict=True) if v}
        rows.append(found | {"level": level, "attitude": attitude})
    return rows


ORDERS = random.Random(5).sample(list(permutations(range(6))), 8)


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: "".join(map(str, o)))
@pytest.mark.parametrize(
    ("lang", "encoding"), [*(("en", e) for e in ENCODINGS), *(("zh", e) for e in ENCODINGS if e != "cp1252")]
)
def test_encoding_and_order(tmp_path: Path, lang: str, encoding: str, order: tuple[int, ...]) -> None:
    text = sheet(HEADS[lang], PEOPLE[lang], order)
    assert values(read(tmp_path / "list.csv", ENCODINGS[encoding](text))) == wanted(lang)


@pytest.mark.parametrize("mark", [",", ";", "\t", "；", "|"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_separators(tmp_path: Path, lang: str, mark: str) -> None:
    text = sheet(HEADS[lang], PEOPLE[lang], (3, 0, 1, 5, 2, 4), mark)
    assert values(read(tmp_path / "list.csv", text)) == wanted(lang)


def test_separator_line_and_quotes(tmp_path: Path) -> None:
    """`sep=` of a spreadsheet is obeyed; quoted marks, quotes and line breaks stay in their cell."""
    text = 'sep=;\nName;Note;Title\n"Dupré; René";"says ""yes""\nand, perhaps";Boss\nAda;;Aide\n'
    reading = read(tmp_path / "list.csv", text)
    assert [d.values.get("note") for d in reading.drafts] == ['says "yes"\nand, perhaps', None]
    assert reading.drafts[0].values["name"] == "Dupré; René"
    assert [d.place.row for d in reading.drafts] == [3, 4]


@pytest.mark.parametrize("above", [1, 5, 20])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_notes_above_the_header(tmp_path: Path, lang: str, above: int) -> None:
    """Titles and empty lines above the header are no rows, and row numbers still are the spreadsheet's."""
    notes = ["星河集团人员名单 2026,,,", "", "made by hand"] * 7
    text = "\n".join(notes[:above]) + "\n" + sheet(HEADS[lang], PEOPLE[lang], (0, 1, 2, 3, 4, 5))
    reading = read(tmp_path / "list.csv", text)
    assert values(reading) == wanted(lang)
    assert [d.place.row for d in reading.drafts] == [above + 2, above + 3, above + 4]


def test_comment_rows_and_empty_rows(tmp_path: Path) -> None:
    """A row that starts with # is a comment, also after empty cells; a # inside is none."""
    text = "Name,Title\n# Ada,Aide\n,# second column\n\n,,\nBo #2,Aide\n"
    reading = read(tmp_path / "list.csv", text)
    assert [(d.values["name"], d.place.row) for d in reading.drafts] == [("Bo #2", 6)]


def test_header_shapes(tmp_path: Path) -> None:
    """Width, case, spaces and punctuation of a header don't matter."""
    reading = read(tmp_path / "x.csv", "ＮＡＭＥ :,job_TITLE,*Reports-To\nAda,Aide,Bo\n")
    assert values(reading) == [{"name": "Ada", "title": "Aide", "boss": "Bo"}]


def test_first_and_last_name(tmp_path: Path) -> None:
    """Chinese names are joined last name first, without a space."""
    reading = read(tmp_path / "x.csv", "Last name,First name,Title\nYard,Ada,Aide\n高,远,总\nSolo,,x\n")
    assert [d.values["name"] for d in reading.drafts] == ["Ada Yard", "高远", "Solo"]


def test_formula_guard_is_taken_off(tmp_path: Path) -> None:
    reading = read(tmp_path / "x.csv", "Name,Note,Attitude\nAda,'=1+1,'+1\nBo,'tis,'-2\n")
    assert [(d.values["note"], d.values["attitude"]) for d in reading.drafts] == [("=1+1", 1), ("'tis", -2)]


def test_unknown_columns_are_noted_not_taken(tmp_path: Path) -> None:
    reading = read(tmp_path / "x.csv", "Name,Titel,Shoe size\nAda,Aide,38\n")
    assert values(reading) == [{"name": "Ada"}]
    notes = [en for _, en in reading.notes]
    assert len(notes) == 2
    assert "'Titel'" in notes[0] and "did you mean 'title'" in notes[0]
    assert "'Shoe size'" in notes[1] and "mean" not in notes[1]


@pytest.mark.parametrize(
    "data", [b"\0\1\2\3\xff\xfe\0\x80", b"Name,Title\nAda\0,\x81\xff\n", "\ufeff".encode("utf-16") + b"\xd8"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError):
        read(tmp_path / "x.csv", data)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        ("2026/9/30", date(2026, 9, 30)),
        ("2026.9.30", date(2026, 9, 30)),
        ("2026年9月30日", date(2026, 9, 30)),
        ("２０２６-０９-３０", date(2026, 9, 30)),
        ("20260930", date(2026, 9, 30)),
        ("30 Sep 2026", date(2026, 9, 30)),
        ("September 30, 2026", date(2026, 9, 30)),
        ("2026-09-30T08:00:00Z", date(2026, 9, 30)),
    ],
)
def test_days(tmp_path: Path, written: str, day: date) -> None:
    reading = read(tmp_path / "x.csv", f'Name,Since\nAda,"{written}"\n')
    assert values(reading) == [{"name": "Ada", "since": day}]


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        ("4,000,000", 4e6), ("400万", 4e6), ("2.2亿", 2.2e8), ("¥1,200", 1200), ("CNY 12", 12), ("1.5m", 1.5e6),
        ("-3", -3), ("12%", 0.12), (".5", 0.5), ("１２", 12), ("120万元", 1.2e6), ("$3bn", 3e9), ("+7", 7),
    ],
)  # fmt: skip
def test_numbers(tmp_path: Path, written: str, figure: float) -> None:
    text = f'Company,Measure,Year,Value\nStarlight,revenue,2025,"{written}"\n'
    reading = read(tmp_path / "figures.csv", text)
    assert values(reading)[0]["value"] == figure
    assert values(reading)[0]["on"] == date(2025, 1, 1)


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\x1f", "\u3000", "\u200b \u2060", "\ufeff"])
def test_a_cell_of_which_nothing_can_be_seen_is_empty(tmp_path: Path, nothing: str) -> None:
    """A name of no visible character is no name; beside one it is nothing."""
    reading = read(
        tmp_path / "people.csv", f"Name,Title\nAda,{nothing}\n{nothing},Aide\n{nothing},{nothing}\n"
    )
    assert [dict(d.values) for d in reading.drafts] == [{"name": "Ada"}]
    assert [(p.row, p.column, p.code) for p in reading.problems] == [(3, "Name", "missing")]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"])
def test_a_formula_that_failed_is_a_problem_and_no_comment(tmp_path: Path, error: str) -> None:
    """Such a row must not vanish as a comment, nor the error become somebody's title."""
    reading = read(tmp_path / "people.csv", f"Name,Title\n{error},CEO\nAda,{error}\n# note,{error}\n")
    assert [(p.row, p.column, p.code) for p in reading.problems] == [
        (2, "Name", "formula-error"),
        (3, "Title", "formula-error"),
    ]
    assert reading.drafts == ()
