"""Look at a workbook before it is parsed: a small file can take all memory, or abort the process.

Measured: a 4.7 KB file with one cell at XFD1048576 aborts python-calamine; 20,000 rows with one stray note in the last
column take it 62 s and 10 GB; 8 KB in which 30,000 cells share one long text become gigabytes. So sizes, document
types, the box of cells and the text that they hold are checked on the stream.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import IO

from powermap.errors import SourceError
from powermap.words import Words

MAX_FILE = 50_000_000
MAX_UNPACKED = 512_000_000
MAX_PARTS = 5_000
MAX_RATIO = 200
MAX_BOX = 5_000_000
"""Cells in the smallest box around all cells of a sheet, above which a sheet must be dense."""
MAX_CELLS = 5_000_000

MAX_CHARACTERS = 32_767
"""Characters of a cell: no spreadsheet program holds more."""
_TEXT, _TEXT_FOR_EACH = 10_000_000, 4
"""Bytes of text in all cells together: so many, and so many for each byte that the file unpacks to."""
_HEAD = 65_536
_BLOCK = 1 << 20

_CELL = re.compile(rb"""<(?:\w+:)?c(?=[\s/>])(?:[^>]*?\sr=["']([A-Z]{1,3})(\d{1,7})["'])?""")
_ROW = re.compile(rb"""<(?:\w+:)?row(?=[\s/>])(?:[^>]*?\sr=["'](\d{1,7})["'])?""")
_SHARES = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,7})\s*<""")
_MAY_SHARE = re.compile(rb"""<(?:\w+:)?c\s[^>]*["']s["']""")
_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?.*?\?>)*<(?:\w+:)?([A-Za-z_]\w*)", re.DOTALL)
_NAMED = re.compile(rb"<(?:\w+:)?sheet(?=[\s/>])")
_HOLDS_CELLS = re.compile(rb"<(?:\w+:)?(?:worksheet|sst)[\s>]")


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a workbook tells: whether a sheet is sparse and needs the careful reader, and what there is to read.

    `cells` are all cells, `text` the bytes of text that all of them may hold, `unpacked` the bytes of all parts.
    """

    sparse: bool
    cells: int
    text: int
    unpacked: int


def check(path: Path) -> Look:
    """Refuse a hostile workbook; tell how to read another.

    Raises
    ------
    SourceError
        With the limit that was passed.
    """
    name = path.name
    if path.stat().st_size > MAX_FILE:
        raise SourceError(
            Words(
                f"{name} 超过 {MAX_FILE // 1_000_000} MB", f"{name} is larger than {MAX_FILE // 1_000_000} MB"
            ),
            hint=Words("请把各表另存为 .csv，可以更大", "save the sheets as .csv, which may be larger"),
        )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise SourceError(
                    Words(
                        f"{name} 有 {len(parts)} 个部件，超过 {MAX_PARTS} 个",
                        f"{name} has {len(parts)} parts, more than {MAX_PARTS}",
                    )
                )
            total = sum(part.file_size for part in parts)
            if total > MAX_UNPACKED or total > MAX_RATIO * max(path.stat().st_size, 10_000):
                raise SourceError(
                    Words(
                        f"{name} 解开有 {total // 1_000_000:,} MB，已拒绝",
                        f"{name} unpacks to {total // 1_000_000:,} MB: refused",
                    )
                )
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise SourceError(
                    Words(f"{name} 有密码保护", f"{name} is protected by a password"),
                    hint=Words("请去掉密码再保存", "save it without one"),
                )
            if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
                raise SourceError(
                    Words(
                        f"{name} 是压缩包，不是 .xlsx 工作簿", f"{name} is a zip file, but no .xlsx workbook"
                    )
                )
            if "xl/workbook.bin" in names:
                raise SourceError(
                    Words(f"{name} 是二进制工作簿（.xlsb）", f"{name} is a binary workbook (.xlsb)"),
                    hint=Words("请另存为 .xlsx", "save it as .xlsx"),
                )
            return _look(archive, name, total)
    except (FileNotFoundError, PermissionError):
        raise
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise SourceError(
            Words(f"{name} 已损坏：{error}", f"{name} is damaged: {error}"),
            hint=Words("请用表格软件打开，重新保存", "open it in a spreadsheet program and save it again"),
        ) from error


def check_old(path: Path) -> None:
    """Refuse a hostile .xls or .ods file; what is inside is parsed under limits of memory and time.

    Raises
    ------
    SourceError
        With the limit that was passed.
    """
    name = path.name
    if path.stat().st_size > MAX_FILE:
        raise SourceError(
            Words(
                f"{name} 超过 {MAX_FILE // 1_000_000} MB", f"{name} is larger than {MAX_FILE // 1_000_000} MB"
            ),
            hint=Words("请把各表另存为 .csv", "save the sheets as .csv"),
        )
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            total = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or total > min(
                MAX_UNPACKED, MAX_RATIO * max(path.stat().st_size, 10_000)
            ):
                raise SourceError(
                    Words(
                        f"{name} 解开有 {total // 1_000_000:,} MB，已拒绝",
                        f"{name} unpacks to {total // 1_000_000:,} MB: refused",
                    )
                )
            for part in parts:
                if part.flag_bits & 1 or part.filename.endswith("encryption.xml"):
                    raise SourceError(
                        Words(f"{name} 有密码保护", f"{name} is protected by a password"),
                        hint=Words("请去掉密码再保存", "save it without one"),
                    )
                if part.filename.endswith(".xml"):
                    with archive.open(part) as stream:
                        head = stream.read(_HEAD)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise SourceError(
                            Words(
                                f"{name} 含文档类型定义，已拒绝",
                                f"{name} holds a document type definition: refused",
                            )
                        )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(
            Words(f"{name} 已损坏：{error}", f"{name} is damaged: {error}"),
            hint=Words("请用表格软件打开，重新保存", "open it in a spreadsheet program and save it again"),
        ) from error


def _look(archive: zipfile.ZipFile, name: str, unpacked: int) -> Look:
    roots = {part: _root(archive, part, name) for part in archive.infolist()}
    if sum(_sheets(archive, part) for part, root in roots.items() if root == b"workbook") > sum(
        root.endswith(b"sheet") for root in roots.values()
    ):
        # The same part as many sheets.
        raise _odd(name)
    lengths = array("L")
    for part, root in roots.items():
        if root == b"sst":
            with archive.open(part) as stream:
                lengths.extend(_lengths(stream, name))
    sheets = []
    for part in (part for part, root in roots.items() if root == b"worksheet"):
        with archive.open(part) as stream:
            sheets.append((part, *_sheet(stream, name, part.filename)))
    cells, longest = sum(cells for _, _, cells in sheets), max(lengths, default=0)
    room = _TEXT + _TEXT_FOR_EACH * unpacked
    if cells * longest > room:
        # Only then is it worth to count.
        for part, *_ in sheets:
            with archive.open(part) as stream:
                room -= sum(_shared(block, lengths, longest) for block in _blocks(stream, 300))
        if room < 0:
            raise too_much_text(name)
    return Look(any(sparse for _, sparse, _ in sheets), cells, _TEXT + _TEXT_FOR_EACH * unpacked, unpacked)


def too_much_text(name: str) -> SourceError:
    """Say that a small file holds the same long texts again and again."""
    return SourceError(
        Words(
            f"{name} 的单元格重复的长文字太多，不予读取",
            f"{name} repeats long texts in too many cells: refused",
        ),
        hint=Words("把各表另存为 .csv", "save the sheets as .csv"),
    )


def too_long(name: str, where: Words) -> SourceError:
    """Say that a cell holds more than any spreadsheet program writes."""
    return SourceError(
        Words(
            f"{name}{where.zh}：一格超过 {MAX_CHARACTERS:,} 个字符",
            f"{name}{where.en}: a cell has more than {MAX_CHARACTERS:,} characters",
        ),
        hint=Words("引号没有闭合？请缩短这一格", "is a quotation mark left open? else shorten the cell"),
    )


def _odd(name: str) -> SourceError:
    return SourceError(
        Words(
            f"{name} 含有表格软件不会写的内容，已拒绝",
            f"{name} holds a part that no spreadsheet program writes: refused",
        )
    )


def _root(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """Return the name of a part's root, empty for what isn't XML.

    A part that may define entities is refused, and one whose start can't be looked through.
    """
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
    if not part.filename.endswith((".xml", ".rels")):
        # Readers follow the relations, whatever a part is called.
        if _HOLDS_CELLS.search(head.replace(b"\0", b"")):
            raise _odd(name)
        return b""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise SourceError(
            Words(f"{name} 含文档类型定义，已拒绝", f"{name} holds a document type definition: refused")
        )
    match = _ROOT.match(head)
    if b"\0" in head or match is None:
        raise _odd(name)
    return match[1]


def _blocks(stream: IO[bytes], longest: int) -> Iterator[bytes]:
    """Return a part in pieces that each end before a tag, so that none is cut, unless it is longer than `longest`."""
    tail = b""
    while block := stream.read(_BLOCK):
        text = tail + block
        cut = text.rfind(b"<")
        tail = text[cut:] if cut >= 0 and len(text) - cut < longest else b""
        yield text[: len(text) - len(tail)]
    yield tail


def _sheets(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    with archive.open(part) as stream:
        return sum(len(_NAMED.findall(block)) for block in _blocks(stream, 1_000))


def _lengths(stream: IO[bytes], name: str) -> Iterator[int]:
    """Return the bytes of each shared text, marks included."""
    text = b""
    while block := stream.read(_BLOCK):
        text += block
        start = 0
        for match in _END.finditer(text):
            item = text[start : match.start()]
            if (
                len(item) > MAX_CHARACTERS
                and len(unescape(re.sub(rb"<[^>]*>", b"", item).decode("utf-8", "replace"))) > MAX_CHARACTERS
            ):
                raise too_long(name, Words("", ""))
            yield len(item)
            start = match.end()
        text = text[start:]
        if len(text) > 4 * _BLOCK:
            raise too_long(name, Words("", ""))


def _shared(block: bytes, lengths: array[int], longest: int) -> int:
    """Return the bytes of the shared texts in the cells of a block."""
    found = [int(n) for n in _SHARES.findall(block)]
    # What points at a text in a way that isn't looked through counts as the longest.
    beside = max(0, len(_MAY_SHARE.findall(block)) - len(found))
    return sum(lengths[n] for n in found if n < len(lengths)) + longest * beside


def _sheet(stream: IO[bytes], name: str, part: str) -> tuple[bool, int]:
    """Return whether a sheet is sparse, and its cells."""
    cells = placed = rows = bottom = 0
    columns = {b""}
    for block in _blocks(stream, 300):
        found = _CELL.findall(block)
        cells += len(found)
        columns.update(column for column, _ in found)
        placed += len(found) - found.count((b"", b""))
        # A row without cells still stretches the sheet.
        starts = _ROW.findall(block)
        rows += len(starts)
        bottom = max(bottom, max(map(int, {row for _, row in found}.union(starts) - {b""}), default=0))
    right = max(map(_column, columns))
    if cells > placed:
        right, bottom = max(right, min(cells - placed, 16_384)), max(bottom, rows)
    if cells > MAX_CELLS:
        raise SourceError(
            Words(
                f"{name} 一张表超过 {MAX_CELLS:,} 格",
                f"{name} has more than {MAX_CELLS:,} cells in one sheet",
            ),
            hint=Words("请把各表另存为 .csv", "save the sheets as .csv"),
        )
    box = right * bottom
    if box > MAX_BOX and cells < box / 20 and (bottom > 200_000 or right > 2_000) and cells < 1_000:
        raise SourceError(
            Words(
                f"{name}：{part} 只有 {cells} 格，却铺到 {bottom:,} 行、{right:,} 列",
                f"{name}: {part} has {cells} cells spread over {bottom:,} rows and {right:,} columns",
            ),
            hint=Words("请删掉远离表格的零散单元格", "delete the stray cell far from the table"),
        )
    return box > MAX_BOX or (box > 100_000 and cells < box / 20), cells


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value
