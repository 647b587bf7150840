"""The value ledger: the article's maker of chargers worked by hand, edges, properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builder import DAY, records, view
from hypothesis import given
from hypothesis import strategies as st

from powermap.analysis.alerts import alerts
from powermap.analysis.grid import grid, growth
from powermap.analysis.group_tree import companies, group
from powermap.analysis.reciprocity import Firm, costs, dependence, exchange, firm, shone
from powermap.analysis.value import value
from powermap.analysis.value_curve import curve
from powermap.errors import AnalysisError
from powermap.lens import Lens
from powermap.method import load_pack
from powermap.model import (
    Assessment,
    Covers,
    Deal,
    Figure,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    Snapshot,
    WorksAt,
)

M = 1e6


def money(measure: str, year: int, amount: float, category: str = "", supplier: str = "", coin: str = "CNY",
          account: str = "acc") -> Figure:  # fmt: skip
    name = f"{account}{measure}{year}{category}{supplier}{coin}"
    return Figure(name, (), account, measure, date(year, 1, 1), amount * M, coin, category, supplier)


def seen(*more: Record, pack: Any = None, **facts: Any) -> Lens:
    lens = view([*records({"Boss": 1}, suppliers=("us", "rival"), team={"Rob": "rival"}, **facts), *more])
    return replace(lens, pack=pack) if pack else lens


def said(item: str, score: float | None, words: str = "said", days: int = 30, **more: Any) -> Assessment:
    on = DAY - timedelta(days=days)
    return Assessment(f"{item}{words}", (), "acc", item=item, score=score, on=on, words=words, **more)


CHARGERS = (
    money("revenue", 2021, 100, "chargers"), money("wallet", 2021, 100, "chargers"),
    money("revenue", 2025, 400, "chargers"), money("wallet", 2025, 1700, "chargers"),
    money("revenue", 2025, 850, "chargers", "rival"),
    money("wallet", 2025, 320, "adapters"), money("revenue", 2025, 120, "adapters", "rival"),
    money("revenue", 2025, 200, "adapters", "stranger"), money("wallet", 2025, 180, "banks"),
)  # fmt: skip


def test_the_maker_of_chargers() -> None:
    lens = seen(*CHARGERS)
    found = grid(lens)
    assert found is not None
    chargers, adapters, banks = found.lines
    assert (chargers.ours, chargers.spend, chargers.share(chargers.ours)) == (400 * M, 1700 * M, 4 / 17)
    assert chargers.unknown == 450 * M and chargers.white is None
    assert (adapters.state, adapters.white, adapters.unknown) == ("never", 320 * M, 0.0)
    assert (banks.state, banks.white, banks.unknown) == ("never", 180 * M, 180 * M)
    assert found.rivals == ("rival",) and found.white == 500 * M
    head = value(lens).findings[0]
    assert head.kind == "wallet-erosion"
    assert head.sentence.en == (
        "From 2021 to 2025 sales went from 100 m CNY to 400 m CNY while our share of their chargers fell from 100% to 23.5%; "
        "two categories were never ours."
    )
    # One alarm, one rule: what the brief says of it has the same id and value.
    from powermap.analysis.brief import brief

    assert head.id in {f.id for f in brief(lens).findings}
    assert [r["holders"] for r in value(lens).rows if r.get("key") == "never"][1][0]["name"][
        "en"
    ] == "not known"


def test_why_nothing_is_ours() -> None:
    lost = (
        money("revenue", 2023, 6, "cables"),
        money("wallet", 2023, 100, "cables"),
        money("wallet", 2025, 90, "cables"),
    )
    tried = Deal(
        "d",
        (),
        "acc",
        name="Docks",
        category="docks",
        outcome="lost",
        won_by="rival",
        close_on=date(2025, 12, 1),
    )
    lens = seen(*CHARGERS, *lost, money("wallet", 2025, 40, "docks"), tried)
    rows = {
        r["name"]["en"]: r["value"]["en"]
        for r in value(lens).rows
        if r["section"]["en"].startswith("What they buy")
    }
    assert rows["cables"] == "lost, was 6% in 2023"
    assert rows["docks"] == "offered and lost to Rival"
    assert rows["banks"] == "never offered"


def test_unsplit_sales_are_not_zero() -> None:
    lens = seen(money("revenue", 2025, 50), money("wallet", 2025, 100, "cables"))
    found = grid(lens)
    assert found is not None and found.lines[0].state == "unknown" and found.lines[0].white is None
    assert found.lines[0].unknown is None
    assert grid(seen()) is None and value(seen()).findings


def test_doubtful_and_foreign_figures_are_said() -> None:
    lens = seen(money("revenue", 2025, 90, "a"), money("revenue", 2025, 20, "a", "rival"), money("wallet", 2025, 100, "a"),
                money("wallet", 2025, 5, "b", coin="USD"))  # fmt: skip
    found = grid(lens)
    assert found is not None and found.lines[0].doubtful and found.lines[0].share(90 * M) is None
    assert found.others == ("USD",) and any("USD" in n.en for n in value(lens).notes)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["", "rival", "x", "*"]), st.floats(0.1, 1000)),
        min_size=1,
        max_size=12,
    )
)
def test_shares_are_parts(rows: list[tuple[str, str, float]]) -> None:
    figures = {
        (c, h): money("wallet" if h == "*" else "revenue", 2025, v, c, "" if h == "*" else h)
        for c, h, v in rows
    }
    found = grid(seen(*figures.values()))
    assert found is not None
    for line in found.lines:
        parts = [line.share(v) for v in (line.ours, *line.sold.values(), line.unknown)]
        assert sum(p for p in parts if p is not None) <= 1 + 1e-9
        if line.state == "never" and line.spend is not None and not line.doubtful:
            assert line.white == line.spend - (line.ours or 0)


def test_growth_gap() -> None:
    g = growth(
        seen(
            money("revenue", 2024, 310, "c"),
            money("revenue", 2025, 400, "c"),
            money("wallet", 2024, 980, "c"),
            money("wallet", 2025, 1700, "c"),
        )
    )
    assert g is not None and g.gap is not None
    assert (round(100 * (g.ours or 0)), round(100 * g.theirs), round(100 * g.gap)) == (29, 73, -44)


def test_the_five_year_billion() -> None:
    plan = money("expected", 2022, 1000)
    found = curve(
        seen(plan, money("revenue", 2022, 100), money("cost", 2022, 250), money("revenue", 2023, 100))
    )
    assert found is not None
    assert [y.phase for y in found.years] == ["invest", "even", "return", "return", "close"]
    assert [y.expected / M for y in found.years] == pytest.approx([-100, 0, 225, 400, 475])
    assert found.years[0].gap == pytest.approx(-50 * M)
    # Without a cost there is no net value, and so no gap.
    assert found.years[1].actual is None and found.gap == pytest.approx(-50 * M)
    typed = curve(seen(plan, money("expected", 2023, 10)))
    assert typed is not None and [y.expected / M for y in typed.years] == [1000, 10]
    assert curve(seen()) is None


def test_who_needs_whom() -> None:
    asked = (said("top_visits", 0), said("compensates", 0))
    lens = seen(*CHARGERS, *asked, money("revenue", 2025, 1200, account="us"))
    house = firm(lens.whole if lens.whole.records else lens.snapshot, DAY)
    d = dependence(lens, Firm({(2025, "CNY"): 1200 * M}, frozenset({(2025, "CNY")})))
    assert (d.share, d.part, d.tilt, d.typed) == (4 / 17, 1 / 3, "us", True)
    assert house.sales[2025, "CNY"] in (1200 * M, 400 * M)
    text = next(f for f in value(lens, Firm({(2025, "CNY"): 1200 * M})).findings if f.kind == "dependence")
    assert text.sentence.en.startswith(
        "We need them more than they need us: they are 33.3% of our sales, we 23.5%"
    )
    assert text.urgency == 2 and len(text.inputs) == 2
    assert dependence(lens, None).tilt == ""


def test_the_firm_counts_its_own_figure_first() -> None:
    told = Snapshot.of([Organization("us", name="Us", type="supplier", us=True), Organization("acc", name="A"),
                        money("revenue", 2025, 400, "c"), money("revenue", 2025, 1200, account="us"), money("revenue", 2024, 3, "c")])  # fmt: skip
    house = firm(told, DAY)
    assert house.sales == {(2025, "CNY"): 1200 * M, (2024, "CNY"): 3 * M} and house.typed == {(2025, "CNY")}


def test_benefit_is_a_sum_of_what_holds() -> None:
    lens = seen(*CHARGERS, said("benefit_earned", 5 * M, "one"), said("benefit_earned", 7 * M, "two"),
                said("benefit_earned", 9 * M, "old", 400), said("benefit_financed", 2 * M), said("benefit_earned", 1, "euro", currency="EUR"))  # fmt: skip
    e = exchange(lens)
    assert (e.benefit, e.financed, len(e.foreign)) == (12 * M, 2 * M, 1)
    assert (
        exchange(seen(*CHARGERS, said("benefit_earned", 5 * M), money("benefit", 2025, 20))).benefit == 20 * M
    )


def test_several_of_one_day_add_up_and_the_same_told_again_does_not() -> None:
    told = [replace(said("benefit_earned", v * M, words), id=str(n))
            for n, (v, words) in enumerate(((5, "one"), (7, "two"), (1, ""), (2, "")))]  # fmt: skip
    again = replace(said("benefit_earned", 6 * M, "One", 10), id="again")
    assert exchange(seen(*CHARGERS, *told)).benefit == 15 * M
    assert exchange(seen(*CHARGERS, *told, again)).benefit == 16 * M
    lines = (said("leave_tooling", 3 * M, "line A"), said("leave_tooling", 4 * M, "line B"), said("leave_tooling", 9 * M, "before", 60))  # fmt: skip
    lens = seen(*CHARGERS, *lines)
    assert [a.words for a in costs(lens)["leave_tooling"]] == ["line A", "line B"]
    told_ = next(f for f in value(lens).findings if f.kind == "hold")
    assert "cost of leaving us: 7 m CNY" in told_.sentence.en and len(told_.inputs) == 2
    assert [r["amount"] for r in value(lens).rows if r["id"].startswith("hold") and r.get("amount")] == [3 * M, 4 * M]  # fmt: skip


@pytest.mark.parametrize(("level", "rings"), [(2, True), (3, False)])
def test_a_shallow_bond_and_people_who_left(level: int, rings: bool) -> None:
    gone = WorksAt("wg", src="Gone", dst="acc", period=Period(None, DAY - timedelta(days=10)))
    more = (Person("Gone", name="Gone"), gone, Covers("cg", src="Olga", dst="Gone"), said("bond", level))
    lens = seen(*more, covers=[("Olga", "Boss")])
    assert any(f.kind == "bond-at-risk" for f in alerts(lens)) is rings
    told = next(f for f in value(lens).findings if f.kind == "bond")
    risk = next(r for r in lens.pack.topic("value")["bond"] if r["level"] == level)
    assert risk["en"] in told.sentence.en


def test_frictions_doubt_a_deep_bond() -> None:
    told = (said("bond", 3), said("friction", None, "three offers"), said("friction", None, "a clause"))
    assert any(f.kind == "bond-doubted" for f in value(seen(*told)).findings)


def test_a_light_for_others() -> None:
    light = Organization("acc", name="Account", lighthouse_for=("Tablets",))
    other = Organization("tab", name="Tab", industry="tablets")
    deal = Deal("d", (), "tab", name="Renewal", value=50 * M, currency="CNY")
    lens = view([*(r for r in records({"Boss": 1}) if r.id != "acc"), light])
    found = shone(lens, Firm(accounts=(other,), deals=(deal,)))
    assert [s.account.id for s in found] == ["tab"] and found[0].open == (deal,)


# The tree of companies.


def company(name: str, above: str, revenue: float, spend: float | None, *covered: str) -> list[Record]:
    found: list[Record] = [Organization(name, name=name), money("revenue", 2025, revenue, account=name)]
    found += [PartOf(f"p{name}{above}", src=name, dst=above)] if above else []
    found += [money("wallet", 2025, spend, account=name)] if spend is not None else []
    for level, owner in enumerate(covered, 1):
        person = f"{name}{level}"
        found += [
            Person(person, name=person),
            WorksAt(f"w{person}", src=person, dst=name, level=level + 1),
            Covers(f"c{person}", src=owner, dst=person),
        ]
    return found


US: list[Record] = [Organization("us", name="Us", type="supplier", us=True)]
for _name in ("Ann", "Bo"):
    US += [Person(_name, name=_name), WorksAt(f"w{_name}", src=_name, dst="us")]


def test_a_group_of_four_levels() -> None:
    told = [*US, *company("group", "", 10, 100, "Ann", "Bo"), *company("province", "group", 20, 40, "Ann"),
            *company("city", "province", 30, 30), *company("county", "city", 40, None, "Bo", "Bo")]  # fmt: skip
    nodes = {n.id: n for n in companies(Snapshot.of(told), "group", DAY).nodes}
    assert [n.depth for n in nodes.values()] == [0, 1, 2, 3]
    assert nodes["group"].revenue == 100 * M and nodes["city"].revenue == 70 * M
    assert nodes["group"].share == pytest.approx(60 / 170)
    assert nodes["group"].level == 2 and nodes["group"].mean == 2.0
    assert nodes["group"].singles == ("county", "province") and nodes["group"].covered == 5
    answer = group(Snapshot.of(told), "group", DAY, load_pack())
    assert "4 companies: our sales of 2025 are 100 m CNY" in answer.findings[0].sentence.en
    with pytest.raises(AnalysisError):
        group(Snapshot.of(told), "county", DAY, load_pack())


def test_a_company_without_figures_has_no_sales_and_many_are_counted() -> None:
    told = [
        *US,
        *company("group", "", 10, 100),
        Organization("bare", name="bare"),
        PartOf("pb", src="bare", dst="group"),
    ]
    told += [r for n in range(9) for r in company(f"c{n}", "group", n + 1, None)]
    nodes = {n.id: n for n in companies(Snapshot.of(told), "group", DAY).nodes}
    assert nodes["bare"].revenue is None and nodes["group"].revenue == 55 * M
    answer = group(Snapshot.of(told), "group", DAY, load_pack())
    assert next(r for r in answer.rows if r["id"] == "bare")["revenue"] is None
    nobody = next(f for f in answer.findings if f.kind == "tree-bare")
    assert len(nobody.subjects) == nobody.value == 11
    assert "Nobody covers 11 companies: group, c8, c7, c6, c5, c4, c3, c2 and 3 more." in nobody.sentence.en


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
    st.lists(st.integers(1, 99), min_size=9, max_size=9),
)
def test_nothing_counts_twice_and_no_circle_hangs(ties: list[tuple[int, int]], sums: list[int]) -> None:
    told: list[Record] = [*US, *(r for n, v in enumerate(sums) for r in company(f"c{n}", "", v, None))]
    told += [PartOf(f"p{a}-{b}", src=f"c{a}", dst=f"c{b}") for a, b in set(ties) if a != b]
    nodes = companies(Snapshot.of(told), "c0", DAY).nodes
    assert len({n.id for n in nodes}) == len(nodes)
    assert nodes[0].revenue == pytest.approx(sum(n.own.revenue or 0 for n in nodes))
