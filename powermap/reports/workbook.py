"""Workbooks out: the template, an account filled in to edit and import again, and a copy with its faults marked.

Every cell is written as text, number or date, never as a formula: a name such as ``=cmd`` stays a name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from powermap.method import Pack
from powermap.model import Problem, Snapshot
from powermap.model.fields import SHEETS, Field, fields
from powermap.output import make_folder, replacing, write
from powermap.reports.rows import account_rows
from powermap.reports.template import EXAMPLES, HELP
from powermap.sources.formulas import guard
from powermap.sources.origin import NAME, Origin
from powermap.words import Words

Row = Mapping[str, Any]

_WIDE = {
    "note": 40,
    "rule": 44,
    "name": 18,
    "title": 22,
    "company": 20,
    "source": 20,
    "purpose": 28,
    "department": 16,
}


def written_fields(sheet: str) -> list[Field]:
    """List the columns of a sheet in the order in which they are written."""
    return [field for field in fields()[sheet].values() if field.written]


def header(pack: Pack, sheet: str, field: str, lang: str) -> str:
    """Return a column's header in one language."""
    english, chinese = pack.topic("columns")[sheet][field][:2]
    return str(chinese if lang == "zh" else english)


def sheet_name(pack: Pack, sheet: str, lang: str) -> str:
    """Return a sheet's name in one language."""
    english, chinese = pack.topic("columns")["sheets"][sheet][:2]
    return str(chinese) if lang == "zh" else str(english).capitalize()


def write_template(
    path: Path,
    pack: Pack,
    lang: str,
    sheets: Sequence[str] = SHEETS,
    rows: Mapping[str, Sequence[Row]] | None = None,
    pages: Mapping[str, Sequence[Sequence[object]]] | None = None,
) -> None:
    """Write a workbook to fill in: sheets with lists to choose from, an example row that is ignored, and help.

    Parameters
    ----------
    sheets
        Those it has; default: all.
    rows
        What stands there in place of the examples, prepared for an account.
    pages
        Further sheets to read, by name, before the others: their rows, the first one a head.
    """
    examples = {sheet: [row[lang]] for sheet, row in EXAMPLES.items()}
    _write(
        path, pack, lang, examples if rows is None else rows, example=rows is None, sheets=sheets, pages=pages
    )


def write_workbook(
    snapshot: Snapshot,
    account: str,
    path: Path,
    pack: Pack,
    lang: str,
    others: Collection[str] = (),
    *,
    origin: Origin | None = None,
) -> None:
    """Write an account, filled; importing it again changes nothing.

    Parameters
    ----------
    others
        The names of other accounts.
    origin
        What the workbook is made from; it keeps that, so that it can be compared when it comes back.
    """
    _write(path, pack, lang, account_rows(snapshot, account, others), example=False, origin=origin)


def write_csv_folder(
    snapshot: Snapshot, account: str, folder: Path, pack: Pack, lang: str, others: Collection[str] = ()
) -> None:
    """Write an account as one CSV file a sheet (UTF-8 with BOM, so that Excel reads the Chinese)."""
    make_folder(folder)
    made = {}
    for sheet, rows in account_rows(snapshot, account, others).items():
        columns, out = written_fields(sheet), io.StringIO()
        writer = csv.writer(out)
        writer.writerow([header(pack, sheet, field.name, lang) for field in columns])
        for row in rows:
            writer.writerow(
                [guard(_plain(_word(pack, field, row.get(field.name), lang))) for field in columns]
            )
        made[folder / f"{sheet_name(pack, sheet, lang)}.csv"] = out.getvalue().encode("utf-8-sig")
    # All sheets are made before the first is written.
    for path, content in made.items():
        write(path, content)


def _word(pack: Pack, field: Field, value: Any, lang: str) -> Any:
    """Say a value of a closed list in the language of the workbook."""
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if field.read == "roles" and isinstance(value, tuple):
        return "; ".join(pack.roles[r].words[lang] if r in pack.roles else r for r in value)
    if field.read == "choices" and isinstance(value, tuple):
        return "; ".join(pack.say(field.choices, v)[lang] for v in value)
    if isinstance(value, str) and field.read == "choice":
        return pack.say(field.choices, value)[lang]
    if isinstance(value, str) and field.read in ("item", "means"):
        return pack.say("item" if field.read == "item" else "what", value)[lang]
    return value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _write(
    path: Path,
    pack: Pack,
    lang: str,
    rows: Mapping[str, Sequence[Row]],
    *,
    example: bool,
    origin: Origin | None = None,
    sheets: Sequence[str] = SHEETS,
    pages: Mapping[str, Sequence[Sequence[object]]] | None = None,
) -> None:
    with replacing(path) as out:
        book = xlsxwriter.Workbook(out, _PLAIN)
        if origin is not None:
            book.set_custom_property(NAME, str(origin), "text")
        for name, lines in (pages or {}).items():
            _page(book, name, lines)
        _fill(book, pack, lang, rows, sheets, example=example)


_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
"""No cell is anything but what it says."""


def _fill(
    book: Any,
    pack: Pack,
    lang: str,
    rows: Mapping[str, Sequence[Row]],
    sheets: Sequence[str],
    *,
    example: bool,
) -> None:
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#14353B",
            "font_color": "#FFFFFF",
            "border": 1,
            "border_color": "#CBD5DA",
            "valign": "vcenter",
        }
    )
    key = book.add_format(
        {
            "bold": True,
            "bg_color": "#0F766E",
            "font_color": "#FFFFFF",
            "border": 1,
            "border_color": "#CBD5DA",
            "valign": "vcenter",
        }
    )
    grey = book.add_format({"italic": True, "font_color": "#7A858F"})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    _help(book, lang)
    for sheet in (s for s in SHEETS if s in sheets):
        page = book.add_worksheet(sheet_name(pack, sheet, lang))
        columns = written_fields(sheet)
        page.freeze_panes(1, 0)
        page.set_row(0, 22)
        for column, field in enumerate(columns):
            page.set_column(column, column, _WIDE.get(field.name, 13))
            needed = field.required or field.marked
            page.write_string(0, column, header(pack, sheet, field.name, lang), key if needed else head)
            _validate(page, pack, field, column, lang)
        for number, row in enumerate(rows.get(sheet, ()), 1):
            for column, field in enumerate(columns):
                value = _word(pack, field, row.get(field.name), lang)
                _cell(page, number, column, value, grey if example else None, text, day)
        page.autofilter(0, 0, max(1, len(rows.get(sheet, ()))), len(columns) - 1)
    book.close()


def _page(book: Any, name: str, lines: Sequence[Sequence[object]]) -> None:
    """Write a sheet that is read by people alone."""
    page = book.add_worksheet(name)
    strong = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((26, 8, 34, 70, 12, 12, 16)):
        page.set_column(column, column, width)
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            page.write_string(number, column, str(value), wrap if number else strong)
    page.freeze_panes(1, 0)


def _cell(page: Any, row: int, column: int, value: Any, style: Any, text: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(row, column, value, style or day)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, str(value), style or text)


def _validate(page: Any, pack: Pack, field: Field, column: int, lang: str) -> None:
    options: list[str] = []
    if field.read in ("yes", "choice"):
        options = [words[lang] for words in pack.choices[field.choices or "yes"].values()]
    elif field.read in ("attitude", "level"):
        options = [str(step) for step in range(int(field.low), int(field.high) + 1)]
        options += ["?"] if field.read == "attitude" else []
    elif field.read == "grade":
        options = [*pack.grades]
    if options:
        # A list helps, and never stands in the way: other words that powermap knows may be typed.
        page.data_validation(
            1,
            column,
            5000,
            column,
            {
                "validate": "list",
                "source": options,
                "error_type": "information",
                "ignore_blank": True,
                "show_error": False,
            },
        )


def _help(book: Any, lang: str) -> None:
    page = book.add_worksheet("帮助" if lang == "zh" else "Help")
    title = book.add_format({"bold": True, "font_size": 15})
    strong = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.hide_gridlines(2)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 96)
    page.write_string(0, 0, "powermap", title)
    for row, (left, right) in enumerate(HELP, 2):
        page.write_string(row, 0, left[lang], strong)
        page.write_string(row, 1, right[lang], wrap)


def write_annotated(path: Path, problems: Sequence[Problem], out: Path, lang: str) -> None:
    """Write a copy of the user's file with the faulty cells marked, the reasons beside, and a sheet of problems."""
    with replacing(out) as file:
        _mark(xlsxwriter.Workbook(file, _PLAIN), path, problems, lang)


def _mark(book: Any, path: Path, problems: Sequence[Problem], lang: str) -> None:
    from powermap.sources.table import read_tables

    bad = book.add_format(
        {"bg_color": "#FFD9DE", "font_color": "#9B0025", "border": 1, "border_color": "#C4002F"}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    used: set[str] = set()
    for table in read_tables(path):
        page = book.add_worksheet(_unique(table.sheet or path.stem, used))
        mine = [p for p in problems if p.file == path.name and p.sheet == table.sheet]
        titles: dict[str, int] = {}
        for number, cells in table.rows:
            for column, value in enumerate(cells):
                _cell(page, number - 1, column, value, None, None, day)
                if isinstance(value, str):
                    titles.setdefault(value, column)
        values = dict(table.rows)
        for p in mine:
            if p.row is None:
                continue
            cells = values.get(p.row, ())
            column = titles.get(p.column, 0)
            value = cells[column] if column < len(cells) else None
            if value is None:
                page.write_blank(p.row - 1, column, None, bad)
            else:
                page.write(
                    p.row - 1, column, value if not isinstance(value, date) else value.isoformat(), bad
                )
            page.write_comment(p.row - 1, column, _reason(p)[lang] + "\n" + _hint(p)[lang], {"x_scale": 2})
    page = book.add_worksheet(_unique("问题" if lang == "zh" else "Problems", used))
    heads = (
        ("文件", "表", "行", "列", "值", "问题", "建议")
        if lang == "zh"
        else ("File", "Sheet", "Row", "Column", "Value", "What is wrong", "Suggestion")
    )
    for column, (name, width) in enumerate(zip(heads, (18, 12, 6, 14, 20, 50, 60), strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, bold)
    for row, p in enumerate(problems, 1):
        for column, value in enumerate(
            (p.file, p.sheet, p.row, p.column, p.value, _reason(p)[lang], _hint(p)[lang])
        ):
            _cell(page, row, column, value, None, None, day)
    book.close()


def _reason(p: Problem) -> Words:
    return Words(p.reason_zh or p.reason, p.reason)


def _hint(p: Problem) -> Words:
    return Words(p.suggestion_zh or p.suggestion, p.suggestion)


def _unique(name: str, used: set[str]) -> str:
    clean = "".join("_" if c in "[]:*?/\\'" else c for c in name)[:28] or "sheet"
    while clean.casefold() in used:
        clean = clean[:26] + "_2"
    used.add(clean.casefold())
    return clean
