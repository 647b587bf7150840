"""What lies beyond one account: our sales in all, how we and each other customer need each other, the companies below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from powermap.analysis.grid import grid, yearly
from powermap.analysis.group_tree import Companies, companies, has_companies
from powermap.analysis.reciprocity import Dependence, Firm, dependence, firm
from powermap.lens import Lens, look
from powermap.model import Figure, Organization, Records
from powermap.words import Words, by_language


@dataclass(frozen=True, slots=True)
class Peer:
    """A customer beside the others: our sales of the last finished year that is known, and how each side depends on the other."""

    id: str
    name: Words
    sales: float
    currency: str
    dependence: Dependence


@dataclass(frozen=True, slots=True)
class Beyond:
    """What one account alone doesn't tell.

    Parameters
    ----------
    house
        Our sales by year, the customers and their deals.
    peers
        The customers of whom both shares are known, this one among them, the greatest first.
    unknown, left
        How many customers have not both shares, and how many, the smallest, were not looked at.
    companies
        The account as a tree of companies, None where nothing is part of it.
    """

    house: Firm
    peers: tuple[Peer, ...] = ()
    unknown: int = 0
    left: int = 0
    companies: Companies | None = None


def beyond(records: Records, lens: Lens) -> Beyond:
    """Look at all customers and at the companies below an account, on the day of its lens.

    Of many customers the rule pack says how many are looked at, the greatest by all our sales on record first.
    """
    house = firm(records, lens.as_of)
    most = int(lens.pack.topic("value")["limits"]["accounts"])
    ranked = _by_sales(records, house)
    chosen = [lens.account.id, *(a for a in ranked if a != lens.account.id)][:most]
    found = tuple(_peers(records, chosen, lens, house))
    top = lens.account.id
    grown = companies(records, top, lens.as_of) if has_companies(records, top, lens.as_of) else None
    return Beyond(
        house,
        tuple(sorted(found, key=lambda p: (-p.sales, p.id))),
        len(chosen) - len(found),
        max(0, len(ranked) - len(chosen)),
        grown,
    )


def _by_sales(records: Records, house: Firm) -> list[str]:
    sums: dict[str, float] = {}
    for f in records.all(Figure):
        if f.measure == "revenue" and not f.supplier:
            sums[f.account] = sums.get(f.account, 0.0) + f.value
    return sorted((a.id for a in house.accounts), key=lambda ident: (-sums.get(ident, 0.0), ident))


def _peers(records: Records, chosen: list[str], lens: Lens, house: Firm) -> Iterator[Peer]:
    names = {o.id: o for o in house.accounts}
    for ident, scope in records.scopes(chosen, ("Interaction", "Action", "Voice")):
        seen = look(scope, ident, as_of=lens.as_of, pack=lens.pack)
        found, d = grid(seen), dependence(seen, house)
        if found is None or d.share is None or d.part is None:
            continue
        sales = yearly(seen, "revenue", found.currency)
        company: Organization = names.get(ident, seen.account)
        yield Peer(
            ident, by_language(company.name, company.name_alt), sales[max(sales)] if sales else 0.0, found.currency, d
        )  # fmt: skip
