"""The panel of give and take: what they give us and what we give them in a year, and what holds the two together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any

from powermap.analysis.grid import growth
from powermap.analysis.reciprocity import Exchange, exchange
from powermap.analysis.text import money
from powermap.analysis.value_findings import told_growth
from powermap.analysis.value_words import signed_money
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.marks import hatch, say, svg_text
from powermap.reports.book.panel import Panel
from powermap.reports.book.pictures import cut, frame
from powermap.words import Words, both

TITLE = Words("他给我、我给他", "Give and take")
KINDS = ("give-and-take", "hold", "growth-gap", "bond", "bond-at-risk", "bond-doubted", "lighthouse")
WIDTH, MIDDLE, REACH, ROW, TOP = 1000.0, 500.0, 410.0, 48.0, 50.0
"""The picture's width, its middle line, how long the longest bar is, the height of a row and where they begin."""
MOST = 8
"""Benefits with a bar of their own; the rest are one, and counted."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount: what it is, how much, what is said of it, and which part of it is told apart (what is left of sales, what we paid)."""

    name: Words
    amount: float
    detail: Words
    part: float | None = None


def exchange_panel(lens: Lens, answer: Answer) -> Panel:
    """Draw what each gives the other on one scale, and write below what holds them."""
    e = exchange(lens)
    told = tuple(f for f in answer.findings if f.kind in KINDS)
    main = next((f for f in told if f.kind == "give-and-take"), None)
    sentence = main.sentence if main else Words("没有一个完整年度的销售额。", "No sales of a whole year.")
    drawn = _draw(e, take(e), give(lens, e))
    notes = "".join(say(n, "p", "sub") for n in _notes(lens, e))
    return Panel(
        "exchange", TITLE, sentence, f"{notes}{_facts(lens, answer)}", told, True, (drawn,) if drawn else ()
    )


def take(e: Exchange) -> list[Bar]:
    """Return what they give us: sales, of them what is left after cost."""
    if e.revenue is None:
        return []
    net = None if e.cost is None else e.revenue - e.cost
    said = Words("费用未知", "cost not known")
    if net is not None:
        left = signed_money(net, e.currency)
        said = Words(f"其中净值 {left.zh}", f"net {left.en}")
    return [
        Bar(Words(f"销售额 {e.year}", f"Sales {e.year}"), e.revenue, said, net if net and net > 0 else None)
    ]


def give(lens: Lens, e: Exchange) -> list[Bar]:
    """Return what they earn or save through us, each benefit by itself, with what of it isn't told one by one."""
    earned = [a for a in e.gains if a.item == "benefit_earned" and a.score]
    bars = [
        Bar(both(cut(a.words, 40)) if a.words else lens.pack.items[a.item].words, a.score or 0.0, both(str(a.on or "")))
        for a in sorted(earned, key=lambda a: -(a.score or 0.0))
    ]  # fmt: skip
    known = fsum(b.amount for b in bars)
    if e.benefit is not None and e.benefit > known * (1 + 1e-9):
        rest = (
            Words("没有分开写的", "not told one by one")
            if bars
            else Words("客户一年的收益", "what they earn or save a year")
        )
        bars.append(Bar(rest, e.benefit - known, Words(f"{e.year} 年的数", f"figure of {e.year}")))
    elif e.benefit is not None and known > e.benefit * (1 + 1e-9):
        # The figure of the year counts; its parts can't be drawn as parts.
        bars = [Bar(Words("客户一年的收益", "what they earn or save a year"), e.benefit, Words("分项相加更多，请核对", "its parts add up to more: check"))]  # fmt: skip
    if len(bars) > MOST:
        rest_of = bars[MOST - 1 :]
        more = Words(f"另有 {len(rest_of)} 项", f"{len(rest_of)} more")
        bars = [*bars[: MOST - 1], Bar(more, fsum(b.amount for b in rest_of), both(""))]
    return bars


def _draw(e: Exchange, taken: list[Bar], given: list[Bar]) -> str:
    """Draw bars to the left and right of a line, all on one scale; "" without any amount."""
    amounts = [b.amount for b in (*taken, *given)]
    most = max((abs(a) for a in amounts), default=0.0)
    if not most:
        return ""
    scale = Amounts.of([*amounts, *(b.part for b in taken)], e.currency)
    rows = max(len(taken), len(given), 1)
    foot = TOP + ROW * rows
    parts = [f'<path class="today" d="M {MIDDLE:g} 28 V {foot - 14:g}"/>']
    for side, name, bars, total in (
        (-1, Words("他给我", "They give us"), taken, e.revenue),
        (1, Words("我给他", "We give them"), given, e.benefit),
    ):
        anchor = "end" if side < 0 else "start"
        worth = money(total, e.currency) if total is not None else Words("没有记录", "not on record")
        parts.append(svg_text(MIDDLE + 12 * side, 18, Words(f"{name.zh}  {worth.zh}", f"{name.en}  {worth.en}"), "strong", anchor, 16))  # fmt: skip
        if total is None:
            x = MIDDLE if side > 0 else MIDDLE - 120
            parts.append(f'<rect class="hatched" x="{x:g}" y="{TOP + 6:g}" width="120" height="18" rx="3"/>')
        for n, bar in enumerate(bars):
            parts.append(_bar(bar, side, TOP + ROW * n, REACH / most, scale))
    parts.append(svg_text(WIDTH - 4, 18, scale.unit, "faint", "end", 11))
    return frame(WIDTH, foot - 6, TITLE, hatch() + "".join(parts))


def _bar(bar: Bar, side: int, y: float, unit: float, scale: Amounts) -> str:
    """Draw a bar from the middle line outwards: what it is above it, how much at its end, so that no text meets another."""
    long = max(2.0, abs(bar.amount) * unit)
    name, anchor = ("give", "start") if side > 0 else ("take", "end")

    def rect(size: float, kind: str) -> str:
        x = MIDDLE if side > 0 else MIDDLE - size
        return f'<rect class="{kind}" x="{x:.1f}" y="{y + 6:g}" width="{size:.1f}" height="18" rx="3"/>'

    part = rect(max(2.0, bar.part * unit), f"{name} part") if bar.part else ""
    said = Words(*(" · ".join(filter(None, (bar.name[k], bar.detail[k]))) for k in ("zh", "en")))
    return (
        rect(long, name)
        + part
        + svg_text(MIDDLE + 12 * side, y, said, "", anchor, 13)
        + svg_text(MIDDLE + (long + 9) * side, y + 20, scale.say(bar.amount), "strong", anchor, 14)
    )


def _notes(lens: Lens, e: Exchange) -> Iterator[Words]:
    paid = [a for a in e.gains if a.item == "benefit_financed" and a.score]
    if e.financed is not None:
        sum_ = money(e.financed, e.currency)
        what = "、".join(a.words for a in paid if a.words)
        tail_zh, tail_en = (f"：{what}", f": {what}") if what else ("", "")
        yield Words(f"其中我方出资 {sum_.zh}{tail_zh}。", f"Financed by us of it: {sum_.en}{tail_en}.")
    for a in e.foreign:
        if a.score is not None:
            worth = money(a.score, a.currency)
            yield Words(f"另有 {worth.zh}，币种不同，没有画：{a.words}", f"{worth.en} in another currency, not drawn: {a.words}")  # fmt: skip


def _facts(lens: Lens, answer: Answer) -> str:
    """Write below the bars what holds the two together, in the words of the answer; red where something is missing."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in answer.rows:
        rows.setdefault(str(row["id"]).rpartition("-")[0], []).append(row)
    costs = [r for r in rows.get("hold", []) if r.get("amount") is not None]
    others = [r for r in rows.get("hold", []) if r.get("amount") is None]
    parts = [_fact(Words("离开我方的成本", "Cost of leaving us"), [_line(r, r["name"]) for r in costs])]
    parts += _by_name(others)
    parts.append(_growth(lens))
    parts += _by_name(rows.get("bond", []))
    if light := rows.get("light"):
        parts.append(_fact(Words("灯塔", "Lighthouse"), [_line(r, r["name"]) for r in light]))
    return f"<dl class=facts>{''.join(parts)}</dl>"


def _by_name(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write rows, those of one name together."""
    named: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        named.setdefault(row["name"]["en"], []).append(row)
    for held in named.values():
        # A verdict has a level, a text has words; what has neither is missing.
        lacks = all(r.get("level") is None and not r.get("detail") for r in held)
        yield _fact(Words(**held[0]["name"]), [_line(r) for r in held], lacks=lacks)


def _line(row: Mapping[str, Any], name: Mapping[str, str] | None = None) -> str:
    """Write a row: its value, perhaps its name, what is said of it."""
    value, rest = row.get("value"), [Words(**v) for v in (name, row.get("detail")) if v]
    said = Words(*(" · ".join(w[lang] for w in rest if w[lang]) for lang in ("zh", "en")))
    return f"{say(Words(**value), 'b') if value else ''} {say(said) if said.en else ''}".strip()


def _fact(name: Words, lines: list[str], *, lacks: bool = False) -> str:
    said = lines or [say(Words("没有记录", "not on record"))]
    kind = " class=lacks" if lacks or not lines else ""
    body = "".join(f"<dd{kind}>{line}</dd>" for line in said)
    return f"<div><dt>{say(name)}</dt>{body}</div>"


def _growth(lens: Lens) -> str:
    g = growth(lens)
    if g is None:
        return _fact(Words("增长差", "Growth gap"), [])
    name = Words(f"增长差 {g.year}", f"Growth gap {g.year}")
    return _fact(name, [say(told_growth(g), "b")], lacks=g.gap is not None and g.gap < 0)
