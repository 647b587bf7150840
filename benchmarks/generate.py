"""Invent a portfolio of realistic shape, the same for the same seed.

Sizes of accounts follow a power law (most have a handful of people, a few have a thousand); people sit in departments
with a hierarchy; 2,000 of ours (at full size) each work several accounts, and two accounts in five hang on one of them.

    python benchmarks/generate.py --contacts 1000 -o folder     # the sheets of the import format, as CSV
    python benchmarks/generate.py --contacts 1000 --ties 5000 -o folder    # people and ties alone
"""

from __future__ import annotations

import argparse
import csv
from datetime import date
from pathlib import Path

import numpy as np

from powermap.model import (
    Covers,
    Figure,
    Influences,
    Organization,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    WorksAt,
)

DEPARTMENTS = ("Purchasing", "Engineering", "Production", "Finance", "IT", "Quality")
TITLES = {1: "Head", 2: "Director", 3: "Manager", 4: "Specialist", 5: "Assistant"}


def sizes(contacts: int, rng: np.random.Generator) -> np.ndarray:
    """Draw sizes of accounts that sum to `contacts`: a power law, median about 8, at most 1,000."""
    drawn = np.minimum(3 + rng.pareto(1.1, size=contacts // 4 + 10) * 6, 1000).astype(int)
    count = int(np.searchsorted(np.cumsum(drawn), contacts)) + 1
    drawn = drawn[:count]
    drawn[-1] -= drawn.sum() - contacts
    return drawn


def records(contacts: int, seed: int = 7) -> list[Record]:
    """Make the records of a store with `contacts` people of customers and about five ties for each."""
    rng = np.random.default_rng(seed)
    found: list[Record] = [
        Organization("us", name="Lumen", type="supplier", us=True),
        Organization("rival", name="Volta", type="supplier"),
    ]
    team = [f"o{i}" for i in range(max(4, contacts // 100))]
    for i, owner in enumerate(team):
        found += [Person(owner, name=f"Seller {i:04d}"), WorksAt(f"wo{i}", src=owner, dst="us")]
    tie = iter(range(10**9))
    for number, size in enumerate(sizes(contacts, rng).tolist()):
        account = f"a{number}"
        region = ("North", "South", "East", "West")[number % 4]
        found.append(
            Organization(
                account,
                name=f"Customer {number:05d}",
                grade="SABC"[min(3, int(rng.integers(0, 8)))],
                region=region,
            )
        )
        revenue = round(float(size * 20_000 * rng.lognormal(0, 1)), -2)
        found.append(
            Figure(
                f"f{number}",
                account=account,
                measure="revenue",
                on=date(2025, 1, 1),
                value=revenue,
                currency="CNY",
            )
        )
        people = [f"p{number}.{i}" for i in range(size)]
        for i, person in enumerate(people):
            level = 1 if i < 1 + size // 40 else 2 if i < 1 + size // 5 else 3 if i < 1 + size // 2 else 4
            unit = DEPARTMENTS[i % len(DEPARTMENTS)]
            found.append(Person(person, name=f"Contact {number:05d} {i:03d}"))
            found.append(
                WorksAt(f"w{person}", src=person, dst=account, title=TITLES[level], unit=unit, level=level)
            )
            if i:
                boss = people[(i - 1) // 5]
                found.append(ReportsTo(f"r{person}", src=person, dst=boss))
            for other in rng.integers(0, size, size=2):
                if other != i:
                    found.append(
                        Influences(
                            f"i{next(tie)}",
                            src=person,
                            dst=people[other],
                            strength=float(rng.choice([0.3, 0.5, 0.8])),
                        )
                    )
            if rng.random() < 0.5:
                attitude = int(rng.choice([-2, -1, 0, 1, 2, 3], p=[0.05, 0.15, 0.3, 0.3, 0.15, 0.05]))
                found.append(Stands(f"s{person}", src=person, dst="us", attitude=attitude))
        owners = rng.choice(
            team, size=1 if rng.random() < 0.4 else min(len(team), 2 + int(rng.integers(0, 3))), replace=False
        )
        for owner in owners:
            for i in np.unique(rng.integers(0, size, size=1 + size // 4)):
                found.append(Covers(f"c{next(tie)}", src=str(owner), dst=people[i], strength=0.7))
    return found


def snapshot(contacts: int, seed: int = 7) -> Snapshot:
    """Make the portfolio as a snapshot."""
    return Snapshot.of(records(contacts, seed))


def write_sheets(folder: Path, contacts: int, seed: int = 7) -> None:
    """Write the sheets organizations, people, ties, stances and figures as CSV."""
    store = snapshot(contacts, seed)
    names = {r.id: r.name for r in store if isinstance(r, (Organization, Person))}
    works = {t.src: t for t in store.all(WorksAt)}
    tables: dict[str, list[list[object]]] = {
        "organizations": [["id", "name", "type", "us", "grade", "region"]],
        "people": [["id", "company", "name", "title", "department", "level", "boss"]],
        "ties": [["company", "from", "to", "kind", "strength"]],
        "stances": [["company", "person", "supplier", "attitude"]],
        "figures": [["company", "measure", "date", "value", "currency"]],
    }
    for o in store.all(Organization):
        tables["organizations"].append([o.id, o.name, o.type, "yes" if o.us else "", o.grade, o.region])
    boss = {t.src: names[t.dst] for t in store.all(ReportsTo)}
    for person, work in works.items():
        tables["people"].append(
            [
                person,
                names[work.dst],
                names[person],
                work.title,
                work.unit,
                work.level or "",
                boss.get(person, ""),
            ]
        )
    for kind, cls in (("covers", Covers), ("influences", Influences)):
        for t in store.all(cls):
            tables["ties"].append([names[works[t.dst].dst], names[t.src], names[t.dst], kind, t.strength])
    for s in store.all(Stands):
        tables["stances"].append([names[works[s.src].dst], names[s.src], names[s.dst], s.attitude])
    for f in store.all(Figure):
        tables["figures"].append([names[f.account], f.measure, f.on, f.value, f.currency])
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


def write_bulk(folder: Path, contacts: int, ties: int, seed: int = 7) -> list[Path]:
    """Write `contacts` people, and `ties` ties of influence and coverage, as CSV in the columns of the template."""
    from powermap.method import load_pack
    from powermap.reports.workbook import header, written_fields

    rng = np.random.default_rng(seed)
    counts = sizes(contacts, rng)
    first = np.concatenate(([0], np.cumsum(counts)))
    account = np.repeat(np.arange(len(counts)), counts)
    team = max(4, contacts // 100)
    people: list[dict[str, object]] = [
        {"id": f"S{i}", "company": "Lumen", "name": f"Seller {i:04d}", "title": "Seller"} for i in range(team)
    ]
    for i, (number, step) in enumerate(
        zip(account.tolist(), rng.integers(1, 6, size=contacts).tolist(), strict=True)
    ):
        place = i - int(first[number])
        people.append(
            {
                "id": f"C{i}",
                "company": f"Customer {number:05d}",
                "name": f"Contact {number:05d} {place:03d}",
                "title": TITLES[step],
                "department": DEPARTMENTS[place % len(DEPARTMENTS)],
                "level": step,
                "boss": f"Contact {number:05d} {(place - 1) // 5:03d}" if place else "",
                "email": f"contact{i}@example.com" if i % 2 else "",
                "since": f"20{10 + i % 15}-0{1 + i % 9}-01" if i % 3 else "",
            }
        )
    # Distinct pairs, drawn with some to spare: two equal rows would be one tie.
    src = rng.integers(0, contacts, size=ties * 2)
    dst = first[account[src]] + rng.integers(0, 1 << 30, size=ties * 2) % counts[account[src]]
    covers = rng.random(ties * 2) < 0.1
    src[covers] = -1 - rng.integers(0, team, size=int(covers.sum()))
    _, kept = np.unique(np.stack((src, dst)), axis=1, return_index=True)
    kept = np.sort(kept)
    kept = kept[src[kept] != dst[kept]][:ties]
    told = (
        {
            "company": people[team + d]["company"],
            "from": people[s + team if s >= 0 else -1 - s]["name"],
            "to": people[team + d]["name"],
            "kind": "covers" if s < 0 else "sways",
            "strength": ("0.3", "0.5", "0.8")[i % 3],
            "channel": ("advice", "information", "")[i % 3] if s >= 0 else "",
            "since": f"20{15 + i % 10}-0{1 + i % 9}-15" if i % 4 else "",
            "source": ("visit report", "call", "")[i % 3],
            "author": f"Seller {i % team:04d}",
            "status": ("observed", "assumed")[i % 2],
            "confidence": ("0.9", "0.6", "")[i % 3],
        }
        for i, (s, d) in enumerate(zip(src[kept].tolist(), dst[kept].tolist(), strict=True))
    )
    pack = load_pack()
    folder.mkdir(parents=True, exist_ok=True)
    us = [{"name": "Lumen", "type": "supplier", "us": "yes"}]
    paths = []
    for name, rows in {"organizations": us, "people": people, "ties": told}.items():
        fields = [field.name for field in written_fields(name)]
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow([header(pack, name, f, "en") for f in fields])
            writer.writerows([row.get(f, "") for f in fields] for row in rows)
    return paths


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--ties", type=int, help="write people and this many ties alone")
    given = parser.parse_args()
    if given.ties is None:
        write_sheets(given.output, given.contacts, given.seed)
    else:
        write_bulk(given.output, given.contacts, given.ties, given.seed)
