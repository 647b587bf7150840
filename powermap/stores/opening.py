"""Open a store by its location: a path is SQLite, a URL is Neo4j."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from powermap.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from powermap.stores.base import Store

ENCRYPTED = ("neo4j+s", "bolt+s")
PLAIN = ("neo4j", "bolt")


def open_store(
    location: str, *, password: str | None = None, insecure: bool = False, create: bool = True
) -> Store:
    """Open the store at `location`.

    Parameters
    ----------
    location
        A path (SQLite), or a ``neo4j+s://``, ``bolt+s://``, ``neo4j://`` or ``bolt://`` URL.
    password
        Of a server; default: environment, password file, keyring (see :mod:`powermap.stores.password`).
    insecure
        Allow an unencrypted link to another machine.
    create
        Make the file if it isn't there.

    Raises
    ------
    ConfigError
        If the URL is of another kind, holds a password, or is unencrypted to another machine.
    StoreError
        If the store can't be opened.
    """
    if not is_url(location):
        if Path(location).is_dir():
            raise StoreError(
                f"{location} is a folder", hint=f"name the file in it: {Path(location, 'powermap.db')}"
            )
        from powermap.stores.sqlite import SqliteStore

        return SqliteStore(Path(location), create=create)
    url = urlsplit(location)
    if url.password is not None:
        raise ConfigError(
            "a password has no place in a URL", hint="set POWERMAP_NEO4J_PASSWORD, or a password file"
        )
    if url.scheme not in ENCRYPTED + PLAIN:
        raise ConfigError(
            f"{url.scheme}:// is no store that powermap knows", hint="give a path, or neo4j+s://host"
        )
    if url.scheme in PLAIN and not insecure and not _loopback(url.hostname or ""):
        raise ConfigError(
            f"{url.scheme}:// to {url.hostname} would send the password and the data unencrypted",
            hint="use neo4j+s://, or add --insecure if you know why",
        )
    from powermap.stores.neo4j import Neo4jStore

    return Neo4jStore(location, password=password)


def is_url(location: str) -> bool:
    r"""Tell a URL from a path: ``C:\\x.db``, ``C://x.db`` and ``\\\\server\\share\\x.db`` are paths of Windows."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", location) is not None


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # A name, and a name may begin with 127.
        return False
