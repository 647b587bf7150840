"""Where one table of a sheet ends and another begins: headers in the middle, titles, totals and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from powermap.model.fields import SHEETS, WORK
from powermap.sources.columns import Aliases, complete, fold
from powermap.sources.table import Cell, Table

TOTALS = (
    "total", "totals", "grand total", "subtotal", "sub-total", "sum", "gesamt", "summe", "итого",
    "合计", "总计", "小计", "共计", "汇总", "累计", "总和",
)  # fmt: skip
"""What a row of sums begins with."""
REMARKS = (
    r"^\s*(notes?|remarks?|sources?|legend|key|confidential|printed|updated|last updated|prepared by|exported|as of|page"
    r"|备注|说明|注|来源|数据来源|制表|制表人|制表时间|审核|填表|填表人|更新|更新时间|截至|打印|导出时间)\s*[:：.*)）]"
)
"""How a row begins that is a note below a table; in the words of RE2 too."""
_FOLDED = frozenset(map(fold, TOTALS))
_REMARK = re.compile(REMARKS, re.IGNORECASE)


def parts(table: Table, aliases: Aliases) -> Iterator[Table]:
    """Return the tables of a sheet one by one: a row that reads as a header begins another.

    A header that comes again is part of no table. A line above a header, alone in its row, is its title.
    """
    first = next((n for n, (_, cells) in enumerate(table.rows[:30]) if heads(cells, aliases)), None)
    if first is None:
        yield table
        return
    table = replace(table, account=_account(table, first, aliases))
    start, head, kept = 0, table.rows[first][1], list(table.rows[: first + 1])
    for number, cells in table.rows[first + 1 :]:
        if _alike(cells, head):
            continue
        if _may_head(cells, aliases) and heads(cells, aliases):
            titles = 0
            while len(kept) - titles > 1 and _filled(kept[-1 - titles][1]) == 1 and titles < 3:
                titles += 1
            yield _part(table, kept[: len(kept) - titles], start)
            kept, head, start = kept[len(kept) - titles :], cells, start + 1
        kept.append((number, cells))
    yield _part(table, kept, start)


def _account(table: Table, header: int, aliases: Aliases) -> str:
    """Return the company that a line above the header names: "Account: Northwind", 客户：星河."""
    for _, cells in table.rows[:header]:
        said = [cell for cell in cells if cell is not None]
        if len(said) == 1 and isinstance(said[0], str):
            said = [part.strip() for part in re.split(r"[:：]", said[0], maxsplit=1)]
        if len(said) == 2 and isinstance(said[0], str) and said[1]:
            known = {kind: aliases.fields[kind].get(fold(said[0])) for kind in ("deals", "people")}
            if "company" in known.values():
                return str(said[1])
    return ""


def _part(table: Table, rows: list[tuple[int, tuple[Cell, ...]]], place: int) -> Table:
    # What is wrong with the file is told once.
    part = replace(table, rows=tuple(rows))
    return part if place == 0 else replace(part, problems=(), notes=())


def heads(cells: tuple[Cell, ...], aliases: Aliases) -> bool:
    """Tell whether a row reads as the header of some kind of sheet: most cells are names of columns that it needs."""
    texts = [cell for cell in cells if cell is not None]
    if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts):
        return False
    for kind in (k for k in SHEETS if k not in WORK):
        found = aliases.match(kind, cells)
        if len(set(found.values())) >= 2 and 2 * len(found) >= len(texts) and complete(kind, found):
            return True
    return False


def _may_head(cells: tuple[Cell, ...], aliases: Aliases) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    return isinstance(first, str) and fold(first) in aliases.every


def _alike(cells: tuple[Cell, ...], head: tuple[Cell, ...]) -> bool:
    return [fold(str(c)) for c in cells if c is not None] == [fold(str(c)) for c in head if c is not None]


def _filled(cells: tuple[Cell, ...]) -> int:
    return sum(cell is not None for cell in cells)


def is_remark(cells: tuple[Cell, ...], width: int) -> bool:
    """Tell whether a row below a header of so many columns is a total, a note or a source, and nobody."""
    first = next((cell for cell in cells if cell is not None), None)
    if not isinstance(first, str):
        return False
    if fold(first) in _FOLDED:
        return True
    return width > 1 and _filled(cells) == 1 and bool(_REMARK.match(first))
