"""The language of the person at the terminal: known before any command runs, for help and errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from powermap.errors import PowermapError
from powermap.words import Lang


def spoken(arguments: Sequence[str] | None = None) -> Lang:
    """Return the language asked for by ``--lang`` in the arguments (default: of this process), else the settings'."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    for i, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--lang" and (value or words[i + 1 : i + 2]):
            said = value or words[i + 1]
            if said in ("zh", "en"):
                return "zh" if said == "zh" else "en"
    from powermap.settings import load_settings

    try:
        return "zh" if load_settings().lang == "zh" else "en"
    except PowermapError:
        return "en"
