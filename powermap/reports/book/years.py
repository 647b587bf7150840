"""The picture of what they bought year by year: our part at the foot of each bar, our share as a figure below it."""

from __future__ import annotations

from collections.abc import Sequence

from powermap.analysis.rules.wallet import Series
from powermap.analysis.text import percentage
from powermap.analysis.value_words import supplier_name
from powermap.lens import Lens
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.marks import svg_text, tone
from powermap.reports.book.pictures import cut, frame
from powermap.words import Words, both

WIDTH, STEP, LEFT, HIGH, BASE, BAR = 404.0, 50.0, 4.0, 190.0, 234.0, 36.0
"""The picture's width, that of a year, the left edge, the height of the greatest bar, the foot of all and their width."""
YEARS = 5
"""Years that there is room for; earlier ones have a note."""
RIVALS = 3


def years(lens: Lens, series: Sequence[Series], scale: Amounts) -> str:
    """Draw the greatest category: what they bought, ours, and in the last year the rivals' sales on ours; "" without figures.

    Amounts are in the unit of the table beside it.
    """
    told = [s for s in series if s.currency == scale.currency]
    found = max(told, key=lambda s: s.years[-1][2] if s.years else 0.0, default=None)
    if found is None or not found.years:
        return ""
    kept = found.years[-YEARS:]
    shares = found.shares[-YEARS:]
    most = max(spend for _, _, spend in kept)
    what = found.category or Words("全部采购", "all they buy").en
    name = Words(f"{found.category or '全部采购'}，{scale.unit.zh}", f"{what}, {scale.unit.en}")
    parts = [svg_text(LEFT, 14, name, "strong", "start", 12)]
    for n, ((year, ours, spend), share) in enumerate(zip(kept, shares, strict=True)):
        middle = LEFT + STEP * (n + 0.5)
        parts += [
            _bar(middle, spend, 0.0, most, "rest"),
            _bar(middle, ours, 0.0, most, "ours"),
            svg_text(middle, BASE - HIGH * spend / most - 6, scale.say(spend), "faint", size=12),
            svg_text(middle, BASE + 16, both(str(year)), size=12),
            svg_text(middle, BASE + 34, both(f"{percentage(share):g}%"), "strong", size=13),
        ]
    # In the last year the rivals' sales stand on ours; what nobody is known to sell stays grey.
    _, ours, spend = kept[-1]
    middle, side = LEFT + STEP * (len(kept) - 0.5), LEFT + STEP * len(kept) + 4
    line = BASE - HIGH * ours / most / 2 + 4
    parts.append(svg_text(side, line, _told(Words("我方", "us"), shares[-1]), "us", "start", 12))
    under = ours
    for rival, sales in found.rivals[:RIVALS]:
        parts.append(_bar(middle, sales, under, most, f"t-{tone(lens, rival)}"))
        # Labels keep a line's distance where bars are low.
        line = min(line - 15, BASE - HIGH * (under + sales / 2) / most + 4)
        parts.append(svg_text(side, line, _told(supplier_name(lens, rival), sales / spend), "", "start", 12))
        under += sales
    return frame(WIDTH, BASE + 42, Words("采购额与我方份额", "what they buy, and our share"), "".join(parts))


def _bar(middle: float, amount: float, under: float, most: float, name: str) -> str:
    tall, foot = HIGH * amount / most, BASE - HIGH * under / most
    return f'<rect class="bar {name}" x="{middle - BAR / 2:.1f}" y="{foot - tall:.1f}" width="{BAR:g}" height="{tall:.1f}"/>'


def _told(name: Words, share: float) -> Words:
    part = f"{percentage(share):g}%"
    return Words(f"{cut(name.zh, 7)} {part}", f"{cut(name.en, 12)} {part}")
