"""Build a lens from simple lists: an account and its people in the fewest words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from powermap.lens import Lens, look
from powermap.method import load_pack
from powermap.model import (
    Covers,
    Deal,
    Influences,
    Organization,
    Period,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    WorksAt,
)

DAY = date(2026, 9, 30)
PAST = Period(date(2025, 1, 1), date(2026, 1, 1))


def records(
    people: Iterable[str] | Mapping[str, Any],
    *,
    sways: Iterable[Sequence[Any]] = (),
    boss: Iterable[Sequence[Any]] = (),
    covers: Iterable[Sequence[Any]] = (),
    stances: Iterable[Sequence[Any]] = (),
    team: Mapping[str, str] | None = None,
    suppliers: Sequence[str] = ("us",),
    committee: Mapping[str, Mapping[str, Any]] | None = None,
    rule: str = "",
) -> list[Record]:
    """Make the records of one account; a person's id is his name.

    Parameters
    ----------
    people
        Names, or name -> level, or name -> properties (level, title, unit, power, adaptability).
    sways
        (who, whom, strength or None, properties): the second listens to the first.
    boss
        (who, boss, properties).
    covers
        (supplier's person, customer's person, strength or None, properties).
    stances
        (who, supplier, attitude or None, properties).
    team
        Supplier's person -> supplier; whoever covers and isn't named works for us.
    committee
        Person -> what he is in the deal (roles, votes, veto). With one, or a rule, there is a deal.
    """
    found: list[Record] = [Organization(id="acc", name="Account")]
    found += [Organization(id=s, name=s.title(), type="supplier", us=s == "us") for s in suppliers]
    given = people if isinstance(people, Mapping) else dict.fromkeys(people)
    for name, facts in given.items():
        facts = dict(facts) if isinstance(facts, Mapping) else {"level": facts}
        own = {k: facts.pop(k) for k in ("power", "adaptability", "name_alt", "placeholder") if k in facts}
        found += [Person(id=name, name=name, **own), WorksAt(id=f"w {name}", src=name, dst="acc", **facts)]
    covers = list(covers)
    team = {**{c[0]: "us" for c in covers}, **(team or {})}
    for name, supplier in team.items():
        found += [Person(id=name, name=name), WorksAt(id=f"w {name}", src=name, dst=supplier)]
    ids = iter(range(10**6))
    for tie in sways:
        found.append(
            Influences(
                id=f"i{next(ids)}",
                src=tie[0],
                dst=tie[1],
                strength=tie[2] if len(tie) > 2 else None,
                **(tie[3] if len(tie) > 3 else {}),
            )
        )
    for tie in boss:
        found.append(
            ReportsTo(id=f"r{next(ids)}", src=tie[0], dst=tie[1], **(tie[2] if len(tie) > 2 else {}))
        )
    for tie in covers:
        found.append(
            Covers(
                id=f"c{next(ids)}",
                src=tie[0],
                dst=tie[1],
                strength=tie[2] if len(tie) > 2 else None,
                **(tie[3] if len(tie) > 3 else {}),
            )
        )
    for tie in stances:
        found.append(
            Stands(
                id=f"s{next(ids)}",
                src=tie[0],
                dst=tie[1],
                attitude=tie[2],
                **(tie[3] if len(tie) > 3 else {}),
            )
        )
    if committee or rule:
        found.append(Deal(id="deal", account="acc", name="Deal", rule=rule))
        found += [TakesPart(id=f"t {p}", src=p, dst="deal", **part) for p, part in (committee or {}).items()]
    return found


def lens(
    people: Iterable[str] | Mapping[str, Any], *, supplier: str | None = None, as_of: date = DAY, **facts: Any
) -> Lens:
    """Make a lens over :func:`records`."""
    return view(records(people, **facts), supplier=supplier, as_of=as_of)


def view(found: Iterable[Record], *, supplier: str | None = None, as_of: date = DAY) -> Lens:
    """Look at records through the built-in rule pack."""
    return look(Snapshot.of(found), "acc", as_of=as_of, pack=load_pack(), supplier_id=supplier)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read one table of a shared network."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def arcs(folder: Path, relation: str) -> list[tuple[str, str]]:
    """Read the arcs of one relation as (source, target)."""
    return [(r["source"], r["target"]) for r in rows(folder, "edges") if r["relation"] == relation]
