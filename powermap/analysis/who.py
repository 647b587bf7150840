"""Who is who."""

from __future__ import annotations

from typing import Any

from powermap.analysis.cover import owners
from powermap.analysis.influence import power
from powermap.analysis.judged import judged_on
from powermap.analysis.text import CERTAIN, ESTIMATE, answer, person_name, plural, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule("who is who", Words("截至当日有效的事实", "facts that hold on that day"))
COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("unit", "部门", "Department"),
    ("level", "层级", "Level"),
    ("boss", "上级", "Boss"),
    ("roles", "角色", "Roles"),
    ("power", "话语权", "Power"),
    ("attitude", "态度", "Attitude"),
    ("since", "判断日期", "Assessed"),
    ("owners", "负责人", "Covered by"),
)


def show(lens: Lens) -> Answer:
    """Answer who is who: post, boss, roles, power, attitude, and who looks after them."""
    strength, covered = power(lens), owners(lens)
    rows: list[dict[str, Any]] = []
    for seat in lens.seats.values():
        roles = [lens.pack.roles[r].words for r in seat.roles if r in lens.pack.roles]
        value = strength[seat.id]
        rows.append(
            {
                "id": seat.id,
                "name": seat.name,
                "title": seat.title,
                "unit": seat.unit if not seat.external else {"zh": "（外部）", "en": "(outside)"},
                "level": seat.level,
                "boss": [person_name(lens, b) for b in seat.bosses]
                + [f"({person_name(lens, b)})" for b in seat.dotted_bosses],
                "roles": {"zh": "、".join(w.zh for w in roles), "en": ", ".join(w.en for w in roles)},
                "power": f"{value.value:g}" if value.asserted else f"≈{value.value:g}",
                "attitude": signed(lens.attitude(seat.id)),
                "since": on.isoformat() if (on := judged_on(lens, seat.id)) else "",
                "owners": [person_name(lens, o) for o in covered.get(seat.id, ())],
            }
        )
    count, known = len(lens.seats), sum(lens.attitude(p) is not None for p in lens.seats)
    units = len({s.unit for s in lens.seats.values() if s.unit})
    words = Words(
        f"{count} 人，{units} 个部门；态度已知 {known} 人，有人覆盖 {len(covered)} 人。",
        f"{plural(count, 'person', 'people')} in {plural(units, 'department')}; {known} with a known attitude, {len(covered)} covered.",
    )
    findings = [
        Finding(
            kind="who", subjects=(lens.account.id,), value=count, rule=RULE, sentence=words, certainty=CERTAIN
        )
    ]
    if any(not p.asserted for p in strength.values()):
        guess = Words(
            "≈ 表示估计的话语权（职级 60%，被听取 40%）。",
            "≈ marks power that is estimated (60% rank, 40% who is listened to).",
        )
        findings.append(
            Finding(
                kind="power-estimated",
                subjects=(lens.account.id,),
                value=sum(not p.asserted for p in strength.values()),
                rule=RULE,
                sentence=guess,
                certainty=ESTIMATE,
            )
        )
    return answer(lens, "show", COLUMNS, rows, findings)
