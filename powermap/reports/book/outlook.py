"""Insight from the top down as pictures: the five forces, growth and bargaining power, enterprise, next years, who was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from powermap.analysis.insight import (
    ASKED,
    Line,
    done_rounds,
    insight,
    judged,
    of_markets,
    rounds,
    season,
    sections,
)
from powermap.analysis.judgements import Judgement, judgements
from powermap.analysis.text import person_name
from powermap.lens import Lens
from powermap.model import Records
from powermap.reports.book.marks import day, plain, say, svg_text, table
from powermap.reports.book.panel import Panel, sentences
from powermap.words import Words, both

FORCES = ("force_entrants", "force_suppliers", "force_rivals", "force_buyers", "force_substitutes")
"""The five forces, as they stand in the cross: above, left, in the middle, right, below."""
PLACES = ((200, 8), (8, 92), (200, 92), (392, 92), (200, 176))
BOX, TALL = 176, 72


def insight_panel(lens: Lens, records: Records | None = None, since: date | None = None) -> Panel:
    """Draw the briefing; what nobody has said is dashed, what is out of date is red with its day."""
    market = of_markets(records, lens) if records is not None else ()
    answer = insight(lens, since, market)
    scores = {j.item.key: j for j in judgements(lens, "insight") if not j.record.subject}
    rows = "".join(
        _section(lens, key, words, [x for x in (*market, *judged(lens)) if x.section == key])
        for key, words in sections(lens).items()
        if key != ASKED and key not in ("purchase",)
    )
    body = f"<div class=outlook><div>{_cross(lens, scores)}{_power(lens, scores)}</div><div>{rows}</div></div>{_asked(lens)}"
    return Panel(
        "insight",
        Words("洞察：自上而下", "Insight, from the top down"),
        answer.findings[0].sentence,
        body + sentences(answer.findings[1:]),
        answer.findings,
        True,
    )


def _cross(lens: Lens, scores: dict[str, Judgement]) -> str:
    """Draw the five forces as a cross, each with its score of ten; dashed where nobody has said."""
    drawn = ""
    for key, (x, y) in zip(FORCES, PLACES, strict=True):
        item, found = lens.pack.items.get(key), scores.get(key)
        if item is None:
            continue
        kind = "none" if found is None else "old" if found.stale else "known"
        score = found.record.score if found else None
        drawn += f'<rect x="{x}" y="{y}" width="{BOX}" height="{TALL}" rx="8" class="force {kind}"/>'
        name = Words(item.words.zh.split("（")[0], item.words.en.split(" (")[0])
        drawn += svg_text(x + BOX / 2, y + 22, name, "strong", "middle", 13, BOX - 8)
        told = both(f"{score:g} / {item.high:g}") if score is not None else Words("未知", "unknown")
        drawn += svg_text(x + BOX / 2, y + 42, told, "" if found else "faint", "middle", 13)
        if found and found.record.words:
            drawn += svg_text(x + BOX / 2, y + 60, both(_short(found.record.words)), "faint", "middle", 11)
    return f'<svg class="picture cross" viewBox="0 0 576 256" role="img"><title>{Words("五力", "five forces").en}</title>{drawn}</svg>'


def _short(text: str) -> str:
    return text if len(text) <= 13 else text[:12] + "…"


def _power(lens: Lens, scores: dict[str, Judgement]) -> str:
    """Draw how far they can grow against how hard they can bargain."""
    grow, bargain = (scores.get(k) for k in ("growability", "bargaining"))
    names = [lens.pack.items[k].words for k in ("growability", "bargaining")]
    axes = (
        '<rect x="60" y="10" width="200" height="150" class="ground"/><line x1="160" y1="10" x2="160" y2="160" class="rule"/>'
        '<line x1="60" y1="85" x2="260" y2="85" class="rule"/>'
        + svg_text(160, 178, Words(f"{names[0].zh} →", f"{names[0].en} →"), "faint", "middle", 12)
        + svg_text(56, 20, Words(f"↑ {names[1].zh}", f"↑ {names[1].en}"), "faint", "end", 12)
    )
    if grow is None or bargain is None or grow.record.score is None or bargain.record.score is None:
        return f'<svg class="picture power" viewBox="-40 0 340 190" role="img">{axes}{svg_text(160, 90, Words("还不知道", "not known yet"), "faint", "middle", 13)}</svg>'
    x, y = 60 + 20 * grow.record.score, 160 - 15 * bargain.record.score
    kind = "old" if grow.stale or bargain.stale else "known"
    told = both(f"{grow.record.score:g} · {bargain.record.score:g}")
    return (
        f'<svg class="picture power" viewBox="-40 0 340 190" role="img">{axes}<circle cx="{x:.0f}" cy="{y:.0f}" r="9" class="spot {kind}"/>'
        f"{svg_text(x - 14 if x > 200 else x + 14, y + 5, told, 'strong', 'end' if x > 200 else 'start', 13)}</svg>"
    )


def _section(lens: Lens, key: str, words: Words, told: Sequence[Line]) -> str:
    items = [x for x in told if not x.unknown]
    known = {a.item for a in lens.assessments}
    rows = next(r for r in lens.pack.topic("insight")["section"] if r["key"] == key)
    missing = [lens.pack.items[i].words for i in rows["items"] if i in lens.pack.items and i not in known]
    if not items and not missing:
        return ""
    lines = "".join(
        f"<li{' class=late' if x.stale else ''}><b>{say(x.what)}</b> {say(x.said)} <small>{day(x.on)} {say(x.source)}</small></li>"
        for x in items
    )
    lacks = Words("、".join(w.zh for w in missing), ", ".join(w.en for w in missing))
    dashed = (
        f"<p class=dashed>{say(Words('还不知道：', 'not known yet: '))}{say(lacks)}</p>" if missing else ""
    )
    return f"<h4>{say(words)}</h4><ul class=said>{lines}</ul>{dashed}"


def _asked(lens: Lens) -> str:
    """Draw department × level: in which rounds somebody was asked, and where nobody was."""
    cells = rounds(lens)
    if not cells:
        return ""
    levels = sorted({level for _, level in cells}, key=lambda x: x or 99)
    units = list(dict.fromkeys(unit for unit, _ in cells))
    rows = []
    for unit in units:
        line = [plain(unit or "—")]
        for level in levels:
            asked = cells.get((unit, level))
            if asked is None:
                line.append("")
            elif not asked:
                line.append(f"<span class='ask none'>{say(Words('没问过', 'not asked'))}</span>")
            else:
                who = "、".join(
                    f"{n}: {', '.join(person_name(lens, p) for p in people)}"
                    for n, people in sorted(asked.items())
                )
                line.append(f"<span class='ask done'>{plain(who)}</span>")
        rows.append((line, False))
    heads = [
        Words("问过谁（轮次）", "Who was asked (round)"),
        *(Words(f"第 {x} 层", f"level {x}") if x else Words("层级未知", "level unknown") for x in levels),
    ]
    first, last = season(lens)
    done, least = len(done_rounds(lens)), lens.pack.topic("insight")["season"]["rounds"]
    note = Words(
        f"{first} 到 {last}：走了 {done} 轮，至少要 {least} 轮",
        f"{first} to {last}: {done} rounds of at least {least}",
    )
    return f"<h4>{say(note)}</h4>{table(heads, rows, 'grid')}"
