"""The first picture of the portfolio: value × health, whose lanes and marks say what the answer says."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from powermap.analysis.dials import DIALS, STATES
from powermap.findings import Answer
from powermap.method import load_pack
from powermap.model import Snapshot
from powermap.portfolio import Scan, answer, render, scan
from powermap.portfolio.data.columns import Columns
from powermap.portfolio.questions.registry import FROM_RECORDS

sys.path.insert(0, str(Path(__file__).parent))
from paging import browser_page
from small_store import Store
from test_scan import DAY, random_store


@pytest.fixture(scope="module")
def records() -> Snapshot:
    return random_store(5, 90)


@pytest.fixture(scope="module")
def found(records: Snapshot) -> Scan:
    return scan(Columns.from_snapshot(records, load_pack(), DAY))


@pytest.fixture(scope="module")
def asked(found: Scan, records: Snapshot) -> list[Answer]:
    return [answer(found, q, records, load_pack()) for q in FROM_RECORDS]


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    with browser_page(browser, tmp_path) as opened:
        yield opened


def value(asked: list[Answer]) -> Answer:
    return next(a for a in asked if a.question == "portfolio-value")


def test_it_is_the_first_view_and_begins_with_the_money(page: Any, found: Scan, asked: list[Answer]) -> None:
    page.show(render(found, "en", asked))
    assert page.get_attribute("[data-view=health]", "aria-pressed") == "true"
    assert page.inner_text("#sentence") == value(asked).findings[0].sentence.en
    assert page.is_visible("#legend") and page.is_visible("#canvas")
    page.click("[data-view=accounts]")
    assert page.inner_text("#sentence") == answer(found).findings[0].sentence.en
    assert not page.is_visible("#legend") and not page.is_visible("#tiles")
    assert page.told == []


def test_the_lanes_hold_whom_the_answer_says(page: Any, found: Scan, asked: list[Answer]) -> None:
    page.show(render(found, "en", asked))
    lanes = Counter(STATES[r["key"]].en for r in value(asked).rows)
    said = dict(part.rsplit(": ", 1) for part in page.get_attribute("#canvas", "aria-label").split(", "))
    assert {k: int(n) for k, n in said.items()} == lanes
    for key, name in STATES.items():
        if not lanes[name.en]:
            continue
        page.click(f"#states button[data-state={key}]")
        assert page.inner_text("#count") == f"{lanes[name.en]} / 90"
        page.click(f"#states button[data-state={key}]")


def test_the_list_has_the_four_dials_and_marks_the_worst(page: Any, found: Scan, asked: list[Answer]) -> None:
    page.show(render(found, "en", asked))
    rows = {r["name"]["en"]: r for r in value(asked).rows}
    for row in page.locator(".body-row").all()[:12]:
        cells = row.locator("span").all()
        told = rows[cells[0].inner_text()]
        assert [c.inner_text() for c in cells[3:7]] == [STATES[told["dials"][d]].en for d in DIALS]
        worst = [list(DIALS)[n] for n, c in enumerate(cells[3:7]) if c.locator(".worst").count()]
        assert worst == ([told["low"]] if told["low"] else [])
    assert page.told == []


def test_what_is_not_known_is_neither_zero_nor_sound(page: Any) -> None:
    s = Store()
    s.ours("Ann")
    s.account("Rich", 100.0, "S", Boss=1)
    s.account("Poor", None, "C", Chief=1)
    s.covers("Ann>Boss")
    found = s.scan()
    told = answer(found, "value", s.snapshot(), load_pack())
    page.show(render(found, "en", [told]))
    poor = next(r for r in told.rows if r["name"]["en"] == "Poor")
    assert poor["revenue"] is None and poor["key"] != "good"
    # Left of the scale, where "no revenue known" is written, a hollow dot opens it.
    box = page.locator("#canvas").bounding_box()
    lanes = [r for r in ("bad", "watch", "unknown", "good") if any(x["key"] == r for x in told.rows)]
    top = lanes.index(poor["key"]) * 96
    opened = False
    for y in range(top, top + 96, 4):
        page.mouse.click(box["x"] + 170 + 34, box["y"] + y)
        if page.is_visible("#drawer"):
            opened = page.inner_text("#detail h2") == "Poor"
            break
    assert opened


def test_tiles_lead_to_what_is_urgent(page: Any, found: Scan, asked: list[Answer]) -> None:
    page.show(render(found, "en", asked))
    urgent = [a for a in asked if a is not value(asked) and any(f.urgency >= 2 for f in a.findings)]
    tiles = page.locator("#tiles .tile")
    assert tiles.count() == len(urgent) > 2
    first = next(f for f in urgent[1].findings if f.urgency >= 2)
    assert tiles.nth(1).locator("span").inner_text() == first.sentence.en
    tiles.nth(1).click()
    assert page.get_attribute(f"[data-view={urgent[1].question}]", "aria-pressed") == "true"


def test_without_the_question_the_page_is_as_ever(page: Any, found: Scan) -> None:
    page.show(render(found, "en"))
    assert not page.is_visible("[data-view=health]")
    assert page.get_attribute("[data-view=accounts]", "aria-pressed") == "true"
    assert page.told == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_is_never_wider_than_the_window(
    page: Any, found: Scan, asked: list[Answer], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.show(render(found, "zh", asked))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
