"""Files to drafts: every cell checked, every problem kept, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from powermap.errors import SourceError
from powermap.method import Pack
from powermap.model.draft import LeftOut, Reading
from powermap.model.fields import SHEETS
from powermap.sources.blocks import parts
from powermap.sources.charts import flatten
from powermap.sources.columns import Aliases, find_header, fold
from powermap.sources.folders import called, expand
from powermap.sources.formats.folder import translate
from powermap.sources.formats.known import Known
from powermap.sources.formats.made import MadeTable
from powermap.sources.mappings import Kept, Meaning, fingerprint
from powermap.sources.meddpicc import unfold
from powermap.sources.rows import Found, RowReader
from powermap.sources.table import Table, read_tables
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words

TO_READ = Words("规划（只读）", "Plan (read only)")
"""The sheet of a plan that is there to be read; what is to be changed stands on the others."""
_NOT_DATA = {"help", "帮助", "说明", "problems", "问题", "lists", "选项", *map(fold, TO_READ)}
"""Sheets of our own workbooks that hold no data."""


def read_files(
    paths: Iterable[Path],
    pack: Pack,
    *,
    progress: Callable[[str], None] | None = None,
    encoding: str | None = None,
    meaning: Meaning | None = None,
    kept: Mapping[str, Kept] | None = None,
    known: Known | None = None,
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
    known
        What the store knows already, for files that name people by address or number.

    Raises
    ------
    SourceError
        If a path isn't there, or a file isn't what it says, or is hostile; of several files, only if none can be read.
    """
    teacher = Teacher(Aliases(pack), Vocabulary(pack), meaning or Meaning(), kept or {})
    files, notes = expand(paths)
    found = Found(notes=notes)
    read, tables = _read_tables(files, encoding, found, progress)
    for made in translate(tables, lambda table: teacher.of(table)[0], known or Known()):
        _read_file(made, teacher, found, alone=len(files) == 1)
    order = {kind: place for place, kind in enumerate(SHEETS)}
    found.drafts.sort(key=lambda d: order[d.sheet])
    return Reading(
        tuple(found.drafts),
        tuple(found.problems),
        tuple(found.notes),
        tuple(called(path) for path in read),
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


def _read_tables(
    files: Sequence[Path], encoding: str | None, found: Found, progress: Callable[[str], None] | None
) -> tuple[list[Path], list[list[Table]]]:
    """Return the files that can be read, and the tables of each; of several, one that can't stops only itself."""
    read, tables = [], []
    faults: list[tuple[Path, SourceError]] = []
    for path in files:
        if progress is not None:
            progress(path.name)
        try:
            tables.append(read_tables(path, encoding))
            read.append(path)
        except SourceError as refused:
            faults.append((path, refused))
    for path, fault in faults:
        if not read:
            raise fault
        name = called(path)
        zh = "；".join(filter(None, (fault.words.zh, fault.advice.zh)))
        en = "; ".join(filter(None, (fault.words.en, fault.advice.en)))
        found.notes.append((f"{name} 未导入：{zh}", f"{name} was left out: {en}"))
        found.left_out.append(LeftOut(Words("读不了的文件", "files that can't be read"), 1, name))
    return read, tables


def _read_file(made: Sequence[Table], teacher: Teacher, found: Found, *, alone: bool) -> None:
    for table in made:
        if isinstance(table, MadeTable) and not table.rows:
            found.notes += table.notes
            found.left_out += table.left_out
    whole = [table for table in made if table.rows or not isinstance(table, MadeTable)]
    sheets = [
        (part, *teacher.of(table))
        for table in map(flatten, whole)
        for part in ([table] if table.kind else unfold(table, teacher.aliases))
    ]
    tables = [
        (part, aliases, words)
        for table, aliases, words in sheets
        for part in ([table] if table.kind else parts(table, aliases))
    ]
    headers = [find_header(table, aliases) for table, aliases, _ in tables]
    some = any(header is not None for header, _, _ in headers)
    for (table, aliases, words), (header, problems, notes) in zip(tables, headers, strict=True):
        if header is None and ((some and _is_prose(table, aliases)) or _is_strange(table, aliases, alone)):
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
        found.left_out += table.left_out
        if header is not None:
            RowReader(table, header, aliases, words, found).read()


def _is_strange(table: Table, aliases: Aliases, alone: bool) -> bool:
    """Tell whether a file beside others is of nothing that is known, and isn't named as if it were."""
    if alone or table.sheet or table.kind or not table.rows:
        return False
    named = aliases.sheet_names.get(fold(Path(table.file).stem))
    return named is None and not any(
        aliases.match(kind, cells) for _, cells in table.rows[:30] for kind in SHEETS
    )


def _is_prose(table: Table, aliases: Aliases) -> bool:
    """Tell whether a sheet may be a page of prose beside the tables; one named as a table must be one."""
    name = fold(table.sheet)
    return bool(name) and bool(table.rows) and name not in aliases.sheet_names and name not in _NOT_DATA
