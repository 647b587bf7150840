"""Every kind of fault is reported where it is, all in one pass, and nothing beside it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from world import apply, plan, write_csv, write_xlsx

from powermap.model import Person

GOOD: dict[str, list[list[Any]]] = {
    "organizations": [
        ["id", "name", "type", "us", "part_of", "grade", "industry"],
        ["acme", "Acme Lamps", "customer", "", "", "A", "light"],
        ["we", "Our House", "supplier", "yes", "", "", ""],
        ["riv", "Rival House", "supplier", "", "", "", ""],
        ["lab", "Acme Lab", "unit", "", "Acme Lamps", "", ""],
    ],
    "people": [
        [
            "id",
            "company",
            "name",
            "title",
            "level",
            "boss",
            "power",
            "external",
            "adaptability",
            "attitude",
            "since",
            "until",
            "confidence",
        ],
        ["p1", "Acme Lamps", "Ada Stone", "CEO", 1, "", 9, "", "early", 1, "", "", ""],
        ["p2", "Acme Lamps", "Ben Reed", "CFO", 2, "Ada Stone", 6, "", "", 0, "", "", ""],
        ["p3", "Acme Lamps", "Cleo Marsh", "Buyer", 4, "Ben Reed", 3, "", "", "?", "2025-01-01", "", 0.9],
        ["p4", "Acme Lamps", "Dan Frost", "Engineer", 4, "Ben Reed", "", "", "", "", "", "", ""],
        ["p5", "Acme Lamps", "Dan Frost", "Driver", 5, "Ben Reed", "", "", "", "", "", "", ""],
        ["p6", "Our House", "Wen Hill", "Seller", "", "", "", "", "", "", "", "", ""],
        ["p7", "Rival House", "Rex Pond", "Seller", "", "", "", "", "", "", "", "", ""],
    ],
    "ties": [
        [
            "company",
            "from",
            "to",
            "kind",
            "strength",
            "sign",
            "duty",
            "since",
            "until",
            "status",
            "confidence",
            "level",
            "bond",
            "stickiness",
        ],
        ["Acme Lamps", "Wen Hill", "Ada Stone", "covers", 0.8, "", "owner", "", "", "", "", "", "", ""],
        [
            "Acme Lamps",
            "Ben Reed",
            "Ada Stone",
            "influences",
            0.5,
            1,
            "",
            "2025-05-01",
            "",
            "assumed",
            0.7,
            "",
            "",
            "",
        ],
        ["", "Our House", "Acme Lamps", "relates", "", "", "", "", "", "", "", 2, 3, 1],
    ],
    "stances": [
        ["company", "person", "supplier", "attitude", "since", "support"],
        ["Acme Lamps", "Ben Reed", "Rival House", 1, "2026-02-01", 1],
        ["Acme Lamps", "Cleo Marsh", "Our House", -1, "2026-02-01", ""],
    ],
    "deals": [
        ["id", "company", "name", "horizon", "value", "close_on", "outcome", "won_by"],
        ["d1", "Acme Lamps", "Street lights", "short", 4000000, "2026-12-01", "", ""],
    ],
    "committee": [
        ["company", "deal", "person", "roles", "votes", "veto"],
        ["Acme Lamps", "Street lights", "Ada Stone", "decision maker", 2, "yes"],
    ],
    "interactions": [
        ["company", "date", "ours", "theirs", "purpose"],
        ["Acme Lamps", "2026-03-04", "Wen Hill", "Ada Stone; Ben Reed", "review"],
    ],
    "figures": [
        ["company", "measure", "date", "value", "currency", "supplier"],
        ["Acme Lamps", "revenue", 2025, 120000, "EUR", ""],
    ],
}

# sheet, row (as the spreadsheet counts), column, what is written there, the code of the problem
CELLS: list[tuple[str, int, str, Any, str]] = [
    ("organizations", 2, "type", "costumer", "unknown-type"),
    ("organizations", 2, "grade", "Z", "unknown-grade"),
    ("organizations", 3, "us", "maybe", "unknown-yes"),
    ("organizations", 4, "us", "yes", "two-us"),
    ("organizations", 5, "name", "", "missing"),
    ("organizations", 5, "part_of", "Acme Lampz", "unknown-organization"),
    ("organizations", 5, "part_of", "Acme Lab", "cycle"),
    ("organizations", 2, "part_of", "Acme Lab", "part-cycle"),
    ("organizations", 5, "name", "x" * 201, "too-long"),
    ("people", 2, "level", 6, "level-range"),
    ("people", 2, "level", "boss of all", "level-range"),
    ("people", 5, "name", "", "missing"),
    ("people", 5, "company", "", "missing"),
    ("people", 5, "boss", "Bem Reed", "unknown-person"),
    ("people", 5, "boss", "Dan Frost", "ambiguous-person"),
    ("people", 3, "boss", "Ben Reed", "own-boss"),
    ("people", 2, "boss", "Cleo Marsh", "boss-cycle"),
    ("people", 2, "power", 11, "power-range"),
    ("people", 2, "power", "strong", "not-a-number"),
    ("people", 5, "external", "perhaps", "unknown-yes"),
    ("people", 2, "adaptability", "quick", "unknown-adaptability"),
    ("people", 2, "attitude", 4, "attitude-range"),
    ("people", 2, "attitude", 0.5, "attitude-range"),
    ("people", 2, "attitude", "glowing", "unknown-attitude"),
    ("people", 4, "since", "2025-13-01", "not-a-date"),
    ("people", 4, "since", "03/04/2025", "ambiguous-date"),
    ("people", 4, "since", "lately", "not-a-date"),
    ("people", 4, "since", "2999-01-01", "date-range"),
    ("people", 4, "until", "2024-12-31", "period"),
    ("people", 4, "confidence", 0, "confidence-range"),
    ("people", 4, "confidence", 140, "confidence-range"),
    ("ties", 2, "from", "Wen Hil", "unknown-person"),
    ("ties", 2, "to", "", "missing"),
    ("ties", 3, "to", "Dan Frost", "ambiguous-person"),
    ("ties", 3, "to", "Ben Reed", "own-tie"),
    ("ties", 3, "kind", "", "missing"),
    ("ties", 3, "kind", "knows of", "unknown-tie"),
    ("ties", 3, "strength", 5, "strength-range"),
    ("ties", 3, "strength", 0, "strength-range"),
    ("ties", 3, "strength", "very", "not-a-number"),
    ("ties", 3, "sign", 7, "unknown-sign"),
    ("ties", 3, "since", "2025-02-30", "not-a-date"),
    ("ties", 3, "until", "2025-04-30", "period"),
    ("ties", 3, "status", "rumour", "unknown-status"),
    ("ties", 2, "duty", "king", "unknown-duty"),
    ("ties", 4, "level", 5, "level-range"),
    ("ties", 4, "bond", 9, "bond-range"),
    ("ties", 4, "stickiness", 4, "stickiness-range"),
    ("ties", 4, "to", "Acme Lump", "unknown-organization"),
    ("stances", 2, "person", "Benn Reed", "unknown-person"),
    ("stances", 2, "supplier", "Rivall House", "unknown-organization"),
    ("stances", 2, "supplier", "Acme Lab", "not-a-supplier"),
    ("stances", 3, "attitude", "", "missing"),
    ("stances", 2, "attitude", "-3", "attitude-range"),
    ("stances", 2, "support", 9, "attitude-range"),
    ("stances", 2, "since", "soon", "not-a-date"),
    ("deals", 2, "horizon", "someday", "unknown-horizon"),
    ("deals", 2, "value", "250.000", "two-numbers"),
    ("deals", 2, "value", "a lot", "not-a-number"),
    ("deals", 2, "close_on", "12.01.2026", "ambiguous-date"),
    ("deals", 2, "outcome", "perhaps", "unknown-outcome"),
    ("deals", 2, "won_by", "Nobody Ltd", "unknown-organization"),
    ("committee", 2, "deal", "Street lamps", "unknown-deal"),
    ("committee", 2, "person", "Ada Stones", "unknown-person"),
    ("committee", 2, "roles", "king", "unknown-role"),
    ("committee", 2, "votes", -1, "votes-range"),
    ("committee", 2, "veto", "sometimes", "unknown-yes"),
    ("interactions", 2, "date", "", "missing"),
    ("interactions", 2, "ours", "Wen Hell", "unknown-person"),
    ("interactions", 2, "theirs", "Ada Stone; Nobody There", "unknown-person"),
    ("figures", 2, "measure", "mood", "unknown-measure"),
    ("figures", 2, "value", "", "missing"),
    ("figures", 2, "date", "some year", "not-a-date"),
    ("figures", 2, "date", 2999, "date-range"),
    ("figures", 2, "supplier", "Nobody Ltd", "unknown-organization"),
]  # fmt: skip

# sheet, the row that is added, the column that the problem names, its code
ROWS: list[tuple[str, list[Any], str, str]] = [
    ("people", ["p2", "Acme Lamps", "Ben Reed", "CFO", 3, "", "", "", "", "", "", "", ""], "level", "contradiction"),
    ("people", ["p2", "Acme Lamps", "Ben Reed", "", "", "Cleo Marsh", "", "", "", "", "", "", ""], "boss", "contradiction"),
    ("stances", ["Acme Lamps", "Ben Reed", "Rival House", -2, "2026-02-01", ""], "attitude", "contradiction"),
    ("deals", ["d1", "Acme Lamps", "Street lights", "long", "", "", "", ""], "horizon", "contradiction"),
    ("figures", ["Acme Lamps", "revenue", 2025, 1, "EUR", ""], "value", "contradiction"),
    ("ties", ["Acme Lamps", "Ben Reed", "Ada Stone", "influences", 0.9, 1, "", "2025-05-01", "", "", "", "", "", ""], "strength", "contradiction"),
]  # fmt: skip


@pytest.fixture
def sheets() -> dict[str, list[list[Any]]]:
    return deepcopy(GOOD)


def test_the_file_without_a_fault_has_no_problem(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    made = plan(write_xlsx(tmp_path / "good.xlsx", sheets))
    assert made.problems == ()
    known = apply(made)
    again = plan(tmp_path / "good.xlsx", known)
    assert again.changes == ()
    assert again.counts["same"] > 20


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "code"),
    CELLS,
    ids=[f"{s}-{r}-{c}-{str(v)[:12]}" for s, r, c, v, _ in CELLS],
)
def test_one_fault_is_one_problem(
    tmp_path: Path,
    sheets: dict[str, list[list[Any]]],
    sheet: str,
    row: int,
    column: str,
    value: Any,
    code: str,
) -> None:
    """A file with one faulty cell: exactly that cell is named, with a reason and a suggestion in both languages."""
    sheets[sheet][row - 1][sheets[sheet][0].index(column)] = value
    made = plan(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert [(p.sheet, p.row, p.column, p.code) for p in made.problems] == [(sheet, row, column, code)]
    problem = made.problems[0]
    assert problem.file == "f.xlsx"
    assert problem.reason
    assert problem.reason_zh
    assert problem.suggestion
    assert problem.suggestion_zh


def test_two_meetings_of_one_number_contradict_each_other(
    tmp_path: Path, sheets: dict[str, list[list[Any]]]
) -> None:
    sheets["interactions"] = [
        ["id", "company", "date", "ours", "theirs"],
        ["m1", "Acme Lamps", "2026-03-04", "Wen Hill", "Ada Stone"],
        ["m1", "Acme Lamps", "2026-03-05", "Wen Hill", "Ada Stone"],
    ]
    made = plan(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert [(p.sheet, p.row, p.column, p.code) for p in made.problems] == [
        ("interactions", 3, "date", "contradiction")
    ]


@pytest.mark.parametrize(("sheet", "row", "column", "code"), ROWS, ids=[f"{s}-{c}" for s, _, c, _ in ROWS])
def test_rows_that_contradict_each_other(
    tmp_path: Path, sheets: dict[str, list[list[Any]]], sheet: str, row: list[Any], column: str, code: str
) -> None:
    sheets[sheet].append(row)
    made = plan(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert [(p.sheet, p.row, p.column, p.code) for p in made.problems] == [
        (sheet, len(sheets[sheet]), column, code)
    ]


def test_the_same_row_twice_is_no_fault(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    once = plan(write_xlsx(tmp_path / "once.xlsx", sheets)).counts
    for rows in sheets.values():
        rows.append(list(rows[1]))
    assert plan(write_xlsx(tmp_path / "f.xlsx", sheets)).counts == once


def test_all_faults_in_one_pass(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """Faults in every sheet of one file are all reported together, and nothing else."""
    chosen = [
        ("organizations", 2, "grade", "Z", "unknown-grade"),
        ("people", 2, "level", 6, "level-range"),
        ("people", 2, "power", 11, "power-range"),
        ("people", 5, "boss", "Bem Reed", "unknown-person"),
        ("ties", 3, "strength", 5, "strength-range"),
        ("stances", 2, "attitude", "glowing", "unknown-attitude"),
        ("deals", 2, "close_on", "soon", "not-a-date"),
        ("committee", 2, "roles", "king", "unknown-role"),
        ("interactions", 2, "ours", "Wen Hell", "unknown-person"),
        ("figures", 2, "value", "", "missing"),
    ]
    for sheet, row, column, value, _ in chosen:
        sheets[sheet][row - 1][sheets[sheet][0].index(column)] = value
    made = plan(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert {(p.sheet, p.row, p.column, p.code) for p in made.problems} == {
        (s, r, c, code) for s, r, c, _, code in chosen
    }
    assert len(made.problems) == len(chosen)


def test_rows_without_a_fault_can_be_written_alone(
    tmp_path: Path, sheets: dict[str, list[list[Any]]]
) -> None:
    """A bad cell is left out, and the rest of its row isn't; mended, it is filled in."""
    sheets["people"][2][6] = 11
    made = plan(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert [p.code for p in made.problems] == ["power-range"]
    known = apply(made)
    names = {getattr(r, "name", "") for r in known}
    assert {"Ada Stone", "Ben Reed", "Cleo Marsh", "Wen Hill"} <= names
    assert [p.power for p in known.all(Person) if p.name == "Ben Reed"] == [None]
    sheets["people"][2][6] = 6
    full = apply(plan(write_xlsx(tmp_path / "f.xlsx", sheets), known), known)
    assert [p.power for p in full.all(Person) if p.name == "Ben Reed"] == [6]


def test_candidates_are_listed(tmp_path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """An ambiguous name lists who is meant, by title and id; an unknown one lists who is close."""
    sheets["people"][4][5] = "Dan Frost"
    sheets["ties"][1][1] = "Wen Hil"
    ambiguous, unknown = plan(write_xlsx(tmp_path / "f.xlsx", sheets)).problems
    assert "Engineer" in ambiguous.suggestion
    assert "Driver" in ambiguous.suggestion
    assert "Wen Hill" in unknown.suggestion


def test_an_unknown_column_is_reported_and_not_guessed(tmp_path: Path) -> None:
    rows = [["name", "company", "Depratment", "shoe size"], ["Ada Stone", "Acme Lamps", "Board", "no. 41"]]
    made = plan(write_csv(tmp_path / "list.csv", rows))
    assert not made.problems
    notes = [n.en for n in made.notes]
    assert any("Depratment" in n and "did you mean 'department'" in n for n in notes)
    assert any("shoe size" in n and "did you mean" not in n for n in notes)
    assert not any("Board" in str(c.after) or "no. 41" in str(c.after) for c in made.changes)


def test_two_columns_of_one_meaning(tmp_path: Path) -> None:
    rows = [["name", "company", "position", "designation"], ["Ada Stone", "Acme Lamps", "CEO", "CFO"]]
    made = plan(write_csv(tmp_path / "list.csv", rows))
    assert [(p.row, p.column, p.code) for p in made.problems] == [(1, "designation", "duplicate-column")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["shoe", "size"], ["red", "41"]], "no-header"),
        ([["title", "company"], ["CEO", "Acme Lamps"]], "no-header"),
    ],
)
def test_no_table_that_is_known(tmp_path: Path, rows: list[list[str]], code: str) -> None:
    made = plan(write_csv(tmp_path / "x.csv", rows))
    assert [p.code for p in made.problems] == [code]


def test_direction_must_be_stated(tmp_path: Path) -> None:
    """A tie whose kind is not written could run either way, so the file is refused."""
    rows = [["company", "from", "to"], ["Acme Lamps", "Ada Stone", "Ben Reed"]]
    made = plan(write_csv(tmp_path / "ties.csv", rows))
    assert [p.code for p in made.problems] == ["no-header"]
    assert "kind" in made.problems[0].suggestion


def test_exclusive_support_of_two_suppliers_is_noted(
    tmp_path: Path, sheets: dict[str, list[list[Any]]]
) -> None:
    sheets["stances"][1][3] = 2
    sheets["stances"].append(["Acme Lamps", "Ben Reed", "Our House", 2, "2026-02-01", ""])
    sheets["people"][2][9] = ""
    made = plan(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert not made.problems
    assert any("Ben Reed" in n.en and "exclusively" in n.en for n in made.notes)
