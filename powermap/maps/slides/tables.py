"""An answer's table on a slide: as many rows as fit, columns as wide as what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import ceil
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from powermap.findings import Answer
from powermap.maps.drawing.paths import Box
from powermap.maps.layout.text_metrics import fit, width_of
from powermap.maps.slides import drawingml
from powermap.maps.slides.paint import colour
from powermap.maps.slides.shapes import Pen, Run, Setting

SIZE, LINE, PAD = 10.5, 13.5, 5.0
SCALES = (1.3, 1.15, 1.0)
LOOSE = 1.6
"""How much wider than needed a column may be."""
MOST_LINES = 3
"""Lines of one cell; what is longer is shortened."""


def table(pen: Pen, answer: Answer, lang: Any, box: Box) -> None:
    """Set an answer's table into a box, larger where there is room; say below it how many rows are left out."""
    heads = [c.words[lang] + (f" ({c.unit})" if c.unit else "") for c in answer.plain]
    rows = [heads, *([answer.cell(row, c.key, lang) for c in answer.plain] for row in answer.rows)]
    for scale in SCALES:
        left, top, right, foot = (edge / scale for edge in box)
        widths = _widths(rows, right - left)
        heights = [_height(cells, widths) for cells in rows]
        if top + sum(heights) <= foot and _at_ease(rows, widths):
            break
    pen = pen.at(scale, 0, 0)
    y, fits = top, 0
    for high in heights:
        if y + high > foot - (0 if fits + 1 == len(rows) else 16):
            break
        y, fits = y + high, fits + 1
    if fits:
        box = (left, top, left + sum(widths), y)
        _set(pen, box, rows[:fits], widths, heights[:fits], name=f"table {answer.question}")
    if fits < len(rows):
        more = len(rows) - fits
        text = f"另有 {more} 行" if lang == "zh" else f"and {more} more"
        line = [Run(text, 9.5, "muted")]
        pen.text((left, y + 2, right, y + 16), line, Setting(PP_ALIGN.LEFT), name="more")


def _set(
    pen: Pen, box: Box, rows: list[list[str]], widths: list[float], heights: list[float], *, name: str
) -> None:
    """Draw the table: a heavy rule below its head, a light one below each other row."""
    frame = pen.shapes.add_table(len(rows), len(widths), *pen.place(box))
    frame.name, frame.table.horz_banding = name, False
    drawingml.without_table_style(frame)
    drawingml.size(frame.table, [pen.emu(w) for w in widths], [pen.emu(h) for h in heights])
    made: dict[bool, Any] = {}
    filled = (
        (text, width, n == 0) for n, row in enumerate(rows) for text, width in zip(row, widths, strict=True)
    )
    for cell, (text, width, head) in zip(frame.table.iter_cells(), filled, strict=True):
        if head in made:
            drawingml.dress_alike(cell, made[head])
        else:
            _dress(pen, cell, head=head)
            made[head] = cell
        text = fit(text, MOST_LINES * (width - 2 * PAD) * 0.92, SIZE)
        pen.lines(cell.text_frame, [Run(text, SIZE, "ink", head)], PP_ALIGN.LEFT)


def _dress(pen: Pen, cell: Any, *, head: bool) -> None:
    cell.margin_left = cell.margin_right = pen.emu(PAD)
    cell.margin_top = cell.margin_bottom = pen.emu(3)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    drawingml.rule_below(cell, 12700 if head else 6350, str(colour("ink" if head else "rule")))
    cell.fill.background()


def _needs(rows: list[list[str]], longest: Callable[[str], float]) -> list[float]:
    """Return what every column needs, by the longest of its cells."""
    return [max(longest(row[i]) for row in rows) * 1.06 + 2 * PAD for i in range(len(rows[0]))]


def _whole(text: str) -> float:
    return width_of(text, SIZE)


def _word(text: str) -> float:
    """Return the width of what can't be broken: a Latin word, a Chinese character."""
    return max(
        (width_of(part, SIZE) for part in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+", text)),
        default=0.0,
    )


def _at_ease(rows: list[list[str]], widths: list[float]) -> bool:
    """Tell whether every cell has the width it needs."""
    return all(width >= need - 0.1 for width, need in zip(widths, _needs(rows, _whole), strict=True))


def _widths(rows: list[list[str]], room: float) -> list[float]:
    """Give every column what it needs; where that is too much, the widest give way first, to their longest word."""
    needs = _needs(rows, _whole)
    if sum(needs) <= room:
        return [need * min(LOOSE, room / sum(needs)) for need in needs]
    least = _needs(rows, _word)
    least = least if sum(least) <= room else [0.0] * len(needs)
    widest = max(needs)
    while (
        sum(max(low, min(need, widest)) for low, need in zip(least, needs, strict=True)) > room and widest > 1
    ):
        widest -= 1
    return [max(low, min(need, widest)) for low, need in zip(least, needs, strict=True)]


def _height(cells: list[str], widths: list[float]) -> float:
    """Return the height of a row, its words broken as a slide program would."""
    most = max(
        min(MOST_LINES, ceil(_length(text) / max(1.0, width - 2 * PAD) - 0.001))
        for text, width in zip(cells, widths, strict=True)
    )
    return max(1, most) * LINE + 6


def _length(text: str) -> float:
    """Estimate a text's length over several lines, with what is lost where they break."""
    latin = sum(width_of(c, SIZE) < SIZE for c in text)
    return 1.04 * (len(text) - latin) * SIZE + 0.55 * latin * SIZE
