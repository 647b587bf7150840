"""What to do next, and what to find out next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from powermap.analysis.calibration import Calibration
from powermap.analysis.certainty import of_rank
from powermap.analysis.facts import attitudes, listening
from powermap.analysis.moves import Move, draws_of, next_moves, next_questions, within
from powermap.analysis.text import (
    ESTIMATE,
    OPEN,
    answer,
    call,
    fact,
    person_name,
    plural,
    signed,
    supplier_name,
)
from powermap.analysis.winning import Model, model
from powermap.findings import Answer, Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words

_ZH = "看法经 Friedkin-Johnsen 传导后，按决策规则求通过概率；p = logistic(1.2 x*)；"
_EN = "views after Friedkin-Johnsen influence, put to the decision rule; p = logistic(1.2 x*); "
RULE = Rule(
    "P(win)",
    Words(
        f"{_ZH}未经校准，是模型分数而非预测",
        f"{_EN}uncalibrated: a score of the model, not a forecast",
    ),
)
CORRECTED = Rule("P(win)", Words(f"{_ZH}再按已结项目的记录校准", f"{_EN}calibrated on the closed deals"))

COLUMNS = (
    ("move", "行动", "Move"),
    ("who", "对象", "Who"),
    ("attitude", "态度", "Attitude"),
    ("gain", "胜率提高", "Chance of winning rises by"),
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
            "Nobody is known to decide, so P(win) can't be computed: find the decision-makers first.",
        )
        return answer(
            lens,
            "actions",
            (),
            (),
            [Finding("no-decider", (lens.account.id,), None, RULE, words, OPEN, urgency=3)],
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
            "gain": round(x.gain, 4),
            "effort": x.effort,
            "places": f"{min(x.places)}–{max(x.places)}",
            "survives": round(100 * x.sure.top_three) if x.sure else None,
        }
        for x in shown
    ]
    findings = [_win(lens, m, base, calibration)]
    if shown:
        findings.append(_best(lens, shown[0]))
    findings += _rivals(lens)
    asked = [q for q in next_questions(lens, moves) if q.swing > 0.001][:3]
    if corrected is not None:
        asked = [replace(q, swing=abs(corrected.correct(said + q.swing) - base)) for q in asked]
    if asked:
        first = call(lens, asked[0].person)
        words = Words(
            f"先问清楚 {first.zh} 怎么看：答案会让胜率平均变动 {_points(asked[0].swing).zh}。",
            f"Find out first what {first.en} thinks: the answer moves P(win) by {_points(asked[0].swing).en} on average.",
        )
        findings.append(
            Finding(
                "next-question",
                tuple(q.person for q in asked),
                asked[0].worth,
                RULE,
                words,
                ESTIMATE,
                attitudes(lens, (q.person for q in asked)),
                unit="P(win) a day",
                urgency=2,
            )
        )
    if corrected is not None:
        findings = [f if f.kind == "rival-next" else replace(f, rule=CORRECTED) for f in findings]
    notes = []
    if m.assumed_rule:
        notes.append(
            Words(
                "没有决策规则：假定决策者简单多数。",
                "no decision rule is known: a simple majority of the decision-makers is assumed.",
            )
        )
    return answer(lens, "actions", COLUMNS, rows, findings, notes)


def _win(lens: Lens, m: Model, base: float, calibration: Calibration | None) -> Finding:
    name = supplier_name(lens)
    whose = Words("我方", "Our") if lens.supplier.us else Words(name.zh, f"{name.en}'s")
    unknown = sum(lens.attitude(p) is None for p in lens.seats)
    rest = Words("", "")
    if unknown:
        rest = Words(
            f"；{unknown} 人态度未知，按分布计入",
            f"; {plural(unknown, 'unknown attitude')} entered as a distribution",
        )
    if calibration is not None and calibration.slope is not None:
        deals, brier = calibration.deals, calibration.brier
        words = Words(
            f"{whose.zh}胜率约 {base:.0%}（已按 {deals} 个已结项目校准）。",
            f"{whose.en} P(win), calibrated on {deals} closed deals, is about {base:.0%}.",
        )
        sure = Certainty(
            "estimate",
            Words(f"已校准，Brier {brier:.3f}{rest.zh}", f"calibrated, Brier score {brier:.3f}{rest.en}"),
        )
    else:
        words = Words(
            f"{whose.zh}胜率（未校准）约 {base:.0%}。",
            f"{whose.en} P(win), uncalibrated, is about {base:.0%}.",
        )
        sure = Certainty("estimate", Words(f"未校准{rest.zh}", f"uncalibrated{rest.en}"))
    steep = sorted(m.gradient().items(), key=lambda g: (-g[1], person_name(lens, g[0])))[:3]
    inputs = tuple(
        fact(
            f"{call(lens, p).zh}提升一级的作用",
            f"worth of one step of {call(lens, p).en}",
            round(g, 4),
            lens.stance(p),
        )
        for p, g in steep
    )
    return Finding(
        "p-win",
        (lens.deal.id if lens.deal else lens.account.id,),
        base,
        RULE,
        words,
        sure,
        inputs,
        "probability",
        urgency=1,
    )


def _rivals(lens: Lens) -> list[Finding]:
    """Ask our own question in each rival's place: what he would do next."""
    findings = []
    for supplier in [s for s in lens.suppliers if s.id != lens.supplier.id][:3]:
        theirs = lens.with_supplier(supplier.id)
        base, moves = next_moves(theirs, quick=True)
        if not moves or not any(theirs.attitude(p) is not None for p in lens.seats):
            continue
        name, told = supplier_name(theirs), _told(theirs, moves[0])
        # Of fewer draws than his own answer: no more is told than both agree on.
        gain = f"{100 * moves[0].gain:.0f}"
        words = Words(
            f"{name.zh} 的下一步多半是：{told.zh}（其胜率（未校准）约 {base:.0%}，会提高约 {gain} 个百分点）；抢在前面。",
            f"{name.en} would next {told.en} (its P(win), uncalibrated, is about {base:.0%} and would rise by about {gain} points): be there first.",
        )
        findings.append(
            Finding(
                "rival-next",
                (supplier.id, *moves[0].people),
                moves[0].gain,
                RULE,
                words,
                ESTIMATE,
                _facts(theirs, moves[0]),
                "P(win)",
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
    return Words(*said)


def _points(gain: float) -> Words:
    """Say a difference of two chances, which a percentage would leave open."""
    return Words(f"{100 * gain:.1f} 个百分点", f"{100 * gain:.1f} points")


def _best(lens: Lens, move: Move) -> Finding:
    told = _told(lens, move)
    gain = _points(move.gain)
    zh = f"下一步：{told.zh}，胜率提高 {gain.zh}（约 {move.effort:g} 天）"
    en = f"Next: {told.en}; P(win) rises by {gain.en} (about {move.effort:g} days)"
    firm = max(move.places) <= 3
    zh += (
        "；可影响度在 0.5 到 0.95 之间都排前三。"
        if firm
        else f"；名次随可影响度在 {min(move.places)}–{max(move.places)} 之间变动。"
    )
    en += (
        "; among the first three for any susceptibility from 0.5 to 0.95."
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
        "next-action",
        move.people,
        move.gain,
        RULE,
        Words(zh, en),
        sure,
        _facts(lens, move),
        "P(win)",
        urgency=2,
    )


def _facts(lens: Lens, move: Move) -> tuple[Input, ...]:
    """Return what a move rests on: the attitudes of its people, and who listens to the first."""
    found = attitudes(lens, move.people) + listening(
        lens, (t for t in lens.influences if t.src == move.people[0])
    )
    return found[:3]
