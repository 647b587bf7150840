"""Answers as slides: the sentences first, then tables whose rows are as many as a slide holds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from powermap.findings import Answer
from powermap.words import Lang, Words

WIDE, TALL = 13.333, 7.5
LEFT, TOP, ROOM_WIDE, ROOM_TALL = 0.5, 1.35, 12.3, 5.6
"""Where a table stands on a slide, and how much room it has, in inches."""
SENTENCES = 7
"""Sentences on the first slide; the others are counted."""
COLUMNS = 7
"""Columns of a table on a slide; what is beyond is put together in the last one, each with its head."""
TITLE, SAID, CELL = 26, 18, 11
"""Sizes of letters, in points."""
LINE, PAD = 0.19, 0.11
"""Height of a line of a cell and of the room around it, in inches."""
LETTER = 0.083
"""Width of a Latin letter of a cell, in inches; a Chinese one takes nearly two."""

Table = tuple[str, list[str], list[list[str]]]
"""A heading, the heads of columns, the rows."""


def write_slides(answers: Sequence[Answer], lang: Lang, title: str, tables: Iterator[Table]) -> bytes:
    """Write slides for answers: their sentences, then their tables.

    Nothing runs off a slide: columns are as wide as their texts ask for, and rows go on to the next slide.
    """
    from pptx import Presentation
    from pptx.util import Inches, Pt

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(TALL)
    said = [f.sentence[lang] for a in answers for f in a.findings]
    first = deck.slides.add_slide(deck.slide_layouts[5])
    _head(first, title)
    frame = first.shapes.add_textbox(
        Inches(LEFT), Inches(TOP), Inches(ROOM_WIDE), Inches(ROOM_TALL)
    ).text_frame
    frame.word_wrap = True
    rest = len(said) - SENTENCES
    more = Words(f"另有 {rest} 条，见后面的表", f"{rest} more: see the tables")[lang]
    for n, sentence in enumerate([*said[:SENTENCES], *([more] if rest > 0 else [])]):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.text = sentence
        paragraph.font.size = Pt(SAID if len(" ".join(said[:SENTENCES])) < 700 else SAID - 4)
        paragraph.space_after = Pt(8)
    for heading, heads, rows in tables:
        heads, rows = _folded(heads, rows)
        if not heads:
            continue
        widths = _widths(heads, rows)
        for part in _pages(rows, widths):
            page = deck.slides.add_slide(deck.slide_layouts[5])
            _head(page, heading or title)
            _table(page, heads, part, widths)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _head(page: Any, text: str) -> None:
    """Write the title of a slide, smaller where it is long."""
    from pptx.util import Inches, Pt

    shape = page.shapes.title
    shape.left, shape.top, shape.width, shape.height = (
        Inches(LEFT),
        Inches(0.3),
        Inches(ROOM_WIDE),
        Inches(0.95),
    )
    shape.text = text
    shape.text_frame.word_wrap = True
    shape.text_frame.paragraphs[0].font.size = Pt(TITLE if _long(text) < 60 else TITLE - 8)


def _long(text: str) -> float:
    """Return how many Latin letters a text is wide."""
    return sum(1.85 if ord(letter) > 0x2E80 else 1.0 for letter in text)


def _folded(heads: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Leave out columns that say nothing, and put what is beyond the last column together in it."""
    used = [n for n, _ in enumerate(heads) if any(row[n] for row in rows)]
    if len(used) <= COLUMNS:
        return [heads[n] for n in used], [[row[n] for n in used] for row in rows]
    kept, beyond = used[: COLUMNS - 1], used[COLUMNS - 1 :]
    folded = [
        [*(row[n] for n in kept), " · ".join(f"{heads[n]} {row[n]}" for n in beyond if row[n])]
        for row in rows
    ]
    return [*(heads[n] for n in kept), "…"], folded


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the widths of columns in inches: as their texts ask for, the room shared out where that is too much."""
    asked = [
        max(_long(head) * 1.1, *(min(_long(row[n]), 60.0) for row in rows)) * LETTER + 0.25
        for n, head in enumerate(heads)
    ]
    least = [min(a, 0.9) for a in asked]
    spare = ROOM_WIDE - sum(least)
    want = sum(asked) - sum(least)
    share = min(1.0, spare / want) if want > 0 else 1.0
    return [low + (ask - low) * share for ask, low in zip(asked, least, strict=True)]


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    lines = max(
        -(-_long(cell) * LETTER // max(wide - 0.2, 0.3)) for cell, wide in zip(row, widths, strict=True)
    )
    return max(1.0, lines) * LINE + PAD


def _pages(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Iterator[list[Sequence[str]]]:
    """Yield as many rows as a slide holds; a row too tall for one stands alone."""
    part: list[Sequence[str]] = []
    used = LINE + PAD
    for row in rows:
        tall = _height(row, widths)
        if part and used + tall > ROOM_TALL:
            yield part
            part, used = [], LINE + PAD
        part.append(row)
        used += tall
    if part:
        yield part


def _table(page: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    from pptx.util import Inches, Pt

    heights = [LINE + PAD, *(_height(row, widths) for row in rows)]
    shape = page.shapes.add_table(
        len(rows) + 1, len(heads), Inches(LEFT), Inches(TOP), Inches(sum(widths)), Inches(sum(heights))
    )
    table = shape.table
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    for line, tall, cells in zip(table.rows, heights, [heads, *rows], strict=True):
        line.height = Inches(tall)
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size = Pt(CELL)
