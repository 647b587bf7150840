"""What was said once of a file's headers and words: kept by its headers, and used again for the next file like it.

Kept beside the configuration file, as ``mappings.json``: headers and words only, nothing of what the files hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from powermap.configuration import config_path
from powermap.errors import ConfigError
from powermap.output import make_folder, write
from powermap.sources.columns import fold
from powermap.words import Words

NAME = "mappings.json"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the headers and words of one kind of file mean: `headers` to fields, `words` to values; an empty one is left out."""

    headers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def over(self, below: Meaning) -> Meaning:
        """Return this one, and what `below` says where this one is silent."""
        return Meaning({**below.headers, **self.headers}, {**below.words, **self.words})

    def __bool__(self) -> bool:
        return bool(self.headers or self.words)


@dataclass(frozen=True, slots=True)
class Kept:
    """A mapping that is kept for all files of these headers."""

    fingerprint: str
    titles: tuple[str, ...]
    meaning: Meaning


def fingerprint(titles: Iterable[object]) -> str:
    """Return what tells files of the same headers, whatever their order, case and spaces."""
    folded = sorted({fold(str(title)) for title in titles if title is not None})
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()[:12]


def path() -> Path:
    """Return where mappings are kept."""
    return config_path().with_name(NAME)


def load() -> dict[str, Kept]:
    """Return what is kept, by fingerprint.

    Raises
    ------
    ConfigError
        If the file can't be read.
    """
    where = path()
    if not where.is_file():
        return {}
    try:
        rows = json.loads(where.read_text("utf-8"))["mappings"]
        found = [Kept(r["fingerprint"], tuple(r["titles"]), Meaning(r["headers"], r["words"])) for r in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            Words(f"{where} 读不了：{error}", f"{where} can't be read: {error}"),
            hint=Words("删掉它，再说一遍列名", "remove it, and say once more what the columns mean"),
        ) from error
    return {kept.fingerprint: kept for kept in found}


def keep(titles: Iterable[str], meaning: Meaning) -> None:
    """Keep what was said of files with these headers, over what was said before."""
    listed = tuple(titles)
    mark, all_kept = fingerprint(listed), load()
    before = all_kept[mark].meaning if mark in all_kept else Meaning()
    _save({**all_kept, mark: Kept(mark, listed, meaning.over(before))})


def forget(start: str) -> list[Kept]:
    """Forget the mappings whose fingerprint begins so, and return them."""
    all_kept = load()
    gone = [kept for mark, kept in all_kept.items() if start and mark.startswith(start)]
    if gone:
        _save({mark: kept for mark, kept in all_kept.items() if kept not in gone})
    return gone


def _save(all_kept: Mapping[str, Kept]) -> None:
    rows = [
        {"fingerprint": k.fingerprint, "titles": k.titles, **asdict(k.meaning)} for k in all_kept.values()
    ]
    make_folder(path().parent)
    write(path(), json.dumps({"mappings": rows}, ensure_ascii=False, indent=1).encode())


def said(pairs: Iterable[str], option: str) -> dict[str, str]:
    """Read ``HEADER=FIELD`` or ``WORD=VALUE``, as the command line gives them.

    Raises
    ------
    ConfigError
        If one has no ``=``.
    """
    found = {}
    for pair in pairs:
        left, sign, right = pair.rpartition("=")
        if not sign or not left.strip():
            raise ConfigError(
                Words(f"“{pair}”不是“名=值”", f"{pair!r} is not NAME=VALUE"),
                hint=Words(
                    f'例如 {option} "Relationship=attitude"', f'e.g. {option} "Relationship=attitude"'
                ),
            )
        found[left.strip()] = right.strip()
    return found
