"""The folder of the demo: it replaces what an earlier demo made there, and nothing else.

A marker file names what was made, with the SHA-256 of each file. Everything is made elsewhere first: a demo that is
stopped leaves the folder as it was.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath

from powermap.errors import ConfigError, StoreError
from powermap.output import make_folder, write
from powermap.words import Words

MARKER = ".powermap-demo.json"
STORE = "powermap.db"
_BESIDE = ("-wal", "-shm", ".columns")
"""Endings of what lies beside a store and is worth nothing without it."""


def earlier(folder: Path) -> dict[str, str]:
    """Return what an earlier demo made in `folder`: SHA-256 by name, and the import of its store as ``batch``.

    Raises
    ------
    ConfigError
        If there is something in the folder and no marker.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        return {}
    try:
        made = json.loads((folder / MARKER).read_text("utf-8"))
        return {str(name): str(digest) for name, digest in made.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigError(
            Words(
                f"{folder} 里有别的文件，演示不会动它们",
                f"{folder} has other files in it, and a demo leaves them alone",
            ),
            hint=Words("用 -o 指定一个新的文件夹", "name a new folder with -o"),
        ) from error


def put(made: Path, folder: Path, batch: str, old: dict[str, str]) -> None:
    """Put the demo that was built in `made` into `folder`, in the place of the `old` one.

    Raises
    ------
    ConfigError
        If a file would be replaced that the earlier demo didn't make, or that was changed since. Nothing is written.
    """
    new = {
        p.relative_to(made).as_posix(): p.read_bytes()
        for p in made.rglob("*")
        if p.is_file() and not p.name.endswith(_BESIDE)
    }
    for name in new:
        if (folder / name).exists() and not _is_ours(folder, name, old):
            raise ConfigError(
                Words(
                    f"{folder / name} 不是演示建的，或后来改过",
                    f"{folder / name} was not made by a demo, or was changed since",
                ),
                hint=Words(
                    "用 -o 指定一个新的文件夹，或先移走它", "name a new folder with -o, or move it away first"
                ),
            )
    make_folder(folder)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in new.items()}
    # What is stopped between the two leaves a marker that is right about every file there is.
    for name in [name for name in old if _is_ours(folder, name, old)]:
        (folder / name).unlink()
    for ending in _BESIDE:
        (folder / f"{STORE}{ending}").unlink(missing_ok=True)
    write(
        folder / MARKER, json.dumps({**digests, "batch": batch}, ensure_ascii=False, indent=1, sort_keys=True)
    )
    for name, content in new.items():
        make_folder((folder / name).parent)
        write(folder / name, content)


def _is_ours(folder: Path, name: str, old: dict[str, str]) -> bool:
    """Tell whether a file is as the earlier demo made it; the marker itself is a file that anybody may have sent."""
    parts = PurePosixPath(name).parts
    places = [folder.joinpath(*parts[: n + 1]) for n in range(len(parts))]
    if name not in old or not 0 < len(parts) < 3 or ".." in parts or any(p.is_symlink() for p in places):
        return False
    path = places[-1]
    if not path.is_file():
        return False
    same = hashlib.sha256(path.read_bytes()).hexdigest() == old[name]
    return same or (name == STORE and _only_drawn_from(path, old.get("batch", "")))


def _only_drawn_from(path: Path, batch: str) -> bool:
    """Tell whether nothing was written to the demo's store but where people stand on maps."""
    from powermap.stores import open_store

    try:
        with open_store(str(path), create=False) as store:
            return {r.batch for r in store.receipts() if not r.only_drawn} == {batch}
    except StoreError:
        return False
