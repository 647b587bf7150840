"""The commands where the disk behaves as on Windows: an open file is neither removed nor replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_commands import GREAT, Run, filled, run
from windows import windows

from powermap.stores import open_store

__all__ = ["filled", "run", "windows"]


@pytest.mark.usefixtures("windows")
def test_every_command_that_writes(filled: Run) -> None:
    for command in (
        ("template", "-o", "t.xlsx"),
        ("export", GREAT, "-o", "e.xlsx"),
        ("export", GREAT, "-o", "sheets"),
        ("export", "--format", "parquet", "-o", "columns"),
        ("export", GREAT, "-o", "e.xlsx", "--force"),
        ("map", GREAT, "-o", "m.html"),
        ("map", GREAT, "-o", "m.html"),
        ("layout", GREAT, "-o", "l.csv"),
        ("layout", GREAT, "--from", "l.csv"),
        ("portfolio",),
        ("portfolio",),
        ("portfolio", "-o", "p.html", "--maps", "1"),
        ("portfolio", "-o", "p.html", "--maps", "2", "--force"),
        ("portfolio", "-o", "p.xlsx"),
        ("store", "rebuild"),
        ("store", "verify"),
        ("import", "e.xlsx"),
        ("import", "e.xlsx", "--dry-run", "--store", "nowhere.db"),
    ):
        code, out, err = filled(*command)
        assert code == 0, (command, out, err)
    assert not list(Path().rglob("*.part")) and not Path("nowhere.db").exists()


@pytest.mark.usefixtures("windows")
def test_the_demo_twice(run: Run) -> None:
    """The store is closed when the second demo takes it away."""
    assert run("demo", "-o", "d", "--lang", "zh")[0] == 0
    code, out, err = run("demo", "-o", "d", "--lang", "zh")
    assert code == 0, (out, err)


@pytest.mark.usefixtures("windows")
def test_a_refused_first_import_leaves_no_store(run: Run) -> None:
    Path("bad.csv").write_text("company,name,level\nAcme,Ada,nine\n", encoding="utf-8")
    assert run("import", "bad.csv")[0] == 9
    assert [p.name for p in Path().iterdir()] == ["bad.csv"]


@pytest.mark.usefixtures("windows")
def test_what_somebody_wrote_meanwhile_is_put_back(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the moment the store is let go and the moment it is moved away another process may write to it."""
    from powermap.model import Batch
    from powermap.stores.discarding import discard

    open_store("s.db").close()
    move = os.rename

    def written(old: str, new: str) -> None:
        if str(new).endswith(".discarded"):
            with open_store(str(old)) as store:
                store.apply(Batch("b", ()))
        move(old, new)

    monkeypatch.setattr(os, "rename", written)
    discard(Path("s.db"))
    with open_store("s.db", create=False) as store:
        assert [r.batch for r in store.receipts()] == ["b"]
    assert [p.name for p in Path().iterdir()] == ["s.db"]


def test_a_store_on_a_network_is_told(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed on standard output stays as it is, for programs."""
    here, real = str(Path.cwd()), Path.read_bytes
    mounts = f"none / ext4 rw 0 0\n//files/sales {here} cifs rw 0 0\n".encode()
    plain = filled("accounts", "--lang", "en")
    monkeypatch.setattr(Path, "read_bytes", lambda p: mounts if str(p) == "/proc/mounts" else real(p))
    code, out, err = filled("accounts", "--lang", "en")
    assert (code, out) == plain[:2] and "network drive" in err and not plain[2]
    assert "网络盘" in filled("accounts", "--lang", "zh")[2]
