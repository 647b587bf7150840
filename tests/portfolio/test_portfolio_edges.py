"""Every number of portfolio.toml on both sides of it, in the answers over all accounts, and with another in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from packs import Ask, cases, changed, untested
from small_store import DAY, Store
from test_duty import great, without
from test_scan import random_store

from powermap.findings import Answer
from powermap.method import Pack
from powermap.model import Covers, Period, Relates, Stands, WorksAt
from powermap.portfolio import answer, scan
from powermap.portfolio.data.columns import Columns


def told(s: Store, question: str, pack: Pack) -> Answer:
    return answer(s.scan(), question, s.snapshot(), pack)


def repaired(*ours: str, **levels: int) -> Callable[[Pack], float]:
    """Ask how long it takes until Boss, whom Ann alone covers, hangs on nobody."""

    def ask(pack: Pack) -> float:
        s = Store()
        s.ours("Ann", *ours, level=3 if ours else 2)
        s.account("A", 100.0, Boss=1, **levels)
        s.covers("Ann>Boss", *(f"{who}>Clerk" for who in ours))
        (row,) = told(s, "repairs", pack).rows
        return float(row["effort"])

    return ask


def fallen(pack: Pack) -> list[str]:
    """From 50 % to 49 %, and to 49.01 %, while our sales rise."""
    s = Store()
    for name, sold in (("A", 490.0), ("B", 490.1)):
        s.account(name)
        for year, revenue, wallet in ((2024, 50.0, 100.0), (2025, sold, 1000.0)):
            s.figure(name, "revenue", year, revenue)
            s.figure(name, "wallet", year, wallet)
    return [r["key"] for r in sorted(told(s, "wallet", pack).rows, key=lambda r: r["id"])]


def looked_back(pack: Pack) -> str:
    s = Store()
    s.account("A")
    for year in range(2019, 2026):
        s.figure("A", "revenue", year, 1.0)
        s.figure("A", "wallet", year, 2.0)
    (row,) = told(s, "wallet", pack).rows
    return str(row["years"])


def demanded(key: str, *stores: Callable[[], Store]) -> Callable[[Pack], list[bool]]:
    """Ask of several S accounts whether a demand isn't met."""
    return lambda pack: [any(r["key"] == key for r in told(make(), "duty", pack).rows) for make in stores]


def instead(**facts: int) -> Callable[[], Store]:
    """The S account where all is done, but for Boss's attitude, the organizations' level, or Ann's rank."""

    def make() -> Store:
        s = great()
        found = []
        for r in s.records:
            if isinstance(r, Stands) and "attitude" in facts:
                r = replace(r, attitude=facts["attitude"])
            if isinstance(r, Relates) and "organization" in facts:
                r = replace(r, level=facts["organization"])
            if "rank" in facts:
                if isinstance(r, Covers) and (r.src, r.dst) == ("Ben", "Boss"):
                    continue
                if isinstance(r, WorksAt) and r.src == "Ann":
                    r = replace(r, level=facts["rank"])
            found.append(r)
        s.records = found
        return s

    return make


def one_way() -> Store:
    s = great()
    return without(
        s, *(r.id for r in s.records if isinstance(r, Covers) and (r.src, r.dst) == ("Ben", "Boss"))
    )


def visited(pack: Pack) -> dict[str, int]:
    """Ann meets six customers in each of the last six weeks, Ben five; return who met too few, and in how many weeks."""
    s = Store()
    s.ours("Ann", "Ben")
    for i in range(6):
        s.account(f"C{i}", 1.0, "C", **{f"P{i}": 1})
        s.covers(f"Ann>P{i}", f"Ben>P{i}")
        for week in range(1, 7):
            s.met(f"C{i}", DAY - timedelta(weeks=week), "Ann Ben" if i else "Ann")
    return {r["id"]: len(r["weeks"]) for r in told(s, "duty", pack).rows if r["grade"] == "C"}


def relation(grade: str, *begun: int, strength: float = 0.5) -> Callable[[Pack], list[str]]:
    """Ask how relations of this strength stand that began so many days ago."""

    def ask(pack: Pack) -> list[str]:
        found = []
        for ago in begun:
            s = Store()
            s.ours("Ann")
            s.account("A", 1.0, grade, Boss=1)
            s.covers("Ann>Boss", strength=strength, period=Period(DAY - timedelta(days=ago), None))
            (row,) = told(s, "cold", pack).rows
            found.append(row["key"])
        return found

    return ask


def half_life(grade: str, days: int) -> Ask:
    """.5 halves to the threshold on that day and lies below it on the next."""
    ask = relation(grade, days, days + 1)
    return Ask(ask, {days - 1: ["cold", "cold"], days: ["soon", "cold"], days + 1: ["soon", "soon"]})


def threshold(pack: Pack) -> list[str]:
    return [relation("S", 0, strength=s)(pack)[0] for s in (0.24, 0.25, 0.26)]


def silent(pack: Pack) -> list[int | None]:
    found = []
    for ago in (180, 181):
        s = Store()
        s.ours("Ann")
        s.account("A", 1.0, Boss=1)
        s.covers("Ann>Boss")
        s.met("A", DAY - timedelta(days=ago), "Ann", "Boss")
        (row,) = told(s, "health", pack).rows
        found.append(row["quiet"])
    return found


def cadence(level: int, days: int) -> Ask:
    def ask(pack: Pack) -> list[bool]:
        found = []
        for ago in (days, days + 1):
            s = Store()
            s.ours("Ann")
            s.account("A", 1.0, "S", Boss=level)
            s.covers("Ann>Boss")
            s.met("A", DAY - timedelta(days=ago), "Ann", "Boss")
            (row,) = told(s, "cold", pack).rows
            found.append(row["late"])
        return found

    return Ask(ask, {days - 1: [True, True], days: [False, True], days + 1: [False, False]})


def banded(pack: Pack) -> set[tuple[int, str]]:
    """Ask for the bands of accounts with one, and with two of their dials to watch, and none bad."""
    records = random_store(1, 40)
    found = answer(scan(Columns.from_snapshot(records, pack, DAY)), "value", records, pack)
    dials = [(list(r["dials"].values()), r["band"]) for r in found.rows]
    return {(d.count("watch"), band) for d, band in dials if "bad" not in d and "watch" in d}


def leavers(pack: Pack) -> list[int]:
    """Twelve of ours on one decision-maker, and fourteen; one more than the limit stands for more."""
    found = []
    for number in (12, 14):
        s = Store()
        s.account("A", 1.0, Boss=1)
        for n in range(number):
            s.ours(f"O{n}")
            s.covers(f"O{n}>Boss")
        (row,) = told(s, "accounts", pack).rows
        found.append(row["truck"])
    return found


def news(pack: Pack) -> list[bool]:
    """Of 22 accounts with an owner each twelve must leave, of 24 thirteen."""
    found = []
    for number in (22, 24):
        s = Store()
        for n in range(number):
            s.ours(f"O{n}")
            s.account(f"A{n}", 1.0, **{f"P{n}": 1})
            s.covers(f"O{n}>P{n}")
        found.append(any(f.kind == "truck-factor" for f in told(s, "accounts", pack).findings))
    return found


def recent(pack: Pack) -> int:
    s = Store()
    s.ours("Ann")
    s.account("A", 1.0)
    for ago in (0, 364, 365):
        s.met("A", DAY - timedelta(days=ago), "Ann")
    (row,) = told(s, "effort", pack).rows
    return int(row["effort"])


def beside(revenue: float, *efforts: int) -> Callable[[Pack], list[str]]:
    """Ask for the verdict on A with so much of 100 revenue, and so many of 40 meetings."""

    def ask(pack: Pack) -> list[str]:
        found = []
        for effort in efforts:
            s = Store()
            s.ours("Ann")
            s.account("A", revenue)
            s.account("B", 100 - revenue)
            for n in range(40):
                s.met("A" if n < effort else "B", DAY, "Ann")
            found += [r["key"] for r in told(s, "effort", pack).rows if r["id"] == "A"]
        return found

    return ask


def altitude(pack: Pack, **parts: float) -> tuple[float, int]:
    """Return the part of the revenue on low relations and the urgency, by the revenue of accounts reached at a level."""
    s = Store()
    s.ours("Ann")
    for name, revenue in parts.items():
        s.account(name, revenue, **{f"P{name}": int(name[1:])})
        s.covers(f"Ann>P{name}")
    found = next(f for f in told(s, "mix", pack).findings if f.kind == "mix-altitude")
    return found.value, found.urgency


ASKED: dict[tuple[str, str], Ask] = {
    ("portfolio", key): ask
    for key, ask in {
        "repair.level": Ask(repaired("Ben", Clerk=4), {1.0: 5, 2.0: 6, 3.0: 7}),
        "repair.newcomer": Ask(repaired(), {4.0: 8, 5.0: 9, 6.0: 10}),
        "wallet.points": Ask(
            fallen, {0.9: ["erosion", "erosion"], 1.0: ["erosion", "steady"], 1.1: ["steady", "steady"]}
        ),
        "wallet.years": Ask(looked_back, {4: "2022–2025", 5: "2021–2025", 6: "2020–2025"}),
        "duty.attitude": Ask(
            demanded("key", *(instead(attitude=n) for n in (0, 1, 2))),
            {0: [False] * 3, 1: [True, False, False], 2: [True, True, False]},
        ),
        "duty.organization": Ask(
            demanded("organization", *(instead(organization=n) for n in (2, 3, 4))),
            {2: [False] * 3, 3: [True, False, False], 4: [True, True, False]},
        ),
        "duty.rank": Ask(
            demanded("levels", *(instead(rank=n) for n in (1, 2, 3))),
            {0: [False, True, True], 1: [False, False, True], 2: [False] * 3},
        ),
        "duty.ways": Ask(
            demanded("ways", one_way, great), {1: [False, False], 2: [True, False], 3: [True, True]}
        ),
        "duty.deputies": Ask(
            demanded("deputy", lambda: without(great(), "deputy"), great),
            {0: [False, False], 1: [True, False], 2: [True, True]},
        ),
        "duty.visits": Ask(visited, {5: {}, 6: {"Ben": 4}, 7: {"Ann": 4, "Ben": 4}}),
        "duty.weeks": Ask(visited, {3: {"Ben": 3}, 4: {"Ben": 4}, 5: {"Ben": 5}}),
        **{
            f"cold.{g or 'none'}": half_life(g, days)
            for g, days in (("S", 90), ("A", 120), ("B", 180), ("C", 240), ("", 180))
        },
        "cold.threshold": Ask(
            threshold,
            {0.24: ["soon"] * 3, 0.25: ["cold", "soon", "soon"], 0.26: ["cold", "cold", "soon"]},
        ),
        "cold.soon": Ask(
            relation("S", 31, 30), {59: ["warm", "warm"], 60: ["soon", "warm"], 61: ["soon", "soon"]}
        ),
        "cold.silent": Ask(silent, {179: [180, 181], 180: [None, 181], 181: [None, None]}),
        **{f"cadence.{n}": cadence(n, days) for n, days in ((1, 365), (2, 120), (3, 30), (4, 30), (5, 30))},
        "bands.weak": Ask(
            banded,
            {1: {(1, "weak"), (2, "weak")}, 2: {(1, "fair"), (2, "weak")}, 3: {(1, "fair"), (2, "fair")}},
        ),
        "truck.account": Ask(leavers, {11: [12, 12], 12: [12, 13], 13: [12, 14]}),
        "truck.all": Ask(news, {11: [False, False], 12: [True, False], 13: [True, True]}),
        "effort.days": Ask(recent, {364: 1, 365: 2, 366: 3}),
        "effort.loud": Ask(
            beside(25, 19, 20), {1.8: ["loud", "loud"], 2.0: ["fair", "loud"], 2.1: ["fair", "fair"]}
        ),
        "effort.quiet": Ask(
            beside(50, 10, 11), {0.4: ["fair", "fair"], 0.5: ["quiet", "fair"], 0.6: ["quiet", "quiet"]}
        ),
        "mix.low": Ask(
            lambda pack: altitude(pack, A1=200, A3=100, A4=100, A5=400)[0], {3: 75.0, 4: 62.5, 5: 50.0}
        ),
        "mix.share": Ask(
            lambda pack: [altitude(pack, A1=100.0 - low, A4=low)[1] for low in (29.0, 30.0)],
            {29.0: [2, 2], 30.0: [0, 2], 31.0: [0, 0]},
        ),
    }.items()
}


def test_every_number_is_tested() -> None:
    assert not untested(ASKED, "portfolio")


@pytest.mark.parametrize(("file", "key", "value"), cases(ASKED))
def test_the_answer_turns_on_the_number(file: str, key: str, value: float) -> None:
    """The built-in number, one below and one above: the same data on both sides, another verdict."""
    found: Any = ASKED[file, key]
    assert found.ask(changed(file, key, value)) == found.said[value]
