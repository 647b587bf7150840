"""Canaries in the portfolio: under `anonymous` no name, figure, grade, day or text of anybody is in any byte of it."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from powermap.cli import main
from powermap.model import Batch, Change, Figure, Record, Snapshot, record_from_props, record_to_props
from powermap.portfolio.data.columns import Account
from powermap.portfolio.export.profiles import ANONYMOUS, CODED, PROFILES, UNKNOWN, banner
from powermap.stores import open_store

sys.path.insert(0, str(Path(__file__).parent))
from paging import browser_page
from small_store import Store

GRADE, MET, VALUE = "S", date(2026, 3, 17), 77_310_000
TEXTS = ("name", "name_alt", "region", "industry", "title", "title_alt", "unit", "note", "email", "phone")
TEXTS += ("source", "purpose", "ev_source", "ev_author", "ev_note", "stickiness", "channel", "category")


def small() -> Snapshot:
    s = Store()
    s.ours("Ann", "Ben")
    for number, name in enumerate(("Acc", "Bcc", "Ccc")):
        s.account(name, VALUE + number, GRADE, **{f"Boss{name}": 1, f"Clerk{name}": 3})
        s.met(name, MET, "Ann", f"Boss{name}")
        s.covers(f"Ann>Boss{name}")
    s.covers("Ben>ClerkAcc")
    s.sways("ClerkAcc>BossAcc")
    return s.snapshot()


def with_canaries(store: Snapshot) -> tuple[list[Record], set[str]]:
    """Put a word of its own into every text of every record; return the records and the words."""
    found, words = [], set()
    for place, record in enumerate(store):
        props = record_to_props(record)
        for field in TEXTS:
            if hasattr(record, field) or (field.startswith("ev_") and "src" in props):
                if field in ("channel", "name") and record.KIND == "Interaction":
                    continue
                props[field] = f"qz{field.replace('_', '')}{place}x"
                words.add(props[field])
        found.append(record_from_props(record.KIND, props))
    return found, words


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """A store of canaries in an empty folder; the words that are in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", "none.toml")
    records, words = with_canaries(small())
    changes = tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in records)
    with open_store("powermap.db") as store:
        store.apply(Batch("b", changes))
    yield words


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["powermap", "portfolio", "--as-of", "2026-09-30", *arguments])
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def bytes_of(path: Path) -> str:
    """Everything in a file, its parts unpacked."""
    if path.suffix == ".html":
        return path.read_text("utf-8")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("file", ["p.html", "p.xlsx"])
def test_nothing_gets_out_anonymously(
    filled: set[str], monkeypatch: pytest.MonkeyPatch, file: str, lang: str
) -> None:
    assert call(monkeypatch, "-o", file, "--lang", lang) == 0
    open_text = bytes_of(Path(file))
    names = {w for w in filled if w.startswith(("qzname", "qznamealt"))}
    assert sum(w in open_text for w in names) > 5, (
        "the team sees names: else an empty file would pass for safe"
    )
    assert call(monkeypatch, "-o", file, "--lang", lang, "--profile", "anonymous", "--force") == 0
    text = bytes_of(Path(file))
    assert [w for w in filled if w in text] == []
    assert "7731" not in text and "2026-03-17" not in text
    assert not re.search(r"\b(Acc|Bcc|Ccc|Ann|Ben|Boss\w+|Clerk\w+)\b", text), "ids neither"
    for code in ("A1", "A3", "U1", "U2") if file == "p.html" else ("A1", "A3"):
        assert code in text
    assert banner("anonymous")[lang] in text


def test_no_grade_and_no_figure_in_any_row(filled: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(monkeypatch, "-o", "p.html", "--profile", "anonymous") == 0
    found = re.search(r'id="data">(.*?)</script>', Path("p.html").read_text("utf-8"))
    data: dict[str, Any] = json.loads(found[1] if found else "")
    at = {name: i for i, name in enumerate(data["fields"])}
    for row in data["accounts"]:
        assert [row[at[f]] for f in ("grade", "revenue", "at_risk", "currency")] == ["", None, None, ""]
    assert data["tables"] == [] and not any(row[at["map"]] for row in data["accounts"])
    assert len({row[at["ways"]] for row in data["accounts"]}) > 0 and len(data["owners"]) == 2


def test_codes_follow_no_alphabet(filled: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts lie by name in the store: numbered so, whoever has our list of customers could read the codes."""
    from powermap.portfolio.export.profiles import _codes

    idents = [f"{n:016x}" for n in range(40)]
    numbers = [_codes(idents)[i] for i in idents]
    assert sorted(numbers) == list(range(1, 41)) and numbers != sorted(numbers)
    assert _codes(reversed(idents)) == _codes(idents)


@pytest.mark.parametrize("file", ["p.html", "p.xlsx"])
def test_nothing_is_written_for_a_customer(
    filled: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    assert call(monkeypatch, "-o", file, "--profile", "outside", "--lang", "en") == 8
    assert "the others are in it" in capsys.readouterr().err and not Path(file).exists()
    assert call(monkeypatch, "-o", file, "--profile", "nobody") == 8


@pytest.mark.parametrize(
    "option",
    [
        ("--maps", "1", "-o", "p.html"),
        ("--since", "2026-01-01", "-o", "p.xlsx"),
        ("--without", "Ann", "-o", "p.xlsx"),
        (),
    ],
)
def test_options_that_would_name_somebody_are_refused(
    filled: set[str], monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    assert call(monkeypatch, "--profile", "anonymous", *option) == 2


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_file_bears_its_banner(
    filled: set[str], monkeypatch: pytest.MonkeyPatch, profile: str, lang: str
) -> None:
    said = banner(profile)[lang]  # type: ignore[index]
    assert call(monkeypatch, "-o", "p.html", "--profile", profile, "--lang", lang) == 0
    page = Path("p.html").read_text("utf-8")
    assert f'data-profile="{profile}"' in page[:200] and said in page
    assert (date.today().isoformat() in page) is (profile == "full")
    assert call(monkeypatch, "-o", "p.xlsx", "--profile", profile, "--lang", lang) == 0
    book = openpyxl.load_workbook("p.xlsx")
    assert book.worksheets[0]["A2"].value == said
    assert [sheet.oddHeader.right.text for sheet in book.worksheets[1:]] == [said] * len(book.worksheets[1:])


def test_every_fact_of_an_account_has_a_class() -> None:
    """A new fact is left out of what is anonymous, or is let in on purpose."""
    assert {f.name for f in fields(Account)} == CODED | ANONYMOUS | set(UNKNOWN)
    assert not ANONYMOUS & set(UNKNOWN)


def test_canaries_reach_every_kind() -> None:
    records, words = with_canaries(small())
    assert len(words) > 60 and {r.KIND for r in records} >= {"Organization", "Person", "WORKS_AT", "COVERS"}
    assert any(isinstance(r, Figure) for r in records)


@pytest.mark.browser
def test_grade_s_comes_first(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a click on the head of the grades: S, A, B, C, none; and the other way round by another."""
    from test_portfolio_page import further

    from powermap.portfolio import render

    monkeypatch.chdir(tmp_path)
    s = Store()
    s.ours("Ann")
    for number, grade in enumerate(("B", "", "S", "C", "A", "S")):
        s.account(f"Acc{number}", 100.0 + number, grade, **{f"Boss{number}": 1})
        s.covers(f"Ann>Boss{number}")
    with browser_page(browser, tmp_path) as page:
        page.show(render(s.scan(), "en", further(s.scan(), s.snapshot())))
        assert page.inner_text("#banner") == banner("team").en
        for view in ("accounts", "portfolio-repairs"):
            page.click(f"[data-view={view}]")
            column = page.locator("#thead button").all_inner_texts().index("Grade") + 1
            head = page.locator("#thead button", has_text="Grade")
            head.click()
            rows = page.locator(f".body-row span:nth-child({column})")
            assert rows.all_inner_texts() == ["S", "S", "A", "B", "C", ""], view
            head.click()
            assert rows.all_inner_texts() == ["", "C", "B", "A", "S", "S"], view
        assert page.told == []
