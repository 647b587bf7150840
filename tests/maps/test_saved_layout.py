"""The layout an account keeps: nobody moves, whoever changes department does, and a table edits it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented import records, view

import powermap as pm
from powermap.errors import ConflictError
from powermap.lens import Lens
from powermap.maps.layout import layout_file
from powermap.maps.layout.account_layout import arranged
from powermap.maps.layout.layout import OUTSIDE
from powermap.maps.layout.saved_layout import as_text, kept_layout
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Scene
from powermap.model import Influences, KeptLayout, MemberOf, Person, Record, WorksAt
from powermap.sources.table import read_tables


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
    rest = [r for r in found if leaver not in (getattr(r, "src", ""), getattr(r, "dst", ""))]
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
    rows = layout_file.rows(lens, arranged(lens))
    assert len(rows) == 25
    table = [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]
    layout, problems = layout_file.read(lens, table, "places.csv")
    assert problems == []
    assert positions(build(lens, kept=layout)) == positions(build(lens))


def test_an_edited_table_swaps_lanes_and_places() -> None:
    lens = view(records(25))
    rows = layout_file.rows(lens, arranged(lens))
    last = max(r["lane"] for r in rows)
    table = [
        (n, {k: "" if v is None else str(v) for k, v in {**row, "lane": last + 1 - row["lane"]}.items()})
        for n, row in enumerate(rows, 2)
    ]
    layout, problems = layout_file.read(lens, table, "places.csv")
    assert not problems
    assert list(layout.lanes) == list(arranged(lens).lanes)[::-1]


def test_every_fault_of_a_table_is_told_with_its_row() -> None:
    lens = view(records(8))
    rows = layout_file.rows(lens, arranged(lens))
    table = [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]
    table[0][1].update(id="", name="Nobody")
    table[1][1].update(level="7")
    table[2][1].update(place="-1")
    table.append((99, dict(table[3][1])))
    _, problems = layout_file.read(lens, table, "places.csv")
    assert [(p.row, p.column) for p in problems] == [
        (2, "name"),
        (3, "level"),
        (4, "place"),
        (99, "id"),
    ]
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
    rows = layout_file.rows(lens, arranged(lens))
    table = [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]
    for row, place in zip(table, ("1e400", "1.7", "nan"), strict=False):
        row[1].update(place=place)
    table.append((50, {**table[5][1], "place": "9"}))
    _, problems = layout_file.read(lens, table, "places.csv")
    assert [(p.row, p.column) for p in problems] == [
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
        assert again.map(profile="team") == seen.map(profile="team")
        assert ws.store.verify() == []
        assert ws.undo(ws.store.receipts()[0].batch).removed == 1


def written(lens: Lens) -> list[tuple[int, dict[str, str]]]:
    rows = layout_file.rows(lens, arranged(lens))
    return [(n, {k: "" if v is None else str(v) for k, v in row.items()}) for n, row in enumerate(rows, 2)]


def test_lanes_that_contradict_each_other_are_told_once_a_cell() -> None:
    """Row 3 gives its department another number, and the first row of the second department that of the first."""
    lens = view(records(25))
    table = written(lens)
    second = next(row for row, values in table if values["lane"] == "2")
    for row, values in table:
        values["lane"] = "9" if row == 3 else "1" if values["lane"] == "2" else values["lane"]
    _, problems = layout_file.read(lens, table, "places.csv")
    assert [(p.row, p.column, p.value) for p in problems if p.column == "lane"] == [
        (3, "lane", "9"),
        (second, "lane", "1"),
    ]
    assert all(p.suggestion and p.suggestion_zh for p in problems)


def test_a_cell_with_a_fault_is_told_once_and_hides_no_other() -> None:
    lens = view(records(8))
    table = written(lens)
    table[0][1].update(place="0", level="one")
    table[1][1].update(id="", name="赵立", lane="x", place="1.5")
    table[2][1].update(id="", name="")
    _, problems = layout_file.read(lens, table, "places.csv")
    assert [(p.row, p.column) for p in problems] == [
        (2, "level"), (2, "place"), (3, "lane"), (3, "place"), (3, "name"), (4, "name"),
    ]  # fmt: skip
    assert "赵立群" in problems[4].suggestion


def test_what_the_table_leaves_out_stays_as_it_is() -> None:
    """One lane alone is moved; a table without places, one of a single row, and the whole one of a map with newcomers."""
    lens = view(kept([*records(60), *newcomer(1, "采购部", 1), *newcomer(2, "采购部", 3)]))
    lanes, at = list(arranged(lens).lanes), positions(build(lens))
    table = written(lens)
    third = [(n, {**row, "lane": "1"}) for n, row in table if row["department"] == lanes[2]]
    layout, problems = layout_file.read(lens, third, "places.csv")
    assert not problems and list(layout.lanes) == [lanes[2], *lanes[:2], *lanes[3:]]
    last = [(n, {**row, "lane": "99"}) for n, row in third]
    assert list(layout_file.read(lens, last, "places.csv")[0].lanes) == [*lanes[:2], *lanes[3:], lanes[2]]
    for same in (
        table,
        table[4:5],
        [(n, {"id": r["id"]}) for n, r in table],
        [(2, {**table[7][1], "place": ""})],
    ):
        layout, problems = layout_file.read(lens, same, "places.csv")
        assert not problems and positions(build(lens, kept=layout)) == at


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ada\nBob\n", [(1, "", "no column says who it is")]),
        ("1,财务部,2,1,赵立群\n2,采购部,2,1,钱立群\n", [(1, "", "no column says who it is")]),
        ("姓名\n赵立群\n", [(1, "姓名", "")]),
        ("name,lane,lvel,Lane\nNobody,x,1,2\n", [(1, "lvel", "no such column"), (1, "Lane", "two such columns"), (2, "name", "nobody")]),
        ("部门,姓名,层级\n财务部,赵立群,七\n", [(2, "层级", "whole number")]),
    ],
)  # fmt: skip
def test_a_head_that_is_none_is_told(tmp_path: Path, text: str, told: list[tuple[int, str, str]]) -> None:
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    _, problems = layout_file.read_table(view(records(8)), read_tables(tmp_path / "p.csv")[0])
    for problem, (row, column, reason) in zip(problems, told, strict=True):
        assert problem.row == row and reason in problem.reason and problem.reason_zh
        assert problem.column == column or (column == "姓名" and "where" in problem.reason)
        assert (problem.suggestion and problem.suggestion_zh) or "nobody" in reason


def test_lanes_in_which_a_department_goes_on_read_back() -> None:
    """Full lanes of a department, of outsiders, and of people without a department, named in both languages."""
    found = kept(records(8))
    for n in range(4):
        found += [Person(f"e{n}", name=f"Guest {n}"), MemberOf(f"me{n}", src=f"e{n}", dst="acc")]
        found.append(Influences(f"ie{n}", src=f"e{n}", dst="x000"))
        found += [*newcomer(n, "采购部", 1), *newcomer(n + 10, "", 2)]
        found = kept(found)
    lens = view(found)
    scene = build(lens)
    assert {"采购部 (2)", f"{OUTSIDE} (2)", " (2)"} <= {*scene.lanes}
    assert scene.lanes["采购部 (2)"] == ("采购部 (2)", "Procurement (2)")
    assert scene.lanes[f"{OUTSIDE} (2)"] == ("外部 (2)", "Outside (2)")
    layout, problems = layout_file.read(lens, written(lens), "places.csv")
    assert not problems and layout == arranged(lens)
    table = written(lens)
    assert not any("\x00" in text for _, row in table for text in row.values())
