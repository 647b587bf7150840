"""A kept map holds still: whoever joins or leaves, nobody else moves by a pixel, and nothing lies on anything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from invented import records, view

from powermap.maps.layout.account_layout import arranged
from powermap.maps.layout.arrangement import arrange
from powermap.maps.layout.layout import OUTSIDE, Grid, Layout, Place
from powermap.maps.layout.saved_layout import as_text
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Scene
from powermap.model import KeptLayout, Person, Record, ReportsTo, WorksAt


def positions(scene: Scene) -> dict[str, tuple[float, float]]:
    return {f.record: (f.x, f.y) for f in scene.figures}


def kept(found: list[Record]) -> list[Record]:
    """Return the records with the account's layout kept, as the `map` command leaves them."""
    old = [r for r in found if not isinstance(r, KeptLayout)]
    return [*old, KeptLayout("layout", account="acc", plan=as_text(arranged(view(found))))]


def joining(
    ident: str, unit: str, level: int | None, power: float = 1.0, name: str = "", title: str = ""
) -> list[Record]:
    return [
        Person(id=ident, name=name or ident, power=power),
        WorksAt(id=f"w{ident}", src=ident, dst="acc", unit=unit, level=level, title=title),
    ]


def without(found: list[Record], *people: str) -> list[Record]:
    gone = {*people}
    return [r for r in found if not gone & {r.id, getattr(r, "src", ""), getattr(r, "dst", "")}]


def overlaps(people: Sequence[Place], grid: Grid) -> list[tuple[str, str]]:
    """Return pairs of people whose marks lie on each other's: each as wide as a column, and as high as its extents."""
    at = grid.centres
    return [
        (a.id, b.id)
        for a, b in combinations(people, 2)
        if abs(at[a.id][0] - at[b.id][0]) < grid.column - 0.1
        and at[a.id][1] - a.up < at[b.id][1] + b.down
        and at[b.id][1] - b.up < at[a.id][1] + a.down
    ]


def somebody(draw: random.Random, ident: str, levels: Sequence[int], units: Sequence[str]) -> Place:
    up, down = round(draw.uniform(14, 28), 1), round(draw.uniform(28, 58), 1)
    return Place(
        ident, draw.choice(units), draw.choice(levels), round(draw.uniform(0, 10), 1), ident, up, down
    )


@pytest.mark.parametrize("size", [1, 8, 30, 100])
@pytest.mark.parametrize("seed", range(4))
def test_whoever_joins_leaves_or_comes_back_nobody_else_moves(size: int, seed: int) -> None:
    """Thirty changes at random; kept after some. A new level between two others alone may move who is below it."""
    draw = random.Random(f"{size} {seed}")
    units, levels = ["A", "B", "C", "D", OUTSIDE, ""][: 2 + seed], [1, 2, 3, 4, 5, 6][seed % 3 :]
    here = {f"p{n}": somebody(draw, f"p{n}", levels[: 2 + seed], units) for n in range(size)}
    away: dict[str, Place] = {}
    grid = arrange([*here.values()], [], [])
    kept, at = grid.layout, grid.centres
    for number in range(30):
        change = draw.random()
        if change < 0.3 and len(here) > 1:
            who = draw.choice(sorted(here))
            away[who] = here.pop(who)
        elif change < 0.5 and away:
            who = draw.choice(sorted(away))
            here[who] = away.pop(who)
        else:
            for n in range(draw.choice((1, 1, 2, 5))):
                here[f"n{number}-{n}"] = somebody(draw, f"n{number}-{n}", levels, [*units, "E", "F"])
        people = [*here.values()]
        draw.shuffle(people)
        grid = arrange(people, [], [], kept=kept)
        assert arrange(sorted(people, key=lambda p: p.id), [], [], kept=kept) == grid
        moved = {p for p in at if p in here and at[p] != grid.centres[p]}
        assert moved == grid.moved & at.keys()
        assert all(grid.centres[p][0] == at[p][0] for p in moved)
        if moved:
            new = {p.band for p in people} - set(kept.bands)
            assert min(new) < max(b for b in kept.bands if b < 6)
        assert not overlaps(people, grid)
        lanes = {lane: (x, x + width) for lane, x, width in grid.lanes}
        for p in people:
            x, y = grid.centres[p.id]
            left, right = lanes[grid.layout.slots[p.id][0]]
            assert left < x - grid.column / 2 and x + grid.column / 2 < right and y + p.down < grid.height
            top, high = next((top, high) for band, top, high in grid.bands if band == p.band)
            assert top < y < top + high
        if draw.random() < 0.6:
            kept, at = Layout.from_dict(grid.layout.to_dict()), grid.centres
            assert arrange(people, [], [], kept=kept) == replace(grid, moved=frozenset())


def test_a_full_department_goes_on_at_the_end() -> None:
    """One row for level 3 between two others, and no place in it: nobody is pushed, the department has a second lane."""
    found = [Place(f"p{n}", "A" if n < 4 else "B", 1 + n % 4, 5.0, f"p{n}") for n in range(8)]
    first = arrange(found, [], [])
    more = [*found, Place("new", "A", 3, 1.0, "new")]
    grid = arrange(more, [], [], kept=first.layout)
    assert [lane for lane, _, _ in grid.lanes] == [*(lane for lane, _, _ in first.lanes), "A (2)"]
    assert grid.centres["new"][1] == grid.centres["p2"][1]
    assert arrange(found, [], [], kept=grid.layout).lanes == first.lanes, (
        "and it isn't drawn when he has left"
    )


def test_who_stands_right_and_left_of_a_row_in_the_middle() -> None:
    """A row centred for one in a lane of five: two places to its right are taken first, then two to its left."""
    found = [Place("chief", "A", 1, 9.0, "chief"), *(Place(f"p{n}", "A", 2, 5.0, f"p{n}") for n in range(5))]
    layout = replace(arrange(found, [], []).layout, columns={"A": 5})
    for n in range(4):
        found.append(Place(f"q{n}", "A", 1, 1.0, f"q{n}"))
        grid = arrange(found, [], [], kept=layout)
        layout = grid.layout
    row = sorted(("chief", "q0", "q1", "q2", "q3"), key=lambda p: grid.centres[p][0])
    assert row == ["q3", "q2", "chief", "q0", "q1"]
    assert {grid.centres[p][1] for p in row} == {grid.centres["chief"][1]}


def test_a_new_level_between_others_moves_who_is_below_and_says_whom() -> None:
    found = [Place("a", "A", 1, 5.0, "a"), Place("b", "A", 3, 5.0, "b"), Place("c", "A", 6, 5.0, "c")]
    first = arrange(found, [], [])
    second = arrange([*found, Place("d", "A", 5, 5.0, "d")], [], [], kept=first.layout)
    assert [band for band, _, _ in second.bands] == [1, 3, 6, 5] and not second.moved
    third = arrange([*found, Place("e", "A", 2, 5.0, "e")], [], [], kept=second.layout)
    assert third.moved == {"b", "c"} and third.centres["a"] == first.centres["a"]


def test_who_outgrows_his_row_moves_others_only_when_they_would_touch() -> None:
    found = [Place(f"p{n}", "A", n, 5.0, f"p{n}", 20, 40) for n in (1, 2, 3)]
    layout = arrange(found, [], []).layout
    taller = [found[0], replace(found[1], down=50.0), found[2]]
    assert not arrange(taller, [], [], kept=layout).moved
    taller[1] = replace(found[1], down=60.0)
    assert arrange(taller, [], [], kept=layout).moved == {"p3"}


def test_an_outsider_stays_whatever_level_his_ties_lead_to() -> None:
    found = [Place("p1", "A", 1, 5.0, "p1"), Place("p2", "A", 2, 5.0, "p2"), Place("x", OUTSIDE, 1, 5.0, "x")]
    first = arrange(found, [], [])
    assert (
        arrange([*found[:2], replace(found[2], band=2)], [], [], kept=first.layout).centres == first.centres
    )


@pytest.mark.parametrize("size", [8, 45, 60])
def test_the_map_of_an_account_holds_still(size: int) -> None:
    """The same through records: long names, titles and great power join, the whole of a department leaves.

    With 46 people the page opens with one map over the full width: its columns stay as narrow as they were kept.
    """
    found = kept(records(size))
    at = positions(build(view(found)))
    found += joining("tall", "采购部", 2, 9.5, "Wilhelmina Eriksson-Wallgren", "高级项目经理")
    found += joining("other", "战略部", None)
    assert at.items() <= positions(build(view(found))).items()
    found = kept(found)
    at = positions(build(view(found)))
    leavers = [s.id for s in view(found).seats.values() if s.unit == "采购部"]
    rest = positions(build(view(without(found, *leavers))))
    assert rest == {p: xy for p, xy in at.items() if p not in leavers}


def renamed(found: list[Record], unit: str, name: str, alt: str = "", most: int = 99) -> list[Record]:
    """Call a department another name, for its first people."""
    several = [r.id for r in found if isinstance(r, WorksAt) and r.unit == unit][:most]
    return [
        replace(r, unit=name, unit_alt=alt) if isinstance(r, WorksAt) and r.id in several else r
        for r in found
    ]


def test_a_renamed_department_keeps_its_lane() -> None:
    found = kept(records(60))
    scene = build(view(found))
    now = build(view(renamed(found, "采购部", "采购与供应链部", "Procurement and Supply")))
    assert positions(now) == positions(scene)
    assert [lane for lane, _, _ in now.grid.lanes] == [
        "采购与供应链部" if lane == "采购部" else lane for lane, _, _ in scene.grid.lanes
    ]
    assert now.lanes["采购与供应链部"].en == "Procurement and Supply"
    again = kept(renamed(found, "采购部", "采购与供应链部"))
    assert positions(build(view(again))) == positions(scene)


def test_a_department_in_the_other_language_is_the_same() -> None:
    """For all of its people, for some, and for somebody of whom only the other name is known; never for two of one name."""
    found = kept(records(60))
    scene = build(view(found))
    for changed in (
        renamed(found, "采购部", "Procurement", "采购部"),
        renamed(found, "采购部", "Procurement", "采购部", most=2),
        renamed(found, "采购部", "Procurement", most=1),
        kept(renamed(records(60), "采购部", "Procurement", most=1)),
        renamed(found, "采购部", "采购部", most=3),
    ):
        now = build(view(changed))
        assert positions(now) == positions(scene)
        assert now.lanes["采购部"] == ("采购部", "Procurement")
    two = renamed(renamed(records(60), "采购部", "销售一部", "Sales"), "信息部", "销售二部", "Sales")
    assert {"销售一部", "销售二部"} <= {lane for lane, _, _ in build(view(two)).grid.lanes}


def test_a_department_that_is_split_keeps_its_lane_for_most() -> None:
    """Three of five go to a new one, two to another: the lane goes on as that of the three, nobody of them moves."""
    found = [Place(f"p{n}", "A", 3, 5.0, f"p{n}") for n in range(5)] + [Place("q", "B", 3, 5.0, "q")]
    first = arrange(found, [], [])
    split = [replace(p, lane="New" if p.id in ("p0", "p1", "p2") else "Other") for p in found[:5]]
    grid = arrange([*split, found[5]], [], [], kept=first.layout)
    assert [lane for lane, _, _ in grid.lanes] == ["New", "B", "Other"]
    assert {p: grid.centres[p] for p in ("p0", "p1", "p2", "q")}.items() <= first.centres.items()
    stays = arrange([*split[:3], *found[3:]], [], [], kept=first.layout)
    assert [lane for lane, _, _ in stays.lanes] == ["A", "B", "New"], "the old name is somebody's still"


def test_a_row_that_is_new_leaves_room_for_a_tall_one_who_comes_back() -> None:
    """He joined a low row with nobody below, and left; a row was opened below; then he is here again."""
    found = [Place("p", "A", 1, 5.0, "p", 20, 30), Place("q", "B", 2, 5.0, "q", 20, 30)]
    tall = Place("tall", "A", 2, 5.0, "tall", 20, 58)
    first = arrange([*found, tall], [], [], kept=arrange(found, [], []).layout)
    below = Place("below", "A", 2, 5.0, "below", 20, 30)
    second = arrange([*found, below], [], [], kept=first.layout)
    third = arrange([*found, below, tall], [], [], kept=second.layout)
    assert third.centres == {**second.centres, "tall": first.centres["tall"]} and not third.moved
    assert not overlaps([*found, below, tall], third)


def test_levels_from_reporting_lines_stay_when_a_boss_leaves_or_joins() -> None:
    """Nobody's level is given: one of the second level leaves, then a new boss stands between, then one above all."""
    found = [replace(r, level=None) if isinstance(r, WorksAt) else r for r in records(25)]
    found = kept(found)
    lens, at = view(found), positions(build(view(found)))
    people = {b: [p for p, s in lens.seats.items() if b in s.bosses] for b in lens.seats}
    second = next(p for p, s in lens.seats.items() if s.level == 2 and people[p])
    rest = positions(build(view(without(found, second))))
    assert rest == {p: xy for p, xy in at.items() if p != second}
    low = next(p for p, s in lens.seats.items() if s.level == 3 and not people[p])
    found += [
        *joining("between", "财务部", None),
        ReportsTo("rb", src="between", dst=lens.seats[low].bosses[0]),
    ]
    found = [replace(r, dst="between") if isinstance(r, ReportsTo) and r.src == low else r for r in found]
    now = positions(build(view(found)))
    assert {p for p in at if at[p] != now[p]} == {low}, "only who would stand beside his boss"
    top = next(p for p, s in lens.seats.items() if s.level == 1)
    found += [*joining("above", "财务部", None), ReportsTo("ra", src=top, dst="above")]
    now = positions(build(view(found)))
    assert now["above"][1] < now[top][1] < now[second][1]
