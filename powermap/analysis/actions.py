"""What to do next, and what to find out next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from powermap.analysis.deciders import deciders
from powermap.analysis.text import ESTIMATE, OPEN, answer, call, fact, names, person_name, signed
from powermap.analysis.winning import Model, Solver, heard, model
from powermap.findings import Answer, Certainty, Finding, Rule, Words
from powermap.lens import Lens

RULE = Rule(
    "P(win)",
    Words(
        "看法经 Friedkin-Johnsen 传导后，按决策规则求通过概率；p = logistic(1.2 x*)；未经校准，是模型分数而非预测",
        "views after Friedkin-Johnsen influence, put to the decision rule; p = logistic(1.2 x*); uncalibrated: a score of the model, not a forecast",
    ),
)
SUSCEPTIBILITIES = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Move:
    """A move: its kind and people, what it does to P(win), its effort in days, and its places over susceptibilities."""

    kind: str
    people: tuple[str, ...]
    gain: float
    effort: float
    places: tuple[int, ...] = ()


def _candidates(lens: Lens, m: Solver, efforts: dict[str, float]) -> list[Move]:
    """Solve every move exactly: raise, neutralise, speak up, connect, lift."""
    table, base = heard(lens), m.base
    moves: list[Move] = []
    targets = list(deciders(lens).shares)
    for person in lens.seats:
        attitude = lens.attitude(person)
        if attitude is not None and attitude < 0:
            moves.append(Move("neutralise", (person,), m.known(person, 0) - base, efforts["neutralise"]))
        elif attitude is None or attitude < 3:
            moves.append(Move("raise", (person,), m.moved(person, 1) - base, efforts["raise"]))
        if attitude is not None and attitude >= 1:
            moves.append(Move("advocate", (person,), m.firm(person) - base, efforts["advocate"]))
            for target in targets:
                if target == person:
                    continue
                old = table.get(target, {}).get(person)
                strength = lens.pack.default("strength") if old is None else min(1.0, old + 0.25)
                if old is None or strength > old:
                    kind = "connect" if old is None else "lift"
                    moves.append(
                        Move(
                            kind,
                            (person, target),
                            m.tied(person, target, strength, table) - base,
                            efforts[kind] + 2 * (_distance(lens, person, target) if old is None else 0),
                        )
                    )
    return moves


def _distance(lens: Lens, one: str, other: str) -> int:
    """Return the levels between two people beyond one: a buyer isn't sent to the CEO's door for the price of a neighbour."""
    a, b = lens.seats[one].level, lens.seats[other].level
    return max(0, abs(a - b) - 1) if a and b else 2


def next_moves(lens: Lens) -> tuple[float, list[Move]]:
    """Return P(win) today, and the moves that raise it, by gain per day of effort; empty without decision-makers."""
    m = model(lens)
    if m is None:
        return float("nan"), []
    efforts = {row["key"]: float(row["effort"]) for row in lens.pack.topic("actions")["move"]}
    solver = Solver(m)
    base = solver.base
    moves = [x for x in _candidates(lens, solver, efforts) if x.gain > 0.0005]

    def order(found: list[Move]) -> list[Move]:
        return sorted(
            found,
            key=lambda x: (-round(x.gain / x.effort, 9), x.kind, [person_name(lens, p) for p in x.people]),
        )

    best = order(moves)[:12]
    places: dict[tuple[str, tuple[str, ...]], list[int]] = {(x.kind, x.people): [] for x in best}
    for a in SUSCEPTIBILITIES:
        other = model(lens, a=a)
        assert other is not None
        again = order(_candidates(lens, Solver(other), efforts))
        at = {(x.kind, x.people): i for i, x in enumerate(again, 1)}
        for key, found in places.items():
            found.append(at.get(key, len(again) + 1))
    return base, [Move(x.kind, x.people, x.gain, x.effort, tuple(places[x.kind, x.people])) for x in best]


def within(moves: list[Move], budget: float) -> list[Move]:
    """Choose moves within a budget of days, best gain per day first, one a person."""
    chosen: list[Move] = []
    used: set[str] = set()
    for move in moves:
        if move.effort <= budget and move.people[0] not in used:
            chosen.append(move)
            used.add(move.people[0])
            budget -= move.effort
    return chosen


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown attitude: how far P(win) may swing with the answer, and what knowing it is worth to the plan."""

    person: str
    swing: float
    worth: float


def next_questions(lens: Lens) -> list[Question]:
    """Rank unknown attitudes by what knowing them is worth: the gain of the best move then, over that of today's."""
    m = model(lens)
    return [] if m is None else _questions(lens, Solver(m), next_moves(lens)[1])


def _questions(lens: Lens, solver: Solver, moves: list[Move]) -> list[Question]:
    chances = lens.pack.unknown_attitude
    simple = [x for x in moves if x.kind in ("raise", "neutralise", "advocate")][:6]

    def gain(known: Solver, move: Move) -> float:
        person = move.people[0]
        if move.kind == "advocate":
            return known.firm(person) - known.base
        return (known.known(person, 0) if move.kind == "neutralise" else known.moved(person, 1)) - known.base

    found = []
    for person in lens.seats:
        if lens.attitude(person) is not None:
            continue
        swing = worth = 0.0
        for value, chance in chances.items():
            known = solver.learned(person, value)
            gains = [gain(known, x) for x in simple]
            swing += chance * abs(known.base - solver.base)
            worth += chance * (
                max([*gains, known.moved(person, 1) - known.base]) - (gains[0] if gains else 0.0)
            )
        found.append(Question(person, swing, worth))
    return sorted(found, key=lambda q: (-round(q.worth, 6), -round(q.swing, 6), person_name(lens, q.person)))


COLUMNS = (
    ("move", "行动", "Move"),
    ("who", "对象", "Who"),
    ("attitude", "态度", "Attitude"),
    ("gain", "P(win) 提高", "P(win) rises by"),
    ("effort", "投入（天）", "Effort (days)"),
    ("places", "名次随可影响度", "Place over susceptibility"),
)


def actions(lens: Lens, budget: float | None = None) -> Answer:
    """Answer what to do next, and what to find out next.

    Parameters
    ----------
    budget
        Days to spend; None lists the moves without choosing.
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
    base, moves = next_moves(lens)
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
        }
        for x in shown
    ]
    findings = [_win(lens, m, base)]
    if shown:
        findings.append(_best(lens, shown[0], label))
    asked = [q for q in _questions(lens, Solver(m), moves) if q.swing > 0.001][:3]
    if asked:
        first = call(lens, asked[0].person)
        words = Words(
            f"先问清楚 {first.zh} 怎么看：答案会让胜率平均变动 {asked[0].swing:.1%}。",
            f"Find out first what {first.en} thinks: the answer moves P(win) by {asked[0].swing:.1%} on average.",
        )
        findings.append(
            Finding(
                "next-question",
                tuple(q.person for q in asked),
                asked[0].worth,
                RULE,
                words,
                ESTIMATE,
                unit="P(win)",
                urgency=2,
            )
        )
    notes = []
    if m.assumed_rule:
        notes.append(
            Words(
                "没有决策规则：假定决策者简单多数。",
                "no decision rule is known: a simple majority of the decision-makers is assumed.",
            )
        )
    return answer(lens, "actions", COLUMNS, rows, findings, notes)


def _win(lens: Lens, m: Model, base: float) -> Finding:
    supplier = (
        Words("我方", "our")
        if lens.supplier.us
        else Words(call_supplier(lens).zh, f"{call_supplier(lens).en}'s")
    )
    unknown = [p for p in lens.seats if lens.attitude(p) is None]
    words = Words(
        f"{supplier.zh}胜率（未校准）约 {base:.0%}。",
        f"{supplier.en.capitalize() if lens.supplier.us else supplier.en} P(win), uncalibrated, is about {base:.0%}.",
    )
    sure = Certainty(
        "estimate",
        Words(
            f"未校准；{len(unknown)} 人态度未知，按分布计入",
            f"uncalibrated; {len(unknown)} unknown attitudes enter as a distribution",
        ),
    )
    steep = sorted(m.gradient().items(), key=lambda g: (-g[1], person_name(lens, g[0])))[:3]
    inputs = tuple(
        fact(
            f"{call(lens, p).zh}提升一级的作用",
            f"worth of one step of {call(lens, p).en}",
            round(g, 4),
            s.evidence if (s := lens.stance(p)) else None,
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


def call_supplier(lens: Lens) -> Words:
    """Return the supplier's name in each language."""
    from powermap.findings import by_language

    return by_language(lens.supplier.organization.name, lens.supplier.organization.name_alt)


def _best(lens: Lens, move: Move, label: dict[str, Words]) -> Finding:
    who = names(lens, move.people)
    zh = f"下一步：{label[move.kind].zh}——{who.zh}，胜率提高 {move.gain:.1%}（约 {move.effort:g} 天）"
    en = (
        f"Next: {label[move.kind].en}: {who.en}; P(win) rises by {move.gain:.1%} (about {move.effort:g} days)"
    )
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
    sure = Certainty(
        "likely" if firm else "open",
        Words(
            "名次稳定" if firm else "名次不稳：判断不了",
            "a stable place" if firm else "its place isn't stable: can't tell",
        ),
    )
    return Finding("next-action", move.people, move.gain, RULE, Words(zh, en), sure, unit="P(win)", urgency=2)
