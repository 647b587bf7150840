"""Our share of what each customer buys, by product category: the alarm when sales rise and the share falls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from powermap.analysis.rules.wallet import ALL, VERDICTS, Amount, Limits, Series, alarm, series
from powermap.analysis.text import CERTAIN, OPEN, money, percentage, plural
from powermap.findings import Answer, Finding
from powermap.method import Pack
from powermap.model import Figure, Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.account_units import own_homes
from powermap.portfolio.data.columns import Account
from powermap.portfolio.questions.findings_table import content, frame, names_of
from powermap.words import Words

COLUMNS = (
    ("name", "客户", "Account"),
    ("category", "品类", "Category"),
    ("years", "年份", "Years"),
    ("revenue_from", "起始年销售额", "Sales, first year"),
    ("revenue", "末年销售额", "Sales, last year"),
    ("wallet", "末年采购总额", "They buy, last year"),
    ("shares", "逐年份额 %", "Share by year, %"),
    ("share", "末年份额", "Share, last year", "%"),
    ("elsewhere", "流向别处", "Gone elsewhere"),
    ("verdict", "判断", "Verdict"),
)


def series_of(records: Records, before: int, span: int) -> tuple[dict[str, list[Series]], set[str]]:
    """Add up the figures of every account.

    Returns
    -------
    tuple
        Account's id -> its series, and the accounts with sales of whole years.
    """
    home = own_homes(records)
    amounts: dict[str, list[Amount]] = defaultdict(list)
    selling = set()
    for f in records.all(Figure):
        if f.on is None or f.on.year >= before:
            continue
        for account in home.get(f.account, ()):
            amounts[account].append(
                Amount(f.measure, f.category, f.currency, f.on.year, f.value, f.supplier, f.source)
            )
            if f.measure == "revenue" and not f.supplier:
                selling.add(account)
    return {account: series(found, before, span) for account, found in amounts.items()}, selling


def wallet_rows(
    found: Mapping[str, Sequence[Series]],
    accounts: Iterable[Account],
    limits: Limits,
    called: Callable[[str], Words],
) -> list[dict[str, Any]]:
    """One row for each account and category, most gone elsewhere first, each with its alarm (None: there is none)."""
    rows = []
    for account in accounts:
        for s in found.get(account.id, ()):
            verdict, first, last = s.verdict(limits.points), s.years[0], s.years[-1]
            rows.append(
                {
                    "id": account.id,
                    "account_id": account.id,
                    "name": account.name._asdict(),
                    "grade": account.grade,
                    "category": s.category or ALL._asdict(),
                    "currency": s.currency,
                    "years": f"{first[0]}–{last[0]}" if len(s.years) > 1 else str(first[0]),
                    "revenue_from": first[1],
                    "revenue": last[1],
                    "wallet_from": first[2],
                    "wallet": last[2],
                    "shares": " → ".join(f"{100 * part:.3g}" for part in s.shares),
                    "share_from": percentage(s.shares[0]),
                    "share": percentage(s.shares[-1]),
                    "series": [list(year) for year in s.years],
                    "elsewhere": round(s.elsewhere, 2),
                    "key": verdict,
                    "verdict": VERDICTS[verdict]._asdict(),
                    "alarm": alarm(s, limits, account.id, called, account.name),
                }
            )
    return sorted(
        rows,
        key=lambda r: (
            -r["elsewhere"],
            -r["wallet"],
            r["name"]["en"],
            str(r["category"]),
            content(r),
            r["id"],
        ),
    )


def _gone(rows: Sequence[dict[str, Any]]) -> float:
    """Add up what goes elsewhere: of each account the total where it is among the rows, else its categories."""
    whole = {r["id"] for r in rows if not isinstance(r["category"], str)}
    return float(
        sum(r["elsewhere"] for r in rows if not isinstance(r["category"], str) or r["id"] not in whole)
    )


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer where our share of the customer's spend falls, above all where our sales rise and hide it."""
    limits = Limits.of(pack)
    rule, as_of = limits.rule, scan.columns.as_of
    found, selling = series_of(records, as_of.year, limits.years)
    rows = wallet_rows(found, scan.columns.accounts, limits, names_of(records).__getitem__)
    told = [r.pop("alarm") for r in rows]
    rising = [r for r in rows if r["key"] == "erosion"]
    known = len({r["id"] for r in rows})
    gone = _gone([r for r in rising if r["currency"] == scan.currency])
    zh = f"知道采购总额的 {known} 个客户中，{len({r['id'] for r in rising})} 个的销售额在涨、份额在跌"
    en = f"In {len({r['id'] for r in rising})} of {plural(known, 'account')} whose total spend is known our sales rise while our share falls"
    if gone:
        worth = money(gone, scan.currency)
        zh, en = f"{zh}，{worth.zh}流向别处", f"{en}; {worth.en} a year went elsewhere"
    if not known:
        zh = "没有一个客户的采购总额是已知的，算不出份额"
        en = "No account's total spend is known, so no share can be computed"
    words = Words(zh + "。", en + ".")
    ids, urgency = tuple(dict.fromkeys(r["id"] for r in rising))[:20], 3 if rising else 0 if known else 1
    sure = CERTAIN if known else OPEN
    head = Finding(
        kind="wallet",
        subjects=ids,
        value=len(rising),
        rule=rule,
        sentence=words,
        certainty=sure,
        unit="series",
        urgency=urgency,
    )
    alarms = sorted((f for f in told if f is not None), key=lambda f: -f.urgency)
    return frame(
        scan,
        "wallet",
        COLUMNS,
        rows,
        [head, *alarms[:5]],
        _notes(scan, rows, selling),
    )


def _notes(scan: Scan, rows: Sequence[dict[str, Any]], selling: set[str]) -> list[Words]:
    notes = []
    known = {r["id"] for r in rows}
    selling_alone, either = selling - known, selling | known
    missing = sum(a.id in selling_alone for a in scan.columns.accounts)
    bare = sum(a.id not in either for a in scan.columns.accounts)
    if missing:
        notes.append(
            Words(
                f"{missing} 个客户有销售额，没有同一品类、同一币种的采购总额：请在“数字”表中补上（指标：采购总额，品类与销售额一致）。",
                f"{plural(missing, 'account')} with sales but without the customer's spend in the same category and currency: bring the sheet of figures (measure wallet, the same category as the revenue).",
            )
        )
    if bare:
        notes.append(
            Words(
                f"{bare} 个客户没有一个完整年度的销售额：请在“数字”表中补上（指标：销售额）。",
                f"{plural(bare, 'account')} without sales of a whole year: bring the sheet of figures (measure revenue).",
            )
        )
    over = sum(r["share"] > 100 for r in rows)
    if over:
        notes.append(
            Words(
                f"{over} 个份额超过 100%：销售额与采购总额口径不一致，请核对。",
                f"{plural(over, 'share')} above 100%: sales and spend can't be counted alike; check them.",
            )
        )
    return notes
