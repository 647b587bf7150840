"""What a customer is worth, weighed on three sides (M14, M15), and the grade that follows, beside the one that is set."""

from __future__ import annotations

from dataclasses import dataclass

from powermap.analysis.demands import faults
from powermap.analysis.fragility import reach
from powermap.analysis.layer_levels import last, scores
from powermap.analysis.rules.duty import DEMANDS
from powermap.analysis.text import CERTAIN, OPEN, answer, person_name
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

COLUMNS = (
    ("item", "评估项", "Item"),
    ("score", "分值", "Score"),
    ("weight", "权重 %", "Weight %"),
    ("on", "日期", "On"),
    ("by", "谁定的", "By"),
    ("words", "依据", "Ground"),
)


@dataclass(frozen=True, slots=True)
class Graded:
    """The value score, 0 to 10 (None while a side isn't judged), the grade that it suggests, and the one that is set."""

    score: float | None
    suggested: str
    set: str
    missing: tuple[Words, ...]

    @property
    def differs(self) -> bool:
        """Whether both are known and not the same."""
        return bool(self.suggested and self.set) and self.suggested != self.set


def graded(lens: Lens) -> Graded:
    """Weigh the sides of the value."""
    told = scores(lens, "value")
    sides = [i for i in lens.pack.items.values() if i.family == "value" and i.weight]
    missing = tuple(i.words for i in sides if i.key not in told)
    total = sum(i.weight for i in sides)
    score, suggested = None, ""
    if sides and not missing:
        score = sum(i.weight * (told[i.key].score or 0) for i in sides) / total
        suggested = next((g.key for g in lens.pack.grades.values() if score >= g.least - 1e-9), "")
    return Graded(score, suggested, lens.account.grade, missing)


def scorecard(lens: Lens) -> Answer:
    """Answer what the customer is worth, which grade that suggests, who set the grade, and what the grade still lacks."""
    found, told = graded(lens), scores(lens, "value")
    total = sum(i.weight for i in lens.pack.items.values() if i.family == "value") or 1
    rows = []
    for item in lens.pack.items.values():
        if item.family != "value":
            continue
        a = told.get(item.key)
        present = [person_name(lens, p) for p in a.present] if a else []
        rows.append(
            {
                "id": item.key,
                "item": item.words._asdict(),
                "score": a.score if a else None,
                "weight": round(100 * item.weight / total) if item.weight else None,
                "on": a.on.isoformat() if a and a.on else None,
                "by": present or ([a.evidence.author] if a and a.evidence.author else []),
                "words": a.words if a else None,
            }
        )
    findings = [_grade(lens, found), *_duty(lens)]
    account = lens.account
    if account.target:
        since, why = account.target_since or "", account.target_why
        words = Words(
            f"目标客户{f'（{since} 起）' if since else ''}{f'：{why}' if why else ''}。",
            f"A target customer{f' since {since}' if since else ''}{f': {why}' if why else ''}.",
        )
        findings.append(
            Finding(
                kind="target",
                subjects=(account.id,),
                value=True,
                rule=RULE,
                sentence=words,
                certainty=CERTAIN,
            )
        )
    if account.stage:
        stage = lens.pack.say("account_stage", account.stage)
        words = Words(f"经营阶段：{stage.zh}。", f"Stage of the business: {stage.en}.")
        findings.append(
            Finding(
                kind="stage",
                subjects=(account.id,),
                value=account.stage,
                rule=RULE,
                sentence=words,
                certainty=CERTAIN,
            )
        )
    if account.lighthouse_for:
        words = Words(
            f"灯塔客户，影响：{'、'.join(account.lighthouse_for)}。",
            f"A lighthouse for {', '.join(account.lighthouse_for)}.",
        )
        findings.append(
            Finding(kind="lighthouse", subjects=(account.id,), value=len(account.lighthouse_for), rule=RULE, sentence=words,
                    certainty=CERTAIN)
        )  # fmt: skip
    return answer(lens, "scorecard", COLUMNS, rows, findings)


RULE = Rule(
    "grade",
    Words(
        "三个方面的价值按权重相加，达到某等级的分数即建议该等级；等级由人来定",
        "three sides of the value, weighed; a grade is suggested from its least score; people set it",
    ),
)


def _grade(lens: Lens, found: Graded) -> Finding:
    log = last(lens, "grade")
    decided = Words("", "")
    if log is not None:
        who = [person_name(lens, p) for p in log.present] or list(filter(None, (log.evidence.author,)))
        until = f"，有效至 {log.until}" if log.until else ""
        decided = Words(
            f"（{log.on}{'，' + '、'.join(who) if who else ''} 定{until}）",
            f" (set on {log.on}{' by ' + ', '.join(who) if who else ''}{f', until {log.until}' if log.until else ''})",
        )
    named = lens.pack.grades.get(found.set)
    zh = f"现定等级 {found.set or '无'}{f'（{named.words.zh}）' if named else ''}{decided.zh}"
    en = f"Grade {found.set or 'none'}{f', {named.words.en}' if named else ''}{decided.en}"
    if found.score is None:
        less = found.missing
        words = Words(
            f"{zh}；还没有评：{'、'.join(w.zh for w in less)}。",
            f"{en}; not judged yet: {', '.join(w.en for w in less)}.",
        )
        return Finding(
            kind="grade",
            subjects=(lens.account.id,),
            value=None,
            rule=RULE,
            sentence=words,
            certainty=OPEN,
            urgency=0,
        )
    best = lens.pack.grades[found.suggested]
    verdict = (
        Words("与建议一致", "as suggested") if not found.differs else Words("与建议不同", "not as suggested")
    )
    words = Words(
        f"{zh}；价值 {found.score:.1f} 分，建议 {best.key}（{best.words.zh}），{verdict.zh}。",
        f"{en}; value {found.score:.1f} of 10 suggests {best.key}, {best.words.en}: {verdict.en}.",
    )
    return Finding(
        kind="grade-differs" if found.differs else "grade",
        subjects=(lens.account.id,),
        value=round(found.score, 2),
        rule=RULE,
        sentence=words,
        certainty=CERTAIN,
        unit="points",
        urgency=1 if found.differs else 0,
    )


def _duty(lens: Lens) -> list[Finding]:
    """Say in one line what the grade demands and isn't there."""
    ways = reach(lens)
    fewest = min((ways.ways(t) for t in ways.targets), default=-1)
    red = [f for f in faults(lens, fewest) if f.red]
    if not red:
        return []
    zh = "；".join(f"{DEMANDS[f.demand].zh}：{f.words.zh}" for f in red)
    en = "; ".join(f"{DEMANDS[f.demand].en}: {f.words.en}" for f in red)
    grade = lens.account.grade
    return [
        Finding(
            kind="duty",
            subjects=(lens.account.id,),
            value=len(red),
            rule=RULE,
            sentence=Words(f"{grade} 级要求还差：{zh}。", f"Grade {grade} still lacks: {en}."),
            certainty=CERTAIN,
            unit="demands",
            urgency=lens.pack.grades[grade].urgency if grade in lens.pack.grades else 1,
        )
    ]
