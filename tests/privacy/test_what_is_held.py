"""What a store holds about a person is told whole; what is held too long, or had better not be, is named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import powermap as pm
from powermap.cli.app import app
from powermap.method import load_pack
from powermap.method.sensitive import sensitive
from powermap.model import named
from powermap.privacy.held import answer, texts_of
from powermap.privacy.notes import answer as notes
from powermap.privacy.retention import expired, months_after
from powermap.workspace import Workspace

PEOPLE = """Name,Company,Title,Level,Boss,Owner,Attitude,Email,Note
Ben Stone,Acme,CEO,1,,Olga Ours,1,,
Ada Park,Acme,CTO,2,Ben Stone,Olga Ours,1,ada@acme.example,likes tea
Cleo Wing,Borealis,CEO,1,,Olga Ours,,,went to school with Ada Park
"""
HOUSES = "Name,Type,Us\nAcme,customer,\nBorealis,customer,\nOurselves,supplier,yes\n"
OURS = "Name,Company\nOlga Ours,Ourselves\n"
DEALS = "Name,Company,Close date,Outcome\nLine 3,Acme,2021-05-31,won\n"
MEETINGS = "Company,Date,Ours,Theirs,Purpose\nAcme,2026-03-01,Olga Ours,Ada Park,samples\nAcme,2020-03-01,Olga Ours,Ben Stone,samples\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """Two accounts, of which one bought once."""
    files = {
        "organizations": HOUSES,
        "people": OURS,
        "staff": PEOPLE,
        "deals": DEALS,
        "interactions": MEETINGS,
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    found = pm.open(tmp_path / "power.db", create=True)
    for name in files:
        done = found.import_([tmp_path / f"{name}.csv"], on=date(2020, 1, 1))
        assert done.receipt, done.plan.problems
    return found


def test_every_fact_that_the_log_has_about_a_person_is_told(ws: Workspace) -> None:
    with ws:
        ws.import_([_csv(ws, "Name,Company,Title\nAda Park,Acme,COO\n")])
        held = ws.held("Ada Park")
        told = answer(held, ws.pack, date(2026, 9, 30))
        (ada,) = {c.change.id for c in ws.store.log() if (c.change.after or {}).get("name") == "Ada Park"}
        facts = [
            (c.change.id, props)
            for c in ws.store.log()
            for props in (c.change.before, c.change.after)
            if props and (c.change.id == ada or ada in named(c.change.kind, props))
        ]
    assert len(facts) > 8
    shown = [(r["record"], r[side]) for r in told.rows for side in ("before", "after") if r.get(side)]
    assert all(fact in shown for fact in facts)
    words = " ".join(str(r["said"]["en"]) for r in told.rows)
    assert all(text in words for text in ("ada@acme.example", "likes tea", "title CTO", "title COO"))


def test_a_name_in_a_note_about_somebody_else_is_listed(ws: Workspace) -> None:
    with ws:
        (mention,) = ws.held("Ada Park").mentions
        assert mention.text == "went to school with Ada Park"
        assert {m.text for m in ws.held("Cleo Wing").mentions} == set()


def test_somebody_who_was_removed_is_still_held_in_the_log(ws: Workspace) -> None:
    with ws:
        batch = ws.import_([_csv(ws, "Name,Company,Note\nDora Lane,Acme,plays chess\n")]).receipt
        assert batch
        ws.undo(batch.batch)
        held = ws.held("Dora Lane")
    assert not held.records
    assert "plays chess" in {t for c in held.earlier for _, t in texts_of(c.change.after or {})}


def test_a_person_is_due_so_many_months_after_the_last_contact(ws: Workspace) -> None:
    months = ws.pack.topic("privacy")["retention"]["contact_months"]
    with ws:
        due = {
            ws.held(n).person.id: d
            for n, d in {"Ada Park": date(2026, 3, 1), "Ben Stone": date(2020, 3, 1)}.items()
        }
        for ident, last in due.items():
            for day, is_due in (
                (months_after(last, months), True),
                (months_after(last, months).replace(day=1), True),
            ):
                found = expired(ws.snapshot(), ws.store.log(), ws.pack, day)
                assert (ident in {e.record for e in found if e.kind == "person"}) is is_due
            early = date.fromordinal(months_after(last, months).toordinal() - 1)
            found = expired(ws.snapshot(), ws.store.log(), ws.pack, early)
            assert ident not in {e.record for e in found if e.kind == "person"}
        names = {
            ws.snapshot().records[e.person].name
            for e in expired(ws.snapshot(), ws.store.log(), ws.pack, date(2099, 1, 1))
        }  # type: ignore[attr-defined]
    assert "Olga Ours" not in names


def test_judgements_are_due_after_the_last_deal_and_not_while_one_is_open(ws: Workspace) -> None:
    with ws:
        day = months_after(date(2021, 5, 31), ws.pack.topic("privacy")["retention"]["judgement_months"])
        before = date.fromordinal(day.toordinal() - 1)

        def judged(on: date) -> int:
            return sum(e.kind == "judgement" for e in expired(ws.snapshot(), ws.store.log(), ws.pack, on))

        assert (judged(before), judged(day)) == (0, 2)
        ws.import_([_csv(ws, "Name,Company,Close date\nLine 4,Acme,2030-12-31\n", "deals")])
        assert judged(day) == 0


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [(date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2024, 11, 30), 3, date(2025, 2, 28)), (date(2024, 12, 1), 12, date(2025, 12, 1))],
)  # fmt: skip
def test_months_after(day: date, months: int, end: date) -> None:
    assert months_after(day, months) == end


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("刚做完手术后休息", {"health"}),
        ("在闹离婚，又欠债", {"divorce", "debt"}),
        ("is a devout Catholic", {"religion"}),
        ("his wife is our lawyer; cousin of the CFO", set()),
        ("表弟在采购部，同学圈", set()),
        ("depressions in the sheet metal", set()),
        ("member of the party committee, party member", {"politics"}),
    ],
)
def test_words_that_warn(text: str, about: set[str]) -> None:
    assert {hit.about.en for hit in sensitive(text, load_pack())} == about


def test_a_new_note_that_warns_is_told_at_once_and_listed_later(ws: Workspace) -> None:
    with ws:
        done = ws.import_([_csv(ws, "Name,Company,Note\nDora Lane,Acme,on sick leave\n")])
        assert any("health" in note.en and "people2" in note.en for note in done.plan.notes)
        again = ws.import_([_csv(ws, "Name,Company,Note,Title\nDora Lane,Acme,on sick leave,Buyer\n")])
        assert not any("health" in note.en for note in again.plan.notes)
        (row,) = notes(ws.snapshot(), ws.pack, date.today()).rows
    assert (row["word"], row["what"]["en"]) == ("sick leave", "Dora Lane")


def _csv(ws: Workspace, text: str, name: str = "people2") -> Path:
    path = Path(ws.store.location).with_name(f"{name}.csv")
    path.write_text(text, "utf-8")
    return path


def test_files_written_of_their_account_are_told(ws: Workspace) -> None:
    location = ws.store.location
    ws.close()
    folder = Path(location).parent

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, [*arguments, "--store", location, "--lang", "en"])
        assert done.exit_code == 0, done.output
        return done.stdout

    run("map", "Acme", "-o", str(folder / "m.svg"), "--profile", "outside")
    run("brief", "Borealis")
    run("review", "Borealis", "-o", str(folder / "r.txt"))
    run("portfolio", "-o", str(folder / "p.xlsx"))
    told = json.loads(run("privacy", "access", "Ada Park", "--json"))
    files = [
        (r["what"]["en"], r["said"]["en"]) for r in told["rows"] if r["section"]["en"] == "files written"
    ]
    assert files == [("*", "portfolio, profile team, xlsx"), ("Acme", "map, profile outside, svg")]
    with pm.open(location) as again:
        assert len([r for r in again.store.receipts() if r.title.startswith("export")]) == 3
        # A file that was written is nothing to undo.
        assert not again.undo().undoes.startswith("export")
        assert again.store.verify() == []


def test_a_store_that_can_not_be_written_says_that_a_file_is_not_noted(ws: Workspace) -> None:
    location = ws.store.location
    ws.close()
    before = Path(location).read_bytes()
    past = ["--known-at", "2020-01-01T00:00", "--store", location]
    assert CliRunner().invoke(app, ["accounts", *past]).exit_code == 0
    assert Path(location).read_bytes() == before
