"""The demo replaces what an earlier demo made, and nothing of the user's."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from test_commands import Run, run

from powermap.cli import demo_folder
from powermap.cli.demo_folder import MARKER, earlier, put
from powermap.errors import ConfigError
from powermap.stores import open_store

__all__ = ["run"]


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["powermap.db", "notes.txt", "files/people.csv", ".hidden"])
def test_a_folder_with_something_in_it_is_left_as_it_is(
    run: Run, tmp_path: Path, name: str, lang: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    code, _, said = run("demo", "-o", ".", "--lang", lang)
    assert code == 2 and ("新的文件夹" if lang == "zh" else "new folder") in said
    assert content(tmp_path) == {name: b"mine"}


def test_an_earlier_demo_is_replaced_and_what_was_put_beside_it_is_kept(run: Run, tmp_path: Path) -> None:
    """Also after maps were drawn and all accounts were looked at, which leaves places and columns in the store."""
    (tmp_path / "d").mkdir()
    assert run("demo", "-o", "d", "--lang", "en")[0] == 0
    store = ("--store", "d/powermap.db")
    assert run("map", "Wangchuan Mobile", "-o", "d/mine.html", *store)[0] == 0
    assert run("portfolio", *store)[0] == 0
    (tmp_path / "d/files/mine.csv").write_text("company,name\nOwn Ltd,Bo Ray\n")
    code, _, said = run("demo", "-o", "d", "--lang", "zh")
    assert code == 0, said
    found = {p.relative_to(tmp_path / "d").as_posix() for p in (tmp_path / "d").rglob("*") if p.is_file()}
    assert {"mine.html", "files/mine.csv", "powermap.db", "portfolio.html", MARKER} <= found
    assert not any(name.startswith("files/people") for name in found), "the sheets in English go"
    with open_store(str(tmp_path / "d/powermap.db")) as opened:
        assert opened.receipts() and not any(h.name == "Own Ltd" for h in opened.accounts())


def test_a_store_of_the_users_in_the_place_of_the_demos_is_kept(run: Run, tmp_path: Path) -> None:
    assert run("demo", "-o", "d", "--lang", "en")[0] == 0
    (tmp_path / "own.csv").write_text("company,name\nOwn Ltd,Bo Ray\n")
    (tmp_path / "d/powermap.db").unlink()
    assert run("import", "own.csv", "--store", "d/powermap.db")[0] == 0
    before = content(tmp_path / "d")
    code, _, said = run("demo", "-o", "d", "--lang", "zh")
    assert code == 2 and "powermap.db" in said and content(tmp_path / "d") == before


def test_what_was_imported_into_the_demos_store_is_kept(run: Run, tmp_path: Path) -> None:
    assert run("demo", "-o", "d", "--lang", "en")[0] == 0
    (tmp_path / "own.csv").write_text("company,name\nOwn Ltd,Bo Ray\n")
    assert run("import", "own.csv", "--store", "d/powermap.db")[0] == 0
    before = content(tmp_path / "d")
    assert run("demo", "-o", "d")[0] == 2 and content(tmp_path / "d") == before


def build(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_a_page_that_was_changed_is_kept(tmp_path: Path) -> None:
    made, folder = build(tmp_path / "made", **{"a.html": "a", "b.html": "b"}), tmp_path / "d"
    put(made, folder, "b1", earlier(folder))
    (folder / "a.html").write_text("mine")
    with pytest.raises(ConfigError, match=r"a\.html"):
        put(made, folder, "b2", earlier(folder))
    assert content(folder)["a.html"] == b"mine" and json.loads((folder / MARKER).read_text())["batch"] == "b1"


def test_a_demo_that_was_stopped_halfway_is_known_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one, and one that replaces another, of which a file is new and a file is gone."""
    made, folder = build(tmp_path / "made", **{"a.html": "a", "b.html": "b", "c.html": "c"}), tmp_path / "d"
    whole = demo_folder.write

    def stopped(path: Path, text: bytes) -> None:
        if path.name == "b.html":
            raise KeyboardInterrupt
        whole(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(demo_folder, "write", stopped)
        with pytest.raises(KeyboardInterrupt):
            put(made, folder, "b1", earlier(folder))
    put(made, folder, "b2", earlier(folder))
    assert {"a.html", "b.html", "c.html"} < content(folder).keys()
    other = build(tmp_path / "other", **{"a.html": "A", "b.html": "B", "d.html": "D"})
    with monkeypatch.context() as patched:
        patched.setattr(demo_folder, "write", stopped)
        with pytest.raises(KeyboardInterrupt):
            put(other, folder, "b3", earlier(folder))
    put(other, folder, "b4", earlier(folder))
    assert {n: t for n, t in content(folder).items() if n != MARKER} == content(other)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_marker_that_somebody_sent_leads_to_nothing_outside(tmp_path: Path) -> None:
    """It names files elsewhere, with their right SHA-256, by ``..``, by an absolute path and through a link."""
    import hashlib

    precious = build(tmp_path / "home", **{"precious.txt": "precious"}) / "precious.txt"
    folder = build(tmp_path / "d", x="x")
    (folder / "files").symlink_to(tmp_path / "home", target_is_directory=True)
    digest = hashlib.sha256(b"precious").hexdigest()
    names = ("../home/precious.txt", str(precious), "files/precious.txt")
    (folder / MARKER).write_text(json.dumps(dict.fromkeys(names, digest)))
    put(build(tmp_path / "made", **{"a.html": "a"}), folder, "b1", earlier(folder))
    assert precious.read_text() == "precious"


@pytest.mark.parametrize("marker", ["", "[]", "{", '{"a.html": ', "\x00"])
def test_a_marker_that_says_nothing_is_none(tmp_path: Path, marker: str) -> None:
    (tmp_path / MARKER).write_text(marker)
    with pytest.raises(ConfigError):
        earlier(tmp_path)
