"""Our share of what a customer buys, by product category: the alarm when sales rise and the share falls (M24, M26)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import NamedTuple

from powermap.analysis.text import CERTAIN, money, percentage
from powermap.findings import Finding, Input, Rule
from powermap.method import Pack
from powermap.words import Words

VERDICTS = {
    "erosion": Words("销售涨、份额跌", "sales up, share down"),
    "both": Words("销售、份额都跌", "sales and share down"),
    "none": Words("全部买自别家", "all bought elsewhere"),
    "up": Words("份额上升", "share up"),
    "steady": Words("份额持平", "share steady"),
    "single": Words("只有一年", "one year only"),
}
ALL = Words("全部", "all")
"""What sales without a category are called."""
URGENCY = {"erosion": 3, "both": 2, "none": 1}
"""Verdicts that are told, and how urgent they are."""


class Amount(NamedTuple):
    """Sales (`measure` revenue) or the customer's spend (wallet) of one period; `supplier` empty: ours, or everybody's."""

    measure: str
    category: str
    currency: str
    year: int
    value: float
    supplier: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Percentage points from which a fall is one, and over how many years, the last one counted."""

    points: float
    years: int

    @classmethod
    def of(cls, pack: Pack) -> Limits:
        """Read them from the rule pack."""
        numbers = pack.topic("portfolio")["wallet"]
        return cls(float(numbers["points"]), int(numbers["years"]))

    @property
    def rule(self) -> Rule:
        """The rule in words."""
        return Rule(
            "share of wallet",
            Words(
                f"份额 = 我方销售额 ÷ 客户同一品类的采购总额；比较最近 {self.years} 年内两个数都有的首年与末年（未过完的年份不算）；"
                "客户采购而我方没有一行销售额的品类，在我方有分品类销售额或友商有该品类销售额的年份按零计；"
                f"份额下降至少 {self.points:g} 个百分点才算跌；流向别处 = 份额之差 × 末年采购总额",
                f"share = our sales ÷ what the customer buys of that category in all; the first and the last of {self.years} years that have both numbers "
                "(a year that isn't over doesn't count); a category without a row of ours counts as zero in a year in which our sales are given by category, or a competitor's in it; "
                f"only {self.points:g} or more percentage points are a fall; gone elsewhere = difference of shares × spend of the last year",
            ),
        )


@dataclass(frozen=True, slots=True)
class Series:
    """Our sales and the customer's spend by year, for one category (empty: all) in one currency.

    `rivals` are the sales of others in the last year; `sources` where each year's numbers were read.
    """

    category: str
    currency: str
    years: tuple[tuple[int, float, float], ...]
    rivals: tuple[tuple[str, float], ...] = ()
    sources: tuple[str, ...] = ()

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
        if not any(self.shares):
            return "none"
        if len(self.years) < 2:
            return "single"
        fall = 100 * (self.shares[0] - self.shares[-1])
        if fall > points - 1e-9:
            return "erosion" if self.years[-1][1] > self.years[0][1] else "both"
        return "up" if -fall > points - 1e-9 else "steady"


def series(amounts: Iterable[Amount], before: int, span: int) -> list[Series]:
    """Add up one account's amounts of whole years, by category and currency.

    Parameters
    ----------
    amounts
        In any order; months and units of the account are summed.
    before
        Years from this one on are left out: they aren't over.
    span
        How many years to look back from the last one.
    """
    found: dict[tuple[str, str], dict[tuple[str, int], list[float]]] = defaultdict(lambda: defaultdict(list))
    rivals: dict[tuple[str, str], dict[tuple[int, str], list[float]]] = defaultdict(lambda: defaultdict(list))
    read: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    split: set[tuple[str, int]] = set()
    for a in amounts:
        if a.year >= before or a.measure not in ("revenue", "wallet"):
            continue
        key = a.category, a.currency
        if not a.supplier:
            found[key][a.measure, a.year].append(a.value)
            read[*key, a.year].add(a.source)
            if a.measure == "revenue" and a.category:
                split.add((a.currency, a.year))
        elif a.measure == "revenue":
            rivals[key][a.year, a.supplier].append(a.value)
    result = []
    for category, currency in sorted(found):
        kept, others = found[category, currency], rivals[category, currency]
        spend = {y: total for (m, y), v in kept.items() if m == "wallet" and (total := fsum(v)) > 0}
        ours = {y: fsum(v) for (m, y), v in kept.items() if m == "revenue"}
        for year in spend.keys() - ours.keys():
            if category and ((currency, year) in split or any(y == year for y, _ in others)):
                ours[year] = 0.0
        both = sorted(spend.keys() & ours.keys())
        if both:
            years = tuple((y, ours[y], spend[y]) for y in both if y > both[-1] - span)
            sold = tuple((s, fsum(v)) for (y, s), v in others.items() if y == both[-1])
            sources = tuple("; ".join(sorted(read[category, currency, y] - {""})) for y, _, _ in years)
            result.append(Series(category, currency, years, sold, sources))
    return result


def alarm(
    found: Series, limits: Limits, account: str, called: Callable[[str], Words], name: Words | None = None
) -> Finding | None:
    """Say what is wrong with one series; None if nothing is.

    Parameters
    ----------
    account
        The account's id.
    called
        What a supplier's id is called.
    name
        The account's name, where the sentence stands among those of other accounts.
    """
    verdict = found.verdict(limits.points)
    if verdict not in URGENCY:
        return None
    what = Words(found.category, found.category) if found.category else ALL
    zh, en = (
        (f"{what.zh}：", f"{what.en}: ")
        if name is None
        else (f"{name.zh}（{what.zh}）：", f"{name.en} ({what.en}): ")
    )
    (first, a, _), (last, b, spend) = found.years[0], found.years[-1]
    sold, now, bought = (money(v, found.currency) for v in (a, b, spend))
    if verdict == "none":
        zh += f"客户 {last} 年采购 {bought.zh}，我方没有份额"
        en += f"bought for {bought.en} in {last}, nothing of it from us"
        if found.rivals:
            most, rival = min(((-v, called(s)) for s, v in found.rivals), key=lambda r: (r[0], *r[1]))
            worth = money(-most, found.currency)
            zh, en = f"{zh}；{rival.zh} 占 {worth.zh}", f"{en}; {worth.en} from {rival.en}"
        words = Words(zh + "。", en + ".")
        kind = "white-space"
    else:
        gone, rise = money(found.elsewhere, found.currency), verdict == "erosion"
        was, share = percentage(found.shares[0]), percentage(found.shares[-1])
        words = Words(
            f"{zh}{first}–{last} 年我方销售额从 {sold.zh}{'涨' if rise else '降'}到 {now.zh}，"
            f"份额{'却' if rise else '也'}从 {was:g}% 跌到 {share:g}%：客户一年采购 {bought.zh}，"
            f"按原来的份额有 {gone.zh}流向了别处。",
            f"{en}from {first} to {last} our sales {'rose' if rise else 'fell'} from {sold.en} to {now.en}, "
            f"{'yet' if rise else 'and'} our share fell from {was:g}% to {share:g}%: of {bought.en} bought a year, "
            f"{gone.en} went elsewhere, measured by the old share.",
        )
        kind = "wallet-erosion"
    # All of them: with one left out the reader can't do the sum again.
    inputs = tuple(
        Input(Words(f"{year} 年：{zh_what}", f"{year}: {en_what}"), value, source, date(year, 1, 1))
        for (year, ours, total), source in zip(found.years, found.sources, strict=True)
        for zh_what, en_what, value in (("销售额", "our sales", ours), ("采购总额", "spend", total))
    )
    return Finding(
        kind=kind,
        subjects=(account,),
        value=percentage(found.shares[-1]),
        rule=limits.rule,
        sentence=words,
        certainty=CERTAIN,
        inputs=inputs,
        unit="%",
        urgency=URGENCY[verdict],
        topic=f"{found.category} {found.currency}",
    )
