"""Who sways: standing among the people, beside formal rank, and the gap between the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from powermap.analysis.certainty import Survival, coverage, of_rank, survival
from powermap.analysis.deciders import deciders
from powermap.analysis.facts import listening, posts, raising
from powermap.analysis.influence import formal, in_strength, pagerank, rank_of, total_influence
from powermap.analysis.layers import disagreement
from powermap.analysis.projection import informs, strength_of
from powermap.analysis.telling import kinds_of, least, mute_ties, telling, told
from powermap.analysis.text import ESTIMATE, OPEN, answer, call, names, person_name, plural, signed
from powermap.findings import Answer, Certainty, Finding, Rule
from powermap.lens import Lens
from powermap.model import Influences
from powermap.words import Words, by_language

RULE = Rule(
    "standing",
    Words(
        "谁被听取、谁先知道：入度（强度之和）与 PageRank，弧从听者指向被听者、从告知者指向被告知者；只计能说明影响力的关系；与职级并列，看差距",
        "who is listened to and kept informed: incoming strength and PageRank on arcs listener → adviser and sender → receiver, by ties that tell of influence; beside formal rank, and the gap",
    ),
)


CONNECTED = Rule(
    "connections",
    Words(
        "谁的联系多：入度（强度之和）与 PageRank；友谊、亲属、圈子、邮件这类关系说明不了谁有权",
        "who is well connected: incoming strength and PageRank; friendship, family, circles and mail don't tell who has power",
    ),
)
COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("level", "层级", "Level"),
    ("heard", "多少人听（强度之和）", "Listened to (strengths added up)", True),
    ("pagerank", "被有分量的人听取", "Listened to by those who count", True),
    ("rank", "影响名次", "Place by influence"),
    ("formal_rank", "职级名次", "Place by level"),
    ("gap", "比职级高几名", "Places above their level"),
    ("survives", "名次稳不稳（重抽样前三 %）", "In the top three when ties are dropped %"),
    ("interval", "九成落在第几名", "Place, nine times in ten"),
    ("decision", "对决策的影响 %", "Sway over the decision %"),
    ("attitude", "态度", "Attitude"),
)
_BY_TIES = {
    "heard": ("联系多少（强度之和）", "Connected (strengths added up)"),
    "pagerank": ("与联系多的人有联系", "Connected to the well connected"),
    "rank": ("联系名次", "Place by connections"),
}
"""Heads where no tie says anything about power."""


@dataclass(frozen=True)
class _Standing:
    """Everybody's standing on the ties of `seen`, and the gap to the chart among those whose level is known."""

    seen: Lens
    heard: Mapping[str, float]
    score: Mapping[str, float]
    rank: Mapping[str, float]
    chart: Mapping[str, float]
    gap: Mapping[str, float]
    sure: Mapping[str, Survival]

    @classmethod
    def of(cls, seen: Lens) -> _Standing:
        score = pagerank(seen)
        known = [p for p, seat in seen.seats.items() if seat.level]
        levels = formal(seen)
        # With everybody on one level, or nobody on any, the chart has no order to compare with.
        compared = known if len({levels[p] for p in known}) > 1 else []
        chart = rank_of({p: levels[p] for p in compared})
        among = rank_of({p: score[p] for p in compared})
        gap = {p: chart[p] - among[p] for p in compared}
        return cls(seen, in_strength(seen), score, rank_of(score), chart, gap, survival(seen))

    @property
    def order(self) -> list[str]:
        """Everybody, the highest standing first."""
        return sorted(
            self.seen.seats,
            key=lambda p: (-round(self.score[p], 9), -round(self.heard[p], 9), person_name(self.seen, p)),
        )

    @property
    def rule(self) -> Rule:
        """The rule with its numbers."""
        number = self.seen.pack.default
        names = ("damping", "gap_places", "gap_one_in", "top_places", "top_one_in", "high_level")
        return replace(RULE, parameters={name: number(name) for name in names})

    @property
    def limit(self) -> float:
        """How many places between standing and level are worth a sentence."""
        number = self.seen.pack.default
        return max(number("gap_places"), len(self.chart) / number("gap_one_in"))


def sways(lens: Lens) -> Answer:
    """Answer who has influence, beside formal rank, and where the two differ.

    Only ties that say something about power make a rank of influence. Where there are none of these, the answer is who
    is well connected.
    """
    seen = telling(lens)
    speaks = any(t.sign > 0 for t in seen.influences)
    connected = not speaks and any(t.sign > 0 for t in lens.influences)
    found = _Standing.of(lens if connected else seen)
    shares = deciders(lens).shares
    sway = total_influence(seen, shares)
    rows = _rows(lens, found, sway)
    columns = [(key, *(_BY_TIES.get(key, head) if connected else head)) for key, *head in COLUMNS]
    dropped = {"decision", "gap", "formal_rank"} if connected else set()
    if not found.chart:
        dropped |= {"gap", "formal_rank"}
    if not any(seat.level for seat in lens.seats.values()):
        dropped |= {"level"}
    if not (speaks or connected):
        # Without ties all are level: no places to tell, and none that are sure.
        dropped |= {"rank", "formal_rank", "gap", "survives", "interval"}
    shown = [column for column in columns if column[0] not in dropped]
    if connected:
        findings = [_well_connected(lens, found), *disagreement(lens)]
        return answer(lens, "sways", shown, rows, findings, [coverage(lens), *_conflicts(lens)])
    if not speaks:
        zh, en = (
            "还没有影响关系：问清楚谁听谁的，填进“关系”表。",
            "No influence ties are known yet: find out who listens to whom, and fill in the ties sheet.",
        )
        nothing = Finding(
            kind="no-influence",
            subjects=(lens.account.id,),
            value=None,
            rule=RULE,
            sentence=Words(zh, en),
            certainty=OPEN,
            urgency=2,
        )
        return answer(lens, "sways", shown, rows, [nothing])
    findings = [_most_heard(found), *_hidden(found)]
    findings += _by_decision(seen, sway, shares)
    findings += _unheard(found)
    findings += disagreement(lens)
    return answer(lens, "sways", shown, rows, findings, [coverage(lens), *_left_out(lens), *_conflicts(lens)])


def _rows(lens: Lens, found: _Standing, sway: Mapping[str, float]) -> list[dict[str, Any]]:
    return [
        {
            "id": p,
            "name": lens.seats[p].name,
            "title": lens.seats[p].title,
            "level": lens.seats[p].level,
            "heard": round(found.heard[p], 3),
            "pagerank": round(found.score[p], 4),
            "rank": found.rank[p],
            "formal_rank": found.chart.get(p),
            "gap": found.gap.get(p),
            "survives": round(100 * found.sure[p].top_three),
            "interval": f"{found.sure[p].low}–{found.sure[p].high}",
            "decision": abs(round(100 * sway[p], 1)),
            "attitude": signed(lens.attitude(p)),
        }
        for p in found.order
    ]


def _left_out(lens: Lens) -> list[Words]:
    """Say which ties make no rank because they say little about power."""
    mute = mute_ties(lens)
    if not mute:
        return []
    kinds, n = kinds_of(lens, mute), len(mute)
    return [
        Words(
            f"{n} 条关系（{kinds.zh}）说明不了谁有权，不计入影响名次；`sways --layers` 另列。",
            f"{plural(n, 'tie')} of other kinds ({kinds.en}) {'says' if n == 1 else 'say'} little about power, and make no rank by influence; `sways --layers` shows them apart.",
        )
    ]


def _conflicts(lens: Lens) -> list[Words]:
    negative = [t for t in lens.influences if t.sign < 0]
    if not negative:
        return []
    pairs = [
        tuple(f"{call(lens, t.src)[k]} – {call(lens, t.dst)[k]}" for k in ("zh", "en")) for t in negative
    ]
    return [
        Words(
            f"冲突关系不计入影响：{'；'.join(zh for zh, _ in pairs)}",
            f"ties of conflict are not counted as influence: {'; '.join(en for _, en in pairs)}",
        )
    ]


def _others(seen: Lens, ties: Iterable[Influences], person: str) -> list[str]:
    """Return the three others with the strongest of some ties of a person."""
    order = sorted(
        ((t, t.src if t.dst == person else t.dst) for t in ties),
        key=lambda tie: (-strength_of(seen, tie[0].strength), person_name(seen, tie[1])),
    )
    return list(dict.fromkeys(other for _, other in order))[:3]


def _sure(found: _Standing, person: str) -> Certainty:
    ties = raising(found.seen, person)
    says = least(found.seen.pack.tells(t.channel) for t in ties)
    return told(of_rank(found.sure[person]), says, kinds_of(found.seen, ties))


def _well_connected(lens: Lens, found: _Standing) -> Finding:
    top = [p for p in found.order[:3] if found.heard[p] > 0]
    listed, kinds = names(lens, top), kinds_of(lens, mute_ties(lens))
    return Finding(
        kind="well-connected",
        subjects=tuple(top),
        value=round(found.heard[top[0]], 3),
        rule=CONNECTED,
        sentence=Words(
            f"联系最多的是 {listed.zh}（{kinds.zh}）；仅凭这类关系看不出谁说了算，请问清楚谁听谁的。",
            f"Best connected: {listed.en} ({kinds.en}). This alone doesn't tell who decides: find out who listens to whom.",
        ),
        certainty=_sure(found, top[0]),
        inputs=listening(lens, raising(lens, top[0])),
        urgency=1,
    )


def _most_heard(found: _Standing) -> Finding:
    seen = found.seen
    top = [p for p in found.order[:3] if found.heard[p] > 0]
    listed = names(seen, top)
    told = [informs(seen, t) for p in top for t in raising(seen, p)]
    if all(told):
        words = Words(f"消息都通到 {listed.zh}。", f"Most kept informed: {listed.en}.")
    elif any(told):
        words = Words(
            f"最被听取、消息最通的是 {listed.zh}。", f"Most listened to and kept informed: {listed.en}."
        )
    else:
        words = Words(f"最被听取的是 {listed.zh}。", f"Most listened to: {listed.en}.")
    return Finding(
        kind="most-heard",
        subjects=tuple(top),
        value=round(found.heard[top[0]], 3),
        rule=found.rule,
        sentence=words,
        certainty=_sure(found, top[0]),
        inputs=listening(seen, raising(seen, top[0])),
        urgency=1,
    )


def _hidden(found: _Standing) -> list[Finding]:
    """Find people who stand far higher in the network than in the chart, and whom somebody outranks."""
    seen, number = found.seen, found.seen.pack.default
    first = max(number("top_places"), len(found.order) / number("top_one_in"))
    hidden = [
        p
        for p in found.order
        if found.heard[p] > 0
        and found.gap.get(p, 0) >= found.limit
        and found.chart[p] > min(found.chart.values())
        and found.rank[p] <= first
    ]
    findings = []
    for person in hidden[:3]:
        post, name = by_language(seen.seats[person].title, seen.seats[person].title_alt), call(seen, person)
        place, level = found.chart[person] - found.gap[person], found.chart[person]
        some = len(found.chart) < len(found.order)
        zh = f"{name.zh}（{post.zh or '无职务'}）的影响排第 {int(place)}，职级只排第 {int(level)}"
        en = f"{name.en} ({post.en or 'no title'}) ranks {_ordinal(place)} by influence but {_ordinal(level)} by level"
        if some:
            zh += f"（在知道层级的 {len(found.chart)} 人中）"
            en += f" (of the {len(found.chart)} whose level is known)"
        why, attitude = _why_heard(seen, person), seen.attitude(person)
        zh += f"：{why.zh}；态度{'未知' if attitude is None else ' ' + signed(attitude)}。"
        en += f": {why.en}; attitude {'unknown' if attitude is None else signed(attitude)}."
        findings.append(
            Finding(
                kind="hidden-influencer",
                subjects=(person,),
                value=found.gap[person],
                rule=found.rule,
                sentence=Words(zh, en),
                certainty=_sure(found, person),
                inputs=listening(seen, raising(seen, person)),
                urgency=2,
            )
        )
    return findings


def _why_heard(seen: Lens, person: str) -> Words:
    """Say who listens to a person, and who keeps them informed."""
    ties = raising(seen, person)
    listen = _others(seen, [t for t in ties if not informs(seen, t)], person)
    tell = _others(seen, [t for t in ties if informs(seen, t)], person)
    zh, en = [], []
    if listen:
        who = names(seen, listen)
        zh.append(f"{who.zh} 听其意见")
        en.append(f"{who.en} listen{'s' if len(listen) == 1 else ''}")
    if tell:
        who = names(seen, tell)
        zh.append(f"{who.zh} 向其通报")
        en.append(f"{who.en} keep{'s' if len(tell) == 1 else ''} them informed")
    return Words("，".join(zh), ", ".join(en))


def _by_decision(lens: Lens, sway: Mapping[str, float], shares: Mapping[str, float]) -> list[Finding]:
    outside = sorted((p for p in sway if p not in shares), key=lambda p: (-sway[p], person_name(lens, p)))
    if not shares or not outside or sway[outside[0]] < lens.pack.default("sway_that_matters"):
        return []
    person = outside[0]
    rule = Rule(
        "total influence",
        Words(
            "Friedkin-Johnsen：最终看法中有多少来自谁，按决策权加权",
            "Friedkin-Johnsen: whose own view ends up in the decision, weighted by decision power",
        ),
        {"susceptibility": lens.pack.adaptability["default"]},
    )
    name, share = call(lens, person), round(100 * sway[person])
    words = Words(
        f"{name.zh} 没有投票权，但最终决定中约有 {share}% 是其看法。",
        f"{name.en} has no vote, yet about {share}% of the final decision is {name.en}'s view.",
    )
    return [
        Finding(
            kind="sway-without-vote",
            subjects=(person,),
            value=sway[person],
            rule=rule,
            sentence=words,
            certainty=told(ESTIMATE, "yes"),
            inputs=listening(lens, [t for t in lens.influences if t.src == person]),
            unit="share",
            urgency=2,
        )
    ]


def _unheard(found: _Standing) -> list[Finding]:
    lens, high = found.seen, found.seen.pack.default("high_level")
    silent = [
        p
        for p in found.order
        if (lens.seats[p].level or high + 1) <= high
        and not lens.seats[p].person.placeholder
        and -found.gap.get(p, 0) >= found.limit
        and found.heard[p] == 0
    ]
    if not silent:
        return []
    listed = names(lens, silent)
    words = Words(
        f"职位高、却没人听的：{listed.zh}（或是我们还不知道）。",
        f"High in the chart, heard by nobody we know of: {listed.en}.",
    )
    return [
        Finding(
            kind="unheard",
            subjects=tuple(silent),
            value=len(silent),
            rule=found.rule,
            sentence=words,
            certainty=replace(OPEN, telling="yes"),
            inputs=posts(lens, silent),
        )
    ]


def _ordinal(rank: float) -> str:
    # People level with each other share a rank such as 24.5; said aloud it is the 24th.
    n = int(rank)
    return f"{n}{'th' if 10 < n % 100 < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
