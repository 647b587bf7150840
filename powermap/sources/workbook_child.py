"""The child process that parses one workbook; its order comes as JSON on standard input."""

from __future__ import annotations

import contextlib
import json
import pickle
import sys
from collections.abc import Iterator
from typing import Any

Sheet = tuple[str, list[tuple[int, list[Any]]]]
TOO_MUCH, TOO_LONG = 5, 6
"""Exit codes of what is refused."""


def limit(memory: int, seconds: int) -> None:
    """Limit this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        # macOS refuses a limit of memory, and no process may raise what it was given. Without one, what was
        # checked before still holds, and the parent's patience.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


def dense(path: str) -> Iterator[Sheet]:
    """Read with python-calamine, which is fast, and takes memory for the whole box of cells."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    for meta in book.sheets_metadata:
        if (
            meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            and meta.visible == python_calamine.SheetVisibleEnum.Visible
        ):
            sheet = book.get_sheet_by_name(meta.name)
            # With the empty area kept, a row's place in the list is its number.
            rows = sheet.to_python(skip_empty_area=False)
            yield meta.name, [(n, kept) for n, row in enumerate(rows, 1) if (kept := _trim(row, ""))]


def sparse(path: str) -> Iterator[Sheet]:
    """Read with openpyxl, which is slow, and takes memory for the cells that are there."""
    import openpyxl

    # As a stream: joined cells, which may be a whole sheet of them, are not filled in.
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # What the file says of its size may be wrong.
        sheet.reset_dimensions()
        # A stray note far to the right is no column of the table.
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        yield sheet.title, [(n, kept) for n, row in rows if row and (kept := _trim(list(row[:2_000]), None))]


def _trim(row: list[Any], empty: Any) -> list[Any]:
    while row and row[-1] == empty:
        row.pop()
    return [None if cell == empty else cell for cell in row]


class Refused(Exception):
    """What was read is more than a workbook holds: the exit code, and where."""


def _within(sheets: Iterator[Sheet], order: dict[str, Any]) -> list[Sheet]:
    """Read sheet by sheet, and stop where there is more than was seen before: of cells, of text, in one cell."""
    found, cells, text = [], 0, 0
    for name, rows in sheets:
        for number, row in rows:
            for cell in row:
                cells += cell is not None
                if isinstance(cell, str):
                    text += len(cell)
                    if len(cell) > order["characters"]:
                        raise Refused(TOO_LONG, [name, number])
        # Two sheets may be the same part, a thousand times.
        if cells > order["cells"] or text > order["text"]:
            raise Refused(TOO_MUCH, [name, 0])
        found.append((name, rows))
    return found


def main() -> int:
    """Read the order, parse, and write the rows as a pickle to standard output."""
    order = json.load(sys.stdin)
    limit(order["memory"], order["seconds"])
    try:
        result = _within((sparse if order["sparse"] else dense)(order["path"]), order)
    except Refused as refused:
        code, where = refused.args
        json.dump(where, sys.stderr)
        return int(code)
    except MemoryError:
        return 4
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 3
    pickle.dump(result, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
