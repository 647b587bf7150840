"""Files to drafts: every cell checked, every problem kept, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from powermap.method import Pack
from powermap.model.draft import LeftOut, Reading
from powermap.model.fields import SHEETS
from powermap.sources.blocks import parts
from powermap.sources.charts import flatten
from powermap.sources.columns import Aliases, find_header, fold
from powermap.sources.folders import called, expand
from powermap.sources.mappings import Kept, Meaning, fingerprint
from powermap.sources.meddpicc import unfold
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
    meaning: Meaning | None = None,
    kept: Mapping[str, Kept] | None = None,
) -> Reading:
    """Read workbooks, CSV files and folders of them.

    Parameters
    ----------
    encoding
        That of text files, if the user names one.
    meaning
        What the user says of headers and words.
    kept
        What was said before, by the fingerprint of a header.

    Raises
    ------
    SourceError
        If a path isn't there, or a file isn't what it says, or is hostile.
    """
    teacher = Teacher(Aliases(pack), Vocabulary(pack), meaning or Meaning(), kept or {})
    files, notes = expand(paths)
    found = Found(notes=notes)
    for path in files:
        if progress is not None:
            progress(path.name)
        _read_file(path, encoding, teacher, found)
    order = {kind: place for place, kind in enumerate(SHEETS)}
    found.drafts.sort(key=lambda d: order[d.sheet])
    return Reading(
        tuple(found.drafts),
        tuple(found.problems),
        tuple(found.notes),
        tuple(called(path) for path in files),
        tuple(found.faulty),
        tuple(found.left_out),
        tuple(found.foreign),
        tuple(found.titles),
    )


@dataclass(frozen=True, slots=True)
class Teacher:
    """The alias tables and words of the pack, with what the user says, and said before of files with these headers."""

    aliases: Aliases
    words: Vocabulary
    meaning: Meaning
    kept: Mapping[str, Kept]

    def of(self, table: Table) -> tuple[Aliases, Vocabulary]:
        """Return what a table is read with."""
        meaning = self.meaning
        for _, cells in table.rows[:30] if self.kept else ():
            before = self.kept.get(fingerprint(cells))
            if before is not None:
                meaning = meaning.over(before.meaning)
                break
        return self.aliases.taught(meaning.headers), self.words.taught(meaning.words)


def _read_file(path: Path, encoding: str | None, teacher: Teacher, found: Found) -> None:
    sheets = [
        (part, *teacher.of(table))
        for table in map(flatten, read_tables(path, encoding))
        for part in unfold(table, teacher.aliases)
    ]
    tables = [(part, aliases, words) for table, aliases, words in sheets for part in parts(table, aliases)]
    headers = [find_header(table, aliases) for table, aliases, _ in tables]
    some = any(header is not None for header, _, _ in headers)
    for (table, aliases, words), (header, problems, notes) in zip(tables, headers, strict=True):
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
