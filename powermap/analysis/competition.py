"""Where a supplier stands against the others: who leads with whom, and what share of the decision each camp owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from powermap.analysis.camps import border_to
from powermap.analysis.cover import owners
from powermap.analysis.deciders import deciders
from powermap.analysis.facts import attitudes, coverage, listening
from powermap.analysis.fragility import RULE as SINGLE
from powermap.analysis.fragility import reach
from powermap.analysis.influence import power
from powermap.analysis.shares import SHARES, Shares, Spread, share_survival, shares
from powermap.analysis.text import (
    CERTAIN,
    ESTIMATE,
    answer,
    call,
    names,
    person_name,
    plural,
    signed,
    supplier_name,
)
from powermap.findings import Answer, Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words, by_language

Floats = NDArray[np.float64]
State = Literal["leads", "contested", "unknown", "uncovered", "nobody"]

LEADS = Rule(
    "leads",
    Words(
        "已知态度唯一最高且不为负者领先；有一方态度未知（且有覆盖）算未知；并列算争夺；按话语权加权",
        "the one highest known attitude that is not negative leads; if one that covers them is unknown, the seat is unknown; level is contested; weighted by power",
    ),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads with one person. `supplier` only if somebody leads; `margin` over the next known attitude."""

    state: State
    supplier: str | None = None
    margin: int | None = None


def leads(lens: Lens) -> dict[str, Lead]:
    """Tell for everybody who leads with them; the lens's own supplier plays no part in it."""
    covered = {s.id: owners(lens, s.id) for s in lens.suppliers}
    return {person: _lead(lens, person, covered) for person in lens.seats}


def _lead(lens: Lens, person: str, covered: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Lead:
    known = {s.id: a for s in lens.suppliers if (a := lens.attitude(person, s.id)) is not None}
    unknown = [
        s.id
        for s in lens.suppliers
        if s.id not in known and (person in covered[s.id] or lens.stance(person, s.id) is not None)
    ]
    if not known and not unknown:
        return Lead("uncovered")
    if unknown or not known:
        return Lead("unknown")
    best = max(known.values())
    first = [s for s, a in known.items() if a == best]
    if best < 0 or (best == 0 and len(known) == 1):
        return Lead("nobody")
    if len(first) > 1:
        return Lead("contested", None, 0)
    rest = [a for s, a in known.items() if s != first[0]]
    return Lead("leads", first[0], best - max(rest) if rest else None)


COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("power", "话语权", "Power"),
    ("lead", "谁领先", "Who leads"),
    ("margin", "领先几级", "By"),
)
STATES = {
    "contested": Words("争夺中", "contested"),
    "unknown": Words("未知", "unknown"),
    "uncovered": Words("无人覆盖", "uncovered"),
    "nobody": Words("谁也没领先", "nobody"),
}


def compare(lens: Lens) -> Answer:
    """Answer where the supplier stands against the others."""
    found, strength, part = leads(lens), power(lens), shares(lens)
    label = {s.id: by_language(s.organization.name, s.organization.name_alt) for s in lens.suppliers}
    columns = [
        *COLUMNS,
        *(
            (f"at:{s.id}", f"{s.letter} {label[s.id].zh}", f"{'us' if s.us else s.letter} {label[s.id].en}")
            for s in lens.suppliers
        ),
    ]
    order = sorted(lens.seats, key=lambda p: (-strength[p].value, person_name(lens, p)))
    rows: list[dict[str, Any]] = []
    for person in order:
        lead = found[person]
        rows.append(
            {
                "id": person,
                "name": lens.seats[person].name,
                "title": lens.seats[person].title,
                "power": strength[person].value,
                "lead": label[lead.supplier]._asdict() if lead.supplier else STATES[lead.state]._asdict(),
                "margin": lead.margin,
                **{
                    f"at:{s.id}": signed(lens.attitude(person, s.id)) if _relates(lens, person, s.id) else ""
                    for s in lens.suppliers
                },
            }
        )
    findings = [
        _share(lens, part, label),
        _totals(lens, found, label),
        *_contested(lens, found, order),
        *_gaps(lens, found, order),
        *_exclusive(lens, label),
        *_rivals(lens, label),
        *_borders(lens, label),
    ]
    return answer(lens, "compare", columns, rows, findings)


def _relates(lens: Lens, person: str, supplier: str) -> bool:
    return lens.stance(person, supplier) is not None or person in owners(lens, supplier)


def power_shares(lens: Lens, found: Mapping[str, Lead] | None = None) -> dict[str, float]:
    """Return the power-weighted share of leads: by supplier's id, and by state for seats nobody leads; sums to 1."""
    found = found or leads(lens)
    strength = power(lens)
    total = sum(strength[p].value for p in found) or 1.0
    parts: dict[str, float] = {}
    for person, lead in found.items():
        key = lead.supplier or lead.state
        parts[key] = parts.get(key, 0.0) + strength[person].value / total
    return parts


def _share(lens: Lens, part: Shares, label: Mapping[str, Words]) -> Finding:
    ranked = sorted(part.suppliers, key=lambda s: (-part.suppliers[s], label[s].zh))
    zh = "，".join(f"{label[s].zh} {part.suppliers[s]:.0%}" for s in ranked)
    en = ", ".join(f"{label[s].en} {part.suppliers[s]:.0%}" for s in ranked)
    words = Words(
        f"决策链影响力：{zh}，成员自己 {part.own:.0%}。",
        f"Influence on the decision: {en}, the members' own {part.own:.0%}.",
    )
    behind = bool(ranked) and ranked[0] != lens.supplier.id
    return Finding(
        kind="influence-share",
        subjects=tuple(ranked),
        value={**part.suppliers, "own": part.own},
        rule=SHARES,
        sentence=words,
        certainty=_sure(share_survival(lens), ranked, label) if ranked and part.known else ESTIMATE,
        inputs=_weightiest(lens, ranked[:1]),
        urgency=2 if behind and part.known else 1,
    )


def _sure(found: Mapping[str, Spread], ranked: list[str], label: Mapping[str, Words]) -> Certainty:
    """Say how often the first supplier stays first; below one half nobody can tell who is."""
    first = found[ranked[0]]
    if len(ranked) == 1:
        alone = Words(
            f"200 次重抽样中九成份额在 {first.low:.0%}–{first.high:.0%}",
            f"{first.low:.0%} to {first.high:.0%} in 90% of 200 resamples",
        )
        return Certainty("estimate", alone, first.first)
    words = Words(
        f"200 次重抽样中 {label[ranked[0]].zh} 有 {first.first:.0%} 居首，九成份额在 {first.low:.0%}–{first.high:.0%}",
        f"{label[ranked[0]].en} is first in {first.first:.0%} of 200 resamples, with {first.low:.0%} to {first.high:.0%} in 90% of them",
    )
    if len(ranked) > 1 and first.first < 0.5:
        return Certainty(
            "open", Words("判断不了谁居首：" + words.zh, "can't tell who is first: " + words.en), first.first
        )
    return Certainty("estimate", words, first.first)


def _weightiest(lens: Lens, suppliers: list[str]) -> tuple[Input, ...]:
    """Return the stances to the first supplier of the people with the largest say."""
    say, strength = deciders(lens).shares, power(lens)
    order = sorted(lens.seats, key=lambda p: (-say.get(p, 0.0), -strength[p].value, person_name(lens, p)))
    return attitudes(lens, (p for p in order if lens.stance(p, suppliers[0]) is not None), suppliers[0])


def _of_weight(lens: Lens, found: Mapping[str, Lead]) -> tuple[Input, ...]:
    """Return the stances of the three most powerful people with whom somebody leads, to whoever leads."""
    strength = power(lens)
    order = sorted(
        (p for p in lens.seats if found[p].supplier), key=lambda p: (-strength[p].value, person_name(lens, p))
    )
    return tuple(i for p in order[:3] for i in attitudes(lens, [p], found[p].supplier))


def _totals(lens: Lens, found: Mapping[str, Lead], label: Mapping[str, Words]) -> Finding:
    parts = power_shares(lens, found)
    counts = {s.id: [p for p in lens.seats if found[p].supplier == s.id] for s in lens.suppliers}
    strength = power(lens)
    zh, en = [], []
    for s in lens.suppliers:
        people = sorted(counts[s.id], key=lambda p: (-strength[p].value, person_name(lens, p)))
        if people:
            listed = names(lens, people, 3)
            zh.append(
                f"{label[s.id].zh} 领先 {len(people)} 人（{listed.zh.split('等 ')[0]}{'等' if len(people) > 3 else ''}），占话语权 {parts.get(s.id, 0):.0%}"
            )
            en.append(
                f"{label[s.id].en} leads with {plural(len(people), 'person', 'people')} ({listed.en}), {parts.get(s.id, 0):.0%} of the power"
            )
    if not zh:
        words = Words("还没有人领先。", "Nobody leads yet.")
    else:
        words = Words("；".join(zh) + "。", "; ".join(en) + ".")
    return Finding(
        kind="leads",
        subjects=tuple(counts),
        value=parts,
        rule=LEADS,
        sentence=words,
        certainty=CERTAIN,
        inputs=_of_weight(lens, found),
        urgency=1,
    )


def _stances(lens: Lens, person: str) -> tuple[Input, ...]:
    held = [s.id for s in lens.suppliers if lens.stance(person, s.id) is not None]
    return tuple(i for s in held for i in attitudes(lens, [person], s))


def _contested(lens: Lens, found: Mapping[str, Lead], order: list[str]) -> list[Finding]:
    people = tuple(p for p in order if found[p].state == "contested")[:6]
    if not people:
        return []
    listed = names(lens, people)
    return [
        Finding(
            kind="contested",
            subjects=people,
            value=len(people),
            rule=LEADS,
            sentence=Words(f"争夺中的关键人：{listed.zh}。", f"Contested: {listed.en}."),
            certainty=CERTAIN,
            inputs=_stances(lens, people[0])[:3],
            urgency=2,
        )
    ]


def _gaps(lens: Lens, found: Mapping[str, Lead], order: list[str]) -> list[Finding]:
    limit, strength = lens.pack.default("power_that_matters"), power(lens)
    findings = []
    unknown = tuple(p for p in order if lens.attitude(p) is None and strength[p].value >= limit)
    if unknown:
        listed = names(lens, unknown)
        words = Words(
            f"有分量、但对{_side(lens).zh}的态度未知：{listed.zh}。",
            f"People of power whose attitude to {_side(lens).en} is unknown: {listed.en}.",
        )
        findings.append(
            Finding(
                kind="unknown-attitude",
                subjects=unknown,
                value=len(unknown),
                rule=LEADS,
                sentence=words,
                certainty=CERTAIN,
                inputs=attitudes(lens, unknown),
                urgency=2,
            )
        )
    if (
        not any((lens.attitude(p) or 0) < 0 for p in lens.seats)
        and sum(lens.attitude(p) is not None for p in lens.seats) >= 5
    ):
        words = Words(
            "地图上没有一个反对者：太乐观了，对手的支持者在哪？",
            "There is no opponent on the map. Too rosy: who backs the competition?",
        )
        findings.append(
            Finding(
                kind="too-rosy",
                subjects=(lens.account.id,),
                value=0,
                rule=LEADS,
                sentence=words,
                certainty=ESTIMATE,
                inputs=attitudes(lens, sorted(lens.seats, key=lambda p: -(lens.attitude(p) or 0))),
                urgency=1,
            )
        )
    return findings


def _side(lens: Lens) -> Words:
    return Words("我方", "us") if lens.supplier.us else supplier_name(lens)


def _exclusive(lens: Lens, label: Mapping[str, Words]) -> list[Finding]:
    rule = Rule(
        "exclusive stances",
        Words(
            "支持并排他（+2）或教练（+3）只能对一家",
            "supports exclusively (+2) or coach (+3) can be true of one supplier only",
        ),
    )
    findings = []
    for person in lens.seats:
        both = [s.id for s in lens.suppliers if (lens.attitude(person, s.id) or 0) >= 2]
        if len(both) > 1:
            name = call(lens, person)
            words = Words(
                f"{name.zh} 同时是 {'、'.join(label[s].zh for s in both)} 的排他支持者：至少一个判断不对，或在两边传话。",
                f"{name.en} is down as exclusive supporter of {' and '.join(label[s].en for s in both)}: one of these is wrong, or {name.en} talks to both.",
            )
            findings.append(
                Finding(
                    kind="exclusive-contradiction",
                    subjects=(person, *both),
                    value=len(both),
                    rule=rule,
                    sentence=words,
                    certainty=CERTAIN,
                    inputs=_stances(lens, person)[:3],
                    urgency=2,
                )
            )
    return findings


def _rivals(lens: Lens, label: Mapping[str, Words]) -> list[Finding]:
    """Say on which one person of its own a rival's access hangs: the same question, in the rival's place."""
    findings = []
    for s in lens.suppliers:
        if s.id == lens.supplier.id:
            continue
        found = reach(lens.with_supplier(s.id))
        for person, lost in list(found.single_owners.items())[:1]:
            who, them = call(lens, person), names(lens, lost)
            inputs = coverage(lens, (c for c in lens.covers(s.id) if c.src == person))
            words = Words(
                f"{label[s.id].zh} 通往 {them.zh} 的路都系于其 {who.zh} 一人。",
                f"All ways of {label[s.id].en} to {them.en} hang on its {who.en} alone.",
            )
            findings.append(
                Finding(
                    kind="rival-fragile",
                    subjects=(s.id, person),
                    value=len(lost),
                    rule=SINGLE,
                    sentence=words,
                    certainty=CERTAIN,
                    inputs=inputs,
                )
            )
    return findings


def _borders(lens: Lens, label: Mapping[str, Words]) -> list[Finding]:
    rule = Rule(
        "border of camps",
        Words(
            "要把两个阵营分开，至少得断开哪些影响关系（强度之和最小）",
            "minimum cut: the ties of influence that part two camps, with the least total strength",
        ),
    )
    findings = []
    for s in lens.suppliers:
        if s.id == lens.supplier.id:
            continue
        found = border_to(lens, s.id)
        if found is None or not found.ties:
            continue
        shown = found.ties[:3]
        zh = "、".join(f"{call(lens, a).zh}–{call(lens, b).zh}" for a, b in shown)
        en = ", ".join(f"{call(lens, a).en}–{call(lens, b).en}" for a, b in shown)
        words = Words(
            f"与 {label[s.id].zh} 阵营的交界在 {zh}{'等' if len(found.ties) > 3 else ''}：这里最容易说上话，也最容易走漏消息。",
            f"The border to the camp of {label[s.id].en} runs between {en}{' and more' if len(found.ties) > 3 else ''}: where minds meet, and where news leaks.",
        )
        people = tuple(dict.fromkeys(p for tie in found.ties for p in tie))
        findings.append(
            Finding(
                kind="border",
                subjects=(s.id, *people),
                value=found.value,
                rule=rule,
                sentence=words,
                certainty=CERTAIN,
                inputs=listening(
                    lens,
                    (
                        t
                        for t in lens.influences
                        if (t.src, t.dst) in found.ties or (t.dst, t.src) in found.ties
                    ),
                ),
                unit="strength",
            )
        )
    return findings
