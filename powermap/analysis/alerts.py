"""Alerts that need no computation: people who left or moved, and what the grade of the account demands and isn't there."""

from __future__ import annotations

from powermap.analysis.demands import faults
from powermap.analysis.facts import attitudes, coverage, posts
from powermap.analysis.fragility import reach
from powermap.analysis.layer_levels import level_of
from powermap.analysis.movers import moved
from powermap.analysis.rules import duty
from powermap.analysis.text import CERTAIN, OPEN, fact, names
from powermap.findings import Finding, Input, Rule
from powermap.lens import Lens
from powermap.model import Covers, Person, WorksAt
from powermap.words import Words, by_language

LEFT = Rule(
    "person left",
    Words(
        "仍记着覆盖、当日却已不在该客户任职的人",
        "people still down as covered who no longer work there that day",
    ),
)
BOND = Rule(
    "bond and personnel",
    Words(
        "合作不深的最怕换人（级数见规则包）",
        "a bond that isn't deep breaks when people change; the rule pack says up to which level",
    ),
)
KINDS = {
    "general": ("bare-department", "departments", 1),
    "key": ("key-relation", "decision-makers", 2),
    "organization": ("organization-level", "level", 2),
    "levels": ("level-hole", "levels", 2),
    "ways": ("few-ways", "ways", 2),
    "deputy": ("no-deputy", "deputies", 1),
}
"""Demand of a grade -> kind of finding, unit of its value, urgency."""


def alerts(lens: Lens) -> list[Finding]:
    """Return the alerts that this account's facts can show, in no order."""
    left, gone = _left(lens), moved(lens)
    # Somebody new from elsewhere is an opening, no change of theirs.
    changed = [*left, *(f for f in gone if f.kind == "moved-away")]
    return [*left, *gone, *_bond(lens, changed), *demanded(lens)]


def _left(lens: Lens) -> list[Finding]:
    working = {t.src for t in lens.snapshot.all(WorksAt)}
    gone = {
        c.dst: c
        for c in lens.snapshot.all(Covers)
        if lens.employer.get(c.src) == lens.supplier.id and c.dst not in lens.seats and c.dst not in working
    }
    # Nobody can be missed whose employer was never known.
    people = [p for p in sorted(gone, key=lens.place.__getitem__) if lens.snapshot.get(Person, p) is not None]
    if not people:
        return []
    who, owners = names(lens, people), names(lens, dict.fromkeys(gone[p].src for p in people))
    here = by_language(lens.account.name, lens.account.name_alt)
    words = Words(
        f"{who.zh} 已不在 {here.zh}，{owners.zh} 的这条关系断了：谁接任，谁去认识？",
        f"{who.en} left {here.en}; the tie of {owners.en} ends there: who follows, and who gets to know the successor?",
    )
    return [
        Finding(
            kind="person-left",
            subjects=tuple(people),
            value=len(people),
            rule=LEFT,
            sentence=words,
            certainty=CERTAIN,
            inputs=coverage(lens, (gone[p] for p in people)),
            unit="people",
            urgency=2,
        )
    ]


def _bond(lens: Lens, changed: list[Finding]) -> list[Finding]:
    level, verdict = level_of(lens, "bond")
    if level is None or level > lens.pack.topic("value")["limits"]["bond"] or not changed:
        return []
    name = lens.pack.say("bond", str(level))
    words = Words(
        f"合作深度只有 {level} 级（{name.zh}），又有人员变动：这一级的合作最怕换人。",
        f"The bond is only at level {level} ({name.en}), and people have changed: a bond of this level breaks when they do.",
    )
    if verdict is not None:
        what = lens.pack.items["bond"].words
        inputs = (
            Input(what, level, verdict.evidence.author, verdict.on, verdict.evidence.confidence, verdict.id),
        )
    else:
        inputs = (fact("合作深度", "bond", level, lens.relations.get(lens.supplier.id)),)
    subjects = (lens.supplier.id, lens.account.id)
    return [
        Finding(
            kind="bond-at-risk",
            subjects=subjects,
            value=level,
            rule=BOND,
            sentence=words,
            certainty=CERTAIN,
            inputs=inputs,
            unit="level",
            urgency=2,
        )
    ]


def demanded(lens: Lens) -> list[Finding]:
    """Return what the grade of the account demands and isn't there, or can't be judged (of no urgency)."""
    found = reach(lens)
    missing = faults(lens, min((found.ways(t) for t in found.targets), default=-1))
    rule, place = duty.rule(lens.pack), (lens.account.id,)
    result = []
    for fault in missing:
        kind, unit, urgency = KINDS[fault.demand]
        name, (zh, en) = duty.DEMANDS[fault.demand], fault.words
        grade = lens.account.grade
        words = Words(f"{grade} 级要求（{name.zh}）：{zh}。", f"Grade {grade}, {name.en}: {en}.")
        result.append(
            Finding(
                kind=kind,
                subjects=place,
                value=len(fault.about)
                if fault.demand in ("general", "key", "levels")
                else next(iter(fault.about), None),
                rule=rule,
                sentence=words,
                certainty=CERTAIN if fault.red else OPEN,
                inputs=_ground(lens, fault),
                unit=unit,
                urgency=urgency if fault.red else 0,
                # Of one demand several things may be missing.
                topic=zh if fault.demand == "key" else "",
            )
        )
    return result


def _ground(lens: Lens, fault: duty.Fault) -> tuple[Input, ...]:
    if fault.demand == "levels":
        return posts(lens, (s.id for s in lens.seats.values() if s.level in fault.about))
    return attitudes(lens, fault.about) if fault.demand == "key" else ()
