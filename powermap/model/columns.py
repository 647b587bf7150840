"""A whole sheet as columns: what a :class:`Draft` is to a row, for sheets of a million rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from powermap.model.draft import Draft, LeftOut, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says: each row's place in `values`, or -1 where nothing is written."""

    codes: NDArray[np.signedinteger]
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet by field. Row `i` stands in line ``i + 2`` of a spreadsheet, below the header."""

    file: str
    sheet: str
    rows: int
    columns: Mapping[str, Column]
    headers: Mapping[str, str]
    notes: list[tuple[str, str]]
    left_out: tuple[LeftOut, ...] = ()

    def draft(self, row: int) -> Draft:
        """Return one row as a draft."""
        values = {
            name: column.values[column.codes[row]]
            for name, column in self.columns.items()
            if column.codes[row] >= 0
        }
        return Draft(self.sheet, values, Place(self.file, "", row + 2, self.headers))
