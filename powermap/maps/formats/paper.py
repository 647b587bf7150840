"""The map on paper: an A3 sheet with title, banner and legend, from the same marks; as PDF and as picture."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from typing import Any

from powermap.errors import RenderError
from powermap.maps.drawing import svg
from powermap.maps.drawing.legend import banner, legend, subtitle
from powermap.maps.layout.text_metrics import fit, width_of
from powermap.maps.scene.model import Camp, Scene
from powermap.pages.colours import light
from powermap.words import Words

WIDTH, HEIGHT, MARGIN = 1190.0, 842.0, 30.0
"""A3 landscape in points."""
HEAD = 44.0
LARGEST = 2.0
"""A map of few people isn't blown up further."""
RESOLUTION = 160
"""Pixels per inch of the picture: 2 644 by 1 871."""
CHINESE = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
    "DengXian",
    "SimSun",
)
LATIN = ("Helvetica Neue", "Helvetica", "Arial", "Segoe UI", "Noto Sans", "Liberation Sans", "DejaVu Sans")
# Typst reads the sheet and the title as data, so nothing in a name is markup to it.
SOURCE = """#let say = json("say.json")
#set document(title: say.title, author: (), date: datetime(year: say.year, month: say.month, day: say.day))
#set page(width: 1190pt, height: 842pt, margin: 0pt)
#set text(lang: say.lang)
#image("sheet.svg", width: 100%, height: 100%, alt: say.title)
"""


def sheet(scene: Scene, camp: Camp, lang: str, profile: str, font: str) -> str:
    """Return the sheet as SVG."""
    at, colours = 0 if lang == "zh" else 1, light("map")
    keys, height = legend(scene, lang, WIDTH - 2 * MARGIN)
    grid, room = scene.grid, HEIGHT - 2 * MARGIN - HEAD - height - 22
    scale = min((WIDTH - 2 * MARGIN) / grid.width, room / grid.height, LARGEST)
    x, y = (WIDTH - scale * grid.width) / 2, MARGIN + HEAD
    y += max(0.0, (room - scale * grid.height) / 2)
    note = banner(scene, lang, profile)
    beside = WIDTH - 2 * MARGIN - width_of(note, 11) - 20
    under = [*([] if scene.plain else [camp.name[at]]), subtitle(scene, lang)]

    def text(x: float, y: float, content: str, size: float, more: str) -> str:
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" {more}>{escape(svg.printable(content))}</text>'
        )

    ink, muted = colours["ink"], colours["muted"]
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}"'
            f' height="{HEIGHT:g}" font-family="{escape(font)}">{svg.hatching(colours)}',
            f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{colours["paper"]}"/>',
            text(
                MARGIN, MARGIN + 12, fit(scene.title[at], beside, 19), 19, f'font-weight="700" fill="{ink}"'
            ),
            text(MARGIN, MARGIN + 30, fit(" · ".join(under), beside, 11), 11, f'fill="{muted}"'),
            text(
                WIDTH - MARGIN,
                MARGIN + 12,
                note,
                11,
                f'font-weight="700" text-anchor="end" fill="{ink}"',
            ),
            f'<g transform="translate({x:.2f} {y:.2f}) scale({scale:.4f})">',
            svg.body(scene, camp, lang, "attitude", colours),
            f'</g><g transform="translate({MARGIN:g} {HEIGHT - MARGIN - height:.1f})">',
            svg.paint(keys, lang, colours),
            "</g>",
            svg.watermark(scene.mark, WIDTH, HEIGHT, ink),
            "</svg>",
        ]
    )


def printed(scene: Scene, camp: Camp, lang: str, profile: str, form: str) -> bytes:
    """Print the sheet as ``pdf`` or ``png``.

    Raises
    ------
    RenderError
        If typst isn't installed, or a text needs Chinese characters and no font here has them.
    """
    drawn = sheet(scene, camp, lang, profile, "")
    drawn = sheet(scene, camp, lang, profile, font(needs_chinese(drawn)))
    day = scene.as_of
    say: dict[str, Any] = {"title": svg.printable(scene.title[0 if lang == "zh" else 1]), "lang": lang}
    say |= {"year": day.year, "month": day.month, "day": day.day}
    files = {"main.typ": SOURCE.encode(), "sheet.svg": drawn.encode(), "say.json": json.dumps(say).encode()}
    return compiled(files, form, RESOLUTION)


def compiled(files: dict[str, bytes], form: str, resolution: int) -> bytes:
    """Set ``main.typ`` of some files as ``pdf`` or ``png`` of so many pixels per inch.

    Raises
    ------
    RenderError
        If typst isn't installed, or can't set it.
    """
    typst = _typst()
    options: dict[str, Any] = {"format": form}
    if form == "png":
        options["ppi"] = resolution
    try:
        content: bytes = typst.compile(files, **options)
    except typst.TypstError as error:
        raise RenderError(Words(f"打印失败：{error}", f"the sheet can't be printed: {error}")) from error
    return content


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise RenderError(
            Words("PDF 和 PNG 还需要一个库", "PDF and PNG need one more library"),
            hint=Words(
                "pip install 'powermap[files]'；.html 和 .svg 不需要",
                "pip install 'powermap[files]'; .html and .svg need none",
            ),
        ) from None
    return typst


def needs_chinese(text: str) -> bool:
    """Tell whether a text has characters that Latin fonts lack."""
    return any("\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000" for c in text)


@cache
def _families() -> frozenset[str]:
    return frozenset(_typst().Fonts().families())


def font(chinese: bool) -> str:
    """Choose a font of this machine.

    Raises
    ------
    RenderError
        If Chinese characters are needed and no font has them.
    """
    for name in CHINESE if chinese else (*LATIN, *CHINESE):
        if name in _families():
            return name
    if chinese:
        raise RenderError(
            Words("没有安装中文字体", "no font with Chinese characters is installed"),
            hint=Words(
                "请安装，如 `apt install fonts-noto-cjk`；英文客户加 --lang en 则不需要",
                "install one, e.g. `apt install fonts-noto-cjk`; an English account with --lang en needs none",
            ),
        )
    return "Libertinus Serif"
