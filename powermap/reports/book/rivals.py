"""The book's maps: ours, the strongest rival's beside it, and what each who decides thinks of every supplier."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from powermap.analysis.competition import compare
from powermap.analysis.deciders import deciders
from powermap.analysis.text import call
from powermap.lens import Lens
from powermap.reports.book.marks import dot, say, table
from powermap.words import Words, by_language


def strongest(lens: Lens) -> str:
    """Return the id of the rival with the greatest influence on the decision, "" without one."""
    others = [s.id for s in lens.suppliers if s.id != lens.supplier.id]
    ranked = [s for f in compare(lens).findings if f.kind == "influence-share" for s in f.subjects]
    return next((s for s in (*ranked, *others) if s in others), "")


def maps(lens: Lens, svg: str, rival: tuple[str, str] | None) -> str:
    """Write our map and the `rival`'s (id, SVG), as far as they are drawn, under what the deciders think of each."""
    names = {s.id: by_language(s.organization.name, s.organization.name_alt) for s in lens.suppliers}
    sheets = [(lens.supplier.id, svg), *([rival] if rival else [])]
    swipe = say(Words("← 左右滑动看全图 →", "← swipe to see all of it →"), name="swipe")
    pictures = "".join(
        f"<figure class=sheet><figcaption>{say(names[id])}</figcaption>{swipe}<div class=scroll>"
        f'<img class="map" alt="{escape(names[id].en)}" src="data:image/svg+xml;charset=utf-8,{_in_url(drawn)}">'
        "</div></figure>"
        for id, drawn in sheets
        if drawn
    )
    return _beside(lens, names) + pictures


def _in_url(svg: str) -> str:
    """Write a picture into the address of an attribute, a quarter smaller than base64."""
    for sign, code in (("%", "%25"), ("#", "%23"), ('"', "%22"), ("&", "&amp;"), ("\n", "%0A")):
        svg = svg.replace(sign, code)
    return svg


def _beside(lens: Lens, names: Mapping[str, Words]) -> str:
    """Write what each who decides thinks of us and of each rival, side by side."""
    people = [p for p in deciders(lens).shares if p in lens.seats]
    if len(lens.suppliers) < 2 or not people:
        return ""
    heads = (Words("谁决定", "Who decides"), *(names[s.id] for s in lens.suppliers))
    rows = [
        ([say(call(lens, p), name="name"), *(dot(lens.attitude(p, s.id)) for s in lens.suppliers)], False)
        for p in people
    ]
    return table(heads, rows, "grid").replace("class=grid", 'class="grid beside"')
