"""Two imports of the same files answer alike: ids are random, and nothing is sorted, drawn, cut or sampled by them."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from powermap import demo
from powermap.analysis import QUESTIONS
from powermap.analysis.measures import list_measures
from powermap.errors import PowermapError
from powermap.portfolio import answer, render
from powermap.portfolio.questions.registry import QUESTIONS as MANAGERS
from powermap.reports.rows import account_rows
from powermap.workspace import Workspace, open_workspace

HASH = re.compile(r"(?<=-)[0-9a-f]{8}(?=\")")
"""The end of a finding's id, which is made of ids of records."""


def masked(ws: Workspace, value: Any) -> Any:
    """Return what was answered, as JSON with every id of a record replaced."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    ids = {r.id for r in ws.store.read()}
    return HASH.sub("#", re.sub(r"[0-9a-f]{16}", lambda m: "ID" if m[0] in ids else m[0], text))


def asked(ws: Workspace, day: date) -> dict[str, Any]:
    """Ask everything, and keep what is answered by question."""
    said: dict[str, Any] = {}
    for n, hit in enumerate(ws.accounts()):
        view = ws.account(hit.id).lens(as_of=day)
        for question in QUESTIONS:
            if question != "measure":
                said[f"{n} {question}"] = view.ask(question).to_json()
        for key, *_ in list_measures():
            try:
                said[f"{n} {key}"] = view.measure(key).to_json()
            except PowermapError as refused:
                said[f"{n} {key}"] = str(refused)
        said[f"{n} map"] = view.map(lang="en", form="json")
        said[f"{n} drawing"] = view.map(form="svg")
        said[f"{n} page"] = re.search(r'<script type="application/json".*?</script>', view.map(), re.S)[0]  # type: ignore[index]
        said[f"{n} export"] = account_rows(ws.snapshot(hit.id), hit.id)
    scan = ws.portfolio(as_of=day)
    with ws.records() as records:
        tables = [answer(scan, question, records, ws.pack) for question in MANAGERS]
    said |= {f"portfolio {t.question}": t.to_json() for t in tables}
    said["portfolio page"] = render(scan, "zh", tables[3:])
    return {key: masked(ws, value) for key, value in said.items()}


def imported(files: list[Path], folder: Path, day: date) -> dict[str, Any]:
    with open_workspace(folder / "store.db") as ws:
        result = ws.import_(files, today=day)
        assert result.receipt is not None, [str(p) for p in result.plan.problems]
        return asked(ws, day)


def twins(folder: Path) -> list[Path]:
    """Invent a customer full of people of one name, told apart by title, mail or ties alone; and two suppliers."""
    company, ours, rival = "Maple Foods", "Lumen", "Volta"
    people: list[list[Any]] = [["id", "company", "name", "department", "title", "level", "email", "boss"]]
    boards = [
        ["b1", company, "Li Wei", "Board", "Chair", 1, "", ""],
        ["b2", company, "Li Wei", "Board", "Chair", 1, "", ""],
    ]
    people += boards
    people += [
        [f"k{n}", company, "Wang Fang", "Kitchen", "Cook", 3, f"wf{n % 2}@maple.example", ("b1", "b2")[n > 2]]
        for n in range(6)
    ]
    people += [[f"o{n}", ours, "Chen Yu", "Sales", "Manager", n % 3 + 2, "", ""] for n in range(3)]
    people += [[f"r{n}", rival, "Zhao Lei", "Sales", "", 3, "", ""] for n in range(2)]
    ties: list[list[Any]] = [["company", "from", "kind", "to", "strength"]]
    ties += [
        [company, f"k{a}", "influences", f"k{b}", 0.5] for a, b in combinations(range(6), 2) if (a + b) % 3
    ]
    ties += [[company, f"k{n}", "influences", f"b{n % 2 + 1}", 0.4] for n in range(4)]
    ties += [[company, f"o{n % 3}", "covers", f"k{n}", 0.5] for n in range(6)]
    ties += [[company, f"r{n}", "covers", f"k{n + 2}", 0.5] for n in range(2)]
    stances: list[list[Any]] = [["company", "person", "supplier", "attitude"]]
    stances += [[company, f"k{n}", ours, (1, 2, 0, -1, 1, 1)[n]] for n in range(6)]
    stances += [[company, f"k{n}", rival, (0, -1, 2, 1, 1, 0)[n]] for n in range(6)]
    stances += [[company, f"b{n}", ours, 0] for n in (1, 2)]
    deals = [["company", "name"], [company, "Kitchen line"]]
    committee = [["company", "deal", "person", "roles"]]
    committee += [[company, "Kitchen line", p, "decider"] for p in ("b1", "b2", "k0", "k1")]
    meetings: list[list[Any]] = [["company", "date", "channel", "ours", "theirs"]]
    meetings += [
        [company, f"2026-0{n + 1}-10", "visit", f"o{n % 3}", f"k{n}; b{n % 2 + 1}"] for n in range(6)
    ]
    figures: list[list[Any]] = [["company", "measure", "date", "value", "currency", "category", "supplier"]]
    for year, sales, spend in ((2024, 10.1, 20.3), (2025, 11.7, 40.9)):
        for month in (1, 4, 7):
            figures.append([company, "revenue", f"{year}-0{month}-01", sales, "CNY", "ovens", ""])
            figures.append([company, "wallet", f"{year}-0{month}-01", spend, "CNY", "ovens", ""])
            figures.append([company, "wallet", f"{year}-0{month}-01", spend, "EUR", "", ""])
    organizations = [
        ["name", "type", "us", "grade"],
        [company, "customer", "", "S"],
        [ours, "supplier", "y", ""],
        [rival, "supplier", "", ""],
    ]
    sheets = {
        "organizations": organizations,
        "people": people,
        "ties": ties,
        "stances": stances,
        "deals": deals,
    }
    sheets |= {"committee": committee, "interactions": meetings, "figures": figures}
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return [folder / f"{name}.csv" for name in sheets]


@pytest.mark.parametrize("files", ["zh", "en", "twins"])
def test_three_imports_answer_alike(files: str, tmp_path: Path) -> None:
    given = demo.files(files) if files != "twins" else twins(tmp_path)
    answers = []
    for n in range(3):
        (tmp_path / str(n)).mkdir()
        answers.append(imported(list(given), tmp_path / str(n), demo.AS_OF))
    for other in answers[1:]:
        assert other.keys() == answers[0].keys()
        differing = [key for key, value in answers[0].items() if other[key] != value]
        assert differing == []


def test_ids_are_masked_and_nothing_else(tmp_path: Path) -> None:
    """Of two different files the answers differ: the comparison sees something."""
    first, second = (tmp_path / "1", tmp_path / "2")
    for folder in (first, second):
        folder.mkdir()
    one = imported(twins(first), first, demo.AS_OF)
    files = twins(second)
    people = files[1].read_text("utf-8").replace("Kitchen,Cook,3,wf1", "Kitchen,Cook,4,wf1", 1)
    files[1].write_text(people, "utf-8")
    assert one != imported(files, second, demo.AS_OF)
