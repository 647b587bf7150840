"""Judge whether two people are one: by what identifies them, by their names, and by what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz

from powermap.identity import contacts
from powermap.identity.names import SAID, Agreement, agreement, forms, spelled
from powermap.identity.pairs import Pair, Reason, Verdict
from powermap.identity.profiles import Post, Profile
from powermap.words import Words

MANY = 3
"""So many people with one mailbox or one number: it is the company's."""
AGREES = {
    Agreement.SAME: 1.0,
    Agreement.ORDER: 1.0,
    Agreement.READING: 0.97,
    Agreement.NICKNAME: 0.97,
    Agreement.PARTIAL: 0.97,
    Agreement.TYPO: 0.95,
    Agreement.INITIAL: 0.95,
}
"""How much a name that agrees in this way is worth beside the same name."""
NEEDED = {Agreement.TYPO: 2.5, Agreement.INITIAL: 2.5}
"""Points beside the name that make a pair likely; two for all other names."""


@dataclass
class Population:
    """What is common among all people: the mailboxes and numbers of many, and how often a name occurs."""

    people: Iterable[Profile]
    mails: Counter[str] = field(default_factory=Counter)
    phones: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for profile in self.people:
            self.mails.update(profile.mails)
            self.phones.update(profile.phones)
            self.names.update({min(f.glued) for n in profile.names for f in forms(n)})

    def owns(self, address: str) -> bool:
        """Tell whether an address is one person's: not called as a mailbox of many, and not had by many."""
        return not contacts.is_shared(address) and self.mails[address] < MANY

    def common(self, profile: Profile) -> int:
        """Return how many people have the rarest of a person's names."""
        return min((self.names[min(f.glued)] for n in profile.names for f in forms(n)), default=0)


@dataclass
class _Comparison:
    """Two people and what was found of them so far."""

    one: Profile
    other: Profile
    among: Population
    reasons: list[Reason] = field(default_factory=list)
    points: float = 0.0

    @cached_property
    def names(self) -> Agreement:
        return agreement(self.one.names, self.other.names)

    def found(
        self, code: str, zh: str, en: str, value: str = "", points: float = 0.0, *, against: bool = False
    ) -> None:
        self.reasons.append(Reason(code, Words(zh, en), value, against))
        self.points += -points if against else points

    def identified(self) -> bool:
        """Look for what belongs to one person alone."""
        one, other, before = self.one, self.other, len(self.reasons)
        for address in sorted(one.mails & other.mails):
            if self.among.owns(address):
                self.found("same-email", "邮箱相同", "same e-mail", address)
        for page in sorted(one.pages & other.pages):
            self.found("same-profile", "个人主页相同", "same profile page", page)
        for key in sorted(one.ids & other.ids):
            self.found("same-id", "外部编号相同", "same id in another system", key)
        certain = len(self.reasons) > before
        for number in sorted(one.phones & other.phones):
            if self.among.phones[number] < MANY:
                self.found("same-phone", "电话相同", "same phone number", number, 2.5)
        return certain

    def shared(self) -> None:
        """Say what both have and many others too."""
        for address in sorted(self.one.mails & self.other.mails):
            if not self.among.owns(address):
                self.found(
                    "shared-mailbox", "公用邮箱，不算数", "a mailbox of many, which says nothing", address
                )

    def surroundings(self) -> None:
        """Look at posts, bosses, our owners and addresses that are alike."""
        one, other = self.one, self.other
        pairs = [(a, b) for a in one.posts for b in other.posts if a.account == b.account]
        if pairs:
            self.found("same-account", "同一客户", "at the same account", points=1)
            self._posts(pairs)
        elif one.posts and other.posts:
            self._titles_elsewhere()
        if one.bosses & other.bosses:
            self.found("same-boss", "上级相同", "the same boss", points=1)
        if one.owners & other.owners and pairs:
            self.found("same-owner", "我方负责人相同", "looked after by the same of ours", points=0.5)
        if not one.mails & other.mails and (parts := self._local_parts(one) & self._local_parts(other)):
            self.found("same-local-part", "邮箱前缀相同", "same name before the @", sorted(parts)[0], 1.5)
        common = max(self.among.common(one), self.among.common(other))
        if common <= 2:
            self.found("rare-name", "别无同名者", "nobody else has this name", points=0.5)
        elif common > MANY and not pairs:
            self.found(
                "common-name",
                f"{common} 人有此名",
                f"{common} people have this name",
                points=0.5,
                against=True,
            )

    def _local_parts(self, profile: Profile) -> set[str]:
        """Return what stands before the @ and isn't just the name, which says no more than the name does."""
        letters = {"".join(sorted(form)) for form in spelled(profile.names)}
        found = set()
        for address in profile.mails:
            local = address.partition("@")[0]
            plain = re.sub(r"[\W_]", "", local)
            if self.among.owns(address) and len(plain) >= 5 and "".join(sorted(plain)) not in letters:
                found.add(local)
        return found

    def _posts(self, pairs: list[tuple[Post, Post]]) -> None:
        titled = [(a, b) for a, b in pairs if a.titles and b.titles]
        if titled:
            best = max(_alike(a.titles, b.titles) for a, b in titled)
            if best >= 85:
                self.found("same-title", "职务相同", "the same title", points=1)
            elif best < 60:
                self.found("other-title", "职务不同", "another title", points=1, against=True)
        housed = [(a, b) for a, b in pairs if a.units and b.units]
        if housed:
            if max(_alike(a.units, b.units) for a, b in housed) >= 85:
                self.found("same-department", "部门相同", "the same department", points=1)
            else:
                self.found("other-department", "部门不同", "another department", points=1, against=True)

    def _titles_elsewhere(self) -> None:
        titled = [(a, b) for a in self.one.posts for b in self.other.posts if a.titles and b.titles]
        if titled and max(_alike(a.titles, b.titles) for a, b in titled) >= 85:
            self.found("same-title", "职务相同", "the same title", points=0.5)
        housed = [(a, b) for a in self.one.posts for b in self.other.posts if a.units and b.units]
        if housed and max(_alike(a.units, b.units) for a, b in housed) >= 85:
            self.found("same-department", "部门同名", "a department of the same name", points=0.5)
        left = [p for p in (*self.one.posts, *self.other.posts) if p.tie.period.end is not None]
        if left:
            self.found("left", "其中一份工作已结束", "one of the jobs has ended", points=1)

    def contrary(self) -> bool:
        """Look for what only two people can be."""
        one, other = self.one, self.other
        lists = dict(one.numbers)
        for name, number in sorted(other.numbers):
            if lists.get(name, number) != number:
                self.found(
                    "two-numbers", "同一名单里有两个编号", "two numbers in one list", f"{lists[name]}, {number}",
                    1.5, against=True,
                )  # fmt: skip
        domains = {contacts.domain(a) for a in one.mails} & {contacts.domain(a) for a in other.mails} - {""}
        if domains and not one.mails & other.mails:
            self.found(
                "two-addresses", "同一公司有两个邮箱", "two addresses of one company",
                ", ".join(sorted(one.mails | other.mails)), 2, against=True,
            )  # fmt: skip
        hard = len(self.reasons)
        if other.person.id in one.bosses or one.person.id in other.bosses:
            self.found("boss", "一人是另一人的上级", "one is the other's boss", points=4, against=True)
        if one.met & other.met:
            self.found("met-together", "一起出席过", "they took part in one meeting", points=4, against=True)
        return len(self.reasons) > hard


def _alike(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return max(fuzz.ratio(a, b) for a in ours for b in theirs)


def judge(one: Profile, other: Profile, among: Population) -> Pair | None:
    """Judge two people; None if nothing speaks for it that they are one."""
    both = _Comparison(one, other, among)
    certain = both.identified()
    if not certain and both.names < Agreement.INITIAL:
        return None
    both.reasons.insert(0, Reason("name", SAID[both.names], against=both.names is Agreement.DIFFERENT))
    excluded = both.contrary()
    # Who has one work address at two accounts works at one, which is there twice.
    apart = bool(one.posts and other.posts) and one.accounts.isdisjoint(other.accounts)
    moved = apart and not any(contacts.domain(a) for a in one.mails & other.mails if among.owns(a))
    if certain:
        agree = both.names is not Agreement.DIFFERENT and not excluded
        verdict: Verdict = "same" if agree else "ask"
        sure = (0.99 if both.names >= Agreement.INITIAL else 0.97) if agree else 0.5
    else:
        both.surroundings()
        both.shared()
        verdict, sure = _by_points(both)
    if moved and verdict != "hint":
        _tell_of_move(both)
    a, b = sorted((one.person.id, other.person.id))
    return Pair("Person", a, b, verdict, round(sure, 2), tuple(both.reasons), moved and verdict != "hint")


def _by_points(both: _Comparison) -> tuple[Verdict, float]:
    """Weigh names and surroundings: the name alone is never more than a hint."""
    worth = AGREES[both.names]
    if both.points >= NEEDED.get(both.names, 2.0):
        return "likely", min(0.95, 0.65 + 0.1 * both.points) * worth
    return "hint", max(0.05, min(0.6, 0.3 + 0.15 * both.points)) * worth


def _tell_of_move(both: _Comparison) -> None:
    both.found(
        "moved",
        "换了客户：在原客户处是风险，在新客户处是机会",
        "moved to another account: a risk at the old one, an opening at the new one",
    )
