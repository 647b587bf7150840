"""Files to drafts: every cell checked, every problem kept, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from powermap.method import Pack
from powermap.model import Problem
from powermap.model.draft import CLEAR, Draft, Place, Reading
from powermap.model.fields import SHEETS, fields, required
from powermap.sources import cells
from powermap.sources.cells import CellFault, Vocabulary
from powermap.sources.columns import Aliases, Header, find_header, fold
from powermap.sources.folders import called, expand
from powermap.sources.readers import read_cell
from powermap.sources.table import Cell, Table, read_tables

_MEMO = 100_000
"""Writings of cells that are remembered while a sheet is read."""

_NOT_DATA = {"help", "帮助", "说明", "problems", "问题", "lists", "选项"}
"""Sheets of our own workbooks that hold no data."""


def read_files(
    paths: Iterable[Path], pack: Pack, *, progress: Callable[[str], None] | None = None
) -> Reading:
    """Read workbooks, CSV files and folders of them.

    Raises
    ------
    SourceError
        If a path isn't there, or a file isn't what it says, or is hostile.
    """
    aliases, words = Aliases(pack), Vocabulary(pack)
    drafts: list[Draft] = []
    faulty: list[Draft] = []
    problems: list[Problem] = []
    files, notes = expand(paths)
    for path in files:
        if progress is not None:
            progress(path.name)
        tables = read_tables(path)
        headers = [find_header(table, aliases) for table in tables]
        for table, found in zip(tables, headers, strict=True):
            if found[0] is None and _is_prose(table, aliases) and any(h is not None for h, _, _ in headers):
                zh, en = "没有认识的表头，未导入", "no header row is known, the sheet was left out"
                notes.append((f"{table.file} · {table.sheet}：{zh}", f"{table.file} · {table.sheet}: {en}"))
            else:
                _read_table(table, found, aliases, words, drafts, faulty, problems, notes)
    order = {kind: place for place, kind in enumerate(SHEETS)}
    drafts.sort(key=lambda d: order[d.sheet])
    return Reading(
        tuple(drafts), tuple(problems), tuple(notes), tuple(called(path) for path in files), tuple(faulty)
    )


def _is_prose(table: Table, aliases: Aliases) -> bool:
    """Tell whether a sheet may be a page of prose beside the tables; one named as a table must be one."""
    name = fold(table.sheet)
    return bool(name) and bool(table.rows) and name not in aliases.sheet_names and name not in _NOT_DATA


def _read_table(
    table: Table,
    found: tuple[Header | None, list[Problem], list[tuple[str, str]]],
    aliases: Aliases,
    words: Vocabulary,
    drafts: list[Draft],
    faulty: list[Draft],
    problems: list[Problem],
    notes: list[tuple[str, str]],
) -> None:
    if table.sheet and (not table.rows or fold(table.sheet) in _NOT_DATA):
        return
    header, faults, hints = found
    problems += faults
    notes += hints
    if header is None:
        return
    columns = sorted(header.fields.items())
    deleted = 0
    memo: dict[tuple[str, Cell, str], dict[str, Any]] = {}
    for number, row in table.rows:
        if number <= header.row:
            continue
        first = next((c for c in row if c is not None), "")
        if isinstance(first, str) and first.startswith("#") and first.upper() not in cells.ERRORS:
            continue
        if header.deleted is not None and header.deleted < len(row):
            flag = row[header.deleted]
            if flag is True or (flag is not None and words.choices["yes"].get(fold(str(flag))) == "yes"):
                deleted += 1
                continue
        if not aliases.empty.isdisjoint(c for c in row if isinstance(c, str)):
            row = tuple(None if c in aliases.empty else c for c in row)
        before = len(problems)
        draft = _read_row(table, header, columns, number, row, words, problems, memo)
        if draft is None:
            continue
        if len(problems) == before:
            drafts.append(draft)
        elif all(draft.values.get(f, CLEAR) is not CLEAR for f in required(header.sheet)):
            faulty.append(draft)
    if deleted:
        notes.append(
            (
                f"{table.file}：{deleted} 行已标为删除，未导入",
                f"{table.file}: {deleted} rows are marked as deleted and were left out",
            )
        )


def _read_row(
    table: Table,
    header: Header,
    columns: Sequence[tuple[int, str]],
    number: int,
    row: Sequence[Cell],
    words: Vocabulary,
    problems: list[Problem],
    memo: dict[tuple[str, Cell, str], dict[str, Any]],
) -> Draft | None:
    place = Place(table.file, table.sheet, number, header.written, header.called)
    written: dict[str, Cell] = {}
    for column, field in columns:
        if column < len(row) and row[column] is not None:
            written.setdefault(field, row[column])
    if not written:
        return None
    values: dict[str, Any] = {}
    good = True
    scale = str(written.pop("scale", header.scale)).replace("–", "-").replace("~", "-").strip()
    for field, value in written.items():
        try:
            # Most cells of a long list say what another one said: each writing is read once.
            key = (field, value, scale)
            known = memo.get(key) if type(value) is str else None
            if known is None:
                known = (
                    {field: CLEAR}
                    if cells.is_clear(value)
                    else read_cell(fields()[header.sheet][field], value, scale, words)
                )
                if type(value) is str and len(memo) < _MEMO:
                    memo[key] = known
            values.update(known)
        except CellFault as fault:
            good = False
            problems.append(
                place.problem(
                    field,
                    value,
                    fault.en,
                    fault.hint_en,
                    zh=fault.zh,
                    suggestion_zh=fault.hint_zh,
                    code=fault.code,
                )
            )
    if header.sheet == "people":
        _join_name(values)
    for field in _missing(header.sheet, values, written):
        good = False
        title = header.written.get(field) or header.called[field].en
        problems.append(
            place.problem(
                field,
                "",
                f"the row has no {title}",
                "fill it in, or delete the row",
                zh=f"这一行缺“{header.written.get(field) or header.called[field].zh}”",
                suggestion_zh="请补上，或删除这一行",
                code="missing",
            )
        )
    start, end = values.get("since"), values.get("until")
    if good and start is not None and end is not None and CLEAR not in (start, end) and end < start:
        problems.append(
            place.problem(
                "until",
                end,
                f"it ends before it starts ({start})",
                "swap the two dates",
                zh=f"结束早于开始（{start}）",
                suggestion_zh="请对调两个日期",
                code="period",
            )
        )
        del values["until"]
    return Draft(header.sheet, values, place)


def _join_name(values: dict[str, Any]) -> None:
    """Make one name of a first and a last name: Chinese names without a space, last name first."""
    first, last = values.pop("first_name", ""), values.pop("last_name", "")
    if "name" not in values and (first or last):
        chinese = any("\u4e00" <= c <= "\u9fff" for c in f"{first}{last}")
        values["name"] = f"{last}{first}" if chinese else f"{first} {last}".strip()


def _missing(sheet: str, values: dict[str, Any], written: dict[str, Cell]) -> list[str]:
    """Return the fields a row must have and lacks; a placeholder may be named after its post."""
    if sheet == "people" and "name" not in values and values.get("placeholder") and values.get("title"):
        values["name"] = values["title"]
    return [
        f
        for f in required(sheet)
        if (f not in values or values[f] is CLEAR) and not (f in written and f not in values)
    ]
