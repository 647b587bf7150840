"""The team of an account (M2, M19, M20, M116): who has which duty, what is missing, and our force beside each rival's."""

from __future__ import annotations

from collections import Counter
from typing import Any

from powermap.analysis.cover import serving
from powermap.analysis.matrix import ranks
from powermap.analysis.text import CERTAIN, answer, money, person_name, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words, both, by_language

RULE = Rule(
    "account team",
    Words(
        "铁三角与三大关系各要有负责人；每项职责最好有副手；兵力数各家覆盖此客户的人或在其团队里担职责的人，按层级",
        "the iron triangle and each of the three relations want somebody; force counts who of each supplier covers people here or has a "
        "duty in the team, by rank",
    ),
)
COLUMNS = (
    ("duty", "职责", "Duty"),
    ("who", "谁", "Who"),
    ("days", "每月天数", "Days a month"),
    ("state", "状态", "State"),
)


def wanted(lens: Lens) -> list[str]:
    """Return the duties that an account of this grade wants: the triangle, then the owners of the three relations."""
    topic = lens.pack.topic("relations")
    triangle = topic["team"]["triangle"] if lens.account.grade in topic["team"]["triangle_grades"] else []
    owners = [row["duty"] for row in topic["layer"]] if triangle else []
    return [*triangle, *owners]


def force(lens: Lens) -> dict[str, Counter[int]]:
    """Return supplier's id -> how many of its people cover somebody here or serve the account, by rank (0 if unknown)."""
    found = {}
    for supplier in lens.suppliers:
        view = lens.with_supplier(supplier.id)
        rank = ranks(view)
        found[supplier.id] = Counter(
            rank.get(p, 0) for p in {*(p.id for p in view.team()), *(t.src for t in view.services)}
        )
    return found


def team(lens: Lens) -> Answer:
    """Answer who is of the account's team, what is missing of it, and how our force compares with each rival's."""
    needed = wanted(lens)
    duties = list(dict.fromkeys([*needed, *(t.duty for t in lens.services)]))
    rows: list[dict[str, Any]] = []
    for duty in duties:
        people = serving(lens, duty)
        days = sum(t.days or 0 for t in lens.services if t.duty == duty)
        rows.append(
            {
                "id": f"duty-{duty}",
                "duty": lens.pack.say("duty", duty)._asdict(),
                "who": [person_name(lens, p) for p in people],
                "days": days or None,
                "state": (Words("", "") if people else Words("没有负责人", "missing"))._asdict(),
            }
        )
    missing = [d for d in needed if not serving(lens, d)]
    said = [lens.pack.say("duty", d) for d in missing]
    words = Words("团队齐了。", "The team is complete.")
    if missing:
        words = Words(
            f"团队还缺：{'、'.join(w.zh for w in said)}。", f"The team lacks {', '.join(w.en for w in said)}."
        )
    elif not duties:
        words = Words("没有写明团队。", "No team is on record.")
    found = [
        Finding(
            kind="team", subjects=(lens.account.id,), value=len(missing), rule=RULE, sentence=words, certainty=CERTAIN,
            unit="duties", urgency=2 if missing else 0,
        ),
        _force(lens),
        *_worth(lens),
        *_gaps(lens),
    ]  # fmt: skip
    return answer(lens, "team", COLUMNS, rows, found)


def _force(lens: Lens) -> Finding:
    names = {row["value"]: Words(row["zh"], row["en"]) for row in lens.pack.topic("levels")["level"]}
    names[0] = Words("层级未知", "rank unknown")
    zh, en = [], []
    counts = force(lens)
    for supplier in lens.suppliers:
        ranked = sorted(counts[supplier.id].items())
        total = sum(n for _, n in ranked)
        by = [(names.get(r, both(str(r))), n) for r, n in ranked]
        name = by_language(supplier.organization.name, supplier.organization.name_alt)
        zh.append(f"{name.zh} {total} 人" + (f"（{'、'.join(f'{w.zh} {n}' for w, n in by)}）" if by else ""))
        en.append(f"{name.en} {total}" + (f" ({', '.join(f'{w.en} {n}' for w, n in by)})" if by else ""))
    ours = sum(counts[lens.supplier.id].values())
    most = max((sum(c.values()) for s, c in counts.items() if s != lens.supplier.id), default=0)
    return Finding(
        kind="force", subjects=(lens.account.id,), value=ours, rule=RULE,
        sentence=Words(
            f"兵力（覆盖此客户的人或担职责的人）：{'；'.join(zh)}。",
            f"People who cover somebody here or have a duty: {'; '.join(en)}.",
        ), certainty=CERTAIN, unit="people",
        urgency=1 if ours < most else 0,
    )  # fmt: skip


def _worth(lens: Lens) -> list[Finding]:
    """Put what we spend here, in people and money, beside what it brings (M2, M5)."""
    latest = {}
    for figure in lens.figures:
        if figure.measure in ("headcount", "cost") or (figure.measure == "revenue" and not figure.supplier):
            latest[figure.measure] = figure
    if not latest.keys() & {"headcount", "cost"}:
        return []
    zh, en = [], []
    for measure, figure in latest.items():
        name = lens.pack.say("measure", measure)
        value = both(f"{figure.value:g}") if measure == "headcount" else money(figure.value, figure.currency)
        zh.append(f"{name.zh} {value.zh}")
        en.append(f"{name.en} {value.en}")
    words = Words(f"投入与产出：{'，'.join(zh)}。", f"What goes in and comes out: {', '.join(en)}.")
    return [
        Finding(
            kind="worth",
            subjects=(lens.account.id,),
            value=len(latest),
            rule=RULE,
            sentence=words,
            certainty=CERTAIN,
        )
    ]


def _gaps(lens: Lens) -> list[Finding]:
    """Name what the team can't do yet (M114)."""
    gaps = [a.words for a in lens.assessments if a.item == "skill_gap" and a.words]
    if not gaps:
        return []
    words = Words(
        f"能力缺项：{'；'.join(gaps)}。", f"{plural(len(gaps), 'skill')} missing: {'; '.join(gaps)}."
    )
    return [
        Finding(
            kind="skills",
            subjects=(lens.account.id,),
            value=len(gaps),
            rule=RULE,
            sentence=words,
            certainty=CERTAIN,
            urgency=1,
        )
    ]
