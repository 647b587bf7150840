"""The layout an account keeps: nobody moves, whoever changes department does, and a table edits it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented import records, view

import powermap as pm
from powermap.errors import ConflictError
from powermap.maps import plans
from powermap.maps.kept import as_text, kept_layout
from powermap.maps.parts import Scene
from powermap.maps.scene import arranged, build
from powermap.model import KeptLayout, Person, Record, WorksAt


def positions(scene: Scene) -> dict[str, tuple[float, float]]:
    return {f.record: (f.x, f.y) for f in scene.figures}


def kept(found: list[Record]) -> list[Record]:
    """Return the records with the account's layout kept."""
    old = [r for r in found if not isinstance(r, KeptLayout)]
    return [*old, KeptLayout("layout", account="acc", plan=as_text(arranged(view(found))))]


def newcomer(number: int, unit: str, level: int) -> list[Record]:
    return [
        Person(id=f"n{number}", name=f"新{number}", power=1.0),
        WorksAt(id=f"wn{number}", src=f"n{number}", dst="acc", unit=unit, level=level),
    ]


@pytest.mark.parametrize("size", [8, 25, 60, 100])
def test_nobody_moves_while_many_join_one_after_the_other(size: int) -> None:
    """Into rows that are full, half full and not there; each newcomer is kept in turn."""
    found = kept(records(size))
    at = positions(build(view(found)))
    joins = [
        ("财务部", 4),
        ("财务部", 4),
        ("研发部", 3),
        ("研发部", 5),
        ("采购部", 2),
        ("采购部", 5),
        ("采购部", 5),
    ]
    for number, (unit, level) in enumerate(joins):
        found = kept([*found, *newcomer(number, unit, level)])
        now = positions(build(view(found)))
        assert {p: now[p][0] for p in at} == {p: x for p, (x, _) in at.items()}, "nobody moves to the side"
        scene = build(view(found))
        lanes = {lane: (x, x + width) for lane, x, width in scene.grid.lanes}
        for f in scene.figures:
            assert any(left <= f.x - f.radius and f.x + f.radius <= right for left, right in lanes.values())
        places = list(now.values())
        assert len(set(places)) == len(places)
        at = now


def test_the_plan_is_a_fixed_point() -> None:
    found = kept(records(25))
    layout = kept_layout(view(found))
    assert layout is not None and as_text(arranged(view(found))) == as_text(layout)


def test_who_changes_department_moves_and_nobody_else() -> None:
    found = kept(records(25))
    scene = build(view(found))
    mover = scene.figures[-1]
    other = next(f.unit.zh for f in scene.figures if f.unit != mover.unit and f.unit.zh)
    moved = [
        replace(r, unit=other, unit_alt="") if isinstance(r, WorksAt) and r.src == mover.record else r
        for r in found
    ]
    before, after = positions(scene), positions(build(view(moved)))
    assert {p for p in before if before[p] != after[p]} == {mover.record}


def test_a_leavers_place_stays_empty_until_laid_out_anew() -> None:
    found = kept(records(25))
    leaver = build(view(found)).figures[8].record
    rest = [r for r in found if leaver not in (r.id, getattr(r, "src", ""), getattr(r, "dst", ""))]
    rest = kept(rest)
    back = positions(
        build(
            view(
                kept([*rest, *[r for r in records(25) if r.id == leaver or getattr(r, "src", "") == leaver]])
            )
        )
    )
    assert back[leaver] == positions(build(view(found)))[leaver]
    assert leaver not in arranged(view(rest), anew=True).slots


def test_the_table_says_where_everybody_stands_and_reads_back() -> None:
    lens = view(kept(records(25)))
    rows = plans.rows(lens, arranged(lens))
    assert len(rows) == 25
    table = [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]
    layout, problems = plans.read(lens, table, "places.csv")
    assert problems == []
    assert positions(build(lens, kept=layout)) == positions(build(lens))


def test_an_edited_table_swaps_lanes_and_places() -> None:
    lens = view(records(25))
    rows = plans.rows(lens, arranged(lens))
    last = max(r["lane"] for r in rows)
    table = [
        (n, {k: "" if v is None else str(v) for k, v in {**row, "lane": last + 1 - row["lane"]}.items()})
        for n, row in enumerate(rows, 2)
    ]
    layout, problems = plans.read(lens, table, "places.csv")
    assert not problems
    assert list(layout.lanes) == list(arranged(lens).lanes)[::-1]


def test_every_fault_of_a_table_is_told_with_its_row() -> None:
    lens = view(records(8))
    rows = plans.rows(lens, arranged(lens))
    table = [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]
    table[0][1].update(id="", name="Nobody")
    table[1][1].update(level="7")
    table[2][1].update(place="-1")
    table.append((99, dict(table[3][1])))
    _, problems = plans.read(lens, table, "places.csv")
    assert [(p.row, p.column) for p in problems] == [(2, "id"), (3, "level"), (4, "place"), (99, "id")]
    assert all(p.file == "places.csv" and p.reason and p.reason_zh for p in problems)


def test_of_two_first_maps_at_once_one_layout_is_kept(tmp_path: Path) -> None:
    from powermap import demo

    with pm.open(tmp_path / "s.db") as ws:
        ws.import_(demo.files("en"), today=demo.AS_OF)
        first, second = (ws.account(demo.GREAT_ACCOUNT["en"]).lens(as_of=demo.AS_OF) for _ in range(2))
        assert first.keep_layout() is not None
        with pytest.raises(ConflictError):
            second.keep_layout()
        assert len(ws.store.read().all(KeptLayout)) == 1


def test_places_that_are_no_places_and_people_twice() -> None:
    lens = view(records(8))
    rows = plans.rows(lens, arranged(lens))
    table = [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]
    for row, place in zip(table, ("1e400", "1.7", "nan"), strict=False):
        row[1].update(place=place)
    table.append((50, {**table[5][1], "place": "9"}))
    _, problems = plans.read(lens, table, "places.csv")
    assert [(p.row, p.column) for p in problems if p.column != "place" or p.row in (2, 3, 4)] == [
        (2, "place"),
        (3, "place"),
        (4, "place"),
        (50, "id"),
    ]


def test_the_store_keeps_it_once(tmp_path: Path) -> None:
    from powermap import demo

    with pm.open(tmp_path / "s.db") as ws:
        ws.import_(demo.files("en"), today=demo.AS_OF)
        seen = ws.account(demo.GREAT_ACCOUNT["en"]).lens(as_of=demo.AS_OF)
        assert seen.keep_layout() is not None
        again = ws.account(demo.GREAT_ACCOUNT["en"]).lens(as_of=demo.AS_OF)
        assert again.keep_layout() is None
        assert again.map(profile="full") == seen.map(profile="full")
        assert ws.store.verify() == []
        assert ws.undo(ws.store.receipts()[0].batch).removed == 1
