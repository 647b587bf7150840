"""The manager's questions on the command line: what they take, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from test_commands import DAY, Run, filled, run

from powermap.cli.portfolio_commands import About
from powermap.portfolio.questions.registry import QUESTIONS

__all__ = ["filled", "run"]


def test_every_question_can_be_asked(filled: Run) -> None:
    assert [q.value for q in About] == list(QUESTIONS)
    for question in QUESTIONS:
        code, out, said = filled("portfolio", "--about", question, *DAY, "--json")
        assert code == 0, said
        assert json.loads(out)["question"] == f"portfolio-{question}"


def test_changes_departures_and_budgets(filled: Run, tmp_path: Path) -> None:
    assert "Became fragile" in filled("portfolio", "--since", "2025-06-30", *DAY)[1]
    out = filled("portfolio", "--since", "2025-06-30", "--about", "owners", *DAY)[1]
    assert "more hangs on them" in out
    out = filled("portfolio", "--without", "zhou mingxuan", "--without", "Li Ting", *DAY)[1]
    assert "Without Zhou Mingxuan and Li Ting all at once" in out and "Nobody of ours would be left" in out
    rows = json.loads(filled("portfolio", "--about", "repairs", "--budget", "1", *DAY, "--json")[1])["rows"]
    assert len(rows) == 1
    options = ("--since", "2025-06-30", "--without", "Li Ting", "--budget", "20d")
    assert filled("portfolio", "-o", "p.xlsx", *options, *DAY)[0] == 0
    assert len(openpyxl.load_workbook(tmp_path / "p.xlsx").sheetnames) == 1 + len(QUESTIONS) + 3


def test_csv_holds_the_numbers_of_json(filled: Run) -> None:
    """Without separators of thousands and unrounded, so that a program reads them."""
    table = csv.DictReader(io.StringIO(filled("portfolio", *DAY, "--format", "csv", "--lang", "en")[1]))
    rows = json.loads(filled("portfolio", *DAY, "--json")[1])["rows"]
    assert [float(r["Revenue at risk"]) for r in table] == [r["at_risk"] for r in rows]


def test_maps_of_an_earlier_run_are_not_left_behind(filled: Run, tmp_path: Path) -> None:
    folder = tmp_path / "p-maps"
    page = ("portfolio", "-o", "p.html", *DAY)
    assert filled(*page, "--maps", "2")[0] == 0
    first = sorted(folder.iterdir())
    assert len(first) == 2
    before = [f.stat().st_mtime_ns for f in first]
    (folder / "mine.html").write_text("<!doctype html><html><title>Mine</title>", "utf-8")
    code, _, said = filled(*page, "--maps", "1")
    assert code != 0 and "already" in said and "--force" in said
    assert [f.stat().st_mtime_ns for f in first] == before
    assert filled(*page)[0] == 0 and first[1].exists(), "no maps are asked for, none is touched"
    assert filled(*page, "--maps", "1", "--force")[0] == 0
    left = {f.name for f in folder.iterdir()} - {"mine.html"}
    assert len(left) == 1 and left < {f.name for f in first}
    assert left.pop() in (tmp_path / "p.html").read_text("utf-8")
    assert filled(*page, "--force")[0] == 0
    assert [f.name for f in folder.iterdir()] == ["mine.html"]


@pytest.mark.parametrize(
    "options",
    [
        ("--without", "Nobody Known"),
        ("--without", "Li Ting", "--since", "2025-06-30"),
        ("--without", "Li Ting", "--about", "duty"),
        ("--since", "2025-06-30", "--about", "wallet"),
        ("--since", "2027-01-01"),
        ("--budget", "much", "--about", "repairs"),
        ("--budget", "3"),
        ("--budget", "3", "--since", "2025-06-30"),
        ("--budget", "3", "--without", "Li Ting"),
        ("--maps", "2"),
        ("--maps", "2", "-o", "p.xlsx"),
        ("-o", "p.csv"),
        ("-o", "p"),
        ("--without", "Li Ting", "-o", "p.html"),
        ("--about", "duty", "-o", "p.html"),
        ("--about", "duty", "-o", "p.xlsx"),
        ("--json", "-o", "p.html"),
        ("--format", "csv", "-o", "p.xlsx"),
    ],
)
def test_what_is_refused_with_a_reason(filled: Run, options: tuple[str, ...]) -> None:
    code, _, said = filled("portfolio", *options, *DAY)
    assert code != 0 and "fault of its own" not in said and said.strip()


def test_the_demos_page_has_every_view_and_leads_to_the_maps(tmp_path: Path) -> None:
    """Method M5: the first page that a manager sees holds the share of wallet, and each account its map."""
    from powermap.cli.demo import run_demo

    run_demo(tmp_path / "d", "zh")
    text = (tmp_path / "d" / "portfolio.html").read_text("utf-8")
    data = json.loads(text.split('id="data">', 1)[1].split("</script>", 1)[0])
    asked = {t["key"].removeprefix("portfolio-") for t in data["tables"]}
    assert asked == {q.value for q in About} - {"accounts", "owners", "contacts"}
    at = data["fields"].index("map")
    assert len(data["accounts"]) == 4
    for row in data["accounts"]:
        assert (tmp_path / "d" / unquote(row[at])).is_file()
