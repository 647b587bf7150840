"""A company's rule pack beside the built-in one: what it gives otherwise, key by key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from powermap.method.pack import HERE, Pack, load_pack


@dataclass(frozen=True, slots=True)
class Different:
    """A key whose value is another one; None where one side has no such key."""

    file: str
    key: str
    ours: Any
    theirs: Any


def compare(folder: Path) -> list[Different]:
    """Return what a company's pack gives otherwise than the built-in one, by file and key.

    Raises
    ------
    ConfigError
        If the pack doesn't fit: every fault.
    """
    mine, built_in = load_pack(folder), load_pack()
    return [
        Different(name, key, old, new)
        for name in given(folder)
        for key, old, new in _between(built_in.topics.get(name, {}), mine.topics[name], "")
    ]


def given(folder: Path) -> list[str]:
    """List the files of a company's pack."""
    return [path.stem for path in sorted(folder.glob("*.toml"))]


def count_keys(folder: Path) -> int:
    """Count the values that the files of a company's pack give."""
    files = (tomllib.loads(path.read_text("utf-8-sig")) for path in sorted(folder.glob("*.toml")))
    return sum(1 for topic in files for _ in _leaves(topic))


def topics() -> list[str]:
    """List the files of the built-in pack."""
    return [path.stem for path in sorted(HERE.glob("*.toml"))]


def rows(pack: Pack, topic: str) -> list[tuple[str, str, str, str]]:
    """Return (key, what it is, in Chinese, in English) of everything in one file, in its order."""
    return list(_rows(pack.topic(topic), ""))


def _rows(value: Any, key: str) -> Iterator[tuple[str, str, str, str]]:
    if isinstance(value, dict) and "zh" in value and "en" in value:
        rest = {k: v for k, v in value.items() if k not in ("zh", "en", "key")}
        told = " · ".join(f"{k} {_plain(v)}" for k, v in rest.items())
        yield key, told, _plain(value["zh"], "、"), _plain(value["en"])
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _rows(below, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        for row in value:
            yield from _rows(row, str(row.get("key", row.get("value", key))))
    else:
        yield key, _plain(value), "", ""


def _plain(value: Any, between: str = ", ") -> str:
    if isinstance(value, list):
        return between.join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for below in value.values():
            yield from _leaves(below)
    elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        for row in value:
            yield from _leaves(row)
    else:
        yield value


def _between(old: Any, new: Any, key: str) -> Iterator[tuple[str, Any, Any]]:
    old, new = _by_key(old), _by_key(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from _between(old.get(name), new.get(name), f"{key}.{name}".lstrip("."))
    elif old != new:
        yield key, old, new


def _by_key(value: Any) -> Any:
    """Return rows by what each is known by."""
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return {str(row.get("key", row.get("value", n))): row for n, row in enumerate(value)}
    return value
