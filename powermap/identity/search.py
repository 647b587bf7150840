"""Find all pairs of people that may be one, without comparing everybody with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from powermap.identity import names
from powermap.identity.judging import MANY, Population, judge
from powermap.identity.pairs import Pair, in_order
from powermap.identity.profiles import Profile, profiles
from powermap.model import Snapshot

BLOCK = 60
"""People of one block beyond whom it is told apart by more letters."""
WIDE = 2_000
"""People of one block beyond whom nobody is compared: such a key says nothing."""


def people(snapshot: Snapshot, *, hints: bool = False) -> list[Pair]:
    """Return the pairs of people that are, or may be, one, surest first; with `hints` what only the name says, too."""
    known = profiles(snapshot)
    among = Population(known.values())
    found = (judge(known[a], known[b], among) for a, b in sorted(set(_candidates(known))))
    return in_order(p for p in found if p is not None and (hints or p.verdict != "hint"))


def _candidates(known: dict[str, Profile]) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids that share an address, a number, a page, a whole name, or a word of it within an account."""
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for ident, profile in known.items():
        for kind, values in (
            ("mail", profile.mails),
            ("phone", profile.phones),
            ("page", profile.pages),
            ("id", profile.ids),
            ("name", names.keys(profile.names)),
        ):
            for value in values:
                blocks[kind, value].append(ident)
        for account in profile.accounts:
            for word in names.words(profile.names):
                blocks["word", account, word].append(ident)
    for key, members in blocks.items():
        # What many have is the company's, and identifies nobody.
        most = MANY - 1 if key[0] in ("mail", "phone") else len(known)
        if 1 < len(members) <= most:
            yield from _within(members, key, known)


def _within(members: list[str], key: tuple[str, ...], known: dict[str, Profile]) -> Iterator[tuple[str, str]]:
    if key[0] != "word" or len(members) <= BLOCK:
        if len(members) <= WIDE:
            yield from (tuple(sorted(pair)) for pair in combinations(members, 2))  # type: ignore[misc]
        return
    for letters in (1, 3):
        parts: dict[str, set[str]] = defaultdict(set)
        for ident in members:
            for word in names.words(known[ident].names):
                if word != key[2]:
                    parts[word[:letters]].add(ident)
        if letters == 3 or max(map(len, parts.values()), default=0) <= 4 * BLOCK:
            for part in parts.values():
                yield from combinations(sorted(part), 2)
            return
