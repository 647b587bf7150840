"""The book as one long picture for a chat (长图): sentences and pictures, one below the other, in one language."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from powermap.analysis.beyond import Beyond
from powermap.analysis.brief import brief
from powermap.lens import Lens
from powermap.maps.formats.paper import compiled, font, needs_chinese
from powermap.pages import bundle, colours
from powermap.reports.book.page import BANNERS, Mark, allowed
from powermap.reports.book.panels import panels
from powermap.reports.book.pictures import BROAD
from powermap.words import Lang, by_language

# Typst reads all texts as data, so nothing in a name is markup to it.
SOURCE = """#let say = json("say.json")
#set document(title: say.title, author: ())
#set page(width: 540pt, height: auto, margin: 24pt, fill: rgb("#eef1f3"), foreground: if say.mark != "" {
  for n in range(60) {
    place(top + left, dx: 40pt + calc.rem(n, 2) * 120pt, dy: n * 210pt + 90pt,
      rotate(-24deg, text(size: 18pt, fill: rgb(20, 30, 40, 26), say.mark)))
  }
})
#set text(font: say.font, size: 10.5pt, lang: say.lang)
#text(size: 22pt, weight: "bold", say.title)

#text(size: 9pt, fill: rgb("#5a6872"), say.sub)

#text(size: 13pt, say.lead)

#for panel in say.panels {
  block(fill: white, stroke: 0.6pt + rgb("#d8dfe3"), radius: 6pt, inset: 12pt, width: 100%, breakable: false, {
    text(size: 13pt, weight: "bold", panel.title)
    parbreak()
    text(panel.sentence)
    for (file, wide) in panel.pictures { parbreak(); image(file, width: wide * 1%) }
    if panel.more.len() > 0 { parbreak(); list(..panel.more.map(t => text(size: 9.5pt, t))) }
  })
}
"""
MORE = 4
"""Further sentences of a panel."""
PPI = 144


def long_picture(
    lens: Lens,
    lang: Lang,
    map_svg: str,
    profile: str = "team",
    mark: Mark | None = None,
    beyond: Beyond | None = None,
) -> bytes:
    """Draw the book as a PNG of 540 points' width, as tall as it comes.

    Raises
    ------
    RenderError
        If typst isn't installed, or a text needs Chinese characters and no font here has them.
    """
    seen = allowed(lens, profile)
    name = by_language(seen.account.name, seen.account.name_alt)[lang]
    top = [f.sentence[lang] for f in brief(seen).findings if f.urgency][:2]
    files: dict[str, bytes] = {"main.typ": SOURCE.encode()}
    told: list[dict[str, Any]] = []
    for n, panel in enumerate(panels(seen, map_svg, beyond=beyond), 1):
        drawn = [map_svg] if panel.key == "map" and map_svg else [_alone(p, lang) for p in panel.pictures]
        names = [f"{panel.key}{k}.svg" for k in range(len(drawn))]
        files |= {file: svg.encode() for file, svg in zip(names, drawn, strict=True)}
        more = [f.sentence[lang] for f in panel.findings if f.sentence != panel.sentence][:MORE]
        told.append(
            {
                "title": f"{n}  {panel.title[lang]}",
                "sentence": panel.sentence[lang],
                "pictures": [[file, _wide(svg)] for file, svg in zip(names, drawn, strict=True)],
                "more": more,
            }
        )
    sub = " · ".join(
        filter(None, (seen.as_of.isoformat(), BANNERS[profile][lang], mark.words if mark else ""))
    )
    say: dict[str, Any] = {"title": name, "sub": sub, "lead": " ".join(top), "panels": told, "lang": lang}
    say["mark"] = mark.words if mark else ""
    chosen = font(
        needs_chinese(json.dumps(say, ensure_ascii=False) + "".join(map(bytes.decode, files.values())))
    )
    say["font"] = chosen
    for file in [f for f in files if f.endswith(".svg")]:
        bare = re.sub(rb'(<svg[^>]*?) font-family="[^"]*"', rb"\1", files[file], count=1)
        files[file] = bare.replace(b"<svg ", f'<svg font-family="{chosen}" '.encode(), 1)
    files["say.json"] = json.dumps(say, ensure_ascii=False).encode()
    return compiled(files, "png", PPI)


def _alone(picture: str, lang: Lang) -> str:
    """Return a picture of the page as a file of its own: one language, its colours written in."""
    other = "en" if lang == "zh" else "zh-CN"
    svg = re.sub(rf'<text[^>]* lang="{other}"[^>]*>.*?</text>', "", picture)
    svg = svg[svg.index("<svg ") : svg.rindex("</svg>") + 6]
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    size = f' width="{box[1]}" height="{box[2]}"' if box else ""
    return svg.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg"{size} ', 1).replace(
        ">", f"><style>{_style()}</style>", 1
    )


def _wide(svg: str) -> float:
    """Return how many per cent of the page a picture takes: a narrow one isn't blown up."""
    box = re.search(r'viewBox="0 0 ([\d.]+) [\d.]+"', svg)
    return min(100.0, round(100 * float(box[1]) / BROAD, 1)) if box else 100.0


@cache
def _style() -> str:
    """Return the page's rules for pictures, with the colours of the light theme in place of their names."""
    tones = colours.light("map")
    rules = re.findall(r"([^{}]*\.picture[^{}]*)\{([^{}]*)\}", bundle.style("book/page.css"))
    text = "".join(
        f"{head.strip().replace('.picture ', '')}{{{body.strip()}}}"
        for head, body in rules
        if "min-width" not in body
    )
    return re.sub(r"var\(--([\w-]+)\)", lambda found: tones.get(found[1], "#000"), text)
