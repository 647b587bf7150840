"""The value-return curve of a customer (M28): expected net value by year and phase, what came of it, and the gap (N33)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum

from powermap.analysis.grid import yearly
from powermap.lens import Lens
from powermap.model import Figure


@dataclass(frozen=True, slots=True)
class Year:
    """One year: its phase (a key of the rule pack), the net value expected, and ours, None where it isn't known.

    `cumulated` is the gap of all years up to it of which both are known.
    """

    year: int
    phase: str
    expected: float
    actual: float | None
    cumulated: float

    @property
    def gap(self) -> float | None:
        """Actual less expected."""
        return None if self.actual is None else self.actual - self.expected


@dataclass(frozen=True, slots=True)
class Curve:
    """The years of the curve in one currency; `total` is what all of them are to bring."""

    currency: str
    total: float
    years: tuple[Year, ...]

    @property
    def gap(self) -> float | None:
        """The gap of all years of which both are known; None if there are none."""
        known = [y.gap for y in self.years if y.gap is not None]
        return fsum(known) if known else None


def curve(lens: Lens) -> Curve | None:
    """Return the curve of an account; None where nothing is expected.

    One figure of what is expected is the whole, beginning in its year, parted by the pack's shape; several years are
    the plan itself. The net value is our sales less what the customer costs us: where either isn't known it isn't.
    """
    return lens.once(_curve)


def _curve(lens: Lens) -> Curve | None:
    # A plan is known before its years come: of what is expected the day doesn't matter.
    told = [
        f
        for f in lens.snapshot.all(Figure)
        if f.measure == "expected" and f.account in lens.own and not f.supplier and f.on
    ]
    if not told:
        return None
    currency = max(sorted({f.currency for f in told}), key=lambda c: sum(f.currency == c for f in told))
    plan: dict[int, list[float]] = defaultdict(list)
    for f in told:
        if f.on is not None and f.currency == currency:
            plan[f.on.year].append(f.value)
    shape = lens.pack.topic("value")["curve"]
    first = min(plan)
    if len(plan) == 1:
        total = fsum(plan[first])
        expected = {first + row["year"] - 1: total * row["part"] for row in shape}
    else:
        expected = {year: fsum(values) for year, values in sorted(plan.items())}
    sales, cost = yearly(lens, "revenue", currency), yearly(lens, "cost", currency)
    years, cumulated = [], 0.0
    for year, value in expected.items():
        phase = shape[min(year - first, len(shape) - 1)]["phase"]
        actual = sales[year] - cost[year] if year in sales and year in cost else None
        cumulated += actual - value if actual is not None else 0.0
        years.append(Year(year, phase, value, actual, cumulated))
    return Curve(currency, fsum(expected.values()), tuple(years))
