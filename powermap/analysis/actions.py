"""What to do next, and what to find out next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from powermap.analysis.allegiance import Gate, held_by, rivals_of, sent, speaks_up
from powermap.analysis.calibration import Calibration
from powermap.analysis.certainty import of_rank
from powermap.analysis.chances import CORRECTED, RULE, chances
from powermap.analysis.deciders import deciders
from powermap.analysis.distance import distance
from powermap.analysis.facts import MOST, attitudes, listening
from powermap.analysis.moves import Move, draws_of, next_moves, next_questions, within
from powermap.analysis.obstacles import side
from powermap.analysis.text import (
    ESTIMATE,
    OPEN,
    answer,
    call,
    fact,
    join,
    names,
    signed,
    supplier_name,
)
from powermap.analysis.winning import model
from powermap.findings import Answer, Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words, by_language

COLUMNS = (
    ("move", "行动", "Move"),
    ("who", "对象", "Who"),
    ("attitude", "态度", "Attitude"),
    ("by", "由谁去做", "By whom"),
    ("points", "胜率提高（百分点）", "Chance of winning rises by (points)"),
    ("gain", "胜率提高", "Chance of winning rises by", True),
    ("effort", "投入（天）", "Effort (days)"),
    ("places", "名次稳不稳", "Place, if they are easier or harder to move"),
    ("survives", "前三把握 %", "Stays in the first three %"),
)


def actions(lens: Lens, budget: float | None = None, calibration: Calibration | None = None) -> Answer:
    """Answer what to do next, and what to find out next.

    Parameters
    ----------
    budget
        Days to spend; None lists the moves without choosing.
    calibration
        The record on closed deals; where it corrects, P(win) and all gains are corrected by it.
    """
    m = model(lens)
    if m is None:
        words = Words(
            "不知道谁决定，算不出胜率：先找到决策者。",
            "Nobody is known to decide, so no chance of winning can be computed: find the decision-makers first.",
        )
        return answer(
            lens,
            "actions",
            (),
            (),
            [
                Finding(
                    kind="no-decider",
                    subjects=(lens.account.id,),
                    value=None,
                    rule=RULE,
                    sentence=words,
                    certainty=OPEN,
                    urgency=3,
                )
            ],
        )
    base, moves = next_moves(lens, sure=True)
    corrected = calibration if calibration is not None and calibration.slope is not None else None
    if corrected is not None:
        said = base
        base = corrected.correct(said)
        moves = [replace(x, gain=corrected.correct(said + x.gain) - base) for x in moves]
    label = {row["key"]: Words(row["zh"], row["en"]) for row in lens.pack.topic("actions")["move"]}
    shown = within(moves, budget) if budget is not None else moves
    rows: list[dict[str, Any]] = [
        {
            "id": x.people[0],
            "move": label[x.kind]._asdict(),
            "who": {lang: " → ".join(call(lens, p)[lang] for p in x.people) for lang in ("zh", "en")},
            "attitude": signed(lens.attitude(x.people[0])),
            "by": _by(lens, x),
            "points": round(100 * x.gain, 1),
            "gain": round(x.gain, 4),
            "effort": x.effort,
            "strength": None if x.strength is None else round(x.strength, 3),
            "places": f"{min(x.places)}–{max(x.places)}",
            "survives": round(100 * x.sure.top_three) if x.sure else None,
        }
        for x in shown
    ]
    findings, notes = chances(lens, m, base, calibration), []
    if shown:
        findings.append(_best(lens, shown[0]))
    elif not moves:
        findings.append(_none(lens))
    else:
        least = min(x.effort for x in moves)
        notes.append(
            Words(
                f"{budget:g} 天做不成任何一步：最省的一步约 {least:g} 天。",
                f"nothing can be done in {budget:g} days: the smallest move takes about {least:g}.",
            )
        )
    findings += _rivals(lens)
    least = lens.pack.topic("actions")["search"]["least"]
    asked = [q for q in next_questions(lens, moves) if q.swing >= least][:3]
    if corrected is not None:
        asked = [replace(q, swing=abs(corrected.correct(said + q.swing) - base)) for q in asked]
    if asked:
        first = call(lens, asked[0].person)
        words = Words(
            f"先问清楚 {first.zh} 怎么看：答案会让胜率平均变动 {_points(asked[0].swing).zh}。",
            f"Find out first what {first.en} thinks: the answer moves the chance of winning by {_points(asked[0].swing).en} on average.",
        )
        findings.append(
            Finding(
                kind="next-question",
                subjects=tuple(q.person for q in asked),
                value=asked[0].worth,
                rule=RULE,
                sentence=words,
                certainty=ESTIMATE,
                inputs=attitudes(lens, (q.person for q in asked)),
                unit="P(win) a day",
                urgency=2,
            )
        )
    if corrected is not None:
        findings = [
            replace(f, rule=replace(CORRECTED, parameters=f.rule.parameters))
            if f.rule.words == RULE.words and f.kind != "rival-next"
            else f
            for f in findings
        ]
    if deciders(lens).rule is None:
        notes.append(
            Words(
                "没有决策规则：假定决策者简单多数。",
                "no decision rule is known: a simple majority of the decision-makers is assumed.",
            )
        )
    if len(shown) > 1:
        notes.append(
            Words(
                "行动按“每投入一天，胜率提高多少”排序。",
                "moves are in the order of what a day of effort adds to the chance of winning.",
            )
        )
    if any(x.kind == "connect" for x in shown):
        notes.append(_falls(lens))
    return answer(lens, "actions", COLUMNS, rows, findings, [*notes, *_aside(lens)])


def _falls(lens: Lens) -> Words:
    """Say how strong a new tie is."""
    tie = lens.pack.topic("actions")["tie"]
    near, level, away, power = (
        f"{tie[k]:g}" for k in ("near", "level_keeps", "department_keeps", "standing_keeps")
    )
    return Words(
        f"新增影响的强度：同级、同部门为 {near}；每差一级乘 {level}，跨部门乘 {away}，对方话语权每高 1 分乘 {power}；投入的天数随之增加。",
        f"a new tie's strength: {near} between two of one level and department; times {level} for each level apart, times {away} across departments, times {power} for each point of power the listener has above; the days rise likewise.",
    )


def _by(lens: Lens, move: Move) -> dict[str, str] | str:
    """Return who of the supplier's does it, and how they begin where nobody covers the person yet."""
    by, start = move.contact.by, move.contact.words(lens, move.people[0])
    if start is not None:
        return start._asdict()
    return call(lens, by)._asdict() if by else ""


def _aside(lens: Lens) -> list[Words]:
    """Say which supporters are not sent, and why; and who speaks up already."""
    notes = []
    held_back = [
        p for p in lens.seats if (lens.attitude(p) or 0) >= Gate.of(lens.pack).attitude and not sent(lens, p)
    ]
    if held_back:
        listed = join([_doubt(lens, p) for p in held_back])
        notes.append(
            Words(
                f"支持我方却不派去影响别人，因为没有明显领先对手：{listed.zh}。"
                if lens.supplier.us
                else f"没有明显领先别家，不派去影响别人：{listed.zh}。",
                f"supporters who are not asked to sway others, not leading clearly over another supplier: {listed.en}.",
            )
        )
    firm = [p for p in lens.seats if speaks_up(lens, p)]
    if firm:
        listed = names(lens, firm)
        least = Gate.of(lens.pack).speaks_up
        notes.append(
            Words(
                f"已经公开支持（项目支持度至少 {least:+d}），不必再请其表态：{listed.zh}。",
                f"speak up already (support at least {least:+d}), so they are not asked to: {listed.en}.",
            )
        )
    return notes


def _doubt(lens: Lens, person: str) -> Words:
    """Name a person with the attitudes to the supplier and to its nearest rival."""
    letters = {s.id: s for s in lens.suppliers}
    others = rivals_of(lens, person)
    unknown = Gate.of(lens.pack).unknown
    rival = max(others, key=lambda s: (unknown if others[s] is None else others[s], letters[s].letter))
    name = by_language(letters[rival].organization.name, letters[rival].organization.name_alt)
    who, own, theirs = call(lens, person), signed(lens.attitude(person)), others[rival]
    if theirs is None:
        return Words(f"{who.zh}（{own}，对{name.zh}未知）", f"{who.en} ({own}; unknown to {name.en})")
    return Words(
        f"{who.zh}（{own}，对{name.zh} {signed(theirs)}）", f"{who.en} ({own}; {signed(theirs)} to {name.en})"
    )


def _none(lens: Lens) -> Finding:
    """Say that no single move helps, and who decides against the supplier."""
    against = [
        p for p in deciders(lens).shares if (lens.attitude(p) or 0) < 0 or held_by(lens, p) is not None
    ]
    zh, en = "没有哪一步能明显提高胜率", "No single move raises the chance of winning noticeably"
    if against:
        listed = join([Words(f"{call(lens, p).zh}（{side(lens, p).zh}）", f"{call(lens, p).en}, {side(lens, p).en}") for p in against])  # fmt: skip
        zh, en = f"{zh}：{listed.zh}", f"{en}: {listed.en}"
    elif all((lens.attitude(p) or 0) >= 1 for p in deciders(lens).shares):
        zh, en = f"{zh}：决策者都支持，守住即可", f"{en}: the decision-makers are for it; keep them so"
    words = Words(f"{zh}。", f"{en}.")
    subjects = tuple(against) or (lens.account.id,)
    return Finding(
        kind="no-move",
        subjects=subjects,
        value=0,
        rule=RULE,
        sentence=words,
        certainty=ESTIMATE,
        inputs=attitudes(lens, against),
        urgency=2,
    )


def _rivals(lens: Lens) -> list[Finding]:
    """Ask our own question in each rival's place: what it would do next."""
    findings, least = [], lens.pack.topic("actions")["search"]["rival"]
    for supplier in [s for s in lens.suppliers if s.id != lens.supplier.id][:3]:
        theirs = lens.with_supplier(supplier.id)
        base, moves = next_moves(theirs, quick=True)
        if not moves or moves[0].gain < least or not any(theirs.attitude(p) is not None for p in lens.seats):
            continue
        name, told = supplier_name(theirs), _told(theirs, moves[0])
        # Of fewer draws than its own answer: no more is told than both agree on.
        gain = f"{100 * moves[0].gain:.0f}"
        words = Words(
            f"{name.zh} 的下一步多半是：{told.zh}（其胜率（未校准）约 {base:.0%}，会提高约 {gain} 个百分点）；抢在前面。",
            f"{name.en} would next {told.en} (its chance of winning, uncalibrated, is about {base:.0%} and would rise by about {gain} points): be there first.",
        )
        findings.append(
            Finding(
                kind="rival-next",
                subjects=(supplier.id, *moves[0].people),
                value=moves[0].gain,
                rule=_rule(theirs, moves[0]),
                sentence=words,
                certainty=ESTIMATE,
                inputs=_facts(theirs, moves[0]),
                unit="P(win)",
                urgency=1,
            )
        )
    return findings


def _told(lens: Lens, move: Move) -> Words:
    """Say a move as one would to a colleague."""
    row = next(r for r in lens.pack.topic("actions")["move"] if r["key"] == move.kind)
    people = [call(lens, p) for p in move.people]
    said = []
    for lang in ("zh", "en"):
        text = row.get(f"say_{lang}") or f"{row[lang]}: {{a}}"
        for mark, name in zip(("{a}", "{b}"), people, strict=False):
            text = text.replace(mark, name[lang])
        said.append(text)
    start = move.contact.words(lens, move.people[0])
    if start is None:
        return Words(*said)
    if move.kind != "cover":
        start = Words(f"还没有负责人，{start.zh}", f"nobody covers them; {start.en}")
    return Words(f"{said[0]}（{start.zh}）", f"{said[1]} ({start.en})")


def _points(gain: float) -> Words:
    """Say a difference of two chances, which a percentage would leave open."""
    return Words(f"{100 * gain:.1f} 个百分点", f"{100 * gain:.1f} points")


def _best(lens: Lens, move: Move) -> Finding:
    told = _told(lens, move)
    gain = _points(move.gain)
    zh = f"下一步：{told.zh}，胜率提高 {gain.zh}（约 {move.effort:g} 天）"
    en = f"Next: {told.en}; the chance of winning rises by {gain.en} (about {move.effort:g} days)"
    firm = max(move.places) <= 3
    tried = lens.pack.topic("actions")["search"]["susceptibilities"]
    low, high = min(tried), max(tried)
    zh += (
        f"；可影响度在 {low:g} 到 {high:g} 之间都排前三。"
        if firm
        else f"；名次随可影响度在 {min(move.places)}–{max(move.places)} 之间变动。"
    )
    en += (
        f"; among the first three for any susceptibility from {low:g} to {high:g}."
        if firm
        else f"; its place moves between {min(move.places)} and {max(move.places)} with susceptibility."
    )
    assert move.sure is not None
    sure = of_rank(move.sure, draws_of(lens))
    if not firm and sure.level != "open":
        sure = Certainty(
            "open", Words("判断不了：" + sure.words.zh, "can't tell: " + sure.words.en), sure.value
        )
    return Finding(
        kind="next-action",
        subjects=move.people,
        value=move.gain,
        rule=_rule(lens, move),
        sentence=Words(zh, en),
        certainty=sure,
        inputs=_facts(lens, move),
        unit="P(win)",
        urgency=2,
    )


def _facts(lens: Lens, move: Move) -> tuple[Input, ...]:
    """Return what a move rests on: the attitudes of its people, how to get to the first, and who listens to them."""
    first = move.people[0]
    found = attitudes(lens, move.people)
    found += (move.contact.met.fact(lens),) if move.contact.met is not None else ()
    found += tuple(
        fact(f"{call(lens, p).zh}的项目支持度（已公开支持）", f"support of {call(lens, p).en} (speaks up already)", stance.support, stance)
        for p in move.people
        if speaks_up(lens, p) and (stance := lens.stance(p)) is not None
    )  # fmt: skip
    return (found + listening(lens, (t for t in lens.influences if t.src == first)))[:MOST]


def _rule(lens: Lens, move: Move) -> Rule:
    """Return the rule of a move with the numbers of the pack that it used."""
    if move.strength is None:
        return RULE
    tie = lens.pack.topic("actions")["tie"]
    used = {"strength": round(move.strength, 3), "least": tie["least"]}
    if move.kind == "lift":
        return replace(RULE, parameters={**used, "lift": tie["lift"]})
    source, target = move.people
    far = distance(lens, source, target)
    used |= {
        "levels_apart": far.levels,
        "other_department": far.elsewhere,
        "standing_above": round(far.standing, 1),
        **{k: tie[k] for k in ("near", "level_keeps", "department_keeps", "standing_keeps")},
    }
    return replace(RULE, parameters=used)
