"""The decision rule of a deal: text a person writes, and the tree it is parsed into.

::

    rule    := either
    either  := both ("or" both)*
    both    := part ("and" part)*
    part    := "(" either ")" | ["at least"] K "of" "(" item ("," item)* ")" | "not" "opposed" "(" token ")" | token
    item    := either [":" VOTES]
    token   := a title, role, name or id; in quotes if it has spaces or is a keyword

``2 of (CTO, COO, CPO)`` needs two yeses. With votes, ``51 of (CEO: 50, CTO: 49, CFO: 1)`` needs 51 votes: a quota.
Chambers are quotas joined by ``and``. Chinese keywords: 和/并且, 或, 不反对(X), 至少 2 人(…).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from powermap.errors import AnalysisError
from powermap.findings import Words


class RuleFault(AnalysisError):
    """A rule that can't be read: `position` is the 0-based character, `words` the reason."""

    def __init__(self, text: str, position: int, words: Words, hint: str = "") -> None:
        super().__init__(
            f"{words.en} (character {position + 1} of the decision rule)",
            hint=hint or f"{text}\n{' ' * position}^",
        )
        self.text, self.position, self.words = text, position, words


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's yes; with `tolerates`, merely that he isn't opposed."""

    token: str
    position: int
    tolerates: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `need` of the votes of the parts; `and` and `or` are quotas of all and of one."""

    need: float
    parts: tuple[Member | Quota, ...]
    votes: tuple[float, ...]
    kind: str = "of"


Node = Member | Quota

MAX_DEPTH = 50
_TOKEN = re.compile(
    r'\s*(?:(?P<num>\d+(?:\.\d+)?)(?=\s*(?:of\b|人|票|[,)，）:：]|$))|(?P<quote>"[^"]*"|“[^”]*”|\'[^\']*\')|(?P<mark>[()（）,，:：])|(?P<word>[^\s()（）,，:："“]+))'
)
_AT_LEAST = re.compile(r"at\s+least(?=\s+\d)|至少(?=\s*\d)", re.IGNORECASE)
_KEYWORDS = {
    "and": "and",
    "且": "and",
    "和": "and",
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
    "人": "of",
    "票": "of",
}


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            if not match or match.end() == place:
                if not text[place:].strip():
                    break
                raise RuleFault(text, place, Words("这里看不懂", "this can't be read"))
            kind = str(match.lastgroup)
            value = match[kind]
            start = match.start(kind)
            if kind == "word" and (least := _AT_LEAST.match(text, start)):
                self.tokens.append(("atleast", least[0], start))
                place = least.end()
                continue
            if kind == "quote":
                self.tokens.append(("name", value[1:-1].strip(), start))
            elif kind == "word" and value.lower() in _KEYWORDS:
                self.tokens.append((_KEYWORDS[value.lower()], value, start))
            elif kind == "mark":
                self.tokens.append(
                    ({"（": "(", "）": ")", "，": ",", "：": ":"}.get(value, value), value, start)
                )
            else:
                self.tokens.append(("num" if kind == "num" else "name", value, start))
            place = match.end()
        self.at = self.depth = 0

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
        found = self._joined("or", self.both, 1)
        self.depth -= 1
        return found

    def both(self) -> Node:
        return self._joined("and", self.part, None)

    def _joined(self, word: str, part: Callable[[], Node], need: int | None) -> Node:
        parts = [part()]
        while self.peek() == word:
            self.at += 1
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return Quota(float(need or len(parts)), tuple(parts), (1.0,) * len(parts), word)

    def part(self) -> Node:
        kind, place = self.peek(), self.place()
        if kind == "(":
            self.at += 1
            inner = self.either()
            self.take(")", "右括号", "a closing bracket")
            return inner
        if kind == "atleast":
            self.at += 1
            kind = self.peek()
        if kind == "num":
            need = float(self.take("num", "数字", "a number"))
            if self.peek() == "of":
                self.at += 1
            return self._quota(need, place)
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

    def _quota(self, need: float, place: int) -> Node:
        self.take("(", "左括号", "an opening bracket")
        parts: list[Node] = []
        votes: list[float] = []
        while True:
            parts.append(self.either())
            if self.peek() == ":":
                self.at += 1
                votes.append(float(self.take("num", "票数", "a number of votes")))
            else:
                votes.append(1.0)
            if self.peek() != ",":
                break
            self.at += 1
        self.take(")", "逗号或右括号", "a comma or a closing bracket")
        if not 0 < need <= sum(votes):
            raise RuleFault(
                self.text,
                place,
                Words(
                    f"{need:g} 达不到：总共只有 {sum(votes):g} 票",
                    f"{need:g} can't be reached: there are {sum(votes):g} votes",
                ),
            )
        return Quota(need, tuple(parts), tuple(votes))


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
    if parser.peek() != "end":
        raise RuleFault(text, parser.place(), Words("规则在这里应已结束", "the rule should have ended here"))
    return node


def members(node: Node) -> list[Member]:
    """Return the members of a rule in the order of writing; one who votes twice comes twice."""
    if isinstance(node, Member):
        return [node]
    return [member for part in node.parts for member in members(part)]
