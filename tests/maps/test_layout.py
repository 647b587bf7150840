"""Where people stand: no two on one place, the same for any order of rows, and nobody moves when somebody joins."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from invented import account, records, view

from powermap.maps.layout.layout import Layout
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Scene
from powermap.model import Person, ReportsTo, WorksAt


def positions(scene: Scene) -> dict[str, tuple[float, float]]:
    return {f.record: (f.x, f.y) for f in scene.figures}


SHAPES = [
    {"size": 8},
    {"size": 25},
    {"size": 25, "units": 0},
    {"size": 25, "tops": 3},
    {"size": 60, "units": 8},
    {"size": 100},
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_nobody_stands_on_anybody(shape: dict[str, int]) -> None:
    """Circles keep 6 units apart, and everybody is inside the map."""
    scene = build(account(**shape))
    assert len(scene.figures) == shape["size"]
    for a, b in combinations(scene.figures, 2):
        assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (a.radius + b.radius + 6) ** 2, (a.name, b.name)
    for f in scene.figures:
        assert f.radius < f.x < scene.grid.width - f.radius
        assert f.radius < f.y < scene.grid.height - f.radius


def test_departments_keep_together_and_bosses_stand_above() -> None:
    lens = account(60)
    scene = build(lens)
    lanes = {lane: (x, x + width) for lane, x, width in scene.grid.lanes}
    assert set(lanes) == {s.unit for s in lens.seats.values()}
    at = positions(scene)
    for seat in lens.seats.values():
        left, right = lanes[seat.unit]
        assert left < at[seat.id][0] < right
        assert all(at[boss][1] < at[seat.id][1] for boss in seat.bosses)


def test_order_of_records_changes_nothing() -> None:
    found = records(60)
    shuffled = found[:]
    random.Random(3).shuffle(shuffled)
    assert positions(build(view(found))) == positions(build(view(shuffled)))


def test_a_hundred_people_are_readable_on_one_map() -> None:
    """At 1600 x 900 the one map is about 1540 x 620: at this scale a name of 11.5 units is at least 8 px high."""
    grid = build(account(100)).grid
    assert min(1540 / grid.width, 640 / grid.height) * 11.5 > 8


def test_kept_layout_moves_nobody_when_one_joins_and_one_leaves() -> None:
    found = records(25)
    first = build(view(found))
    kept = Layout.from_dict(first.grid.layout.to_dict())
    assert kept == first.grid.layout
    leaver = first.figures[8].record
    rest = [r for r in found if leaver not in (r.id, getattr(r, "src", ""), getattr(r, "dst", ""))]
    rest += [
        Person(id="new", name="新来", power=1.0),
        WorksAt(id="wnew", src="new", dst="acc", unit="财务部", level=4),
    ]
    second = build(view(rest), kept=kept)
    before, after = positions(first), positions(second)
    assert set(before) - set(after) == {leaver}
    assert set(after) - set(before) == {"new"}
    moved = {p for p in set(before) & set(after) if before[p] != after[p]}
    assert not moved
    assert after["new"] not in before.values() or before[leaver] == after["new"]


def test_people_without_level_department_or_boss_have_their_place() -> None:
    found = [r for r in records(8) if not isinstance(r, ReportsTo)]
    found += [Person(id="lost", name="Lost Soul"), WorksAt(id="wlost", src="lost", dst="acc")]
    scene = build(view(found))
    lost = next(f for f in scene.figures if f.record == "lost")
    band = next((y, y + h) for level, y, h in scene.grid.bands if level == 6)
    assert band[0] < lost.y < band[1]
    assert scene.bands[6].en == "Level unknown"


def test_ids_are_in_reading_order_and_say_nothing() -> None:
    scene = build(account(25))
    assert [f.id for f in scene.figures] == [f"p{n:02d}" for n in range(1, 26)]
    assert [(f.y, f.x) for f in scene.figures] == sorted((f.y, f.x) for f in scene.figures)
