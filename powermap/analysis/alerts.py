"""Alerts that need no computation: people who left, ranks nobody matches, departments where nobody is covered."""

from __future__ import annotations

from powermap.analysis.facts import coverage, posts
from powermap.analysis.text import CERTAIN, fact, join, names
from powermap.findings import Finding, Rule
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
    Words("合作深度 2 级及以下最怕换人", "a bond of level 2 or less breaks when people change"),
)
RANKS = Rule(
    "level matching",
    Words(
        "S、A 级客户的前三层，每层要有同级或低一级的人覆盖（兵对兵、将对将）",
        "each of the top three levels of a grade S or A account needs somebody of the same rank, or one below",
    ),
)
HELD = Rule(
    "duty by grade",
    Words(
        "S、A 级客户的每个部门要有人覆盖，并设副手",
        "each department of a grade S or A account needs coverage, and the account a deputy",
    ),
)


def alerts(lens: Lens) -> list[Finding]:
    """Return the alerts that this account's facts can show, in no order."""
    left = _left(lens)
    return [*left, *_bond(lens, left), *_ranks(lens), *_departments(lens), *_deputy(lens)]


def _left(lens: Lens) -> list[Finding]:
    working = {t.src for t in lens.snapshot.all(WorksAt)}
    gone = {
        c.dst: c
        for c in lens.snapshot.all(Covers)
        if lens.employer.get(c.src) == lens.supplier.id and c.dst not in lens.seats and c.dst not in working
    }
    # Nobody can be missed whose employer was never known.
    people = [p for p in sorted(gone) if lens.snapshot.get(Person, p) is not None]
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
            "person-left",
            tuple(people),
            len(people),
            LEFT,
            words,
            CERTAIN,
            coverage(lens, (gone[p] for p in people)),
            "people",
            urgency=2,
        )
    ]


def _bond(lens: Lens, left: list[Finding]) -> list[Finding]:
    relation = lens.relations.get(lens.supplier.id)
    if relation is None or relation.bond is None or relation.bond > 2 or not left:
        return []
    name = lens.pack.say("bond", str(relation.bond))
    words = Words(
        f"合作深度只有 {relation.bond} 级（{name.zh}），又有人员变动：这一级的合作最怕换人。",
        f"The bond is only at level {relation.bond} ({name.en}), and people have changed: a bond of this level breaks when they do.",
    )
    inputs = (fact("合作深度", "bond", relation.bond, relation),)
    subjects = (lens.supplier.id, lens.account.id)
    return [
        Finding("bond-at-risk", subjects, relation.bond, BOND, words, CERTAIN, inputs, "level", urgency=2)
    ]


def _demanding(lens: Lens) -> bool:
    return lens.account.grade in ("S", "A") and bool(lens.covers())


def _ranks(lens: Lens) -> list[Finding]:
    rank = {t.src: t.level for t in lens.snapshot.all(WorksAt) if t.dst == lens.supplier.id and t.level}
    if not _demanding(lens) or not rank:
        return []
    theirs = {s.level for s in lens.seats.values() if s.level and s.level <= 3}
    met = {
        level for c in lens.covers() if (level := lens.seats[c.dst].level) and rank.get(c.src, 9) <= level + 1
    }
    holes = sorted(theirs - met)
    if not holes:
        return []
    listed = join([Words(str(n), str(n)) for n in holes])
    words = Words(
        f"第 {listed.zh} 层没有对等的人覆盖（兵对兵、将对将）。",
        f"Nobody of matching rank covers level{'s' * (len(holes) > 1)} {listed.en}.",
    )
    return [
        Finding(
            "level-hole",
            (lens.account.id,),
            len(holes),
            RANKS,
            words,
            CERTAIN,
            posts(lens, (s.id for s in lens.seats.values() if s.level in holes)),
            "levels",
            urgency=2,
        )
    ]


def _departments(lens: Lens) -> list[Finding]:
    if not _demanding(lens):
        return []
    covered = {lens.seats[c.dst].unit for c in lens.covers()}
    bare = {
        s.unit: by_language(s.unit, s.unit_alt)
        for s in lens.seats.values()
        if s.unit and s.unit not in covered
    }
    if not bare:
        return []
    listed = [bare[unit] for unit in sorted(bare)]
    zh, en = "、".join(w.zh for w in listed), ", ".join(w.en for w in listed)
    words = Words(f"没有覆盖任何人的部门：{zh}。", f"Departments where nobody is covered: {en}.")
    return [
        Finding(
            "bare-department",
            (lens.account.id,),
            len(bare),
            HELD,
            words,
            CERTAIN,
            unit="departments",
            urgency=1,
        )
    ]


def _deputy(lens: Lens) -> list[Finding]:
    if not _demanding(lens) or any(c.duty == "deputy" for c in lens.covers()):
        return []
    words = Words(
        f"{lens.account.grade} 级客户没有一个联系人设了副手。",
        f"Not one contact of this grade {lens.account.grade} account has a deputy.",
    )
    return [Finding("no-deputy", (lens.account.id,), 0, HELD, words, CERTAIN, unit="deputies", urgency=1)]
