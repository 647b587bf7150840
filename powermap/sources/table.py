"""Tables as they stand in a file: rows of cells with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from powermap.errors import SourceError
from powermap.refusals import why
from powermap.sources.encoding import decode
from powermap.sources.folders import called, need_file
from powermap.sources.formulas import unguard
from powermap.sources.preflight import MAX_CHARACTERS, too_long
from powermap.words import Words

Cell = str | float | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `rows` are (1-based number, cells) of the rows that hold anything."""

    file: str
    sheet: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_tables(path: Path) -> list[Table]:
    """Read every sheet of an .xlsx file, or the one table of a .csv, .tsv or .txt file.

    Raises
    ------
    SourceError
        If the file isn't there, isn't what its name says, or is hostile.
    """
    try:
        return _read_tables(path)
    except OSError as error:
        # It may also go while it is read.
        said, hint = why(error)
        raise SourceError(
            Words(f"{path} 读不了：{said.zh}", f"{path} can't be read: {said.en}"), hint=hint
        ) from error


def _read_tables(path: Path) -> list[Table]:
    need_file(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
    if size == 0:
        raise SourceError(Words(f"{path.name} 是空的", f"{path.name} is empty"))
    if head.startswith(b"PK\x03\x04"):
        from powermap.sources.workbook import read_workbook

        return [Table(called(path), sheet, _cells(rows)) for sheet, rows in read_workbook(path)]
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            Words(
                f"{path.name} 是旧的 .xls 文件，或有密码保护",
                f"{path.name} is an old .xls file, or protected by a password",
            ),
            hint=Words("请另存为不带密码的 .xlsx", "save it as .xlsx without a password"),
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise SourceError(
            Words(f"{path.name} 不是表格文件", f"{path.name} is no spreadsheet"),
            hint=Words("请用 .xlsx 或 .csv", "bring .xlsx or .csv"),
        )
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise SourceError(
            Words(
                f"{path.name} 其实不是 .xlsx 文件", f"{path.name} is no .xlsx file, whatever its name says"
            ),
            hint=Words(
                "请用表格软件打开，另存为 .xlsx", "open it in a spreadsheet program and save it as .xlsx"
            ),
        )
    if size > 2_000_000_000:
        raise SourceError(
            Words(f"{path.name} 超过 2 GB", f"{path.name} is larger than 2 GB"),
            hint=Words("请拆成几个文件", "split it"),
        )
    text, _ = decode(path.read_bytes(), path.name)
    if not text or text.isspace():
        raise SourceError(Words(f"{path.name} 是空的", f"{path.name} is empty"))
    start = text.lstrip()[:200].lower()
    if start.startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise SourceError(
            Words(f"{path.name} 是网页或 XML，不是表格", f"{path.name} is a web page or XML, not a table"),
            hint=Words(
                "请用表格软件打开，另存为 .xlsx", "open it in a spreadsheet program and save it as .xlsx"
            ),
        )
    return [Table(called(path), "", tuple(_csv(text, path.name)))]


def _csv(text: str, name: str) -> list[tuple[int, tuple[Cell, ...]]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.lower().startswith("sep=") and "\n" in text:
        first, _, rest = text.partition("\n")
        return csv_rows(rest, name, first[4:5] or ",", 1)
    return csv_rows(text, name, separator(text))


def csv_rows(text: str, name: str, mark: str, number: int = 0) -> list[tuple[int, tuple[Cell, ...]]]:
    """Return the rows that hold anything, with their numbers, the first one being ``number + 1``."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    before = csv.field_size_limit(MAX_CHARACTERS)
    try:
        # A row number is the row's place in the spreadsheet, however many lines of text its cells hold.
        for cells in reader:
            number += 1
            if any(cell.strip() for cell in cells):
                rows.append((number, tuple([csv_cell(cell) if cell else None for cell in cells])))
    except csv.Error as error:
        if "field larger" in str(error):
            raise too_long(name, Words(f"第 {number + 1} 行", f", row {number + 1}")) from error
        raise SourceError(
            Words(f"{name} 第 {number + 1} 行：{error}", f"{name}, row {number + 1}: {error}"),
            hint=Words("是不是有引号没有配对？", "is a quotation mark left open?"),
        ) from error
    finally:
        csv.field_size_limit(before)
    return rows


@lru_cache(maxsize=65536)
def csv_cell(text: str) -> str | None:
    """Return what a cell of a text file says, or None."""
    return _seen(unguard(text.strip()))


def _seen(text: str) -> str | None:
    """Return the text, or None if nothing of it can be seen: control characters, marks of zero width."""
    if text.isprintable():
        return text or None
    return text if any(c.isprintable() and not c.isspace() for c in text) else None


_LINE = 10_000
"""Characters of a line that tell how its cells are parted."""


def separator(text: str) -> str:
    """Return the separator that splits the first lines into the most equal and the most columns."""
    lines = [line[:_LINE] for line in text.split("\n", 30)[:30] if line.strip()]
    best, best_score = ",", (0.0, 0)
    for mark in (",", ";", "\t", "；", "|"):
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=mark)]
        if not counts or not max(counts):
            continue
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        score = (counts.count(usual) / len(counts), usual)
        if usual and score > best_score:
            best, best_score = mark, score
    return best


def _cells(rows: Sequence[tuple[int, Sequence[Any]]]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    kept = []
    for number, cells in rows:
        clean = tuple(_cell(cell) for cell in cells)
        if any(cell is not None for cell in clean):
            kept.append((number, clean))
    return tuple(kept)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return _seen(value.strip())
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, time):
        return value.isoformat()
    if value is None or isinstance(value, (int, float, bool, date)):
        return value
    return str(value)
