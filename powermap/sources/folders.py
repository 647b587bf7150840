"""Which files to read: those that are named, and those of the folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from powermap.errors import SourceError
from powermap.words import Words

FILES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
OPEN = "~$"
"""How the name of the mark begins that Excel and WPS leave beside a file while it is open there."""


def expand(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    """Return the files, and notes (zh, en) on those that are left out and those that are open elsewhere.

    Raises
    ------
    SourceError
        If a path isn't there, or a folder holds no file to read.
    """
    files: list[Path] = []
    left: list[Path] = []
    unknown: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside, others = _inside(path)
            unknown += others
            hidden = [p for p in inside if p.name.startswith((OPEN, "."))]
            left += hidden
            if len(hidden) == len(inside):
                raise SourceError(
                    Words(
                        f"文件夹 {path} 里没有 .xlsx 或 .csv 文件",
                        f"the folder {path} holds no .xlsx or .csv file",
                    )
                )
            files += [p for p in inside if p not in hidden]
        elif not path.exists():
            raise SourceError(
                Words(f"没有文件 {path}", f"there is no file {path}"),
                hint=Words("请检查路径", "look at the path"),
            )
        elif path.name.startswith(OPEN):
            # Where a shell writes out `*.xlsx`, the marks are among them.
            left.append(path)
        else:
            files.append(path)
    if left and not files:
        raise SourceError(
            Words(f"{left[0].name} 不是表格", f"{left[0].name} is no spreadsheet"),
            hint=Words(
                "这是 Excel 打开文件时的标记：导入文件本身",
                "it is a mark of Excel beside a file that is open: import the file itself",
            ),
        )
    files = list(dict.fromkeys(files))
    for path in files:
        need_file(path)
    return files, _notes(files, left, unknown)


def _notes(files: Iterable[Path], left: Iterable[Path], unknown: Iterable[Path]) -> list[tuple[str, str]]:
    """Say which files are open elsewhere, and why others were left out."""
    marked = {p.with_name(OPEN + p.name): p for p in files if p.with_name(OPEN + p.name).exists()}
    notes = [
        (
            f"{p.name} 正在 Excel 中打开：那里没保存的改动没有导入",
            f"{p.name} is open in Excel: what isn't saved there was not imported",
        )
        for p in marked.values()
    ]
    notes += [
        (f"{p.name} 是隐藏文件，未导入", f"{p.name} is a hidden file and was left out")
        if p.name.startswith(".")
        else (
            f"{p.name} 只是 Excel 打开文件时的标记，未导入",
            f"{p.name} is only a mark of Excel, and was left out",
        )
        for p in dict.fromkeys(left)
        if p not in marked
    ]
    notes += [
        (
            f"{called(p)} 是下一级文件夹，没有打开",
            f"{called(p)} is a folder within the folder, and wasn't looked into",
        )
        if p.is_dir()
        else (
            f"{called(p)} 不是认识的格式，未导入",
            f"{called(p)} is of no format that is read, and was left out",
        )
        for p in dict.fromkeys(unknown)
    ]
    return notes


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of a folder that may be read, by their names or by what is in them, and the others."""
    from powermap.sources.formats.recognize import is_known

    read: list[Path] = []
    others: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in FILES:
            read.append(path)
        elif path.is_dir() and not path.name.startswith((".", "__MACOSX")):
            others.append(path)
        elif path.is_file() and not path.name.startswith("."):
            try:
                known = is_known(path)
            except OSError:
                known = False
            (read if known else others).append(path)
    return read, others


def need_file(path: Path) -> None:
    """Refuse a pipe or a device, which never ends or never begins.

    Raises
    ------
    SourceError
        If there is something at `path` that is neither file nor folder.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise SourceError(
            Words(f"{path} 不是普通文件", f"{path} is no ordinary file"),
            hint=Words("先存成 .xlsx 或 .csv 文件", "save it as an .xlsx or .csv file first"),
        )


def called(path: Path) -> str:
    """Return a file's name as text: a disk may give bytes that are none, which no store and no page takes."""
    return path.name.encode("utf-8", "replace").decode("utf-8")
