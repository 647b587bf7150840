"""What stands behind the names of a jotted line: what they said, what we promised, and what else is to be remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from powermap.editing.attendance import People
from powermap.editing.phrasing import Phrasing
from powermap.editing.pieces import Pieces
from powermap.editing.promises import Promises
from powermap.model import Person
from powermap.model.naming import fold
from powermap.sources import spoken_days
from powermap.sources.spoken_days import Spoken
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words, is_chinese

_TAG = re.compile(r"[#＃]\s*([\w-]+)")


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
        self._pieces, self._promises = Pieces(people, phrasing, on), Promises(people, phrasing, on)
        self._group = _Group()
        self._speaker: Person | None = None
        self._last = ""

    def take(self, text: str, speaker: Person | None = None) -> Told:
        """Take a text apart; `speaker` is who said its first clause, where that is known."""
        self._speaker = speaker
        for sentence in self._pieces.of(text):
            for piece, separator in sentence:
                self._piece(piece, separator)
            self._flush()
        return self.told

    # -- one piece -----------------------------------------------------------------------------------------------------

    def _piece(self, text: str, separator: str) -> None:
        begins_with_tag = _TAG.match(text) is not None
        tags, text = self._tags(text)
        spoken = self._pieces.speaks(text, 0) if text else None
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
            if not self._unread(text) and group.day is None:
                self._undated(text)
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
            said = loose if self._pieces.promised(text.replace(loose, "", 1)) else ""
        if said:
            self.told.missed.append(
                Words(
                    f"“{said}”是哪天没看懂，请写日期，如 12月3日前",
                    f"which day is meant by {said!r} isn't clear; write one, e.g. by 3 December",
                )
            )
        return bool(said)

    def _undated(self, text: str) -> None:
        """Say that what may be a promise has no day, and so is a note."""
        vague = spoken_days.find(text, self.on, ahead=True)
        if vague is None and self.phrasing.does.match(self.phrasing.stripped(text)[0]):
            self.told.notes.append(
                Words(
                    f"“{text}”没有日期，只作纪要；是承诺就加“…前”，或写成“答应…”",
                    f"{text!r} has no day, so it is a note; of a promise say the day, or begin with 'promised …'",
                )
            )

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
        owner, rest = self._pieces.owner(text)
        due = spoken_days.find(rest, self.on, ahead=True)
        past = due if due is not None and due.day < self.on else None
        due = None if past else due
        found = self._promises.of(rest, due, named=owner is not None)
        if found is None:
            return False
        found = found.strip(" ，,。.:：（）()")
        self._flush()
        if past:
            self.told.missed.append(
                Words(
                    f"承诺的日子 {past.day} 在会面（{self.on}）之前",
                    f"the promise's day {past.day} is before the meeting ({self.on})",
                )
            )
        self._keep(rest, found, due or past, owner)
        return True

    def _keep(self, text: str, what: str, due: Spoken | None, owner: Person | None) -> None:
        if not what and self._last:  # 客户要12月5日前答复，我们答应了
            text = what = self._last
            due = spoken_days.find(text, self.on, ahead=True)
        doing = self.phrasing.does.match(what)
        if not what or (doing and self._promises.is_complete(what[doing.end() :])):
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
