"""The child process that parses one workbook; its order comes as JSON on standard input."""

from __future__ import annotations

import contextlib
import json
import pickle
import sys
from typing import Any


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


def dense(path: str) -> list[tuple[str, list[tuple[int, list[Any]]]]]:
    """Read with python-calamine, which is fast, and takes memory for the whole box of cells."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    sheets = []
    for meta in book.sheets_metadata:
        if (
            meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            and meta.visible == python_calamine.SheetVisibleEnum.Visible
        ):
            sheet = book.get_sheet_by_name(meta.name)
            # With the empty area kept, a row's place in the list is its number.
            rows = sheet.to_python(skip_empty_area=False)
            sheets.append(
                (meta.name, [(n, _trim(row)) for n, row in enumerate(rows, 1) if any(c != "" for c in row)])
            )
    return sheets


def sparse(path: str) -> list[tuple[str, list[tuple[int, list[Any]]]]]:
    """Read with openpyxl, which is slow, and takes memory for the cells that are there."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=False, data_only=True)
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows: dict[int, dict[int, Any]] = {}
        for (row, column), cell in sheet._cells.items():
            # A stray note far to the right must not stretch every row.
            if cell.value is not None and column <= 2_000:
                rows.setdefault(row, {})[column] = cell.value
        sheets.append(
            (
                sheet.title,
                [(n, [cells.get(c) for c in range(1, max(cells) + 1)]) for n, cells in sorted(rows.items())],
            )
        )
    return sheets


def _trim(row: list[Any]) -> list[Any]:
    while row and row[-1] == "":
        row.pop()
    return [None if cell == "" else cell for cell in row]


def main() -> int:
    """Read the order, parse, and write the rows as a pickle to standard output."""
    order = json.load(sys.stdin)
    limit(order["memory"], order["seconds"])
    try:
        result = (sparse if order["sparse"] else dense)(order["path"])
    except MemoryError:
        return 4
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 3
    pickle.dump(result, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
