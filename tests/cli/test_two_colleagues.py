"""Two colleagues and one workbook: what only one changed is taken, what both changed is asked, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from powermap.cli.app import app
from powermap.model import Person, Stands
from powermap.workspace import open_workspace

PEOPLE = "Company,Name,Title,Attitude,Email\nAcme,Ada Park,CEO,0,\nAcme,Ben Ruiz,CTO,1,\n"
Edit = Callable[[str, str, object], None]


@pytest.fixture(autouse=True)
def _exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    assert run("import", "people.csv", "--us", "Ours")[0] == 0
    assert run("export", "Acme", "-o", "acme.xlsx")[0] == 0


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments, "--lang", "en"])
    return done.exit_code, done.output + str(done.exception or "")


def edit(sheet: str, who: str, column: str, value: object) -> None:
    """Change a cell as somebody would in a spreadsheet program."""
    book = openpyxl.load_workbook("acme.xlsx")
    page = book[sheet]
    titles = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if who in [cell.value for cell in row])
    row[titles.index(column)].value = value
    book.save("acme.xlsx")


def attitudes() -> dict[str, int | None]:
    with open_workspace() as ws:
        snapshot = ws.snapshot()
    people = {p.id: p.name for p in snapshot.all(Person)}
    return {people[t.src]: t.attitude for t in snapshot.all(Stands) if t.period.end is None}


def mails() -> dict[str, str]:
    with open_workspace() as ws:
        return {p.name: p.email for p in ws.snapshot().all(Person)}


def test_an_older_workbook_puts_nothing_back() -> None:
    """Exported on Monday, changed by others on Tuesday, brought back untouched on Wednesday."""
    assert run("set", "Ada Park", "attitude", "3")[0] == 0
    code, out = run("import", "acme.xlsx")
    assert code == 0 and "nothing to change" in out, out
    assert attitudes() == {"Ada Park": 3, "Ben Ruiz": 1}


def test_what_only_one_changed_is_taken() -> None:
    assert run("set", "Ada Park", "attitude", "3")[0] == 0
    edit("Stances", "Ben Ruiz", "attitude", -1)
    edit("People", "Ada Park", "email", "ada@acme.example")
    code, out = run("import", "acme.xlsx")
    assert code == 0, out
    assert attitudes() == {"Ada Park": 3, "Ben Ruiz": -1} and mails()["Ada Park"] == "ada@acme.example"


def test_what_both_changed_is_a_conflict() -> None:
    assert run("set", "Ada Park", "email", "theirs@acme.example")[0] == 0
    edit("People", "Ada Park", "email", "mine@acme.example")
    code, out = run("import", "acme.xlsx")
    assert code == 6 and "theirs@acme.example" in out and "--take" in out, out
    assert mails()["Ada Park"] == "theirs@acme.example"
    assert run("import", "acme.xlsx", "--take", "theirs")[0] == 0
    assert mails()["Ada Park"] == "theirs@acme.example"
    assert run("import", "acme.xlsx", "--take", "mine")[0] == 0
    assert mails()["Ada Park"] == "mine@acme.example"


@pytest.mark.parametrize(("take", "left"), [("mine", -2), ("theirs", 3)])
def test_two_judgements_of_one_attitude_are_a_conflict(take: str, left: int) -> None:
    assert run("set", "Ada Park", "attitude", "3")[0] == 0
    edit("Stances", "Ada Park", "attitude", -2)
    code, out = run("import", "acme.xlsx")
    assert code == 6 and "Ada Park" in out, out
    assert attitudes()["Ada Park"] == 3
    assert run("import", "acme.xlsx", "--take", take)[0] == 0
    assert attitudes()["Ada Park"] == left


def test_the_same_change_by_both_is_no_conflict() -> None:
    assert run("set", "Ada Park", "attitude", "3")[0] == 0
    edit("Stances", "Ada Park", "attitude", 3)
    assert run("import", "acme.xlsx")[0] == 0
    assert attitudes()["Ada Park"] == 3


def test_a_workbook_of_another_store_is_any_file(tmp_path: Path) -> None:
    assert run("import", "acme.xlsx", "--store", str(tmp_path / "other.db"))[0] == 0
