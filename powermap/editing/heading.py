"""The head of a jotted line: the day, how they met, at which account, and who was there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from powermap.editing.attendance import Named, People
from powermap.editing.phrasing import BREAK, Phrasing, any_of
from powermap.model import Person
from powermap.model.naming import fold
from powermap.sources import spoken_days
from powermap.words import Words, is_chinese

_GAP = re.compile(r"[\s，,;；。.()（）/]+|[-–—]+(?=\s)")
_LISTED = re.compile(r"\s*[、&＆]\s*")
_CLOCK = re.compile(
    r"(?:[上下中]午|早上|晚上|晚)?\s*(?:\d{1,2}|[一二三四五六七八九十两]{1,2})\s*(?:[:：]\d{2}|[点时](?:半|\d{1,2}分?)?)(?:\s*[-~到至]\s*\d{1,2}(?:[:：]\d{2}|[点时]半?))?"
    r"|\b(?:at )?\d{1,2}(?:[:.]\d{2})?\s*[ap]m\b|[早晚](?=[上\s]|$)",
    re.I,
)
_SLASHES = re.compile(r"\d{1,2}/\d{1,2}$")
_DOTTED = re.compile(r"^(\s*)(\d{1,2})\.(\d{1,2})(?=\s|[\u3400-\u9fff])(?!\s*[万亿元%％点个次])")
_WORD = re.compile(r"[^\s，,;；。、&＆:：\u3400-\u9fff]+")
_PLACE = re.compile("(?:的|部|部门|处|科|室|中心|组|厂|那边|这边)$")
"""How words end that say where somebody works: 采购的江涛, 采购部 江涛."""
_LONG_ZH, _LONG_EN = 4, 3
"""Characters, and words, of more than which a text names nobody."""


@dataclass
class Heading:
    """What was understood of the head of a line; `tail` is the text behind it, and `speaker` whose words it begins with."""

    day: date | None = None
    guessed: bool = False
    form: str = ""
    account_named: bool = False
    theirs: list[Person] = field(default_factory=list)
    ours: list[Person] = field(default_factory=list)
    me: bool = False
    unknown: list[str] = field(default_factory=list)
    missed: list[Words] = field(default_factory=list)
    tail: str = ""
    speaker: Person | None = None


def head_of(
    before: str,
    behind: str | None,
    people: People,
    account: Sequence[str],
    phrasing: Phrasing,
    forms: Mapping[str, str],
    today: date,
) -> Heading:
    """Read the head of a line.

    Parameters
    ----------
    before, behind
        The text before and behind the colon; without one, `behind` is None and the head ends before the first words
        that are none of it.
    account
        How the account may be called.
    forms
        Keys of the catalogue by what they are called.
    """
    return _Reader(_DOTTED.sub(r"\1\2-\3", before), behind, people, account, phrasing, forms, today).read()


class _Reader:
    def __init__(
        self,
        text: str,
        behind: str | None,
        people: People,
        account: Sequence[str],
        phrasing: Phrasing,
        forms: Mapping[str, str],
        today: date,
    ) -> None:
        self.text, self.behind, self.people, self.phrasing = text, behind, people, phrasing
        self.account = re.compile(any_of(account), re.I) if account else None
        self._form = re.compile(any_of(forms), re.I)
        self.forms = {fold(name): key for name, key in forms.items()}
        self.days = {s.start: s for s in spoken_days.days(text, today, ahead=False)}
        self.today, self.head = today, Heading()
        self.listed = False
        """Whether what comes next stands in a list of people."""
        self.joined = False
        """Whether the people stand behind a word like 和, so that behind them comes what was done with them."""
        self.end = 0
        """Where the last item ended."""

    def read(self) -> Heading:
        text, head, place = self.text, self.head, 0
        while place < len(text):
            if match := _LISTED.match(text, place) or self.phrasing.joins.match(text, place):
                self.joined = self.joined or not head.theirs
                self.listed, place = True, match.end()
            elif match := _GAP.match(text, place):
                place = match.end()
                if re.search("[;；。]|[.] ", match[0]) and (head.theirs or head.ours) and place < len(text):
                    return self._ended(place)
            elif (end := self._item(place)) > place:
                if end == len(text) + 1:
                    return self._ended(self.end)
                self.end = place = end
            elif match := _CLOCK.match(text, place) or self.phrasing.fillers.match(text, place):
                place = match.end()
            else:
                end = self._chunk_end(place)
                if self._is_tail(place, end):
                    return self._ended(self.end)
                behind = len(text) - len(text[end:].lstrip(" "))
                if not (_PLACE.search(text, place, end) and self.people.at(text, behind)):
                    self._unknown(text[place:end].strip())
                self.listed, place = False, end
        head.tail = self.behind or ""
        return head

    def _ended(self, place: int) -> Heading:
        """End the head before words that are none of it."""
        rest = self.text[place:].lstrip(" ，,、。；;:：/-–—)）")
        said = self.phrasing.speaks.match(rest)
        if said and self.head.theirs and place == self.end:
            # 江涛昨天来电说…: who said it was named before.
            name = self.head.theirs[-1].name
            rest = f"{name}{'' if is_chinese(name) else ' '}{rest}"
        self.head.tail = rest if self.behind is None else f"{rest}：{self.behind}"
        if self.phrasing.is_filler(self.head.tail):
            self.head.tail = ""
        return self.head

    def _item(self, place: int) -> int:
        """Take what stands at a place, and return where it ends; one past the text where somebody begins to speak."""
        text, head = self.text, self.head
        if (
            self.account is not None
            and (match := self.account.match(text, place))
            and not self._longer(place, match)
        ):
            head.account_named = True
            return match.end()
        named, form = self.people.at(text, place), self._form.match(text, place)
        if named is not None and (form is None or named.end >= form.end()):
            return self._person(place, named)
        if (day := self.days.get(place)) is not None and self._is_day(day):
            head.day, head.guessed = day.day, day.guessed
            return day.end
        if (match := self.phrasing.me.match(text, place)) and not self._we(place):
            head.me = True
            return match.end()
        if form is not None and self._is_form(form):
            head.form = head.form or self.forms[fold(form[0])]
            return form.end()
        return place

    def _longer(self, place: int, match: re.Match[str]) -> bool:
        """Tell whether a person is meant whose name begins as the account's short name does."""
        named = self.people.at(self.text, place)
        return named is not None and named.end > match.end()

    def _we(self, place: int) -> bool:
        return self.text.startswith(("我们", "我方", "我司"), place)

    def _acts(self, place: int, named: Named) -> bool:
        """Tell whether somebody begins a clause behind a comma, and needn't have been there: 拜访江涛，韩立群没来."""
        text, says = self.text, self.phrasing
        if self.behind is not None or not self.head.theirs or not re.search("[，,]\\s*$", text[:place]):
            return False
        behind = len(text) - len(text[named.end :].lstrip(" "))
        lists = (_LISTED, _GAP, says.joins, says.fillers, says.speaks, self._form)
        return (
            behind < len(text) and not any(p.match(text, behind) for p in lists) and not self._known(behind)
        )

    def _person(self, place: int, named: Named) -> int:
        text, head = self.text, self.head
        if self._acts(place, named):
            self.end = place
            return len(text) + 1
        if len(named.people) > 1:
            said, some = text[place : named.end], named.people[:5]
            names = [self.people.theirs.register.describe(p) for p in some]
            head.unknown.append(said)
            head.missed.append(
                Words(
                    f"“{said}”可能是：{'；'.join(names)}；请写全名",
                    f"{said!r} may be: {'; '.join(names)}; write the whole name",
                )
            )
            self.listed = False
            return named.end
        (head.ours if named.ours else head.theirs).append(named.people[0])
        self.listed = False
        behind = len(text) - len(text[named.end :].lstrip(" "))
        verb = self.phrasing.speaks.match(text, behind) if not named.ours else None
        if verb is None:
            return named.end
        if not text[verb.end() :].strip() and self.behind is not None:
            head.speaker = named.people[0]
            return verb.end()
        self.end = place
        return len(text) + 1

    def _is_day(self, day: spoken_days.Spoken) -> bool:
        """Tell whether a day is that of the meeting: the first one, no deadline; behind the people only on its own, or
        a day of these at once behind them: 江涛昨天来访.
        """
        behind = self.text[day.end :]
        if self.head.day is not None or re.match(r"\s*(?:之?前|以前|内)", behind):
            return False
        if not self.head.theirs or self.behind is not None or BREAK.match(behind):
            return True
        return not day.guessed and day.day <= self.today and not self.text[self.end : day.start].strip()

    def _is_form(self, form: re.Match[str]) -> bool:
        """Tell whether a word says how they met: behind the people, without a colon, it is a word of its own, if no 和
        stands before them.
        """
        if is_chinese(form[0]) and self.behind is None and self.head.theirs and not self.joined:
            text, end = self.text, form.end()
            says = self.phrasing
            following = (
                BREAK.match(text, end) or says.fillers.match(text, end) or says.speaks.match(text, end)
            )
            return following is not None or self.people.at(text, end) is not None
        return True

    def _chunk_end(self, place: int) -> int:
        """Return where words end that nobody knows: at a gap, or where something is known again."""
        text = self.text
        match = _WORD.match(text, place)
        end = match.end() if match else place + 1
        while end < len(text):
            if _LISTED.match(text, end) or self.phrasing.joins.match(text, end) or text[end] in "，,;；。":
                return end
            if text[end] == " " and (is_chinese(text[place:end]) or self._known(end + 1)):
                return end
            if is_chinese(text[end]) and self._known(end):
                return end
            match = _WORD.match(text, end)
            end = match.end() if match else end + 1
        return end

    def _known(self, place: int) -> bool:
        text = self.text
        patterns = [self._form, self.phrasing.me, *([self.account] if self.account else [])]
        if any(p.match(text, place) for p in patterns) or place in self.days:
            return True
        named = self.people.at(text, place) if place < len(text) else None
        # The second word of a name that nobody has may be somebody's.
        return named is not None and (is_chinese(text[place]) or self.people.is_name(text[place : named.end]))

    def _is_tail(self, place: int, end: int) -> bool:
        """Tell whether unknown words are what was said: behind the people, and not one more in their list."""
        if not (self.head.theirs or self.head.ours):
            return False
        chunk = self.text[place:end].strip()
        long = len(chunk) > _LONG_ZH if is_chinese(chunk) else len(chunk.split()) > _LONG_EN
        long = long or self.phrasing.asks.match(chunk) is not None
        if self.behind is not None or long:
            return long
        following = _LISTED.match(self.text, end) or self.phrasing.joins.match(self.text, end)
        return not self.listed and not (following and self.people.at(self.text, following.end()))

    def _unknown(self, word: str) -> None:
        head = self.head
        head.unknown.append(word)
        if _SLASHES.match(word):
            a, b = word.split("/")
            head.missed.append(
                Words(
                    f"“{word}”是 {a} 月 {b} 日还是 {b} 月 {a} 日？请写 {a}月{b}日",
                    f"{word!r} may be two days: write the month in letters, e.g. 3 Dec",
                )
            )
            return
        register = self.people.theirs.register
        if elsewhere := register.matching(word, [Person])[:3]:
            names = [register.describe(p) for p in elsewhere]
            head.missed.append(
                Words(
                    f"“{word}”不是这家客户的人：{'；'.join(names)}；写到冒号后面，或另记一行",
                    f"{word!r} is none of this account: {'; '.join(names)}; write them behind the colon, or in a line of their own",
                )
            )
            return
        near = self.people.nearest(word)
        did = (
            Words(f"是不是 {'、'.join(near)}？", f"did you mean {', '.join(near)}? Else ")
            if near
            else Words("", "")
        )
        head.missed.append(
            Words(
                f"“{word}”没看懂：{did.zh}不是人名就写到冒号后面，或删去",
                f"{word!r} was not understood: {did.en}write it behind the colon if it names nobody, or leave it out",
            )
        )
