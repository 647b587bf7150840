"""The page of the book: one file, both languages, no request; with a watermark where somebody asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote

from powermap.analysis.beyond import Beyond
from powermap.analysis.brief import brief
from powermap.errors import RenderError
from powermap.lens import Lens, look
from powermap.maps.privacy.profiles import reduce
from powermap.pages import bundle, colours, embedding
from powermap.reports.book.marks import legend, say
from powermap.reports.book.panel import Panel
from powermap.reports.book.panels import panels
from powermap.words import Lang, Words, by_language

BANNERS = {
    "team": Words("内部资料：仅限项目团队", "internal: deal team only"),
    "full": Words("内部资料：仅限管理层，请勿转发", "internal: managers only, do not forward"),
}
"""Who may see a book: it holds what nobody else is to read."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A watermark: for whom the copy is, made when, good until when."""

    reader: str
    made: date
    expires: date | None = None

    @property
    def words(self) -> str:
        """What stands across the page."""
        return " · ".join(
            filter(None, (self.reader, self.made.isoformat(), f"→ {self.expires}" if self.expires else ""))
        )


def allowed(lens: Lens, profile: str) -> Lens:
    """Look with only what a profile allows, on every day of the past too.

    Raises
    ------
    RenderError
        If the profile is none of :data:`BANNERS`: a book is for nobody outside.
    """
    if profile not in BANNERS:
        raise RenderError(
            Words(
                f"客户一本账只给内部看，不能用“{profile}”",
                f"a book is for our own people, not for {profile!r}",
            ),
            hint=Words(
                "可选：team、full；给外面的人请用地图：map --profile",
                "choose team or full; for others there is the map: map --profile",
            ),
        )
    deal = lens.deal.id if lens.deal else ""
    return look(
        reduce(lens.whole, lens, profile),
        lens.account.id,
        as_of=lens.as_of,
        pack=lens.pack,
        supplier_id=lens.supplier.id,
        deal_id=deal,
    )


def render(
    lens: Lens,
    lang: Lang,
    map_svg: str,
    profile: str = "team",
    mark: Mark | None = None,
    rival: tuple[str, str] | None = None,
    beyond: Beyond | None = None,
) -> str:
    """Draw the book.

    Parameters
    ----------
    lang
        The language it opens in; it holds both.
    map_svg
        The power map, drawn for the same profile.
    rival
        A rival's id and the map in their eyes, which stands beside.
    beyond
        What lies beyond the account: the other customers, the companies below.

    Returns
    -------
    str
        HTML, the same bytes for the same lens.
    """
    seen = allowed(lens, profile)
    lead = "".join(say(f.sentence) + " " for f in [f for f in brief(seen).findings if f.urgency][:2])
    sub = Words(f"客户一本账 · 截至 {seen.as_of}", f"Account book · as of {seen.as_of}")
    return sheet(
        by_language(seen.account.name, seen.account.name_alt),
        sub,
        panels(seen, map_svg, rival, beyond),
        lang,
        above=f"<p class=lead>{lead}</p>{legend(seen.pack)}",
        profile=profile,
        mark=mark,
    )


def sheet(
    name: Words,
    sub: Words,
    found: Sequence[Panel],
    lang: Lang,
    *,
    above: str = "",
    profile: str = "team",
    mark: Mark | None = None,
) -> str:
    """Write panels as one page that holds both languages and asks for nothing.

    Parameters
    ----------
    above
        Markup between the links and the panels: the lead, a legend.
    """
    links = "".join(f'<a href="#{p.key}">{say(p.title)}</a>' for p in found)
    body = "".join(p.markup(n) for n, p in enumerate(found, 1))
    script = bundle.script("book/page.js")
    style = colours.variables("map") + bundle.style("book/page.css") + (_tile(mark) if mark else "")
    watermark = '<div class="watermark" aria-hidden="true"></div>' if mark else ""
    made = f" · {escape(mark.words)}" if mark else ""
    return (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}" data-lang="{lang}" data-profile="{profile}"><head>'
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{embedding.policy([script], embedding.digest(style), "data:")}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<meta name="robots" content="noindex"><title>{escape(name[lang])}</title><link rel="icon" href="data:,">'
        f"<style>{style}</style></head><body>{watermark}<header class=top><div><h1>{say(name)}</h1>"
        f"<p class=sub>{say(sub)} · <strong>{say(BANNERS[profile])}</strong>{made}</p></div>"
        '<div class=tools><button id="lang">中 / EN</button><button id="theme" aria-label="theme">◐</button></div></header>'
        f"<nav>{links}</nav>{above}<main>{body}</main><script>{script}</script></body></html>"
    )


def _tile(mark: Mark) -> str:
    """Return the rule that repeats a watermark over the whole page, on each sheet of paper too."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="460" height="260"><text x="20" y="190" font-size="16" '
        f'font-family="sans-serif" fill="#7d8790" transform="rotate(-24 20 190)">{escape(mark.words)}</text></svg>'
    )
    return f'.watermark{{background-image:url("data:image/svg+xml,{quote(svg)}")}}\n'
