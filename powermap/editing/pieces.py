"""The clauses of a jotted line: where one ends, who speaks in it, and who of ours it is about."""

from __future__ import annotations

import re
from datetime import date

from powermap.editing.attendance import People
from powermap.editing.phrasing import Phrasing
from powermap.editing.promises import around
from powermap.model import Person
from powermap.sources import spoken_days
from powermap.words import is_chinese

_SENTENCES = re.compile(r"[;；。！？\n]+|\s(?=\d{1,2}[)）、])|(?<=\w)[.!?](?=\s|$)")
_COMMAS = re.compile(r"(?<!\d)[，,]|[，,](?!\d)")
_GAP = re.compile(r"(?<=[\u3400-\u9fff\d])\s+(?=\S)")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[①-⑩]|[（(]\d{1,2}[)）]|[-•*·])\s*")
"""The number of an item in a list."""
_COLON = re.compile(r"\s*[:：]\s*")
_HEARD = "听据跟向对让请找问与和同"
"""Behind these a name begins no speech: 听江涛说."""
_ASKED = "要让请叫求催"
"""Behind these 我们 is who is asked: 要我们承诺."""


class Pieces:
    """Splits texts into sentences, and these into pieces; days are counted from `on`."""

    def __init__(self, people: People, phrasing: Phrasing, on: date) -> None:
        self.people, self.phrasing, self.on = people, phrasing, on

    def of(self, text: str) -> list[list[tuple[str, str]]]:
        """Return the sentences of a text, each as its pieces with what stands before them: a comma, a space, nothing."""
        return [self._pieces(_NUMBER.sub("", sentence)) for sentence in _SENTENCES.split(text)]

    def _pieces(self, sentence: str) -> list[tuple[str, str]]:
        """Split a sentence at commas, and where a speaker, a promise or a day begins; with what stands before each."""
        found: list[tuple[str, str]] = []
        place, separator = 0, ""
        for match in [*_COMMAS.finditer(sentence), None]:
            part = sentence[place : match.start() if match else len(sentence)]
            for text, before in self._within(part):
                found.append((text.strip(), before or separator))
            place, separator = (match.end(), match[0]) if match else (place, "")
        return self._glued([(text, sep) for text, sep in found if text])

    def _within(self, part: str) -> list[tuple[str, str]]:
        """Split a part where somebody else begins to speak, or, at a space, a day or a promise begins."""
        spoken = self.speaks(part, 0)
        cuts, past = [0], spoken[1] if spoken else 0
        days = {day.start for day in spoken_days.days(part, self.on, ahead=True)}
        for place in range(1, len(part)):
            if place < past or part[place].isspace() or part[place - 1] in _HEARD:
                continue
            space = part[place - 1].isspace()
            spoken = self.speaks(part, place) if space or is_chinese(part[place - 1]) else None
            if spoken is not None:
                past = spoken[1]
            begins = space and _GAP.search(part, place - 1, place + 1) and self._begins(part[place:])
            begun = part[cuts[-1] : place]
            if (
                spoken
                or self._we_promise(part, place)
                or (begins and not self._opens(begun))
                or (place in days and self._does(begun) and self._does(part[place:]))
            ):
                cuts.append(place)
        ends = [*cuts[1:], len(part)]
        return [(part[a:b], " " if a else "") for a, b in zip(cuts, ends, strict=True)]

    def _we_promise(self, part: str, place: int) -> bool:
        """Tell whether 我们答应 stands at a place, and nobody asks for it: 要求我们承诺."""
        ours = self.phrasing.ours.match(part, place)
        if ours is None or not is_chinese(part[place - 1]) or part[place - 1] in _ASKED:
            return False
        rest = self.phrasing.stripped(part[ours.end() :])[0]
        asked = any(m.end() == place for m in self.phrasing.asks.finditer(part))
        return self.phrasing.promise.match(rest) is not None and not asked

    def _does(self, text: str) -> bool:
        """Tell whether a text says what is done by a day: 下周五前给方案."""
        day = spoken_days.find(text, self.on, ahead=True)
        if day is None or (day.start and not self.promised(text)):
            return False
        parts = (self.phrasing.stripped(part)[0] for part in around(text, day))
        return any(self.phrasing.does.match(part) for part in parts)

    def _opens(self, text: str) -> bool:
        """Tell whether a text only opens what follows: a label, or one of ours who does it."""
        return not self.phrasing.stripped(self.owner(text.strip())[1])[0].strip()

    def _begins(self, text: str) -> bool:
        due = spoken_days.find(text, self.on, ahead=True)
        if due is not None and due.start == 0:
            return True
        return bool(self.phrasing.promise.match(text) or self.phrasing.ours.match(text))

    def _glued(self, pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Put a piece that is a day and no more to what was promised before it, or to the next one."""
        found: list[tuple[str, str]] = []
        waiting = ""
        for text, separator in pieces:
            due = spoken_days.find(text, self.on, ahead=True)
            bare = due is not None and not any(around(text, due))
            if bare and found and self.promised(found[-1][0]) and not self._has_day(found[-1][0]):
                found[-1] = (f"{found[-1][0]} {text}", found[-1][1])
            elif bare:
                waiting = text
            else:
                found.append((f"{waiting} {text}" if waiting else text, separator))
                waiting = ""
        return [*found, (waiting, " ")] if waiting else found

    def _has_day(self, text: str) -> bool:
        return spoken_days.find(text, self.on, ahead=True) is not None

    def promised(self, text: str) -> bool:
        """Tell whether a text is a promise, as far as its day is not asked for."""
        return bool(
            self.phrasing.promise.search(text) or self.phrasing.does.match(self.phrasing.stripped(text)[0])
        )

    def speaks(self, text: str, place: int) -> tuple[Person, int] | None:
        """Return who of theirs speaks from a place on, and where the words begin: 李总说, Ada:."""
        named = self.people.at(text, place)
        if named is None or named.ours or len(named.people) != 1:
            return None
        end = named.end
        if match := _COLON.match(text, end):
            return named.people[0], match.end()
        while end < len(text) and text[end] == " ":
            end += 1
        verb = self.phrasing.speaks.match(text, end)
        if verb is None:
            return None
        colon = _COLON.match(text, verb.end())
        plain = self.phrasing.said.match(text, end)
        return named.people[0], colon.end() if colon else verb.end() if plain else end

    def owner(self, text: str) -> tuple[Person | None, str]:
        """Take one of ours who does it, or who says so, off the start of a text: 李婷…, 由李婷…, 我说：…."""
        if (ours := self.phrasing.ours.match(text)) and (said := self.phrasing.said.match(text, ours.end())):
            return None, text[said.end() :].lstrip(" ，,:：")
        start = len(text) - len(text.removeprefix("由").removeprefix("@").lstrip(" "))
        named = self.people.at(text, start)
        if named is None or not named.ours or len(named.people) != 1:
            return None, text
        return named.people[0], text[named.end :].lstrip(" ，,:：")
