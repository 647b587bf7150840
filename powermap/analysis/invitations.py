"""Whom to invite to a summit (M75): the few who cover most of the decision, a rival's supporters apart."""

from __future__ import annotations

from powermap.analysis.allegiance import held_by
from powermap.analysis.cover import owners
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import total_influence
from powermap.analysis.text import ESTIMATE, answer, names, person_name, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "invitations",
    Words(
        "按决策权重与影响力之和由高到低；排他支持对手的人另列，不邀请",
        "by share of the decision and influence on it, the highest first; a rival's exclusive supporters apart",
    ),
)
COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("weight", "对决策的影响 %", "Weight in the decision %"),
    ("sum", "累计 %", "Together %"),
    ("attitude", "态度", "Attitude"),
    ("owners", "由谁邀请", "Invited by"),
    ("note", "备注", "Note"),
)


def invite(lens: Lens, count: int = 8) -> Answer:
    """Answer whom to invite.

    Parameters
    ----------
    count
        How many seats there are.
    """
    shares, cover = deciders(lens).shares, owners(lens)
    weight = total_influence(lens, shares)
    place = {p: n for n, p in enumerate(lens.seats)}
    ranked = sorted(lens.seats, key=lambda p: (-round(weight.get(p, 0.0), 9), place[p]))
    apart = [p for p in ranked if held_by(lens, p) is not None]
    asked = [p for p in ranked if p not in apart and weight.get(p, 0.0) > 0][:count]
    rows, total = [], 0.0
    for p in (*asked, *(a for a in apart if weight.get(a, 0.0) > 0)):
        part = weight.get(p, 0.0)
        invited = p in asked
        total += part if invited else 0.0
        note = Words("", "") if invited else Words("排他支持对手：不同席", "a rival's supporter: apart")
        if invited and p not in cover:
            note = Words("没有我方负责人", "nobody of ours owns them")
        rows.append(
            {
                "id": p,
                "name": lens.seats[p].name,
                "title": lens.seats[p].title,
                "weight": round(100 * part, 1),
                "sum": round(100 * total, 1) if invited else None,
                "attitude": signed(lens.attitude(p)),
                "owners": [person_name(lens, o) for o in cover.get(p, ())],
                "note": note._asdict(),
            }
        )
    who = names(lens, asked, len(asked))
    words = Words(
        f"邀请 {len(asked)} 人，合计占决策影响的 {total:.0%}（估计）：{who.zh}。",
        f"Invite {len(asked)}, who together carry {total:.0%} of the decision (estimate): {who.en}.",
    )
    finding = Finding(
        kind="invite", subjects=tuple(asked) or (lens.account.id,), value=round(total, 4), rule=RULE, sentence=words,
        certainty=ESTIMATE, unit="share",
    )  # fmt: skip
    return answer(lens, "invite", COLUMNS, rows, [finding])
