"""Pictures of the book: the house, the fishbone of the purchase and that of the weak spots, meetings over time."""

from __future__ import annotations

import math
import re
from datetime import date

from powermap.analysis.agenda import meetings
from powermap.analysis.attitudes import dimensions
from powermap.analysis.fragility import reach
from powermap.analysis.house import House, Part
from powermap.analysis.layer_levels import organizational
from powermap.analysis.text import call, person_name
from powermap.analysis.weak_spots import weak_spots
from powermap.lens import Lens
from powermap.lens.grounds import Grounds
from powermap.reports.book.marks import say, svg_text
from powermap.words import Words, both

ON_RIB = 6
"""How many weak spots a rib holds; of more, the rest is counted."""

PILLARS = 12
"""Pillars that there is room for; of more, the rest is counted."""
PILLAR = 96.0
"""Width of a pillar."""
BROAD = 600
"""From this width on a picture scrolls on a phone, so that its names can be read."""


def frame(width: float, height: float, label: Words, body: str) -> str:
    """Put what is drawn into a picture as wide as the panel; a broad one scrolls on a phone, and says so."""
    broad = width > BROAD
    swipe = say(Words("← 左右滑动看全图 →", "← swipe to see all of it →"), name="swipe") if broad else ""
    return (
        f'{swipe}<div class="scroll"><svg class="picture{" broad" if broad else ""}" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{label.en}">'
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
    pillars, more = found.pillars[:PILLARS], len(found.pillars) - PILLARS
    width, height = max(720.0, 60 + PILLAR * len(pillars)), 416.0
    centre = width / 2
    parts = [
        f'<path class="part{_missing(found.roof)}" d="M 20 128 L {centre:g} 14 L {width - 20:g} 128 Z"/>',
        svg_text(centre, 62, found.roof.name, "strong", size=15),
        svg_text(centre, 84, _with_goal(found.roof)),
        _owner(lens, found.roof, centre, 108),
    ]
    step = (width - 60) / max(1, len(pillars))
    for n, part in enumerate(pillars):
        x = 30 + n * step
        middle = x + step / 2
        parts += [
            f'<rect class="part{_missing(part)}" x="{x + 6:.1f}" y="140" width="{step - 12:.1f}" height="150" rx="6"/>',
            svg_text(middle, 164, part.name, "strong", room=step),
            _dot(middle, 196, None if part.value is None else int(part.value)),
        ]
        if part.target is not None and part.target.target is not None:
            parts += [
                f'<path class="rise" d="M {middle:.1f} 216 v 12"/>',
                _dot(middle, 244, int(part.target.target), 13, target=True),
            ]
        parts.append(_owner(lens, part, middle, 278))
    parts += [
        f'<rect class="part{_missing(found.floor)}" x="20" y="302" width="{width - 40:g}" height="82" rx="6"/>',
        svg_text(centre, 326, found.floor.name, "strong", size=15),
        svg_text(centre, 347, _with_goal(found.floor)),
        _owner(lens, found.floor, centre, 370),
    ]
    if more > 0:
        left = Words(f"还有 {more} 根柱子，见“每一部分”", f"and {more} more pillars: see part by part")
        parts.append(svg_text(centre, 404, left, "red"))
    return frame(width, height, Words("三大关系的房子", "the house of the three relations"), "".join(parts))


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
    return svg_text(x, y, both(who), "us", room=110)


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
    return frame(300, 300, Words("六个维度", "six dimensions"), body)


def fishbone(lens: Lens) -> str:
    """Draw the purchase: its stages as the spine, the departments of the committee as ribs, people by attitude on them."""
    rows = lens.pack.topic("relations")["stage"]
    joined = set(organizational(lens).stages)
    people = list(lens.committee) or [s for s in lens.seats.values() if s.level and s.level <= 3]
    units: dict[str, list[str]] = {}
    for seat in people:
        units.setdefault(seat.unit or "—", []).append(seat.id)
    width, spine = 1000.0, 210.0
    step = (width - 190) / len(rows)
    parts = [
        f'<path class="spine" d="M 20 {spine} H {width - 150}"/>',
        f'<path class="head" d="M {width - 150} {spine - 64} L {width - 4} {spine} L {width - 150} {spine + 64} Z"/>',
    ]
    title = lens.deal.name if lens.deal else lens.account.name
    lines = _lines(title)
    for n, line in enumerate(lines):
        parts.append(
            svg_text(
                width - 146, spine + 5 + 15 * (n - (len(lines) - 1) / 2), both(line), "onhead", "start", 12
            )
        )
    for n, row in enumerate(rows):
        x = 60 + n * step
        name = "stage in" if row["key"] in joined else "stage out"
        parts.append(
            f'<rect class="{name}" x="{x - 50:.1f}" y="{spine - 14:.1f}" width="100" height="28" rx="14"/>'
        )
        parts.append(svg_text(x, spine + 4, Words(row["zh"], cut(row["en"], 17)), name, size=11))
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
    return frame(width, 2 * spine, Words("采购鱼骨图", "fishbone of the purchase"), "".join(parts))


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
                svg_text(px + 12, py + 4, Words(cut(said.zh, 26), cut(said.en, 48)), "", "start", 12)
            )
    return frame(width, 2 * spine, Words("短板鱼骨图", "fishbone of the weak spots"), "".join(parts))


def _lines(text: str) -> list[str]:
    """Set a need's name into the head of a fishbone: three lines, of words where there are any; a longer one is cut."""
    found: list[str] = [""]
    for word in re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+", text):
        wide = sum(2 if ord(c) > 0x2E80 else 1 for c in (found[-1] + word).rstrip())
        if found[-1] and wide > 12:
            found.append("")
        found[-1] += word
    lines = [cut(line.strip(), 13) for line in found]
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2][:11]}…"]


def single(lens: Lens) -> str:
    """Draw whom everything hangs on: the one of ours through whom most decision-makers are reached, and those; "" if none."""
    hung = next(iter(reach(lens).single_owners.items()), None)
    if hung is None:
        return ""
    who, lost = person_name(lens, hung[0]), hung[1]
    height = max(120.0, 20 + 38.0 * len(lost))
    middle = height / 2
    parts = []
    for n, person in enumerate(lost):
        y = 29 + 38 * n + (height - 20 - 38 * len(lost)) / 2
        parts += [
            f'<path class="stem" d="M 122 {middle:g} C 190 {middle:g} 190 {y:g} 264 {y:g}"/>',
            _dot(280, y, lens.attitude(person)),
            svg_text(304, y + 5, call(lens, person), "", "start"),
        ]
    parts += [
        f'<circle class="owner" cx="90" cy="{middle:g}" r="32"/>',
        svg_text(90, middle + 6, both(who[:1]), "onowner", size=18),
        svg_text(90, middle + 52, both(who), "strong"),
    ]
    return frame(520, height, Words("一切系于一人", "all hangs on one person"), "".join(parts))


def timeline(lens: Lens) -> str:
    """Draw the layers of meetings over time: when each met last, when it is due, red where that day is past; "" without any."""
    found = sorted(meetings(lens), key=lambda m: m.due)
    if not found:
        return ""
    days = [d for m in found for d in (m.last, m.due) if d] + [lens.as_of]
    first, span = min(days), max(1, (max(days) - min(days)).days)
    left, width, row = 190.0, 720.0, 40.0
    height = 50 + row * len(found)

    def place(on: date) -> float:
        return left + (width - left - 60) * (on - first).days / span

    now = place(lens.as_of)
    parts = [
        f'<path class="today" d="M {now:.1f} 26 V {height - 12:g}"/>',
        svg_text(now, 18, Words(f"今天 {lens.as_of:%m-%d}", f"today {lens.as_of:%m-%d}"), "strong", size=12),
    ]
    for n, m in enumerate(found):
        y = 50 + row * n
        late = m.overdue(lens.as_of)
        parts += [
            svg_text(4, y + 4, Words(cut(m.name.zh, 13), cut(m.name.en, 28)), "", "start", 12),
            f'<path class="way" d="M {left:g} {y:g} H {width - 50:g}"/>',
        ]
        if m.last:
            parts.append(f'<circle class="met" cx="{place(m.last):.1f}" cy="{y:g}" r="6"/>')
            parts.append(svg_text(place(m.last), y + 20, both(f"{m.last:%Y-%m-%d}"), "faint", size=11))
        due = place(m.due)
        tone = "late" if late or m.last is None else "due"
        said = both(f"{m.due:%m-%d}")
        if m.last is None:
            said = Words("从未有记录", "never on record")
        elif late:
            said = Words(f"逾期 {late} 天", f"{late} d overdue")
        parts.append(f'<circle class="{tone}" cx="{due:.1f}" cy="{y:g}" r="6"/>')
        parts.append(svg_text(due, y - 10, said, "red" if tone == "late" else "us", size=11))
    return frame(width, height, Words("会面时间轴", "meetings over time"), "".join(parts))


def cut(text: str, length: int) -> str:
    """Shorten a text to so many characters, the last of them an ellipsis."""
    return text if len(text) <= length else text[: length - 1] + "…"
