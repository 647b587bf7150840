"""People of big sheets by company and name, or company and number, all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.model.columns import Column

Ints = NDArray[np.int64]
MANY = -2
"""Stands for somebody whom a name doesn't tell."""


class Lookup:
    """Places in a list, by company and text."""

    def __init__(self, folded: Callable[[str], str]) -> None:
        self._folded = folded
        self._numbers: dict[str, int] = {}
        self._read: dict[str, int] = {}
        self._keys: Ints = np.zeros(0, np.int64)
        self._places: Ints = np.zeros(0, np.int64)

    def fill(self, told: Iterable[tuple[Column, Ints, Ints]]) -> bool:
        """Take (texts, companies, places); tell whether no text means two places of one company."""
        parts = []
        for column, companies, places in told:
            for text in column.values:
                if text not in self._read:
                    self._read[text] = self._numbers.setdefault(self._folded(text), len(self._numbers))
            numbers = np.array([self._read[text] for text in column.values])
            have = column.codes >= 0
            parts.append((companies[have] << 32 | numbers[column.codes[have]], places[have]))
        keys = np.concatenate([part[0] for part in parts])
        places = np.concatenate([part[1] for part in parts])
        order = np.lexsort((places, keys))
        keys, places = keys[order], places[order]
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
        keys, places = keys[fresh], places[fresh]
        self._keys, first, counts = np.unique(keys, return_index=True, return_counts=True)
        self._places = np.where(counts > 1, MANY, places[first])
        return bool((counts == 1).all())

    def find(self, column: Column, companies: Ints) -> Ints:
        """Return the place that each text means in its company, -1 for none, MANY for several."""
        if not len(self._keys):
            return np.full(len(column.codes), -1, np.int64)
        read = self._read
        known = np.array(
            [read[t] if t in read else self._numbers.get(self._folded(t), -1) for t in column.values]
        )
        numbers = np.where(column.codes >= 0, known[column.codes], -1)
        wanted = companies << 32 | np.maximum(numbers, 0)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found = (numbers >= 0) & (companies >= 0) & (self._keys[at] == wanted)
        return np.where(found, self._places[at], -1)


def numbered(column: Column) -> Ints:
    """Number what a column says: writings of one meaning have one number, -1 is nothing."""
    numbers: dict[Any, int] = {}
    codes = np.array([numbers.setdefault(value, len(numbers)) for value in column.values])
    return np.where(column.codes >= 0, codes[column.codes], -1)


def repeated(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell for each row whether another one has the same values."""
    key = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, key = np.unique(key * (int(column.max(initial=0)) + 2) + column + 1, return_inverse=True)
    return np.asarray(np.bincount(key)[key] > 1)
