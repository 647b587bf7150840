"""The parts of the server, each known by its SHA-256: what a mirror, a network or a disk has changed is not run.

``neo4j-<version>.lock`` beside this module names every jar with its SHA-256, as ``sha256sum`` does.
``python -m powermap.stores.neo4j.pinned`` fetches the version that the program names and writes its lock anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from powermap.errors import StoreError
from powermap.output import write
from powermap.words import Words


@cache
def lock(version: str) -> dict[str, str]:
    """Return SHA-256 by jar, named by its path in the folder of the server."""
    lines = _path(version).read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def changed(folder: Path, names: Iterable[str], version: str) -> list[str]:
    """Return the jars that aren't what the lock says, or that it doesn't know; a jar that is gone is one of them."""
    known = lock(version)

    def differs(name: str) -> bool:
        # What isn't in the lock isn't even read: its name may lead anywhere.
        return name not in known or _sha256(folder / name) != known[name]

    names = sorted(names)
    with ThreadPoolExecutor(4) as pool:
        return [name for name, other in zip(names, pool.map(differs, names), strict=True) if other]


def refused(names: list[str], hint: Words) -> StoreError:
    """Say which parts of the server are not the ones that were pinned."""
    first, more = names[0], len(names) - 1
    return StoreError(
        Words(
            f"服务器部件 {first} 与锁定的校验值不符" + (f"（另有 {more} 个）" if more else "") + "，不予运行",
            f"the server's part {first}"
            + (f" and {more} more" if more else "")
            + " isn't the one that was pinned: refused",
        ),
        hint=hint,
    )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _path(version: str) -> Path:
    return Path(__file__).with_name(f"neo4j-{version}.lock")


def main() -> None:
    """Fetch the server, whatever its parts are, and pin them."""
    from powermap.stores.neo4j import server

    folder = server.home() / f"server-{server.VERSION}"
    names = sorted(Path(jar).relative_to(folder).as_posix() for jar in server.fetch(pinned=False))
    write(_path(server.VERSION), "".join(f"{_sha256(folder / name)}  {name}\n" for name in names))


if __name__ == "__main__":
    main()
