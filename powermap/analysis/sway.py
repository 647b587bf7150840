"""Who sways: standing among the people, beside formal rank, and the gap between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from powermap.analysis import projection
from powermap.analysis.certainty import Survival, coverage, of_rank, survival
from powermap.analysis.deciders import deciders
from powermap.analysis.facts import listening, posts
from powermap.analysis.influence import formal, in_strength, pagerank, rank_of, total_influence
from powermap.analysis.layers import disagreement
from powermap.analysis.text import ESTIMATE, OPEN, answer, call, names, person_name, signed
from powermap.findings import Answer, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words, by_language

RULE = Rule(
    "standing",
    Words(
        "谁被听取：听取强度之和，以及按“谁听谁的”逐级相传的 PageRank；与职级并列，看差距",
        "who is listened to: incoming strength and PageRank on arcs listener → adviser, beside formal rank, and the gap",
    ),
)


COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("level", "层级", "Level"),
    ("heard", "被听取（强度之和）", "Heard (sum of strengths)", True),
    ("pagerank", "PageRank", "PageRank", True),
    ("rank", "影响名次", "Influence rank"),
    ("formal_rank", "职级名次", "Formal rank"),
    ("gap", "差距", "Gap"),
    ("survives", "重抽样前三 %", "Top 3 in resamples %"),
    ("interval", "名次 90%", "Rank 90%"),
    ("decision", "对决策的影响 %", "Sway over the decision %"),
    ("attitude", "态度", "Attitude"),
)


def sways(lens: Lens) -> Answer:
    """Answer who has influence, beside formal rank, and where the two differ."""
    heard, score = in_strength(lens), pagerank(lens)
    network, chart = rank_of(score), rank_of(formal(lens))
    found = deciders(lens)
    sway = total_influence(lens, found.shares)
    sure = survival(lens)
    order = sorted(lens.seats, key=lambda p: (-round(score[p], 9), -round(heard[p], 9), person_name(lens, p)))
    rows: list[dict[str, Any]] = [
        {
            "id": p,
            "name": lens.seats[p].name,
            "title": lens.seats[p].title,
            "level": lens.seats[p].level,
            "heard": round(heard[p], 3),
            "pagerank": round(score[p], 4),
            "rank": network[p],
            "formal_rank": chart[p],
            "gap": chart[p] - network[p],
            "survives": round(100 * sure[p].top_three),
            "interval": f"{sure[p].low}–{sure[p].high}",
            "decision": abs(round(100 * sway[p], 1)),
            "attitude": signed(lens.attitude(p)),
        }
        for p in order
    ]
    if not any(heard.values()):
        zh, en = (
            "还没有影响关系：问清楚谁听谁的，填进“关系”表。",
            "No influence ties are known yet: find out who listens to whom, and fill in the ties sheet.",
        )
        nothing = Finding("no-influence", (lens.account.id,), None, RULE, Words(zh, en), OPEN, urgency=2)
        return answer(lens, "sways", COLUMNS, rows, [nothing])
    findings = [_most_heard(lens, order, heard, sure)]
    findings += _hidden(lens, order, heard, network, chart, sure)
    findings += _by_decision(lens, sway, found.shares)
    findings += _unheard(lens, order, heard, network, chart)
    findings += disagreement(lens)
    negative = [t for t in lens.influences if t.sign < 0]
    notes = [coverage(lens)]
    if negative:
        pairs = [
            tuple(f"{call(lens, t.src)[k]} – {call(lens, t.dst)[k]}" for k in ("zh", "en")) for t in negative
        ]
        notes.append(
            Words(
                f"冲突关系不计入影响：{'；'.join(zh for zh, _ in pairs)}",
                f"ties of conflict are not counted as influence: {'; '.join(en for _, en in pairs)}",
            )
        )
    return answer(lens, "sways", COLUMNS, rows, findings, notes)


def _ties_in(lens: Lens, person: str) -> tuple[Input, ...]:
    return listening(lens, (t for t in lens.influences if t.src == person))


def _listeners(lens: Lens, person: str) -> list[str]:
    """Return the three who listen most to a person."""
    ties = sorted(
        (t for t in lens.influences if t.src == person and t.sign > 0),
        key=lambda t: (-projection.strength_of(lens, t.strength), person_name(lens, t.dst)),
    )
    return list(dict.fromkeys(t.dst for t in ties))[:3]


def _most_heard(
    lens: Lens, order: Sequence[str], heard: Mapping[str, float], sure: Mapping[str, Survival]
) -> Finding:
    top = [p for p in order[:3] if heard[p] > 0]
    listed = names(lens, top)
    return Finding(
        "most-heard",
        tuple(top),
        round(heard[top[0]], 3),
        RULE,
        Words(f"最被听取的是 {listed.zh}。", f"Most listened to: {listed.en}."),
        of_rank(sure[top[0]]),
        _ties_in(lens, top[0]),
        urgency=1,
    )


def _hidden(
    lens: Lens,
    order: Sequence[str],
    heard: Mapping[str, float],
    network: Mapping[str, float],
    chart: Mapping[str, float],
    sure: Mapping[str, Survival],
) -> list[Finding]:
    """Find people who stand far higher in the network than in the chart: at least a quarter of the people."""
    limit = max(3.0, len(order) / 4)
    found = [
        p
        for p in order
        if heard[p] > 0 and chart[p] - network[p] >= limit and network[p] <= max(3.0, len(order) / 3)
    ]
    findings = []
    for person in found[:3]:
        heads = _listeners(lens, person)
        who, post = names(lens, heads), by_language(lens.seats[person].title, lens.seats[person].title_alt)
        name = call(lens, person)
        zh = f"{name.zh}（{post.zh or '无职务'}）的影响排第 {int(network[person])}，职级只排第 {int(chart[person])}：{who.zh} 听其意见"
        en = f"{name.en} ({post.en or 'no title'}) ranks {_ordinal(network[person])} by influence but {_ordinal(chart[person])} by level: {who.en} listen{'s' if len(heads) == 1 else ''}"
        attitude = lens.attitude(person)
        zh += f"；态度{'未知' if attitude is None else ' ' + signed(attitude)}。"
        en += f"; attitude {'unknown' if attitude is None else signed(attitude)}."
        findings.append(
            Finding(
                "hidden-influencer",
                (person,),
                chart[person] - network[person],
                RULE,
                Words(zh, en),
                of_rank(sure[person]),
                _ties_in(lens, person),
                urgency=2,
            )
        )
    return findings


def _by_decision(lens: Lens, sway: Mapping[str, float], shares: Mapping[str, float]) -> list[Finding]:
    outside = sorted((p for p in sway if p not in shares), key=lambda p: (-sway[p], person_name(lens, p)))
    if not shares or not outside or sway[outside[0]] < 0.05:
        return []
    person = outside[0]
    rule = Rule(
        "total influence",
        Words(
            "Friedkin-Johnsen：最终看法中有多少来自谁，按决策权加权",
            "Friedkin-Johnsen: whose own view ends up in the decision, weighted by decision power",
        ),
        {
            "susceptibility": lens.pack.adaptability["default"],
            "self-weight": lens.pack.default("self_weight"),
        },
    )
    name, share = call(lens, person), round(100 * sway[person])
    words = Words(
        f"{name.zh} 没有投票权，但最终决定中约有 {share}% 是其看法。",
        f"{name.en} has no vote, yet about {share}% of the final decision is {name.en}'s view.",
    )
    return [
        Finding(
            "sway-without-vote",
            (person,),
            sway[person],
            rule,
            words,
            ESTIMATE,
            _ties_in(lens, person),
            "share",
            urgency=2,
        )
    ]


def _unheard(
    lens: Lens,
    order: Sequence[str],
    heard: Mapping[str, float],
    network: Mapping[str, float],
    chart: Mapping[str, float],
) -> list[Finding]:
    limit = max(3.0, len(order) / 4)
    found = [
        p
        for p in order
        if (lens.seats[p].level or 9) <= 3 and network[p] - chart[p] >= limit and heard[p] == 0
    ]
    if not found:
        return []
    listed = names(lens, found)
    words = Words(
        f"职位高、却没人听的：{listed.zh}（或是我们还不知道）。",
        f"High in the chart, heard by nobody we know of: {listed.en}.",
    )
    return [Finding("unheard", tuple(found), len(found), RULE, words, OPEN, posts(lens, found))]


def _ordinal(rank: float) -> str:
    # People level with each other share a rank such as 24.5; said aloud it is the 24th.
    n = int(rank)
    return f"{n}{'th' if 10 < n % 100 < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
