"""The words of the rule pack by which a jotted line is read (``jotting.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from powermap.method import Pack
from powermap.words import is_chinese

BREAK = re.compile(r"[\s、，,;；。:：.!！?？&＆#＃()（）]|$")
"""What ends a word."""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first; Latin ones are whole words."""
    return "|".join(
        re.escape(word) if is_chinese(word) else rf"(?<![\w'’]){re.escape(word)}(?![\w'’])"
        for word in sorted(words, key=len, reverse=True)
    )


class Phrasing:
    """How promises, speakers, posts and plain filler are said, in Chinese and English."""

    def __init__(self, pack: Pack) -> None:
        self._topic = pack.topic("jotting")
        self.far_days: int = self._topic["far_days"]
        self.titles: tuple[str, ...] = tuple(sorted(self._topic["titles"]["zh"], key=len, reverse=True))
        self.called = re.compile(rf"[\u3400-\u9fff]{{1,2}}(?:{any_of(self.titles)})")
        self.honours = frozenset(self._topic["titles"]["en"])
        self.promise = re.compile(rf"(?:{any_of(self._words('promise'))})(?!不[了到住下])", re.I)
        # 跟他 is to whom; 其他 is nobody.
        self.asks = re.compile(rf"(?:{any_of(self._words('asks'))})|(?<![其吉向跟对给和与])[他她]", re.I)
        self.denies = self._pattern("not")
        self.ours, self.leads, self.said = (self._pattern(n) for n in ("ours", "leads", "said"))
        self.speaks = re.compile(any_of([*self._words("said"), *self._words("speaks")]), re.I)
        self.me, self.joins, self.fillers = (self._pattern(n) for n in ("self", "joins", "fillers"))
        self.alone = self._pattern("alone")
        not_so = any_of(self._words("does_not"))
        # 给了 is done already, 给不了 can't be.
        self.does = re.compile(rf"(?!{not_so})(?:{any_of(self._words('does'))})(?![了不]|过(?![去来]))", re.I)

    def _words(self, name: str) -> list[str]:
        table = self._topic[name]
        return [*table["zh"], *table["en"]]

    def _pattern(self, name: str) -> re.Pattern[str]:
        return re.compile(any_of(self._words(name)), re.I)

    def stripped(self, text: str) -> tuple[str, bool]:
        """Take who of ours, and small words, off the start of a text; tell whether one of ours was named."""
        ours, place = False, 0
        while True:
            while place < len(text) and text[place] in " ，,、:：()（）":
                place += 1
            if match := self.ours.match(text, place):
                ours = True
            else:
                match = self.leads.match(text, place)
                # 准备方案 is what somebody does, and 准备给方案 leads to it.
                if match is None or (self.does.match(text, place) and not self._leads_on(text, match.end())):
                    return text[place:], ours
            place = match.end()

    def _leads_on(self, text: str, place: int) -> bool:
        return bool(self.does.match(text, place) or self.leads.match(text, place))

    def is_small(self, word: str) -> bool:
        """Tell whether a word is one of a sentence, though somebody may be called so: he, an, long."""
        lists = (self.asks, self.denies, self.ours, self.leads, self.fillers, self.joins)
        return any(pattern.fullmatch(word) for pattern in lists)

    def is_filler(self, text: str) -> bool:
        """Tell whether a text says nothing: joining words and filler."""
        place = 0
        while place < len(text):
            match = (
                BREAK.match(text, place) or self.fillers.match(text, place) or self.joins.match(text, place)
            )
            if match is None:
                return False
            place = max(match.end(), place + 1)
        return True
