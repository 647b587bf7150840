"""E-mail addresses: which name nobody, and of which company the others are."""

from __future__ import annotations

import re

from powermap.model.mailboxes import FREE, SHARED

_ADDRESS = re.compile(r"[^\s<>,;:\"'()@]+@[^\s<>,;:\"'()@]+\.[^\s<>,;:\"'()@.]+")
_SECOND_WORDS = "com co org net gov edu ac or ne go"
_SECOND = frozenset(_SECOND_WORDS.split())


def address(text: str) -> str:
    """Return the address that a text holds, in small letters, or nothing."""
    found = _ADDRESS.search(text[:500])
    return found[0].lower() if found else ""


def is_nobody(written: str) -> bool:
    """Tell whether an address is a mailbox of many or of a machine: info@, noreply@, a resource of a calendar."""
    local, _, where = written.partition("@")
    return (
        local.partition("+")[0] in SHARED
        or re.split(r"[._\-+=\d]", local, maxsplit=1)[0] in ("noreply", "bounce", "bounces", "notifications")
        or "reply" in local.replace(".", "-").split("-")
        or where.endswith(("calendar.google.com", "resource.calendar.google.com", "imip.me.com"))
        or len(local) > 64
    )


def domain(written: str) -> str:
    """Return the company's domain of an address, nothing where everybody may have one."""
    where = written.rpartition("@")[2]
    if where in FREE:
        return ""
    parts = where.split(".")
    keep = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND else 2
    return ".".join(parts[-keep:])


def name_of(written: str, shown: str = "") -> str:
    """Return a person's name: as a mail or a meeting shows it, else as the address spells it."""
    clean = " ".join(shown.replace('"', " ").split()).strip("' ")
    if clean and "@" not in clean:
        return clean[:200]
    parts = re.split(r"[._]", written.partition("@")[0])
    if 2 <= len(parts) <= 3 and all(part.isalpha() for part in parts):
        return " ".join(part.capitalize() for part in parts)
    return written
