"""What each attitude rests on (M81-M83, M57): cells, total, target, who judged, what is oldest, what contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from powermap.analysis.house import goal_of
from powermap.analysis.judged import unproven
from powermap.analysis.key_people import key_people
from powermap.analysis.layer_levels import KEY
from powermap.analysis.text import CERTAIN, answer, fact, names, plural, signed
from powermap.findings import Answer, Finding, Input, Rule
from powermap.lens import Lens
from powermap.lens.grounds import ATTITUDE, Grounds
from powermap.words import Words, both

RULE = Rule(
    "attitude",
    Words(
        "六个维度一年内的判断：至少三格，取下中位数，以竞争态度封顶（空着算 1）；+2/+3 没有关键事件为待证实",
        "judgements of a year on six dimensions: of at least three the lower median, capped by the attitude to rivals (open: 1); +2 and "
        "+3 without a key event are unproven",
    ),
)


def dimensions(lens: Lens) -> list[tuple[str, Words]]:
    """Return the keys and names of the dimensions, in the order of the rule pack."""
    return [(i.key, i.words) for i in lens.pack.items.values() if i.family == ATTITUDE]


def attitudes(lens: Lens) -> Answer:
    """Answer what each attitude to the supplier rests on: cells, total, target, the last quarter, and what contradicts."""
    cells = dimensions(lens)
    columns = [
        ("name", "姓名", "Name"),
        ("attitude", "态度", "Attitude"),
        ("target", "目标", "Target"),
        *((key, words.zh, words.en) for key, words in cells),
        ("total", "六格得出", "Cells make"),
        ("before", "上季", "Last quarter"),
        ("oldest", "最旧一格", "Oldest cell"),
        ("authors", "判断人", "Judged by"),
        ("facts", "关键事件", "Key events"),
        ("mark", "标记", "Mark"),
    ]
    key = {k.id for k in key_people(lens)}
    quarter = lens.back_to(lens.as_of - timedelta(days=91))
    found = {p: lens.grounds(p) for p in lens.seats}
    shown = [
        p
        for p in lens.seats
        if p in key or lens.attitude(p) is not None or found[p].cells or found[p].stale or found[p].facts
    ]
    rows = [_row(lens, quarter, p, found[p], [k for k, _ in cells]) for p in shown]
    return answer(lens, "attitudes", columns, rows, _findings(lens, found), _aside(lens, shown))


def _aside(lens: Lens, shown: Sequence[str]) -> list[Words]:
    """Say who is not in the table, and why."""
    left = [p for p in lens.seats if p not in shown]
    if not left:
        return []
    who = names(lens, left, len(left))
    return [
        Words(
            f"另有 {len(left)} 人没有任何态度判断，也不是关键人，表里没有：{who.zh}",
            f"{plural(len(left), 'person', 'people')} without any judgement, and not key, not in the table: {who.en}",
        )
    ]


def _row(lens: Lens, quarter: Lens, person: str, g: Grounds, keys: Sequence[str]) -> dict[str, Any]:
    goal, seat = goal_of(lens, KEY, person), lens.seats[person]
    stance = lens.stance(person)
    authors = {c.author for c in g.cells.values()} | ({stance.evidence.author} if stance else set())
    marks = _marks(g)
    events = [lens.pack.items[a.item].words for a in g.facts]
    return {
        "id": person,
        "name": seat.name,
        "attitude": signed(lens.attitude(person)),
        "target": signed(int(goal.target)) if goal and goal.target is not None else None,
        **{k: g.cells[k].value if k in g.cells else None for k in keys},
        "total": signed(g.total) if g.total is not None else None,
        "before": signed(quarter.attitude(person)) if person in quarter.seats else None,
        "oldest": g.oldest.on.isoformat() if g.oldest and g.oldest.on else None,
        "authors": sorted(authors - {""}),
        "facts": {"zh": "、".join(w.zh for w in events), "en": ", ".join(w.en for w in events)},
        "mark": {"zh": "、".join(w.zh for w in marks), "en": ", ".join(w.en for w in marks)},
    }


def _marks(g: Grounds) -> list[Words]:
    found = []
    if g.unproven:
        found.append(Words("待证实", "unproven"))
    if g.contradicts:
        found.append(Words(f"与六格不符（{signed(g.total)}）", f"cells say {signed(g.total)}"))
    if g.stale:
        found.append(Words(f"{len(g.stale)} 格过期", f"{len(g.stale)} cells out of date"))
    return found


def _findings(lens: Lens, found: dict[str, Grounds]) -> list[Finding]:
    bare = list(unproven(lens))
    contrary = [p for p, g in found.items() if g.contradicts]
    stale = [p for p, g in found.items() if g.stale]
    told: list[Finding] = []

    def tell(
        kind: str, people: list[str], words: Words, urgency: int, inputs: tuple[Input, ...] = ()
    ) -> None:
        told.append(
            Finding(
                kind=kind, subjects=tuple(people), value=len(people), rule=RULE, sentence=words, certainty=CERTAIN,
                inputs=inputs, unit="people", urgency=urgency,
            )
        )  # fmt: skip

    if bare:
        who, ground = names(lens, bare), _if_one(lens, bare)
        words = Words(
            f"待证实：{who.zh} 是 +2/+3，却没有关键事件{ground.zh}。",
            f"Unproven: {who.en} at +2 or +3 without a key event{ground.en}.",
        )
        tell("unproven-attitude", bare, words, 2)
    if contrary:
        who = names(lens, contrary)
        words = Words(
            f"所写总分与六个维度不符：{who.zh}。",
            f"The total that was typed contradicts its cells: {who.en}.",
        )
        inputs = tuple(
            fact(
                lens.seats[p].name, lens.seats[p].name, f"{signed(found[p].typed)} ≠ {signed(found[p].total)}"
            )
            for p in contrary
        )
        tell("attitude-contradicted", contrary, words, 1, inputs)
    if stale:
        who = names(lens, stale)
        words = Words(f"有的维度一年多没有再判断：{who.zh}。", f"Some cells are older than a year: {who.en}.")
        tell("attitude-stale", stale, words, 1)
    if not told:
        known = sum(lens.attitude(p) is not None for p in found)
        words = Words(
            f"{len(found)} 人中 {known} 人的态度已知，没有矛盾，也没有待证实的。",
            f"{known} of {plural(len(found), 'person', 'people')} have a known attitude; nothing contradicts, nothing is unproven.",
        )
        tell("attitudes", list(found), words, 0)
    return told


def _if_one(lens: Lens, people: list[str]) -> Words:
    """Say what the chance of winning would be, did the unproven only support; nothing where no chance is computed."""
    from powermap.analysis.moves import next_moves
    from powermap.analysis.whatif import suppose

    base, _ = next_moves(lens, quick=True)
    if base != base or not lens.supplier.us:
        return both("")
    counts = lens.pack.topic("attitudes")["rule"]["counts_as"]
    at_one, _ = next_moves(suppose(lens, [f"attitude {p}={counts}" for p in people]), quick=True)
    if f"{base:.0%}" == f"{at_one:.0%}":
        return both("")
    return Words(
        f"；若都只算 +{counts}，胜率 {base:.0%} → {at_one:.0%}（估计）",
        f"; at +{counts} the chance of winning is {at_one:.0%} in place of {base:.0%} (estimate)",
    )
