"""The parts of the server are those that were pinned, or they aren't run."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from absent import absent

from powermap.errors import StoreError
from powermap.stores.neo4j import pinned, server

JARS = {"org/a/a-1.jar": b"part a", "org/b/b-2.jar": b"part b"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server of two parts, fetched and pinned."""
    pytest.importorskip("jgo")
    monkeypatch.setenv("POWERMAP_HOME", str(tmp_path))
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in JARS.items()]
    (tmp_path / "two.lock").write_text("".join(lines))
    monkeypatch.setattr(pinned, "_path", lambda _: tmp_path / "two.lock")
    monkeypatch.setattr(server, "_launch", lambda *_: pytest.fail("it was started"))
    pinned.lock.cache_clear()
    put(server._cache(), JARS)
    yield server._cache()  # type: ignore[misc]
    pinned.lock.cache_clear()


def put(folder: Path, jars: dict[str, bytes]) -> None:
    for name, content in jars.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "jars.json").write_text(json.dumps(sorted(jars)))


def coming(monkeypatch: pytest.MonkeyPatch, jars: dict[str, bytes]) -> list[int]:
    """Let a fetch get these parts; return how often it went to the network."""
    went = []

    def resolve(cache: Path) -> set[Path]:
        went.append(1)
        for name, content in jars.items():
            if not (cache / name).exists():
                (cache / name).parent.mkdir(parents=True, exist_ok=True)
                (cache / name).write_bytes(content)
        return {cache / name for name in jars}

    monkeypatch.setattr(server, "_resolve", resolve)
    monkeypatch.setattr(server, "_drop_halves", lambda _: None)
    return went


def change(folder: Path) -> None:
    (folder / "org/b/b-2.jar").write_bytes(b"part B")


def remove(folder: Path) -> None:
    (folder / "org/b/b-2.jar").unlink()


def add(folder: Path) -> None:
    put(folder, {**JARS, "org/evil/evil-1.jar": b"evil"})


def lead_elsewhere(folder: Path) -> None:
    put(folder, {**JARS, "../../evil.jar": b"evil"})


@pytest.mark.parametrize(
    ("attack", "named"),
    [(change, "b-2.jar"), (remove, "b-2.jar"), (add, "evil-1.jar"), (lead_elsewhere, "evil.jar")],
)
def test_a_part_that_is_another_is_named_and_nothing_starts(folder: Path, attack: object, named: str) -> None:
    attack(folder)  # type: ignore[operator]
    for begin in (server.start, lambda: server.temporary().__enter__()):
        with pytest.raises(StoreError, match=re.escape(named)) as said:
            begin()
        assert named in said.value.words.zh and said.value.words.zh != said.value.words.en
        assert "fetch" in said.value.hint


def test_what_is_as_it_was_pinned_is_not_fetched_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    went = coming(monkeypatch, JARS)
    assert len(server.fetch()) == 2 and not went


def test_a_fetch_gets_anew_what_was_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder)
    went = coming(monkeypatch, JARS)
    assert len(server.fetch()) == 2 and went
    assert (folder / "org/b/b-2.jar").read_bytes() == b"part b"


@pytest.mark.parametrize("first", [True, False])
def test_a_mirror_that_gives_another_part_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    """Also at the first fetch; what it gave is gone, and nothing counts as fetched."""
    (folder / "jars.json").unlink() if first else change(folder)
    (folder / "org/b/b-2.jar").unlink()
    coming(monkeypatch, {**JARS, "org/b/b-2.jar": b"part B"})
    with pytest.raises(StoreError, match=re.escape("b-2.jar")) as said:
        server.fetch()
    assert "POWERMAP_MAVEN" in said.value.hint and not (folder / "org/b/b-2.jar").exists()
    with pytest.raises(Exception, match=r"b-2\.jar|not here yet"):
        server.start()


def test_a_list_of_parts_that_is_none_counts_for_nothing(folder: Path) -> None:
    for text in ("", "3", "[3]", '{"a": 1', '["/etc/passwd"]'):
        (folder / "jars.json").write_text(text)
        assert server.fetched() == []


def test_the_lock_of_this_version_knows_every_part() -> None:
    pinned.lock.cache_clear()
    known = pinned.lock(server.VERSION)
    assert len(known) > 200 and any(server.VERSION in name for name in known)
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in known.values())
    jars = server.fetched()
    if not jars:
        absent("the Neo4j server is not here: powermap neo4j fetch")
    assert pinned.changed(server._cache(), server._named(jars), server.VERSION) == []
