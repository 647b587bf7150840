"""The language of the person at the terminal: known before any command runs, for help and errors."""

from __future__ import annotations

import dataclasses
import inspect
import sys
import typing
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
    """Add a command to a tree: its help is its docstring, in Chinese `zh`.

    A parameter that is a dataclass of options stands for all of them: see :mod:`powermap.cli.options`.
    """
    en = inspect.cleandoc(function.__doc__ or "")
    command = app.command(name, help=told(zh, en), rich_help_panel=panel, context_settings=context_settings)
    command(_unfolded(function))


def _unfolded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the command with a parameter for each option, of which it is given the groups that it asks for."""
    groups: dict[str, tuple[type, list[str]]] = {}
    parameters: list[inspect.Parameter] = []
    hints = typing.get_type_hints(function, include_extras=True)
    for parameter in inspect.signature(function).parameters.values():
        hint = hints[parameter.name]
        if not dataclasses.is_dataclass(hint):
            parameters.append(parameter.replace(annotation=hint))
            continue
        options, inner = dataclasses.fields(hint), typing.get_type_hints(hint, include_extras=True)
        groups[parameter.name] = typing.cast(type, hint), [option.name for option in options]
        parameters += (
            inspect.Parameter(o.name, parameter.kind, default=o.default, annotation=inner[o.name])
            for o in options
        )

    def command(**values: Any) -> None:
        for name, (group, names) in groups.items():
            values[name] = group(**{option: values.pop(option) for option in names})
        function(**values)

    command.__name__ = function.__name__
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    typing.cast(Any, command).__signature__ = inspect.Signature(parameters)
    return command
