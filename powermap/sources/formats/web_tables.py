"""Tables of web pages, which many a CRM calls .xls; and the XML workbooks of Excel 2003. Nothing is fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from powermap.errors import SourceError
from powermap.sources.table import Cell, Table, csv_cell
from powermap.words import Words

BEGINS = re.compile(r"<(?:html|!doctype html|table|body|head|meta|style|\?xml|!--|\?mso)", re.IGNORECASE)
WIDEST, MOST = 2_000, 1_000_000
"""Columns of a table, and cells of a page."""
_CELLS, _ROWS, _TABLES = ("td", "th", "ss:data", "data"), ("tr", "ss:row", "row"), ("table", "ss:table")
_SHEETS = ("worksheet", "ss:worksheet")
_UNREAD = ("script", "style", "title", "head")


class _Reader(HTMLParser):
    """Collects the rows of tables; a table within a cell belongs to the text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.sheet = ""
        self._text: list[str] | None = None
        self._depth = self._span = self._skipped = self._cells = 0
        self._below: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name.rpartition(":")[2]: value or "" for name, value in attributes}
        if tag in _UNREAD:
            self._skipped += 1
        elif tag in _SHEETS:
            self.sheet = said.get("name", "")
        elif tag in _TABLES:
            self._depth += 1
            if self._depth == 1:
                self.tables.append((self.sheet, []))
                self._below = {}
        elif self._depth == 1 and tag in _ROWS:
            self._close_cell()
            self._rows.append([])
            self._fill(said)
        elif self._depth == 1 and tag in ("cell", "ss:cell"):
            # A cell of an XML workbook may say which column it stands in.
            self._pad(_number(said.get("index", ""), 0) - 1)
        elif self._depth == 1 and tag in _CELLS and self._rows:
            self._close_cell()
            self._fill({})
            self._text, self._span = [], _number(said.get("colspan", ""), 1)
            self._down = _number(said.get("rowspan", ""), 1)
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._skipped = max(0, self._skipped - 1)
        elif tag in _TABLES and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in (*_CELLS, *_ROWS):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.append(data)

    @property
    def _rows(self) -> list[list[str]]:
        return self.tables[-1][1]

    def _pad(self, column: int) -> None:
        if self._rows:
            row = self._rows[-1]
            row.extend([""] * min(column - len(row), WIDEST - len(row)))

    def _fill(self, said: dict[str, str]) -> None:
        """Write the cells that reach down from the rows above."""
        row = self._rows[-1]
        while (held := self._below.get(len(row))) is not None and len(row) < WIDEST:
            times, text = held
            if times > 1:
                self._below[len(row)] = (times - 1, text)
            else:
                del self._below[len(row)]
            row.append(text)

    def _close_cell(self) -> None:
        if self._text is None:
            return
        text = "".join(self._text).replace("\xa0", " ").strip()
        self._text = None
        row = self._rows[-1]
        for _ in range(self._span):
            if len(row) < WIDEST and self._cells < MOST:
                self._cells += 1
                if self._down > 1:
                    self._below[len(row)] = (self._down - 1, text)
                # A cell that reaches over several columns says what it says once.
                row.append(text)
                text = ""


def _number(written: str, otherwise: int) -> int:
    return min(int(written), WIDEST) if written.isdecimal() and len(written) < 6 else otherwise


def read(text: str, file: str) -> list[Table]:
    """Return the tables of a page that hold more than one row.

    Raises
    ------
    SourceError
        If there is none.
    """
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError, RecursionError) as error:
        raise SourceError(
            Words(f"{file} 读不了：{error}", f"{file} can't be read: {error}"),
            hint=Words("请另存为 .xlsx", "save it as .xlsx"),
        ) from error
    found = [(sheet, rows) for sheet, table in reader.tables if (rows := _rows(table))]
    if not found:
        raise SourceError(
            Words(f"{file} 是网页或 XML，里面没有表格", f"{file} is a web page or XML that holds no table"),
            hint=Words(
                "请用表格软件打开，另存为 .xlsx", "open it in a spreadsheet program and save it as .xlsx"
            ),
        )
    if len(found) == 1:
        return [Table(file, "", found[0][1])]
    return [Table(file, sheet or f"table {n}", rows) for n, (sheet, rows) in enumerate(found, 1)]


def _rows(table: list[list[str]]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    rows = tuple(
        (number, tuple(csv_cell(cell) if cell else None for cell in cells))
        for number, cells in enumerate(table, 1)
        if any(cell.strip() for cell in cells)
    )
    wide = max((len(cells) for _, cells in rows), default=0)
    if len(rows) < 2 or wide < 2:
        return ()
    return tuple((number, cells + (None,) * (wide - len(cells))) for number, cells in rows)
