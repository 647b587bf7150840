"""When two names are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Fold width, case and spaces, so that what looks the same is the same."""
    if text.isascii():
        return "".join(text.lower().split())
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def name_key(kind: str, name: str) -> str:
    """Return the key under which a thing keeps a name that it had when two records of it were made one."""
    return f"name|{kind.lower()}|{name}"


def other_names(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names that keys hold."""
    return tuple(key.split("|", 2)[2] for key in keys if key.startswith("name|") and key.count("|") >= 2)
