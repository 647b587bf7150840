"""Files to drafts: every cell checked, every problem kept, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from powermap.method import Pack
from powermap.model.draft import LeftOut, Reading
from powermap.model.fields import SHEETS
from powermap.sources.blocks import parts
from powermap.sources.columns import Aliases, find_header, fold
from powermap.sources.folders import called, expand
from powermap.sources.rows import Found, RowReader
from powermap.sources.table import Table, read_tables
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words

_NOT_DATA = {"help", "帮助", "说明", "problems", "问题", "lists", "选项"}
"""Sheets of our own workbooks that hold no data."""


def read_files(
    paths: Iterable[Path],
    pack: Pack,
    *,
    progress: Callable[[str], None] | None = None,
    encoding: str | None = None,
) -> Reading:
    """Read workbooks, CSV files and folders of them.

    Parameters
    ----------
    encoding
        That of text files, if the user names one.

    Raises
    ------
    SourceError
        If a path isn't there, or a file isn't what it says, or is hostile.
    """
    aliases, words = Aliases(pack), Vocabulary(pack)
    files, notes = expand(paths)
    found = Found(notes=notes)
    for path in files:
        if progress is not None:
            progress(path.name)
        _read_file(path, encoding, aliases, words, found)
    order = {kind: place for place, kind in enumerate(SHEETS)}
    found.drafts.sort(key=lambda d: order[d.sheet])
    return Reading(
        tuple(found.drafts),
        tuple(found.problems),
        tuple(found.notes),
        tuple(called(path) for path in files),
        tuple(found.faulty),
        tuple(found.left_out),
    )


def _read_file(path: Path, encoding: str | None, aliases: Aliases, words: Vocabulary, found: Found) -> None:
    tables = [part for table in read_tables(path, encoding) for part in parts(table, aliases)]
    headers = [find_header(table, aliases) for table in tables]
    some = any(header is not None for header, _, _ in headers)
    for table, (header, problems, notes) in zip(tables, headers, strict=True):
        if header is None and some and _is_prose(table, aliases):
            zh, en = "没有认识的表头，未导入", "no header row is known, the sheet was left out"
            found.notes.append((f"{table.name}：{zh}", f"{table.name}: {en}"))
            found.left_out.append(
                LeftOut(Words("没有表头的表的行", "rows without a header"), len(table.rows), table.name)
            )
            continue
        if table.sheet and (not table.rows or fold(table.sheet) in _NOT_DATA):
            continue
        found.notes += (*table.notes, *notes)
        found.problems += (*table.problems, *problems)
        if header is not None:
            RowReader(table, header, aliases, words, found).read()


def _is_prose(table: Table, aliases: Aliases) -> bool:
    """Tell whether a sheet may be a page of prose beside the tables; one named as a table must be one."""
    name = fold(table.sheet)
    return bool(name) and bool(table.rows) and name not in aliases.sheet_names and name not in _NOT_DATA
