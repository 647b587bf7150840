"""The decision rule of a deal: text a person writes, parsed, said back in words, and evaluated.

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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.errors import AnalysisError
from powermap.findings import Words, by_language
from powermap.lens import Lens, Seat

Votes = Mapping[str, NDArray[np.bool_]]
"""Member's key -> yes or no in each of the situations looked at, shape (s,)."""


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
        self.at = 0

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
        return self._joined("or", self.both, 1)

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule whose tokens are people. A player is a person's id, or ``id?`` for *not opposed*."""

    text: str
    node: Node
    people: Mapping[str, str]

    @property
    def players(self) -> tuple[str, ...]:
        """Players in the order of writing, each once."""
        return tuple(dict.fromkeys(self.player(m) for m in members(self.node)))

    def player(self, member: Member) -> str:
        """Return the key under which a member votes."""
        return self.people[member.token] + ("?" if member.tolerates else "")

    def passes(self, votes: Votes) -> NDArray[np.bool_]:
        """Evaluate the rule in every situation at once."""
        return self._passes(self.node, votes)

    def _passes(self, node: Node, votes: Votes) -> NDArray[np.bool_]:
        if isinstance(node, Member):
            return votes[self.player(node)]
        total: Any = 0.0
        for part, count in zip(node.parts, node.votes, strict=True):
            total = total + count * self._passes(part, votes)
        result: NDArray[np.bool_] = total >= node.need - 1e-9
        return result

    def words(self, lens: Lens) -> Words:
        """Say the rule in words."""
        return Words(self._say(self.node, lens, "zh"), self._say(self.node, lens, "en"))

    def _say(self, node: Node, lens: Lens, lang: str, inner: bool = False) -> str:
        zh = lang == "zh"
        if isinstance(node, Member):
            person = lens.seats[self.people[node.token]].person
            name = by_language(person.name, person.name_alt)[lang]
            if node.tolerates:
                return f"{name}不反对" if zh else f"{name} not opposed"
            return f"{name}同意" if zh else f"{name}'s yes"
        parts = [self._say(p, lens, lang, True) for p in node.parts]
        if node.kind in ("and", "or"):
            glue = ("，并且" if node.kind == "and" else "，或者") if zh else f" {node.kind} "
            text = glue.join(parts)
            return f"（{text}）" if inner and zh else f"({text})" if inner else text
        if set(node.votes) == {1.0}:
            listed = (
                "、".join(p.removesuffix("同意") for p in parts)
                if zh
                else ", ".join(p.removesuffix("'s yes") for p in parts)
            )
            return f"{listed}中至少 {node.need:g} 人同意" if zh else f"at least {node.need:g} of {listed}"
        weighed = [
            f"{p.removesuffix('同意').removesuffix(chr(39) + 's yes')} {v:g}"
            for p, v in zip(parts, node.votes, strict=True)
        ]
        return (
            f"票数（{'、'.join(weighed)}）达到 {node.need:g}"
            if zh
            else f"{node.need:g} votes of ({', '.join(weighed)})"
        )


def resolve(text: str, lens: Lens) -> Rule:
    """Parse a rule and find whom its tokens mean: a person's id or name, or a title or role that is unique.

    The committee is asked first, then the whole account.

    Raises
    ------
    RuleFault
        If it can't be parsed, or a token means nobody or several; the candidates are named.
    """
    node = parse(text)
    people: dict[str, str] = {}
    committee = list(lens.committee)
    for member in members(node):
        for group in (committee, list(lens.seats.values())):
            found = _match(member.token, group, lens)
            if len(found) == 1:
                people[member.token] = found[0].id
                break
            if len(found) > 1:
                choice = ", ".join(f"{s.name} ({s.title})" for s in found)
                raise RuleFault(
                    text,
                    member.position,
                    Words(f"“{member.token}”可指 {choice}", f"{member.token!r} may mean {choice}"),
                )
        else:
            choice = ", ".join(f"{s.name} ({s.title})" for s in committee)
            raise RuleFault(
                text,
                member.position,
                Words(
                    f"没有“{member.token}”；决策链里有：{choice}",
                    f"nobody here is {member.token!r}; the committee: {choice}",
                ),
            )
    rule = Rule(text, node, people)
    return _with_vetoes(rule, lens)


def _with_vetoes(rule: Rule, lens: Lens) -> Rule:
    """Let everybody with a veto in the committee be needed, unless the rule needs him already."""
    needed = rule.node.parts if isinstance(rule.node, Quota) and rule.node.kind == "and" else (rule.node,)
    already = {rule.people[n.token] for n in needed if isinstance(n, Member) and not n.tolerates}
    extra = [s for s in lens.committee if s.veto and s.id not in already]
    if not extra:
        return rule
    parts = tuple(needed) + tuple(Member(s.id, 0) for s in extra)
    people = {**rule.people, **{s.id: s.id for s in extra}}
    return Rule(rule.text, Quota(float(len(parts)), parts, (1.0,) * len(parts), "and"), people)


def _match(token: str, seats: Sequence[Seat], lens: Lens) -> list[Seat]:
    want = token.casefold().strip()
    keys: tuple[Callable[[Seat], tuple[str, ...]], ...] = (
        lambda s: (s.id,),
        lambda s: (s.name, s.person.name_alt),
        lambda s: (s.title, s.title_alt),
        lambda s: tuple(
            w
            for r in s.roles
            for w in (r, lens.pack.roles[r].words.zh, lens.pack.roles[r].words.en)
            if r in lens.pack.roles
        ),
        lambda s: (s.unit, s.unit_alt),
    )
    for key in keys:
        found = [s for s in seats if any(want == text.casefold() for text in key(s) if text)]
        if found:
            return found
    return []


def rule_of(lens: Lens) -> Rule | None:
    """Return the decision rule of the lens's deal, or None if none is known."""
    if lens.deal is None:
        return None
    if lens.deal.rule:
        return resolve(lens.deal.rule, lens)
    return None
