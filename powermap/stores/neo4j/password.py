"""Where a server's password comes from: never from a URL or an option, which others can read."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from powermap.errors import ConfigError
from powermap.words import Words

DEFAULT_USER = "neo4j"


def user_of(location: str) -> str:
    """Return the user that a URL names, else neo4j."""
    return urlsplit(location).username or DEFAULT_USER


def find_password(location: str, given: str | None = None) -> str:
    """Find the password of the server at `location`.

    It is the `given` one, else ``POWERMAP_NEO4J_PASSWORD``, else in the file ``POWERMAP_NEO4J_PASSWORD_FILE``, else
    in the system's keyring (service ``powermap``, user = the location), else that of the local server.

    Raises
    ------
    ConfigError
        If there is none, or the file can't be read.
    """
    found: str | None = (
        given or os.environ.get("POWERMAP_NEO4J_PASSWORD") or _from_file() or _from_keyring(location)
    )
    if not found:
        from powermap.stores.neo4j.server import managed_password

        found = managed_password(location)
    if not found:
        raise ConfigError(
            Words(f"不知道 {location} 的密码", f"no password is known for {location}"),
            hint=Words(
                f"请设 POWERMAP_NEO4J_PASSWORD 或 POWERMAP_NEO4J_PASSWORD_FILE，或存入密钥环：keyring set powermap {location}",
                "set POWERMAP_NEO4J_PASSWORD, or POWERMAP_NEO4J_PASSWORD_FILE, or keep it in the keyring: "
                f"keyring set powermap {location}",
            ),
        )
    return found


def _from_file() -> str:
    name = os.environ.get("POWERMAP_NEO4J_PASSWORD_FILE")
    if not name:
        return ""
    try:
        return Path(name).read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            Words(f"密码文件 {name} 读不了", f"the password file {name} can't be read"),
            hint=Words("请检查 POWERMAP_NEO4J_PASSWORD_FILE", "look at POWERMAP_NEO4J_PASSWORD_FILE"),
        ) from error


def _from_keyring(location: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password("powermap", location) or ""
    except KeyringError:  # This machine has none, or it stays locked.
        return ""
