"""What a cell and a file may just be, and just not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_hostile import cells as sheet
from test_hostile import crafted, rewrite, workbook

from powermap.errors import SourceError
from powermap.sources import amounts, cells, days, preflight
from powermap.sources.cells import CellFault

Read = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (days.day, 20_000, date(1954, 10, 3)),
        (days.day, 80_000, date(2119, 1, 11)),
        (days.day, date(1900, 1, 1), date(1900, 1, 1)),
        (days.day, date(2200, 12, 31), date(2200, 12, 31)),
        (lambda v: days.day(v, period=True), 2026, date(2026, 1, 1)),
        (lambda v: amounts.strength(v, "1-5"), 1, 0.2),
        (lambda v: amounts.strength(v, "1-5"), 5, 1.0),
        (lambda v: amounts.strength(v, "0-100"), 100, 1.0),
        (lambda v: amounts.strength(v, "0-100"), "50%", 0.5),
        (lambda v: amounts.strength(v, ""), 1, 1.0),
        (lambda v: amounts.within(v, 0, 10, "power-range"), 0, 0.0),
        (lambda v: amounts.within(v, 0, 10, "power-range"), 10, 10.0),
        (amounts.number, 1e18, 1e18),
        (amounts.number, "-1" + "0" * 18, -1e18),
        (cells.name, "李" * 200, "李" * 200),
        (cells.text, "李" * 4000, "李" * 4000),
    ],
)
def test_it_may_just_be(read: Read, value: Any, found: Any) -> None:
    """Days are counted from 1899-12-30, as spreadsheets do; the other limits are those that the refusals name."""
    assert read(value) == found


@pytest.mark.parametrize(
    ("read", "value", "code"),
    [
        (days.day, 19_999, "not-a-date"),
        (days.day, 80_001, "not-a-date"),
        (days.day, 2026, "not-a-date"),
        (days.day, date(1899, 12, 31), "date-range"),
        (days.day, date(2201, 1, 1), "date-range"),
        (lambda v: amounts.strength(v, "1-5"), 0.9, "strength-range"),
        (lambda v: amounts.strength(v, "1-5"), 5.1, "strength-range"),
        (lambda v: amounts.strength(v, "0-100"), 0, "strength-range"),
        (lambda v: amounts.strength(v, "0-100"), 101, "strength-range"),
        (lambda v: amounts.strength(v, ""), 1.01, "strength-range"),
        (lambda v: amounts.within(v, 0, 10, "power-range"), -0.1, "power-range"),
        (lambda v: amounts.within(v, 0, 10, "power-range"), 10.1, "power-range"),
        (amounts.number, 1.1e18, "too-large"),
        (amounts.number, "-2" + "0" * 18, "too-large"),
        (cells.name, "李" * 201, "too-long"),
        (cells.text, "李" * 4001, "too-long"),
    ],
)
def test_it_may_just_not_be(read: Read, value: Any, code: str) -> None:
    with pytest.raises(CellFault) as told:
        read(value)
    assert told.value.code == code


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_a_small_file_may_unpack_to_two_megabytes(tmp_path: Path, more: int, refused: bool) -> None:
    """200 times its size, and a file of less than 10,000 bytes counts as one of so many."""
    path = workbook(tmp_path / "people.xlsx")
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    head = b"<x>"
    rewrite(path, lambda parts: parts.update({"xl/x.xml": head.ljust(2_000_000 - unpacked + more)}))
    assert path.stat().st_size < 10_000
    if refused:
        with pytest.raises(SourceError, match="unpacks to 2 MB"):
            preflight.check(path)
    else:
        assert preflight.check(path).unpacked == 2_000_000


@pytest.mark.parametrize("limit", ["MAX_FILE", "MAX_PARTS", "MAX_UNPACKED", "MAX_CELLS"])
def test_a_limit_is_what_may_just_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    path = workbook(tmp_path / "people.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    size = {
        "MAX_FILE": path.stat().st_size,
        "MAX_PARTS": len(parts),
        "MAX_UNPACKED": sum(part.file_size for part in parts),
        "MAX_CELLS": 12,
    }[limit]
    monkeypatch.setattr(preflight, limit, size)
    assert preflight.check(path).cells == 12, "four rows of three"
    monkeypatch.setattr(preflight, limit, size - 1)
    with pytest.raises(SourceError):
        preflight.check(path)


@pytest.mark.parametrize(
    ("right", "bottom", "sparse"),
    [("J", 10_000, False), ("J", 10_001, True), ("A", 100_001, True), ("A", 100_000, False)],
)
def test_a_wide_box_with_few_cells_is_read_with_care(
    tmp_path: Path, right: str, bottom: int, sparse: bool
) -> None:
    """More than 100,000 places, of which not one in twenty is a cell."""
    path = workbook(tmp_path / "people.xlsx")
    rewrite(
        path,
        sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{bottom}"><c r="{right}{bottom}"/></row>'),
    )
    look = preflight.check(path)
    assert look.cells == 2 and look.sparse is sparse


@pytest.mark.parametrize(
    ("letter", "size"), [("a", 32_767), ("a", 32_768), ("客", 32_768), ("&amp;", 32_767)]
)
def test_a_cell_of_too_many_characters_is_refused_before_anything_is_read(
    tmp_path: Path, letter: str, size: int
) -> None:
    """No spreadsheet program holds more than 32,767; one byte a letter or many."""
    path = tmp_path / "people.xlsx"
    crafted(path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si><t>{letter * size}</t></si>")
    if size > 32_767:
        with pytest.raises(SourceError, match="32,767"):
            preflight.check(path)
    else:
        assert preflight.check(path).cells == 1
