"""The decision rule of a deal: text a person writes, and the tree it is parsed into.

::

    rule    := either
    either  := both ("or" both)*
    both    := part ("and" part)*
    part    := "(" either ")" | ["at least"] NEED "of" items | "majority" ["of"] items | "quorum" NEED ["of"] items
             | "score" NEED ["of"] items | "not" "opposed" "(" token ")" | token
    items   := "(" item ("," item)* ")"
    item    := [CRITERION "by"] either [":" VOTES]
    NEED    := a number, or a part of all votes: a percentage, 2/3, two thirds, half
    token   := a title, role, name or id; in quotes if it has spaces or is a keyword

``2 of (CTO, COO, CPO)`` needs two yeses. With votes, ``51 of (CEO: 50, CTO: 49, CFO: 1)`` needs 51 votes: a quota.
Chambers are quotas joined by ``and``. A quorum is so many members in favour; who stays away is not. A score sheet,
``score 60 of (technology by CTO: 50, price by CFO: 30, service by (COO or CTO): 20)``, gives a criterion's points when
those who score it are in favour. Chinese: 和/与/并且, 或, 不反对(X), 至少 2 人(甲、乙 和 丙), 过半数(…), 半数(…),
三分之二(…), 法定人数 3(…), 评分 60(技术 由 CTO: 50, …). In a list 和 and 与 part members as 、 does, and are refused beside 或;
并且 joins two into one. Full-width digits and marks are read as others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from powermap.errors import AnalysisError
from powermap.words import Words, both


def _columns(text: str) -> int:
    """Count the columns of a terminal that a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class RuleFault(AnalysisError):
    """A rule that can't be read: `position` is the 0-based character, `reason` the fault without its place."""

    def __init__(self, text: str, position: int, words: Words) -> None:
        super().__init__(
            Words(
                f"{words.zh}（决策规则第 {position + 1} 个字符）",
                f"{words.en} (character {position + 1} of the decision rule)",
            ),
            hint=both(f"{text}\n{' ' * _columns(text[:position])}^"),
        )
        self.text, self.position, self.reason = text, position, words


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's yes; with `tolerates`, merely that they aren't opposed."""

    token: str
    position: int
    tolerates: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `need` of the votes of the parts; `and` and `or` are quotas of all and of one.

    `kind` (of, and, or, majority, quorum, score) and `labels` (the criteria of a score sheet, whose yes is a veto) only
    say how it was put. `share` is the part of all votes that is needed, where one was written (a majority is 1/2, and
    needs more); `stated` tells whether the votes stand in the rule.
    """

    need: float
    parts: tuple[Member | Quota, ...]
    votes: tuple[float, ...]
    kind: str = "of"
    labels: tuple[str, ...] = ()
    share: float | None = None
    stated: bool = False


def threshold(kind: str, share: float, votes: Sequence[float]) -> float:
    """Return how many of all votes a part of them is; a majority is more than half of them."""
    total = sum(votes)
    whole = all(float(v).is_integer() for v in votes)
    if kind == "majority":
        # For whole votes the next one, else the least above.
        return total // 2 + 1 if whole else total / 2 + 1e-6
    # People and whole votes come whole: 60 % of three are two.
    return float(ceil(share * total - 1e-9)) if whole else share * total


Node = Member | Quota
Read = TypeVar("Read")

MAX_DEPTH = 50
MAX_DIGITS = 15
"""Digits in a row of a number, as many as it keeps."""
_NARROW = str.maketrans("０１２３４５６７８９％．／（），、：", "0123456789%./(),,:")
"""One character for one, so that places stay."""
_COUNTS = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_SHARES = {"半数": 1 / 2, "一半": 1 / 2, "half": 1 / 2, "twothirds": 2 / 3, "threequarters": 3 / 4}
_UNIT = "人票名位分"
_HAN = "[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_NUM = (
    rf"百分之(?:\d+(?:\.\d+)?|{_HAN})|\d+\s*/\s*[1-9]\d*|\d+(?:\.\d+)?(?:\s*%)?|[二三四五六七八九十]分之[一二三四五六七八九]|半数|一半"
    rf"|half|two[- ]thirds|three[- ]quarters|(?:{_HAN})(?=\s*(?:(?!分之)[{_UNIT}(]|of\b))"
)
_TOKEN = re.compile(
    rf"\s*(?:(?P<num>{_NUM})(?:以上)?(?=\s*(?:of\b|[{_UNIT}(),:]|$))"
    r"""|(?P<quote>"[^"]*"|“[^”]*”|'[^']*')|(?P<mark>[(),:])|(?P<word>[^\s(),:"“]+))""",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    rf"at\s+least(?=\s+(?:{_NUM}))|(?:至少|评分|法定人数)(?=\s*(?:{_NUM}))", re.IGNORECASE
)
_KEYWORDS = {
    "and": "and",
    "且": "and",
    "和": "with",
    "与": "with",
    "并且": "and",
    "&": "and",
    "or": "or",
    "或": "or",
    "或者": "or",
    "of": "of",
    "not": "not",
    "opposed": "opposed",
    "不反对": "tolerates",
    "至少": "atleast",
    **dict.fromkeys(_UNIT, "unit"),
    **dict.fromkeys((u + "以上" for u in _UNIT), "unit"),
    "majority": "majority",
    "超过半数": "majority",
    "过半数": "majority",
    "quorum": "quorum",
    "法定人数": "quorum",
    "score": "score",
    "评分": "score",
    "by": "by",
    "由": "by",
}


def _number(written: str) -> tuple[float, bool]:
    """Return a number, and whether it is a part of all votes."""
    text = re.sub(r"[\s-]", "", written.lower())
    if text in _SHARES:
        return _SHARES[text], True
    if text.startswith("百分之"):
        return _count(text[3:]) / 100, True
    if "分之" in text:
        return _count(text[-1]) / _count(text[0]), True
    above, slash, below = text.rstrip("%").partition("/")
    if slash:
        return float(above) / float(below), True
    percent = text.endswith("%")
    return _count(above) / (100 if percent else 1), percent


def _count(text: str) -> float:
    tens, ten, ones = text.partition("十")
    if ten:
        return 10.0 * _COUNTS.get(tens, 1) + _COUNTS.get(ones, 0)
    return float(_COUNTS.get(text, text))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        text = text.translate(_NARROW)
        self.tokens: list[tuple[str, str, int]] = []
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            if not match or match.end() == place:
                if not text[place:].strip():
                    break
                raise RuleFault(self.text, place, Words("这里看不懂", "this can't be read"))
            kind = str(match.lastgroup)
            value = match[kind]
            start = match.start(kind)
            if kind == "word" and (head := _BEFORE_NUMBER.match(text, start)):
                self.tokens.append((_KEYWORDS.get(head[0], "atleast"), head[0], start))
                place = head.end()
                continue
            if kind == "quote":
                # A name in quotes is as it was written.
                self.tokens.append(("name", self.text[start + 1 : match.end() - 1].strip(), start))
            elif kind == "word" and value.lower() in _KEYWORDS:
                self.tokens.append((_KEYWORDS[value.lower()], value, start))
            elif kind == "mark":
                self.tokens.append((value, value, start))
            elif kind == "num" and re.search(rf"\d{{{MAX_DIGITS + 1}}}", value):
                words = Words(
                    f"这个数太长，最多 {MAX_DIGITS} 位",
                    f"this number is too long: at most {MAX_DIGITS} digits",
                )
                raise RuleFault(self.text, start, words)
            else:
                self.tokens.append(("num" if kind == "num" else "name", value, start))
            place = match.end()
        self.at = self.depth = 0
        self.listed = False

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "end"

    def place(self) -> int:
        return self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)

    def take(self, kind: str, zh: str, en: str) -> str:
        if self.peek() != kind:
            raise RuleFault(self.text, self.place(), Words(f"这里应为{zh}", f"{en} is expected here"))
        self.at += 1
        return self.tokens[self.at - 1][1]

    def either(self) -> Node:
        if self.depth >= MAX_DEPTH:
            raise RuleFault(
                self.text,
                self.place(),
                Words("括号嵌套太深", f"brackets are nested deeper than {MAX_DEPTH}"),
            )
        self.depth += 1
        found = self._joined(("or",), self.both, 1)
        self.depth -= 1
        return found

    def both(self) -> Node:
        # Among the members of a list, 和 is a comma.
        return self._joined(("and",) if self.listed else ("and", "with"), self.part, None)

    def within(self, listed: bool, read: Callable[[], Read]) -> Read:
        """Read what stands inside or outside a list."""
        before, self.listed = self.listed, listed
        found = read()
        self.listed = before
        return found

    def _joined(self, words: tuple[str, ...], part: Callable[[], Node], need: int | None) -> Node:
        first = self.at
        parts = [part()]
        while self.peek() in words:
            self.at += 1
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        if self.listed and words[0] == "or":
            self._stands_alone(first)
        return Quota(float(need or len(parts)), tuple(parts), (1.0,) * len(parts), words[0])

    def _stands_alone(self, first: int) -> None:
        """Refuse 和 right beside an item with 或: it could part two items, or bind closer than 或 within one."""
        kinds = [kind for kind, _, _ in self.tokens[first - 2 : first]]
        # Votes end an item.
        before = kinds[1] == "with" and kinds[0] not in ("num", "unit")
        if before or self.peek() == "with":
            words = Words(
                "“和”与“或”在一起，这里说不清：两项写成“A 或 B、C”，一项写成“A 或 (B 和 C)”",
                "beside `或` this can be read in two ways: write two items as `A or B, C`, one as `A or (B and C)`",
            )
            raise RuleFault(self.text, self.tokens[first - 1][2] if before else self.place(), words)

    def part(self) -> Node:
        kind, place = self.peek(), self.place()
        if kind == "(":
            self.at += 1
            inner = self.within(False, self.either)
            self.take(")", "右括号", "a closing bracket")
            return inner
        if kind == "atleast":
            self.at += 1
            kind = self.peek()
        if kind in ("majority", "quorum", "score"):
            self.at += 1
            need = None if kind == "majority" else self.take("num", "数字", "a number")
            return self._quota(need, place, kind)
        if kind == "num":
            return self._quota(self.take("num", "数字", "a number"), place, "of")
        if kind == "not":
            self.at += 1
            self.take("opposed", "opposed", "the word opposed")
            return self._tolerates()
        if kind == "tolerates":
            self.at += 1
            return self._tolerates()
        if kind == "name":
            return Member(self._name(), place)
        raise RuleFault(
            self.text,
            place,
            Words("这里应为一个人、一个角色或一个括号", "a person, a role or a bracket is expected here"),
        )

    def _name(self) -> str:
        # Words that follow each other are one name: Head of Procurement needs quotes only for its "of".
        parts = [self.take("name", "一个人或角色", "a person or a role")]
        while self.peek() == "name":
            parts.append(self.take("name", "", ""))
        return " ".join(parts)

    def _tolerates(self) -> Node:
        self.take("(", "左括号", "an opening bracket")
        place = self.place()
        member = Member(self._name(), place, tolerates=True)
        self.take(")", "右括号", "a closing bracket")
        return member

    def _quota(self, written: str | None, place: int, kind: str) -> Node:
        for skipped in ("unit", "of"):
            if self.peek() == skipped:
                self.at += 1
        self.take("(", "左括号", "an opening bracket")
        labels, parts, votes, stated = zip(*self.within(True, self._items), strict=True)
        self.take(")", "逗号或右括号", "a comma or a closing bracket")
        total = sum(votes)
        need, part = (0.5, True) if written is None else _number(written)
        share = need if part else None
        if share is not None:
            need = threshold(kind, share, votes)
        elif set(votes) == {1.0}:
            need = float(ceil(need - 1e-9))
        if not need > 0:
            raise RuleFault(self.text, place, Words("需要的数应大于 0", "what is needed must be above 0"))
        if need > total:
            zh, en = ("分", "point") if kind == "score" else ("票", "vote")
            zh, en = ("人", "member") if kind != "score" and set(votes) == {1.0} else (zh, en)
            words = Words(
                f"{need:g} 达不到：这里一共只有 {total:g} {zh}",
                f"{need:g} can't be reached: the list has {total:g} {en}{'s' * (total != 1)}",
            )
            raise RuleFault(self.text, place, words)
        return Quota(need, parts, votes, kind, labels if any(labels) else (), share, any(stated))

    def _items(self) -> list[tuple[str, Node, float, bool]]:
        items: list[tuple[str, Node, float, bool]] = []
        joined = None
        while True:
            label, part, votes = self._item()
            items.append((label, part, 1.0 if votes is None else votes, votes is not None))
            if self.peek() not in (",", "with"):
                break
            joined = self.place() if self.peek() == "with" else joined
            self.at += 1
        if joined is not None and len({stated for *_, stated in items}) > 1:
            # Has each the votes that follow, or both together?
            words = Words(
                "这里说不清票数是谁的：每个人都写上票数，或者用“并且”把两个人连成一项",
                "whose votes these are is not clear: write each member's, or join two into one item by `and`",
            )
            raise RuleFault(self.text, joined, words)
        return items

    def _item(self) -> tuple[str, Node, float | None]:
        label, part = "", self.either()
        if self.peek() == "by" and isinstance(part, Member) and not part.tolerates:
            self.at += 1
            label, part = part.token, self.within(False, self.either)
        if self.peek() != ":":
            return label, part, None
        self.at += 1
        place = self.place()
        # Shares of a company are votes: 50% are 50.
        votes, part_of_all = _number(self.take("num", "票数", "a number of votes").rstrip("% "))
        if part_of_all or votes <= 0:
            raise RuleFault(self.text, place, Words("票数应是大于 0 的数", "votes must be a number above 0"))
        if self.peek() == "unit":
            self.at += 1
        return label, part, votes


def parse(text: str) -> Node:
    """Parse a decision rule.

    Raises
    ------
    RuleFault
        With the character that can't be read.
    """
    parser = _Parser(text)
    if parser.peek() == "end":
        raise RuleFault(text, 0, Words("规则是空的", "the rule is empty"))
    node = parser.either()
    if parser.peek() == ",":
        words = Words(
            "并列的人用“和”“或”连接，或者写成：2 人（A、B、C）",
            "join people by `and` or `or`, or count them: 2 of (A, B, C)",
        )
        raise RuleFault(text, parser.place(), words)
    if parser.peek() == "(":
        words = Words(
            "括号前面应是人数、票数、过半数、法定人数或评分",
            "before a bracket stands a number, a majority, a quorum or a score",
        )
        raise RuleFault(text, parser.place(), words)
    if parser.peek() != "end":
        raise RuleFault(text, parser.place(), Words("规则在这里应已结束", "the rule should have ended here"))
    return node


def members(node: Node) -> list[Member]:
    """Return the members of a rule in the order of writing; one who votes twice comes twice."""
    if isinstance(node, Member):
        return [node]
    return [member for part in node.parts for member in members(part)]
