"""The columns in a file beside the store, so that the next look need not make them again.

The file holds names, as the store does, and is as private (mode 0600). It is never trusted: what is damaged, older,
or of another state of the store is left aside. Nothing is lost with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import powermap
from powermap.errors import RenderError
from powermap.method import Pack
from powermap.output import forget_parts, replacing
from powermap.portfolio.data.columns import Account, Columns
from powermap.portfolio.data.people import People, Texts
from powermap.words import Words

FORMAT = 5
"""Goes up when the file, or what a column means, changes."""
WHOLE = {"block": np.int32, "person": np.int32, "side": np.int8, "decides": np.int8}
WHOLE |= {"sources": np.int32, "src": np.int32, "dst": np.int32}
"""Columns of whole numbers, with the type that holds them in the file."""
REAL = ("share", "strength")
PEOPLE = ("ids", "zh", "en")
FACTS = tuple(field.name for field in fields(Account))


@dataclass(frozen=True)
class Key:
    """What columns were made of: a change of the log with its batch, a day, a rule pack, a program.

    `past` tells whether the day was past when they were made, which tells what counts as a deal still open.
    """

    seq: int
    batch: str
    as_of: date
    pack: str
    past: bool
    program: str = f"{powermap.__version__}/{FORMAT}"


def digest(pack: Pack) -> str:
    """Return a digest of the content of a rule pack."""
    return hashlib.sha256(json.dumps(pack.topics, sort_keys=True, default=str).encode()).hexdigest()


def place(location: str) -> Path:
    """Return where the columns of the store at `location` are kept."""
    return Path(f"{location}.columns")


def keep(location: str, key: Key, columns: Columns) -> None:
    """Write the columns, all or nothing; a folder that can't be written is no error."""
    people = People.of(columns.people)
    arrays = {name: getattr(columns, name).astype(kind) for name, kind in WHOLE.items()}
    arrays |= {name: getattr(columns, name) for name in REAL}
    for name in PEOPLE:
        texts: Texts = getattr(people, name)
        arrays |= {f"{name}.letters": texts.letters, f"{name}.start": texts.start}
    about = {
        "key": asdict(key),
        "supplier": columns.supplier,
        "accounts": [[getattr(a, fact) for fact in FACTS] for a in columns.accounts],
    }
    arrays["about"] = np.frombuffer(json.dumps(about, default=str).encode(), dtype=np.uint8)
    path = place(location)
    with contextlib.suppress(OSError, RenderError):
        forget_parts(path)
        with replacing(path) as file:
            np.savez(file, **arrays)


def forget(location: str) -> None:
    """Take away what is kept, because the tables of the store were made anew or its people are to go."""
    place(location).unlink(missing_ok=True)


def kept(location: str) -> tuple[Key, Columns] | None:
    """Read the columns that are kept, and what they were made of; None if there are none, or they are unsound."""
    try:
        with place(location).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays["about"].tobytes())
        key = Key(**{**about["key"], "as_of": date.fromisoformat(about["key"]["as_of"])})
        if key.program != Key.program:
            return None
        columns = Columns(
            as_of=key.as_of,
            supplier=tuple(about["supplier"]),
            accounts=tuple(_account(row) for row in about["accounts"]),
            people=People(*(Texts(arrays[f"{n}.letters"], arrays[f"{n}.start"]) for n in PEOPLE)),
            **{name: arrays[name].astype(np.int64) for name in WHOLE},
            **{name: arrays[name] for name in REAL},
        )
        return (key, columns) if sound(columns) else None
    except Exception:  # A damaged file makes numpy and zipfile raise nearly anything.
        return None


def _account(row: list[Any]) -> Account:
    found = dict(zip(FACTS, row, strict=True))
    met = found["last_met"]
    found |= {"name": Words(*found["name"]), "last_met": date.fromisoformat(met) if met else None}
    return Account(**found)


def sound(columns: Columns) -> bool:
    """Tell whether every number in the columns points at something that is there."""
    c, people = columns, People.of(columns.people)
    nodes, arcs = c.size, len(c.src)

    def within(values: Any, first: int, stop: int) -> bool:
        return not len(values) or (first <= int(values.min()) and int(values.max()) < stop)

    return (
        all(len(x) == nodes for x in (c.person, c.side, c.share, c.decides))
        and all(len(x) == arcs for x in (c.dst, c.strength))
        and len(c.sources) == len(c.accounts)
        and within(c.block, 0, len(c.accounts))
        and within(c.person, -1, len(people))
        and all(within(x, 0, nodes) for x in (c.sources, c.src, c.dst))
        and all(
            len(t) == len(people)
            and t.start[0] == 0
            and t.start[-1] == len(t.letters)
            and (np.diff(t.start) >= 0).all()
            for t in (people.ids, people.zh, people.en)
        )
    )
