"""The everyday change without a spreadsheet: dated, with its ground, checked as an import, and undone by one word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from powermap.cli.app import app
from powermap.cli.everyday_commands import names_of
from powermap.model import Covers, Deal, Influences, Person, ReportsTo, Stands, Tie, WorksAt
from powermap.workspace import open_workspace

SHEETS = {
    "people.csv": "Company,Name,Title,Boss,Attitude,Owner\nAcme,Ada Park,CEO,,0,Wen Hill\nAcme,Ben Ruiz,CTO,Ada Park,1,Wen Hill\n",
    "deals.csv": "company,name\nAcme,Pumps\n",
    "organizations.csv": "name,type,us\nOurs,supplier,yes\nRival,supplier,\n",
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "config.toml"))
    for name, text in SHEETS.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert run("import", *SHEETS)[0] == 0


def run(*arguments: str, text: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments, "--lang", "en"], input=text)
    return done.exit_code, done.output + str(done.exception or "")


def ties(cls: type[Tie], name: str) -> list[Tie]:
    with open_workspace() as ws:
        snapshot = ws.snapshot()
    ident = next(p.id for p in snapshot.all(Person) if p.name == name)
    return sorted((t for t in snapshot.all(cls) if t.src == ident), key=lambda t: t.period.start or date.min)


def state() -> dict[str, object]:
    with open_workspace() as ws:
        return dict(ws.snapshot().records)


def test_an_attitude_changes_as_of_the_day_and_keeps_what_was() -> None:
    before = state()
    code, out = run(
        "set",
        "ada park",
        "attitude",
        "2",
        "--because",
        "said so at lunch",
        "--on",
        "2026-09-30",
        "--author",
        "Wen",
    )
    assert code == 0, out
    old, new = ties(Stands, "Ada Park")
    assert isinstance(old, Stands) and isinstance(new, Stands)
    assert (old.attitude, old.period.end) == (0, date(2026, 9, 30)) and new.period.start == date(2026, 9, 30)
    assert (new.attitude, new.evidence.note, new.evidence.author) == (2, "said so at lunch", "Wen")
    assert run("undo")[0] == 0
    assert state() == before


def test_a_post_and_a_boss_change_and_an_address_is_corrected() -> None:
    assert run("set", "Ben Ruiz", "title", "COO", "--on", "2026-09-30")[0] == 0
    assert [t.title for t in ties(WorksAt, "Ben Ruiz") if isinstance(t, WorksAt)] == ["CTO", "COO"]
    assert run("add", "person", "Cleo Marsh", "--account", "Acme", "--with", "title=CFO")[0] == 0
    assert run("set", "Ben Ruiz", "boss", "Cleo Marsh", "--on", "2026-09-30")[0] == 0
    assert [t.period.end for t in ties(ReportsTo, "Ben Ruiz")] == [date(2026, 9, 30), None]
    assert run("set", "Ben Ruiz", "email", "ben@acme.example")[0] == 0
    with open_workspace() as ws:
        assert [p.email for p in ws.snapshot().all(Person) if p.name == "Ben Ruiz"] == ["ben@acme.example"]


def test_a_tie_is_made_and_ended() -> None:
    assert run("tie", "Ben Ruiz", "sways", "Ada Park", "0.6", "--channel", "advice")[0] == 0
    (tie,) = ties(Influences, "Ben Ruiz")
    assert isinstance(tie, Influences) and (tie.strength, tie.channel) == (0.6, "advice")
    assert run("end", "Ben Ruiz", "sways", "Ada Park", "--on", "2099-01-01")[0] == 0
    assert ties(Influences, "Ben Ruiz")[0].period.end == date(2099, 1, 1)
    code, out = run("end", "Ben Ruiz", "sways", "Ada Park", "--on", "2099-02-01")
    assert code != 0 and "no such tie" in out


def test_a_deal_is_lost_to_a_rival() -> None:
    assert run("set", "Pumps", "outcome", "lost", "--to", "Rival", "--because", "price")[0] == 0
    with open_workspace() as ws:
        (deal,) = ws.snapshot().all(Deal)
        assert (deal.outcome, ws.snapshot().records[deal.won_by].name, deal.note) == (
            "lost",
            "Rival",
            "price",
        )  # type: ignore[attr-defined]


def test_a_handover_is_one_batch() -> None:
    before = state()
    assert run("add", "person", "Lin Hua", "--account", "Ours")[0] == 0
    assert run("handover", "Wen Hill", "Lin Hua", "--account", "Acme", "--on", "2026-09-30")[0] == 0
    assert {t.period.end for t in ties(Covers, "Wen Hill")} == {date(2026, 9, 30)}
    assert [t.period.start for t in ties(Covers, "Lin Hua")] == [date(2026, 9, 30)] * 2
    assert run("undo")[0] == 0 and run("undo")[0] == 0
    assert state() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("set", "Ada Prak", "attitude", "2"), "nothing here is called"),
        (("set", "Ada Park", "attitude", "9"), "from -2 to 3"),
        (("set", "Ada Park", "shoe size", "38"), "nothing called"),
        (("tie", "Ada Park", "adores", "Ben Ruiz"), "is not one of"),
        (("tie", "Ada Park", "sways", "Ada Park"), "two people"),
        (("end", "Ada Park", "life"), "nothing that can end"),
        (("handover", "Ada Park", "Ben Ruiz"), "looks after nobody"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(arguments: tuple[str, ...], told: str) -> None:
    before = state()
    code, out = run(*arguments)
    assert code != 0 and told in out, out
    assert state() == before


def test_a_dry_run_and_what_is_so_already_write_nothing() -> None:
    before = state()
    assert "nothing was written" in run("set", "Ada Park", "attitude", "2", "--dry-run")[1]
    assert "already" in run("set", "Ada Park", "email", "-")[1]
    assert state() == before


def test_rows_come_through_a_pipe() -> None:
    assert run("import", "-", text="Company,Name\nAcme,Dan Fox\n")[0] == 0
    assert ties(WorksAt, "Dan Fox")


def test_the_shell_completes_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert names_of("person", "ada") == ["Ada Park"] and names_of("account", "A") == ["Acme"]
    monkeypatch.setenv("POWERMAP_STORE", str(tmp_path / "nowhere" / "x.db"))
    assert names_of("person", "ada") == []
