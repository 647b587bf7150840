"""Needs, insight and rivals as pictures: what the answer says, and what nobody has said as unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from payloads import PAYLOADS
from typer.testing import CliRunner

import powermap as pm
from powermap.analysis.insight import rounds
from powermap.analysis.needs import pool
from powermap.cli.app import app
from powermap.lens import Lens

DAY = date(2026, 9, 30)
HOUSES = "Name,Type,Us,Grade,Industry,Region\nAcme,customer,,A,phones,South\nOurselves,supplier,yes,,,\nRivalco,supplier,,,,\nSouth phones,market,,,phones,South\n"
PEOPLE = "Name,Company,Level,Department\nAda Park,Acme,1,Board\nBen Stone,Acme,3,Lab\nOlga Ours,Ourselves,,\nRob Rival,Rivalco,,\n"
TIES = "Company,From,Type,To\nAcme,Rob Rival,covers,Ada Park\n"
DEALS = (
    "Name,Company,Horizon,Value,Currency,Serves,Answers\nNew dock,Acme,mid,5000000,CNY,go abroad,\nOld dock,Acme,short,,,,\n"
    "Platform,Ourselves,,,,,New dock\n"
)
SAID = """Company,Item,Score,Words,Date,Supplier
Acme,rivals (five forces),8,{0},2026-05-01,
Acme,growability,7,,2026-05-01,
Acme,bargaining power,4,,2026-05-01,
Acme,look at the macro environment,,long ago,2024-01-01,
South phones,buyers (five forces),6,market word,2026-05-01,
Acme,local presence,9,beside the plant,2026-05-01,Rivalco
Acme,local presence,3,two of ours,2026-05-01,
Acme,score sheet,5,,2026-05-01,Rivalco
"""
MEETINGS = "Company,Date,Channel,Ours,Theirs,Purpose\nAcme,2026-09-09,visit,Olga Ours,Ben Stone,season\n"


def fill(folder: Path, words: str = "a price war") -> Path:
    path = folder / "power.db"
    sheets = {
        "organizations": HOUSES,
        "people": PEOPLE,
        "ties": TIES,
        "deals": DEALS,
        "interactions": MEETINGS,
    }
    with pm.open(path, create=True) as ws:
        items = ws.pack.items
        said = SAID.replace("{0}", '"' + words.replace('"', '""') + '"')
        for key, name in (
            ("force_rivals", "rivals (five forces)"), ("force_buyers", "buyers (five forces)"), ("look_macro", "look at the macro environment"),
            ("bargaining", "bargaining power"), ("rival_local", "local presence"), ("rival_score", "score sheet"),
        ):  # fmt: skip
            said = said.replace(f",{name},", f",{items[key].words.en},")
        for name, text in {**sheets, "assessments": said}.items():
            (folder / f"{name}.csv").write_text(text, "utf-8")
            done = ws.import_([folder / f"{name}.csv"], today=DAY)
            assert done.receipt, done.plan.problems
    return path


def write(store: Path, question: str, target: Path, *more: str) -> Path:
    done = CliRunner().invoke(
        app,
        [
            question,
            "Acme",
            "-o",
            str(target),
            "--store",
            str(store),
            "--as-of",
            str(DAY),
            "--lang",
            "en",
            *more,
        ],
    )
    assert done.exit_code == 0, done.output
    return target


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture
def lens(store: Path) -> Iterator[Lens]:
    with pm.open(store) as ws:
        yield ws.account("Acme").lens(as_of=DAY).lens


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(offline=True, viewport={"width": 1300, "height": 900})
    yield context.new_page()
    context.close()


def test_each_need_is_a_card_in_the_lane_of_its_horizon(
    page: Any, store: Path, lens: Lens, tmp_path: Path
) -> None:
    page.goto(write(store, "needs", tmp_path / "n.html").as_uri())
    lanes = page.locator(".gate").all()
    assert [lane.locator("h3 b").inner_text() for lane in lanes] == ["1", "1", "0"]
    for need in pool(lens):
        card = page.locator(".need", has_text=need.deal.name)
        assert card.count() == 1
        assert float(card.locator("rect.bar").get_attribute("width")) == round(100 * need.clarity)
        assert ("no roadmap item" in card.inner_text()) is not need.answered
    assert "value unknown" in page.locator(".need", has_text="Old dock").inner_text()
    assert "go abroad" in page.locator(".need", has_text="New dock").inner_text()


def test_a_force_that_nobody_judged_is_dashed_and_no_zero(page: Any, store: Path, tmp_path: Path) -> None:
    page.goto(write(store, "insight", tmp_path / "i.html").as_uri())
    assert (
        page.locator(".cross .force.known").count() == 1 and page.locator(".cross .force.none").count() == 4
    )
    assert page.locator(".cross").text_content().count("unknown") == 4
    spot = page.locator(".power circle")
    assert (float(spot.get_attribute("cx")), float(spot.get_attribute("cy"))) == (60 + 20 * 7, 160 - 15 * 4)
    assert page.locator(".said li.late", has_text="long ago").count() == 1
    assert "South phones" in page.locator(".said li", has_text="market word").inner_text()


def test_the_grid_says_who_was_asked(page: Any, store: Path, lens: Lens, tmp_path: Path) -> None:
    page.goto(write(store, "insight", tmp_path / "i.html").as_uri())
    cells = rounds(lens)
    assert page.locator("table.grid .ask.done").count() == sum(bool(c) for c in cells.values()) == 1
    assert page.locator("table.grid .ask.none").count() == sum(not c for c in cells.values()) == 1
    assert "1: Ben Stone" in page.inner_text("table.grid")


def test_a_rival_stands_beside_us_with_a_sign(page: Any, store: Path, tmp_path: Path) -> None:
    page.goto(write(store, "rivals", tmp_path / "r.html").as_uri())
    local = page.locator("tr", has_text="beside the plant")
    assert "▼ we are worse" in local.inner_text() and "two of ours" in local.inner_text()
    assert page.locator(".verdict.unknown").count() == 1
    assert page.locator("tr", has_text="people on the ground").count() == 1


@pytest.mark.parametrize("payload", PAYLOADS[::8])
def test_hostile_words_stay_words(page: Any, tmp_path: Path, payload: str) -> None:
    store = fill(tmp_path, payload.replace("\n", " ").strip()[:300])
    told: list[str] = []
    page.on("dialog", lambda d: (told.append(d.message), d.dismiss()))
    for question in ("needs", "insight", "rivals"):
        page.goto(write(store, question, tmp_path / f"{question}.html").as_uri())
        assert page.evaluate("window.PWN") is None
    assert told == []


@pytest.mark.parametrize("width", [390, 1300])
@pytest.mark.parametrize("question", ["needs", "insight", "rivals"])
def test_no_page_is_wider_than_the_window(
    page: Any, store: Path, tmp_path: Path, question: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(write(store, question, tmp_path / "x.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
