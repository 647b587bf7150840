"""Open a store by its location: a path is SQLite, a URL is Neo4j."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from powermap.errors import ConfigError, StoreError
from powermap.words import Words

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
        Of a server; default: environment, password file, keyring (see :mod:`powermap.stores.neo4j.password`).
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
                Words(f"{location} 是文件夹", f"{location} is a folder"),
                hint=Words(
                    f"请写其中的文件：{Path(location, 'powermap.db')}",
                    f"name the file in it: {Path(location, 'powermap.db')}",
                ),
            )
        from powermap.stores.sqlite.store import SqliteStore

        return SqliteStore(Path(location), create=create)
    url = urlsplit(location)
    if url.password is not None:
        raise ConfigError(
            Words("网址里不能写密码", "a password has no place in a URL"),
            hint=Words(
                "请设 POWERMAP_NEO4J_PASSWORD 或密码文件", "set POWERMAP_NEO4J_PASSWORD, or a password file"
            ),
        )
    if url.scheme not in ENCRYPTED + PLAIN:
        raise ConfigError(
            Words(
                f"powermap 不认识 {url.scheme}:// 这种存储",
                f"{url.scheme}:// is no store that powermap knows",
            ),
            hint=Words("请给路径，或 neo4j+s://主机", "give a path, or neo4j+s://host"),
        )
    if url.scheme in PLAIN and not insecure and not _loopback(url.hostname or ""):
        raise ConfigError(
            Words(
                f"用 {url.scheme}:// 连 {url.hostname} 会明文传送密码和数据",
                f"{url.scheme}:// to {url.hostname} would send the password and the data unencrypted",
            ),
            hint=Words(
                "请用 neo4j+s://；确有理由可加 --insecure",
                "use neo4j+s://, or add --insecure if you know why",
            ),
        )
    from powermap.stores.neo4j.store import Neo4jStore

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
