"""Amounts of one picture in one unit, so that they can be compared by eye: a number in each language, and what it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from powermap.analysis.text import CURRENCIES
from powermap.words import Words

_ZH = ((1e8, "亿"), (1e4, "万"), (1.0, ""))
_EN = ((1e9, "bn"), (1e6, "m"), (1e3, "k"), (1.0, ""))
LEAST = 0.1
"""The least amount is at least this much of the unit,"""
MOST = 1e5
"""unless the greatest would be this much of it."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The unit of a picture: how much it is, and its word, in each language."""

    currency: str
    zh: tuple[float, str]
    en: tuple[float, str]

    @classmethod
    def of(cls, values: Iterable[float | None], currency: str) -> Amounts:
        """Choose the greatest unit in which the least of these amounts can still be read, and none in which the greatest can't."""
        sizes = [abs(v) for v in values if v]
        least, most = min(sizes, default=0.0), max(sizes, default=0.0)

        def choose(units: tuple[tuple[float, str], ...]) -> tuple[float, str]:
            fits = [u for u in units if u[0] <= most] or [units[-1]]
            for unit, smaller in pairwise(fits):
                if least >= LEAST * unit[0] or most >= MOST * smaller[0]:
                    return unit
            return fits[-1]

        return cls(currency, choose(_ZH), choose(_EN))

    @property
    def unit(self) -> Words:
        """What is counted: 亿元, m CNY."""
        coin = CURRENCIES.get(self.currency, self.currency)
        return Words(f"{self.zh[1]}{coin}", f"{self.en[1]} {self.currency}".strip())

    def say(self, value: float, *, sign: bool = False) -> Words:
        """Write the number alone; with `sign` a plus too."""
        return Words(_number(value / self.zh[0], sign), _number(value / self.en[0], sign))


def _number(value: float, sign: bool) -> str:
    size = abs(value)
    text = f"{size:,.0f}" if size >= 100 else f"{size:,.3g}"
    if float(text.replace(",", "")) == 0:
        return "0"
    return f"−{text}" if value < 0 else f"+{text}" if sign else text
