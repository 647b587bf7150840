"""What the revenue is made of: regions, product categories and tiers, and how high our relations reach (M22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from powermap.analysis.text import CERTAIN, OPEN, money, percentage, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Figure, Organization, Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.account_units import own_homes
from powermap.portfolio.data.columns import OURS, THEIRS
from powermap.portfolio.questions.findings_table import frame, missing_money
from powermap.portfolio.questions.levels import node_levels
from powermap.words import Words, quoted

COLUMNS = (
    ("dimension", "维度", "By"),
    ("part", "构成", "Part"),
    ("accounts", "客户数", "Accounts"),
    ("revenue", "销售额", "Revenue"),
    ("share", "占比", "Share", "%"),
    ("before", "上一年占比", "Share a year before", "%"),
    ("change", "变化（百分点）", "Change (points)"),
)
DIMENSIONS = {
    "altitude": Words("关系高度", "relation altitude"),
    "region": Words("区域", "region"),
    "category": Words("品类", "product category"),
    "tier": Words("产品档次", "product tier"),
}
NOBODY, UNKNOWN = 10, 9
"""Altitudes after the levels 1 to 5: nobody covered, and level unknown."""
NOT_GIVEN = Words("未填", "not given")


@dataclass(frozen=True, slots=True)
class Sale:
    """Revenue of one account in one category: this year and the year before, in the main currency."""

    account: int
    category: str
    now: float
    before: float


def sales(scan: Scan, records: Records) -> list[Sale]:
    """Split the revenue of each account by category, where its figures do; the rest has none.

    The year is the account's own latest that is over; the total counts where one is given, as everywhere else.
    """
    place = {a.id: i for i, a in enumerate(scan.columns.accounts) if scan.summed[i]}
    home = own_homes(records)
    found: dict[int, dict[tuple[str, int], float]] = defaultdict(lambda: defaultdict(float))
    for figure in records.all(Figure):
        if figure.measure != "revenue" or figure.supplier or figure.on is None:
            continue
        if figure.on > scan.columns.as_of or figure.currency != scan.currency:
            continue
        for account_id in home.get(figure.account, ()):
            if account_id in place:
                found[place[account_id]][figure.category, figure.on.year] += figure.value
    rows = []
    for i, values in sorted(found.items()):
        year = scan.columns.accounts[i].year or 0
        parts: dict[int, dict[str, float]] = {}
        for y in (year, year - 1):
            kept = {c: v for (c, at), v in values.items() if at == y}
            total = kept.pop("", None)
            rest = 0.0 if total is None else total - sum(kept.values())
            # Categories that exceed the total aren't parts of it.
            parts[y] = {"": total or 0.0} if rest < 0 else {**kept, "": rest}
        for category in sorted(parts[year].keys() | parts[year - 1].keys()):
            now, before = parts[year].get(category, 0.0), parts[year - 1].get(category, 0.0)
            if now or before:
                rows.append(Sale(i, category, now, before))
    return rows


def altitudes(scan: Scan, records: Records) -> list[int]:
    """Return the highest level that we cover in each account, 1 (top) to 5, else :data:`UNKNOWN` or :data:`NOBODY`."""
    c = scan.columns
    found = [NOBODY] * len(c.accounts)
    level = node_levels(c, records)
    for arc in np.flatnonzero((c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS)).tolist():
        node = int(c.dst[arc])
        found[int(c.block[node])] = min(found[int(c.block[node])], level.get(node, UNKNOWN))
    return found


def _altitude(value: int, names: dict[int, Words]) -> Words:
    if value == NOBODY:
        return Words("无人覆盖", "nobody covered")
    if value == UNKNOWN:
        return Words("层级未知", "level unknown")
    name = names.get(value, Words("", ""))
    return Words(f"第 {value} 层 {name.zh}".strip(), f"level {value} {name.en}".strip())


def _plain(text: str) -> Words:
    return Words(text, text) if text else NOT_GIVEN


def mix_rows(scan: Scan, records: Records, pack: Pack) -> list[dict[str, Any]]:
    """One row for each part of each dimension; altitudes from the top, the others by revenue."""
    accounts, high = scan.columns.accounts, altitudes(scan, records)
    names = {int(r["value"]): Words(r["zh"], r["en"]) for r in pack.topic("levels")["level"]}
    tier = {o.id: o.product_tier for o in records.all(Organization)}
    sold = sales(scan, records)
    by: dict[str, dict[Words, list[Sale]]] = {d: defaultdict(list) for d in DIMENSIONS}
    place: dict[Words, int] = {}
    for sale in sold:
        account = accounts[sale.account]
        top = _altitude(high[sale.account], names)
        place[top] = high[sale.account]
        by["altitude"][top].append(sale)
        by["region"][_plain(account.region)].append(sale)
        by["category"][_plain(sale.category)].append(sale)
        by["tier"][_plain(tier.get(account.id, ""))].append(sale)
    now, before = sum(s.now for s in sold), sum(s.before for s in sold)
    rows = []
    for dimension, parts in by.items():
        part_rows = [_row(dimension, words, part, now, before) for words, part in parts.items()]
        part_rows.sort(key=lambda r: (-r["revenue"], r["part"]["en"]))
        if dimension == "altitude":
            part_rows.sort(key=lambda r: place[Words(**r["part"])])
            for row in part_rows:
                row["level"] = place[Words(**row["part"])]
        rows += part_rows
    return rows


def _row(dimension: str, words: Words, part: Iterable[Sale], now: float, before: float) -> dict[str, Any]:
    held = list(part)
    revenue, was = sum(s.now for s in held), sum(s.before for s in held)
    share, old = revenue / now if now else 0.0, was / before if before else None
    return {
        "key": dimension,
        "dimension": DIMENSIONS[dimension]._asdict(),
        "part": words._asdict(),
        "accounts": len({s.account for s in held}),
        "revenue": revenue,
        "share": percentage(share),
        "before": None if old is None else percentage(old),
        "change": None if old is None else round(percentage(share) - percentage(old), 1),
    }


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer what the revenue is made of, and how that has changed within a year."""
    numbers = pack.topic("portfolio")["mix"]
    low, alarm = int(numbers["low"]), float(numbers["share"])
    rule = Rule(
        "composition of revenue",
        Words(
            f"各客户最近一个完整年度的销售额，与其上一年相比；关系高度 = 我方覆盖到的最高层级（1 最高，按今天的覆盖）；"
            f"最高只到第 {low} 层或更低（或无人覆盖）的销售额达 {alarm:g}% 即报警",
            f"revenue of each account's latest finished year, beside the year before; relation altitude = the highest level that we cover (1 is the top, by today's coverage); "
            f"the alarm rings when {alarm:g}% of the revenue reach no higher than level {low}, or have nobody covered",
        ),
    )
    rows = mix_rows(scan, records, pack)
    total = sum(r["revenue"] for r in rows if r["key"] == "altitude")
    if not total:
        words = Words(
            "没有一个客户有销售额，看不出构成：请补“数字”表（指标：销售额，品类）。",
            "No account has revenue, so there is no composition: bring the sheet of figures (measure revenue, with category).",
        )
        finding = Finding(
            kind="mix", subjects=(), value=None, rule=rule, sentence=words, certainty=OPEN, urgency=1
        )
        return frame(scan, "mix", COLUMNS, (), [finding], [])
    found = [
        _low(scan, rows, low, alarm, total, rule),
        *(f for d in ("region", "category", "tier") for f in _largest(rows, d, rule)),
    ]
    return frame(scan, "mix", COLUMNS, rows, found, [*missing_money(scan), *_missing(rows)])


def _low(scan: Scan, rows: list[dict[str, Any]], low: int, alarm: float, total: float, rule: Rule) -> Finding:
    held = [
        r for r in rows if r["key"] == "altitude" and (low <= r["level"] < UNKNOWN or r["level"] == NOBODY)
    ]
    revenue, count = sum(r["revenue"] for r in held), sum(r["accounts"] for r in held)
    worth, share = money(revenue, scan.currency), 100 * revenue / total
    whole = money(total, scan.currency)
    zh = f"销售额 {whole.zh}中，{worth.zh}（{share:.0f}%，{count} 个客户）的关系最高只到第 {low} 层或更低"
    en = f"Of {whole.en} of revenue, {worth.en} ({share:.0f}%, {plural(count, 'account')}) rest on relations that reach no higher than level {low}"
    if bare := sum(r["accounts"] for r in held if r["level"] == NOBODY):
        zh, en = f"{zh}，或无人覆盖（{bare} 个客户）", f"{en}, or on none ({plural(bare, 'account')})"
    urgency = 2 if share >= alarm else 0
    words = Words(zh + "。", en + ".")
    return Finding(
        kind="mix-altitude",
        subjects=(),
        value=round(share, 1),
        rule=rule,
        sentence=words,
        certainty=CERTAIN,
        unit="%",
        urgency=urgency,
    )


def _largest(rows: list[dict[str, Any]], dimension: str, rule: Rule) -> list[Finding]:
    """Name the largest part of a dimension, and the one whose share has moved most."""
    parts = [r for r in rows if r["key"] == dimension]
    given = [r for r in parts if Words(**r["part"]) != NOT_GIVEN]
    if not given or len(parts) < 2:
        return []
    name, first = DIMENSIONS[dimension], given[0]
    zh = f"按{name.zh}：最大的是{quoted(first['part']['zh'])}，占 {first['share']:g}%"
    en = f"By {name.en}: the largest part is {first['part']['en']} with {first['share']:g}%"
    moved = max(given, key=lambda r: abs(r["change"] or 0))
    if abs(moved["change"] or 0) >= 1:
        zh += f"；变化最大的是{quoted(moved['part']['zh'])}（{moved['before']:g}% → {moved['share']:g}%）"
        en += f"; the share of {moved['part']['en']} has moved most ({moved['before']:g}% → {moved['share']:g}%)"
    words = Words(zh + "。", en + ".")
    return [
        Finding(
            kind="mix-largest",
            subjects=(dimension,),
            value=first["share"],
            rule=rule,
            sentence=words,
            certainty=CERTAIN,
            unit="%",
        )
    ]


def _missing(rows: list[dict[str, Any]]) -> list[Words]:
    notes = []
    for dimension, zh, en in (
        ("region", "请在“组织”表中填区域", "give the region in the sheet organizations"),
        ("category", "请在“数字”表中填品类", "give the category in the sheet of figures"),
        ("tier", "请在“组织”表中填产品档次", "give product_tier in the sheet organizations"),
    ):
        for row in rows:
            if row["key"] == dimension and Words(**row["part"]) == NOT_GIVEN:
                name, count = DIMENSIONS[dimension], row["accounts"]
                notes.append(
                    Words(
                        f"{count} 个客户（占 {row['share']:g}%）没有{name.zh}：{zh}。",
                        f"{plural(count, 'account')} ({row['share']:g}%) without {name.en}: {en}.",
                    )
                )
    for row in rows:
        if row["key"] == "altitude" and row["level"] == UNKNOWN:
            count = row["accounts"]
            notes.append(
                Words(
                    f"{count} 个客户所覆盖的人都没有层级：请在“人员”表中填层级。",
                    f"In {plural(count, 'account')} nobody whom we cover has a level: give it in the sheet people.",
                )
            )
    return notes
