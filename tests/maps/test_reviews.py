"""The slider over reviews: colours change, nobody moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented import records, view

from powermap.maps import render
from powermap.maps.layout.account_layout import arranged
from powermap.maps.layout.layout import COLUMN, WIDE_COLUMN
from powermap.maps.scene.build import build
from powermap.maps.scene.reviews import history, review_days
from powermap.model import Period, Person, Snapshot, WorksAt

FIRST, SECOND = date(2026, 3, 1), date(2026, 6, 1)


def test_a_review_is_a_day_on_which_many_attitudes_were_judged() -> None:
    found = records(25, past=True)
    lens, whole = view(found), Snapshot.of(found)
    assert review_days(lens, whole) == (FIRST, SECOND)
    assert review_days(view(found, SECOND), whole) == (FIRST,)


def test_earlier_reviews_show_what_held_then() -> None:
    found = records(25, past=True)
    lens = view(found)
    scene = build(lens, history=history(lens, Snapshot.of(found)))
    first = scene.reviews[0]
    ids = {f.record: f.id for f in scene.figures}
    assert first.day == FIRST
    assert {first.standings["us"][ids[f"x{n:03d}"]].attitude for n in range(1, 25, 2)} == {-1}
    assert {first.standings["us"][ids[f"x{n:03d}"]].attitude for n in range(0, 25, 2)} == {None}
    assert [(f.x, f.y) for f in scene.figures] == [(f.x, f.y) for f in build(lens).figures]


def test_who_left_is_there_on_earlier_days_only_and_moves_nobody() -> None:
    """One leaves between the reviews: there on the first day; everybody else stands where he stands today."""
    found = records(25, past=True)
    lens = view(found)
    leaver = next(p for p, s in reversed(lens.seats.items()))
    changed = [
        replace(r, period=Period(None, date(2026, 4, 1))) if isinstance(r, WorksAt) and r.src == leaver else r
        for r in found
    ]
    now = view(changed)
    assert leaver not in now.seats
    past = history(now, Snapshot.of(changed))
    layout = arranged(now, history=past)
    scene = build(now, history=past)
    at = {f.record: f for f in scene.figures}
    assert at[leaver].when == (0,)
    assert leaver not in {f.record for f in scene.here} and len(scene.here) == 24
    for f in (*build(now, kept=layout).figures, *build(now, kept=layout, history=past).figures):
        assert (at[f.record].x, at[f.record].y) == (f.x, f.y)
    later = build(now, kept=arranged(now), history=past)
    assert {(f.record, f.x, f.y) for f in build(now).figures} == {(f.record, f.x, f.y) for f in later.here}, (
        "whoever left before the map was kept is no reason to move"
    )
    assert all(0 <= v <= 1 for r in scene.reviews for v in r.shares.values())


def test_who_left_doesnt_count_for_one_map_over_the_full_width() -> None:
    """45 are here and one has left: panels side by side, drawn as wide as panels."""
    left = Period(None, date(2026, 4, 1))
    found = [
        *records(45, past=True),
        Person("left", name="Left"),
        WorksAt("wleft", src="left", dst="acc", unit="财务部", level=3, period=left),
    ]
    for people, one, column in ((found, False, COLUMN), (records(46), True, WIDE_COLUMN)):
        lens, whole = view(people), Snapshot.of(people)
        scene = build(lens, history=history(lens, whole))
        assert len(scene.figures) == 46
        assert (scene.one, scene.grid.column) == (one, column)
        assert f'"one":{str(one).lower()},' in render(lens, whole=whole)


@pytest.mark.browser
def test_slider_changes_colours_and_moves_nobody(load: Callable[..., Any], tmp_path: Path) -> None:
    found = records(25, past=True)
    path = tmp_path / "map.html"
    path.write_text(render(view(found), lang="en", whole=Snapshot.of(found)), encoding="utf-8", newline="\n")
    page = load(path)
    at = page.evaluate("() => __pm.nets.us.getPositions()")
    counts = "() => Object.values(__pm.M.standings.us).filter(s => s.attitude === -1).length"
    now = page.evaluate(counts)
    page.locator("#time").focus()
    page.keyboard.press("Home")
    assert page.inner_text("#when") == "2026-03-01"
    assert page.evaluate(counts) == 12 != now
    assert page.evaluate("() => __pm.nets.us.getPositions()") == at
    assert page.inner_text("#sentence") == "Looking back to 2026-03-01"
    page.keyboard.press("End")
    assert page.inner_text("#when") == "2026-09-30"
    assert page.evaluate(counts) == now
    assert page.complaints == []
