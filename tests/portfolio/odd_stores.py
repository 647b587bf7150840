"""Small random stores in which everything odd happens at once, and what it takes to compare columns."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

from powermap.model import (
    Assessment,
    Batch,
    Change,
    Covers,
    Deal,
    Figure,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    Relates,
    ReportsTo,
    Stands,
    TakesPart,
    WorksAt,
    record_to_props,
)
from powermap.portfolio import Columns
from powermap.stores.sqlite.store import SqliteStore

DAY = date(2026, 9, 30)
PERIODS = (
    *[Period()] * 6,
    Period(date(2024, 1, 1)),
    Period(date(2024, 1, 1), date(2025, 1, 1)),
    Period(date(2026, 9, 30)),
    Period(date(2026, 10, 1)),
    Period(None, date(2026, 9, 30)),
    Period(None, date(2027, 1, 1)),
)


class Maker:
    """Draws records; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.accounts = [f"a{n}" for n in range(self.rng.choice((0, 1, 1, 2, 3)))]
        self.units = [f"u{n}" for n in range(3)]
        self.suppliers = ["s0", "s1", "us"][: self.rng.randint(1, 3)]
        self.ours = [f"o{n}" for n in range(4)]
        self.theirs = [f"p{n}" for n in range(self.rng.randint(0, 14))]
        self.deals = [f"d{n}" for n in range(4)]
        # Some things are named by ties and not there.
        self.people = [*self.ours, *self.theirs, "ghost"]
        self.places = [*self.accounts * 4, *self.units, "circle", "nowhere"]

    def new(self) -> str:
        return f"{self.rng.randrange(10**9):09d}"

    def period(self) -> Period:
        return self.rng.choice(PERIODS)

    def things(self) -> list[Record]:
        pick, marked = self.rng.choice, self.rng.random() < 0.85
        found: list[Record] = [Organization("circle", name="Circle", type="circle")]
        for n, s in enumerate(self.suppliers):
            us = marked and (n == 0 or self.rng.random() < 0.2)
            found.append(Organization(s, name=pick(("Lumen", "Volta", "沃尔塔")), type="supplier", us=us))
        for a in self.accounts:
            alt = pick(("", "星河", "Galaxy"))
            grade, region = pick(("", "S", "B")), pick(("", "North"))
            found.append(
                Organization(a, name=pick(("Acme", "客户", a)), name_alt=alt, grade=grade, region=region)
            )
        found += [
            Organization(u, name=u, type=pick(("unit", "unit", "unit", "customer"))) for u in self.units
        ]
        found += [
            Person(p, name=pick(("Li Wei", "王芳", p)), name_alt=pick(("", "", "李", "Wang")))
            for p in self.people[:-1]
        ]
        for d in self.deals:
            rule = pick(("", "", f'"{pick(self.people)}" and decider', "2 of (", "decider"))
            account = pick(self.places)
            closes = pick((None, date(2026, 5, 1), date(2027, 1, 1)))
            outcome = pick(("", "", "", "lost"))
            found.append(
                Deal(d, account=account, name=pick("xy"), rule=rule, close_on=closes, outcome=outcome)
            )
        found += [self.figure() for _ in range(8)]
        return found + [self.meeting() for _ in range(6)]

    def figure(self) -> Record:
        pick = self.rng.choice
        return Figure(
            self.new(),
            account=pick(self.places),
            measure=pick(("revenue", "revenue", "wallet")),
            on=pick(
                (date(2024, 1, 1), date(2025, 1, 1), date(2025, 7, 1), date(2026, 3, 1), date(2027, 1, 1))
            ),
            value=pick((1.0, 0.1, 1e6, 123.45)),
            currency=pick(("CNY", "CNY", "EUR", "")),
            category=pick(("", "", "pumps", "valves")),
            supplier=pick(("", "", "s1")),
        )

    def meeting(self) -> Record:
        pick = self.rng.choice
        day = pick((date(2026, 1, 1), date(2026, 9, 30), date(2026, 10, 1)))
        return Interaction(
            self.new(),
            account=pick(self.places),
            on=day,
            ours=(pick(self.people),),
            theirs=(pick(self.people),),
        )

    def cell(self) -> Record:
        """Draw judgements on dimensions, of which three make an attitude: one of a sheet of its own, or three in a stance."""
        pick = self.rng.choice
        if self.rng.random() < 0.3:
            cells = {"support": pick((-2, 2)), "guidance": -1, "rivalry": pick((-2, 3))}
            return Stands(self.new(), pick(self.people), pick(self.suppliers), self.period(), **cells)
        return Assessment(
            self.new(),
            account=pick(self.places),
            subject=pick(self.people),
            item=pick(("support", "guidance", "rivalry", "acceptance", "fact_project")),
            supplier=pick(("", "", "s1")),
            score=pick((-2.0, -1.0, 1.0, 3.0)),
            on=pick((date(2025, 9, 29), date(2026, 1, 1), date(2026, 9, 30), date(2026, 10, 1))),
        )

    def tie(self) -> Record:
        """Draw one tie of any kind."""
        pick, new, period = self.rng.choice, self.new(), self.period()
        a, b = pick(self.people), pick(self.people)
        other = pick([p for p in self.people if p != a])
        makers: tuple[Callable[[], Record], ...] = (
            lambda: WorksAt(new, a, pick(self.places), period, level=pick((None, None, 1, 2, 3, 5))),
            lambda: WorksAt(new, a, pick(self.places), period, level=pick((None, None, 2))),
            lambda: WorksAt(new, pick(self.ours), pick(self.suppliers), period),
            lambda: MemberOf(new, a, pick(self.places), period),
            lambda: PartOf(new, pick(self.units), pick(self.places), period),
            lambda: ReportsTo(new, a, other, period, dotted=self.rng.random() < 0.3),
            lambda: ReportsTo(new, a, other, period),
            lambda: Influences(
                new,
                a,
                other,
                period,
                sign=pick((1, 1, 1, -1)),
                strength=pick((None, 0.3, 0.30000000000000004)),
            ),
            lambda: Influences(new, a, other, period, strength=pick((None, 0.8, 1.0, 1 / 3))),
            lambda: Covers(new, pick((a, pick(self.ours))), b, period, strength=pick((None, 0.9, 0.1))),
            lambda: Covers(new, pick(self.ours), b, period),
            lambda: Stands(
                new,
                a,
                pick((*self.suppliers, "circle")),
                period,
                attitude=pick((None, -2, -1, 0, 1, 2, 3)),
                deal=pick(("", "", *self.deals, "gone")),
            ),
            lambda: TakesPart(
                new,
                a,
                pick((*self.deals, "gone")),
                period,
                roles=pick(((), ("user",), ("decider",), ("approver", "user"))),
                votes=pick((None, 1.0)),
                veto=pick((False, False, True)),
            ),
            lambda: Stands(new, a, self.suppliers[0], period, attitude=pick((-2, 0, 2))),
            lambda: TakesPart(new, a, pick(self.deals), period, roles=pick((("user",), ("decider",)))),
            lambda: Relates(new, pick(self.suppliers), pick(self.places), period),
        )
        return pick(makers)()


def odd_records(seed: int) -> tuple[Maker, list[Record]]:
    """Draw the records of a store, and return the maker for more."""
    maker = Maker(seed)
    records = maker.things() + [maker.tie() for _ in range(maker.rng.randint(0, 300))]
    records += [maker.cell() for _ in range(12)]
    return maker, list({r.id: r for r in records}.values())


def write(store: SqliteStore, records: list[Record], name: str = "b") -> None:
    """Create records in a store."""
    changes = tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in records)
    store.apply(Batch(name, changes))


def odd_store(path: Path, seed: int) -> SqliteStore:
    """Make a store of odd records."""
    store = SqliteStore(path)
    write(store, odd_records(seed)[1])
    return store


def assert_same(one: Columns, other: Columns) -> None:
    """Compare columns, up to the order of people."""
    assert (one.as_of, one.supplier, one.accounts) == (other.as_of, other.supplier, other.accounts)
    for field in ("block", "side", "share", "decides", "sources", "src", "dst", "strength"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist(), field
    for c in (one, other):
        assert set(c.person.tolist()) - {-1} == set(range(len(c.people)))
        assert len({person for person, _ in c.people}) == len(c.people)
    assert people(one) == people(other)


def people(columns: Columns) -> list[object]:
    """Return the person of every node."""
    return [columns.people[p] if p >= 0 else None for p in columns.person.tolist()]
