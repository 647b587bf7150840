"""The panel of what our sales are made of (M115, M22): by category beside the target, and of a group by region, tier and altitude."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import fsum

from powermap.analysis.group_tree import Companies, level_names, level_words
from powermap.analysis.text import percentage
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.reports.book.marks import say
from powermap.reports.book.panel import Panel
from powermap.words import Words, both

TITLE = Words("构成：现在与目标", "What our sales are made of")
NOT_GIVEN = Words("未填", "not given")
NOBODY, UNKNOWN = 99, 98
"""Altitudes after the levels: nobody covered, and level unknown."""


def mix_panel(lens: Lens, answer: Answer, group: Companies | None) -> Panel | None:
    """Draw each part as a bar and its target as a dashed mark; None where there is but one part and no target."""
    told = tuple(f for f in answer.findings if f.kind == "mix")
    blocks = "".join(_block(*b) for b in (*_targets(answer), *(_of_group(lens, group) if group else ())))
    if not blocks:
        return None
    sentence = told[0].sentence if told else Words("没有定目标构成。", "No target mix is set.")
    return Panel("mix", TITLE, sentence, f"<div class=mix>{blocks}</div>", told, True)


Part = tuple[Words, float | None, float | None, Words]
"""A part: its name, its share and its target in [0, 1], None if unknown or not set, and what is said of the target."""


def _targets(answer: Answer) -> Iterator[tuple[Words, list[Part]]]:
    parts: list[Part] = []
    for row in answer.rows:
        if str(row["id"]).startswith("mix-"):
            # The goal's own measure, where there is one: the number that every answer gives.
            now = row["part"] if row["part"] is not None else row["now"]
            said = Words(**row["detail"]) if row["detail"] else Words("没有目标", "no target")
            parts.append((Words(**row["name"]), now, row["target"], said))
    if parts:
        yield Words("按品类", "By category"), parts


def _of_group(lens: Lens, group: Companies) -> Iterator[tuple[Words, list[Part]]]:
    total = fsum(n.own.revenue or 0.0 for n in group.nodes)
    if not total:
        return
    split = composition(group)
    for key, words in (("region", Words("按区域", "By region")), ("tier", Words("按档次", "By tier"))):
        if len(split[key]) > 1:
            yield words, [(both(n) if n else NOT_GIVEN, v / total, None, both("")) for n, v in split[key]]
    names = level_names(lens.pack)
    high: dict[int, float] = defaultdict(float)
    for n in group.nodes:
        if n.own.revenue:
            high[(n.own.level or UNKNOWN) if n.own.covered else NOBODY] += n.own.revenue
    if len(high) > 1:
        yield (
            Words("按关系高度", "By altitude of our relations"),
            [(_altitude(level, names), v / total, None, both("")) for level, v in sorted(high.items())],
        )


def _altitude(level: int, names: dict[int, Words]) -> Words:
    if level == NOBODY:
        return Words("无人覆盖", "nobody covered")
    if level == UNKNOWN:
        return Words("层级未知", "level unknown")
    return level_words(level, names)


def _block(title: Words, parts: list[Part]) -> str:
    rows = "".join(_part(*p) for p in parts)
    return f"<section><h3>{say(title)}</h3>{rows}</section>"


def _part(name: Words, now: float | None, target: float | None, said: Words) -> str:
    bar = f'<rect width="{100 * now:.4g}" height="10"/>' if now is not None else ""
    mark = f'<path class="target" d="M {100 * target:.4g} 0 V 10"/>' if target is not None else ""
    share = say(both(f"{percentage(now):g}%")) if now is not None else "<b class=hatch>?</b>"
    return (
        f"<div class=part-of><span>{say(name)}</span>"
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{bar}{mark}</svg><b>{share}</b>'
        f"<small>{say(said)}</small></div>"
    )


def composition(group: Companies) -> dict[str, list[tuple[str, float]]]:
    """Split our sales of a group by region and by tier of its companies; "" is what isn't given."""
    found: dict[str, dict[str, float]] = {"region": defaultdict(float), "tier": defaultdict(float)}
    for n in group.nodes:
        if n.own.revenue:
            found["region"][n.own.region] += n.own.revenue
            found["tier"][n.own.tier] += n.own.revenue
    return {k: sorted(parts.items(), key=lambda p: (not p[0], -p[1], p[0])) for k, parts in found.items()}
