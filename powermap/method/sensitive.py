"""Words that no note about a person should hold: which ones, and what they warn of, stands in the rule pack."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from powermap.method.pack import Pack
from powermap.model.fields import fields
from powermap.words import Words

_NOTES = ("note", "words", "purpose", "next")
"""Columns that take whole sentences."""
_NOT_PEOPLE = ("organizations", "deals", "figures")
"""Sheets whose rows are about no person: a hospital may well have a cancer ward."""


class Sensitive(NamedTuple):
    """A word of a note, and what it tells of."""

    word: str
    about: Words

    @property
    def told(self) -> Words:
        """Warn, for somebody who has just written it."""
        return Words(
            f"备注里写到{self.about.zh}（备注只写本人可以看到的话）",
            f"a note tells of {self.about.en} (write only what the person may read)",
        )


def sensitive(text: str, pack: Pack) -> Iterator[Sensitive]:
    """Yield the words of a note that warn, each topic once."""
    rows = pack.topic("privacy")["sensitive"]
    for about, pattern in _patterns(tuple((Words(r["zh"], r["en"]), tuple(r["words"])) for r in rows)):
        if found := pattern.search(text):
            yield Sensitive(found.group(), about)


@cache
def note_columns(sheet: str) -> tuple[str, ...]:
    """Return the columns of a sheet in which somebody may write about a person in their own words."""
    return tuple(name for name in _NOTES if sheet not in _NOT_PEOPLE and name in fields()[sheet])


@cache
def _notes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for sheet, columns in fields().items():
        for name in note_columns(sheet):
            for kind, prop in columns[name].properties:
                found[kind].add(prop)
    return {kind: frozenset(props) for kind, props in found.items()}


def notes_of(kind: str) -> frozenset[str]:
    """Return the properties of a kind of record in which somebody may write about a person."""
    return _notes().get(kind, frozenset())


@lru_cache(maxsize=8)
def _patterns(topics: Iterable[tuple[Words, tuple[str, ...]]]) -> list[tuple[Words, re.Pattern[str]]]:
    return [(about, re.compile("|".join(map(_whole, words)), re.IGNORECASE)) for about, words in topics]


def _whole(word: str) -> str:
    """Return the pattern of a word: one in Latin letters stands alone, one in Chinese anywhere."""
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
