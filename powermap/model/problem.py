"""A fault in the user's data, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one cell, row, sheet or file.

    Parameters
    ----------
    file, sheet
        Where; `sheet` is empty for formats that have none.
    row
        1-based, as a spreadsheet shows it (the header row counts); None where the whole sheet is meant.
    column, column_zh
        The column's header as the user wrote it, the same in both languages (`column_zh` is empty then); where the sheet
        has no such column, what it would be called. Empty where the whole row is meant.
    value
        The value as read, shortened to 200 characters.
    reason, reason_zh
        What is wrong, in one sentence.
    suggestion, suggestion_zh
        What to write instead, or the candidates.
    cell
        Whether it costs the cell alone, and the rest of the row can be taken without it.
    code
        A stable word for programs, e.g. ``unknown-attitude``.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    suggestion: str = ""
    code: str = "invalid"
    reason_zh: str = ""
    suggestion_zh: str = ""
    column_zh: str = ""
    cell: bool = False

    def where(self, lang: str = "en") -> str:
        """Say where, as ``people.xlsx · People · row 7 · Boss``."""
        row = "" if self.row is None else f"第 {self.row} 行" if lang == "zh" else f"row {self.row}"
        column = self.column_zh if lang == "zh" and self.column_zh else self.column
        parts = [self.file, self.sheet, row, column]
        return " · ".join(part for part in parts if part)
