"""The scan in sentences and tables, with the same kinds of findings as the answers about one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from powermap.analysis.cover import COVER
from powermap.analysis.fragility import RULE
from powermap.analysis.rules.single import STATES, state
from powermap.analysis.text import CERTAIN, join, money, plural
from powermap.errors import AnalysisError
from powermap.findings import Answer, Finding, Rule
from powermap.kernels.blocks import Ints
from powermap.method import Pack, load_pack
from powermap.portfolio.account_scan import TINY, Scan
from powermap.portfolio.data.columns import OURS, THEIRS
from powermap.portfolio.questions.findings_table import comparable, content, frame, missing_money
from powermap.portfolio.questions.single_owner_load import note, truck_factors
from powermap.words import Words

NOTICE = Words(
    "此表用于为客户关系安排后备，不得用于对员工的评价或任何人事决定。",
    "This is for giving accounts a second pair of hands; it is not for judging people, nor for any employment decision.",
)
MONEY = Words(
    "风险收入 = 最近一个完整年度的销售额 × 失去此人后够不着的决策份额 ÷ 原来够得着的份额",
    "revenue at risk = revenue of the latest finished year × the part of the reachable decision that is out of reach without that person",
)
TRUCK = Rule(
    "truck factor",
    Words(
        "按失去的价值从大到小依次移除我方人员，直到一半以上的价值无人覆盖",
        "our people removed, largest loss first, until more than half of the value has nobody left",
    ),
)
ACCOUNTS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("revenue", "销售额", "Revenue"),
    ("at_risk", "风险收入", "Revenue at risk"),
    ("owner", "我方单点", "Single owner"),
    ("contact", "客户单点", "Single contact"),
    ("ways", "互不依赖的通路", "Fewest disjoint ways"),
    ("owners", "有效负责人", "Effective owners"),
    ("truck", "走几人就丢一半", "Truck factor"),
    ("state", "状态", "State"),
)
OWNERS = (
    ("name", "我方人员", "Our person"),
    ("accounts", "客户数", "Accounts"),
    ("single", "单点客户数", "Accounts that hang on them"),
    ("at_risk", "离开时的风险收入", "Revenue at risk on leaving"),
    ("lost", "够不着的决策者", "Decision-makers out of reach"),
    ("people", "失去的联系人", "People lost"),
)
CONTACTS = (
    ("name", "对方人员", "Their person"),
    ("account", "客户", "Account"),
    ("at_risk", "调离时的风险收入", "Revenue at risk on moving"),
    ("lost", "够不着的决策者", "Decision-makers out of reach"),
    ("people", "失去的联系人", "People lost"),
)


def states(scan: Scan) -> list[str]:
    """Name the state of every account, a key of :data:`powermap.analysis.rules.single.STATES`."""
    c = scan.columns
    covered = np.bincount(c.block[c.side == OURS], minlength=len(c.accounts)) > 0
    ours, theirs = scan.worst(OURS) >= 0, scan.worst(THEIRS) >= 0
    return [
        state(
            covered=bool(covered[i]),
            fewest=int(scan.fewest[i]),
            reached=bool(scan.reached[i] > TINY),
            ours=bool(ours[i]),
            theirs=bool(theirs[i]),
        )
        for i in range(len(c.accounts))
    ]


def with_truck_factor(scan: Scan, most: int) -> list[dict[str, Any]]:
    """Return the rows of the accounts, each with its truck factor up to `most`; None where no way leads to a decision."""
    number = {a.id: int(t) for a, t in zip(scan.columns.accounts, truck_factors(scan, most), strict=True)}
    return [{**row, "truck": t if (t := number[row["id"]]) >= 0 else None} for row in account_rows(scan)]


def _called(scan: Scan, node: int) -> Words:
    words: Words = scan.columns.people[int(scan.columns.person[node])][1]
    return words


def single_names(scan: Scan, side: int) -> dict[int, list[dict[str, str]]]:
    """Return number of the account -> names of all its single owners (or contacts), who loses most first."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for node in scan.singles(side).tolist():
        found[int(scan.columns.block[node])].append(_called(scan, node)._asdict())
    return found


def account_rows(scan: Scan) -> list[dict[str, Any]]:
    """One row an account, by revenue at risk on our side, then revenue, then name; other currencies after the main one."""
    c = scan.columns
    ours = scan.worst(OURS)
    named = {side: single_names(scan, side) for side in (OURS, THEIRS)}
    risk, risk_theirs = scan.at_risk(OURS), scan.at_risk(THEIRS)
    rows = []
    for i, (account, kind) in enumerate(zip(c.accounts, states(scan), strict=True)):
        rows.append(
            {
                "id": account.id,
                "name": account.name._asdict(),
                "grade": account.grade,
                "region": account.region,
                "revenue": account.revenue,
                "currency": account.currency,
                "at_risk": round(float(risk[i]), 2) if account.revenue is not None else None,
                "at_risk_contact": round(float(risk_theirs[i]), 2) if account.revenue is not None else None,
                "owner": named[OURS].get(i, []),
                "contact": named[THEIRS].get(i, []),
                "part_lost": float(max(scan.part_lost[ours[i]], 0.0)) if ours[i] >= 0 else 0.0,
                "ways": int(scan.fewest[i]) if scan.fewest[i] >= 0 else None,
                "owners": round(float(scan.owners[i]), 2),
                "contacts": round(float(scan.contacts[i]), 2),
                "ground": account.ground,
                "last_met": account.last_met.isoformat() if account.last_met else None,
                "key": kind,
                "state": STATES[kind]._asdict(),
            }
        )
    return sorted(
        rows,
        key=lambda r: (
            comparable(r, scan.currency),
            -(r["at_risk"] or 0),
            -(r["revenue"] or 0),
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def owner_rows(scan: Scan) -> list[dict[str, Any]]:
    """One row for each of our people: what is out of reach if that person leaves, most harm first."""
    c = scan.columns
    nodes = np.flatnonzero(c.side == OURS)
    of: dict[int, list[int]] = defaultdict(list)
    for node in nodes.tolist():
        of[int(c.person[node])].append(node)
    worth = (
        scan.part_lost * np.where(scan.summed, scan.revenue, 0.0)[c.block] if len(c.accounts) else np.zeros(0)
    )
    rows = []
    for person, held in of.items():
        at: Ints = np.array(held)
        person_id, words = c.people[person]
        rows.append(
            {
                "id": person_id,
                "name": words._asdict(),
                "accounts": len(held),
                "single": int(scan.single[at].sum()),
                "at_risk": round(float(worth[at].sum()), 2),
                "lost": int(scan.targets_lost[at].sum()),
                "people": int(scan.people_lost[at].sum()),
                "nodes": [n for n in held if scan.single[n]],
            }
        )
    return sorted(
        rows, key=lambda r: (-r["at_risk"], -r["single"], -r["people"], r["name"]["en"], content(r), r["id"])
    )


def contact_rows(scan: Scan) -> list[dict[str, Any]]:
    """One row for each contact without whom some decision-maker is out of reach, most harm first."""
    c = scan.columns
    rows = []
    for node in np.flatnonzero(scan.single & (c.side == THEIRS)).tolist():
        account = c.accounts[c.block[node]]
        known = account.revenue is not None
        rows.append(
            {
                "id": c.people[c.person[node]][0],
                "name": _called(scan, node)._asdict(),
                "account": account.name._asdict(),
                "revenue": account.revenue,
                "currency": account.currency,
                "at_risk": round(float(scan.part_lost[node] * scan.revenue[c.block[node]]), 2)
                if known
                else None,
                "lost": int(scan.targets_lost[node]),
                "people": int(scan.people_lost[node]),
            }
        )
    return sorted(
        rows,
        key=lambda r: (
            comparable(r, scan.currency),
            -(r["at_risk"] or 0),
            -r["lost"],
            -r["people"],
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def _listed(found: list[Words], more: int) -> Words:
    """Join names; with `more` to follow, without the closing *and*."""
    words = join(found)
    return Words(words.zh, ", ".join(w.en for w in found)) if more else words


def headline(scan: Scan) -> Finding:
    """Say first what a manager must know: how many accounts, and how much money, hang on single people of ours."""
    c = scan.columns
    single = scan.worst(OURS) >= 0
    count, total = int(single.sum()), len(c.accounts)
    risk = float(scan.at_risk(OURS)[scan.summed].sum())
    revenue = float(scan.revenue[scan.summed].sum())
    zh, en = (
        f"{total:,} 个客户中有 {count:,} 个系于我方某一人"
        if count
        else f"{total:,} 个客户中没有一个系于我方某一人",
        f"{f'{count:,}' if count else 'None'} of {plural(total, 'account')} {'hang' if count > 1 else 'hangs'} on one person of ours",
    )
    if not total:
        zh, en = (
            "还没有客户：`powermap import FILE` 导入",
            "No accounts yet: `powermap import FILE` brings them in",
        )
    if revenue and count:
        zh += f"；每个客户走掉这样一人，共 {money(risk, scan.currency).zh}销售额（{risk / revenue:.0%}）失去通往决策者的路"
        en += f"; one such person gone in each, {money(risk, scan.currency).en} of revenue ({risk / revenue:.0%}) would lose its way to the decision"
    urgency = 3 if count else 0
    subjects = tuple(a.id for a, s in zip(c.accounts, single, strict=True) if s)[:20]
    return Finding(
        kind="single-owner",
        subjects=subjects,
        value=count,
        rule=RULE,
        sentence=Words(zh + "。", en + "."),
        certainty=CERTAIN,
        unit="accounts",
        urgency=urgency,
    )


def findings(scan: Scan, most: int) -> list[Finding]:
    """State what hangs on whom over all accounts, most urgent first; a truck factor above `most` people is no news."""
    found = [headline(scan), *_owners_leaving(scan), *_contacts_moving(scan), *_without_way(scan)]
    if 0 < len(scan.truck_factor) <= most:
        found.append(_truck_factor(scan))
    return sorted(found, key=lambda f: -f.urgency)


def _owners_leaving(scan: Scan) -> Iterator[Finding]:
    """Say of the five of ours on whom most hangs what would be lost without each."""
    for row in [r for r in owner_rows(scan) if r["single"]][:5]:
        name, count = Words(**row["name"]), row["single"]
        worth = money(row["at_risk"], scan.currency)
        zh = f"{name.zh} 离开，{count} 个客户的 {row['lost']} 位决策者够不着，共失去 {row['people']} 人"
        en = f"Without {name.en}, {plural(row['lost'], 'decision-maker')} in {plural(count, 'account')} would be out of reach and {plural(row['people'], 'person', 'people')} lost"
        if row["at_risk"]:
            zh, en = f"{zh}，风险收入 {worth.zh}", f"{en}; revenue at risk: {worth.en}"
        yield Finding(
            kind="single-owner", subjects=(row["id"],), value=row["at_risk"], rule=RULE, sentence=Words(zh + "。", en + "."),
            certainty=CERTAIN, unit=scan.currency, urgency=2,
        )  # fmt: skip


def _contacts_moving(scan: Scan) -> Iterator[Finding]:
    """Say of the three of theirs through whom most ways run what each stands for."""
    for row in contact_rows(scan)[:3]:
        name, account = Words(**row["name"]), Words(**row["account"])
        words = Words(
            f"{account.zh}：通往 {row['lost']} 位决策者的每条路都经过 {name.zh}。",
            f"{account.en}: every way to {plural(row['lost'], 'decision-maker')} runs through {name.en}.",
        )
        yield Finding(
            kind="single-contact", subjects=(row["id"],), value=row["lost"], rule=RULE, sentence=words, certainty=CERTAIN,
            unit="decision-makers", urgency=1,
        )  # fmt: skip


WAYLESS = (
    ("none", "no-cover", Words("我方没有人覆盖", "Nobody of ours covers")),
    (
        "blind",
        "no-way",
        Words("有人覆盖，却没有路通到决策者", "Covered, but without a way to any decision-maker"),
    ),
    ("unknown", "no-target", Words("不知道谁是决策者", "Nobody is known to decide in")),
)
"""State of an account without a way to a decision -> kind of the finding, and its words."""


def _without_way(scan: Scan) -> Iterator[Finding]:
    """Say which accounts have no way to a decision, for each reason the three largest by name."""
    kinds = states(scan)
    for key, kind, said in WAYLESS:
        chosen = [a for a, k in zip(scan.columns.accounts, kinds, strict=True) if k == key]
        if not chosen:
            continue
        chosen.sort(key=lambda a: (-(a.revenue or 0), a.name.en))
        more = max(0, len(chosen) - 3)
        listed = _listed([a.name for a in chosen[:3]], more)
        words = Words(
            f"{said.zh}（{len(chosen)} 个客户）：{listed.zh}{' 等' if more else ''}。",
            f"{said.en} ({plural(len(chosen), 'account')}): {listed.en}{f' and {more} more' if more else ''}.",
        )
        yield Finding(
            kind=kind, subjects=tuple(a.id for a in chosen[:20]), value=len(chosen), rule=COVER, sentence=words,
            certainty=CERTAIN, unit="accounts", urgency=2,
        )  # fmt: skip


def _truck_factor(scan: Scan) -> Finding:
    """Say without how few of ours more than half of the value has nobody left."""
    gone, people = scan.truck_factor, scan.columns.people
    more = max(0, len(gone) - 3)
    listed = _listed([people[p][1] for p in gone[:3]], more)
    words = Words(
        f"只要 {len(gone)} 人离开（{listed.zh}{' 等' if more else ''}），一半以上的客户价值就无人覆盖。",
        f"If {plural(len(gone), 'person leaves', 'people leave')} ({listed.en}{f' and {more} more' if more else ''}), more than half of the value has nobody left.",
    )
    return Finding(
        kind="truck-factor", subjects=tuple(people[p][0] for p in gone[:20]), value=len(gone), rule=TRUCK, sentence=words,
        certainty=CERTAIN, unit="people", urgency=1,
    )  # fmt: skip


def answer(scan: Scan, question: str = "accounts", pack: Pack | None = None) -> Answer:
    """Answer a question over all accounts.

    Parameters
    ----------
    scan
        What :func:`powermap.portfolio.scan` returned.
    question
        ``accounts``, ``owners`` (if one of ours leaves) or ``contacts`` (if one of theirs moves).
    pack
        The rule pack, for how many people leaving are news; default the built-in one.

    Raises
    ------
    AnalysisError
        If there is no such question.
    """
    limits = (pack or load_pack()).topic("portfolio")["truck"]
    most = int(limits["account"])
    tables: dict[str, tuple[tuple[tuple[str, str, str], ...], Callable[[Scan], list[dict[str, Any]]]]] = {
        "accounts": (ACCOUNTS, lambda scan: with_truck_factor(scan, most)),
        "owners": (OWNERS, owner_rows),
        "contacts": (CONTACTS, contact_rows),
    }
    if question not in tables:
        raise AnalysisError(
            Words(f"没有“{question}”这个问题", f"{question!r} is no question"),
            hint=Words("可选：" + "、".join(tables), "questions: " + ", ".join(tables)),
        )
    columns, rows = tables[question]
    c = scan.columns
    notes = [MONEY, NOTICE, *missing_money(scan)]
    if question == "accounts":
        notes.insert(0, note(most))
    guessed = sum(a.ground == "rank" and n >= 0 for a, n in zip(c.accounts, scan.fewest, strict=True))
    if guessed:
        notes.append(
            Words(
                f"{guessed} 个客户的决策者按职级推定（最高一层）。",
                f"In {plural(guessed, 'account')} the decision-makers are assumed by rank (the top level).",
            )
        )
    return frame(scan, question, columns, rows(scan), findings(scan, int(limits["all"])), notes)
