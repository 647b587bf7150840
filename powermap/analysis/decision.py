"""Who decides, and who can block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powermap.analysis.certainty import coverage
from powermap.analysis.deciders import Deciders, deciders
from powermap.analysis.facts import attitudes, listening
from powermap.analysis.inclination import Inclinations, inclinations
from powermap.analysis.rule import Rule as DecisionRule
from powermap.analysis.templates import templates
from powermap.analysis.text import (
    CERTAIN,
    ESTIMATE,
    OPEN,
    answer,
    call,
    fact,
    names,
    person_name,
    signed,
    supplier_name,
)
from powermap.analysis.voting import MAX_EXACT, coalitions
from powermap.analysis.winning import model
from powermap.findings import Answer, Certainty, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "decision power",
    Words(
        "由决策规则枚举全部投票情形：能否决、可一人拍板、投票不起作用；关键票比重即 Shapley-Shubik 指数，另有 Banzhaf 指数（精确）",
        "all voting situations under the decision rule: can block, decides alone, vote never matters; the share of deciding votes is the Shapley-Shubik index, beside it Banzhaf's (exact)",
    ),
)
UNDER_INFLUENCE = Rule(
    "votes under influence",
    Words(
        "每人倾向 +1 或 −1，经 Friedkin-Johnsen 影响后投票；Hoede-Bakker 指数（枚举全部倾向），Grabisch-Rusinowska 影响指数",
        "everybody inclined to +1 or −1 votes after Friedkin-Johnsen influence; Hoede-Bakker index over all inclinations, influence index of Grabisch and Rusinowska",
    ),
)
BY_ROLE = Rule(
    "decision makers",
    Words(
        "没有决策规则时：先看角色（决策者、批准者），再看职级",
        "without a decision rule: the roles decision maker and approver, else rank",
    ),
)

COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("roles", "角色", "Roles"),
    ("attitude", "态度", "Attitude"),
    ("after", "受影响后", "After influence"),
    ("can_block", "能否决", "Can block"),
    ("alone", "可一人拍板", "Decides alone"),
    ("no_say", "投票不起作用", "Vote never matters"),
    ("shapley", "关键票比重", "Share of deciding votes"),
    ("banzhaf", "Banzhaf（绝对）", "Banzhaf (absolute)", True),
    ("banzhaf_share", "Banzhaf（归一）", "Banzhaf (normalised)", True),
    ("hoede", "Hoede-Bakker（计入影响）", "Hoede-Bakker (with influence)", True),
)


PLAIN = 5
"""Columns that are told without a rule, a vote or a veto."""


def decides(lens: Lens) -> Answer:
    """Answer who decides: by the deal's decision rule if it is known, else by roles, else by rank."""
    found = deciders(lens)
    findings = [_who(lens, found)]
    rows: list[dict[str, Any]] = []
    after = _after(lens)
    if found.powers:
        findings += _by_rule(lens, found)
        heard = inclinations(lens, found)
        findings += _followers(lens, heard) if heard else []
        hoede = {p: float(x) for p, x in heard.power.items()} if heard else {}
        powers = {p.player: p for p in found.powers}
        order = sorted(
            powers.values(), key=lambda p: (-p.shapley, person_name(lens, p.player.removesuffix("?")))
        )
        for power in order:
            person = power.player.removesuffix("?")
            rows.append(
                _row(lens, person, after)
                | {
                    "name": person_name(lens, person)
                    + ("（不反对即可）" if power.player.endswith("?") else ""),
                    "can_block": power.can_block,
                    "alone": power.decides_alone,
                    "no_say": power.has_no_say,
                    "shapley": float(power.shapley),
                    "banzhaf": float(power.banzhaf),
                    "banzhaf_share": float(power.banzhaf_share),
                    "hoede": hoede.get(person),
                }
            )
            if power.player.endswith("?"):
                rows[-1]["name"] = {
                    "zh": f"{call(lens, person).zh}（不反对）",
                    "en": f"{call(lens, person).en} (not opposed)",
                }
        listed = {p.removesuffix("?") for p in powers}
        # Without a vote, yet the decision goes with their view: beside the members, where a seller sees them.
        without = [s.id for s in lens.committee if s.id not in listed]
        without += sorted(
            (p for p in hoede if hoede[p] > 0 and p not in {*listed, *without}), key=lambda p: -hoede[p]
        )
        rows += [_row(lens, p, after) | {"no_say": True, "hoede": hoede.get(p)} for p in without]
    else:
        rows = [_row(lens, person, after) for person in found.shares]
        rows += [_row(lens, s.id, after) for s in lens.committee if s.id not in found.shares]
    if found.rule is None:
        findings.append(_unknown_rule(lens, found))
    columns = COLUMNS if found.powers else COLUMNS[:PLAIN]
    notes = found.voting.notes if found.voting is not None else ()
    return answer(lens, "decides", columns, rows, findings, [*notes, coverage(lens)])


def _after(lens: Lens) -> dict[str, float]:
    """Return the views of those who vote after influence, for the lens's supplier."""
    m = model(lens)
    if m is None:
        return {}
    views = m.weight @ m.after[:, :, m.own]
    return {p: float(x) for p, x in zip(m.ballot.people, views, strict=True)}


def _row(lens: Lens, person: str, after: Mapping[str, float]) -> dict[str, Any]:
    seat = lens.seats[person]
    roles = [lens.pack.roles[r].words for r in seat.roles if r in lens.pack.roles]
    return {
        "id": person,
        "name": seat.name,
        "title": seat.title,
        "roles": {"zh": "、".join(w.zh for w in roles), "en": ", ".join(w.en for w in roles)},
        "attitude": signed(lens.attitude(person)),
        "after": round(after[person], 2) + 0.0 if person in after else None,
    }


def _who(lens: Lens, found: Deciders) -> Finding:
    people = tuple(sorted(found.shares, key=lambda p: (-found.shares[p], person_name(lens, p))))
    if not people:
        sentence = Words(
            "还没有找到决策者：没有人标为决策者，也没有职级。",
            "No decision-maker is known: nobody is marked as one, and there are no levels.",
        )
        return Finding(
            kind="no-decider",
            subjects=(lens.account.id,),
            value=None,
            rule=BY_ROLE,
            sentence=sentence,
            certainty=OPEN,
            urgency=3,
        )
    listed = names(lens, people, 6)
    kind, rule, certainty, urgency = "deciders", BY_ROLE, ESTIMATE, 1
    if found.ground == "rank":
        kind, urgency = "no-decider", 3
        sentence = Words(
            f"没有人标为决策者；按职级推定为 {listed.zh}，请确认。",
            f"Nobody is marked as decision-maker; by rank it would be {listed.en}. Confirm it.",
        )
    elif found.ground == "roles":
        sentence = Words(f"决策者：{listed.zh}（按角色）。", f"Decision-makers by role: {listed.en}.")
        if found.powers:
            sentence = Words(
                f"决策者：{listed.zh}（按角色、票数和否决权；假定票数过半）。",
                f"Decision-makers by role, votes and vetoes: {listed.en}; more than half of the votes is assumed.",
            )
    else:
        assert found.rule is not None
        rule, certainty = RULE, CERTAIN
        says, alone = found.rule.words(lens), len(people) == 1
        sentence = Words(
            f"{f'由 {listed.zh} 一人' if alone else f'{listed.zh} 共同'}决定。规则：{says.zh}。",
            f"{listed.en} {'decides alone' if alone else 'decide'}. The rule: {says.en}.",
        )
    return Finding(
        kind=kind,
        subjects=people,
        value=len(people),
        rule=rule,
        sentence=sentence,
        certainty=certainty,
        inputs=attitudes(lens, people),
        urgency=urgency,
    )


def _by_rule(lens: Lens, found: Deciders) -> list[Finding]:
    findings = []
    assert found.voting is not None
    rule, sure = found.voting, CERTAIN if found.rule is not None else ESTIMATE
    blockers = tuple(p.player.removesuffix("?") for p in found.powers if p.can_block)
    vetoes = {s.id for s in lens.committee if s.veto}
    if blockers:
        against = [p for p in blockers if (lens.attitude(p) or 0) < 0]
        unknown = [p for p in blockers if lens.attitude(p) is None]
        listed = names(lens, blockers)
        zh, en = (
            f"{listed.zh} 能一票否决",
            f"{listed.en} can each block" if len(blockers) > 1 else f"{listed.en} alone can block",
        )
        if against:
            zh += f"；其中 {names(lens, against).zh} 反对{_us(lens).zh}"
            en += f"; {names(lens, against).en} {'is' if len(against) == 1 else 'are'} against {_us(lens).en}"
        elif unknown:
            zh += f"；{names(lens, unknown).zh} 的态度未知"
            en += f"; what {names(lens, unknown).en} thinks is unknown"
        findings.append(
            Finding(
                kind="blockers",
                subjects=blockers,
                value=len(blockers),
                rule=RULE,
                sentence=Words(zh + "。", en + "."),
                certainty=CERTAIN if vetoes.issuperset(blockers) else sure,
                inputs=attitudes(lens, blockers),
                urgency=3 if against else 2 if unknown else 1,
            )
        )
    silent = tuple(p.player.removesuffix("?") for p in found.powers if p.has_no_say)
    if silent:
        findings.append(
            Finding(
                kind="no-say",
                subjects=silent,
                value=len(silent),
                rule=RULE,
                sentence=Words(
                    f"{names(lens, silent).zh} 投票不影响结果。",
                    f"The vote of {names(lens, silent).en} never matters.",
                ),
                certainty=sure,
                inputs=attitudes(lens, silent),
            )
        )
    if found.error:
        words = Words(
            f"成员超过 20 人：指数由抽样估计，标准误不超过 {found.error:.4f}。",
            f"More than 20 members: the indices are sampled, with a standard error of at most {found.error:.4f}.",
        )
        findings.append(
            Finding(
                kind="sampled", subjects=(), value=found.error, rule=RULE, sentence=words, certainty=ESTIMATE
            )
        )
    if len(rule.players) > MAX_EXACT:
        return findings
    winning, blocking = coalitions(rule.players, rule.passes)
    findings += _coalitions(lens, rule, sure, winning, blocking)
    if winning:
        cheap = min(winning, key=lambda c: (sum(_gap(lens, p) for p in c), len(c)))
        chosen = [p for p in rule.players if p in cheap]
        people = tuple(dict.fromkeys(p.removesuffix("?") for p in chosen))
        # Who must only not be opposed is won already while neutral.
        missing = list(dict.fromkeys(p.removesuffix("?") for p in chosen if _gap(lens, p) > 0))
        zh = f"最近的获胜组合：{names(lens, people, 6).zh}"
        en = f"The nearest winning coalition: {names(lens, people, 6).en}"
        alone = len(people) == 1
        zh += f"；还差 {names(lens, missing).zh}" if missing else "；已经支持" if alone else "；都已支持"
        supports = "supports" if alone else "support"
        en += (
            f"; still to win: {names(lens, missing).en}"
            if missing
            else f"; {'who' if alone else 'all of them'} {supports} {_us(lens).en} already"
        )
        findings.append(
            Finding(
                kind="coalition",
                subjects=people,
                value=len(missing),
                rule=RULE,
                sentence=Words(zh + "。", en + "."),
                certainty=sure,
                inputs=attitudes(lens, missing or people),
                urgency=1,
            )
        )
    return findings


def _coalitions(
    lens: Lens,
    rule: DecisionRule,
    sure: Certainty,
    winning: list[frozenset[str]],
    blocking: list[frozenset[str]],
) -> list[Finding]:
    """List the minimal coalitions, and say whether today's opponents are enough to block."""
    order = {p: i for i, p in enumerate(rule.players)}

    def people(coalition: frozenset[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p.removesuffix("?") for p in sorted(coalition, key=order.__getitem__)))

    def listed(sets: list[frozenset[str]]) -> Words:
        told = [
            Words(
                " + ".join(call(lens, p).zh for p in people(c)),
                " + ".join(call(lens, p).en for p in people(c)),
            )
            for c in sets[:4]
        ]
        more = len(sets) - len(told)
        return Words(
            "；".join(w.zh for w in told) + (f"；另有 {more} 个" if more else ""),
            "; ".join(w.en for w in told) + (f"; {more} more" if more else ""),
        )

    everybody = tuple(dict.fromkeys(p.removesuffix("?") for p in rule.players))
    wins, blocks = listed(winning), listed(blocking)
    findings = [
        Finding(
            kind="coalitions",
            subjects=everybody,
            value=len(winning),
            rule=RULE,
            sentence=Words(
                f"最小获胜组合 {len(winning)} 个：{wins.zh}。最小否决组合 {len(blocking)} 个：{blocks.zh}。",
                f"Enough to win ({len(winning)}): {wins.en}. Enough to block ({len(blocking)}): {blocks.en}.",
            ),
            certainty=sure,
            inputs=attitudes(lens, everybody),
            unit="coalitions",
        )
    ]
    hostile = [
        c for c in blocking if len(c) > 1 and all((lens.attitude(p.removesuffix("?")) or 0) < 0 for p in c)
    ]
    if hostile:
        them = people(hostile[0])
        findings.append(
            Finding(
                kind="opponents-block",
                subjects=them,
                value=len(them),
                rule=RULE,
                sentence=Words(
                    f"{names(lens, them).zh} 都反对{_us(lens).zh}，合起来足以否决：至少要转变其中一人。",
                    f"{names(lens, them).en} are against {_us(lens).en}, and together enough to block: turn at least one of them.",
                ),
                certainty=sure,
                inputs=attitudes(lens, them),
                urgency=3,
            )
        )
    return findings


def _followers(lens: Lens, heard: Inclinations) -> list[Finding]:
    """Name voters who vote as somebody else thinks more often than not."""
    if not heard.follows:
        return []
    order = sorted(heard.follows, key=lambda p: (-heard.follows[p][1], person_name(lens, p)))[:3]
    told = [
        Words(
            f"{call(lens, p).zh} 随 {call(lens, heard.follows[p][0]).zh}（最终看法约 {heard.owed[p]:.0%} 来自后者）",
            f"{call(lens, p).en} as {call(lens, heard.follows[p][0]).en} does (to whom about {heard.owed[p]:.0%} of the final view is owed)",
        )
        for p in order
    ]
    first = order[0]
    leader = heard.follows[first][0]
    inputs = listening(
        lens, (t for t in lens.influences if t.dst in order and t.src == heard.follows[t.dst][0])
    )
    return [
        Finding(
            kind="follows",
            subjects=tuple(dict.fromkeys((*order, leader))),
            value=float(heard.follows[first][1]),
            rule=UNDER_INFLUENCE,
            sentence=Words(
                f"想法不同时多半改随对方投票的：{'；'.join(w.zh for w in told)}。",
                f"Where the two differ, these mostly vote as another does: {'; '.join(w.en for w in told)}.",
            ),
            certainty=ESTIMATE,
            inputs=inputs or attitudes(lens, order),
            unit="share",
            urgency=1,
        )
    ]


def _gap(lens: Lens, player: str) -> float:
    """Steps of attitude until a player says yes: to +1, or to 0 where they only must not be opposed; unknown counts 1.5."""
    attitude = lens.attitude(player.removesuffix("?"))
    if attitude is None:
        return 1.5
    return float(max(0, (0 if player.endswith("?") else 1) - attitude))


def _unknown_rule(lens: Lens, found: Deciders) -> Finding:
    if found.fault is not None:
        zh, en = (
            f"决策规则读不懂：{found.fault.reason.zh}（第 {found.fault.position + 1} 个字符）。",
            f"The decision rule can't be read: {found.fault.reason.en} (character {found.fault.position + 1}).",
        )
        return Finding(
            kind="rule-fault",
            subjects=(lens.deal.id if lens.deal else lens.account.id,),
            value=lens.deal.rule if lens.deal else None,
            rule=BY_ROLE,
            sentence=Words(zh, en),
            certainty=CERTAIN,
            urgency=2,
        )
    if lens.deal is None:
        zh, en = (
            "没有进行中的项目有决策链或决策规则；谁说了算只能按职级推定。",
            "No open deal has a committee or a rule; who decides can only be assumed from rank.",
        )
    else:
        zh, en = (
            f"“{lens.deal.name}”的决策规则未知：问清楚谁必须点头、谁能否决。",
            f"The decision rule of {lens.deal.name} is unknown: ask who must say yes, and who can block.",
        )
    guesses = templates(lens)
    inputs = tuple(
        fact(
            f"若{g.words.zh}{'（此类项目常见）' if g.usual else ''}，胜率（未校准）",
            f"chance of winning, uncalibrated, if {g.words.en}{' (usual for this kind of project)' if g.usual else ''}",
            round(g.win, 3),
        )
        for g in guesses
    )
    if guesses:
        low, high = min(g.win for g in guesses), max(g.win for g in guesses)
        if f"{low:.0%}" == f"{high:.0%}":
            zh += f"按常见规则，胜率（未校准）都在 {low:.0%} 左右。"
            en += f" Under each of the usual rules the chance of winning, uncalibrated, is about {low:.0%}."
        else:
            zh += f"按常见规则，胜率（未校准）在 {low:.0%} 到 {high:.0%} 之间：知道规则就值这么多。"
            en += f" Under the usual rules the chance of winning, uncalibrated, lies between {low:.0%} and {high:.0%}: that is what knowing it is worth."
    return Finding(
        kind="rule-unknown",
        subjects=(lens.deal.id if lens.deal else lens.account.id,),
        value=round(high - low, 4) if guesses else None,
        rule=BY_ROLE,
        sentence=Words(zh, en),
        certainty=OPEN,
        inputs=inputs,
        urgency=2,
    )


def _us(lens: Lens) -> Words:
    return Words("我们", "us") if lens.supplier.us else supplier_name(lens)
