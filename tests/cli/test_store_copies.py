"""The commands that check, mend, back up and copy a store, as somebody types them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_commands import Run, run

__all__ = ["run"]


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """A command line in a folder with a store of one customer."""
    (tmp_path / "list.csv").write_text("company,name,title\nAcme,Ann Lee,CEO\nAcme,Bo Reed,CFO\n", "utf-8")
    assert run("import", "list.csv", "--lang", "en")[0] == 0
    return run


def hurt(statement: str) -> None:
    with closing(sqlite3.connect("powermap.db")) as db:
        db.execute(statement)
        db.commit()


def test_a_sound_store_is_called_sound_with_its_head(filled: Run) -> None:
    code, out, _ = filled("store", "verify", "--lang", "en")
    assert code == 0 and "sound" in out and "head of the chain" in out and "batches: 1" in out
    code, out, _ = filled("store", "verify", "--lang", "zh")
    assert code == 0 and "都对" in out
    said = json.loads(filled("store", "verify", "--json")[1])
    assert said["sound"] is True and said["faults"] == [] == said["untidy"]


def test_what_is_hit_is_named_in_both_languages_with_what_to_do(filled: Run) -> None:
    hurt("UPDATE change SET after = replace(after, 'Bo Reed', 'Bo Read')")
    code, out, said = filled("store", "verify", "--lang", "en")
    assert code == 5 and "Person Bo Read was changed" in out and "store restore" in said
    code, out, _ = filled("store", "verify", "--lang", "zh")
    assert code == 5 and "人员 Bo Read 被改过" in out
    code, out, _ = filled("store", "verify", "--json")
    told = json.loads(out)
    assert code == 5 and not told["sound"]
    assert {"part", "record", "batch", "zh", "en"} == set(told["faults"][0]) and told["faults"][0][
        "part"
    ] == "chain"


def test_it_is_mended_only_with_a_word_of_whom_to_trust(filled: Run) -> None:
    hurt("UPDATE change SET source = 'x' WHERE seq = 2")
    code, _, said = filled("store", "rebuild", "--lang", "en")
    assert code == 5 and "--trust log" in said
    assert filled("store", "rebuild", "--trust", "me", "--lang", "en")[0] == 2
    code, out, _ = filled("store", "rebuild", "--trust", "log", "--lang", "en")
    assert code == 0 and "was changed" in out
    code, out, _ = filled("store", "verify", "--lang", "en")
    assert code == 0 and "taken as they stood" in out


def test_a_backup_is_restored_and_copied(filled: Run) -> None:
    assert filled("store", "backup", "b.db")[0] == 0
    code, _, said = filled("store", "backup", "b.db", "--lang", "en")
    assert code == 5 and "--force" in said
    assert filled("store", "backup", "b.db", "--force")[0] == 0
    assert filled("store", "restore", "b.db", "--to", "n.db")[0] == 0
    code, _, said = filled("store", "restore", "b.db", "--to", "n.db")
    assert code == 5 and "--force" not in said
    assert filled("store", "copy", "n.db", "c.db")[0] == 0
    assert "Ann Lee" in filled("show", "Acme", "--store", "c.db")[1]
    assert not list(Path().glob(".*.part"))


@pytest.mark.parametrize("size", [0, 10, 100, 5000])
@pytest.mark.parametrize(
    "command", ["accounts", "store verify", "store rebuild", "store backup b.db", "doctor"]
)
def test_whatever_is_cut_off_is_told_in_words(filled: Run, size: int, command: str) -> None:
    whole = Path("powermap.db").read_bytes()
    Path("powermap.db").write_bytes(whole[:size])
    code, out, said = filled(*command.split(), "--lang", "en")
    assert "Traceback" not in out + said and not Path("b.db").exists()
    assert code == (0 if command == "doctor" else 5) and (
        "powermap.db" in out + said or "damaged" in out + said
    )


def test_doctor_names_what_an_upgrade_left(filled: Run) -> None:
    Path("powermap.db.schema-1").write_bytes(b"old")
    assert "powermap.db.schema-1" in filled("doctor", "--lang", "en")[1]
    assert "store clean" in filled("store", "verify", "--lang", "en")[1]
    assert filled("store", "clean", "--yes")[0] == 0
    assert not Path("powermap.db.schema-1").exists()
