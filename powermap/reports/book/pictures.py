"""Pictures of the book: the house, the fishbone of the purchase and that of the weak spots, the wallet."""

from __future__ import annotations

import math
from collections.abc import Sequence

from powermap.analysis.attitudes import dimensions
from powermap.analysis.house import House, Part
from powermap.analysis.layer_levels import organizational
from powermap.analysis.rules.wallet import Series
from powermap.analysis.text import money, person_name
from powermap.analysis.weak_spots import weak_spots
from powermap.lens import Lens
from powermap.lens.grounds import Grounds
from powermap.reports.book.marks import svg_text
from powermap.words import Words, both

ON_RIB = 6
"""How many weak spots a rib holds; of more, the rest is counted."""

PILLARS = 6
"""Pillars that are drawn; more of them stand in the table."""


def _frame(width: float, height: float, label: Words, body: str) -> str:
    return (
        f'<div class="scroll"><svg class="picture" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{label.en}">'
        f"{body}</svg></div>"
    )


def _tone(attitude: int | None) -> str:
    return "unknown" if attitude is None else f"a{attitude}"


def _dot(x: float, y: float, attitude: int | None, radius: float = 15, *, target: bool = False) -> str:
    text = "?" if attitude is None else f"{attitude:+d}" if attitude else "0"
    mark = " target" if target else ""
    return (
        f'<g class="dot {_tone(attitude)}{mark}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="12" text-anchor="middle">{text}</text></g>'
    )


def house(lens: Lens, found: House) -> str:
    """Draw the house: roof, pillars, floor; what is missing is dashed."""
    width, height = 720.0, 400.0
    pillars = found.pillars[:PILLARS]
    parts = [
        f'<path class="part{_missing(found.roof)}" d="M 20 128 L 360 14 L 700 128 Z"/>',
        svg_text(360, 62, found.roof.name, "strong", size=15),
        svg_text(360, 84, _with_goal(found.roof)),
        _owner(lens, found.roof, 360, 108),
    ]
    step = (width - 60) / max(1, len(pillars))
    for n, part in enumerate(pillars):
        x = 30 + n * step
        middle = x + step / 2
        parts += [
            f'<rect class="part{_missing(part)}" x="{x + 6:.1f}" y="140" width="{step - 12:.1f}" height="150" rx="6"/>',
            svg_text(middle, 164, part.name, "strong", size=_size(part.name.en, step)),
            _dot(middle, 196, None if part.value is None else int(part.value)),
        ]
        if part.target is not None and part.target.target is not None:
            parts += [
                f'<path class="rise" d="M {middle:.1f} 216 v 12"/>',
                _dot(middle, 244, int(part.target.target), 13, target=True),
            ]
        parts.append(_owner(lens, part, middle, 278))
    parts += [
        f'<rect class="part{_missing(found.floor)}" x="20" y="302" width="680" height="82" rx="6"/>',
        svg_text(360, 326, found.floor.name, "strong", size=15),
        svg_text(360, 347, _with_goal(found.floor)),
        _owner(lens, found.floor, 360, 370),
    ]
    return _frame(width, height, Words("三大关系的房子", "the house of the three relations"), "".join(parts))


def _size(text: str, room: float) -> int:
    """Return the size of letters at which a name has room."""
    wide = sum(1.0 if ord(c) > 0x2E80 else 0.58 for c in text)
    return max(9, min(13, int((room - 18) / max(wide, 1.0))))


def _missing(part: Part) -> str:
    return "" if part.owners else " missing"


def _with_goal(part: Part) -> Words:
    goal = part.target
    if goal is None or goal.target is None:
        return part.level
    more = f" → {goal.target:g}"
    by = f"（{goal.by}）" if goal.by else ""
    return Words(f"{part.level.zh}{more}{by}", f"{part.level.en}{more}{f' ({goal.by})' if goal.by else ''}")


def _owner(lens: Lens, part: Part, x: float, y: float) -> str:
    if not part.owners:
        return svg_text(x, y, Words("责任人：无", "owner: nobody"), "red", size=12)
    who = person_name(lens, part.owners[0])
    return svg_text(x, y, both(who), "us", size=_size(who, 110))


def radar(lens: Lens, now: Grounds, before: Grounds) -> str:
    """Draw the six cells of somebody, last quarter's behind them; a cell that nobody judged has no corner."""
    names = dimensions(lens)
    middle, reach = 150.0, 92.0

    def corner(n: int, value: float) -> tuple[float, float]:
        angle = -math.pi / 2 + 2 * math.pi * n / len(names)
        far = reach * (value + 2.6) / 5.6
        return middle + far * math.cos(angle), middle + far * math.sin(angle)

    def shape(grounds: Grounds, name: str) -> str:
        points = [corner(n, grounds.cells[k].value) for n, (k, _) in enumerate(names) if k in grounds.cells]
        if len(points) < 3:
            return ""
        return f'<polygon class="{name}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'

    rings = "".join(
        f'<polygon class="ring{" zero" if v == 0 else ""}" points="'
        + " ".join(f"{x:.1f},{y:.1f}" for x, y in (corner(n, v) for n in range(len(names))))
        + '"/>'
        for v in (-2, -1, 0, 1, 2, 3)
    )
    labels, dots = [], []
    for n, (k, words) in enumerate(names):
        x, y = corner(n, 4.1)
        labels.append(svg_text(x, y + 4, words, size=11))
        if k in now.cells:
            dots.append(_dot(*corner(n, now.cells[k].value), now.cells[k].value, 10))
    body = rings + shape(before, "before") + shape(now, "now") + "".join((*labels, *dots))
    return _frame(300, 300, Words("六个维度", "six dimensions"), body)


def fishbone(lens: Lens) -> str:
    """Draw the purchase: its stages as the spine, the departments of the committee as ribs, people by attitude on them."""
    rows = lens.pack.topic("relations")["stage"]
    joined = set(organizational(lens).stages)
    people = list(lens.committee) or [s for s in lens.seats.values() if s.level and s.level <= 3]
    units: dict[str, list[str]] = {}
    for seat in people:
        units.setdefault(seat.unit or "—", []).append(seat.id)
    width, spine = 1000.0, 210.0
    step = (width - 150) / len(rows)
    parts = [
        f'<path class="spine" d="M 20 {spine} H {width - 110}"/>',
        f'<path class="head" d="M {width - 110} {spine - 42} L {width - 10} {spine} L {width - 110} {spine + 42} Z"/>',
    ]
    title = lens.deal.name if lens.deal else lens.account.name
    parts.append(svg_text(width - 78, spine + 5, both(_cut(title, 6)), "onhead", size=12))
    for n, row in enumerate(rows):
        x = 60 + n * step
        name = "stage in" if row["key"] in joined else "stage out"
        parts.append(
            f'<rect class="{name}" x="{x - 50:.1f}" y="{spine - 14:.1f}" width="100" height="28" rx="14"/>'
        )
        parts.append(svg_text(x, spine + 4, Words(row["zh"], _cut(row["en"], 17)), name, size=11))
    gap = (width - 220) / max(1, (len(units) + 1) // 2)
    for n, (unit, members) in enumerate(sorted(units.items(), key=lambda u: -len(u[1]))):
        up = n % 2 == 0
        x = 110 + (n // 2) * gap + (0 if up else gap / 3)
        end = 34 if up else 2 * spine - 34
        parts.append(
            f'<path class="rib" d="M {x - 46:.1f} {end} L {x + 20:.1f} {spine + (-14 if up else 14)}"/>'
        )
        parts.append(svg_text(x - 46, end - 10 if up else end + 20, both(unit), "strong", size=13))
        for m, person in enumerate(members[:4]):
            part = (m + 0.6) / (min(4, len(members)) + 0.8)
            px, py = x - 46 + 66 * part, end + (spine - end) * part
            parts.append(_dot(px, py, lens.attitude(person), 12))
            seat = lens.seats[person]
            parts.append(svg_text(px + 18, py + 4, both(seat.name), "", "start", 12))
        if len(members) > 4:
            parts.append(svg_text(x + 4, end + 10, both(f"+{len(members) - 4}"), "faint", "start", 11))
    return _frame(width, 2 * spine, Words("采购鱼骨图", "fishbone of the purchase"), "".join(parts))


def weak_fishbone(lens: Lens) -> str:
    """Draw the weak spots: their layers as ribs, what is wrong on them, the account at the head."""
    spots = weak_spots(lens)
    layers: dict[str, list[Words]] = {}
    for spot in spots:
        layers.setdefault(spot.layer, []).append(spot.words)
    width, spine = 1000.0, 150.0
    parts = [
        f'<path class="spine" d="M 20 {spine} H {width - 130}"/>',
        f'<path class="head" d="M {width - 130} {spine - 42} L {width - 10} {spine} L {width - 130} {spine + 42} Z"/>',
    ]
    parts.append(
        svg_text(
            width - 88,
            spine + 5,
            Words(f"{len(spots)} 处短板", f"{len(spots)} weak spots"),
            "onhead",
            size=12,
        )
    )
    shown = list(layers.items())[:4]
    gap = (width - 180) / max(1, (len(shown) + 1) // 2)
    for n, (layer, words) in enumerate(shown):
        up = n % 2 == 0
        x = 90 + (n // 2) * gap
        end = 26 if up else 2 * spine - 26
        parts.append(f'<path class="rib" d="M {x - 40:.1f} {end} L {x + 30:.1f} {spine}"/>')
        parts.append(
            svg_text(
                x - 40, end - 10 if up else end + 18, lens.pack.say("layer", layer), "strong", "start", 13
            )
        )
        if len(words) > ON_RIB:
            more = len(words) - ON_RIB + 1
            words = [
                *words[: ON_RIB - 1],
                Words(f"还有 {more} 处，见第 2 章", f"and {more} more: see chapter 2"),
            ]
        for m, said in enumerate(words):
            part = (m + 0.5) / (len(words) + 0.6)
            px, py = x - 40 + 70 * part, end + (spine - end) * part
            parts.append(f'<circle class="spot" cx="{px:.1f}" cy="{py:.1f}" r="4"/>')
            parts.append(
                svg_text(px + 12, py + 4, Words(_cut(said.zh, 26), _cut(said.en, 48)), "", "start", 12)
            )
    return _frame(width, 2 * spine, Words("短板鱼骨图", "fishbone of the weak spots"), "".join(parts))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def wallet(series: Sequence[Series]) -> str:
    """Draw what they buy by year, ours at the foot of each bar, and the share as a line of figures."""
    found = max(series, key=lambda s: s.years[-1][2], default=None)
    if found is None or not found.years:
        return ""
    width, height, top = 460.0, 220.0, max(spend for _, _, spend in found.years)
    step = (width - 40) / len(found.years)
    parts = []
    for n, (year, ours, spend) in enumerate(found.years):
        x, base = 20 + n * step, height - 44
        tall, mine = 140 * spend / top, 140 * ours / top
        parts += [
            f'<rect class="bar rest" x="{x + step * 0.18:.1f}" y="{base - tall:.1f}" width="{step * 0.64:.1f}" height="{tall:.1f}"/>',
            f'<rect class="bar ours" x="{x + step * 0.18:.1f}" y="{base - mine:.1f}" width="{step * 0.64:.1f}" height="{mine:.1f}"/>',
            svg_text(x + step / 2, base - tall - 6, money(spend), "faint", size=11),
            svg_text(x + step / 2, base + 16, both(str(year)), size=12),
            svg_text(x + step / 2, base + 34, both(f"{ours / spend:.0%}"), "strong", size=13),
        ]
    return _frame(width, height, Words("采购额与我方份额", "what they buy, and our share"), "".join(parts))
