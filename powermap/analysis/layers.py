"""Layers of influence apart and together: chart, advice by channel, circles. They disagree, and that is the news.

Reference
---------
Krackhardt, D. and Hanson, J. R. 1993, Harvard Business Review 71(4):104-111 (chart against advice and trust).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from powermap.analysis import projection
from powermap.analysis.facts import listening, raising
from powermap.analysis.influence import pagerank, rank_of
from powermap.analysis.telling import channel_name, least, tells, told
from powermap.analysis.text import ESTIMATE, answer, names, person_name
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "layers",
    Words(
        "每层各算 PageRank（弧指向被听取、被告知者），名次并列，以 Kendall τ-b 比较；“合并”是各层强度之和，只在此列出",
        "PageRank on each layer by itself (arcs towards who is listened to or told), ranks side by side, compared by Kendall's tau-b; 'together' adds the strengths of all layers, and stands in this table only",
    ),
)


def layers_of(lens: Lens) -> dict[str, Words]:
    """Name the layers that have ties: reporting lines, one for each channel of influence, circles."""
    found: dict[str, Words] = {}
    if lens.lines:
        found["superiors"] = Words("汇报线", "reporting lines")
    channels = sorted({lens.pack.channel(t.channel) for t in lens.influences if t.sign > 0})
    for channel in channels:
        if channel:
            found[f"channel:{channel}"] = channel_name(lens, channel)
        else:
            found["channel:"] = (
                Words("影响", "influence") if len(channels) == 1 else Words("其他影响", "other influence")
            )
    if lens.circles:
        found["circles"] = Words("圈子（低可信）", "circles (low confidence)")
    return found


def _ranks(lens: Lens, layers: tuple[str, ...]) -> dict[str, float]:
    """Rank by PageRank on some layers whoever has a tie there."""
    tied = {p for arc in projection.standing(lens, layers=layers).edges for p in arc}
    return rank_of({p: x for p, x in pagerank(lens, layers=layers).items() if p in tied})


def ranks_by_layer(lens: Lens) -> dict[str, dict[str, float]]:
    """Return layer -> person -> rank by PageRank on it, and ``together`` for the sum of all layers.

    Whoever has no tie on a layer has no rank on it.
    """
    each = {layer: _ranks(lens, (layer,)) for layer in layers_of(lens)}
    return each | {"together": _ranks(lens, tuple(each))} if each else {}


def layers(lens: Lens) -> Answer:
    """Answer who stands where on each layer of influence, apart and together."""
    words, ranks = layers_of(lens), ranks_by_layer(lens)
    head = [("name", "姓名", "Name"), ("title", "职务", "Title")]
    head += [(layer, w.zh, w.en[0].upper() + w.en[1:]) for layer, w in words.items()]
    head += [("together", "合并", "Together")] if words else []
    last = len(lens.seats) + 1.0
    order = sorted(
        lens.seats.values(), key=lambda s: (ranks["together"].get(s.id, last) if ranks else 0, s.name, s.id)
    )
    rows: list[dict[str, Any]] = [
        {"id": s.id, "name": s.name, "title": s.title} | {layer: r.get(s.id) for layer, r in ranks.items()}
        for s in order
    ]
    return answer(lens, "layers", head, rows, disagreement(lens, ranks), _mute(lens, words))


def _mute(lens: Lens, words: Mapping[str, Words]) -> list[Words]:
    """Say which layers say little about power."""
    mute = [w for layer, w in words.items() if tells(lens, layer) == "little"]
    if not mute:
        return []
    return [
        Words(
            f"说明不了谁有权的层：{'、'.join(w.zh for w in mute)}；排在前面只说明联系多。",
            f"Layers that say little about power: {', '.join(w.en for w in mute)}; first there is well connected, no more.",
        )
    ]


def kendall(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return Kendall's tau-b of two rankings, -1 to 1, ties counted (Kendall 1945); None where one is all ties."""
    x, y = (np.sign(np.subtract.outer(np.asarray(v), np.asarray(v))) for v in (one, other))
    untied = np.sqrt(float((x != 0).sum()) * float((y != 0).sum()))
    return float((x * y).sum() / untied) if untied else None


def disagreement(lens: Lens, ranks: Mapping[str, Mapping[str, float]] | None = None) -> list[Finding]:
    """Say which two layers agree least, by Kendall's tau-b over those who have ties on both, and who leads each.

    Two layers are compared where enough people (of the pack) have ties on both.
    """
    ranks = ranks_by_layer(lens) if ranks is None else ranks
    words = layers_of(lens)
    pairs = []
    for a, b in combinations([k for k in words if k != "circles"], 2):
        both = sorted(set(ranks[a]) & set(ranks[b]))
        if len(both) >= lens.pack.default("layers_people"):
            tau = kendall([ranks[a][p] for p in both], [ranks[b][p] for p in both])
            if tau is not None:
                pairs.append((round(tau, 4), a, b))
    if not pairs:
        return []
    tau, a, b = min(pairs)
    first = {
        layer: min(ranks[layer], key=lambda p: (ranks[layer][p], person_name(lens, p))) for layer in (a, b)
    }
    heads = {layer: names(lens, [first[layer]]) for layer in (a, b)}
    same = first[a] == first[b]
    zh = (
        f"{words[a].zh}与{words[b].zh}的名次{_agreement(lens, tau).zh}（{tau:+.2f}，+1 为完全一致、−1 为完全相反）："
        + (
            f"都以 {heads[a].zh} 为首。"
            if same
            else f"前者以 {heads[a].zh} 为首，后者以 {heads[b].zh} 为首。"
        )
    )
    en = (
        f"Places by {words[a].en} and by {words[b].en} {_agreement(lens, tau).en} ({tau:+.2f}; +1 is the same order, -1 the reverse): "
        + (
            f"{heads[a].en} is first in both."
            if same
            else f"{heads[a].en} is first in one, {heads[b].en} in the other."
        )
    )
    inputs = listening(lens, (t for person in first.values() for t in raising(lens, person)))
    subjects = tuple(dict.fromkeys(first.values()))
    sure = told(ESTIMATE, least(tells(lens, layer) for layer in (a, b)))
    return [
        Finding(
            kind="layers",
            subjects=subjects,
            value=tau,
            rule=RULE,
            sentence=Words(zh, en),
            certainty=sure,
            inputs=inputs,
            unit="tau",
            urgency=int(not same),
        )
    ]


def _agreement(lens: Lens, tau: float) -> Words:
    strong = lens.pack.default("layers_agree")
    if tau >= strong:
        return Words("大体一致", "largely agree")
    if tau <= -strong:
        return Words("大体相反", "run against each other")
    return Words("没有多少关系", "have little to do with each other")
