"""The needs of all customers in one pool: ranked, with what our roadmap answers and whom else a solution would fit (M76, M118, M125, M131)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from powermap.analysis.needs import RULE, Need, is_lead, match, named, pool, row
from powermap.analysis.text import CERTAIN, join, percent, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Deal, Figure, Organization, Records, accounts_of
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.account_units import own_homes
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import lenses
from powermap.words import Words, by_language

SIMILAR = Rule(
    "similar accounts",
    Words(
        "与已回应的客户同一行业、买同一品类、还没有被这一路标回应的客户",
        "accounts of the industry of those that a roadmap item answers, which buy its category and aren't answered by it yet",
    ),
)
COLUMNS = (
    ("name", "客户", "Account"),
    ("need", "需求", "Need"),
    ("horizon", "期限", "Horizon"),
    ("state", "状态", "State"),
    ("value", "金额", "Value"),
    ("clarity", "清晰度", "Clarity"),
    ("weight", "金额 × 清晰度", "Value × clarity"),
    ("missing", "不清楚的", "Not clear"),
    ("serves", "服务于客户的目标", "Serves their goal"),
    ("answered", "路标回应", "Answered by our roadmap"),
    ("finder", "谁发现", "Found by"),
    ("ahead", "提前铺垫", "Prepare ahead"),
)


@dataclass(frozen=True, slots=True)
class Solution:
    """An item of our roadmap: the needs it answers, with their accounts, and the accounts that are similar and not answered yet."""

    item: Deal
    answers: tuple[str, ...]
    accounts: tuple[str, ...]
    similar: tuple[Organization, ...]


def solutions(records: Records) -> tuple[Solution, ...]:
    """Return the items of our roadmap, each with whom else it would fit (M125)."""
    home, deals = own_homes(records), {d.id: d for d in records.all(Deal)}
    accounts = {o.id: o for o in accounts_of(records)}
    buys: dict[str, set[str]] = {}
    bought: list[Deal | Figure] = [*deals.values(), *records.all(Figure)]
    for thing in bought:
        for account in home.get(thing.account, ()):
            buys.setdefault(account, set()).add(thing.category)
    found = []
    for item in deals.values():
        if not item.answers:
            continue
        needs = [deals[n] for n in item.answers if n in deals]
        served = tuple(dict.fromkeys(a for n in needs for a in home.get(n.account, ())))
        kinds = {item.category} if item.category else {n.category for n in needs} - {""}
        industries = {accounts[a].industry for a in served} - {""}
        alike = [
            o
            for o in accounts.values()
            if o.id not in served and o.industry in industries and kinds & buys.get(o.id, set())
        ]
        found.append(Solution(item, tuple(n.id for n in needs), served, tuple(alike)))
    return tuple(found)


def ranked(views: Iterable[Lens], currency: str) -> list[tuple[Lens, Need]]:
    """Return the open needs, the largest value × clarity first; those in another currency come after."""
    found = [(lens, need) for lens in views for need in pool(lens)]
    return sorted(
        found,
        key=lambda f: (
            f[1].deal.currency not in ("", currency),
            -f[1].weight,
            f[0].account.name,
            f[1].deal.name,
        ),
    )


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer what all customers need, ranked, and what of it our roadmap answers."""
    found = ranked(lenses(records, pack, scan.columns.as_of, list(accounts_of(records))), scan.currency)
    rows: list[dict[str, Any]] = []
    for lens, need in found:
        name = by_language(lens.account.name, lens.account.name_alt)._asdict()
        rows.append(
            {
                **row(lens, need),
                "account_id": lens.account.id,
                "name": name,
                "grade": lens.account.grade,
                "weight": round(need.weight, 2) or None,
                "currency": need.deal.currency,
            }
        )
    return frame(scan, "needs", COLUMNS, rows, [_head(found), *_fits(records)])


def _head(found: Sequence[tuple[Lens, Need]]) -> Finding:
    part = match(tuple(n for _, n in found))
    leads = sum(is_lead(lens, n) for lens, n in found)
    ahead = sum(n.ahead for _, n in found)
    if part is None:
        words = Words("没有记下未结的需求。", "No open need is on record.")
    else:
        words = Words(
            f"{len(found)} 个未结的需求，路标回应 {percent(part)}；{ahead} 个要提前铺垫，{leads} 条线索来自只管拜访的客户。",
            f"{plural(len(found), 'open need')}, {percent(part)} answered by our roadmap; {ahead} to prepare ahead, "
            f"{plural(leads, 'lead')} from customers that are only visited.",
        )
    return Finding(
        kind="needs", subjects=tuple(n.deal.id for _, n in found[:20]), value=part, rule=RULE, sentence=words, certainty=CERTAIN,
        urgency=1 if ahead else 0,
    )  # fmt: skip


def _fits(records: Records) -> list[Finding]:
    told = []
    for s in solutions(records):
        what, count = named(s.item), len(s.answers)
        others = join([by_language(o.name, o.name_alt) for o in s.similar])
        more = (
            Words(f"；同类客户可复制：{others.zh}", f"; similar accounts: {others.en}")
            if s.similar
            else Words("", "")
        )
        told.append(
            Finding(
                kind="roadmap", subjects=(s.item.id, *(o.id for o in s.similar)), value=count, rule=SIMILAR, certainty=CERTAIN,
                sentence=Words(f"路标“{what.zh}”回应 {count} 个需求{more.zh}。", f"{what.en} of our roadmap answers {plural(count, 'need')}{more.en}."),
            )
        )  # fmt: skip
    return told
