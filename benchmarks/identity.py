"""How well duplicates are found: on invented people with labels, precision, recall and time.

``python benchmarks/identity.py [--people 2000] [--seed 1]``

Some people have a second record, spoiled as files spoil them: a slip of the pen, the order of names turned round, pinyin
for characters, a nickname, a middle name, an initial, another account after a move. Others only look alike: namesakes in
one company and elsewhere, brothers and sisters, colleagues behind one mailbox or one switchboard. Everybody is invented.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from pypinyin import lazy_pinyin

from powermap.identity.pairs import Pair
from powermap.identity.search import people as find
from powermap.model import Organization, Period, Person, Record, Snapshot, WorksAt
from powermap.model.surnames import COMPOUND, READINGS

_FAMILY = (
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 "
    "苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 单 解 查 仇 翟 任 盖 朴 区 欧阳 司马 上官 诸葛 令狐"
)
_CHARACTERS = (
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀 霞 平 刚 桂 英 华 玉 兰 建 国 文 辉 力 海 波 宁 志 永 健 世 广 "
    "新 利 清 飞 彬 富 顺 信 子 昌 成 康 星 光 天 达 安 岩 中 茂 进 有 坚 和 彪 博 诚 先 敬 震 振 壮 会 思 群 豪 心 邦 承"
)
_GIVEN = (
    "Robert William Elizabeth Katherine Michael Margaret Thomas Richard Andrew Christopher Daniel Patricia Jennifer Samuel "
    "Nicholas Benjamin Victoria Theodore Gregory Matthew Alexander Susan Rebecca Anthony Edward Joseph Frederick Stephen "
    "Ingrid Marcel Yolanda Octavio Fiona Dmitri Annika Bertrand Camilla Desmond Esperanza Florian Gustav Henrike Isolde "
    "Jasper Konrad Leonie Mirela Norbert Ottilie Pascal Quentin Rosalind Sigrid Tobias Ulrike Viktor Wendelin Xenia Zoltan"
)
_LATIN = (
    "Abernathy Blackwood Castellano Dragomir Eriksson Fitzgerald Grunewald Hartmann Ivanovic Johannsen Kowalski Lindqvist "
    "Montgomery Nakamura Oppenheim Pemberton Quesenberry Rasmussen Silverstone Thornbury Underhill Vandenberg Whitfield "
    "Yarborough Zimmermann Ashcroft Bellweather Cartwright Dunmore Ellsworth Fairbanks Goodwin Hathaway Inglewood Jefferies"
)
_TITLES = (
    "Chief Executive|Chief Financial Officer|Head of Procurement|Plant Manager|Senior Buyer|Process Engineer|Head of Quality|"
    "IT Director|Project Manager|Maintenance Lead|Legal Counsel|Controller|Head of Logistics|Product Manager|Lab Technician"
)
_UNITS = (
    "Board|Finance|Procurement|Production|Quality|IT|Projects|Maintenance|Legal|Logistics|Products|Laboratory"
)
_SHORT = {
    "Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Katherine": "Kate", "Michael": "Mike", "Margaret": "Meg",
    "Thomas": "Tom", "Richard": "Dick", "Andrew": "Andy", "Christopher": "Chris", "Daniel": "Dan", "Patricia": "Pat",
    "Jennifer": "Jenny", "Samuel": "Sam", "Nicholas": "Nick", "Benjamin": "Ben", "Victoria": "Vicky", "Theodore": "Ted",
    "Gregory": "Greg", "Matthew": "Matt", "Alexander": "Alex", "Susan": "Sue", "Rebecca": "Becky", "Anthony": "Tony",
    "Edward": "Ned", "Joseph": "Joe", "Frederick": "Fred", "Stephen": "Steve",
}  # fmt: skip
MAIL, PHONE, TITLE, UNIT, PAGE = 0.6, 0.35, 0.95, 0.9, 0.15
"""How often a record holds each of these. Of 96 contacts of a real CRM, 96 have a title and 95 a department."""
AGAIN, LOOKALIKE = 0.2, 0.15
"""How often a person has a second record, and how often somebody who only looks alike."""


@dataclass(frozen=True)
class Entry:
    """What is true of a person: names, post and addresses, of which each record shows a part."""

    family: str
    given: str
    chinese: bool
    account: int
    title: str
    unit: str
    mail: str
    phone: str
    page: str
    ended: bool = False


@dataclass
class Labelled:
    """Records, and the pairs of ids that mean one person."""

    records: list[Record] = field(default_factory=list)
    truth: set[tuple[str, str]] = field(default_factory=set)
    kinds: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot.of(self.records)


class Inventor:
    """Invents people and spoils their records, the same ones for the same seed."""

    def __init__(self, seed: int, accounts: int) -> None:
        self.random = random.Random(seed)
        self.accounts = accounts
        self.numbers: Iterator[int] = iter(range(1, 10**9))
        self.taken: set[str] = set()

    def entry(self) -> Entry:
        """Invent a person."""
        r, chinese = self.random, self.random.random() < 0.5
        family = r.choice((_FAMILY if chinese else _LATIN).split())
        if chinese:
            given = "".join(r.choices(_CHARACTERS.split(), k=r.choice((1, 2, 2, 2))))
        else:
            given = r.choice(_GIVEN.split())
        account = r.randrange(self.accounts)
        return self._addressed(family, given, chinese, account)

    def _addressed(self, family: str, given: str, chinese: bool, account: int) -> Entry:
        r, number = self.random, next(self.numbers)
        local = f"{pinyin(given, False)}.{pinyin(family, True)}".lower()
        # A company gives an address once.
        mail = f"{local}@firm{account}.example"
        mail = mail if mail not in self.taken else f"{local}{number}@firm{account}.example"
        self.taken.add(mail)
        return Entry(
            family, given, chinese, account, r.choice(_TITLES.split("|")), r.choice(_UNITS.split("|")),
            mail,
            f"+49 170 {number:07d}", f"https://www.linkedin.com/in/{local}-{number}",
        )  # fmt: skip

    def name(self, entry: Entry) -> str:
        """Write a name as it is written first."""
        return entry.family + entry.given if entry.chinese else f"{entry.given} {entry.family}"

    def put(self, labelled: Labelled, entry: Entry, name: str, *, full: bool = False) -> str:
        """Write a record that shows a part of what is true; return its id."""
        r, ident = self.random, f"p{next(self.numbers):08d}"

        def shown(value: str, often: float) -> str:
            return value if full or r.random() < often else ""

        page = shown(entry.page, PAGE)
        person = Person(
            ident,
            name=name,
            email=shown(entry.mail, MAIL),
            phone=shown(entry.phone, PHONE),
            keys=(f"linkedin|person|{page}",) if page else (),
        )
        period = Period(None, date(2026, 3, 1)) if entry.ended else Period()
        job = WorksAt(
            f"w{ident}",
            src=ident,
            dst=f"o{entry.account}",
            period=period,
            title=shown(entry.title, TITLE),
            unit=shown(entry.unit, UNIT),
        )
        labelled.records += [person, job]
        return ident

    # -- second records ------------------------------------------------------------------------------------------

    def spoiled(self, entry: Entry) -> tuple[str, Entry, str]:
        """Return the kind of spoiling, and the person and the name as a second file has them."""
        r = self.random
        kinds = ["same", "turned", "moved", "typo"]
        kinds += ["pinyin", "pinyin", "pinyin"] if entry.chinese else ["middle", "initial"]
        kinds += ["nickname", "nickname"] if entry.given in _SHORT else []
        kind = r.choice(kinds)
        name = getattr(self, f"_{kind}")(entry)
        if kind != "moved":
            return kind, entry, name
        account = (entry.account + 1 + r.randrange(self.accounts - 1)) % self.accounts
        there = replace(
            entry, account=account, mail=entry.mail.replace(f"firm{entry.account}", f"firm{account}")
        )
        return kind, there, name

    def _same(self, entry: Entry) -> str:
        return self.name(entry)

    _moved = _same

    def _turned(self, entry: Entry) -> str:
        if entry.chinese:
            return f"{entry.family} {entry.given}"
        return self.random.choice((f"{entry.family}, {entry.given}", f"{entry.family.upper()} {entry.given}"))

    def _typo(self, entry: Entry) -> str:
        text, r = self.name(entry), self.random
        if entry.chinese:
            return text
        place = r.randrange(len(entry.given) + 3, len(text) - 1)
        return r.choice(
            (
                text[:place] + text[place + 1] + text[place] + text[place + 2 :],
                text[:place] + text[place + 1 :],
                text[:place] + text[place] + text[place:],
            )
        )

    def _pinyin(self, entry: Entry) -> str:
        family, given = pinyin(entry.family, True), pinyin(entry.given, False)
        parts = [s.title() for s in lazy_pinyin(entry.given)]
        return self.random.choice(
            (
                f"{family.title()} {given.title()}",
                f"{given.title()} {family.title()}",
                f"{family.upper()} {'-'.join(parts)}",
                f"{' '.join(parts)} {family.title()}",
                f"{family.title()}, {given.title()}",
            )
        )

    def _nickname(self, entry: Entry) -> str:
        return f"{_SHORT[entry.given]} {entry.family}"

    def _middle(self, entry: Entry) -> str:
        return f"{entry.given} {self.random.choice(_GIVEN.split())} {entry.family}"

    def _initial(self, entry: Entry) -> str:
        return f"{entry.given[0]}. {entry.family}"

    # -- who only looks alike ------------------------------------------------------------------------------------

    def lookalike(self, entry: Entry) -> Entry:
        """Return another person who looks like one."""
        r = self.random
        kind = r.choice(("namesake here", "namesake elsewhere", "sibling", "mailbox", "switchboard"))
        if kind == "namesake here":
            return self._addressed(entry.family, entry.given, entry.chinese, entry.account)
        if kind == "namesake elsewhere":
            account = (entry.account + 1) % self.accounts
            return self._addressed(entry.family, entry.given, entry.chinese, account)
        other = self.entry()
        if kind == "sibling" and other.chinese == entry.chinese:
            return self._addressed(entry.family, other.given, entry.chinese, entry.account)
        there = replace(other, account=entry.account)
        if kind == "mailbox":
            return replace(there, mail=f"sales@firm{entry.account}.example")
        return replace(there, phone=f"+49 40 {entry.account:04d}000")


def pinyin(characters: str, family: bool) -> str:
    """Spell characters, family names as they are read as such; Latin letters stay."""
    if family and characters in COMPOUND:
        return COMPOUND[characters]
    if family and characters in READINGS:
        return READINGS[characters][0]
    return "".join(lazy_pinyin(characters))


def labelled(people: int, seed: int = 1, per_account: int = 40) -> Labelled:
    """Invent so many people, some with two records, among them some who only look alike."""
    found, inventor = Labelled(), Inventor(seed, max(2, people // per_account))
    found.records += [Organization(f"o{i}", name=f"Firm {i}") for i in range(inventor.accounts)]
    for _ in range(people):
        entry = inventor.entry()
        if inventor.random.random() < AGAIN:
            kind, second, name = inventor.spoiled(entry)
            first = replace(entry, ended=kind == "moved" and inventor.random.random() < 0.8)
            ids = inventor.put(found, first, inventor.name(entry)), inventor.put(found, second, name)
            pair = (min(ids), max(ids))
            found.truth.add(pair)
            found.kinds[pair] = kind
        else:
            inventor.put(found, entry, inventor.name(entry))
        if inventor.random.random() < LOOKALIKE:
            other = inventor.lookalike(entry)
            inventor.put(found, other, inventor.name(other))
    return found


@dataclass(frozen=True)
class Quality:
    """Precision and recall of the pairs of some verdicts."""

    found: int
    right: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def quality(pairs: list[Pair], truth: set[tuple[str, str]], *verdicts: str) -> Quality:
    """Judge the pairs of these verdicts by the labels."""
    found = {(p.one, p.other) for p in pairs if p.verdict in verdicts}
    return Quality(len(found), len(found & truth), len(truth))


def identified(labels: Labelled) -> set[tuple[str, str]]:
    """Return the true pairs whose two records share an address or a page, which is all that can be called the same."""
    people = {r.id: r for r in labels.records if isinstance(r, Person)}
    return {
        (a, b)
        for a, b in labels.truth
        if (people[a].email and people[a].email == people[b].email)
        or set(people[a].keys) & set(people[b].keys)
    }


def main() -> None:
    """Print the quality and the time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    labels = labelled(given.people, given.seed)
    snapshot, before = labels.snapshot, time.perf_counter()
    pairs = find(snapshot, hints=True)
    took = time.perf_counter() - before
    print(f"{len(snapshot.all(Person)):,} records, {len(labels.truth):,} true pairs, {took:.1f} s")
    for title, verdicts, truth in (
        ("same, of those that share an identifier", ("same",), identified(labels)),
        ("same or likely, of all", ("same", "likely"), labels.truth),
        ("with hints, of all", ("same", "likely", "hint", "ask"), labels.truth),
    ):
        q = quality(pairs, truth, *verdicts)
        print(f"{title}: precision {q.precision:.4f}, recall {q.recall:.4f} ({q.found:,} pairs)")
    said = {(p.one, p.other) for p in pairs if p.verdict in ("same", "likely")}
    missed = Counter(labels.kinds[p] for p in labels.truth - said)
    print("missed:", ", ".join(f"{kind} {n}" for kind, n in missed.most_common()) or "none")


if __name__ == "__main__":
    main()
