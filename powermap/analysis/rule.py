"""The decision rule of a deal with its people: who is meant, said back in words, and evaluated.

The language is :mod:`powermap.method.decision`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.lens import Lens, Seat
from powermap.method.decision import Member, Node, Quota, RuleFault, members, parse
from powermap.model.naming import fold
from powermap.words import Words, by_language

__all__ = ["Member", "Quota", "Rule", "RuleFault", "members", "parse", "resolve", "rule_of"]

# Titles and roles recur in every account of a portfolio.
_fold = lru_cache(maxsize=65536)(fold)
Votes = Mapping[str, NDArray[np.bool_]]
"""Member's key -> yes or no in each of the situations looked at, shape (s,)."""


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
            veto = "（一票否决）" if zh else " (veto)"
            parts = [
                p + veto * bool(why) for p, why in zip(parts, node.labels or [""] * len(parts), strict=True)
            ]
            glue = ("，并且" if node.kind == "and" else "，或者") if zh else f" {node.kind} "
            text = glue.join(parts)
            return f"（{text}）" if inner and zh else f"({text})" if inner else text
        named = [p.removesuffix("同意").removesuffix("'s yes") for p in parts]
        if node.kind == "score":
            bare = [p[1:-1] if p[0] in "(（" else p for p in named]
            sheet = [
                (f"{label} {v:g}" + (f"（{by}）" if zh else f" ({by})")) if label else f"{by} {v:g}"
                for label, by, v in zip(node.labels or ("",) * len(bare), bare, node.votes, strict=True)
            ]
            total = sum(node.votes)
            return (
                f"评分（{'、'.join(sheet)}）在 {total:g} 分中达到 {node.need:g}"
                if zh
                else f"a score of {node.need:g} of {total:g} ({', '.join(sheet)})"
            )
        plain = set(node.votes) == {1.0}
        listed = ("、" if zh else ", ").join(
            named if plain else [f"{p} {v:g}" for p, v in zip(named, node.votes, strict=True)]
        )
        if node.kind == "majority":
            return (
                (f"{listed}中过半数同意" if plain else f"票数（{listed}）过半")
                if zh
                else (f"a majority of ({listed})" if plain else f"more than half of the votes of ({listed})")
            )
        head = ("法定人数：" if zh else "a quorum of ") if node.kind == "quorum" else ""
        if plain:
            return (
                f"{head}{listed}中至少 {node.need:g} 人同意"
                if zh
                else f"{head or 'at least '}{node.need:g} of ({listed})"
            )
        return (
            f"{head}票数（{listed}）达到 {node.need:g}" if zh else f"{head}{node.need:g} votes of ({listed})"
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
            glued = next((c for c in member.token[1:-1] if c in "和与或且"), "")
            zh = f"；“{glued}”连接两个人时，两边要有空格" if glued else ""
            en = f"; where {glued!r} joins two, put spaces around it" if glued else ""
            raise RuleFault(
                text,
                member.position,
                Words(
                    f"没有“{member.token}”；决策链里有：{choice}{zh}",
                    f"nobody here is {member.token!r}; the committee: {choice}{en}",
                ),
            )
    rule = Rule(text, node, people)
    _each_once(rule, node)
    return _with_vetoes(rule, lens)


def _each_once(rule: Rule, node: Node) -> None:
    """Refuse somebody who stands twice in one count, perhaps under two names; on a score sheet many judge twice."""
    if isinstance(node, Member):
        return
    seen = set()
    for part in node.parts:
        _each_once(rule, part)
        if isinstance(part, Member) and node.kind not in ("and", "or", "score"):
            player = rule.player(part)
            if player in seen:
                words = Words(f"“{part.token}”在这里出现了两次", f"{part.token!r} stands twice here")
                raise RuleFault(rule.text, part.position, words)
            seen.add(player)


def _with_vetoes(rule: Rule, lens: Lens) -> Rule:
    """Let everybody with a veto in the committee be needed, unless the rule needs them already."""
    needed = rule.node.parts if isinstance(rule.node, Quota) and rule.node.kind == "and" else (rule.node,)
    already = {rule.people[n.token] for n in needed if isinstance(n, Member) and not n.tolerates}
    extra = [s for s in lens.committee if s.veto and s.id not in already]
    if not extra:
        return rule
    parts = tuple(needed) + tuple(Member(s.id, 0) for s in extra)
    people = {**rule.people, **{s.id: s.id for s in extra}}
    labels = ("",) * len(needed) + ("veto",) * len(extra)
    return Rule(rule.text, Quota(float(len(parts)), parts, (1.0,) * len(parts), "and", labels), people)


def _match(token: str, seats: Sequence[Seat], lens: Lens) -> list[Seat]:
    want = _fold(token)
    keys: tuple[Callable[[Seat], tuple[str, ...]], ...] = (
        lambda s: (s.id, *(key.rpartition("|")[2] for key in s.person.keys)),
        lambda s: (s.name, s.person.name_alt),
        lambda s: (s.title, s.title_alt),
        lambda s: tuple(
            w
            for r in s.roles
            if r in lens.pack.roles
            for w in (r, lens.pack.roles[r].words.zh, lens.pack.roles[r].words.en)
        ),
        lambda s: (s.unit, s.unit_alt),
    )
    for key in keys:
        found = [s for s in seats if any(want == _fold(text) for text in key(s) if text)]
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
