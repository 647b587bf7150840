"""Who was there: whom the words of a jotted line mean, at an account and among ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from powermap.editing.naming import Register, names_of
from powermap.editing.phrasing import BREAK, Phrasing, any_of
from powermap.identity.names import keys
from powermap.model import MemberOf, Organization, PartOf, Person, Snapshot, WorksAt
from powermap.model.naming import fold
from powermap.model.surnames import COMPOUND
from powermap.stores.names import search_lines
from powermap.words import is_chinese

_LATIN = re.compile(r"[^\W\d_\u3400-\u9fff][^\s\u3400-\u9fff,，;；:：&、()（）]*")
_WORDS = 4
"""The most words of a name in Latin letters."""


@dataclass(frozen=True)
class Named:
    """Whom some words mean: one, or several who may be meant; where the words end; whether they are of ours."""

    people: tuple[Person, ...]
    end: int
    ours: bool = False


class House:
    """The people of one house by what they are called: 李国强, 国强, 阿强, 李总, liguoqiang, Ada, Dr Park.

    Parameters
    ----------
    strict
        Whether 李总 must have such a post: somebody of theirs is called so anyway, one of ours isn't.
    whole
        Whether only whole names count.
    """

    def __init__(
        self, people: Iterable[Person], register: Register, phrasing: Phrasing, *, strict: bool, whole: bool
    ) -> None:
        self.people, self.register, self.phrasing = list(people), register, phrasing
        self.strict, self.whole = strict, whole

    @cached_property
    def _full(self) -> dict[str, list[Person]]:
        """Whole names as they are written and searched, in pinyin and with the family name first or last."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            names = names_of(person)
            lines = search_lines(person.name, person.name_alt).split("\n")
            for name in {*map(fold, names), *lines, *(k for k in keys(names) if "~" not in k)}:
                if len(name) > 1:
                    found[name].append(person)
        return found

    @cached_property
    def _parts(self) -> dict[str, list[Person]]:
        """Given names of two characters, and single words of names in Latin letters."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            for name in names_of(person):
                if is_chinese(name):
                    given = name[len(_surname(name)) :]
                    words = [given] if len(given) > 1 else []
                else:
                    words = [w for w in name.split() if len(w) > 1]
                for word in words:
                    found[fold(word)].append(person)
        return found

    @cached_property
    def _longest(self) -> int:
        return max((len(n) for names in (self._full, self._parts) for n in names if is_chinese(n)), default=0)

    @cached_property
    def _families(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            for name in names_of(person):
                if is_chinese(name):
                    found[_surname(name)].append(person)
        return found

    @cached_property
    def _posts(self) -> dict[str, list[str]]:
        """The titles of each: of jobs, and of who belongs to the account from outside."""
        found = {
            p.id: [t for j in self.register.posts(p.id) for t in (j.title, j.title_alt) if t]
            for p in self.people
        }
        for tie in self.register.snapshot.all(MemberOf):
            if tie.src in found:
                found[tie.src] += [t for t in (tie.role, tie.role_alt) if t]
        return found

    def at(self, text: str, start: int) -> tuple[tuple[Person, ...], int]:
        """Return whom the words at a place mean, and where they end; nobody, and the place itself, where they mean none."""
        if start >= len(text):
            return (), start
        if _LATIN.match(text, start):
            return self._latin(text, start)
        for length in range(min(self._longest, len(text) - start), 1, -1):
            word = fold(text[start : start + length])
            found = self._full.get(word) or (not self.whole and self._parts.get(word))
            if found and is_chinese(word):
                return tuple(dict.fromkeys(found)), self._past_title(text, start + length, found)
        if self.whole:
            return (), start
        return self._titled(text, start) or self._nicknamed(text, start) or ((), start)

    def has(self, text: str) -> bool:
        """Tell whether a text is the whole name of somebody."""
        return fold(text) in self._full

    def _latin(self, text: str, start: int) -> tuple[tuple[Person, ...], int]:
        if start and text[start - 1].isalnum() and text[start - 1].isascii():
            return (), start
        ends: list[int] = []
        place = start
        while len(ends) < _WORDS and (match := _LATIN.match(text, place)):
            ends.append(match.end())
            place = match.end()
            while place < len(text) and text[place] == " ":
                place += 1
        first = fold(text[start : ends[0]]).strip(".")
        if first in self.phrasing.honours and len(ends) > 1:
            begin = start + len(text[start:]) - len(text[ends[0] :].lstrip())
            people, end = self._latin(text, begin)
            return (people, end) if people else ((), start)
        for end in reversed(ends):
            word = fold(text[start:end]).rstrip(".'’")
            word = word.removesuffix("'s").removesuffix("’s")
            part = not self.whole and end == ends[0] and not self.phrasing.is_small(word)
            found = self._full.get(word) or (part and self._parts.get(word))
            if found:
                return tuple(dict.fromkeys(found)), end
        return (), start

    def _past_title(self, text: str, end: int, people: list[Person]) -> int:
        """Pass over a post behind a name: 韩立群总, 江涛经理."""
        post = self._post(text, end, people)
        if len(post) > 1 or (post and BREAK.match(text, end + 1)):
            return end + len(post)
        return end

    def _post(self, text: str, start: int, people: list[Person]) -> str:
        """Return the longest post that stands there: one of the pack's, or what a post of these people ends with."""
        own = {
            title[-n:]
            for p in people
            for title in self._posts.get(p.id, ())
            for n in range(2, len(title) + 1)
        }
        return max(
            (t for t in (*self.phrasing.titles, *own) if text.startswith(t, start)), key=len, default=""
        )

    def _titled(self, text: str, start: int) -> tuple[tuple[Person, ...], int] | None:
        for family in (text[start : start + 2], text[start : start + 1]):
            people = self._families.get(family, [])
            post = self._post(text, start + len(family), people) if people else ""
            if post:
                posted = [p for p in people if any(post in title for title in self._posts[p.id])]
                meant = posted or ([] if self.strict else people)
                if meant:
                    return _highest(meant, self.register), start + len(family) + len(post)
        return None

    def _nicknamed(self, text: str, start: int) -> tuple[tuple[Person, ...], int] | None:
        if (
            text[start] not in "阿小老大"
            or start + 1 >= len(text)
            or text[start : start + 2] in self.phrasing.titles
        ):
            return None
        sign, end = text[start + 1], start + 2
        given = [p for p in self.people if is_chinese(p.name) and sign in p.name[1:]]
        # 大家 is everybody, unless a name stands there alone.
        if text[start] != "阿" and not (BREAK.match(text, end) or self.phrasing.joins.match(text, end)):
            given = []
        people = given or self._families.get(sign, [])
        return (tuple(dict.fromkeys(people)), end) if people else None


def calls(house: Organization) -> tuple[str, ...]:
    """Return how an organization is called: by its names, and for short by how they begin: 盛筵, Acme."""
    names = names_of(house)
    short: list[str] = []
    for name in names:
        if is_chinese(name):
            short += [name[:n] for n in range(len(name) - 1, 1, -1)] if len(name) > 3 else []
        else:
            words = name.split()
            short += [" ".join(words[:n]) for n in range(len(words) - 1, 0, -1)]
    return (*names, *(s for s in short if is_chinese(s) or len(s) > 2))


def _surname(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def _highest(people: list[Person], register: Register) -> tuple[Person, ...]:
    """Of several of one surname, 李总 is the one highest up, if only one is."""
    level = {p.id: min((job.level or 9 for job in register.posts(p.id)), default=9) for p in people}
    top = min(level.values(), default=9)
    first = tuple(dict.fromkeys(p for p in people if level[p.id] == top))
    return first if len(first) == 1 else tuple(dict.fromkeys(people))


def customers_of(snapshot: Snapshot) -> dict[str, set[str]]:
    """Return the customers to whom each person belongs, by id."""
    above = {tie.src: tie.dst for tie in snapshot.all(PartOf)}
    customers = {o.id for o in snapshot.all(Organization) if o.type == "customer"}
    found: dict[str, set[str]] = defaultdict(set)
    for cls in (WorksAt, MemberOf):
        for tie in snapshot.all(cls):
            place, seen = tie.dst, set()
            while place not in customers and place in above and place not in seen:
                seen.add(place)
                place = above[place]
            if place in customers:
                found[tie.src].add(place)
    return found


class People:
    """The people of an account and of ours; without an account those of every customer, by whole names only."""

    def __init__(self, register: Register, phrasing: Phrasing, account: str | None) -> None:
        snapshot = register.snapshot
        inside = register.within(account) if account else customers_of(snapshot).keys()
        us = register.within(snapshot.us.id) if snapshot.us else set()
        people = snapshot.all(Person)
        self.theirs = House(
            (p for p in people if p.id in inside and p.id not in us),
            register, phrasing, strict=False, whole=account is None,
        )  # fmt: skip
        others = [
            o for o in snapshot.all(Organization) if (o.type == "supplier" and not o.us) or o.id == account
        ]
        self.houses = re.compile(any_of(n for o in others for n in calls(o)) or "(?!)", re.I)
        """The account and our rivals by name."""
        self.ours = House((p for p in people if p.id in us), register, phrasing, strict=True, whole=False)

    def is_name(self, text: str) -> bool:
        """Tell whether a text is somebody's whole name."""
        return any(house.has(text) for house in (self.theirs, self.ours))

    def at(self, text: str, start: int) -> Named | None:
        """Return whom the words at a place mean, theirs before ours where both may be meant."""
        (theirs, a), (ours, b) = self.theirs.at(text, start), self.ours.at(text, start)
        if ours and b > a:
            return Named(ours, b, ours=True)
        return Named(theirs, a) if theirs else None

    def nearest(self, text: str) -> list[str]:
        """Return the names of theirs and ours that are most like a text."""
        from powermap.editing.occasion import nearest

        return nearest(text, (n for p in (*self.theirs.people, *self.ours.people) for n in names_of(p)))
