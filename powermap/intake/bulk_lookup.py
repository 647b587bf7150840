"""People of big sheets by company and name, or company and number, all rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.model.columns import Column

Ints = NDArray[np.int64]
MANY = -2
"""Stands for somebody whom a name doesn't tell."""


class Lookup:
    """Places in a list, by company and text."""

    def __init__(self, folded: Callable[[str], str] = str) -> None:
        self._folded = folded
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._texts: list[str] = []
        self._of_text: Ints = np.zeros(0, np.int64)
        self._keys: Ints = np.zeros(0, np.int64)
        self._places: Ints = np.zeros(0, np.int64)

    def fill(self, told: Iterable[tuple[Column, Ints, Ints]]) -> bool:
        """Take (texts, companies, places); tell whether no text means two places of one company."""
        parts, found = [], []
        for column, companies, places in told:
            numbers = np.array(list(map(self._numbers.__getitem__, map(self._folded, column.values))))
            self._texts += column.values
            found.append(numbers)
            have = column.codes >= 0
            parts.append((numbers[column.codes[have]] << 32 | companies[have], places[have]))
        self._of_text = np.concatenate(found)
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

    def numbers(self, column: Column) -> Ints:
        """Number the text of each row, -1 for none that is known; most are written as they were before."""
        import pyarrow as pa
        import pyarrow.compute as pc

        texts = pa.array(column.values, pa.string())
        known = pc.index_in(texts, value_set=pa.array(self._texts, pa.string())).fill_null(-1).to_numpy()
        known = np.append(self._of_text, -1)[known]
        for i in [] if self._folded is str else np.flatnonzero(known < 0).tolist():
            known[i] = self._numbers.get(self._folded(column.values[i]), -1)
        numbers: Ints = np.append(known, -1)[column.codes]
        return numbers

    def find(self, numbers: Ints, companies: Ints) -> Ints:
        """Return the place that each number means in its company, -1 for none, MANY for several."""
        if (numbers < 0).all():
            return np.full(len(numbers), -1, np.int64)
        wanted = np.maximum(numbers, 0) << 32 | companies
        # Most names are those of one company; of the others it must be searched.
        at = np.searchsorted(self._keys, np.arange(len(self._numbers)) << 32)[np.maximum(numbers, 0)]
        other = self._keys[at] != wanted
        at[other] = np.minimum(np.searchsorted(self._keys, wanted[other]), len(self._keys) - 1)
        found = (numbers >= 0) & (companies >= 0) & (self._keys[at] == wanted)
        return np.where(found, self._places[at], -1)


def numbered(column: Column) -> Ints:
    """Number what a column says: writings of one meaning have one number, -1 is nothing."""
    numbers: dict[Any, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in column.values]
    found: Ints = np.array([*codes, -1])[column.codes]
    return found


def distinct(*columns: NDArray[Any]) -> bool:
    """Tell whether no two rows have the same values."""
    key = np.sort(_key(columns))
    return not (key[1:] == key[:-1]).any()


def repeated(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell for each row whether another one has the same values."""
    _, key = np.unique(_key(columns), return_inverse=True)
    return np.asarray(np.bincount(key, minlength=1)[key] > 1)


def _key(columns: tuple[NDArray[Any], ...]) -> Ints:
    """Make one number of the values of each row."""
    key = np.zeros(len(columns[0]), np.int64)
    top = 1
    for column in columns:
        size = int(column.max(initial=0)) + 2
        if top * size >= 1 << 62:
            _, key = np.unique(key, return_inverse=True)
            top = len(key) + 1
        key = key * size + column + 1
        top *= size
    return key
