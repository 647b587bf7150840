"""Amounts of several currencies beside each other, named and never compared; and what an amount at risk is."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import pytest

from powermap.method import load_pack
from powermap.portfolio import Scan, answer, render
from powermap.portfolio.questions.departures import answer as without

sys.path.insert(0, str(Path(__file__).parent))
from paging import browser_page
from small_store import Store


def mixed() -> Store:
    """Ann alone covers three accounts: two in CNY, and one in USD with the largest number; a fourth has nobody."""
    store = Store()
    store.ours("Ann")
    for name, boss, value, currency in (
        ("small", "Bo", 100.0, "CNY"),
        ("mid", "Cy", 200.0, "CNY"),
        ("far", "Di", 9e6, "USD"),
    ):
        store.account(name, None, "", **{boss: 1})
        store.figure(name, "revenue", 2025, value, currency=currency)
        store.covers(f"Ann>{boss}")
    store.account("bare")
    return store


@pytest.fixture(scope="module")
def found() -> Scan:
    return mixed().scan()


def test_other_currencies_are_named_and_come_after(found: Scan) -> None:
    asked = [answer(found, q, mixed().snapshot(), load_pack()) for q in ("accounts", "repairs")]
    for told in (*asked, without(found, ["Ann"])):
        names = [r["name"]["en"] for r in told.rows]
        assert names[:3] == ["mid", "small", "far"]
        assert "Currency" in [c.words.en for c in told.columns]
    one = Store()
    one.ours("Ann")
    one.account("only", 5.0, Bo=1)
    assert "Currency" not in [c.words.en for c in answer(one.scan()).columns]


def test_the_headline_where_nothing_hangs_on_one_person() -> None:
    store = Store()
    store.ours("Ann", "Ben")
    store.account("A", 100.0, Bo=1)
    store.covers("Ann>Bo", "Ben>Bo")
    assert "None of 1 account hangs on one person of ours." in {
        f.sentence.en for f in answer(store.scan()).findings
    }


def test_nobody_is_assumed_to_decide_where_nobody_is(found: Scan) -> None:
    assert any(n.en.startswith("In 3 accounts the decision-makers") for n in answer(found).notes)


@pytest.mark.browser
def test_page_names_other_currencies_and_sorts_them_after(found: Scan, browser: Any, tmp_path: Path) -> None:
    with browser_page(browser, tmp_path) as page:
        page.show(render(found, "en"))
        cells = page.locator(".body-row").evaluate_all("rows => rows.map(r => r.innerText.split('\\n'))")
        assert [c[0] for c in cells] == ["mid", "small", "far", "bare"]
        assert "9 m USD" in cells[2] and "200" in cells[0]
        assert page.told == []


def test_what_is_at_risk_is_a_part_of_what_is_in_reach() -> None:
    """Ann alone leads to Bo; nobody leads to Cy, who decides as much: all that can be lost is lost with Ann."""
    store = Store()
    store.ours("Ann")
    store.account("A", 100.0, Bo=1, Cy=1)
    store.covers("Ann>Bo")
    told = answer(store.scan())
    assert told.rows[0]["at_risk"] == 100
    assert any("part of the reachable decision" in n.en for n in told.notes)


def test_nothing_is_at_risk_where_more_was_given_back_than_sold() -> None:
    store = Store()
    store.ours("Ann", "Ben", level=1)
    store.account("A", -500.0, Bo=1, Cy=4)
    store.covers("Ann>Bo", "Ben>Cy")
    asked = [answer(store.scan(), q, store.snapshot()) for q in ("accounts", "owners", "contacts", "repairs")]
    for told in (*asked, without(store.scan(), ["Ann"])):
        assert all(not r.get("at_risk") and not r.get("gain") for r in told.rows)
        assert "CNY" not in " ".join(f.sentence.en for f in told.findings)
    assert asked[0].rows[0]["revenue"] == -500 and asked[3].rows


def test_a_year_that_is_not_over_counts_where_there_is_no_other() -> None:
    store = Store()
    for name, years in (("A", (2024, 2025, 2026)), ("B", (2026,))):
        store.account(name)
        for year in years:
            store.figure(name, "revenue", year, float(year))
    told = answer(store.scan())
    assert {r["id"]: r["revenue"] for r in told.rows} == {"A": 2025, "B": 2026}
    assert any("the latest finished year" in n.en for n in told.notes)


WRITTEN = (
    "window.said = []; const write = CanvasRenderingContext2D.prototype.fillText;"
    "CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {"
    "said.push([this.textAlign, text, x, this.measureText(text).width]); return write.call(this, text, x, y); };"
)
"""Keeps what is written on the canvas: alignment, text, where, how wide."""


def test_labels_of_the_axis_have_room_on_a_phone(browser: Any, tmp_path: Path) -> None:
    """Twelve powers of ten on a narrow screen: no two labels nearer than they are wide."""
    store = Store()
    for power in range(13):
        store.account(f"a{power}", 10.0**power)
    with browser_page(browser, tmp_path, width=390) as page:
        page.add_init_script(WRITTEN)
        page.show(render(store.scan(), "en"))
        said = [(x, width) for align, _, x, width in page.evaluate("said") if align == "center"]
        assert len(said) > 2
        for (x, width), (further, next_width) in itertools.pairwise(said):
            assert further <= x or x + width / 2 < further - next_width / 2


def test_a_long_name_beside_a_dot_is_cut(browser: Any, tmp_path: Path) -> None:
    store = Store()
    store.account("long " * 30, 10.0)
    with browser_page(browser, tmp_path, width=390) as page:
        page.add_init_script(WRITTEN)
        page.show(render(store.scan(), "en"))
        named = [(text, x) for _, text, x, _ in page.evaluate("said") if text.startswith("long")]
        assert named and all(len(text) == 24 and text.endswith("…") and x > 0 for text, x in named)
