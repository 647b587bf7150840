"""Names as they are searched: by what is written, in any case, and by pinyin, whole or initials."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_HAN = re.compile("[\u4e00-\u9fff]")


def fold(text: str) -> str:
    """Fold width, case and spaces, so that what looks the same is the same."""
    if text.isascii():
        return "".join(text.lower().split())
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def search_text(props: dict[str, Any]) -> str:
    """Return what a search looks in: the names, and the pinyin of Chinese ones, one a line."""
    names = [str(props[key]) for key in ("name", "name_alt") if props.get(key)]
    lines = [fold(name) for name in names]
    for name in names:
        if _HAN.search(name):
            from pypinyin import Style, lazy_pinyin

            lines.append(fold("".join(lazy_pinyin(name))))
            lines.append(fold("".join(lazy_pinyin(name, style=Style.FIRST_LETTER))))
    return "\n".join(dict.fromkeys(lines))
