"""Look at a workbook before it is parsed: a small file can take all memory, or abort the process.

Measured: a 4.7 KB file with one cell at XFD1048576 aborts python-calamine; 20,000 rows with one stray note in the last
column take it 62 s and 10 GB. So sizes, document types and the box of cells are checked on the stream.
"""

from __future__ import annotations

import re
import zipfile
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

_REF = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?:[^>]*?\s)?r=["'](\d{1,7})["']""")


def check(path: Path) -> bool:
    """Refuse a hostile workbook; tell whether a sheet is sparse and needs the careful reader.

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
    sparse = False
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
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        head = _prolog(stream.read(65_536), name)
                        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                            sparse |= _box(head, stream, name, part.filename)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise SourceError(
            Words(f"{name} 已损坏：{error}", f"{name} is damaged: {error}"),
            hint=Words("请用表格软件打开，重新保存", "open it in a spreadsheet program and save it again"),
        ) from error
    return sparse


def _prolog(head: bytes, name: str) -> bytes:
    """Refuse a part that may define entities: one with a document type, or whose start can't be looked through."""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise SourceError(
            Words(f"{name} 含文档类型定义，已拒绝", f"{name} holds a document type definition: refused")
        )
    if b"\0" in head or not re.search(rb"<[A-Za-z_]", head):
        raise SourceError(
            Words(
                f"{name} 含有表格软件不会写的内容，已拒绝",
                f"{name} holds a part that no spreadsheet program writes: refused",
            )
        )
    return head


def _box(head: bytes, stream: IO[bytes], name: str, part: str) -> bool:
    cells = right = bottom = 0
    tail = b""
    block = head
    while block:
        text = tail + block
        for match in _REF.finditer(text):
            cells += 1
            right = max(right, _column(match[1]))
            bottom = max(bottom, int(match[2]))
        # A row without cells still stretches the sheet.
        bottom = max(bottom, max((int(row) for row in _ROW.findall(text)), default=0))
        cut = text.rfind(b"<")
        tail = text[cut:] if cut >= 0 and len(text) - cut < 200 else b""
        block = stream.read(1 << 20)
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
    return box > MAX_BOX or (box > 100_000 and cells < box / 20)


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value
