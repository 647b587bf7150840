"""Things to do as a calendar that any calendar program reads (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import blake2b

from powermap.analysis.todos import KINDS, Todo
from powermap.words import Lang


def as_calendar(todos: Iterable[Todo], lang: Lang) -> bytes:
    """Write an all-day event for each thing that has a day, the same bytes for the same things."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//powermap//powermap//EN", "CALSCALE:GREGORIAN"]
    for todo in todos:
        if todo.due is not None:
            lines += _event(todo, todo.due, lang)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(todo: Todo, due: date, lang: Lang) -> list[str]:
    kind = KINDS[todo.kind][lang]
    who = f" · {todo.people[lang]}" if todo.people[lang] else ""
    summary = f"{kind} · {todo.account_name[lang]} · {todo.what[lang]}{who}"
    told = " · ".join(filter(None, (todo.owner_name, todo.note[lang])))
    uid = blake2b(todo.record.encode(), digest_size=12).hexdigest()
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@powermap",
        f"DTSTAMP:{due:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        *([f"DESCRIPTION:{_text(told)}"] if told else []),
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """Escape what has a meaning in a value, and leave out what is no text."""
    clean = "".join(c for c in value if c == "\n" or c.isprintable())
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that none has more than 75 bytes, never within a character."""
    parts, size = [""], 0
    for c in line:
        width = len(c.encode("utf-8"))
        if size + width > 74:
            parts.append("")
            size = 0
        parts[-1] += c
        size += width
    return "\r\n ".join(parts)
