"""What stands behind the names of a jotted line: what they said, what we promised, and what else is to be remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from powermap.editing.attendance import People
from powermap.editing.phrasing import Phrasing
from powermap.model import Person
from powermap.model.naming import fold
from powermap.sources import spoken_days
from powermap.sources.spoken_days import Spoken
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words, is_chinese

_SENTENCES = re.compile(r"[;；。！？\n]+|\s(?=\d{1,2}[)）、])|(?<=\w)[.!?](?=\s|$)")
_COMMAS = re.compile(r"(?<!\d)[，,]|[，,](?!\d)")
_GAP = re.compile(r"(?<=[\u3400-\u9fff\d])\s+(?=\S)")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[①-⑩]|[（(]\d{1,2}[)）]|[-•*·])\s*")
"""The number of an item in a list."""
_TAG = re.compile(r"[#＃]\s*([\w-]+)")
_END = re.compile(r"^\s*(?:之前|以前|前)?[，,\s]*")
_BY = re.compile(
    r"(?:\b(?:by|before|until|till|no later than|on|at|due)(?:\s+the)?\s*|在|于|到|最晚|最迟)$", re.I
)
_COLON = re.compile(r"\s*[:：]\s*")
_HEARD = "听据跟向对让请找问与和同"
"""Behind these a name begins no speech: 听江涛说."""
_TO = ("向", "跟", "对", "和", "与", "同", "给")
_COMING = ("来", "去")
_WITH = ("把", "将")
_DONE = re.compile(r"^(?:[了过]|会|要|将)+")
_MOVED = re.compile(r"[到达出来去过上下齐好完]*")
_OBJECTS = re.compile(r"(?:一下|给?(?:他们|她们|他|她|客户|对方|过去|them|him|her|it|that|this))*", re.I)


@dataclass(frozen=True, slots=True)
class Promise:
    """What one of ours promised, until when; `owner` is who of ours, where the line says so."""

    words: str
    due: date | None
    owner: Person | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody of theirs said; `triage` and `sort` are keys of the rule pack, `by` who said it, if the line tells."""

    words: str
    triage: str = ""
    sort: str = ""
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What else is to be remembered; `day` is one that it says, which makes no promise of it."""

    words: str
    day: date | None = None


@dataclass
class Told:
    """What was understood of the clauses: `speakers` spoke in them; `missed` wasn't understood, `notes` may be of interest."""

    voices: list[Said] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    speakers: list[Person] = field(default_factory=list)
    missed: list[Words] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)


@dataclass
class _Group:
    """Pieces between commas that belong together: they are a voice or a remark."""

    words: str = ""
    tags: list[str] = field(default_factory=list)
    speaker: Person | None = None
    plain: str = ""
    """The same without who said it."""
    day: date | None = None


class Clauses:
    """Takes clauses apart.

    Parameters
    ----------
    on
        The day of the meeting, from which days are counted.
    today
        The day on which the line is written.
    """

    def __init__(self, people: People, phrasing: Phrasing, words: Vocabulary, on: date, today: date) -> None:
        self.people, self.phrasing, self.words, self.on, self.today = people, phrasing, words, on, today
        self.told = Told()
        self._group = _Group()
        self._speaker: Person | None = None
        self._last = ""

    def take(self, text: str, speaker: Person | None = None) -> Told:
        """Take a text apart; `speaker` is who said its first clause, where that is known."""
        self._speaker = speaker
        for sentence in _SENTENCES.split(text):
            for piece, separator in self._pieces(_NUMBER.sub("", sentence)):
                self._piece(piece, separator)
            self._flush()
        return self.told

    # -- pieces ------------------------------------------------------------------------------------------------------

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
        spoken = self._speaks(part, 0)
        cuts, past = [0], spoken[1] if spoken else 0
        for place in range(1, len(part)):
            if place < past or part[place].isspace() or part[place - 1] in _HEARD:
                continue
            space = part[place - 1].isspace()
            spoken = self._speaks(part, place) if space or is_chinese(part[place - 1]) else None
            if spoken is not None:
                past = spoken[1]
            begins = space and _GAP.search(part, place - 1, place + 1) and self._begins(part[place:])
            if (
                spoken
                or self._we_promise(part, place)
                or (begins and not self._opens(part[cuts[-1] : place]))
            ):
                cuts.append(place)
        ends = [*cuts[1:], len(part)]
        return [(part[a:b], " " if a else "") for a, b in zip(cuts, ends, strict=True)]

    def _we_promise(self, part: str, place: int) -> bool:
        """Tell whether 我们答应 stands at a place, and nobody asks for it: 要求我们承诺."""
        ours = self.phrasing.ours.match(part, place)
        if ours is None or not is_chinese(part[place - 1]) or part[place - 1] in "要让请叫求催":
            return False
        rest = self.phrasing.stripped(part[ours.end() :])[0]
        asked = any(m.end() == place for m in self.phrasing.asks.finditer(part))
        return self.phrasing.promise.match(rest) is not None and not asked

    def _opens(self, text: str) -> bool:
        """Tell whether a text only opens what follows: a label, or one of ours who does it."""
        return not self.phrasing.stripped(self._owner(text.strip())[1])[0].strip()

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
            bare = (
                due is not None
                and not _END.sub("", text[due.end :])
                and not _BY.sub("", text[: due.start]).strip()
            )
            if bare and found and self._promised(found[-1][0]) and not self._has_day(found[-1][0]):
                found[-1] = (f"{found[-1][0]} {text}", found[-1][1])
            elif bare:
                waiting = text
            else:
                found.append((f"{waiting} {text}" if waiting else text, separator))
                waiting = ""
        return [*found, (waiting, " ")] if waiting else found

    def _has_day(self, text: str) -> bool:
        return spoken_days.find(text, self.on, ahead=True) is not None

    def _promised(self, text: str) -> bool:
        return bool(
            self.phrasing.promise.search(text) or self.phrasing.does.match(self.phrasing.stripped(text)[0])
        )

    def _speaks(self, text: str, place: int) -> tuple[Person, int] | None:
        """Return who of theirs speaks from a place on, and where the words begin: 李总说, Ada:."""
        named = self.people.at(text, place)
        if named is None or named.ours or len(named.people) != 1:
            return None
        end = named.end
        if match := _COLON.match(text, end):
            return named.people[0], match.end()
        while end < len(text) and text[end] == " ":
            end += 1
        verb = self.phrasing.said.match(text, end)
        if verb is None:
            return None
        colon = _COLON.match(text, verb.end())
        return named.people[0], colon.end() if colon else verb.end()

    # -- one piece -----------------------------------------------------------------------------------------------------

    def _piece(self, text: str, separator: str) -> None:
        begins_with_tag = _TAG.match(text) is not None
        tags, text = self._tags(text)
        spoken = self._speaks(text, 0) if text else None
        if spoken is not None or (begins_with_tag and self._group.words):
            self._flush()
        if spoken is not None:
            self._speaker = spoken[0]
            self.told.speakers.append(spoken[0])
        elif not tags and text and self._promise(text):
            return
        group = self._group
        plain = text[spoken[1] :] if spoken else text
        joint = f"{separator.strip()} " if separator != "，" and not is_chinese(text) else separator
        group.words += f"{joint if group.words else ''}{text}"
        group.plain += f"{joint if group.plain else ''}{plain.strip(' ，,')}"
        group.speaker = self._speaker
        group.tags += tags
        group.day = group.day or self._day(text)
        if not tags:
            self._unread(text)
        elif not begins_with_tag:
            self._flush()

    def _day(self, text: str) -> date | None:
        """Return the day that a note says: without a year the nearer one of the last and the next."""
        day = spoken_days.find(text, self.on, ahead=True)
        if day is None or day.vague:
            return None
        last = spoken_days.find(text, self.on, ahead=False) if day.guessed else None
        return last.day if last and self.on - last.day < day.day - self.on else day.day

    def _tags(self, text: str) -> tuple[list[str], str]:
        """Take the tags out of a piece; what follows a known one without a space is text."""
        known = {**self.words.choices["triage"], **self.words.choices["voice"]}
        tags: list[str] = []

        def take(match: re.Match[str]) -> str:
            whole = match[1]
            name = next((whole[:n] for n in range(len(whole), 1, -1) if fold(whole[:n]) in known), "")
            if name:
                tags.append(name)
                return whole[len(name) :]
            self._unknown_tag(whole, known)
            return match[0]

        return tags, _TAG.sub(take, text).strip(" ，,")

    def _unknown_tag(self, tag: str, known: dict[str, str]) -> None:
        from powermap.editing.occasion import nearest

        lists = (self.words.shown["triage"], self.words.shown["voice"])
        zh = "、".join(w.zh for words in lists for w in words.values())
        en = ", ".join(w.en for words in lists for w in words.values())
        near = nearest(tag, known)[:1]
        if near:
            zh, en = f"是不是 #{near[0]}？标签有：{zh}", f"did you mean #{near[0]}? Tags: {en}"
        else:
            zh, en = f"标签有：{zh}", f"tags: {en}"
        self.told.missed.append(
            Words(
                f"没有标签“#{tag}”，这一句只作纪要；{zh}",
                f"there is no tag #{tag}, so this is a note only; {en}",
            )
        )

    def _unread(self, text: str) -> bool:
        """Say that a clause has a deadline that can't be told, if it has one."""
        said = spoken_days.unread(text, self.on)
        if not said:
            loose = spoken_days.unread(text, self.on, loose=True)
            said = loose if self._promised(text.replace(loose, "", 1)) else ""
        if said:
            self.told.missed.append(
                Words(
                    f"“{said}”是哪天没看懂，请写日期，如 12月3日前",
                    f"which day is meant by {said!r} isn't clear; write one, e.g. by 3 December",
                )
            )
        return bool(said)

    def _flush(self) -> None:
        group, self._group = self._group, _Group()
        if not group.words.strip():
            return
        keys = {
            name: [self.words.choices[name].get(fold(t), "") for t in group.tags]
            for name in ("triage", "voice")
        }
        if group.tags:
            triage, sort = (next((k for k in reversed(keys[n]) if k), "") for n in ("triage", "voice"))
            self.told.voices.append(Said(group.plain, triage, sort or "complaint", group.speaker))
        elif not self.phrasing.is_filler(self.phrasing.stripped(group.words)[0]):
            self.told.remarks.append(Remark(group.words, group.day))
        self._last = group.plain or self._last

    # -- promises --------------------------------------------------------------------------------------------------

    def _promise(self, text: str) -> bool:
        """Take a piece as a promise of ours, if it is one."""
        owner, rest = self._owner(text)
        due = spoken_days.find(rest, self.on, ahead=True)
        if due is not None and due.day < self.on:
            due = None
        found = self._ours(rest, due, named=owner is not None)
        if found is None:
            return False
        found = found.strip(" ，,。.:：（）()")
        self._flush()
        self._keep(rest, found, due, owner)
        return True

    def _owner(self, text: str) -> tuple[Person | None, str]:
        """Take one of ours who does it, or who says so, off the start of a text: 李婷…, 由李婷…, 我说：…."""
        if (ours := self.phrasing.ours.match(text)) and (said := self.phrasing.said.match(text, ours.end())):
            return None, text[said.end() :].lstrip(" ，,:：")
        start = len(text) - len(text.removeprefix("由").removeprefix("@").lstrip(" "))
        named = self.people.at(text, start)
        if named is None or not named.ours or len(named.people) != 1:
            return None, text
        return named.people[0], text[named.end :].lstrip(" ，,:：")

    def _ours(self, text: str, due: Spoken | None, *, named: bool) -> str | None:
        """Return what is promised by a piece, None if nothing is.

        It says so by itself (答应), or one of ours (我们, a name, or nobody who is named) does something until a day.
        """
        says, (before, after) = self.phrasing, _around(text, due)
        theirs = self.people.at(text, 0)
        if (theirs is not None and not theirs.ours) or self.people.houses.match(text):
            return None
        if match := says.promise.search(text):
            if says.asks.search(text[: match.start()]) or says.denies.search(text[: match.start()]):
                return None
            return self._plain(text, match, due)
        if due is None or says.asks.match(text):
            return None
        lead, ours = says.stripped(before)
        rest, ours_too = says.stripped(after)
        ours, until = ours or ours_too or named, _is_until(text, due)
        if says.does.match(lead) and not says.asks.match(lead):
            # 安排顾总12月5日来访, but not 交付12月5日开始.
            goes_on = not is_chinese(after) or until or says.does.match(rest) or after.startswith(_COMING)
            return _joined(lead, after) if goes_on else None
        doing = says.does.match(rest) or (rest.startswith(_WITH) and says.does.search(rest))
        if doing and (not lead.strip(" ，,") or lead.startswith(_WITH)):
            return _joined(lead, rest)
        # 参数表12月3日前送到江涛那里; 采购部12月3日前回复 says who does it, and that's none of ours.
        if doing and self._is_complete(rest[doing.end() :]) and not says.alone.match(rest):
            return None if says.asks.search(lead) or says.denies.search(lead) else _joined(lead, rest)
        if ours and until and not says.denies.match(rest) and not says.asks.match(rest) and not lead.strip():
            return rest or None
        return None

    def _is_complete(self, rest: str) -> bool:
        """Tell whether behind a verb stands no more than to whom, so that what stands before it is what it is about."""
        rest = _OBJECTS.sub("", _MOVED.sub("", rest, count=1).strip(), count=1).strip()
        named = self.people.at(rest, 0) if rest else None
        end = named.end if named else len(rest) if self.phrasing.called.fullmatch(rest) else 0
        return not rest[end:].strip()

    def _plain(self, text: str, match: re.Match[str], due: Spoken | None) -> str:
        """Say what was promised without that it was, by whom and to whom: 向李总承诺12月底前供货."""
        ahead = _around(text[: match.start()], due if due and due.end <= match.start() else None)
        lead = self.phrasing.stripped(_joined(*ahead))[0]
        if lead.startswith(_TO) and (named := self.people.at(lead, 1)):
            lead = self.phrasing.stripped(lead[named.end :])[0]
        later = (
            spoken_days.find(text[match.end() :], self.on, ahead=True)
            if due and due.start >= match.end()
            else None
        )
        before, after = _around(text[match.end() :], later)
        before = self.phrasing.stripped(_DONE.sub("", before))[0]
        if (named := self.people.at(before, 0)) and not named.ours:
            before = before[named.end :]  # 答应韩总周五去看他
        return _joined(lead, _joined(before, after))

    def _keep(self, text: str, what: str, due: Spoken | None, owner: Person | None) -> None:
        doing = self.phrasing.does.match(what)
        if not what or (doing and self._is_complete(what[doing.end() :])):
            what = self._with_context(text, what, alone=bool(self.phrasing.alone.match(what)))
        if due is None and not self._unread(text):
            self.told.notes.append(
                Words(
                    f"承诺“{what}”没有日期：可写“…前”",
                    f"the promise {what!r} has no day: add one, e.g. by Friday",
                )
            )
        elif due is not None:
            self._far(text, due)
        self.told.promises.append(Promise(what, due.day if due else None, owner))

    def _with_context(self, text: str, what: str, *, alone: bool) -> str:
        """Say what a bare verb is about: the clause before it."""
        if self._last and what:
            return f"{what}（{self._last}）" if is_chinese(what) else f"{what} ({self._last})"
        if alone:
            return what
        self.told.missed.append(
            Words(f"“{text}”答应做什么没看懂，请写明", f"what is promised by {text!r} isn't clear; say what")
        )
        return what or text

    def _far(self, text: str, due: Spoken) -> None:
        """Say that a day without a year lies far off, or a promise's day is over."""
        said = text[due.start : due.end] if text[due.start : due.end] else str(due.day)
        days = (due.day - self.on).days
        if due.guessed and days > self.phrasing.far_days:
            last = due.day.replace(
                year=due.day.year - 1, day=min(due.day.day, 28) if due.day.month == 2 else due.day.day
            )
            ago = (self.on - last).days
            over = (
                Words(f"{last} 已过 {ago} 天，", f"{last} was {ago} days ago; ")
                if 0 < ago <= self.phrasing.far_days
                else Words("", "")
            )
            self.told.missed.append(
                Words(
                    f"“{said}”没写年份：{over.zh}看作 {due.day}，还有 {days} 天；请写上年份",
                    f"{said!r} has no year: {over.en}taken as {due.day}, {days} days off; write the year",
                )
            )
        elif due.day < self.today:
            late = (self.today - due.day).days
            self.told.notes.append(
                Words(f"{due.day} 已经过了 {late} 天", f"{due.day} was {late} days ago already")
            )


def _around(text: str, due: Spoken | None) -> tuple[str, str]:
    """Return what stands before a day and behind it, without the words that make it a deadline."""
    if due is None:
        return text, ""
    return _BY.sub("", text[: due.start].rstrip()).rstrip(" ，,"), _END.sub("", text[due.end :])


def _is_until(text: str, due: Spoken) -> bool:
    """Tell whether a day is a deadline."""
    said = text[due.start : due.end]
    return bool(
        re.match(r"\s*(?:之前|以前|前)", text[due.end :])
        or said.endswith("内")
        or said.lower().startswith(("within", "in "))
        or re.search(r"\b(?:by|before|until)\s+(?:the\s+)?$", text[: due.start], re.I)
    )


def _joined(before: str, after: str) -> str:
    """Put two ends together: Chinese ones without a space."""
    before, after = before.strip(" ，,"), after.strip(" ，,")
    space = "" if before and after and is_chinese(before[-1]) and is_chinese(after[0]) else " "
    return f"{before}{space}{after}".strip()
