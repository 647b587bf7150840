"""Names as they are searched: by what is written, in any case, and by pinyin, whole or initials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from powermap.model.naming import fold
from powermap.model.surnames import COMPOUND, READINGS

_HAN = re.compile("[\u4e00-\u9fff]")


def search_text(props: Mapping[str, Any]) -> str:
    """Return what a search looks in: the names, and the pinyin of Chinese ones, one a line."""
    return search_lines(props.get("name"), props.get("name_alt"))


def search_lines(name: str | None, name_alt: str | None) -> str:
    """Return the same for two names."""
    if name and not name_alt and name.isascii():
        return fold(name)
    names = [str(n) for n in (name, name_alt) if n]
    lines = [fold(n) for n in names]
    for n in names:
        if _HAN.search(n):
            lines += _pinyin(n)
    return "\n".join(dict.fromkeys(lines))


@lru_cache(maxsize=65536)
def _pinyin(name: str) -> tuple[str, ...]:
    """Return a name's sounds, whole and as initials: as its characters are read, and as surnames are."""
    from pypinyin import lazy_pinyin

    read = [lazy_pinyin(name)]
    read += [[family, *lazy_pinyin(name[1:])] for family in READINGS.get(name[0], ())]
    if name[:2] in COMPOUND:
        read.append([COMPOUND[name[:2]], *lazy_pinyin(name[2:])])
    found: list[str] = []
    for sounds in read:
        initials = [sound[0] if sound.isascii() and sound.isalpha() else sound for sound in sounds]
        found += (fold("".join(sounds)), fold("".join(initials)))
    return tuple(dict.fromkeys(found))
