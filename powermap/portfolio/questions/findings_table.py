"""The frame that all answers about the portfolio share: head line, columns, and notes about what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from powermap.analysis.text import plural
from powermap.findings import Answer, Column, Finding
from powermap.model import Organization, Records
from powermap.portfolio.account_scan import Scan
from powermap.words import Words, by_language

Row = TypeVar("Row", bound=Mapping[str, Any])

EVERY = Words("全部客户", "All accounts")
NAMES = {
    "portfolio-accounts": Words("客户", "Accounts"),
    "portfolio-owners": Words("我方人员", "Our people"),
    "portfolio-contacts": Words("对方人员", "Their people"),
    "portfolio-health": Words("处境", "Health"),
    "portfolio-value": Words("价值与健康", "Value and health"),
    "portfolio-repairs": Words("修复", "Repairs"),
    "portfolio-wallet": Words("采购份额", "Share of wallet"),
    "portfolio-duty": Words("等级要求", "Duty by grade"),
    "portfolio-cold": Words("变冷的关系", "Going cold"),
    "portfolio-effort": Words("投入与销售额", "Effort and revenue"),
    "portfolio-mix": Words("销售额构成", "Revenue mix"),
    "portfolio-house": Words("房子", "Houses"),
    "portfolio-goals": Words("目标", "Goals"),
    "portfolio-review": Words("回顾", "Review"),
    "portfolio-needs": Words("需求池", "Needs"),
    "portfolio-insight": Words("洞察", "Insight"),
    "portfolio-briefings": Words("洞察包", "Briefings"),
    "portfolio-todo": Words("要做的事", "To do"),
    "portfolio-voices": Words("客户声音", "Voices"),
    "portfolio-satisfaction": Words("满意度", "Satisfaction"),
    "portfolio-without": Words("若离开", "If they leave"),
    "portfolio-since-accounts": Words("客户变化", "Changes of accounts"),
    "portfolio-since-owners": Words("我方人员变化", "Changes of our people"),
}
"""What each question is called, as a view of the page and a sheet of the workbook."""
AMOUNTS = {"revenue", "revenue_from", "at_risk", "risk_before", "gain", "white"}
"""Columns of money."""


def called(question: str) -> Words:
    """Return what a question is called; of one account as of all of them."""
    return NAMES[question if question in NAMES else f"portfolio-{question}"]


def frame(
    scan: Scan,
    question: str,
    columns: Sequence[tuple[str, ...]],
    rows: Iterable[Mapping[str, Any]],
    findings: Iterable[Finding] = (),
    notes: Iterable[Words] = (),
) -> Answer:
    """Make the answer to a question about all accounts; findings come most urgent first.

    Parameters
    ----------
    columns
        Key, Chinese and English header, and a unit if there is one. Where rows have a currency other than that of
        the sums, a column says which.
    """
    supplier, shown = scan.columns.supplier, tuple(rows)
    if any(row.get("currency", "") not in ("", scan.currency) for row in shown):
        first = next((i for i, c in enumerate(columns) if c[0] in AMOUNTS), len(columns))
        columns = (*columns[:first], ("currency", "币种", "Currency"), *columns[first:])
    return Answer(
        f"portfolio-{question}",
        ("", EVERY.en),
        supplier if supplier[0] else None,
        None,
        scan.columns.as_of,
        tuple(Column(c[0], Words(c[1], c[2]), c[3] if len(c) > 3 else "") for c in columns),
        shown,
        tuple(sorted(findings, key=lambda f: -f.urgency)),
        tuple(notes),
        {EVERY.en: EVERY},
    )


def missing_money(scan: Scan) -> list[Words]:
    """Say which accounts are not in the sums: those in another currency, and those without revenue."""
    accounts, notes = scan.columns.accounts, []
    left_out = sum(a.revenue is not None for a in accounts) - int(scan.summed.sum())
    if left_out:
        notes.append(
            Words(
                f"{left_out} 个客户的币种不是 {scan.currency}，未计入合计。",
                f"{plural(left_out, 'account')} in another currency than {scan.currency}: not in the sums.",
            )
        )
    missing = sum(a.revenue is None for a in accounts)
    if missing:
        notes.append(
            Words(
                f"{missing} 个客户没有销售额：请在“数字”表中补上（指标：销售额）。",
                f"{plural(missing, 'account')} without revenue: bring the sheet of figures (measure revenue).",
            )
        )
    return notes


def comparable(row: Mapping[str, Any], currency: str) -> tuple[int, str]:
    """Group rows whose amounts can be compared: those in `currency`, then each other one, last without any."""
    if row["revenue"] is None:
        return 2, ""
    return (0, "") if row["currency"] == currency else (1, row["currency"])


IDS = frozenset({"id", "account_id", "contact_id", "nodes", "alarm"})
"""What of a row is an id, or no part of it."""


def content(row: Mapping[str, Any]) -> str:
    """Return what a row says, without ids: what settles the order of rows that are level otherwise."""
    return json.dumps({k: v for k, v in row.items() if k not in IDS}, default=str, sort_keys=True)


def in_order(rows: Iterable[Row], key: Callable[[Row], tuple[Any, ...]]) -> list[Row]:
    """Sort rows by a key, and what that leaves level by what they say, at last by id."""
    found: list[Row] = []
    for _, level in groupby(sorted(rows, key=key), key):
        same = list(level)
        # To write a row down costs more than all the rest: only where it settles something.
        found += same if len(same) == 1 else sorted(same, key=lambda r: (content(r), r["id"]))
    return found


def names_of(records: Records) -> dict[str, Words]:
    """Return what each supplier is called, by id; an id that nobody has stands for itself."""
    found = _Names()
    for o in records.all(Organization):
        if o.type == "supplier":
            found[o.id] = by_language(o.name, o.name_alt)
    return found


class _Names(dict[str, Words]):
    def __missing__(self, key: str) -> Words:
        return Words(key, key)
