"""Rule packs with another number in one place."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from powermap.method import Pack, load_pack
from powermap.method.contents import numbers

BUILT_IN = {(file, key): value for file, key, value, _ in numbers(load_pack().topics)}


class Ask(NamedTuple):
    """A question whose answer hangs on one number of the pack: what is said, by the number.

    The data lie on both sides of the built-in number; other numbers on both sides of it move the edge.
    """

    ask: Callable[[Pack], Any]
    said: Mapping[float, Any]


def changed(file: str, key: str, value: float) -> Pack:
    """Return the built-in pack with one number replaced; a key as ``contents.numbers`` has it."""
    topics = copy.deepcopy(load_pack().topics)
    table: Any = topics[file]
    *path, last = re.sub(r"\[(\w+)\]", r".\1", key).split(".")
    for part in path:
        table = next(r for r in table if r["key"] == part) if isinstance(table, list) else table[part]
    if (file, path) == ("attitudes", ["unknown"]):
        # The chances of an unknown attitude sum to 1: the others share the rest.
        for other in table.keys() - {last}:
            table[other] *= (1 - value) / (1 - table[last])
    table[last] = value
    return Pack(topics)


def cases(asked: Mapping[tuple[str, str], Ask]) -> list[tuple[str, str, float]]:
    """List every number with each value that is tried."""
    return [(file, key, value) for (file, key), found in asked.items() for value in found.said]


def untested(asked: Mapping[tuple[str, str], Ask], *files: str) -> list[tuple[str, str]]:
    """List the numbers of some files that aren't asked for at the built-in value, below it and above it."""
    wanted = {at: value for at, value in BUILT_IN.items() if at[0] in files}
    return [
        at
        for at, value in wanted.items()
        if at not in asked
        or value not in asked[at].said
        or not min(asked[at].said) < value < max(asked[at].said)
    ]
