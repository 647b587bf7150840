"""The portfolio against the answers about one account, on random portfolios with decoys."""

from __future__ import annotations

import random
from datetime import date

import pytest

from powermap.analysis.fragility import reach
from powermap.lens import look
from powermap.method import load_pack
from powermap.model import (
    Covers,
    Deal,
    Figure,
    Influences,
    MemberOf,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    WorksAt,
    accounts_of,
)
from powermap.portfolio import Columns, answer, scan
from powermap.portfolio.data.columns import OURS, THEIRS

DAY = date(2026, 9, 30)
PAST = Period(date(2024, 1, 1), date(2025, 1, 1))


def random_store(seed: int, accounts: int = 40) -> Snapshot:
    """Make a store with units, outsiders, rivals, opponents, expired ties, shared owners, rules and roles."""
    rng = random.Random(seed)
    ids = iter(range(10**9))

    def new() -> str:
        return f"{rng.randrange(10**9):09d}-{next(ids)}"

    records: list[Record] = [Organization("us", name="Us", type="supplier", us=True)]
    records += [Organization(s, name=s.title(), type="supplier") for s in ("rival", "other")]
    staff = {s: [f"{s} {i}" for i in range(6)] for s in ("us", "rival")}
    for supplier, people in staff.items():
        for p in people:
            records += [Person(p, name=p), WorksAt(new(), src=p, dst=supplier)]
    for n in range(accounts):
        account = f"a{n}"
        records.append(Organization(account, name=f"Account {n:03d}"))
        unit = f"u{n}"
        records += [Organization(unit, name="Unit", type="unit"), PartOf(new(), src=unit, dst=account)]
        people = [f"{account} p{i}" for i in range(rng.randint(0, 9))]
        levels = rng.random() < 0.5
        for p in people:
            level = rng.randint(1, 4) if levels and rng.random() < 0.8 else None
            works = WorksAt(new(), src=p, dst=rng.choice((account, unit)), level=level)
            records += [
                Person(p, name=p),
                works if rng.random() < 0.9 else MemberOf(new(), src=p, dst=account),
            ]
        for a in people:
            for b in people:
                if a == b:
                    continue
                period = PAST if rng.random() < 0.15 else Period()
                if rng.random() < 0.15:
                    records.append(
                        Influences(new(), a, b, period, sign=rng.choice((1, 1, 1, -1)), strength=0.5)
                    )
                if rng.random() < 0.08:
                    records.append(ReportsTo(new(), a, b, period, dotted=rng.random() < 0.3))
            if rng.random() < 0.4:
                supplier = rng.choice(("us", "us", "rival"))
                deal = f"d{n}" if rng.random() < 0.2 else ""
                records.append(Stands(new(), a, supplier, attitude=rng.randint(-2, 3), deal=deal))
            for supplier in ("us", "us", "rival"):
                if rng.random() < 0.2:
                    owner = rng.choice(staff[supplier])
                    period = PAST if rng.random() < 0.15 else Period()
                    records.append(Covers(new(), owner, a, period, strength=rng.choice((None, 0.9))))
        rule = " and ".join(f'"{p}"' for p in people[:2]) if rng.random() < 0.3 and len(people) > 1 else ""
        outcome = "lost" if rng.random() < 0.2 else ""
        records.append(Deal(f"d{n}", account=account, name="Deal", rule=rule, outcome=outcome))
        if rng.random() < 0.6:
            for p in people[:3]:
                roles = (rng.choice(("decider", "approver", "user")),)
                records.append(TakesPart(new(), p, f"d{n}", roles=roles))
        if rng.random() < 0.8:
            records.append(
                Figure(new(), account=account, measure="revenue", on=date(2025, 1, 1), value=float(n))
            )
    return Snapshot.of(records)


@pytest.mark.parametrize("seed", range(12))
def test_equals_the_answers_about_one_account(seed: int) -> None:
    """Oracle: :mod:`powermap.analysis.fragility` on each account by itself, read as a store reads it."""
    store, pack = random_store(seed), load_pack()
    result = scan(Columns.from_snapshot(store, pack, DAY))
    c = result.columns
    assert [a.id for a in c.accounts] == [f"a{n}" for n in range(40)]
    for number, account in enumerate(c.accounts):
        lens = look(store.scope(account.id), account.id, as_of=DAY, pack=pack)
        one = reach(lens)
        nodes = [i for i in range(c.size) if c.block[i] == number and c.side[i] > 0]
        by_id = {c.people[c.person[i]][0]: i for i in nodes}
        assert {p for p, i in by_id.items() if c.side[i] == OURS} == set(one.team)
        assert {p for p, i in by_id.items() if result.parent[i] >= 0} == set(one.parents)
        for side, single in ((OURS, one.single_owners), (THEIRS, one.single_contacts)):
            found = {
                p: result.targets_lost[i] for p, i in by_id.items() if result.single[i] and c.side[i] == side
            }
            assert found == {p: len(lost) for p, lost in single.items()}
        for p, i in by_id.items():
            assert result.people_lost[i] == len([q for q in one.loses(p) if q in lens.seats])
        ways = [one.ways(t) for t in one.targets]
        assert result.fewest[number] == (min(ways) if ways else -1)


@pytest.mark.parametrize("seed", range(3))
def test_scopes_are_the_scope_of_each_account(seed: int) -> None:
    store = random_store(seed)
    # Circles across accounts, with suppliers' people in some of them.
    rng = random.Random(seed)
    anybody = [p.id for p in store.all(Person)]
    clubs = [Organization(f"club {n}", name="Club", type="circle") for n in range(4)]
    ties = [MemberOf(f"in {n}", rng.choice(anybody), rng.choice(clubs).id) for n in range(60)]
    store = Snapshot.of([*store, *clubs, *ties])
    wanted = [account.id for account in accounts_of(store)]
    found = list(store.scopes(wanted[::-1]))
    assert [account for account, _ in found] == wanted[::-1] and len(found) > 1
    for account, part in found:
        assert part == store.scope(account)
    assert [account for account, _ in store.scopes([anybody[0], "gone", wanted[1]])] == wanted[1:2]


def test_revenue_at_risk_heirs_and_truck_factor() -> None:
    """By hand: Ann alone covers both decision-makers of A; Ben covers B with Cat, on two ways."""
    records: list[Record] = [Organization("us", name="Us", type="supplier", us=True)]
    for p in ("Ann", "Ben", "Cat"):
        records += [Person(p, name=p), WorksAt(f"w{p}", src=p, dst="us")]
    for account, revenue in (("A", 900.0), ("B", 100.0)):
        records.append(Organization(account, name=account))
        records.append(
            Figure(
                f"f{account}",
                account=account,
                measure="revenue",
                on=date(2025, 1, 1),
                value=revenue,
                currency="CNY",
            )
        )
        for p in (f"{account}1", f"{account}2"):
            records += [Person(p, name=p), WorksAt(f"w{p}", src=p, dst=account, level=1)]
    covers = (("Ann", "A1"), ("Ann", "A2"), ("Ben", "B1"), ("Cat", "B1"), ("Ben", "B2"), ("Cat", "B2"))
    records += [Covers(f"c{a}{b}", src=a, dst=b) for a, b in covers]
    result = scan(Columns.from_snapshot(Snapshot.of(records), load_pack(), DAY))
    c = result.columns
    names = [c.people[p][0] if p >= 0 else "" for p in c.person]
    assert result.at_risk(OURS).tolist() == [900, 0]
    assert result.at_risk(THEIRS).tolist() == [0, 0]
    assert names[result.worst(OURS)[0]] == "Ann" and result.worst(OURS)[1] == -1
    assert result.fewest.tolist() == [1, 2]
    assert result.owners.tolist() == pytest.approx([1, 2])
    assert [c.people[p][0] for p in result.truck_factor] == ["Ann"]
    ann, ben = names.index("Ann"), names.index("Ben")
    assert [heir for _, heir in result.heirs(ann)] == [-1, -1]
    assert [names[heir] for _, heir in result.heirs(ben)] == ["Cat", "Cat"]


def test_a_store_without_accounts() -> None:
    result = scan(Columns.from_snapshot(Snapshot.of([]), load_pack(), DAY))
    assert result.revenue.tolist() == [] and result.truck_factor == () and result.at_risk(OURS).tolist() == []
    assert answer(result).findings[0].sentence.en == "No accounts yet: `powermap import FILE` brings them in."
