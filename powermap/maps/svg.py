"""The static twin of a panel: the same marks as SVG, for print, for readers without scripts, for export."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from powermap.maps import drawing
from powermap.maps.drawing import Mark, n
from powermap.maps.scene import Camp, Scene


def paint(marks: Iterable[Mark], lang: str) -> str:
    """Paint marks as SVG elements. Colours are classes, so that the page's theme colours them."""
    return "".join(_element(mark, 0 if lang == "zh" else 1) for mark in marks)


def _paint_of(fill: str, stroke: str, width: float, dash: Any) -> str:
    parts = [f'class="f-{fill} s-{stroke}"'] if stroke != "none" and width else [f'class="f-{fill}"']
    if stroke != "none" and width:
        parts.append(f'stroke-width="{width:g}"')
        if dash:
            parts.append(f'stroke-dasharray="{" ".join(f"{d:g}" for d in dash)}"')
    return " ".join(parts)


def _element(mark: Mark, lang: int) -> str:
    if mark[0] == "p":
        _, d, stroke, width, fill, dash = mark
        return f'<path d="{d}" {_paint_of(fill, stroke, width, dash)}/>'
    if mark[0] == "c":
        _, x, y, r, fill, stroke, width, dash = mark
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {_paint_of(fill, stroke, width, dash)}/>'
    _, x, y, text, size, colour, boldness, anchor, style = mark
    words = text if isinstance(text, str) else text[lang]
    if not words:
        return ""
    halo = " halo" if "halo" in style else ""
    extra = ' font-style="italic"' if "italic" in style else ""
    return f'<text x="{n(x)}" y="{n(y)}" font-size="{size:g}" font-weight="{boldness}" text-anchor="{anchor}"{extra} class="f-{colour}{halo}">{escape(words)}</text>'


def panel(scene: Scene, camp: Camp, lang: str, *, view: str = "attitude") -> str:
    """Return one panel as an ``<svg>`` element."""
    grid = scene.grid
    lang_index = 0 if lang == "zh" else 1
    parts = [paint(drawing.ground(scene), lang)]
    shown = [k for k in drawing.links(scene) if k["s"] and len(scene.reviews) in k["w"]]
    parts += [paint(k["m"], lang) for k in shown]
    for figure in scene.figures:
        title = escape(f"{figure.name[lang_index]} {figure.title[lang_index]}".strip())
        parts.append(
            f'<g transform="translate({n(figure.x)} {n(figure.y)})"><title>{title}</title>{paint([*drawing.person(scene, figure, camp, view), *drawing.always(figure, scene.grid.column)], lang)}</g>'
        )
    label = escape(f"{scene.title[lang_index]} · {camp.name[lang_index]}")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {n(grid.width + 8)} {n(grid.height + 8)}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
