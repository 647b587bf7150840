"""Text that a spreadsheet would read as a formula: marked on the way out, and unmarked on the way in.

A cell that begins with one of these signs, half or full width, or with a tab or a line's end, is taken for a formula by
one program or another. An apostrophe before it makes it text.
"""

from __future__ import annotations

SIGNS = "=+-@\t\r\n＝＋－＠"


def _formula(text: str) -> bool:
    first = text.lstrip("'")[:1]
    return bool(first) and first in SIGNS


def guard(text: str) -> str:
    """Mark a text that would be read as a formula; a number, and a dash alone, is none."""
    return "'" + text if _formula(text) and text != "-" and not _number(text) else text


def unguard(text: str) -> str:
    """Take the mark of :func:`guard` off again."""
    return text[1:] if text[:1] == "'" and _formula(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
