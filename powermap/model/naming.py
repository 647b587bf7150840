"""When two names are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

OURS = "我方 Us"
"""What our own company is called until somebody says its name."""
INVISIBLE = frozenset(
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Signs that nobody sees, and that make two of one name: marks of zero width and of direction."""
_GONE = dict.fromkeys(map(ord, INVISIBLE))


def fold(text: str) -> str:
    """Fold width, case and spaces, so that what looks the same is the same."""
    if text.isascii():
        return "".join(text.lower().split())
    return "".join(unicodedata.normalize("NFKC", text).translate(_GONE).casefold().split())


def name_key(kind: str, name: str) -> str:
    """Return the key under which a thing keeps a name that it had when two records of it were made one."""
    return f"name|{kind.lower()}|{name}"


def other_names(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names that keys hold."""
    return tuple(key.split("|", 2)[2] for key in keys if key.startswith("name|") and key.count("|") >= 2)
