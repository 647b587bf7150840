"""What is refused before anything is sent, and where a password comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from powermap.errors import ConfigError, StoreError
from powermap.stores import open_store
from powermap.stores.neo4j.password import find_password, user_of


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No password of this machine's user may get into the tests."""
    monkeypatch.setenv("POWERMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("POWERMAP_NEO4J_PASSWORD", "POWERMAP_NEO4J_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("keyring.get_password", lambda service, user: None)


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("bolt://neo4j:geheim@localhost", "password"),
        ("neo4j+s://neo4j:geheim@db.example.org", "password"),
        ("bolt://db.example.org", "unencrypted"),
        ("neo4j://10.0.0.1:7687", "unencrypted"),
        ("bolt://127.0.0.1.evil.example", "unencrypted"),
        ("neo4j+ssc://db.example.org", "neo4j+ssc://"),
        ("postgresql://localhost/x", "postgresql://"),
        ("http://localhost:7474", "http://"),
    ],
)
def test_a_location_that_is_refused(location: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_store(location)
    assert said in caught.value.message and caught.value.hint
    assert "geheim" not in f"{caught.value.message} {caught.value.hint}"


def test_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(str(tmp_path))
    assert "is a folder" in caught.value.message and "powermap.db" in caught.value.hint


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("bolt://127.0.0.1:9", password="geheim")
    assert "no Neo4j answers" in caught.value.message and "powermap neo4j start" in caught.value.hint
    assert "geheim" not in str(caught.value)


def test_no_password_is_known() -> None:
    with pytest.raises(ConfigError) as caught:
        open_store("bolt://localhost:9")
    assert "POWERMAP_NEO4J_PASSWORD" in caught.value.hint


def test_the_order_of_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = "bolt://127.0.0.1:7000"
    home = tmp_path / "home" / "neo4j"
    home.mkdir(parents=True)
    (home / "server.json").write_text('{"port": 7000, "password": "managed", "pid": 0}')
    assert find_password(here) == "managed"
    for elsewhere in ("neo4j+s://db.example.org:7000", "bolt://127.0.0.1:7001"):
        with pytest.raises(ConfigError):
            find_password(elsewhere)
    monkeypatch.setattr("keyring.get_password", lambda service, user: f"{service} {user}")
    assert find_password(here) == f"powermap {here}"
    (tmp_path / "secret").write_text("from file\n")
    monkeypatch.setenv("POWERMAP_NEO4J_PASSWORD_FILE", str(tmp_path / "secret"))
    assert find_password(here) == "from file"
    monkeypatch.setenv("POWERMAP_NEO4J_PASSWORD", "from env")
    assert find_password(here) == "from env"
    assert find_password(here, "given") == "given"


def test_a_password_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERMAP_NEO4J_PASSWORD_FILE", "/nowhere/secret")
    with pytest.raises(ConfigError, match="can't be read"):
        find_password("bolt://localhost")


def test_the_user_is_in_the_url() -> None:
    assert user_of("neo4j+s://ann@db.example.org") == "ann"
    assert user_of("bolt://localhost") == "neo4j"


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_wrong_password_is_named_and_not_shown(neo4j_server_uri: tuple[str, str | None]) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(neo4j_server_uri[0], password="geheim12345")
    assert "refuses the password of user neo4j" in caught.value.message
    assert "geheim12345" not in f"{caught.value} {caught.value.hint}"
