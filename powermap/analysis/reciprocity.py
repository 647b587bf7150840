"""What we are to a customer and they to us: dependence, give and take, the bond, what holds them, whom they are a light for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import fsum

from powermap.analysis.grid import grid, yearly
from powermap.analysis.layer_levels import last
from powermap.lens import Lens
from powermap.model import Assessment, Deal, Figure, Organization, Records, accounts_of
from powermap.model.naming import fold


@dataclass(frozen=True, slots=True)
class Shone:
    """A customer who looks at a lighthouse, with the deals that are open there and those that we have won."""

    account: Organization
    open: tuple[Deal, ...]
    won: tuple[Deal, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """What lies beyond one account: our sales by year and currency, and the customers with their deals.

    `typed` are the years whose sales are a figure of our own, all others are what the accounts add up to.
    """

    sales: Mapping[tuple[int, str], float] = field(default_factory=dict)
    typed: frozenset[tuple[int, str]] = frozenset()
    accounts: tuple[Organization, ...] = ()
    deals: tuple[Deal, ...] = ()


def firm(records: Records, day: date) -> Firm:
    """Read it from all records, as of a day: of years that are over."""
    us = {o.id for o in records.all(Organization) if o.us}
    parts: dict[tuple[int, str], dict[tuple[str, bool], list[float]]] = defaultdict(lambda: defaultdict(list))
    for f in records.all(Figure):
        if f.measure == "revenue" and not f.supplier and f.on and f.on.year < day.year:
            parts[f.on.year, f.currency][f.account, not f.category].append(f.value)
    sales, typed = {}, set()
    for key, found in parts.items():
        own = [
            fsum(found[a, True] or found[a, False]) for a in sorted(us) if found[a, True] or found[a, False]
        ]
        if own:
            sales[key] = fsum(own)
            typed.add(key)
        else:
            held = sorted({a for (a, _), values in found.items() if values})
            sales[key] = fsum(fsum(found[a, True] or found[a, False]) for a in held)
    return Firm(sales, frozenset(typed), accounts_of(records), tuple(records.all(Deal)))


@dataclass(frozen=True, slots=True)
class Dependence:
    """Each side's part of the other, in [0, 1], None if not known, and the two questions of the method (M29).

    `share` is ours of what he buys where we are in, `whole` that of all he is known to buy; `part` is his of our sales,
    of our own figure if `typed`, else of what the accounts add up to.
    """

    share: float | None
    whole: float | None
    part: float | None
    typed: bool
    visits: Assessment | None
    pays: Assessment | None

    @property
    def tilt(self) -> str:
        """Who needs the other more: us, them, even, or empty if it can't be told."""
        if self.share is None or self.part is None:
            return ""
        return "us" if self.part > self.share else "them" if self.part < self.share else "even"


def dependence(lens: Lens, house: Firm | None) -> Dependence:
    """Return how much each side depends on the other."""
    found, part, typed = grid(lens), None, False
    if found is not None and house is not None:
        sales = yearly(lens, "revenue", found.currency)
        key = max(sales, default=0), found.currency
        total = house.sales.get(key)
        if total and sales:
            part, typed = min(1.0, sales[key[0]] / total), key in house.typed
    return Dependence(
        found.share(held=True) if found else None, found.share(held=False) if found else None,
        part, typed, last(lens, "top_visits"), last(lens, "compensates"),
    )  # fmt: skip


def still(lens: Lens, item: str) -> tuple[Assessment, ...]:
    """Return the verdicts of an item about the account that hold on the day, oldest first; of the same words the last."""
    days = lens.pack.items[item].valid_days
    told: dict[object, Assessment] = {}
    for a in lens.assessments:
        if a.item != item or a.subject or a.supplier or a.on is None:
            continue
        over = a.until < lens.as_of if a.until is not None else (lens.as_of - a.on).days > days
        if not over:
            # Without words nothing says that two are the same thing told twice.
            told[fold(a.words) or a.id] = a
    return tuple(told.values())


def costs(lens: Lens) -> dict[str, tuple[Assessment, ...]]:
    """Return what leaving us costs, item by item (M31): of each the verdicts of its last day, those without one left out."""
    found = {}
    for key, item in lens.pack.items.items():
        if item.family == "stick" and item.kind in ("money", "weeks"):
            held = [a for a in still(lens, key) if a.score is not None]
            day = max((a.on for a in held if a.on), default=None)
            if day:
                found[key] = tuple(a for a in held if a.on == day)
    return found


def currency_of(lens: Lens, a: Assessment) -> str:
    """Return the currency of an amount: its own, else that of the account's figures."""
    found = grid(lens)
    return a.currency or (found.currency if found else "")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What each side had of the other in a year, in one currency (M112, M128); None where it isn't known.

    `benefit` is what they earned or saved through us: a figure of the year, else the `gains` together; `financed` is
    what of it we paid for. `headcount` is how many of ours work for them.
    """

    currency: str
    year: int
    revenue: float | None
    cost: float | None
    headcount: float | None
    benefit: float | None
    gains: tuple[Assessment, ...]
    financed: float | None
    foreign: tuple[Assessment, ...]


def exchange(lens: Lens) -> Exchange:
    """Return what each side had of the other in the last finished year that is known."""
    found = grid(lens)
    currency = found.currency if found else next((a.currency for a in still(lens, "benefit_earned")), "")
    by = {m: yearly(lens, m, currency) for m in ("revenue", "cost", "benefit")}
    year = max((y for years in by.values() for y in years), default=lens.as_of.year - 1)
    people = [f.value for f in lens.figures if f.measure == "headcount" and f.on and f.on.year <= year + 1]
    gains: list[Assessment] = []
    foreign: list[Assessment] = []
    for a in (*still(lens, "benefit_earned"), *still(lens, "benefit_financed")):
        (gains if a.currency in ("", currency) else foreign).append(a)
    earned = [a.score for a in gains if a.item == "benefit_earned" and a.score is not None]
    paid = [a.score for a in gains if a.item == "benefit_financed" and a.score is not None]
    benefit = by["benefit"].get(year, fsum(earned) if earned else None)
    return Exchange(
        currency, year, by["revenue"].get(year), by["cost"].get(year), people[-1] if people else None,
        benefit, tuple(gains), fsum(paid) if paid else None, tuple(foreign),
    )  # fmt: skip


def shines_on(light: Organization, other: Organization) -> bool:
    """Tell whether a customer is among those for whom another is a lighthouse: by name, industry or region."""
    told = {fold(w) for w in light.lighthouse_for if w}
    known = {fold(w) for w in (other.name, other.name_alt, other.industry, other.region) if w}
    return other.id != light.id and bool(told & known)


def shone(lens: Lens, house: Firm | None) -> tuple[Shone, ...]:
    """Return the customers whose choice this one makes easier (M14, N36), the greatest open deals first."""
    if house is None:
        return ()
    found = []
    for other in house.accounts:
        if shines_on(lens.account, other):
            deals = [d for d in house.deals if d.account == other.id]
            open_ = tuple(
                d for d in deals if not d.outcome or (d.close_on is not None and d.close_on > lens.as_of)
            )
            won = tuple(
                d
                for d in deals
                if d.outcome == "won" and d not in open_ and d.won_by in ("", lens.supplier.id)
            )
            found.append(Shone(other, open_, won))
    return tuple(sorted(found, key=lambda s: (-fsum(d.value or 0 for d in s.open), s.account.name)))


def lights(lens: Lens, house: Firm | None) -> tuple[Organization, ...]:
    """Return the customers at whom this one looks."""
    return tuple(o for o in house.accounts if shines_on(o, lens.account)) if house is not None else ()
