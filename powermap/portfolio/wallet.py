"""Our share of what each customer buys, by product category: the alarm when sales rise and the share falls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from powermap.analysis.text import CERTAIN, OPEN, fact, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Figure, Records
from powermap.portfolio.columns import Account
from powermap.portfolio.findings import money
from powermap.portfolio.framing import frame, percent
from powermap.portfolio.homes import own_homes
from powermap.portfolio.scanning import Scan
from powermap.words import Words

COLUMNS = (
    ("name", "客户", "Account"),
    ("category", "品类", "Category"),
    ("years", "年份", "Years"),
    ("revenue_from", "起始年销售额", "Sales, first year"),
    ("revenue", "末年销售额", "Sales, last year"),
    ("wallet", "末年采购总额", "They buy, last year"),
    ("shares", "逐年份额 %", "Share by year, %"),
    ("elsewhere", "流向别处", "Gone elsewhere"),
    ("verdict", "判断", "Verdict"),
)
VERDICTS = {
    "erosion": Words("销售涨、份额跌", "sales up, share down"),
    "both": Words("销售、份额都跌", "sales and share down"),
    "up": Words("份额上升", "share up"),
    "steady": Words("份额持平", "share steady"),
    "single": Words("只有一年", "one year only"),
}


@dataclass(frozen=True, slots=True)
class Series:
    """Our sales and the customer's spend by year, for one category (empty: all) in one currency."""

    account: str
    category: str
    currency: str
    years: tuple[tuple[int, float, float], ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Our part of the spend, year by year."""
        return tuple(ours / spend for _, ours, spend in self.years)

    @property
    def elsewhere(self) -> float:
        """What goes to others in the last year, beyond what the first year's share would leave them; 0 if none."""
        return max(0.0, (self.shares[0] - self.shares[-1]) * self.years[-1][2])

    def verdict(self, points: float) -> str:
        """Judge by first and last year, a key of :data:`VERDICTS`; `points` is percentage points."""
        if len(self.years) < 2:
            return "single"
        fall = 100 * (self.shares[0] - self.shares[-1])
        if fall > points - 1e-9:
            return "erosion" if self.years[-1][1] > self.years[0][1] else "both"
        return "up" if -fall > points - 1e-9 else "steady"


def series(records: Records, before: int, span: int) -> tuple[list[Series], set[str]]:
    """Add up the figures of whole years.

    Parameters
    ----------
    records
        The records of the store.
    before
        Years from this one on are left out: they aren't over.
    span
        How many years to look back from the last one.

    Returns
    -------
    tuple
        The series of years that have both numbers, and the accounts with sales of whole years.
    """
    home = own_homes(records)
    sums: dict[tuple[str, str, str], dict[str, dict[int, float]]] = defaultdict(
        lambda: {"revenue": defaultdict(float), "wallet": defaultdict(float)}
    )
    selling = set()
    for figure in records.all(Figure):
        if figure.measure not in ("revenue", "wallet") or figure.supplier or figure.on is None:
            continue
        if figure.on.year >= before:
            continue
        for account in home.get(figure.account, ()):
            sums[account, figure.category, figure.currency][figure.measure][figure.on.year] += figure.value
            if figure.measure == "revenue":
                selling.add(account)
    found = []
    for (account, category, currency), kept in sorted(sums.items()):
        ours, spend = kept["revenue"], kept["wallet"]
        both = sorted(y for y in ours if spend.get(y, 0) > 0)
        years = tuple((y, ours[y], spend[y]) for y in both if y > both[-1] - span)
        if years:
            found.append(Series(account, category, currency, years))
    return found, selling


def wallet_rows(found: Sequence[Series], accounts: dict[str, Account], points: float) -> list[dict[str, Any]]:
    """One row for each account and category, most gone elsewhere first."""
    rows = []
    for s in found:
        account, verdict = accounts[s.account], s.verdict(points)
        first, last = s.years[0], s.years[-1]
        rows.append(
            {
                "id": s.account,
                "account_id": s.account,
                "name": account.name._asdict(),
                "grade": account.grade,
                "category": s.category or {"zh": "全部", "en": "all"},
                "currency": s.currency,
                "years": f"{first[0]}–{last[0]}" if len(s.years) > 1 else str(first[0]),
                "revenue_from": first[1],
                "revenue": last[1],
                "wallet_from": first[2],
                "wallet": last[2],
                "shares": " → ".join(f"{100 * part:.3g}" for part in s.shares),
                "share_from": percent(s.shares[0]),
                "share": percent(s.shares[-1]),
                "series": [list(year) for year in s.years],
                "elsewhere": round(s.elsewhere, 2),
                "key": verdict,
                "verdict": VERDICTS[verdict]._asdict(),
            }
        )
    return sorted(
        rows, key=lambda r: (-r["elsewhere"], -r["wallet"], r["name"]["en"], r["id"], str(r["category"]))
    )


def _gone(rows: Sequence[dict[str, Any]]) -> float:
    """Add up what goes elsewhere: of each account the total where it is among the rows, else its categories."""
    whole = {r["id"] for r in rows if not isinstance(r["category"], str)}
    return float(
        sum(r["elsewhere"] for r in rows if not isinstance(r["category"], str) or r["id"] not in whole)
    )


def _alarm(row: dict[str, Any], rule: Rule) -> Finding:
    name, kind = Words(**row["name"]), row["category"]
    category = Words(kind, kind) if isinstance(kind, str) else Words(**kind)
    a, b, spend, gone = (
        money(row[k], row["currency"]) for k in ("revenue_from", "revenue", "wallet", "elsewhere")
    )
    first, last = row["years"].split("–")
    rise = row["key"] == "erosion"
    zh = (
        f"{name.zh}（{category.zh}）：{first}–{last} 年我方销售额从 {a.zh}{'涨' if rise else '降'}到 {b.zh}，"
        f"份额{'却' if rise else '也'}从 {row['share_from']:g}% 跌到 {row['share']:g}%：客户一年采购 {spend.zh}，"
        f"按原来的份额有 {gone.zh}流向了别处。"
    )
    en = (
        f"{name.en} ({category.en}): from {first} to {last} our sales {'rose' if rise else 'fell'} from {a.en} to {b.en}, "
        f"{'yet' if rise else 'and'} our share fell from {row['share_from']:g}% to {row['share']:g}%: of {spend.en} bought a year, "
        f"{gone.en} went elsewhere, measured by the old share."
    )
    inputs = tuple(
        fact(f"{year} 年：销售额 / 采购总额", f"{year}: sales / spend", f"{ours:,.0f} / {total:,.0f}")
        for year, ours, total in row["series"]
    )
    return Finding(
        "wallet-erosion",
        (row["id"],),
        row["share"],
        rule,
        Words(zh, en),
        CERTAIN,
        inputs,
        "%",
        3 if rise else 2,
    )


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer where our share of the customer's spend falls, above all where our sales rise and hide it."""
    numbers = pack.topic("portfolio")["wallet"]
    points, span = float(numbers["points"]), int(numbers["years"])
    rule = Rule(
        "share of wallet",
        Words(
            f"份额 = 我方销售额 ÷ 客户同一品类的采购总额；比较最近 {span} 年内两个数都有的首年与末年（未过完的年份不算）；"
            f"份额下降至少 {points:g} 个百分点才算跌；流向别处 = 份额之差 × 末年采购总额",
            f"share = our sales ÷ what the customer buys of that category in all; the first and the last of {span} years that have both numbers "
            f"(a year that isn't over doesn't count); only {points:g} or more percentage points are a fall; gone elsewhere = difference of shares × spend of the last year",
        ),
    )
    accounts = {a.id: a for a in scan.columns.accounts}
    found, selling = series(records, scan.columns.as_of.year, span)
    rows = wallet_rows([s for s in found if s.account in accounts], accounts, points)
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
    head = Finding("wallet", ids, len(rising), rule, words, sure, (), "series", urgency)
    alarms = [r for r in rows if r["key"] in ("erosion", "both")]
    return frame(
        scan,
        "wallet",
        COLUMNS,
        rows,
        [head, *(_alarm(r, rule) for r in alarms[:5])],
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
