"""Small portfolios by hand: accounts, who decides there, and who of ours covers whom."""

from __future__ import annotations

from datetime import date
from itertools import count

from powermap.method import load_pack
from powermap.model import (
    Covers,
    Figure,
    Influences,
    Interaction,
    Organization,
    Period,
    Person,
    Record,
    Snapshot,
    WorksAt,
)
from powermap.portfolio import Columns, Scan, scan

DAY = date(2026, 9, 30)


class Store:
    """Records under way. Level 1 decides in every account, by rank."""

    def __init__(self) -> None:
        self.ids = (f"r{i:04d}" for i in count())
        self.records: list[Record] = [Organization("us", name="Us", type="supplier", us=True)]
        self.known: set[str] = set()

    def ours(self, *names: str, level: int | None = None) -> None:
        for name in names:
            self._person(name)
            self.records.append(WorksAt(next(self.ids), src=name, dst="us", level=level))

    def account(self, name: str, revenue: float | None = None, grade: str = "", **people: int) -> None:
        """Add an account with people at these levels."""
        self.records.append(Organization(name, name=name, grade=grade))
        if revenue is not None:
            self.figure(name, "revenue", 2025, revenue)
        for person, level in people.items():
            self._person(person)
            self.records.append(WorksAt(next(self.ids), src=person, dst=name, level=level))

    def figure(
        self, account: str, measure: str, year: int, value: float, category: str = "", currency: str = "CNY"
    ) -> None:
        self.records.append(
            Figure(
                next(self.ids),
                account=account,
                measure=measure,
                on=date(year, 1, 1),
                value=value,
                currency=currency,
                category=category,
            )
        )

    def covers(self, *pairs: str, strength: float | None = 0.5, period: Period = Period()) -> None:
        """Add coverage, each written ``Ann>Boss``."""
        for pair in pairs:
            src, dst = pair.split(">")
            self.records.append(Covers(next(self.ids), src, dst, period, strength=strength))

    def sways(self, *pairs: str) -> None:
        for pair in pairs:
            src, dst = pair.split(">")
            self.records.append(Influences(next(self.ids), src, dst, strength=0.5))

    def met(
        self, account: str, on: date, ours: str, theirs: str = "", channel: str = "visit", form: str = ""
    ) -> None:
        self.records.append(
            Interaction(
                next(self.ids),
                account=account,
                on=on,
                channel=channel,
                form=form,
                ours=tuple(ours.split()),
                theirs=tuple(theirs.split()),
            )
        )

    def _person(self, name: str) -> None:
        if name not in self.known:
            self.known.add(name)
            self.records.append(Person(name, name=name))

    def snapshot(self) -> Snapshot:
        return Snapshot.of(self.records)

    def scan(self, on: date = DAY) -> Scan:
        return scan(Columns.from_snapshot(self.snapshot(), load_pack(), on))
