"""The colours of all pages: one file, ``viz/tokens.json``, that stylesheets, scripts and Python read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from powermap import resources


@cache
def light(page: str) -> Mapping[str, str]:
    """Return the colours of a page (``map`` or ``portfolio``) in the light theme, by token."""
    return {token: pair[0] for token, pair in _tokens(page).items()}


def rgb(page: str, token: str) -> tuple[int, int, int]:
    """Return a colour of the light theme as red, green and blue, 0 to 255; it must be written in hexadecimals."""
    shade = light(page)[token].removeprefix("#")
    red, green, blue = bytes.fromhex(shade if len(shade) == 6 else "".join(c * 2 for c in shade))
    return red, green, blue


@cache
def variables(page: str, *, switched: bool = True) -> str:
    """Return a page's colours as CSS: every token a variable; the dark theme holds on the screen alone.

    A page without a script can't be `switched`: it is dark where the system is.
    """
    bright = "".join(f"  --{token}: {pair[0]};\n" for token, pair in _tokens(page).items())
    dark = "".join(
        f"    --{token}: {pair[1]};\n" for token, pair in _tokens(page).items() if pair[0] != pair[1]
    )
    if not switched:
        return (
            f":root {{\n  color-scheme: light dark;\n{bright}}}\n"
            f"@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}\n"
        )
    return (
        f":root {{\n  color-scheme: light;\n{bright}}}\n"
        f"@media screen {{\n  :root[data-theme='dark'] {{\n    color-scheme: dark;\n{dark}  }}\n}}\n"
    )


def _tokens(page: str) -> dict[str, tuple[str, str]]:
    """Return token -> (light, dark): those of all pages, then the page's own."""
    groups = json.loads(resources.text("viz", "tokens.json"))
    return {token: (pair[0], pair[-1]) for group in ("shared", page) for token, pair in groups[group].items()}
