"""Names as they are searched: by what is written, in any case, and by pinyin, whole or initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_HAN = re.compile("[\u4e00-\u9fff]")


def fold(text: str) -> str:
    """Fold width, case and spaces, so that what looks the same is the same."""
    if text.isascii():
        return "".join(text.lower().split())
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def search_text(props: Mapping[str, Any]) -> str:
    """Return what a search looks in: the names, and the pinyin of Chinese ones, one a line."""
    return search_lines(props.get("name"), props.get("name_alt"))


def search_lines(name: str | None, name_alt: str | None) -> str:
    """Return the same for two names."""
    if name and not name_alt and name.isascii():
        return fold(name)
    names = [str(n) for n in (name, name_alt) if n]
    lines = [fold(n) for n in names]
    for n in names:
        if _HAN.search(n):
            from pypinyin import Style, lazy_pinyin

            lines.append(fold("".join(lazy_pinyin(n))))
            lines.append(fold("".join(lazy_pinyin(n, style=Style.FIRST_LETTER))))
    return "\n".join(dict.fromkeys(lines))
