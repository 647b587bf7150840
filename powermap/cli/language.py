"""The language of the person at the terminal: known before any command runs, for help and errors."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import typer

from powermap.configuration import chosen_lang
from powermap.words import Lang


def spoken(arguments: Sequence[str] | None = None) -> Lang:
    """Return the language asked for by ``--lang`` in the arguments (default: of this process), else the configured one."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    for i, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--lang" and (value or words[i + 1 : i + 2]):
            said = value or words[i + 1]
            if said in ("zh", "en"):
                return "zh" if said == "zh" else "en"
    return chosen_lang()


def told(zh: str, en: str) -> str:
    """Return the text in the language of this process: for help, which is made before a command says its own."""
    return zh if _spoken_once(tuple(sys.argv[1:])) == "zh" else en


_spoken_once = cache(spoken)


def offer(
    app: typer.Typer,
    name: str,
    function: Callable[..., Any],
    zh: str,
    panel: str | None = None,
    *,
    context_settings: dict[str, Any] | None = None,
) -> None:
    """Add a command to a tree: its help is its docstring, in Chinese `zh`."""
    en = inspect.cleandoc(function.__doc__ or "")
    app.command(name, help=told(zh, en), rich_help_panel=panel, context_settings=context_settings)(function)
