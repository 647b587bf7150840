"""The board of voices: every voice once, at its gate; and a page for the customer that holds nothing of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from payloads import PAYLOADS
from typer.testing import CliRunner

import powermap as pm
from powermap.analysis.voices import gates, heard
from powermap.cli.app import app
from powermap.lens import Lens
from powermap.reports.book.voice import CARDS, summit_page, voice_panels

DAY = date(2026, 9, 30)
HOUSES = "Name,Type,Us\nAcme,customer,\nBorealis,customer,\nOurselves,supplier,yes\nRivalco,supplier,\n"
PEOPLE = "Name,Company,Title,Department,Attitude\nOlga Ours,Ourselves,,,\nAda Park,Acme,CTO,Lab,2\nBen Stone,Acme,Buyer,Purchasing,-1\nCleo Wing,Borealis,CEO,,\n"
RIVAL = "Person,Supplier,Attitude\nAda Park,Rivalco,1\n"
HEAD = "Company,Date,Said by,Heard by,Kind,Words,Triage,Votes,Route,Owner,Due,Answer,Solved on,Verdict,Verdict by,Verdict on,Criteria,Screened by,Screened on,Routed by,Routed on,Note\n"
CANARIES = (
    "Olga",
    "Ada",
    "Stone",
    "pain",
    "ITR",
    "secretcriteria",
    "secretnote",
    "Rivalco",
    "痛点",
    "Lab",
    "Purchasing",
)


def rows() -> str:
    """Voices at every gate; seven that were only heard."""
    lines = [
        "Acme,2026-06-01,Ada Park,Olga Ours,complaint,{0},pain,technology,ITR,Olga Ours,2026-07-01,{1},2026-06-20,5,Ada Park,2026-06-30,secretcriteria,Olga Ours,2026-06-03,Olga Ours,2026-06-05,secretnote",
        "Acme,2026-06-01,Ben Stone,Olga Ours,complaint,doors jam,pain,,ITR,Olga Ours,2026-07-01,oiled,2026-06-20,2,Ben Stone,2026-06-30,,Olga Ours,2026-06-03,Olga Ours,2026-06-05,",
        "Acme,2026-07-01,Ada Park,Olga Ours,request,solved and waiting,pain,,ITR,Olga Ours,2026-08-01,done so,2026-08-20,,,,,Olga Ours,2026-07-03,Olga Ours,2026-07-05,",
        "Acme,2026-09-20,Ben Stone,Olga Ours,request,screened,pain,,,,,,,,,,,Olga Ours,2026-09-25,,,",
        "Acme,2026-09-20,Ada Park,Olga Ours,about_rival,Rivalco is cheaper,,,,,,,,,,,,,,,,",
        *(f"Acme,2026-09-{20 + n},Ben Stone,Olga Ours,request,ask {n},,,,,,,,,,,,,,,," for n in range(7)),
        "Borealis,2026-09-20,Cleo Wing,Olga Ours,request,elsewhere,,,,,,,,,,,,,,,,",
    ]
    return HEAD + "\n".join(lines) + "\n"


def fill(folder: Path, words: str = "late again", answer: str = "on time since") -> Path:
    path = folder / "power.db"
    with pm.open(path, create=True) as ws:
        for name, text in {
            "organizations": HOUSES,
            "people": PEOPLE,
            "attitudes": RIVAL,
            "voices": rows(),
        }.items():
            file = folder / f"{name}.csv"
            quoted = [f'"{w.replace(chr(34), chr(34) * 2)}"' for w in (words, answer)]
            file.write_text(text.replace("{0}", quoted[0]).replace("{1}", quoted[1]), "utf-8")
            done = ws.import_([file], today=DAY)
            assert done.receipt, done.plan.problems
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill(tmp_path)


@pytest.fixture
def lens(store: Path) -> Iterator[Lens]:
    with pm.open(store) as ws:
        yield ws.account("Acme").lens(as_of=DAY).lens


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    yield opened
    context.close()


def write(store: Path, target: Path, *more: str) -> Path:
    done = CliRunner().invoke(
        app, ["voices", *more, "-o", str(target), "--store", str(store), "--as-of", str(DAY), "--lang", "en"]
    )
    assert done.exit_code == 0, done.output
    return target


def test_every_voice_is_on_the_board_once_at_its_gate(
    page: Any, store: Path, lens: Lens, tmp_path: Path
) -> None:
    page.goto(write(store, tmp_path / "v.html", "Acme").as_uri())
    want = Counter(h.gate for h in heard(lens))
    columns = page.locator(".board .gate").all()
    assert len(columns) == len(gates(lens.pack))
    for place, column in enumerate(columns):
        assert column.locator("h3 b").inner_text() == str(want[place])
        assert column.locator(".voice").count() == want[place]
    # Those beyond the first few are counted, and open by a click.
    first = columns[0]
    assert want[0] > CARDS
    hidden = first.locator("details.more .voice")
    assert hidden.count() == want[0] - CARDS and not hidden.first.is_visible()
    assert f"{want[0] - CARDS} more" in first.locator("summary").inner_text()
    first.locator("summary").click()
    assert hidden.first.is_visible()


def test_red_is_who_is_late_and_a_low_verdict_says_reopened(
    page: Any, store: Path, lens: Lens, tmp_path: Path
) -> None:
    page.goto(write(store, tmp_path / "v.html", "Acme").as_uri())
    red = {h.voice.words for h in heard(lens) if h.red}
    shown = {t.strip("“”") for t in page.locator(".voice.red .words").all_inner_texts()}
    assert shown == {w for w in red if w in shown} and {"doors jam", "solved and waiting"} <= shown
    card = page.locator(".voice", has_text="doors jam")
    assert "reopened 2026-06-30" in card.inner_text()
    assert page.locator(".gate").nth(3).locator("circle.late").count() == 1


def test_the_stand_of_a_speaker_stands_beside_the_words(page: Any, store: Path, tmp_path: Path) -> None:
    page.goto(write(store, tmp_path / "v.html", "Acme").as_uri())
    assert page.locator(".voice", has_text="doors jam").locator("b.dot").all_inner_texts() == ["-1", "?"]


def test_of_all_accounts_each_card_names_its_own(page: Any, store: Path, tmp_path: Path) -> None:
    page.goto(write(store, tmp_path / "v.html").as_uri())
    assert "Borealis" in page.locator(".voice", has_text="elsewhere").inner_text()
    page.goto(write(store, tmp_path / "w.html", "Acme", "--overdue").as_uri())
    assert {"elsewhere", "ask 3"}.isdisjoint(
        t.strip("“”") for t in page.locator(".voice .words").all_inner_texts()
    )


def test_the_page_for_the_customer_holds_nothing_of_ours(store: Path, lens: Lens, tmp_path: Path) -> None:
    text = write(store, tmp_path / "summit.html", "Acme", "--for", "outside").read_text("utf-8")
    assert {c for c in CANARIES if c in re.sub(r"<style>.*?</style>", "", text, flags=re.S)} == set()
    assert "late again" in text and "on time since" in text and "2026-06-20" in text
    assert text.count("class='done'") + text.count("class=done") == 1
    assert "internal" not in text and "script" not in re.sub(r"script-src", "", text).replace(
        "default-src", ""
    )


@pytest.mark.parametrize("payload", PAYLOADS[::6])
def test_hostile_words_stay_words(page: Any, tmp_path: Path, payload: str) -> None:
    words = payload.replace("\n", " ").strip()[:480]
    store = fill(tmp_path, words=words, answer=words)
    told: list[str] = []
    page.on("dialog", lambda d: (told.append(d.message), d.dismiss()))
    for more in (("Acme",), ("Acme", "--for", "outside")):
        page.goto(write(store, tmp_path / f"{len(more)}.html", *more).as_uri())
        assert page.evaluate("window.PWN") is None
    assert told == []


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_window(page: Any, store: Path, tmp_path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for more in (("Acme",), ("Acme", "--for", "outside")):
        page.goto(write(store, tmp_path / f"{len(more)}.html", *more).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_voice_there_is_a_page_that_says_how_to_begin(store: Path, lens: Lens) -> None:
    with pm.open(store) as ws:
        then = ws.account("Acme").lens(as_of=date(2026, 1, 1)).lens
    (panel,) = voice_panels([then])
    assert "powermap log" in panel.sentence.en
    assert "Of 0 you asked for" in summit_page(then, "en")


def test_satisfaction_is_drawn_as_it_is_told(page: Any, tmp_path: Path) -> None:
    store = fill(tmp_path)
    marks = (
        "Company,Subject,Item,Score,Words,Date\nAcme,Ada Park,satisfied with delivery,8,,2026-01-01\n"
        "Acme,Ada Park,satisfied with delivery,5,,2026-06-01\nAcme,,willing to let rivals in,2,,2026-01-01\n"
        "Acme,,willing to let rivals in,6,,2026-06-01\nAcme,,payment,3,,2026-06-01\n"
    )
    (tmp_path / "assessments.csv").write_text(marks, "utf-8")
    with pm.open(store) as ws:
        done = ws.import_([tmp_path / "assessments.csv"], today=DAY)
        assert done.receipt, done.plan.problems
    target = tmp_path / "s.html"
    done_ = CliRunner().invoke(
        app,
        [
            "satisfaction",
            "Acme",
            "-o",
            str(target),
            "--store",
            str(store),
            "--as-of",
            str(DAY),
            "--lang",
            "en",
        ],
    )
    assert done_.exit_code == 0, done_.output
    page.goto(target.as_uri())
    rows = page.locator(".indicator").all()[1:]
    assert len(rows) == 3
    # Down is red for delivery; for letting rivals in up is.
    assert rows[0].locator("polyline.late").count() == 1 and "Ada Park 5 (-3)" in rows[0].inner_text()
    assert rows[2].locator("polyline.late").count() == 1 and "Acme 6 (+4)" in rows[2].inner_text()
    assert rows[1].locator(".dashed").count() == 2
    assert page.locator(".contract .steps .done").count() == 3
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
