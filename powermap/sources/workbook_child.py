"""The child process that parses one workbook; its order comes as JSON on standard input."""

from __future__ import annotations

import contextlib
import io
import json
import pickle
import re
import sys
import zipfile
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


def dense(path: str, *, old: bool = False) -> Iterator[Sheet]:
    """Read with python-calamine, which is fast, and takes memory for the whole box of cells.

    Of an `old` file (.xls, .ods) the content tells what it is, whatever its name says.
    """
    import python_calamine

    if old:
        with open(path, "rb") as stream:  # noqa: PTH123
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
    else:
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


FACTS = 150_000
"""Cells of a workbook of which formats, merged cells and hidden rows are looked at: that takes about a second."""


_MARKS = re.compile(
    rb"""<(?:\w+:)?(mergeCell\s|f[\s>/]|filterColumn|[a-z]+\s[^>]*\b(?:hidden="1"|hidden="true"|outlineLevel="[1-9]|indent="[1-9])"""
    rb"""|numFmt\s[^>]*formatCode="[^"]*(?:%|&quot;|\$|[^\x00-\x7f]|EUR|USD|CHF|"0+")|xf\s[^>]*numFmtId="(?:9|10|[5-8]|37|38|39|4[0-4])"|t[^>]*>[ \t]{2,}\S)"""
)
"""What in a workbook's parts tells more than values: merged, hidden or outlined cells, formulas, per cent, money."""


def tells_more(path: str) -> bool:
    """Tell whether a workbook holds anything that its values don't tell: most don't, and to look takes a second."""
    with zipfile.ZipFile(path) as archive:
        parts = [
            p for p in archive.namelist() if p.startswith("xl/") and p.endswith(".xml") and "theme" not in p
        ]
        return any(_MARKS.search(archive.read(part)) for part in parts)


def facts(path: str) -> dict[str, dict[str, Any]]:
    """Return by sheet what values don't tell: merged cells, what is hidden, indents, and numbers as they are shown."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.load_workbook(path, data_only=False)
    found = {}
    for sheet in book.worksheets:
        shown: dict[tuple[int, int], str] = {}
        formulas: list[tuple[int, int]] = []
        indents: dict[int, int] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                place = (cell.row, cell.column - 1)
                if cell.data_type == "f":
                    formulas.append(place)
                elif (text := _shown(cell.value, str(cell.number_format))) is not None:
                    shown[place] = text
                if isinstance(cell.value, str):
                    outline = sheet.row_dimensions[cell.row].outlineLevel or 0
                    spaces = len(cell.value) - len(cell.value.lstrip(" \u3000"))
                    depth = int(cell.alignment.indent or 0) or outline or spaces
                    indents[cell.row] = max(depth, indents.get(cell.row, 0))
        found[sheet.title] = {
            "merged": [
                (r.min_row, r.max_row, r.min_col - 1)
                for r in sheet.merged_cells.ranges
                if r.max_row > r.min_row
            ],
            "hidden_rows": sum(bool(d.hidden) for d in sheet.row_dimensions.values()),
            "hidden_columns": sorted(
                get_column_letter(c)
                for d in sheet.column_dimensions.values()
                if d.hidden
                for c in range(d.min or 0, min(d.max or 0, 200) + 1)
                if c
            ),
            "filter": bool(sheet.auto_filter.ref and sheet.auto_filter.filterColumn),
            "indents": indents,
            "shown": shown,
            "formulas": formulas,
        }
    return found


_SIGNS = {"€": "€", "$": "$", "£": "£", "¥": "¥", "￥": "¥", "CHF": "CHF ", "USD": "USD ", "EUR": "EUR "}


def _shown(value: Any, form: str) -> str | None:
    """Return a number as its format shows it, where that says more than the value: per cent, money, leading zeros."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or form == "General":
        return None
    if "%" in form:
        return f"{value * 100:.10g}%"
    if set(form) == {"0"} and len(form) > 1 and value == int(value):
        return str(int(value)).zfill(len(form))
    sign = next((said for mark, said in _SIGNS.items() if mark in form), None)
    return None if sign is None else f"{sign}{value:.15g}"


def _with_facts(
    sheets: list[Sheet], path: str
) -> list[tuple[str, list[tuple[int, list[Any]]], dict[str, Any]]]:
    """Put what values don't tell into the rows: a merged value holds for all its rows."""
    told = facts(path)
    done = []
    for name, rows in sheets:
        about = told.get(name, {})
        cells = dict(rows)
        for (number, column), text in about.get("shown", {}).items():
            row = cells.get(number)
            if row is not None and column < len(row) and row[column] is not None:
                row[column] = text
        for top, bottom, column in about.get("merged", ()):
            value = cells.get(top, [])[column : column + 1]
            for number in range(top + 1, bottom + 1):
                row = cells.get(number)
                if value and value[0] is not None and row is not None:
                    row.extend([None] * (column + 1 - len(row)))
                    row[column] = value[0]
        empty = [
            (number, column)
            for number, column in about.pop("formulas", ())
            if (cells.get(number) or [])[column : column + 1] in ([], [None])
        ]
        about.pop("shown", None)
        done.append((name, rows, {**about, "uncalculated": empty[:20]}))
    return done


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
        path, old = order["path"], order["old"]
        found = _within(sparse(path) if order["sparse"] else dense(path, old=old), order)
        looked = not order["sparse"] and not old and order["cells"] <= FACTS and tells_more(path)
        result = _with_facts(found, order["path"]) if looked else [(*sheet, {}) for sheet in found]
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
