"""Markets above accounts: what is said of a region and an industry holds for every customer in it (M119)."""

from __future__ import annotations

from datetime import date

from powermap.analysis.judgements import outdated
from powermap.method import Pack
from powermap.model import Assessment, Organization, Records
from powermap.model.naming import fold


def markets(records: Records) -> list[Organization]:
    """Return the markets on record, by name."""
    found = [o for o in records.all(Organization) if o.type == "market"]
    return sorted(found, key=lambda o: (o.name, o.id))


def holds(market: Organization, account: Organization) -> bool:
    """Tell whether a customer is of a market: of its region and its industry, as far as it names them."""
    pairs = ((market.region, account.region), (market.industry, account.industry))
    named = [(wanted, has) for wanted, has in pairs if wanted]
    return bool(named) and all(fold(wanted) == fold(has) for wanted, has in named)


def of_account(records: Records, account: Organization) -> list[Organization]:
    """Return the markets of a customer, the narrowest first."""
    found = [m for m in markets(records) if holds(m, account)]
    return sorted(found, key=lambda m: -bool(m.region) - bool(m.industry))


def statements(
    records: Records, market: Organization, day: date, pack: Pack
) -> list[tuple[Assessment, bool]]:
    """Return what was last said of a market by a day, item by item in the order of the pack; and whether it is out of date."""
    last: dict[str, Assessment] = {}
    told = (a for a in records.all(Assessment) if a.account == market.id and a.on and a.on <= day)
    for a in sorted(told, key=lambda a: (str(a.on), a.id)):
        item = pack.items.get(a.item)
        if item is not None and item.family == "insight":
            last[a.item] = a

    order = list(pack.items)
    return [
        (a, outdated(a, pack.items[a.item], day))
        for a in sorted(last.values(), key=lambda a: order.index(a.item))
    ]
