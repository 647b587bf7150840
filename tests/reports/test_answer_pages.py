"""Answers as pages in a real browser: named cells on a phone, every row on paper, moves as pictures; as text, named values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from powermap import demo
from powermap.analysis.review import review
from powermap.findings import Answer
from powermap.reports.answer_files import as_page, as_text
from powermap.view import View
from powermap.workspace import open_workspace


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    with open_workspace(str(tmp_path_factory.mktemp("answers") / "p.db"), create=True) as ws:
        assert not ws.import_(demo.files("zh"), today=demo.AS_OF).plan.problems
        return ws.account(demo.GREAT_ACCOUNT["zh"]).lens(as_of=demo.AS_OF)


@pytest.fixture(scope="module")
def calendar(view: View) -> Answer:
    return view.ask("calendar")


def opened(browser: Any, text: str, path: Path, width: int) -> Any:
    path.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    return page


def test_a_cell_on_a_phone_says_what_it_is(calendar: Answer, tmp_path: Path, browser: object) -> None:
    page = opened(browser, as_page([calendar], "zh", "会面"), tmp_path / "a.html", 390)
    heads = [c.words.zh for c in calendar.plain]
    labels = page.evaluate(
        "[...document.querySelectorAll('tbody tr:first-child td')].map((c) => getComputedStyle(c, '::before').content)"
    )
    assert labels == ["none", *(f'"{head}"' for head in heads[1:])]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_line_of_text_names_its_values(calendar: Answer) -> None:
    text = as_text([calendar], "zh", "会面")
    late = next(row["overdue"] for row in calendar.rows if row["overdue"])
    assert f"逾期（天）：{late}" in text and not re.search(r"· \d+ ·", text)


def test_paper_carries_more_than_the_title_from_the_first_sheet_on(
    calendar: Answer, tmp_path: Path, browser: object
) -> None:
    rows = tuple(dict(calendar.rows[0]) for _ in range(80))
    many = Answer("calendar", calendar.account, None, None, calendar.as_of, calendar.columns, rows)
    page = opened(browser, as_page([many], "zh", "会面"), tmp_path / "p.html", 800)
    page.emulate_media(media="print")
    section = "getComputedStyle(document.querySelector('section')).breakInside"
    assert page.evaluate(section) == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
    page.close()


def test_a_review_draws_who_moved_and_the_rivals_beside_us(
    view: View, tmp_path: Path, browser: object
) -> None:
    answer = review(view.lens)
    page = opened(browser, as_page([answer], "zh", "回顾"), tmp_path / "r.html", 1200)
    moved = [r["moved"] for r in answer.rows if r.get("moved")]
    drawn = page.evaluate("[...document.querySelectorAll('.track')].map((t) => t.getAttribute('aria-label'))")
    assert len(drawn) == len(moved) > 5 and "0 → +1" in drawn
    assert page.locator(".track path.rise").count() and page.locator(".track path.fall").count()
    for supplier in view.lens.suppliers:
        assert page.locator("th", has_text=supplier.organization.name).count() == 1
    page.close()
