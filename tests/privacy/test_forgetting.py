"""Somebody who is forgotten is in no byte of what powermap has written, and no import brings them back unasked."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import powermap as pm
from powermap.cli.app import app
from powermap.errors import PowermapError
from powermap.model import Erasure, Interaction, Person, Voice

CANARIES = (
    "Xenia",
    "Quill",
    "克莎",
    "xq@acme.example",
    "555-0199",
    "likes zither",
    "promised the moon",
    "zitherclub",
)
HOUSES = "Name,Type,Us\nAcme,customer,\nOurselves,supplier,yes\n"
OURS = "Name,Company\nOlga Ours,Ourselves\n"
PEOPLE = """Name,Company,Title,Level,Boss,Owner,Attitude,Email,Phone,Note,name_alt
Ben Stone,Acme,CEO,1,,Olga Ours,1,,,met through Xenia Quill,
Xenia Quill,Acme,CTO,2,Ben Stone,Olga Ours,1,xq@acme.example,555-0199,likes zither,克莎
Ada Park,Acme,Buyer,3,Xenia Quill,Olga Ours,,,,,
"""
MEETINGS = """Company,Date,Ours,Theirs,Purpose,Note
Acme,2026-03-01,Olga Ours,Xenia Quill; Ada Park,samples,
Acme,2026-04-01,Olga Ours,Xenia Quill,promised the moon,
"""
VOICES = "Company,Date,Said by,Heard by,Words\nAcme,2026-03-02,Xenia Quill,Olga Ours,late again\n"
FILES = {"organizations": HOUSES, "people": OURS, "staff": PEOPLE, "interactions": MEETINGS, "voices": VOICES}


def fill(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "power.db"
    with pm.open(path, create=True) as ws:
        for name, text in FILES.items():
            (folder / f"{name}.csv").write_text(text, "utf-8")
            done = ws.import_([folder / f"{name}.csv"], on=date(2026, 1, 1))
            assert done.receipt, done.plan.problems
            (folder / f"{name}.csv").unlink()
    for arguments in (
        ["set", "Xenia Quill", "attitude", "2", "--because", "zitherclub"],
        ["map", "Acme", "-o", str(folder / "m.html")],
    ):
        assert run(path, *arguments).exit_code == 0
    (folder / "m.html").unlink()
    assert run(path, "portfolio").exit_code == 0
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill(tmp_path / "kept")


def run(store: Path, *arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(store), "--lang", "en"], input=text)


def bytes_with(folder: Path) -> list[tuple[str, str]]:
    """Return which files of a folder hold which canary, in any of the encodings in which text is kept."""
    found = []
    for path in sorted(folder.rglob("*")):
        for canary in CANARIES if path.is_file() else ():
            if any(
                canary.encode(code) in path.read_bytes() for code in ("utf-8", "utf-16-le", "unicode_escape")
            ):
                found.append((path.name, canary))
    return found


def test_no_byte_is_left(store: Path) -> None:
    assert {canary for _, canary in bytes_with(store.parent)} >= set(CANARIES) - {"555-0199"}
    done = run(store, "privacy", "erase", "Xenia Quill", "--yes", "--blank", "all")
    assert done.exit_code == 0, done.output
    assert bytes_with(store.parent) == []
    with pm.open(store) as ws:
        assert ws.store.verify() == []
        (erasure,) = ws.snapshot().all(Erasure)
        assert erasure.records > 6
        assert {p.name for p in ws.snapshot().all(Person)} == {"Ben Stone", "Ada Park", "Olga Ours"}
        assert [p.note for p in ws.snapshot().all(Person) if p.note] == ["met through […]"]
    assert run(store, "show", "Acme").exit_code == 0
    assert run(store, "map", "Acme", "-o", str(store.parent / "m.html")).exit_code == 0
    assert bytes_with(store.parent) == []


def test_what_only_named_them_stays_without_them(store: Path) -> None:
    with pm.open(store) as ws:
        before = {r.id for r in ws.snapshot()}
        held = ws.held("Xenia Quill")
        ws.erase(held, held.mentions)
        left = ws.snapshot()
        meetings = left.all(Interaction)
        assert [len(m.theirs) for m in meetings] == [1]
        assert [v.said_by for v in left.all(Voice)] == [""]
        assert before - {r.id for r in left} == held.own & before
        assert not any(held.person.id in str(c) for c in (r for r in left))


def test_the_past_forgets_too(store: Path) -> None:
    with pm.open(store) as ws:
        when = ws.store.receipts()[0].recorded_at
        ws.erase(ws.held("Xenia Quill"), ())
        past = ws.known_at(when)
        assert {p.name for p in past.snapshot().all(Person)} == {"Ben Stone", "Ada Park", "Olga Ours"}


def test_texts_are_blanked_as_chosen(store: Path) -> None:
    done = run(store, "privacy", "erase", "Xenia Quill", text="none\ny\n")
    assert done.exit_code == 0, done.output
    assert "met through Xenia Quill" in done.output
    with pm.open(store) as ws:
        assert [p.note for p in ws.snapshot().all(Person) if p.note] == ["met through Xenia Quill"]
    assert "left in 1 text\n" in done.output


def test_nobody_is_forgotten_by_accident(store: Path) -> None:
    for answer in ("all\nn\n", ""):
        assert run(store, "privacy", "erase", "Xenia Quill", text=answer).exit_code != 0
    assert run(store, "privacy", "erase", "Xenia Quill", "--yes").exit_code != 0
    assert run(store, "privacy", "erase", "Xenia Quill", "--yes", "--blank", "7,9").exit_code != 0
    with pm.open(store) as ws:
        assert not ws.snapshot().all(Erasure)
        assert ws.held("Xenia Quill").records


def again(
    store: Path, text: str = "Name,Company,Title\nXenia Quill,Acme,CTO\nCleo Wing,Acme,CFO\n", *more: str
) -> Result:
    path = store.parent.parent / "again.csv"
    path.write_text(text, "utf-8")
    return run(store, "import", str(path), *more)


@pytest.mark.parametrize(
    "row", ["Xenia Quill,Acme,", "XENIA  QUILL,Acme,", "克莎,Acme,", "X. Quill,Acme,xq@acme.example"]
)
def test_an_import_does_not_bring_them_back_unasked(store: Path, row: str) -> None:
    run(store, "privacy", "erase", "Xenia Quill", "--yes", "--blank", "all")
    text = f"Name,Company,Email\n{row}\nCleo Wing,Acme,\n"
    refused = again(store, text)
    assert refused.exit_code == 9, refused.output
    said = re.sub(r"[\s│]+", " ", refused.output)
    assert "forgotten" in said and "privacy" in said
    assert again(store, text, "--skip-faulty").exit_code in (0, 9)
    with pm.open(store) as ws:
        assert {p.name for p in ws.snapshot().all(Person)} == {
            "Ben Stone",
            "Ada Park",
            "Olga Ours",
            "Cleo Wing",
        }
    assert bytes_with(store.parent) == []


def test_somebody_else_of_that_name_elsewhere_is_not_held_up(store: Path) -> None:
    run(store, "privacy", "erase", "Xenia Quill", "--yes", "--blank", "all")
    done = again(store, "Name,Company,Title\nXenia Quill,Borealis,CTO\n")
    assert done.exit_code == 0, done.output


def test_they_come_back_once_it_is_allowed(store: Path) -> None:
    run(store, "privacy", "erase", "Xenia Quill", "--yes", "--blank", "all")
    assert run(store, "privacy", "allow", "Somebody Else").exit_code != 0
    done = run(store, "privacy", "allow", "Xenia Quill", "--account", "Acme")
    assert done.exit_code == 0, done.output
    done = again(store)
    assert done.exit_code == 0, done.output
    with pm.open(store) as ws:
        assert "Xenia Quill" in {p.name for p in ws.snapshot().all(Person)}


def test_an_import_of_which_they_were_part_can_still_be_undone(store: Path) -> None:
    with pm.open(store) as ws:
        ws.erase(ws.held("Xenia Quill"), ws.held("Xenia Quill").mentions)
        voices = next(r for r in ws.store.receipts() if "voices" in r.title)
        ws.undo(voices.batch)
        assert not ws.snapshot().all(Voice)
        assert ws.store.verify() == []


def test_while_somebody_else_reads_the_old_bytes_are_named(store: Path) -> None:
    with sqlite3.connect(store) as other, pm.open(store) as ws:
        other.execute("BEGIN").fetchall()
        other.execute("SELECT count(*) FROM change").fetchall()
        with pytest.raises(PowermapError, match="still in its file"):
            ws.erase(ws.held("Xenia Quill"), ws.held("Xenia Quill").mentions)
    run(store, "store", "clean", "--yes")
    assert bytes_with(store.parent) == []


def test_forgetting_is_not_undone(store: Path) -> None:
    run(store, "privacy", "erase", "Xenia Quill", "--yes", "--blank", "all")
    with pm.open(store) as ws:
        erasing = ws.store.receipts()[0]
        with pytest.raises(PowermapError, match="can't be undone"):
            ws.undo(erasing.batch)
        assert ws.undo().undoes != erasing.batch
        assert ws.snapshot().all(Erasure)
    assert again(store, "Name,Company\nXenia Quill,Acme\n").exit_code == 9


def test_mentions_that_read_the_same_are_one_choice(store: Path) -> None:
    done = run(store, "privacy", "erase", "Olga Ours", "--yes", "--blank", "none")
    assert done.exit_code == 0, done.output
