"""The first picture of the portfolio: value beside the worst of the four dials, in a real browser without network."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from payloads import PAYLOADS

from powermap.findings import Answer
from powermap.method import load_pack
from powermap.portfolio import Scan, answer, render
from powermap.portfolio.questions.registry import FROM_RECORDS

sys.path.insert(0, str(Path(__file__).parent))
from paging import browser_page
from small_store import Store


def portfolio(many: int, hostile: bool = False) -> tuple[Scan, list[Answer]]:
    """Return accounts with two, one or no ways in, some cold, some eroding, some without revenue or any dial."""
    s = Store()
    s.ours("Ann", "Ben", "Cy")
    for i in range(many):
        name = f"{PAYLOADS[i % len(PAYLOADS)]} {i}" if hostile else f"Account {i:02d}"
        revenue = None if i % 9 == 4 else 1e6 * 1.3**i
        s.account(name, revenue, "SABC"[i % 4], **{f"boss{i}": 1})
        covered = "" if i % 7 == 6 else ("Ann" if i % 3 else "Ann Ben")
        s.covers(*(f"{who}>boss{i}" for who in covered.split()))
        if covered:
            s.met(name, date(2026, 9 if i % 2 else 1, 2), "Ann", f"boss{i}")
        if revenue and i % 4 == 0:
            s.figure(name, "revenue", 2024, revenue * 0.9)
            for year, spend in ((2024, 1.2), (2025, 2.0)):
                s.figure(name, "wallet", year, revenue * spend)
    found, records = s.scan(), s.snapshot()
    return found, [a for q in FROM_RECORDS if (a := answer(found, q, records, load_pack())).rows]


def values(asked: list[Answer]) -> dict[str, dict[str, Any]]:
    return {r["name"]["en"]: dict(r) for a in asked if a.question == "portfolio-value" for r in a.rows}


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    with browser_page(browser, tmp_path) as opened:
        yield opened


def drawn(page: Any) -> dict[str, str]:
    pairs = page.evaluate(
        "() => [...document.querySelectorAll('.spot')].map(s => [s.getAttribute('aria-label').split(' · ')[0], s.dataset.band])"
    )
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_each_dot_is_in_the_band_of_the_answer_and_the_unknown_stand_apart(page: Any) -> None:
    found, asked = portfolio(30)
    page.show(render(found, "en", asked))
    rows = values(asked)
    wanted = {n: r["band"] if r["revenue"] is not None else "unknown" for n, r in rows.items()}
    assert drawn(page) == wanted
    assert {"critical", "fair", "unknown"} <= set(wanted.values()), "else this tests nothing"
    told = next(a for a in asked if a.question == "portfolio-value").findings[0]
    assert page.inner_text("#sentence") == told.sentence.en and "critical ground" in told.sentence.en
    share = page.text_content(".band-sum.critical").split(" · ")[-1]
    assert share == f"{told.value:.0%}", "the band's share is the sentence's"
    heads = page.locator("#bands .band-name").all_text_contents()
    assert heads == ["sound", "fair", "weak", "critical", "not known"]
    counts = Counter(wanted.values())
    said = page.locator("#bands .band-said").all_text_contents()
    assert [f"accounts: {counts[b]}" for b in ("sound", "fair", "weak", "critical")] == said[:4]
    assert f"no comparable revenue: {sum(r['revenue'] is None for r in rows.values())}" in said
    assert page.told == []


def test_the_band_follows_the_four_dials_and_the_worst_come_first() -> None:
    _, asked = portfolio(30)
    rows, weak = list(values(asked).values()), load_pack().topic("portfolio")["bands"]["weak"]
    for row in rows:
        states = Counter(row["dials"].values())
        wanted = "unknown" if states["unknown"] else "sound"
        if states["watch"]:
            wanted = "weak" if states["watch"] >= weak else "fair"
        assert row["band"] == ("critical" if states["bad"] else wanted), row["dials"]
    places = ["critical", "weak", "fair", "unknown", "sound"]
    order = [(places.index(r["band"]), r["revenue"] is None, -(r["revenue"] or 0)) for r in rows]
    assert order == sorted(order) and {"critical", "fair"} <= {r["band"] for r in rows}


def test_a_larger_account_is_further_right_and_its_area_is_its_value(page: Any) -> None:
    found, asked = portfolio(30)
    page.show(render(found, "en", asked))
    spots = page.evaluate(
        """() => [...document.querySelectorAll('.spot:not([data-band=unknown])')].map(s => {
        const c = s.querySelector('.fill'); return [s.getAttribute('aria-label').split(' · ')[0], +c.getAttribute('cx'), +c.getAttribute('r')]; })"""
    )
    rows = values(asked)
    by_value = sorted(spots, key=lambda s: rows[s[0]]["revenue"])
    assert [s[1] for s in by_value] == sorted(s[1] for s in spots)
    (a, _, large), (b, _, less) = by_value[-1], by_value[-2]
    assert (large / less) ** 2 == pytest.approx(rows[a]["revenue"] / rows[b]["revenue"], rel=0.02)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_largest_are_named_and_no_label_runs_over_another(
    browser: Any, tmp_path: Path, width: int
) -> None:
    found, asked = portfolio(30)
    with browser_page(browser, tmp_path, width) as page:
        page.show(render(found, "en", asked))
        boxes = page.evaluate(
            """() => [...document.querySelectorAll('#bands .label')].map(l => { const b = l.getBoundingClientRect();
            return [l.querySelector('text').textContent, b.left, b.top, b.right, b.bottom]; })"""
        )
        known = {n for n, band in drawn(page).items() if band != "unknown"}
        rows = values(asked)
        top = sorted((n for n in rows if rows[n]["revenue"]), key=lambda n: -rows[n]["revenue"])[:10]
        assert {b[0] for b in boxes} == known & set(top)
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                assert a[3] <= b[1] or b[3] <= a[1] or a[4] <= b[2] or b[4] <= a[2], (a, b)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("#largest tbody tr button").all_inner_texts() == top
        assert page.told == []


def test_a_dot_opens_its_account_by_click_and_by_keyboard(page: Any) -> None:
    found, asked = portfolio(8)
    page.show(render(found, "zh", asked))
    spot = page.locator(".spot").first
    name = spot.get_attribute("aria-label").split(" · ")[0]
    spot.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#detail h2") == name
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.classList.contains('spot')"), "the focus returns"
    page.locator("#tiles .tile").first.click()
    assert page.get_attribute("[data-view=accounts]", "aria-pressed") == "true"
    assert page.locator("#ground").is_hidden() and page.told == []


def test_only_what_is_sound_in_all_four_dials_is_green(page: Any) -> None:
    found, asked = portfolio(30)
    page.show(render(found, "en", asked))
    page.click("[data-view=accounts]")
    rows = values(asked)
    signs = page.evaluate(
        "() => [...document.querySelectorAll('.body-row')].map(r => [r.firstChild.textContent, r.querySelector('.dot').className])"
    )
    green = {name for name, sign in signs if "grave0" in sign}
    assert all(rows[name]["band"] == "sound" for name in green)
    assert any("muted" in sign for _, sign in signs), "without trouble, and not sound"


def test_hostile_names_stay_text(page: Any) -> None:
    found, asked = portfolio(len(PAYLOADS), hostile=True)
    page.show(render(found, "en", asked))
    for spot in page.locator(".spot").all()[:5]:
        spot.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    assert page.evaluate("window.PWN") is None and page.told == []


@pytest.mark.parametrize("many", [0, 1, 4])
def test_few_accounts(page: Any, many: int) -> None:
    found, asked = portfolio(many)
    page.show(render(found, "zh", asked))
    assert page.locator(".spot").count() == many and page.told == []


def test_the_first_view_prints_on_one_landscape_page(page: Any) -> None:
    found, asked = portfolio(30)
    page.show(render(found, "en", asked))
    page.evaluate("() => document.querySelectorAll('#picture, #list, footer').forEach(e => e.remove())")
    pdf = page.pdf(format="A4", landscape=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
