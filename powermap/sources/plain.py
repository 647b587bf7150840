"""Big plain CSV files as columns: each writing is read once, by the same readers, and not cell by cell.

What is not plain is left to :func:`powermap.sources.read_files`, which tells every fault. So a table that comes from
here has none: it is UTF-8, its first row is the header, all rows have as many cells, every value can be read.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from powermap.method import Pack
from powermap.model.columns import Column, Columns
from powermap.model.draft import CLEAR, LeftOut
from powermap.model.fields import Field, fields, required
from powermap.sources import cells, person_names
from powermap.sources.blocks import REMARKS, TOTALS, heads
from powermap.sources.cells import CellFault
from powermap.sources.columns import Aliases, Header, find_header
from powermap.sources.folders import called, expand
from powermap.sources.formats.exports import recognise
from powermap.sources.mappings import fingerprint
from powermap.sources.preflight import MAX_CHARACTERS
from powermap.sources.readers import Style, read_cell
from powermap.sources.table import Table, csv_cell, csv_rows, separator
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words

_OTHER = ("<", "%", "sep=", "PK", "GIF8", "Rar!")
"""How web pages, other formats and files with settings begin."""
_SAME = r"^[0-9A-Za-z\x{4e00}-\x{9fa5}][!-~\x{4e00}-\x{9fa5}]*( [!-~\x{4e00}-\x{9fa5}]+)*$"
"""Texts that are read as they are written: letters, digits, signs, and single spaces between."""
_LONGEST = MAX_CHARACTERS
"""Characters of a cell; the reader of rows refuses longer ones."""


def read_columns(
    paths: Iterable[Path], pack: Pack, *, least: int, kept: Collection[str] = ()
) -> list[Columns] | None:
    """Read files of at least so many bytes as columns, or return None if one of them is not plain.

    Files with headers of which the user has said something, by their fingerprints `kept`, are not.

    Raises
    ------
    SourceError
        If a path isn't there.
    """
    files, left = expand(paths)
    found = []
    try:
        if sum(path.stat().st_size for path in files) < least:
            return None
        aliases, words = Aliases(pack), Vocabulary(pack)
        for path in files:
            columns = _read(path, aliases, words, kept)
            if columns is None:
                return None
            found.append(replace(columns, notes=[*left, *columns.notes]))
            left = []
    except OSError:
        return None
    return found


def _read(path: Path, aliases: Aliases, words: Vocabulary, kept: Collection[str]) -> Columns | None:
    if path.suffix.lower() != ".csv" or path.stat().st_size > 2_000_000_000:
        return None
    data = path.read_bytes()
    if b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return None
    try:
        head = b"".join(islice(BytesIO(data), 40)).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    if head.lstrip().lower().startswith(tuple(mark.lower() for mark in _OTHER)):
        return None
    mark = separator(head)
    if not mark.isascii() or not _plainly_quoted(data, mark):
        return None
    rows, _, _ = csv_rows(head, path.name, mark)
    table = Table(called(path), "", tuple(rows))
    if (rows and fingerprint(rows[0][1]) in kept) or recognise(table) is not None:
        return None
    header, problems, notes = find_header(table, aliases)
    if header is None or problems or header.row != 1 or header.deleted is not None:
        return None
    if len(set(header.fields.values())) < len(header.fields) or "scale" in header.fields.values():
        return None
    style = Style(header.scale.replace("–", "-").replace("~", "-").strip(), mark in ";；")
    found = _columns(data, mark, len(rows[0][1]), header, aliases, words, style)
    if found is None:
        return None
    columns, unread = found
    count = len(next(iter(columns.values())).codes)
    name = called(path)
    left_out = tuple(
        LeftOut(Words(f"“{title}”列", f"column {title!r}"), unread[i], name)
        for i, title in header.unknown.items()
        if unread[i]
    )
    return Columns(name, header.sheet, count, columns, header.written, notes, left_out)


def _plainly_quoted(data: bytes, mark: str) -> bool:
    """Tell whether quotation marks stand only around whole cells of one line."""
    if b'"' not in data:
        return True
    edge = re.escape(mark).encode()
    cell = re.compile(rb"(?<![^\n" + edge + rb'])"(?:[^"\n]|"")*"(?![^\r\n' + edge + rb"])")
    return b'"' not in cell.sub(b"", data.removeprefix(BOM_UTF8))


def _columns(
    data: bytes, mark: str, width: int, header: Header, aliases: Aliases, words: Vocabulary, style: Style
) -> tuple[dict[str, Column], Counter[int]] | None:
    """Return the known columns by field, and the filled cells of each column that isn't known."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    # Ctrl-C is Python's to handle: Arrow's own handler, put on and off with each file, could keep it to itself.
    pa.enable_signal_handlers(False)
    labels = [str(i) for i in range(width)]
    try:
        table = csv.read_csv(
            pa.BufferReader(data),
            csv.ReadOptions(column_names=labels, skip_rows=1, block_size=1 << 22),
            csv.ParseOptions(delimiter=mark, ignore_empty_lines=False),
            csv.ConvertOptions(
                column_types=dict.fromkeys(labels, pa.dictionary(pa.int32(), pa.string())), null_values=[]
            ),
        ).unify_dictionaries()
    except pa.ArrowInvalid:
        return None
    if not table.num_rows:
        return None
    if _has_header_within(table, aliases):
        return None
    found: dict[str, Column] = {}
    unread: Counter[int] = Counter()
    for i in range(width):
        writings = table[i].chunk(0).dictionary
        field = header.fields.get(i)
        if field and _may_be_no_data(writings, fields()[header.sheet][field], header.written[field]):
            return None
        try:
            values = _values(writings, header.sheet, field, style, aliases, words)
        except (CellFault, _Odd):
            return None
        if field is None:
            # Here a column is told by its cells alone.
            texts = table[i].cast(pa.string())
            unread[i] = int(pc.sum(pc.not_equal(pc.utf8_trim_whitespace(texts), "")).as_py() or 0)
            continue
        said = np.array([v is not _NOTHING for v in values])
        if not said.any():
            continue
        place = np.where(said, np.cumsum(said, dtype=np.int32) - 1, np.int32(-1))
        codes = np.concatenate([chunk.indices.to_numpy() for chunk in table[i].chunks])
        found[field] = Column(place[codes], [v for v in values if v is not _NOTHING])
    if any(f not in found or (found[f].codes < 0).any() for f in required(header.sheet)):
        return None
    return None if _ends_before(found.get("since"), found.get("until")) else (found, unread)


_NOTHING = object()
"""What a writing means that says nothing; None is an attitude that is unknown."""


class _Odd(Exception):
    """A writing that means something for its row."""


def _has_header_within(table: Any, aliases: Aliases) -> bool:
    """Tell whether a row reads as the header of another table."""
    import pyarrow as pa
    import pyarrow.compute as pc

    titles = pa.array(sorted(aliases.titles), pa.string())
    first = pc.utf8_lower(pc.utf8_trim_whitespace(table[0].cast(pa.string())))
    rows = np.flatnonzero(pc.is_in(first, value_set=titles).to_numpy()).tolist()
    return any(
        heads(tuple(csv_cell(column[row].as_py()) for column in table.columns), aliases) for row in rows
    )


def _may_be_no_data(writings: Any, field: Field, title: str) -> bool:
    """Tell whether a column of texts has its own title, or what a row of sums or a note below a table begins with."""
    if field.read not in ("text", "name", "person"):
        return False
    import pyarrow as pa
    import pyarrow.compute as pc

    lower = pc.utf8_lower(pc.utf8_trim_whitespace(writings))
    words = pa.array([*TOTALS, title.lower()], pa.string())
    odd = pc.or_(pc.is_in(lower, value_set=words), pc.match_substring_regex(lower, REMARKS))
    return bool(pc.any(odd).as_py())


def _values(
    writings: Any, sheet: str, field: str | None, style: Style, aliases: Aliases, words: Vocabulary
) -> list[Any]:
    """Read the writings of a column: most texts are as they should be, which needs no look at each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values: list[Any] = writings.to_pylist()
    left: Any = range(len(values))
    reader = fields()[sheet][field].read if field else "text"
    if reader in ("text", "name", "person"):
        same = pc.and_(
            pc.match_substring_regex(writings, _SAME), pc.less_equal(pc.utf8_length(writings), 200)
        )
        if reader == "person":
            same = pc.and_(same, pc.invert(pc.match_substring_regex(writings, person_names.TITLED)))
        empty = pc.is_in(writings, value_set=pa.array(sorted(aliases.empty), pa.string()))
        left = np.flatnonzero(pc.or_(pc.invert(same), empty).to_numpy(zero_copy_only=False)).tolist()
    for i in left:
        values[i] = _value(values[i], sheet, field, style, aliases, words)
    return values


def _value(
    writing: str, sheet: str, field: str | None, style: Style, aliases: Aliases, words: Vocabulary
) -> Any:
    """Read a writing."""
    cell = csv_cell(writing)
    if cell is None or cell in aliases.empty:
        return _NOTHING
    if cell.startswith("#") or len(writing) > _LONGEST:
        raise _Odd
    if field is None:
        return _NOTHING
    if cells.is_clear(cell):
        if field in required(sheet):
            raise _Odd
        return CLEAR
    values = read_cell(fields()[sheet][field], cell, style, words)
    if values.keys() != {field} or (values[field] in (None, "") and field != "attitude"):
        raise _Odd
    return values[field]


def _ends_before(since: Column | None, until: Column | None) -> bool:
    """Tell whether something ends before it starts."""
    if since is None or until is None:
        return False
    start, end = (
        np.array([nothing if d is CLEAR else d.toordinal() for d in c.values])[c.codes]
        for c, nothing in ((since, 0), (until, 1 << 30))
    )
    return bool(((since.codes >= 0) & (until.codes >= 0) & (end < start)).any())
