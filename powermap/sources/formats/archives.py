"""A zip file of CSV files, as Salesforce's weekly export is. Its members are read in memory, by their own names only."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from powermap.errors import SourceError
from powermap.sources.preflight import MAX_RATIO, MAX_UNPACKED
from powermap.sources.table import Table
from powermap.words import Words

MOST = 500
"""Files of an archive."""


def members(path: Path) -> list[str] | None:
    """Return the CSV files of an archive, or None if it is none of CSV files."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" in names or "content.xml" in names:
        return None
    found = [name for name in names if name.lower().endswith(".csv") and not _is_hidden(name)]
    return found or None


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX") or PurePosixPath(name).name.startswith(".")


def read(path: Path, read_text: Callable[[bytes, str], list[Table]]) -> list[Table]:
    """Read the CSV files of an archive; one that can't be read is told, and stops only itself.

    Raises
    ------
    SourceError
        If the archive is hostile or damaged, or none of its files can be read.
    """
    tables: list[Table] = []
    faults: list[SourceError] = []
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.getinfo(name) for name in members(path) or ()]
            total = sum(part.file_size for part in parts)
            limit = min(MAX_UNPACKED, MAX_RATIO * max(path.stat().st_size, 10_000))
            if len(parts) > MOST or total > limit or any(part.flag_bits & 1 for part in parts):
                raise _refused(path)
            for part in parts:
                with archive.open(part) as stream:
                    data = stream.read(part.file_size + 1)
                if not data.strip():
                    continue
                try:
                    tables += read_text(data, PurePosixPath(part.filename.replace("\\", "/")).name)
                except SourceError as fault:
                    faults.append(fault)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            Words(f"{path.name} 已损坏：{error}", f"{path.name} is damaged: {error}"),
            hint=Words("请重新导出", "export it again"),
        ) from error
    if not tables:
        raise faults[0] if faults else _refused(path)
    notes = [(f"{path.name}：{f.words.zh}，未导入", f"{path.name}: {f.words.en}: left out") for f in faults]
    return [replace(tables[0], notes=(*tables[0].notes, *notes)), *tables[1:]]


def _refused(path: Path) -> SourceError:
    return SourceError(
        Words(
            f"{path.name} 太大、有密码或没有内容，已拒绝",
            f"{path.name} is too large, protected or empty: refused",
        ),
        hint=Words("请先解压，再导入文件夹", "unpack it, and import the folder"),
    )
