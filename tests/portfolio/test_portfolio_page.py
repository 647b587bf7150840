"""Page and workbook over a portfolio, hostile names included."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from payloads import PAYLOADS

from powermap.findings import Answer
from powermap.method import load_pack
from powermap.model import Organization, Person, Snapshot, record_to_props
from powermap.portfolio import Columns, Scan, answer, render, scan
from powermap.portfolio.questions.registry import FROM_RECORDS
from powermap.reports.portfolio import portfolio_workbook

sys.path.insert(0, str(Path(__file__).parent))
from paging import browser_page
from small_store import Store
from test_scan import DAY, random_store


def hostile(store: Snapshot) -> Snapshot:
    """Give every customer and every person a hostile name."""
    found = []
    numbers = count()
    for record in store:
        if isinstance(record, (Organization, Person)):
            n = next(numbers)
            props = {**record_to_props(record), "name": f"{PAYLOADS[n % len(PAYLOADS)]} {n}"}
            record = type(record)(**{**props, "keys": ()})
        found.append(record)
    return Snapshot.of(found)


@pytest.fixture(scope="module")
def result() -> Scan:
    return scan(Columns.from_snapshot(random_store(3, 120), load_pack(), DAY))


@pytest.fixture(scope="module")
def enemies() -> Snapshot:
    return hostile(random_store(4, 240))


@pytest.fixture(scope="module")
def attacked(enemies: Snapshot) -> Scan:
    return scan(Columns.from_snapshot(enemies, load_pack(), DAY))


def further(found: Scan, records: Snapshot) -> list[Answer]:
    return [answer(found, q, records, load_pack()) for q in FROM_RECORDS]


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    with browser_page(browser, tmp_path) as opened:
        yield opened


def test_page_shows_filters_sorts_and_searches(page: Any, result: Scan) -> None:
    page.show(render(result, "en"))
    told = answer(result)
    assert page.inner_text("#sentence") == told.findings[0].sentence.en
    names = page.locator(".body-row span:first-child").all_inner_texts()
    assert names == [r["name"]["en"] for r in told.rows[: len(names)]]
    sound = sum(r["key"] == "free" for r in told.rows)
    page.click("#states button[data-state=free]")
    assert page.inner_text("#count") == f"{sound} / 120"
    page.click("#states button[data-state=free]")
    page.fill("#find", "account 007")
    assert page.locator(".body-row span:first-child").all_inner_texts() == ["Account 007"]
    page.fill("#find", "")
    page.click("#thead button:first-child")
    assert page.locator(".body-row span:first-child").first.inner_text() == "Account 000"
    apart = page.evaluate(
        """() => [...document.querySelectorAll('#thead button')].map(b => b.getBoundingClientRect())
        .map((box, i, all) => i ? box.left - all[i - 1].right : 99)"""
    )
    assert min(apart) >= 16, "a number and the name after it don't run together"
    page.click("[data-view=owners]")
    page.click("#lang")
    owners = answer(result, "owners").rows
    page.click("#bars button:first-child")
    assert page.inner_text("#detail h2") == owners[0]["name"]["zh"]
    assert "不得用于对员工的评价" in page.inner_text("#detail")
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    assert "不得用于对员工的评价" in page.inner_text("footer")
    assert page.told == []


def test_the_page_is_searched_by_pinyin_and_says_when_there_is_nobody(page: Any) -> None:
    s = Store()
    s.ours("周明轩", "Ann")
    s.account("南湖食品", 100.0, "A", 沈砚=1)
    s.account("Acme", 90.0, "A", Boss=1)
    s.covers("周明轩>沈砚", "Ann>Boss")
    found = s.scan()
    page.show(render(found, "zh", further(found, s.snapshot())))
    page.click("[data-view=accounts]")
    names = page.locator(".body-row span:first-child")
    for text, account in (
        ("nanhu", "南湖食品"),
        ("NHSP", "南湖食品"),
        ("zhou mingxuan", "南湖食品"),
        ("acm", "Acme"),
    ):
        page.fill("#find", text)
        assert names.all_inner_texts() == [account], text
    page.fill("#find", "zzz")
    assert names.count() == 0 and page.inner_text("#count") == "没有找到"
    page.click("[data-view=owners]")
    page.fill("#find", "zmx")
    assert names.all_inner_texts() == ["周明轩"]
    page.click("[data-view=portfolio-repairs]")
    page.fill("#find", "nanhushipin")
    assert names.count() == 1 and page.told == []


def test_further_questions_are_views_with_a_way_to_the_account(page: Any) -> None:
    records = random_store(3, 120)
    found = scan(Columns.from_snapshot(records, load_pack(), DAY))
    asked = further(found, records)
    worst = answer(found).rows[0]
    page.show(render(found, "en", asked, {worst["id"]: "portfolio-maps/x.html"}))
    assert page.locator("#questions button").count() == len(asked) - 1, "value × health is the first view"
    repairs = next(a for a in asked if a.question == "portfolio-repairs")
    page.click("[data-view=portfolio-repairs]")
    assert page.inner_text("#sentence") == repairs.findings[0].sentence.en
    assert page.inner_text("#count").startswith(f"{len(repairs.rows)} / ")
    assert page.inner_text("body").count("not for judging people") == 1
    people = len(answer(found, "owners").rows)
    assert page.inner_text("#sub") == f"{DAY} · accounts: 120 · people of ours: {people}"
    page.locator(".body-row").first.click()
    page.click("#detail .to")
    assert page.inner_text("#detail h2") == repairs.rows[0]["name"]["en"]
    assert "Repairs" in page.inner_text("#detail")
    page.click("#close")
    page.click("[data-view=accounts]")
    page.locator(".body-row").first.click()
    assert page.get_attribute("#detail .map", "href") == "portfolio-maps/x.html"
    assert page.told == []


def test_every_row_about_an_account_leads_to_it() -> None:
    """Also where a row is one relation of ours; a row about one of our people (C) or a part of the sum leads nowhere."""
    s = Store()
    s.ours("Ann")
    s.account("Acc", 100.0, "S", Boss=1)
    s.account("Small", 1.0, "C", Chief=1)
    s.covers("Ann>Boss", "Ann>Chief")
    s.met("Acc", date(2026, 9, 1), "Ann", "Boss")
    s.figure("Acc", "wallet", 2025, 200)
    found = s.scan()
    asked = further(found, s.snapshot())
    text = re.search(r'id="data">(.*?)</script>', render(found, "en", asked))
    data = json.loads(text[1] if text else "")
    names = [a[0] for a in data["accounts"]]
    led = {
        told.question: [names[row[-1]] if row[-1] >= 0 else "" for row in table["rows"]]
        for told, table in zip(asked, data["tables"], strict=True)
    }
    assert led["portfolio-cold"] == led["portfolio-wallet"] == ["Acc"]
    assert led["portfolio-repairs"] == ["Acc", "Small"]
    assert sorted(led["portfolio-effort"]) == ["Acc", "Small"]
    assert set(led["portfolio-duty"][:-1]) == {"Acc"} and led["portfolio-duty"][-1] == ""
    assert set(led["portfolio-mix"]) == {""}


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1600, 900, "light"), (1600, 900, "dark"), (390, 844, "light")]
)
def test_accessible(browser: Any, tmp_path: Path, width: int, height: int, scheme: str) -> None:
    """axe-core finds nothing in any view nor in the drawer, and nothing scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    records = random_store(3, 120)
    found = scan(Columns.from_snapshot(records, load_pack(), DAY))
    with browser_page(browser, tmp_path, width, height, color_scheme=scheme, bypass_csp=True) as page:
        page.show(render(found, "en", further(found, records)))
        for click in (
            "",
            "[data-view=owners]",
            "[data-view=portfolio-repairs]",
            "[data-view=accounts]",
            ".body-row",
        ):
            if click:
                page.locator(click).first.click()
            report = Axe().run(page)
            assert report.violations_count == 0, report.generate_report()
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("bypass", [False, True])
def test_no_name_runs_and_no_request_leaves(
    page: Any, attacked: Scan, enemies: Snapshot, bypass: bool
) -> None:
    text = render(attacked, "en", further(attacked, enemies))
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    held = json.dumps(json.loads(found[1]) if found else None)
    assert [p for p in PAYLOADS if json.dumps(p)[1:-1] not in held] == []
    if bypass:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    page.show(text)
    for click in (
        "[data-view=owners]",
        "#bars button:first-child",
        "#close",
        "[data-view=accounts]",
        ".body-row",
        "#close",
    ):
        page.locator(click).first.click()
    for view in page.locator("#questions button").all():
        view.click()
        if page.locator(".body-row").count():
            page.locator(".body-row").first.click()
            page.click("#close")
    assert page.evaluate("window.PWN") is None
    assert page.told == []


def test_the_same_bytes_twice_and_every_row(result: Scan) -> None:
    text = render(result, "zh")
    assert text == render(result, "zh")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert found is not None and len(json.loads(found[1])["accounts"]) == 120


def test_workbook_has_no_formula(attacked: Scan) -> None:
    answers = [answer(attacked, q) for q in ("accounts", "owners", "contacts")]
    book = openpyxl.load_workbook(io.BytesIO(portfolio_workbook(answers, "en")))
    assert [len(list(sheet)) for sheet in book][1:] == [len(a.rows) + 1 for a in answers]
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
    assert {c.data_type for c in cells} <= {"s", "n"} and not any(c.hyperlink for c in cells)
    assert any("employment decision" in str(c.value) for c in cells)
    # "#,##0.##" would show 5 as "5.".
    numbers = [c for c in cells if c.data_type == "n" and c.value is not None]
    assert numbers and all((c.number_format == "#,##0") == float(c.value).is_integer() for c in numbers)
