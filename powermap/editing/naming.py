"""Whom a name on the command line means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from powermap.errors import AnalysisError
from powermap.identity.names import Agreement, agreement
from powermap.model import (
    Action,
    Deal,
    Goal,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Snapshot,
    Thing,
    Voice,
    WorksAt,
    below,
    means,
    number_of,
    units_of,
)
from powermap.model.naming import fold, other_names
from powermap.stores.names import search_lines
from powermap.words import Words

G = TypeVar("G", bound=Thing)
SHOWN = 8
"""Candidates that a fault names."""
NEAR = 3
"""Nearest names that a fault offers."""
KINDS = {
    Person: Words("人", "person"),
    Organization: Words("组织", "organization"),
    Deal: Words("项目", "deal"),
    Goal: Words("目标", "goal"),
    Action: Words("行动", "action"),
    Voice: Words("客户声音", "voice"),
}


@dataclass(frozen=True)
class Register:
    """The things of a store by what they are called."""

    snapshot: Snapshot

    @cached_property
    def _posts(self) -> dict[str, list[WorksAt]]:
        found: dict[str, list[WorksAt]] = {}
        for job in self.snapshot.all(WorksAt):
            found.setdefault(job.src, []).append(job)
        return found

    def posts(self, person: str) -> list[WorksAt]:
        """Return the jobs of a person, ended ones too."""
        return self._posts.get(person, [])

    def describe(self, thing: Thing) -> str:
        """Say who or what is meant among several: name, post, id."""
        parts = [called(thing)]
        for job in self.posts(thing.id):
            parts += [job.title, called(self.snapshot.records.get(job.dst))]
        if isinstance(thing, Deal):
            parts.append(called(self.snapshot.records.get(thing.account)))
        if isinstance(thing, Organization):
            parts.append(f"({thing.type})")
        if isinstance(thing, Goal | Action | Voice):
            parts += [number_of(thing), called(self.snapshot.records.get(thing.account))]
        return f"{' '.join(dict.fromkeys(p for p in parts if p))} [{thing.id}]"

    def within(self, account: str) -> set[str]:
        """Return an organization with its units, their people, those who belong to it from outside, and deals, by id."""
        places = below(account, units_of(self.snapshot.all(PartOf)))
        people = {t.src for cls in (WorksAt, MemberOf) for t in self.snapshot.all(cls) if t.dst in places}
        every = self.snapshot.all
        work: list[Deal | Goal | Action | Voice] = [*every(Deal), *every(Goal), *every(Action), *every(Voice)]
        return places | people | {record.id for record in work if record.account in places}

    def matching(self, text: str, classes: Sequence[type[G]]) -> list[G]:
        """Return the things that a text may mean: by id, by name, by e-mail or key, by the whole name in another
        order or in pinyin, by a part of it; what has no name only where nothing with a name is meant.
        """
        text = text.strip()
        if not text:
            return []
        nameless = (Goal, Action, Voice)
        named = [t for cls in classes if cls not in nameless for t in self.snapshot.all(cls)]
        work = [t for cls in classes if cls in nameless for t in self.snapshot.all(cls)]
        return self._fitting(text, named) or self._fitting(text, work)

    def _fitting(self, text: str, things: Sequence[G]) -> list[G]:
        if found := [t for t in things if t.id == text]:
            return found
        for fits in (self._is_called, self._is_folded, self._is_keyed, self._is_read, self._holds):
            if found := [t for t in things if fits(t, text)]:
                return found
        return []

    @staticmethod
    def _is_called(thing: Thing, text: str) -> bool:
        return text in names_of(thing)

    @staticmethod
    def _is_folded(thing: Thing, text: str) -> bool:
        return fold(text) in map(fold, names_of(thing))

    @staticmethod
    def _is_keyed(thing: Thing, text: str) -> bool:
        mail = str(getattr(thing, "email", "")).casefold()
        ends = (key.rpartition("|")[2].rpartition("/")[2] for key in thing.keys)
        numbered = isinstance(thing, Goal | Action | Voice) and means(text, thing)
        return (bool(mail) and mail == text.casefold()) or text in ends or numbered

    @staticmethod
    def _is_read(thing: Thing, text: str) -> bool:
        return isinstance(thing, Person) and agreement([text], names_of(thing)) >= Agreement.READING

    @staticmethod
    def _holds(thing: Thing, text: str) -> bool:
        name, alt = called(thing), getattr(thing, "name_alt", "")
        return len(fold(text)) > 1 and fold(text) in search_lines(name, alt)

    def all_of(self, text: str, classes: Sequence[type[G]], account: str | None = None) -> list[G]:
        """Return the same, those of one account only, where there are some."""
        found = self.matching(text, classes)
        if account is not None and len(found) > 1:
            home = self.within(account)
            found = [t for t in found if t.id in home] or found
        return found

    def one(self, text: str, *classes: type[G], account: str | None = None) -> G:
        """Return the one thing of these classes that a text means.

        Raises
        ------
        AnalysisError
            If there is none, or several; the nearest names, or the candidates, are in the hint.
        """
        found = self.all_of(text, classes, account)
        if len(found) == 1:
            return found[0]
        raise self.several(text, found) if found else self.none(text, classes)

    def several(self, text: str, found: Sequence[Thing]) -> AnalysisError:
        """Say that a name fits several, and which."""
        choice = [self.describe(t) for t in found[:SHOWN]]
        more = " …" if len(found) > SHOWN else ""
        return AnalysisError(
            Words(f"有 {len(found)} 个符合“{text}”", f"{text!r} fits {len(found)}"),
            hint=Words(
                f"请写其中一个的编号：{'；'.join(choice)}{more}",
                f"write the id of one: {'; '.join(choice)}{more}",
            ),
        )

    def none(self, text: str, classes: Sequence[type[Thing]]) -> AnalysisError:
        """Say that nobody has a name, and which are nearest."""
        kinds = [KINDS[cls] for cls in classes if cls in KINDS]
        zh, en = "、".join(k.zh for k in kinds), " or ".join(k.en for k in kinds)
        near = self.nearest(text, classes)
        lists = Words("`powermap search 文字` 可查名字", "`powermap search TEXT` finds names")
        if Person not in classes and Action in classes:
            lists = Words("`powermap todo` 列出编号", "`powermap todo` lists the numbers")
        return AnalysisError(
            Words(f"没有叫“{text}”的{zh}", f"there is no {en} called {text!r}"),
            hint=Words(f"是不是 {'、'.join(near)}？", f"did you mean {', '.join(near)}?") if near else lists,
        )

    def nearest(self, text: str, classes: Iterable[type[Thing]]) -> list[str]:
        """Return the names that are most like a text."""
        from rapidfuzz import fuzz, process

        names = {n: None for cls in classes for t in self.snapshot.all(cls) for n in names_of(t)}
        hits = process.extract(
            fold(text), list(names), scorer=fuzz.WRatio, processor=fold, limit=NEAR, score_cutoff=60
        )
        return [hit[0] for hit in hits]


def names_of(thing: Thing) -> tuple[str, ...]:
    """Return every name of a thing."""
    texts = (called(thing), getattr(thing, "name_alt", ""), *other_names(thing.keys))
    return tuple(dict.fromkeys(t for t in texts if t))


def called(thing: object) -> str:
    """Return a thing's name; of an action what is done, of a voice what was said."""
    field = "what" if isinstance(thing, Action) else "words" if isinstance(thing, Voice) else "name"
    return str(getattr(thing, field, ""))
