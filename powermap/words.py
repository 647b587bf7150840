"""The same text in Chinese and English: what every sentence, label and error is made of."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Lang = Literal["zh", "en"]


class Words(NamedTuple):
    """The same text in Chinese and English."""

    zh: str
    en: str

    def __getitem__(self, key: Any) -> str:  # type: ignore[override]
        return str(getattr(self, key)) if isinstance(key, str) else tuple.__getitem__(self, key)


def both(text: str) -> Words:
    """Return what is the same in both languages: a command, a name, a place in a text."""
    return Words(text, text)


def by_language(name: str, alt: str = "") -> Words:
    """Sort a name and its other name by language: the one in Chinese characters is the Chinese one."""
    if not alt:
        return both(name)
    return Words(name, alt) if is_chinese(name) else Words(alt, name)


def quoted(name: str) -> str:
    """Return a name to stand between Chinese words: one in Latin letters or digits in Chinese quotation marks."""
    return name if name[:1] > "\u3400" and name[-1:] > "\u3400" else f"“{name}”"


def is_chinese(text: str) -> bool:
    """Tell whether a text holds Chinese characters."""
    return any("\u3400" <= c <= "\u9fff" for c in text)
