"""What a customer buys, by category and supplier: ours, each rival's, others', not known; what we never offered (M122)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal

from powermap.analysis.brief import wallet
from powermap.analysis.rules.wallet import Limits
from powermap.lens import Lens
from powermap.model import Deal
from powermap.words import Words

State = Literal["ours", "never", "lost", "tried", "open", "unknown"]
STATES: Mapping[State, Words] = {
    "ours": Words("", ""),
    "never": Words("从未供过", "never offered"),
    "lost": Words("丢了", "lost"),
    "tried": Words("投过没中", "offered and lost"),
    "open": Words("正在争取", "on offer now"),
    "unknown": Words("不知道有没有我方", "not known whether any is ours"),
}
WHITE = ("never", "lost", "tried", "open")
"""States in which nothing of a category is ours."""
Sums = dict[tuple[str, str, int], float]


@dataclass(frozen=True, slots=True)
class Line:
    """One category (empty: what isn't split by category) in the last finished year that is known of it.

    Parameters
    ----------
    spend
        All that the customer buys of it; None if not known.
    ours
        Our sales; None where our sales of that year aren't split by category.
    sold
        Supplier's id -> sales, of everybody else.
    was
        The last earlier year with sales of ours, and our share then, None if not known; None without one.
    deal
        The last deal of the category, if nothing was ever ours.
    """

    category: str
    year: int
    spend: float | None
    ours: float | None
    sold: Mapping[str, float]
    state: State
    was: tuple[int, float | None] | None = None
    deal: Deal | None = None

    @property
    def known(self) -> float:
        """What is known to be sold, ours and others'."""
        return fsum((self.ours or 0.0, *self.sold.values()))

    @property
    def doubtful(self) -> bool:
        """Whether suppliers are said to sell more than the customer buys."""
        return self.spend is not None and self.known > self.spend * (1 + 1e-9)

    def share(self, value: float | None) -> float | None:
        """Return an amount as a part of the spend, in [0, 1]; None if it can't be told."""
        return None if value is None or not self.spend or self.doubtful else min(1.0, value / self.spend)

    @property
    def unknown(self) -> float | None:
        """What nobody is known to sell; None where it can't be told."""
        if self.spend is None or self.doubtful or self.ours is None:
            return None
        rest = self.spend - self.known
        return rest if rest > 1e-9 * self.spend else 0.0

    @property
    def white(self) -> float | None:
        """White space in money: all that they buy where nothing is ours; at least what is sold where the spend isn't known."""
        if self.state not in WHITE:
            return None
        return self.known if self.spend is None else max(self.spend, self.known)


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines, the greatest spend first, in one currency; `rivals` are those of the account who sell something of it.

    `others` are the currencies that are left out.
    """

    currency: str
    year: int
    lines: tuple[Line, ...]
    rivals: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def white(self) -> float:
        """White space of all lines."""
        return fsum(line.white or 0.0 for line in self.lines)

    @property
    def never(self) -> tuple[Line, ...]:
        """Lines of which nothing was ever ours."""
        return tuple(line for line in self.lines if line.state in ("never", "tried", "open"))

    @property
    def held(self) -> tuple[Line, ...]:
        """Lines that are partly ours, with the spend known."""
        return tuple(n for n in self.lines if n.ours and n.share(n.ours) is not None)

    def share(self, *, held: bool) -> float | None:
        """Return our part of what they buy: in the categories where we are in, or in all that are known."""
        lines = (
            self.held
            if held
            else [n for n in self.lines if n.spend and n.ours is not None and not n.doubtful]
        )
        spend = fsum(n.spend or 0.0 for n in lines)
        return fsum(n.ours or 0.0 for n in lines) / spend if spend else None


def yearly(lens: Lens, measure: str, currency: str) -> dict[int, float]:
    """Return year -> our sum of a measure, of finished years; a total, where one is given, counts instead of its categories."""
    found: dict[int, dict[bool, list[float]]] = defaultdict(lambda: defaultdict(list))
    for f in lens.figures:
        if f.measure == measure and not f.supplier and f.currency == currency and f.on is not None:
            found[f.on.year][not f.category].append(f.value)
    return {
        year: fsum(parts[True] or parts[False])
        for year, parts in sorted(found.items())
        if year < lens.as_of.year
    }


def grid(lens: Lens) -> Grid | None:
    """Return the grid of an account, None without any figure of a finished year."""
    return lens.once(_grid)


def _grid(lens: Lens) -> Grid | None:
    told = [
        f
        for f in lens.figures
        if f.measure in ("revenue", "wallet") and f.on is not None and f.on.year < lens.as_of.year
    ]
    if not told:
        return None
    count: dict[str, int] = defaultdict(int)
    for f in told:
        count[f.currency] += 1
    currency = min(count, key=lambda c: (-count[c], c))
    sums: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for f in told:
        if f.currency == currency and f.on is not None:
            holder = "*" if f.measure == "wallet" else f.supplier
            sums[f.category, holder, f.on.year].append(f.value)
    whole = {key: fsum(values) for key, values in sums.items()}
    last = max(year for _, _, year in whole)
    span = Limits.of(lens.pack).years
    categories = sorted({c for c, _, year in whole if c and year > last - span})
    lines = [_line(lens, whole, c, last - span) for c in categories]
    lines += _rest(whole, lines) if lines else [_line(lens, whole, "", last - span)]
    lines.sort(key=lambda n: (not n.category, -(n.spend or n.known), n.category))
    camps = {s.id for s in lens.suppliers}
    sold = {s for n in lines for s in n.sold if s in camps}
    rivals = tuple(s.id for s in lens.suppliers if s.id in sold)
    return Grid(currency, last, tuple(lines), rivals, tuple(sorted(c for c in count if c != currency)))


def _line(lens: Lens, sums: Sums, category: str, after: int) -> Line:
    bought = [y for c, h, y in sums if c == category and h == "*" and y > after]
    year = max(bought or [y for c, _, y in sums if c == category and y > after])
    sold = {h: v for (c, h, y), v in sums.items() if c == category and y == year and h not in ("*", "") and v}
    ours = sums.get((category, "", year))
    if ours is None and category:
        mine = [(c, y) for c, h, y in sums if h == ""]
        # As the rule of the share has it: no row of ours is none, where our sales are split, or a rival's is known.
        if sold or not any(y == year for _, y in mine) or any(c and y == year for c, y in mine):
            ours = 0.0
    spend = sums.get((category, "*", year))
    if ours is None:
        return Line(category, year, spend, None, sold, "unknown")
    if ours > 0:
        return Line(category, year, spend, ours, sold, "ours")
    past = [y for c, h, y in sums if c == category and h == "" and y < year and sums[c, h, y] > 0]
    if past:
        then = max(past)
        total = sums.get((category, "*", then))
        share = min(1.0, sums[category, "", then] / total) if total else None
        return Line(category, year, spend, 0.0, sold, "lost", (then, share))
    deals = [d for d in lens.deals if category and d.category == category]
    open_ = [d for d in deals if not d.outcome or (d.close_on is not None and d.close_on > lens.as_of)]
    if open_:
        return Line(category, year, spend, 0.0, sold, "open", None, open_[0])
    if deals:
        latest = max(deals, key=lambda d: (str(d.close_on or ""), d.name))
        return Line(category, year, spend, 0.0, sold, "tried", None, latest)
    return Line(category, year, spend, 0.0, sold, "never")


def _rest(sums: Sums, lines: list[Line]) -> list[Line]:
    """Return what a total holds beyond the categories of its year: of an unknown category, so no white space."""
    years = [y for c, h, y in sums if not c and h == "*"]
    if not years:
        return []
    year = max(years)
    parts = [n for n in lines if n.year == year]
    spend = sums["", "*", year] - fsum(n.spend or n.known for n in parts)
    ours = sums.get(("", "", year), 0.0) - fsum(n.ours or 0.0 for n in parts)
    if spend <= 1e-9 * sums["", "*", year]:
        return []
    return [Line("", year, spend, max(0.0, min(ours, spend)), {}, "ours" if ours > 0 else "unknown")]


@dataclass(frozen=True, slots=True)
class Growth:
    """How much our sales and the customer's spend grew in a year, as parts; over what is known in both years."""

    year: int
    ours: float | None
    theirs: float

    @property
    def gap(self) -> float | None:
        """Ours less theirs."""
        return None if self.ours is None else self.ours - self.theirs


def growth(lens: Lens) -> Growth | None:
    """Return the growth of the last year of which both years are known: of the whole, else of the categories together."""
    found = grid(lens)
    if found is None:
        return None
    told = {
        s.category: {y: (a, b) for y, a, b in s.years} for s in wallet(lens) if s.currency == found.currency
    }
    if "" in told and len(told[""]) > 1:
        told = {"": told[""]}
    pairs = [y for years in told.values() for y in years if y - 1 in years]
    if not pairs:
        return None
    year = max(pairs)
    both = [years for years in told.values() if year in years and year - 1 in years]
    ours, was = (fsum(years[y][0] for years in both) for y in (year, year - 1))
    spend, before = (fsum(years[y][1] for years in both) for y in (year, year - 1))
    return Growth(year, ours / was - 1 if was else None, spend / before - 1)
