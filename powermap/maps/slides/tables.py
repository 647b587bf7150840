"""An answer's table on a slide: as many rows as fit, columns as wide as what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import ceil
from typing import Any

from powermap.findings import Answer
from powermap.maps.layout.text_metrics import fit, width_of
from powermap.maps.slides.shapes import Box, Pen, Shape, Words, fill

SIZE, LINE, PAD = 10.5, 13.5, 5.0
SCALES = (1.3, 1.15, 1.0)
LOOSE = 1.6
"""How much wider than needed a column may be."""
MOST_LINES = 3
"""Lines of one cell; what is longer is shortened."""
URI = "http://schemas.openxmlformats.org/drawingml/2006/table"


def table(pen: Pen, answer: Answer, lang: Any, box: Box) -> list[Shape]:
    """Set an answer's table into a box, larger where there is room; say below it how many rows are left out."""
    heads = [c.words[lang] + (f" ({c.unit})" if c.unit else "") for c in answer.plain]
    rows = [[answer.cell(row, c.key, lang) for c in answer.plain] for row in answer.rows]
    for scale in SCALES:
        place = (box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale)
        widths = _widths([heads, *rows], place[2] - place[0])
        heights = [_height(cells, widths) for cells in (heads, *rows)]
        if place[1] + sum(heights) <= place[3] and _at_ease([heads, *rows], widths):
            break
    return _set(pen.at(scale, 0, 0), answer.question, lang, place, [heads, *rows], widths, heights)


def _set(
    pen: Pen,
    name: str,
    lang: Any,
    box: Box,
    rows: list[list[str]],
    widths: list[float],
    heights: list[float],
) -> list[Shape]:
    y, fits = box[1], 0
    for high in heights:
        if y + high > box[3] - (0 if fits + 1 == len(rows) else 16):
            break
        y, fits = y + high, fits + 1
    shown, left = rows[:fits], len(rows) - fits
    grid = "".join(f'<a:gridCol w="{pen.emu(w)}"/>' for w in widths)
    lines = "".join(_row(pen, cells, widths, heights[i], head=i == 0) for i, cells in enumerate(shown))
    frame = pen.frame((box[0], box[1], box[0] + sum(widths), y)).replace("a:xfrm", "p:xfrm")
    number = pen.number()
    found = [
        Shape(
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="table {name}"/>'
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'{frame}<a:graphic><a:graphicData uri="{URI}"><a:tbl><a:tblPr firstRow="1"/>'
            f"<a:tblGrid>{grid}</a:tblGrid>{lines}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            (box[0], box[1], box[2], y),
        )
    ]
    if left:
        text = f"另有 {left} 行" if lang == "zh" else f"and {left} more"
        found.append(
            pen.words((box[0], y + 2, box[2], y + 16), [Words(text, 9.5, "muted")], "l", name="more")
        )
    return found


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


def _row(pen: Pen, cells: list[str], widths: list[float], height: float, *, head: bool) -> str:
    parts = []
    for text, width in zip(cells, widths, strict=True):
        text = fit(text, MOST_LINES * (width - 2 * PAD) * 0.92, SIZE)
        words = Words(text, SIZE, "ink", head)
        body = pen.body([words], "l", tag="a:txBody", wrap="square")
        rule = f'<a:lnB w="{12700 if head else 6350}">{fill("ink" if head else "rule")}</a:lnB>'
        none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
        pad = f'marL="{pen.emu(PAD)}" marR="{pen.emu(PAD)}" marT="{pen.emu(3)}" marB="{pen.emu(3)}"'
        parts.append(f'<a:tc>{body}<a:tcPr {pad} anchor="t">{none}{rule}<a:noFill/></a:tcPr></a:tc>')
    return f'<a:tr h="{pen.emu(height)}">{"".join(parts)}</a:tr>'
