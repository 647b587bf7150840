"""Tell what a file is by how it begins, whatever its name says, and read what is no plain table."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from powermap.errors import SourceError
from powermap.sources.encoding import decode
from powermap.sources.folders import called
from powermap.sources.formats import archives, calendars, ldif, mails, vcard, web_tables
from powermap.sources.formats.made import Sheet, tables_of
from powermap.sources.table import Table, text_table
from powermap.words import Words

HEAD = 16_384
"""Bytes by which a file is known."""
MAX_TEXT = 50_000_000
"""Bytes of a file of cards, meetings or entries, or of a web page."""
MAX_MAILS = 4_000_000_000
"""Bytes of a mailbox, of which only the headers are read."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format of text: how a file of it begins, and its reader, which gets the text and the file's name."""

    begins: Callable[[str], object]
    read: Callable[[str, str], list[Sheet]]


FORMATS = (
    TextFormat(re.compile(r"BEGIN:VCARD\b", re.IGNORECASE).match, vcard.read),
    TextFormat(re.compile(r"BEGIN:V(?:CALENDAR|EVENT)\b", re.IGNORECASE).match, calendars.read),
    TextFormat(ldif.BEGINS.match, ldif.read),
)


def start_of(head: bytes) -> str:
    """Return the first characters of a text, in whatever encoding: marks and names of formats are ASCII."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return head[: len(head) & ~3].decode(encoding, "ignore").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def is_old_workbook(path: Path) -> bool:
    """Tell whether a file is an .xls or .ods workbook."""
    head = _head(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    if not head.startswith(b"PK\x03\x04"):
        return False
    if _OPEN_DOCUMENT in head[:200]:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:1000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "content.xml" in names and "[Content_Types].xml" not in names


def is_known(path: Path) -> bool:
    """Tell whether a file is of a format that is told by its content."""
    head = _head(path)
    start = start_of(head)
    return (
        any(known.begins(start) for known in FORMATS)
        or bool(mails.MBOX.match(start))
        or mails.is_mail(start)
        or bool(web_tables.BEGINS.match(start))
        or is_old_workbook(path)
        or archives.members(path) is not None
    )


def read(path: Path, encoding: str | None = None) -> list[Table] | None:
    """Read a file of a format that is told by its content; None if it is none of them.

    Raises
    ------
    SourceError
        If it is too large, or can't be read.
    """
    head, name = _head(path), called(path)
    if head.startswith(b"PK\x03\x04") and archives.members(path) is not None:
        return archives.read(path, lambda data, inner: [text_table(data, inner, encoding)])
    start = start_of(head)
    if mails.MBOX.match(start) or mails.is_mail(start):
        _need_size(path, MAX_MAILS)
        return tables_of(mails.read(path, name))
    known = next((known for known in FORMATS if known.begins(start)), None)
    web = known is None and web_tables.BEGINS.match(start)
    if known is None and not web:
        return None
    _need_size(path, MAX_TEXT)
    decoded = decode(path.read_bytes(), path.name, encoding)
    if known is None:
        return web_tables.read(decoded.text, name)
    return tables_of(known.read(decoded.text, name), decoded.notes)


def _need_size(path: Path, most: int) -> None:
    if path.stat().st_size > most:
        raise SourceError(
            Words(
                f"{path.name} 超过 {most // 1_000_000} MB",
                f"{path.name} is larger than {most // 1_000_000} MB",
            ),
            hint=Words("请分几次导出", "export it in parts"),
        )
