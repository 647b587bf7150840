"""How far two people's names agree: written alike, turned round, in pinyin, a nickname, mistyped, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from powermap.identity.nicknames import GROUPS, are_nicknames
from powermap.model.naming import fold
from powermap.model.surnames import COMPOUND, READINGS
from powermap.words import Words


class Agreement(IntEnum):
    """How far names agree, from not at all to letter by letter."""

    DIFFERENT = 0
    UNCLEAR = 1
    """One is in characters, the other isn't their pinyin, and the family names agree: 张伟, David Zhang."""
    CLOSE = 2
    """So much alike that one may be meant, where something else says so."""
    INITIAL = 3
    TYPO = 4
    PARTIAL = 5
    NICKNAME = 6
    READING = 7
    ORDER = 8
    SAME = 9


SAID = {
    Agreement.DIFFERENT: Words("姓名不同", "the names differ"),
    Agreement.UNCLEAR: Words("姓相同，名无法对照", "same family name, given names that can't be compared"),
    Agreement.CLOSE: Words("姓名相近", "the names are close"),
    Agreement.INITIAL: Words("名是缩写", "one given name is an initial"),
    Agreement.TYPO: Words("姓名差一两个字母或同音字", "the names differ by a slip of the pen"),
    Agreement.PARTIAL: Words("一个姓名是另一个的一部分", "one name is part of the other"),
    Agreement.NICKNAME: Words("名是昵称", "one given name is short for the other"),
    Agreement.READING: Words("拼音相同", "the same name in pinyin"),
    Agreement.ORDER: Words("姓名顺序不同", "the same name in another order"),
    Agreement.SAME: Words("姓名相同", "the same name"),
}
_HAN = re.compile("[\u3400-\u9fff]+(?:[·• ]?[\u3400-\u9fff]+)*")
_INNER = re.compile(r"[(（\"“'‘]([^)）\"”'’]{2,})[)）\"”'’]")
_HONOURS = "mr mrs ms miss dr prof sir jr sr ii iii phd mba eng dipl ing herr frau mme"
_TITLES = frozenset(_HONOURS.split())
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_U = re.compile(r"([ln])(?:v(?![aeiou])|yu(?![aeiou]))")
_CHINESE_TITLE = re.compile("(?:先生|女士|小姐|老师)$")


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a name is written: in Chinese characters, or in Latin tokens."""

    characters: str
    tokens: tuple[str, ...]
    glued: frozenset[str]
    """All in one word, in each order of family and given name, in each reading."""


@lru_cache(maxsize=262_144)
def forms(name: str) -> tuple[Form, ...]:
    """Take a written name apart: characters and Latin letters, a call name in brackets."""
    text = unicodedata.normalize("NFKC", name)
    found: list[Form] = []
    inner = _INNER.search(text)
    if inner and not _HAN.search(inner[1]):
        outer = _tokens(_INNER.sub(" ", text))
        call = _tokens(inner[1])
        text = _INNER.sub(" ", text)
        if len(call) == 1 and len(outer) > 1:
            found.append(_latin((*call, outer[-1])))
    for match in _HAN.finditer(text):
        characters = _CHINESE_TITLE.sub("", re.sub("[·• ]", "", match[0]))
        if characters:
            found.append(Form(characters, (), frozenset(_readings(characters))))
    tokens = _tokens(_HAN.sub(" ", text))
    if len(tokens) == 1 and found and found[-1].characters:
        # 张伟 David is David Zhang, too.
        found += [_latin((tokens[0], family)) for family, _ in spoken(found[-1].characters)]
    elif tokens:
        found.append(_latin(tokens))
    return tuple(found)


def _tokens(text: str) -> tuple[str, ...]:
    """Fold a Latin name into its words: marks, hyphens and titles go; ü, v and yu after l and n are u."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    family, comma, given = plain.partition(",")
    if comma:
        plain = f"{given} {family}"
    plain = re.sub(r"(?<=\w)[-'’`](?=\w)", "", plain)
    words = (_U.sub(r"\1u", w) for w in re.split(r"[\W_\d]+", plain) if w)
    return tuple(w for w in words if w not in _TITLES)


def _latin(tokens: tuple[str, ...]) -> Form:
    turned = {tokens, (*tokens[1:], tokens[0]), (tokens[-1], *tokens[:-1])}
    return Form("", tokens, frozenset("".join(t) for t in turned))


def _readings(characters: str) -> Iterator[str]:
    for family, given in spoken(characters):
        yield family + given
        yield given + family


@lru_cache(maxsize=65_536)
def spoken(characters: str) -> tuple[tuple[str, str], ...]:
    """Return the readings of a Chinese name as (family name, given name), without tones and spaces."""
    first = READINGS.get(characters[0]) or (_sound(characters[0]),)
    found = [(family, _sound(characters[1:])) for family in first]
    if len(characters) > 2 and characters[:2] in COMPOUND:
        found.insert(0, (COMPOUND[characters[:2]], _sound(characters[2:])))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _sound(characters: str) -> str:
    from pypinyin import lazy_pinyin

    sounds = "".join(lazy_pinyin(characters, v_to_u=False))
    return _U.sub(r"\1u", sounds)


def agreement(ours: Iterable[str], theirs: Iterable[str]) -> Agreement:
    """Say how far the names of one person agree with those of another: the best of all pairs of forms.

    Where both have a name in characters, and these differ, what is written in Latin letters can't outdo it.
    """
    ours, theirs = tuple(ours), tuple(theirs)
    mine = [form for name in ours for form in forms(name)]
    other = [form for name in theirs for form in forms(name)]
    if not mine or not other:
        same = set(map(fold, ours)) & set(map(fold, theirs))
        return Agreement.SAME if same else Agreement.DIFFERENT
    best = max(compare(a, b) for a in mine for b in other)
    written = [compare(a, b) for a in mine for b in other if a.characters and b.characters]
    return min(best, max(written)) if written else best


@lru_cache(maxsize=262_144)
def compare(one: Form, other: Form) -> Agreement:
    """Say how far two forms agree."""
    if one.characters and other.characters:
        return _characters(one.characters, other.characters)
    if one.characters or other.characters:
        return _across(*((one, other) if one.characters else (other, one)))
    return _letters(one, other)


def _characters(one: str, other: str) -> Agreement:
    if one == other:
        # A family name alone, as of 王总 or 王先生, may be anybody's.
        return Agreement.SAME if len(one) > 1 else Agreement.UNCLEAR
    same_sound = not set(spoken(one)).isdisjoint(spoken(other))
    if same_sound and (_traditional(one) or _traditional(other)):
        return Agreement.READING
    differing = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
    # One character put for another of the same sound: a slip of the input method.
    return Agreement.TYPO if same_sound and differing == 1 and one[0] == other[0] else Agreement.DIFFERENT


def _traditional(characters: str) -> bool:
    try:
        characters.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _across(chinese: Form, latin: Form) -> Agreement:
    if not chinese.glued.isdisjoint(latin.glued):
        return Agreement.READING if len(chinese.characters) > 1 else Agreement.UNCLEAR
    families = {family for family, _ in spoken(chinese.characters)}
    if len(latin.tokens) < 2:
        return Agreement.DIFFERENT
    for place, rest in ((0, latin.tokens[1:]), (-1, latin.tokens[:-1])):
        if latin.tokens[place] in families:
            given = {given for _, given in spoken(chinese.characters)}
            if any(_is_initials("".join(rest), g, chinese.characters) for g in given):
                return Agreement.INITIAL
            return Agreement.UNCLEAR
    return Agreement.DIFFERENT


def _is_initials(letters: str, given: str, characters: str) -> bool:
    """Tell whether letters are the initials of a given name in characters: XM, or X, for 小明."""
    if len(letters) > 2 or not given.startswith(letters[0]):
        return False
    return len(letters) == 1 or (len(letters) == 2 and _sound(characters[-1])[:1] == letters[1])


def _letters(one: Form, other: Form) -> Agreement:
    if one.tokens == other.tokens:
        return Agreement.SAME
    if not one.glued.isdisjoint(other.glued):
        return Agreement.ORDER
    a, b = sorted((one.tokens, other.tokens), key=len)
    if len(a) >= 2 and len(set(b)) > len(a) and set(a) <= set(b):
        return Agreement.PARTIAL
    if min(len(a), len(b)) < 2:
        return Agreement.DIFFERENT
    shared = set(a) & set(b)
    if shared:
        left, right = [t for t in a if t not in shared], [t for t in b if t not in shared]
        # The shared word must be the family name: the last, or the first where names are turned round.
        if len(left) == 1 and right and shared & {a[0], a[-1]} and shared & {b[0], b[-1]}:
            short, long = left[0], right[0]
            if any(are_nicknames(short, t) for t in right):
                return Agreement.NICKNAME
            if _initial(short, long):
                return Agreement.INITIAL
    if len(a) == len(b) and shared and all(x == y or _initial(x, y) for x, y in zip(a, b, strict=True)):
        return Agreement.INITIAL
    if len(a) == len(b) and _slip(a, b):
        return Agreement.TYPO
    whole = max(fuzz.ratio(x, y) for x in one.glued for y in other.glued)
    return Agreement.CLOSE if whole >= 78 else Agreement.DIFFERENT


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether words differ by a slip: one letter in a word of five or more, two in one of nine, in one word or two."""
    for order in (other, (*other[1:], other[0]), (other[-1], *other[:-1])):
        slips = [(a, b, OSA.distance(a, b)) for a, b in zip(one, order, strict=True) if a != b]
        if not any(a == b for a, b in zip(one, order, strict=True)) and len("".join(one)) < 12:
            continue
        if all(n <= (2 if min(len(a), len(b)) >= 9 else 1) and min(len(a), len(b)) >= 4 for a, b, n in slips):
            short = [n for a, b, n in slips if max(len(a), len(b)) < 5 and sorted(a) != sorted(b)]
            if not short:
                return True
    return False


def keys(names: Iterable[str]) -> set[str]:
    """Return keys of which names that agree but for slips share one: all in one word, given names by their group."""
    found: set[str] = set()
    for name in names:
        for form in forms(name):
            found |= form.glued
            for i, token in enumerate(form.tokens):
                rest = "".join(sorted(form.tokens[:i] + form.tokens[i + 1 :]))
                found |= {f"{group}~{rest}" for group in GROUPS.get(token, ())}
    return found


def spelled(names: Iterable[str]) -> set[str]:
    """Return how names are spelled in addresses: all in one word, and with an initial for the given or the family name."""
    found: set[str] = set()
    for name in names:
        for form in forms(name):
            found |= form.glued
            pairs = spoken(form.characters) if form.characters else [(form.tokens[-1], form.tokens[0])]
            for family, given in pairs:
                if family and given:
                    found |= {family + given, family + given[0], family[0] + given}
    return found


def words(names: Iterable[str]) -> set[str]:
    """Return the words of which one is shared by names that agree at all: family and given names in each reading."""
    found: set[str] = set()
    for name in names:
        for form in forms(name):
            found.update(form.tokens)
            if form.characters:
                found.update(part for pair in spoken(form.characters) for part in pair if part)
    return found
