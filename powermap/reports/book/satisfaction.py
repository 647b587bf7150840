"""Satisfaction as pictures: two series on three indicators, how the contract goes, whom bad news reaches next."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from powermap.analysis.satisfaction import (
    CONTRACT,
    HOUSE,
    PEOPLE,
    SECTIONS,
    Mark,
    latest,
    marks,
    satisfaction,
)
from powermap.analysis.text import call, names
from powermap.lens import Lens
from powermap.method.items import Item
from powermap.model import Organization
from powermap.reports.book.marks import chip, day, plain, say, svg_text, table
from powermap.reports.book.panel import Panel
from powermap.words import Words, both, by_language

WIDE, TALL, LEFT, FOOT = 330, 150, 26, 22
"""Size of a picture of one indicator, and the room at its left and its foot."""
GATE = "gate_"


def satisfaction_panel(lens: Lens) -> Panel:
    """Draw how satisfied people and organization are over time, and what the contract looks like."""
    answer = satisfaction(lens)
    found = [m for m in marks(lens) if not m.verdict.supplier]
    items = [i for i in lens.pack.items.values() if i.family == "satisfaction"]
    rows = "".join(_indicator(lens, item, [m for m in found if m.item.key == item.key]) for item in items)
    heads = f"<div class=indicator><b></b><b>{say(SECTIONS[PEOPLE])}</b><b>{say(SECTIONS[HOUSE])}</b></div>"
    body = f"<div class=series>{heads}{rows}</div><div class=digest>{_goals(lens, found)}{_contract(lens, found)}{_gates(lens, found)}</div>"
    rest = "".join(f"<li class=u{f.urgency}>{say(f.sentence)}</li>" for f in answer.findings[1:])
    return Panel(
        "satisfaction",
        Words("满意度、合同与回款", "Satisfaction, contract, payment"),
        answer.findings[0].sentence,
        f"{body}<ul class=say-list>{rest}</ul>",
        answer.findings,
        True,
    )


def _indicator(lens: Lens, item: Item, found: list[Mark]) -> str:
    name = say(item.words)
    turned = say(Words("越低越好", "low is good"), name="faint") if item.more.get("reversed") else ""
    pictures = "".join(
        f"<div>{_lines(lens, item, [m for m in found if m.section == s])}</div>" for s in (PEOPLE, HOUSE)
    )
    return f"<div class=indicator><div>{name}<br>{turned}</div>{pictures}</div>"


def _lines(lens: Lens, item: Item, found: list[Mark]) -> str:
    """Draw one indicator: a line for each who judged, the last score named; worse than before is red."""
    scored = [m for m in found if m.verdict.score is not None and m.verdict.on]
    if not scored:
        return f"<p class=dashed>{say(Words('还没有问过', 'nobody asked yet'))}</p>"
    days = [m.verdict.on for m in scored if m.verdict.on]
    first, last = min(days), max(*days, lens.as_of)
    span = max((last - first).days, 1)

    def x(on: date) -> float:
        return LEFT + (on - first).days / span * (WIDE - LEFT - 120)

    def y(score: float) -> float:
        return 10 + (item.high - score) / (item.high - item.low) * (TALL - FOOT - 16)

    grid = "".join(
        f'<line x1="{LEFT}" y1="{y(v):.1f}" x2="{WIDE - 112}" y2="{y(v):.1f}" class="rule"/>{svg_text(LEFT - 5, y(v) + 4, both(f"{v:g}"), "faint", "end", 11)}'
        for v in (item.low, (item.low + item.high) / 2, item.high)
    )
    ends = svg_text(LEFT, TALL - 4, both(f"{first:%Y-%m}"), "faint", "start", 11) + svg_text(
        WIDE - 112, TALL - 4, both(f"{last:%Y-%m}"), "faint", "end", 11
    )
    series: dict[str, list[Mark]] = defaultdict(list)
    for m in scored:
        series[m.verdict.subject or lens.account.id].append(m)
    drawn = ""
    taken: list[float] = []
    for subject, these in sorted(series.items(), key=lambda s: -(s[1][-1].verdict.score or 0)):
        now = these[-1]
        kind = "late" if now.better is not None and now.better < 0 else "bar"
        points = [
            (x(m.verdict.on), y(m.verdict.score))
            for m in these
            if m.verdict.on and m.verdict.score is not None
        ]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        at = points[-1]
        label = max(at[1] + 4, (taken[-1] + 13) if taken else 0)
        taken.append(label)
        name = _subject(lens, subject)
        change = f" ({now.change:+g})" if now.change else ""
        told = Words(f"{name.zh} {now.verdict.score:g}{change}", f"{name.en} {now.verdict.score:g}{change}")
        drawn += f'<polyline points="{line}" class="{kind}"/>' + "".join(
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" class="{kind}"/>' for a, b in points
        )
        drawn += svg_text(WIDE - 104, label, told, "late" if kind == "late" else "", "start", 12)
        drawn += f'<line x1="{at[0] + 5:.1f}" y1="{at[1]:.1f}" x2="{WIDE - 107}" y2="{label - 4:.1f}" class="lead"/>'
    tall = max(TALL, int(max(taken) + 8))
    return f'<svg class="trend" viewBox="0 0 {WIDE} {tall}" role="img">{grid}{drawn}{ends}</svg>'


def _subject(lens: Lens, ident: str) -> Words:
    if ident in lens.seats:
        return call(lens, ident)
    found = lens.snapshot.get(Organization, ident)
    return by_language(found.name, found.name_alt) if found else Words("整体", "as a whole")


def _goals(lens: Lens, found: list[Mark]) -> str:
    """Say which goal of theirs each last score serves: satisfaction is the measure of that, not of friendliness."""
    rows = []
    for m in [*latest(found, PEOPLE), *latest(found, HOUSE)]:
        goal = (
            plain(m.serves)
            if m.serves
            else chip(Words("没有对应客户目标", "serves no goal of theirs"), red=True)
        )
        rows.append(
            (
                [
                    say(_subject(lens, m.verdict.subject)),
                    say(m.item.words),
                    plain(f"{m.verdict.score:g}"),
                    goal,
                ],
                False,
            )
        )
    heads = (
        Words("谁", "Who"),
        Words("指标", "Indicator"),
        Words("分", "Score"),
        Words("对应客户的目标", "Serves their goal"),
    )
    return _block(Words("帮客户实现什么", "What it helps them reach"), table(heads, rows)) if rows else ""


def _contract(lens: Lens, found: list[Mark]) -> str:
    """Draw terms, acceptance and payment as steps, and name the negative events."""
    levels = {m.item.key: m for m in latest(found, CONTRACT) if m.item.kind == "level"}
    rows = ""
    for item in lens.pack.items.values():
        if item.family != "contract" or item.kind != "level":
            continue
        m = levels.get(item.key)
        score = int(m.verdict.score or 0) if m else 0
        steps = "".join(f"<i class={'done' if n < score else 'open'}></i>" for n in range(int(item.high)))
        named = say(item.named(m.verdict.score)) if m else say(Words("未知", "unknown"), name="faint")
        rows += f"<li>{say(item.words)} <span class=steps>{steps}</span> {named}</li>"
    events = [m for m in found if m.item.key == "negative_event"]
    rows += "".join(f"<li class=late>{day(m.verdict.on)} {plain(m.verdict.words)}</li>" for m in events[-3:])
    return (
        _block(Words("合同与回款", "Contract and payment"), f"<ul class=contract>{rows}</ul>") if rows else ""
    )


def _gates(lens: Lens, found: list[Mark]) -> str:
    """Tell the four gates before the tender, each with its helper; what nobody has judged is open."""
    deal = lens.deal
    if deal is None:
        return ""
    judged = {m.item.key: m for m in found if m.verdict.subject == deal.id and m.item.key.startswith(GATE)}
    rows = []
    for item in lens.pack.items.values():
        if not item.key.startswith(GATE):
            continue
        m = judged.get(item.key)
        helper = (
            names(lens, m.verdict.present)
            if m and m.verdict.present
            else call(lens, m.verdict.said_by)
            if m and m.verdict.said_by
            else both("")
        )
        state = say(item.named(m.verdict.score)) if m else chip(Words("还没有", "not yet"), red=True)
        rows.append(([say(item.words), state, say(helper) if helper.zh else ""], False))
    heads = (Words("标前", "Before the tender"), Words("状态", "State"), Words("帮手", "Helped by"))
    return _block(Words("标前四关", "Four gates before the tender"), table(heads, rows))


def _block(title: Words, body: str) -> str:
    return f"<div class=block><h4>{say(title)}</h4>{body}</div>"
