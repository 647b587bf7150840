"""Whom to invite to a summit (M75): the few who cover most of the decision, a rival's supporters apart."""

from __future__ import annotations

from powermap.analysis.allegiance import held_by
from powermap.analysis.cover import owners
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import total_influence
from powermap.analysis.policy import BLOCKED, judge
from powermap.analysis.text import ESTIMATE, answer, names, person_name, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "invitations",
    Words(
        "先按决策权重由高到低，再按对决策的影响；排他支持对手的人和不在客户任职的人另列，不占席位",
        "by share of the decision, the highest first, then by influence on it; a rival's exclusive supporters and people from outside "
        "take no seat and stand apart",
    ),
)
COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("weight", "决策权重 %", "Weight in the decision %"),
    ("sum", "累计权重 %", "Weight together %"),
    ("influence", "对决策的影响 %", "Influence on the decision %"),
    ("attitude", "态度", "Attitude"),
    ("owners", "由谁邀请", "Invited by"),
    ("note", "备注", "Note"),
)
NOTES = {
    "rival": Words("排他支持对手：不同席", "a rival's supporter: apart"),
    "outside": Words("不在客户任职：不占席位", "doesn't work there: takes no seat"),
    "unowned": Words("没有我方负责人", "nobody of ours owns them"),
}


def invite(lens: Lens, count: int = 8) -> Answer:
    """Answer whom to invite: those who together carry most of the decision.

    Parameters
    ----------
    count
        How many seats there are.
    """
    shares, cover = deciders(lens).shares, owners(lens)
    influence = total_influence(lens, shares)
    place = {p: n for n, p in enumerate(lens.seats)}

    def key(p: str) -> tuple[float, float, int]:
        return -round(shares.get(p, 0.0), 9), -round(influence.get(p, 0.0), 9), place[p]

    ranked = [p for p in sorted(lens.seats, key=key) if shares.get(p, 0.0) > 0 or influence.get(p, 0.0) > 0]
    apart = {
        p: "outside" if lens.seats[p].external else "rival"
        for p in ranked
        if lens.seats[p].external or held_by(lens, p) is not None
    }
    asked = [p for p in ranked if p not in apart][:count]
    rows, total = [], 0.0
    for p in (*asked, *apart):
        part, invited = shares.get(p, 0.0), p not in apart
        total += part if invited else 0.0
        notes = [NOTES["unowned" if invited else apart[p]]] if not invited or p not in cover else []
        verdict = (
            judge(lens, lens.pack.catalogue["summit"], (p,)) if "summit" in lens.pack.catalogue else None
        )
        if invited and verdict is not None and verdict.ruling == BLOCKED:
            notes.append(verdict.why)
        rows.append(
            {
                "id": p,
                "name": lens.seats[p].name,
                "title": lens.seats[p].title,
                "weight": round(100 * part, 1) if part else None,
                "sum": round(100 * total, 1) if invited else None,
                "influence": round(100 * influence.get(p, 0.0), 1),
                "attitude": signed(lens.attitude(p)),
                "owners": [person_name(lens, o) for o in cover.get(p, ())],
                "note": {"zh": "；".join(w.zh for w in notes), "en": "; ".join(w.en for w in notes)},
            }
        )
    who = names(lens, asked, len(asked))
    words = Words(
        f"邀请 {len(asked)} 人，合计占决策权重的 {total:.0%}（估计）：{who.zh}。",
        f"Invite {len(asked)}, who together carry {total:.0%} of the decision (estimate): {who.en}.",
    )
    left = [p for p in ranked if shares.get(p, 0.0) > 0 and p not in asked]
    if left:
        more = names(lens, left, len(left))
        words = Words(
            f"{words.zh}有决策权重而不在席的：{more.zh}。",
            f"{words.en} With a say, but no seat: {more.en}.",
        )
    if not asked:
        words = Words("还不知道谁决策、谁有影响。", "Nobody is known to decide or to sway yet.")
    finding = Finding(
        kind="invite", subjects=tuple(asked) or (lens.account.id,), value=round(total, 4), rule=RULE, sentence=words,
        certainty=ESTIMATE, unit="share",
    )  # fmt: skip
    return answer(lens, "invite", COLUMNS, rows, [finding])
