"""The local server: fetched, started, stopped, and what is said where it can't."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from absent import absent

from powermap.errors import ConfigError, StoreError
from powermap.model import Batch
from powermap.stores import open_store
from powermap.stores.neo4j import server


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who never ran a server."""
    monkeypatch.setenv("POWERMAP_HOME", str(tmp_path))
    return tmp_path / "neo4j"


@pytest.fixture
def fetched_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who fetched the server and never ran it, on a machine without Java and Maven."""
    if not server.fetched():
        absent("the Neo4j server is not here: powermap neo4j fetch")
    cache = server.home() / f"server-{server.VERSION}"
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / cache.name).symlink_to(cache, target_is_directory=True)
    monkeypatch.setenv("POWERMAP_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    for name in ("POWERMAP_NEO4J_PASSWORD", "POWERMAP_NEO4J_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "neo4j"


def test_nothing_is_there(empty_home: Path) -> None:
    assert server.status() is None and not server.stop() and server.fetched() == []
    for call in (server.start, lambda: server.temporary().__enter__()):
        with pytest.raises(ConfigError) as caught:
            call()
        assert caught.value.hint in ("powermap neo4j fetch", "pip install 'powermap[server]'")
    assert not empty_home.exists()


def test_the_extra_is_missing(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jgo", None)
    with pytest.raises(ConfigError) as caught:
        server.fetch()
    assert "powermap[server]" in caught.value.hint


def test_no_network(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jgo")
    monkeypatch.setenv("POWERMAP_MAVEN", "http://127.0.0.1:9")
    with pytest.raises(StoreError) as caught:
        server.fetch()
    assert "could not be fetched" in caught.value.message and caught.value.hint
    assert server.fetched() == []


def test_halves_of_a_broken_download_go(tmp_path: Path) -> None:
    whole = tmp_path / "a" / "whole.jar"
    whole.parent.mkdir()
    with zipfile.ZipFile(whole, "w") as jar:
        jar.writestr("x", "x" * 1000)
    (tmp_path / "half.jar").write_bytes(whole.read_bytes()[:-40])
    (tmp_path / "half.pom").write_text("<project><a>")
    (tmp_path / "whole.pom").write_text("<project>\n</project>\n")
    server._drop_halves(tmp_path)
    assert sorted(p.name for p in tmp_path.rglob("*.*")) == ["whole.jar", "whole.pom"]


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_in_the_background(fetched_home: Path) -> None:
    running = server.start()
    try:
        assert server.status() == running == server.start()
        assert running.password not in repr(running)
        if os.name != "nt":
            assert stat.S_IMODE((fetched_home / "server.json").stat().st_mode) == 0o600
        with open_store(running.uri) as store:  # The password is found.
            store.apply(Batch("kept", ()))
        with pytest.raises(StoreError, match="refuses the password"):
            open_store(running.uri, password="neo4j")
    finally:
        assert server.stop()
    assert server.status() is None and not server.stop()
    again = server.start(urlsplit(running.uri).port)
    try:
        assert (again.uri, again.password) == (running.uri, running.password)
        with open_store(again.uri) as store:
            assert [r.batch for r in store.receipts()] == ["kept"]
        if os.name != "nt":  # A signal ends it as well.
            os.kill(again.pid, signal.SIGTERM)
            ends = time.monotonic() + 60
            while server.status() and time.monotonic() < ends:
                time.sleep(0.2)
            assert server.status() is None
    finally:
        server.stop()


HOLDER = """
import time
from powermap.stores.neo4j.server import temporary
with temporary() as running:
    print(running.uri, flush=True)
    time.sleep(600)
"""


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_it_does_not_outlive_a_killed_test(fetched_home: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        port = urlsplit(holder.stdout.readline().strip()).port
        assert port
        holder.kill()
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.2)
    pytest.fail("the server goes on")
