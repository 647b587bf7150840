"""If several of ours leave at once: what is out of reach then. A dominator tree answers for one, not for a set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np

from powermap.analysis.text import CERTAIN, join, money, percentage, plural
from powermap.errors import AnalysisError
from powermap.findings import Answer, Finding, Rule
from powermap.kernels.blocks import Bools, Ints
from powermap.portfolio.account_scan import TINY, Scan
from powermap.portfolio.data.columns import OURS, THEIRS, Columns
from powermap.portfolio.questions.findings import NOTICE
from powermap.portfolio.questions.findings_table import comparable, content, frame, missing_money
from powermap.words import Words

RULE = Rule(
    "without a set",
    Words(
        "去掉这些人后，再从供应商出发沿覆盖、影响与汇报关系走一遍；风险收入 = 最近一个完整年度的销售额 × 因此够不着的决策份额 ÷ 原来够得着的份额",
        "without these people, the ways from the supplier along coverage, influence and reporting lines are walked once more; "
        "revenue at risk = revenue of the latest finished year × the part of the reachable decision that is out of reach then",
    ),
)
COLUMNS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("revenue", "销售额", "Revenue"),
    ("at_risk", "风险收入", "Revenue at risk"),
    ("part", "失去的决策份额", "Part of the decision lost", "%"),
    ("gone", "离开的人", "Who leaves"),
    ("targets", "够不着的决策者", "Decision-makers out of reach"),
    ("people", "失去的联系人", "People lost"),
    ("stays", "还在的我方人员", "Who stays"),
)


def named(columns: Columns, names: Sequence[str]) -> list[int]:
    """Return our people with these names or ids, as numbers in `columns.people`.

    Raises
    ------
    AnalysisError
        If nobody of ours, or more than one, is called so.
    """
    ours = np.unique(columns.person[columns.side == OURS]).tolist()
    known: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for p in ours:
        person_id, words = columns.people[p]
        for text in {person_id, words.zh, words.en}:
            known[text.casefold()].add(p)
            spelled[text.casefold()] = text
    found = []
    for name in names:
        fits = known.get(name.strip().casefold(), set())
        if len(fits) > 1:
            ids = ", ".join(sorted(columns.people[p][0] for p in fits))
            raise AnalysisError(
                Words(f"我方有 {len(fits)} 人符合“{name}”", f"{name!r} fits {len(fits)} of our people"),
                hint=Words(f"请写编号：{ids}", f"give the id: {ids}"),
            )
        if not fits:
            part = name.strip().casefold()
            close = get_close_matches(part, known, 3) or [k for k in sorted(known) if part and part in k][:3]
            near = [spelled[k] for k in close]
            hint = (
                Words(f"是不是 {'、'.join(near)}？", "did you mean " + ", ".join(near))
                if close
                else Words("`--about owners` 列出他们", "`--about owners` lists them")
            )
            raise AnalysisError(
                Words(
                    f"我方没有负责客户的人叫“{name}”",
                    f"nobody of ours who covers a customer is called {name!r}",
                ),
                hint=hint,
            )
        found += [p for p in fits if p not in found]
    return found


def reachable(columns: Columns, gone: Bools) -> Bools:
    """Mark the nodes that a way from the source of their block reaches without the nodes in `gone`."""
    c = columns
    live = ~gone[c.src] & ~gone[c.dst]
    order = np.argsort(c.src[live], kind="stable")
    src, dst = c.src[live][order], c.dst[live][order]
    first = np.searchsorted(src, np.arange(c.size + 1))
    found = np.zeros(c.size, dtype=bool)
    front: Ints = c.sources
    found[front] = True
    while len(front):
        count = first[front + 1] - first[front]
        arc = np.repeat(first[front] - np.cumsum(count) + count, count) + np.arange(count.sum())
        front = np.unique(dst[arc])
        front = front[~found[front]]
        found[front] = True
    return found


def without_rows(scan: Scan, people: Sequence[int]) -> list[dict[str, Any]]:
    """One row for each account where these people cover somebody, most harm first."""
    c = scan.columns
    gone = np.isin(c.person, people) & (c.side == OURS)
    reached = reachable(c, gone)
    lost = (scan.parent >= 0) & ~reached & (c.side == THEIRS)
    touched = np.unique(c.block[gone])
    of: dict[int, list[int]] = defaultdict(list)
    for node in np.flatnonzero(np.isin(c.block, touched) & (c.side > 0)).tolist():
        of[int(c.block[node])].append(node)
    rows = []
    for i in touched.tolist():
        account, nodes = c.accounts[i], of[i]
        share = float(sum(c.share[n] for n in nodes if lost[n]))
        part = share / scan.reached[i] if scan.reached[i] > TINY else 0.0

        def called(chosen: Bools, nodes: list[int] = nodes) -> list[dict[str, str]]:
            return [c.people[c.person[n]][1]._asdict() for n in nodes if chosen[n]]

        rows.append(
            {
                "id": account.id,
                "name": account.name._asdict(),
                "grade": account.grade,
                "revenue": account.revenue,
                "currency": account.currency,
                "at_risk": round(float(part * scan.revenue[i]), 2) if account.revenue is not None else None,
                "part": percentage(part),
                "gone": called(gone),
                "targets": called(lost & (c.decides > 0)),
                "people": int(sum(lost[n] for n in nodes)),
                "stays": called((c.side == OURS) & ~gone),
            }
        )
    return sorted(
        rows,
        key=lambda r: (
            comparable(r, scan.currency),
            -(r["at_risk"] or 0),
            -r["part"],
            -r["people"],
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def answer(scan: Scan, names: Sequence[str]) -> Answer:
    """Answer what is out of reach if these of our people leave at once.

    Parameters
    ----------
    scan
        All accounts.
    names
        Names or ids of our people.
    """
    c = scan.columns
    people = named(c, names)
    rows = without_rows(scan, people)
    hit = [r for r in rows if r["part"] > 0]
    who = join([c.people[p][1] for p in people])
    risk = sum(r["at_risk"] for r in rows if r["at_risk"] and r["currency"] == scan.currency)
    revenue = float(scan.revenue[scan.summed].sum())
    deciders, lost = sum(len(r["targets"]) for r in rows), sum(r["people"] for r in rows)
    zh = f"{who.zh} {'同时' if len(people) > 1 else ''}离开：{'他们' if len(people) > 1 else '此人'}覆盖的 {len(rows)} 个客户中，{len(hit)} 个的 {deciders} 位决策者够不着，共失去 {lost} 人"
    en = f"Without {who.en}{' all at once' if len(people) > 1 else ''}: of {plural(len(rows), 'account')} {'they cover' if len(people) > 1 else 'covered'}, {len(hit)} would lose {plural(deciders, 'decision-maker')}, and {plural(lost, 'person', 'people')} in all would be lost"
    if revenue:
        worth = money(risk, scan.currency)
        zh += f"；风险收入 {worth.zh}（{risk / revenue:.0%}）"
        en += f"; revenue at risk: {worth.en} ({risk / revenue:.0%})"
    found = [
        Finding(
            kind="without",
            subjects=tuple(c.people[p][0] for p in people),
            value=risk,
            rule=RULE,
            sentence=Words(zh + "。", en + "."),
            certainty=CERTAIN,
            unit=scan.currency,
            urgency=3 if hit else 0,
        )
    ]
    bare = [r for r in rows if not r["stays"]]
    if bare:
        more = len(bare) - 3
        listed = [Words(**r["name"]) for r in bare[:3]]
        en = join(listed).en if more <= 0 else ", ".join(w.en for w in listed) + f" and {more} more"
        words = Words(
            f"届时我方无人覆盖（{len(bare)} 个客户）：{'、'.join(w.zh for w in listed)}{' 等' if more > 0 else ''}。",
            f"Nobody of ours would be left ({plural(len(bare), 'account')}): {en}.",
        )
        ids = tuple(r["id"] for r in bare[:20])
        found.append(
            Finding(
                kind="without-bare",
                subjects=ids,
                value=len(bare),
                rule=RULE,
                sentence=words,
                certainty=CERTAIN,
                unit="accounts",
                urgency=2,
            )
        )
    return frame(scan, "without", COLUMNS, rows, found, [NOTICE, *missing_money(scan)])
