"""Mails (mbox, eml): who wrote whom and when, from their headers. Bodies are passed over and never held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from powermap.sources.formats.addresses import address
from powermap.sources.formats.made import Sheet
from powermap.sources.formats.meetings import Meeting, sheet_of

MOST = 200_000
"""Mails of a file."""
_LONGEST = 262_144
"""Bytes of the headers of a mail."""
_LINE = 65_536
MBOX = re.compile(r"From \S{1,320}+ [^,\n]{0,80}?\d\d:\d\d[^\n]{0,80}\n[!-9;-~]{1,80}:")
"""How a mailbox begins: a line of the program, then the first header."""
EML = re.compile(
    r"(?:Received|Return-Path|Delivered-To|X-[A-Za-z0-9-]+|Message-ID|Date|From|To|Cc|Subject|MIME-Version|Reply-To|Sender"
    r"|DKIM-Signature|Authentication-Results|ARC-[A-Za-z-]+|Thread-Topic|Thread-Index|References|In-Reply-To|Content-Type)"
    r":[ \t\r\n]",
    re.IGNORECASE,
)
_UNWANTED = re.compile(r"\b(?:Spam|Trash|Chat|Drafts?)\b|垃圾邮件|已删除|草稿", re.IGNORECASE)
"""Labels of what was never sent or is unwanted."""
_FROM, _DATE = re.compile(r"^From:", re.I | re.M), re.compile(r"^(?:Date|To):", re.I | re.M)
_AGAIN = re.compile(
    r"^\s*(?:(?:re|aw|fw|fwd|wg|tr|rv|sv|vs|回复|答复|转发)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)


def is_mail(start: str) -> bool:
    """Tell whether a text that begins so is one mail: its first line a header, and From and Date or To among them."""
    return bool(EML.match(start) and _FROM.search(start) and _DATE.search(start))


def read(path: Path, file: str, today: date | None = None) -> list[Sheet]:
    """Read the headers of all mails of a file. Mails of one day, thread and people count once."""
    sheet = sheet_of(file, [])
    last = today or date.today()
    seen: set[tuple[object, ...]] = set()
    with path.open("rb") as stream:
        for count, (number, headers) in enumerate(_headers(stream)):
            if count >= MOST:
                sheet.leave(f"第 {MOST:,} 封以后的邮件", f"mails beyond {MOST:,}")
                break
            meeting = _mail(number, headers, sheet, last)
            if meeting is None:
                continue
            alike = (
                meeting.on,
                _AGAIN.sub("", meeting.purpose).lower(),
                frozenset(a for a, _ in meeting.people),
            )
            if alike in seen:
                sheet.leave("同一天同一话题的邮件，只记一次", "mails of one day and thread, counted once")
                continue
            seen.add(alike)
            sheet.rows.append((number, {"meeting": meeting}))
    return [sheet]


def _headers(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Return the headers of each mail, and the number of their first line."""
    held: list[bytes] | None = None
    begun, size, blank, boxes = 1, 0, True, False
    number = 0
    while line := stream.readline(_LINE):
        number += 1
        if line.startswith(b"From ") and blank and (number == 1 or boxes):
            if held:
                yield begun, b"".join(held)
            boxes, held, begun, size, blank = True, [], number + 1, 0, False
            continue
        if number == 1:
            held = []
        blank = not line.strip()
        if held is None:
            continue
        size += len(line)
        if blank or size > _LONGEST:
            # From here on it is the mail itself, until the next one begins.
            if held:
                yield begun, b"".join(held)
            held = None
            if not boxes:
                return
        else:
            held.append(line)
    if held:
        yield begun, b"".join(held)


def _mail(number: int, headers: bytes, sheet: Sheet, last: date) -> Meeting | None:
    try:
        mail = BytesHeaderParser().parsebytes(headers)
        said = {name.lower(): str(value) for name, value in reversed(mail.items())}
    except (ValueError, LookupError, AttributeError, TypeError):
        sheet.leave("读不了的邮件", "mails that can't be read")
        return None
    if _is_of_a_machine(said):
        sheet.leave("群发、列表和自动邮件", "mails of lists, campaigns and machines")
        return None
    on = _day(said.get("date", ""))
    people = _people([said.get(name, "") for name in ("from", "to", "cc")])
    if on is None or on > last:
        sheet.leave("没有日期的邮件", "mails without a day")
        return None
    if len(people) < 2:
        sheet.leave("没有收件人的邮件", "mails to nobody else")
        return None
    subject = " ".join(_readable(said.get("subject", "")).split())[:200]
    key = said.get("message-id", "").strip().strip("<>")[:200]
    box = next(
        (said[n] for n in ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to") if n in said), ""
    )
    return Meeting(number, key, on, "email", subject, people, address(box))


def _is_of_a_machine(said: dict[str, str]) -> bool:
    if {"list-id", "list-unsubscribe", "x-campaign", "x-mailer-recptid"} & said.keys():
        return True
    if said.get("x-spam-flag", "").strip().lower() == "yes" or _UNWANTED.search(
        said.get("x-gmail-labels", "")
    ):
        return True
    if said.get("precedence", "").strip().lower() in ("bulk", "list", "junk"):
        return True
    return said.get("auto-submitted", "no").strip().lower() != "no"


def _day(written: str) -> date | None:
    """Return the day as the sender's clock had it."""
    try:
        found = parsedate_to_datetime(written)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if not isinstance(found, datetime) or not 1980 <= found.year <= 2200:
        return None
    return found.date() if found.tzinfo else found.replace(tzinfo=UTC).date()


def _people(fields: list[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for written in fields:
        for shown, where in _addresses(" ".join(written.split())[:100_000]):
            one = address(where)
            if one:
                found[one] = found.get(one) or _readable(shown)
    return tuple(found.items())


def _addresses(written: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([written])
    except (ValueError, IndexError, TypeError):
        return []


def _readable(written: str) -> str:
    """Return a header as it is meant: its encoded words decoded, whatever can't be left as it is."""
    try:
        parts = decode_header(written)
    except (ValueError, TypeError, IndexError):
        return written
    out = []
    for part, charset in parts:
        if isinstance(part, bytes):
            try:
                part = part.decode(charset or "utf-8", "replace")
            except (LookupError, ValueError):
                part = part.decode("utf-8", "replace")
        out.append(part)
    return "".join(out)
