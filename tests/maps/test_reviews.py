"""The slider over reviews: colours change, nobody moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented import records, view

from powermap.maps import render
from powermap.maps.reviews import history, review_days
from powermap.maps.scene import build
from powermap.model import Snapshot

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
    assert "Looking back" in page.inner_text("#sentence")
    page.keyboard.press("End")
    assert page.inner_text("#when") == "2026-09-30"
    assert page.evaluate(counts) == now
    assert page.complaints == []
