"""Which new relation removes most of what hangs on single people, account by account, within a budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from powermap.analysis.text import CERTAIN, money, percentage, plural
from powermap.errors import AnalysisError
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import TINY, Scan
from powermap.portfolio.data.columns import OURS, THEIRS
from powermap.portfolio.questions.findings import NOTICE, single_names
from powermap.portfolio.questions.findings_table import content, frame, missing_money
from powermap.portfolio.questions.levels import node_levels
from powermap.portfolio.questions.repair_search import NEWCOMER, Costs, Repair, hanging_part, repairs
from powermap.words import Words

COLUMNS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("hangs", "现在系于", "Hangs on"),
    ("relations", "新关系（引见人）", "New relation (introduced by)"),
    ("introductions", "引见次数", "Introductions"),
    ("effort", "投入（天）", "Effort (days)"),
    ("gain", "不再系于一人的销售额", "Revenue freed from one person"),
    ("part", "相应决策份额", "Part of the decision", "%"),
)
SOMEBODY = Words("一位新同事", "a new colleague")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much to repair: at most so many accounts, or so many days of effort; both None is no limit."""

    count: int | None = None
    days: float | None = None

    @classmethod
    def read(cls, text: str) -> Budget:
        """Read ``5`` (five accounts) or ``20d`` (twenty days)."""
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(d|days?|天)?\s*", text)
        if match is None or (not match[2] and "." in match[1]):
            raise AnalysisError(
                Words(f"看不懂预算“{text}”", f"{text!r} is no budget"),
                hint=Words(
                    "5 表示五家客户，20d 表示二十天投入", "5 is five accounts, 20d is twenty days of effort"
                ),
            )
        return cls(days=float(match[1])) if match[2] else cls(count=int(match[1]))

    def choose(self, rows: Sequence[dict[str, Any]], currency: str) -> list[dict[str, Any]]:
        """Choose rows, which come by gain: the first ones; or, for days, by gain per day while they fit.

        Gains in another currency than `currency` can't be compared, so these rows come after.
        """
        if self.days is None:
            return list(rows[: self.count])
        left, chosen = self.days, []
        for row in sorted(rows, key=lambda r: (_group(r, currency), -_worth(r) / r["effort"])):
            if row["effort"] <= left:
                chosen.append(row)
                left -= row["effort"]
        return chosen


def _group(row: dict[str, Any], currency: str) -> tuple[int, str]:
    """Rows whose gains can be compared: those in the main currency, then each other one, last without any gain."""
    if not row["gain"]:
        return 2, ""
    return (0, "") if row["currency"] == currency else (1, row["currency"])


def _worth(row: dict[str, Any]) -> float:
    return float(row["gain"] or 0) + TINY * float(row["part"])


def _rule(costs: Costs, budget: Budget, currency: str) -> Rule:
    zh = (
        f"系于一人的销售额 = 最近一个完整年度的销售额 × 只要少一个人就够不着的决策份额；修复 = 补上新关系后，任何一个人离开都不再切断决策者；"
        f"投入 = 每次引见 {costs.introduction:g} 天，级差超过一级每级 {costs.level:g} 天（不知道级别按两级），不熟悉该客户的新同事另加 {costs.newcomer:g} 天；"
        "所列新关系是按今天能得到的引见算最省的一组"
    )
    en = (
        "revenue hanging on one person = revenue of the latest finished year × the part of the decision that a single person could cut off; "
        "repaired: with the new relation nobody's leaving cuts a decision-maker off; "
        f"effort: {costs.introduction:g} days an introduction, {costs.level:g} for each level apart beyond one (two where a level is unknown), {costs.newcomer:g} more for a colleague new to the account; "
        "the new relations are the cheapest set there is, by the introductions that can be had today"
    )
    kind, kind_zh = (f" {currency}", f" {currency} ") if currency else ("", "")
    if budget.count is not None:
        zh += (
            f"；预算内取{kind_zh}销售额减少最多的客户：各客户互不影响，没有别的选法让{kind_zh}销售额减少更多"
        )
        en += f"; within the budget the accounts that gain most{' in' if kind else ''}{kind}: accounts don't affect each other, so no choice frees more{kind}"
    elif budget.days is not None:
        zh += "；预算内按每天收效从大到小取（贪心，不保证最优）"
        en += "; within the budget by gain per day, greedily, which need not be the best choice"
    if currency:
        zh += f"；不同币种的销售额无法相比：先列 {currency} 的客户，再逐个币种列其他"
        en += f"; revenues in different currencies can't be compared: accounts in {currency} come first, then the others, currency by currency"
    return Rule("repair", Words(zh, en))


def _called(scan: Scan, node: int) -> Words:
    if node == NEWCOMER:
        return SOMEBODY
    words: Words = scan.columns.people[int(scan.columns.person[node])][1]
    return words


def _row(scan: Scan, repair: Repair, hangs: list[dict[str, str]]) -> dict[str, Any]:
    account = scan.columns.accounts[repair.account]
    freed = repair.before - repair.after
    lines = [
        (_called(scan, r.owner), _called(scan, r.contact), _called(scan, r.by)) for r in repair.relations
    ]
    return {
        "id": account.id,
        "account_id": account.id,
        "name": account.name._asdict(),
        "grade": account.grade,
        "revenue": account.revenue,
        "currency": account.currency,
        "hangs": hangs,
        "relations": [
            {"zh": f"{a.zh} → {b.zh}（{by.zh}）", "en": f"{a.en} → {b.en} ({by.en})"} for a, b, by in lines
        ],
        "first": [words._asdict() for words in lines[0]],
        "introductions": sum(r.introductions for r in repair.relations),
        "effort": repair.effort,
        "gain": round(float(scan.revenue[repair.account]) * freed, 2)
        if account.revenue is not None
        else None,
        "part": percentage(freed),
        "proven": repair.proven,
    }


def repair_rows(scan: Scan, records: Records, pack: Pack) -> list[dict[str, Any]]:
    """One row for each account that a repair helps, most revenue freed first, those in the main currency before others."""
    ours, theirs = single_names(scan, OURS), single_names(scan, THEIRS)
    rows = [
        _row(scan, r, [*ours.get(r.account, ()), *theirs.get(r.account, ())])
        for r in repairs(scan, node_levels(scan.columns, records), Costs.of(pack))
        if r.relations
    ]
    return sorted(
        rows,
        key=lambda r: (
            _group(r, scan.currency),
            -(r["gain"] or 0),
            -r["part"],
            r["effort"],
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def _headline(
    scan: Scan, rows: Sequence[dict[str, Any]], chosen: Sequence[dict[str, Any]], rule: Rule
) -> Finding:
    part = hanging_part(scan)
    total = float(np.where(scan.summed, part * scan.revenue, 0.0).sum())
    freed = sum(r["gain"] for r in chosen if r["gain"] and r["currency"] == scan.currency)
    effort, one = sum(r["effort"] for r in chosen), sum(len(r["relations"]) == 1 for r in rows)
    zh = f"{len(rows)} 个客户系于一人"
    en = f"{plural(len(rows), 'account hangs', 'accounts hang')} on single people"
    if not rows:
        zh, en = zh + "，无需修复", en + ": nothing to repair"
    elif one:
        zh, en = f"{zh}，其中 {one} 个只需一条新关系", f"{en}; for {one} of them one new relation is enough"
    else:
        zh, en = f"{zh}，一条新关系都不够", f"{en}; one new relation is not enough for any of them"
    if chosen:
        zh += f"；{'预算内 ' if len(chosen) < len(rows) else '全部 '}{len(chosen)} 个共需约 {effort:g} 天"
        en += f"; {'within the budget ' if len(chosen) < len(rows) else ''}{plural(len(chosen), 'repair takes', 'repairs take')} about {effort:g} days"
    elif rows:
        zh, en = zh + "；预算内一个也修不成", en + "; the budget is too small for any repair"
    if chosen and total:
        a, b = money(freed, scan.currency), money(total, scan.currency)
        zh += f"，{b.zh}系于一人的销售额中减少 {a.zh}（{freed / total:.0%}）"
        en += f" and {'free' if len(chosen) != 1 else 'frees'} {a.en} of {b.en} that hang on one person ({freed / total:.0%})"
    ids = tuple(r["id"] for r in chosen[:20])
    return Finding(
        kind="repairs",
        subjects=ids,
        value=len(rows),
        rule=rule,
        sentence=Words(zh + "。", en + "."),
        certainty=CERTAIN,
        unit="accounts",
        urgency=2 if rows else 0,
    )


def _sentence(scan: Scan, row: dict[str, Any], rule: Rule) -> Finding:
    name, a, b, by = (Words(**w) for w in (row["name"], *row["first"]))
    zh = f"{name.zh}：由 {by.zh} 引见，新建 {a.zh} → {b.zh}"
    en = f"{name.en}: {a.en} → {b.en}, introduced by {by.en}"
    if len(row["relations"]) > 1:
        more = len(row["relations"]) - 1
        zh, en = f"{zh}（另需 {more} 条）", f"{en} (and {plural(more, 'more relation')})"
    zh, en = f"{zh}，约 {row['effort']:g} 天", f"{en}, about {row['effort']:g} days"
    if row["gain"]:
        worth = money(row["gain"], row["currency"])
        zh += f"，{worth.zh}销售额不再系于一人"
        en += f"; {worth.en} of revenue no longer hangs on one person"
    words = Words(zh + "。", en + ".")
    return Finding(
        kind="repair",
        subjects=(row["id"],),
        value=row["gain"],
        rule=rule,
        sentence=words,
        certainty=CERTAIN,
        unit=row["currency"],
        urgency=1,
    )


def answer(scan: Scan, records: Records, pack: Pack, budget: Budget | None = None) -> Answer:
    """Answer which new relations to build first, so that no single person cuts a decision-maker off.

    Parameters
    ----------
    scan
        All accounts.
    records
        The records of the store, for people's levels.
    pack
        The rule pack, for the days of effort.
    budget
        How many accounts, or how many days; default no limit.
    """
    budget, costs = budget or Budget(), Costs.of(pack)
    rule = _rule(costs, budget, scan.currency)
    rows = repair_rows(scan, records, pack)
    chosen = budget.choose(rows, scan.currency)
    found = [_headline(scan, rows, chosen, rule), *(_sentence(scan, row, rule) for row in chosen[:5])]
    notes = [NOTICE, *missing_money(scan)]
    without = int(((scan.fewest >= 0) & (scan.reached <= TINY)).sum())
    if without:
        notes.append(
            Words(
                f"{without} 个客户没有一条路通到决策者：那里先要有第一条关系，不在此表。",
                f"{plural(without, 'account has', 'accounts have')} no way to a decision-maker at all: a first relation is needed there, not a repair.",
            )
        )
    open_ended = sum(not r["proven"] for r in rows)
    if open_ended:
        notes.append(
            Words(
                f"{open_ended} 个客户太大，未查完所有组合：那里或许还有更省的。",
                f"{plural(open_ended, 'account was', 'accounts were')} too large to try every set: something cheaper may be there.",
            )
        )
    unknown = int((scan.fewest < 0).sum())
    if unknown:
        notes.append(
            Words(
                f"{unknown} 个客户不知道谁决策：请在“决策链”表中标出决策者，或在“人员”表中填层级。",
                f"In {plural(unknown, 'account')} nobody is known to decide: mark decision-makers in the sheet committee, or give levels in the sheet people.",
            )
        )
    return frame(scan, "repairs", COLUMNS, chosen, found, notes)
