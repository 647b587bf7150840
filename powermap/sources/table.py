"""Tables as they stand in a file: rows of cells with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from powermap.errors import SourceError
from powermap.model.draft import LeftOut
from powermap.model.problem import Problem
from powermap.refusals import why
from powermap.sources.encoding import decode
from powermap.sources.folders import called, need_file
from powermap.sources.formulas import unguard
from powermap.sources.preflight import MAX_CHARACTERS, too_long
from powermap.words import Words

Cell = str | float | int | bool | date | None


Rows = tuple[tuple[int, tuple[Cell, ...]], ...]
"""Rows that hold anything, each with its 1-based number."""
Notes = tuple[tuple[str, str], ...]
"""What the user may want to know, Chinese and English."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Parameters
    ----------
    problems, notes
        What is wrong with the file, or was read in a way that the user should know.
    comma
        Whether numbers are written with a decimal comma, as where semicolons part the cells.
    account
        The company that a line above the table names.
    indents
        How far the first text of a row is indented, where a sheet indents.
    """

    file: str
    sheet: str
    rows: Rows
    problems: tuple[Problem, ...] = ()
    notes: Notes = ()
    comma: bool = False
    account: str = ""
    indents: Mapping[int, int] = field(default_factory=dict)
    kind: str = ""
    """The kind of sheet, where the format of the file tells it."""
    titles: tuple[str, ...] = ()
    """The headers as the file has them, where the table has others."""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.file} · {self.sheet}" if self.sheet else self.file


def read_tables(path: Path, encoding: str | None = None) -> list[Table]:
    """Read every sheet of an .xlsx file, or the one table of a .csv, .tsv or .txt file.

    Parameters
    ----------
    encoding
        That of text files, if the user names one.

    Raises
    ------
    SourceError
        If the file isn't there, isn't what its name says, or is hostile.
    """
    try:
        return _read_tables(path, encoding)
    except OSError as error:
        # It may also go while it is read.
        said, hint = why(error)
        raise SourceError(
            Words(f"{path} 读不了：{said.zh}", f"{path} can't be read: {said.en}"), hint=hint
        ) from error


def _read_tables(path: Path, encoding: str | None) -> list[Table]:
    need_file(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
    if size == 0:
        raise SourceError(Words(f"{path.name} 是空的", f"{path.name} is empty"))
    from powermap.sources.formats import recognize

    known = recognize.read(path, encoding)
    if known is not None:
        return known
    if head.startswith(b"PK\x03\x04") or recognize.is_old_workbook(path):
        from powermap.sources.workbook import read_old_workbook, read_workbook

        old = recognize.is_old_workbook(path)
        return [_sheet(called(path), *found) for found in (read_old_workbook if old else read_workbook)(path)]
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
    return [text_table(path.read_bytes(), called(path), encoding)]


def text_table(data: bytes, name: str, encoding: str | None = None) -> Table:
    """Read the one table of a text file.

    Raises
    ------
    SourceError
        If its encoding can't be told, or there is nothing in it.
    """
    from powermap.sources.formats.exports import encoding_of

    decoded = decode(data, name, encoding or encoding_of(data))
    text = decoded.text
    if not text or text.isspace():
        raise SourceError(Words(f"{name} 是空的", f"{name} is empty"))
    return replace(_csv(text, name), notes=decoded.notes)


def _sheet(
    file: str, sheet: str, rows: Sequence[tuple[int, Sequence[Any]]], facts: Mapping[str, Any]
) -> Table:
    """Make the table of a sheet, and say what of it can't be seen on the screen."""
    where, notes = f"{file} · {sheet}", []
    if facts.get("filter"):
        notes.append(
            (
                f"{where}：有筛选；被筛掉的行也已读入",
                f"{where}: a filter is on; the rows that it hides were read too",
            )
        )
    elif hidden := facts.get("hidden_rows"):
        notes.append((f"{where}：{hidden} 个隐藏行也已读入", f"{where}: {hidden} hidden rows were read too"))
    if columns := facts.get("hidden_columns"):
        listed = ", ".join(columns[:8])
        notes.append(
            (f"{where}：隐藏列 {listed} 也已读入", f"{where}: the hidden columns {listed} were read too")
        )
    problems = tuple(
        Problem(
            file,
            sheet,
            number,
            "",
            "",
            f"the formula in column {column + 1} was never calculated",
            "open the file in a spreadsheet program, and save it",
            "no-value",
            f"第 {column + 1} 列的公式没有计算结果",
            "请用表格软件打开，再保存",
        )
        for number, column in facts.get("uncalculated", ())
    )
    indents = facts.get("indents", {})
    deep = indents if len(set(indents.values())) > 1 else {}
    return Table(file, sheet, _cells(rows), problems, tuple(notes), indents=deep)


def _csv(text: str, name: str) -> Table:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    number = 0
    if text.lower().startswith("sep=") and "\n" in text:
        first, _, text = text.partition("\n")
        mark, number = first[4:5] or ",", 1
    else:
        mark = separator(text)
    rows, problems, indents = csv_rows(text, name, mark, number)
    deep = indents if len(set(indents.values())) > 1 else {}
    return Table(name, "", tuple(rows), tuple(problems), comma=mark in ";；", indents=deep)


_OPEN = 50
"""Open quotation marks that are looked for in one file."""


def csv_rows(
    text: str, name: str, mark: str, number: int = 0
) -> tuple[list[tuple[int, tuple[Cell, ...]]], list[Problem], dict[int, int]]:
    """Return the rows that hold anything, the first one being ``number + 1``; open quotation marks; indents.

    A quotation mark that is never closed would swallow all rows below: its line is read as it stands, and reported.
    """
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    problems: list[Problem] = []
    indents: dict[int, int] = {}
    # Where quotation marks stand in an odd number, one is left open; only then is it worth to keep the lines.
    source: Iterable[str] = io.StringIO(text, newline="")
    lines = list(source) if text.count('"') % 2 else []
    before = csv.field_size_limit(MAX_CHARACTERS)
    at = 0
    try:
        while True:
            odd = len(problems) < _OPEN and sum(line.count('"') for line in islice(lines, at, None)) % 2 == 1
            reader = csv.reader(islice(lines, at, None) if lines else source, delimiter=mark, strict=odd)
            begun = 0
            try:
                # A row number is the row's place in the spreadsheet, however many lines of text its cells hold.
                for cells in reader:
                    begun = reader.line_num
                    number += 1
                    _take(rows, indents, number, cells)
                return rows, problems, indents
            except csv.Error as error:
                number += 1
                if "field larger" in str(error):
                    raise too_long(name, Words(f"第 {number} 行", f", row {number}")) from error
                line = lines[at + begun] if lines else ""
                _take(rows, indents, number, next(csv.reader([line], delimiter=mark, quoting=csv.QUOTE_NONE)))
                problems.append(_open_quote(name, number, line))
                at += begun + 1
    finally:
        csv.field_size_limit(before)


def _take(
    rows: list[tuple[int, tuple[Cell, ...]]], indents: dict[int, int], number: int, cells: list[str]
) -> None:
    if any(cell.strip() for cell in cells):
        rows.append((number, tuple([csv_cell(cell) if cell else None for cell in cells])))
        indents[number] = max(
            len(c.expandtabs(4)) - len(c.expandtabs(4).lstrip(" \u3000")) for c in cells if c.strip()
        )


def _open_quote(name: str, number: int, line: str) -> Problem:
    return Problem(
        name,
        "",
        number,
        "",
        line.strip()[:200],
        "a quotation mark is opened here and never closed",
        "close it, or take it away; the rows below were read without it",
        "open-quote",
        "这里的引号没有闭合",
        "请补上或去掉引号；下面各行已照常读取",
    )


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
