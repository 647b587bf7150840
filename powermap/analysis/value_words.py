"""What the value ledger is told in: amounts with a sign, suppliers, categories, why nothing is ours, what a bond risks."""

from __future__ import annotations

from powermap.analysis.grid import STATES, Line
from powermap.analysis.text import money, percentage
from powermap.lens import Lens
from powermap.model import Organization
from powermap.words import Words, both, by_language


def signed_money(amount: float, currency: str) -> Words:
    """Write an amount that may be negative."""
    said = money(abs(amount), currency)
    return Words(f"−{said.zh}", f"−{said.en}") if amount < 0 else said


def supplier_name(lens: Lens, ident: str) -> Words:
    """Return what a supplier is called."""
    found = lens.snapshot.get(Organization, ident)
    return by_language(found.name, found.name_alt) if found else both(ident)


def category_name(line: Line) -> Words:
    """Return what a category is called."""
    return both(line.category) if line.category else Words("未分品类", "not split by category")


def state_words(lens: Lens, line: Line) -> Words:
    """Say why nothing of a category is ours, or empty where something is."""
    said = STATES[line.state]
    if line.was is not None:
        year, share = line.was
        if share is not None:
            return Words(
                f"{said.zh}，{year} 年是 {percentage(share):g}%",
                f"{said.en}, was {percentage(share):g}% in {year}",
            )
        return Words(f"{said.zh}，{year} 年有销售", f"{said.en}, sold until {year}")
    if line.state == "tried" and line.deal is not None and line.deal.won_by:
        rival = supplier_name(lens, line.deal.won_by)
        return Words(f"{said.zh}，给了 {rival.zh}", f"{said.en} to {rival.en}")
    return said


def risk_of(lens: Lens, level: int) -> Words:
    """Return what a depth of the bond risks."""
    row = next(r for r in lens.pack.topic("value")["bond"] if r["level"] == level)
    return Words(row["zh"], row["en"])
