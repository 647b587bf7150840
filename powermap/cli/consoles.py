"""What a stream of output can bear: a terminal its own letters, a file or a pipe UTF-8; nothing is worth a crash."""

from __future__ import annotations

import codecs
from functools import partial
from typing import Any, TextIO

MARKS = {
    "✓": "√",
    "✗": "×",
    "–": "-",
    "—": "-",
    "…": "...",
    "→": "->",
    "●": "*",
    "○": "o",
    "≥": ">=",
    "≤": "<=",
}
"""What stands for a mark of ours where a terminal lacks it, as that of Chinese Windows (code page 936) lacks ✓."""
PLAIN = {"✓": "+", "✗": "x"}


def prepare(stream: TextIO | Any) -> None:
    """Let a stream write whatever a name holds.

    A terminal says itself which letters it has: Windows' own takes all, an older one or a terminal in GB 18030 takes
    its own. Plain ASCII is what Python takes for a terminal that nobody said anything about: it gets UTF-8.
    """
    if not hasattr(stream, "reconfigure"):
        return
    own = codecs.lookup(stream.encoding or "utf-8").name
    if not stream.isatty() or own == "ascii":
        own = "utf-8"
    name = f"powermap-{own}"
    codecs.register_error(name, partial(_instead, own))
    stream.reconfigure(encoding=own, errors=name)


def _instead(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """Put something that can be written in the place of what can't: half a character, or one that isn't there."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    said = []
    for sign in error.object[error.start : error.end]:
        for instead in (MARKS.get(sign, "?"), PLAIN.get(sign, "?"), "?"):
            try:
                instead.encode(encoding)
            except UnicodeEncodeError:
                continue
            said.append(instead)
            break
    return "".join(said), error.end
