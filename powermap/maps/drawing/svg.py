"""The static twin of a panel: the same marks as SVG, for print, for readers without scripts, for export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from powermap.maps.drawing import ground, people, ties
from powermap.maps.drawing.marks import Mark, n
from powermap.maps.layout.free_slots import HEAD
from powermap.maps.scene.model import Camp, Scene

Palette = Mapping[str, str]
FONTS = "system-ui, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def printable(text: str) -> str:
    """Leave out what XML can't hold: control characters and half surrogates."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe")
    )


def paint(marks: Iterable[Mark], lang: str, palette: Palette | None = None) -> str:
    """Paint marks as SVG elements.

    Colours are classes, so that the page's theme colours them; with a palette they are written out, so that the
    drawing stands alone.
    """
    return "".join(_element(mark, 0 if lang == "zh" else 1, palette) for mark in marks)


def _fill(token: str, palette: Palette) -> str:
    if token == "veil":
        return 'fill="#ffffff" fill-opacity="0.3"'
    return f'fill="{"none" if token == "none" else "url(#hatching)" if token == "hatch" else palette[token]}"'


def _paint_of(fill: str, stroke: str, width: float, dash: Any, palette: Palette | None) -> str:
    drawn = stroke != "none" and width
    if palette is None:
        parts = [f'class="f-{fill} s-{stroke}"' if drawn else f'class="f-{fill}"']
    else:
        parts = [_fill(fill, palette)]
        if drawn:
            parts.append(f'stroke="{palette[stroke]}"')
    if drawn:
        parts.append(f'stroke-width="{width:g}"')
        if dash:
            parts.append(f'stroke-dasharray="{" ".join(f"{d:g}" for d in dash)}"')
    return " ".join(parts)


def _element(mark: Mark, lang: int, palette: Palette | None) -> str:
    if mark[0] == "p":
        _, d, stroke, width, fill, dash = mark
        return f'<path d="{d}" {_paint_of(fill, stroke, width, dash, palette)}/>'
    if mark[0] == "c":
        _, x, y, r, fill, stroke, width, dash = mark
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {_paint_of(fill, stroke, width, dash, palette)}/>'
    _, x, y, text, size, colour, boldness, anchor, style = mark
    words = text if isinstance(text, str) else text[lang]
    if not words:
        return ""
    extra = ' font-style="italic"' if "italic" in style else ""
    if palette is None:
        look = f'class="f-{colour}{" halo" if "halo" in style else ""}"'
    else:
        look = f'fill="{palette[colour]}"'
        if "halo" in style:
            look += (
                f' stroke="{palette["lane"]}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
            )
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{size:g}" font-weight="{boldness}" text-anchor="{anchor}"'
        f"{extra} {look}>{escape(printable(words))}</text>"
    )


def _ground(scene: Scene, lang: str, palette: Palette | None) -> str:
    """Paint what lies under the people, the same for every supplier: lanes, bands and ties."""
    today = len(scene.reviews)
    drawn = [paint(k["m"], lang, palette) for k in ties.links(scene) if k["s"] and today in k["w"]]
    at = 0 if lang == "zh" else 1
    names = [
        f'<rect x="{n(x)}" y="0" width="{n(width)}" height="{n(HEAD)}" fill="none" pointer-events="all">'
        f"<title>{escape(printable(name[at]))}</title></rect>"
        for x, width, name in ground.shortened(scene)
    ]
    above = paint(ground.levels(scene), lang, palette)
    return paint(ground.ground(scene), lang, palette) + "".join([*drawn, above, *names])


def _people(scene: Scene, camp: Camp, lang: str, view: str, palette: Palette | None) -> str:
    """Paint the people as one supplier sees them."""
    at, parts = 0 if lang == "zh" else 1, []
    for figure in scene.here:
        title = escape(printable(f"{figure.name[at]} {figure.title[at]}".strip()))
        marks = paint(people.person(scene, figure, camp, view), lang, palette)
        parts.append(
            f'<g transform="translate({n(figure.x)} {n(figure.y)})"><title>{title}</title>{marks}</g>'
        )
    return "".join(parts)


def _labels(scene: Scene, lang: str, palette: Palette | None) -> str:
    """Paint badges and names, the same for every supplier."""
    return "".join(
        f'<g transform="translate({n(f.x)} {n(f.y)})">{paint(people.always(f, scene.grid.column), lang, palette)}</g>'
        for f in scene.here
    )


def body(scene: Scene, camp: Camp, lang: str, view: str, palette: Palette | None) -> str:
    """Return one panel's elements, without the ``<svg>`` around them."""
    people = _people(scene, camp, lang, view, palette)
    return _ground(scene, lang, palette) + people + _labels(scene, lang, palette)


def panels(scene: Scene, camps: Sequence[Camp], lang: str, *, view: str = "attitude") -> list[str]:
    """Return panels as ``<svg>`` elements of one page; what is the same in all is in the first, and used by the others."""
    grid, at, drawn = scene.grid, 0 if lang == "zh" else 1, []
    for number, camp in enumerate(camps):
        label = escape(printable(f"{scene.title[at]} · {camp.name[at]}"))
        below, above = '<use href="#twin-ground"/>', '<use href="#twin-labels"/>'
        if not number:
            below = f'<g id="twin-ground">{_ground(scene, lang, None)}</g>'
            above = f'<g id="twin-labels">{_labels(scene, lang, None)}</g>'
        drawn.append(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {n(grid.width + 8)} {n(grid.height + 8)}"'
            f' role="img" aria-label="{label}">{below}{_people(scene, camp, lang, view, None)}{above}</svg>'
        )
    return drawn


def hatching(palette: Palette) -> str:
    """Return the pattern that stands for an unknown attitude, with its colours written out."""
    return (
        '<defs><pattern id="hatching" width="5" height="5" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="5" height="5" fill="{palette["paper"]}"/>'
        f'<path d="M2.5 0V5" stroke="{palette["line"]}" stroke-width="1.4"/></pattern></defs>'
    )


def watermark(mark: str, width: float, height: float, ink: str) -> str:
    """Write across a drawing who made it and when, faintly, three times; nothing without a mark."""
    size = 0.9 * width / max(12, len(mark))
    return "".join(
        f'<text x="{n(width / 2)}" y="{n(height * part)}" font-size="{n(size)}" font-weight="700" text-anchor="middle"'
        f' fill="{ink}" opacity=".07" transform="rotate(-20 {n(width / 2)} {n(height * part)})">'
        f"{escape(printable(mark))}</text>"
        for part in (0.3, 0.6, 0.9)
        if mark
    )


def standalone(scene: Scene, camp: Camp, lang: str, palette: Palette, caption: str) -> str:
    """Return one panel as an SVG file with its colours, fonts and a caption, for documents and slides."""
    grid = scene.grid
    text = escape(printable(caption))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -34 {n(grid.width + 24)} {n(grid.height + 46)}"'
        f' width="{n(2 * (grid.width + 24))}" height="{n(2 * (grid.height + 46))}" font-family="{FONTS}" role="img"'
        f' aria-label="{text}">{hatching(palette)}<rect x="-12" y="-34" width="100%" height="100%" fill="{palette["paper"]}"/>'
        f'<text x="0" y="-14" font-size="12" font-weight="700" fill="{palette["ink"]}">{text}</text>'
        f"{body(scene, camp, lang, 'attitude', palette)}"
        f"{watermark(scene.mark, grid.width, grid.height, palette['ink'])}</svg>"
    )
