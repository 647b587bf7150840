"""Cells: what a written value means, and what is said of one that can't be read."""

from __future__ import annotations

import re
import unicodedata

from powermap.model.naming import INVISIBLE
from powermap.sources.table import Cell

ERRORS = frozenset(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"))
"""What a spreadsheet writes for a formula that fails."""


class CellFault(Exception):
    """A value that can't be read: reason and suggestion in English and Chinese, and a code."""

    def __init__(
        self, code: str, en: str, zh: str, hint_en: str = "", hint_zh: str = "", *, foreign: bool = False
    ) -> None:
        super().__init__(en)
        self.code, self.en, self.zh, self.hint_en, self.hint_zh = code, en, zh, hint_en, hint_zh
        self.foreign = foreign
        """Whether it is a word that is neither known nor near to a known one."""


def split(value: Cell) -> list[str]:
    """Split a cell of several values at ; ； 、 | or line breaks."""
    return [part.strip() for part in re.split(r"[;；、|\n]+", str(value)) if part.strip()]


def text(value: Cell) -> str:
    """Read text; control characters and signs that nobody sees go, and inner line breaks stay."""
    written = str(value)
    if written.startswith("#") and written.upper() in ERRORS:
        raise CellFault(
            "formula-error",
            f"{value} is the error of a formula",
            f"“{value}”是公式错误",
            "write the value itself, or empty the cell",
            "请直接写值，或清空这一格",
        )
    if written.isascii() and written.isprintable() and len(written) <= 200:
        return written.strip()
    clean = "".join(
        c
        for c in unicodedata.normalize("NFC", written)
        if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in INVISIBLE)
    )
    if len(clean) > 4000:
        raise CellFault(
            "too-long",
            f"the text has {len(clean)} characters, more than 4000",
            f"文字有 {len(clean)} 个字符，超过 4000",
            "shorten it",
            "请缩短",
        )
    return clean.strip()


def name(value: Cell) -> str:
    """Read a name: one line, single spaces, 200 characters at most."""
    clean = " ".join(text(value).split())
    if len(clean) > 200:
        raise CellFault(
            "too-long",
            f"the name has {len(clean)} characters, more than 200",
            f"名称有 {len(clean)} 个字符，超过 200",
            "shorten it",
            "请缩短",
        )
    return clean


def is_clear(value: Cell) -> bool:
    """Tell whether a cell says that what was known is taken back."""
    return isinstance(value, str) and value.strip() in ("-", "－", "—", "–")
