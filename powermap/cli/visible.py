"""Text that others wrote, on a terminal: what would steer it, or turn text around, is shown and not obeyed.

File names, headers, values, authors and messages come from anybody. An escape sequence among them could rewrite
lines above, set the title or the clipboard, or answer in the user's name; a mark of direction makes ``fdp.exe`` read
``exe.pdf``. So everything that is printed for people goes through :class:`Screen`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# C0 but line end and tab, DEL, C1; marks and overrides of direction; the separators of lines and paragraphs.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return the text with ``␛`` for an escape, and ``\\u202e`` for a mark that turns text around."""
    return _STEERING.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else f"\\u{code:04x}"


def in_json(text: str) -> str:
    """Return JSON that says the same, with what steers a terminal as ``\\u`` and its number."""
    # Between values JSON has none of them but line ends, so all stand in strings.
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Screen(Console):
    """A console that shows what others wrote, and obeys only what is ours."""

    def __init__(self, file: TextIO, width: int | None = None, no_color: bool | None = None) -> None:
        super().__init__(file=file, width=width, highlight=False, no_color=no_color)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render anything; its texts are made visible, the codes of colour and place are ours."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else visible(text), style, control)
