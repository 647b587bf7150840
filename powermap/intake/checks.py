"""What no single row can tell: cycles in the lines, two attitudes that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches

from powermap.intake.ledger import Ledger
from powermap.method import Pack
from powermap.model import Erasure, MemberOf, Organization, PartOf, Person, ReportsTo, Stands, WorksAt
from powermap.model.erasure_marks import forgotten
from powermap.model.naming import fold


def check(ledger: Ledger, pack: Pack) -> None:
    """Add the problems and notes that only the whole shows."""
    _cycles(ledger, ReportsTo, "boss", "boss-cycle")
    _cycles(ledger, PartOf, "part_of", "part-cycle")
    _exclusive(ledger, pack)
    _forgotten(ledger)
    _markets(ledger)


def _markets(ledger: Ledger) -> None:
    """Refuse a market that names neither a region nor an industry, or one that no customer has: nobody would be of it."""
    customers = [o for o in ledger.records.values() if isinstance(o, Organization) and o.type == "customer"]
    for ident, place in list(ledger.places.items()):
        market = ledger.records[ident]
        if not isinstance(market, Organization) or market.type != "market":
            continue
        if not market.region and not market.industry:
            ledger.problems.append(
                place.problem(
                    "region",
                    market.name,
                    "a market is a region, an industry, or both",
                    "fill in region or industry",
                    zh="市场要写区域或行业，或两样都写",
                    suggestion_zh="请填“区域”或“行业”",
                    code="market-of-nothing",
                )
            )
        for field, said in (("region", market.region), ("industry", market.industry)):
            known = sorted({getattr(o, field) for o in customers} - {""})
            if said and known and fold(said) not in map(fold, known):
                near = get_close_matches(said, known, 1, 0.5)
                ledger.problems.append(
                    place.problem(
                        field,
                        said,
                        f"no customer is of the {field} {said!r}",
                        f"did you mean {near[0]}?" if near else f"write one of {', '.join(known[:8])}",
                        zh=f"没有客户的{'区域' if field == 'region' else '行业'}是“{said}”",
                        suggestion_zh=f"是不是 {near[0]}？"
                        if near
                        else f"请写其中之一：{'、'.join(known[:8])}",
                        code="market-of-nobody",
                    )
                )


def _forgotten(ledger: Ledger) -> None:
    """Refuse whoever was forgotten: they come back only where somebody says so."""
    erasures = [e for e in ledger.snapshot.all(Erasure) if e.allowed is None]
    if not erasures:
        return
    employers: dict[str, set[str]] = defaultdict(set)
    for record in ledger.records.values():
        if isinstance(record, WorksAt | MemberOf):
            house = ledger.records.get(record.dst)
            if isinstance(house, Organization):
                employers[record.src] |= {house.id, house.name, house.name_alt} - {""}
    for ident, place in list(ledger.places.items()):
        person = ledger.records[ident]
        if not isinstance(person, Person) or ident in ledger.snapshot.records:
            continue
        erasure = forgotten(person, employers[ident], erasures)
        if erasure is not None:
            ledger.problems.append(
                place.problem(
                    "name",
                    person.name,
                    f"somebody known by this name or address was forgotten on {erasure.on}, and doesn't come back unasked",
                    f"leave the row out; if they agreed, or it is somebody else: powermap privacy allow {person.name!r}",
                    zh=f"叫这个名字或用这个邮箱的人已于 {erasure.on} 按要求删除，不会自动录回",
                    suggestion_zh=f"请去掉这一行；本人同意了，或者不是同一个人：powermap privacy allow “{person.name}”",
                    code="forgotten",
                )
            )


def _cycles(ledger: Ledger, cls: type[ReportsTo] | type[PartOf], field: str, code: str) -> None:
    above: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, str] = {}
    for record in ledger.records.values():
        if not isinstance(record, cls) or getattr(record, "dotted", False):
            continue
        if record.period.end is None or record.period.end > ledger.today:
            above[record.src].append(record.dst)
            if record.id in ledger.places:
                rows[record.src] = record.id
    reported: set[frozenset[str]] = set()
    for start in sorted(rows):
        chain, here = [start], start
        while len(chain) <= len(above) + 1:
            following = above.get(here, [])
            if not following:
                break
            here = following[0]
            if here in chain:
                ring = chain[chain.index(here) :]
                if frozenset(ring) not in reported and start in ring:
                    reported.add(frozenset(ring))
                    _report(ledger, ring, rows, field, code)
                break
            chain.append(here)


def _report(ledger: Ledger, ring: list[str], rows: dict[str, str], field: str, code: str) -> None:
    names = [getattr(ledger.records[i], "name", i) for i in (*ring, ring[0])]
    place = ledger.places[rows[next(i for i in ring if i in rows)]]
    chain = " → ".join(names)
    ledger.problems.append(
        place.problem(
            field,
            names[1],
            f"the lines run in a circle: {chain}",
            "correct one of them",
            zh=f"上下级成环：{chain}",
            suggestion_zh="请改正其中一条",
            code=code,
        )
    )


def _exclusive(ledger: Ledger, pack: Pack) -> None:
    """Note who supports two suppliers exclusively: not a fault of the file, but one of them must be wrong."""
    stances: dict[tuple[str, str], list[Stands]] = defaultdict(list)
    for record in ledger.records.values():
        if (
            isinstance(record, Stands)
            and record.id in ledger.seen
            and (record.attitude or 0) >= 2
            and record.period.holds(ledger.today)
        ):
            stances[record.src, record.deal].append(record)
    for (person_id, _), found in stances.items():
        person = ledger.records.get(person_id)
        if isinstance(person, Person):
            suppliers = {str(getattr(ledger.records.get(s.dst), "name", "?")) for s in found}
            note_exclusive(ledger, person.name, suppliers)


def note_exclusive(ledger: Ledger, person: str, suppliers: set[str]) -> None:
    """Note that a person supports these suppliers, if they are several."""
    if len(suppliers) > 1:
        names = sorted(suppliers)
        ledger.note(
            f"{person} 同时对 {'、'.join(names)} 支持并排他：至少有一个判断不对",
            f"{person} supports {' and '.join(names)} exclusively: at least one of these is wrong",
        )
