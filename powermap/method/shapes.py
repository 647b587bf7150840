"""What a value of the rule pack may be: shapes that say what they expect, and name whatever is otherwise."""

from __future__ import annotations

import math
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from typing import Any, NamedTuple, Protocol

from powermap.words import Words

NONE = Words("", "")


class Wrong(NamedTuple):
    """A value that is not what it should be: where it stands, what it is, what is wrong, the closest name."""

    key: str
    value: Any
    told: Words
    near: str = ""


MISSING = Words("缺这一项", "is missing")
TWICE = Words("只能写一次", "may be there only once")


def should_be(zh: str, en: str) -> Words:
    """Say what was expected."""
    return Words(f"应为{' ' * zh[:1].isascii()}{zh}", f"should be {en}")


class Shape(Protocol):
    """What a value may be."""

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name every fault of a value that stands at `key`."""
        ...


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`; `above` and `below` say that the bound itself is out. `what` says what it does."""

    low: float = -math.inf
    high: float = math.inf
    unit: Words = NONE
    what: Words = NONE
    whole: bool = False
    above: bool = False
    below: bool = False

    @property
    def range(self) -> str:
        """Return the range as an interval: a round bracket leaves its bound out."""
        low = "(−∞" if math.isinf(self.low) else f"{'(' if self.above else '['}{self.low:g}"
        high = "∞)" if math.isinf(self.high) else f"{self.high:g}{')' if self.below else ']'}"
        return f"{low}, {high}"

    @property
    def told(self) -> Words:
        """Say what it should be."""
        zh, en = ("整数", "a whole number") if self.whole else ("数", "a number")
        if not math.isinf(self.low) and not math.isinf(self.high):
            zh, en = f"{self.low:g} 到 {self.high:g} 的{zh}", f"{en} from {self.low:g} to {self.high:g}"
        elif not math.isinf(self.low):
            zh, en = f"不小于 {self.low:g} 的{zh}", f"{en} of {self.low:g} or more"
        outside = [f"{b:g}" for b, out in ((self.low, self.above), (self.high, self.below)) if out]
        if outside:
            zh, en = f"{zh}（不含 {' 和 '.join(outside)}）", f"{en} (not {' or '.join(outside)} itself)"
        return should_be(
            zh + (f"，单位{self.unit.zh}" if self.unit.zh else ""),
            en + (f", in {self.unit.en}" if self.unit.en else ""),
        )

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that is no number, or out of range."""
        good = (
            isinstance(value, (int, float)) and not isinstance(value, bool) and -math.inf < value < math.inf
        )
        if (
            not good
            or not self.low <= value <= self.high
            or (self.above and value == self.low)
            or (self.below and value == self.high)
            or (self.whole and value != int(value))
        ):
            yield Wrong(key, value, self.told)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of numbers, one or more, each of the shape `each`."""

    each: Number

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that is no such list, and every number in it that is wrong."""
        if not isinstance(value, list) or not value:
            yield Wrong(key, value, should_be("数字列表", "a list of numbers"))
            return
        for n, number in enumerate(value, 1):
            yield from self.each.wrong(number, f"{key}[{n}]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that isn't empty; it may hold the `marks` in curly brackets, and no others."""

    marks: tuple[str, ...] = ()

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that is no text, or holds another mark."""
        if not isinstance(value, str) or not value.strip():
            yield Wrong(key, value, should_be("文字", "a text"))
            return
        try:
            found = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
        except ValueError:
            found = {"{"}
        if self.marks and not found <= set(self.marks):
            known = "、".join(f"{{{m}}}" for m in self.marks)
            yield Wrong(
                key,
                value,
                should_be(f"只含 {known} 的文字", f"a text with no marks but {known.replace('、', ', ')}"),
            )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few texts."""

    texts: tuple[str, ...]

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that is none of them, with the closest."""
        if value not in self.texts:
            near = get_close_matches(str(value), self.texts, 1, 0.5)
            told = should_be("、".join(self.texts) + " 之一", f"one of {', '.join(self.texts)}")
            yield Wrong(key, value, told, near[0] if near else "")


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that is neither."""
        if not isinstance(value, bool):
            yield Wrong(key, value, should_be("true 或 false", "true or false"))


@dataclass(frozen=True, slots=True)
class Pair:
    """The Chinese and the English name of something."""

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that isn't two texts."""
        if (
            not isinstance(value, list)
            or len(value) != 2
            or not all(isinstance(v, str) and v.strip() for v in value)
        ):
            yield Wrong(key, value, should_be('["中文", "English"]', '["中文", "English"]'))


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, of `least` or more."""

    least: int = 0

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name a value that is no such list."""
        good = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
        if not good or len(value) < self.least:
            zh, en = ("文字列表", "a list of texts")
            if self.least:
                zh, en = f"至少有 {self.least} 项的文字列表", f"a list of at least {self.least} texts"
            yield Wrong(key, value, should_be(zh, en))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with `fields`; other keys only if they are of the shape `others`. Fields not in `optional` must be there."""

    fields: Mapping[str, Shape] = field(default_factory=dict)
    others: Shape | None = None
    optional: frozenset[str] = frozenset()

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name every fault below, keys that are missing, and keys that nobody reads."""
        if not isinstance(value, dict):
            yield Wrong(key, value, should_be("一个表（[…]）", "a table ([…])"))
            return
        for name in self.fields.keys() - value.keys() - self.optional:
            yield Wrong(_below(key, name), None, MISSING)
        for name, below in value.items():
            shape = self.fields.get(name, self.others)
            if shape is None:
                near = get_close_matches(str(name), list(self.fields), 1, 0.5)
                yield Wrong(
                    _below(key, name),
                    below,
                    Words("没有这个键", "is a key that nobody reads"),
                    near[0] if near else "",
                )
            else:
                yield from shape.wrong(below, _below(key, name))


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of tables, each known by its `key`: any one, or one of `known`; with `all_of_them` each of these."""

    row: Table
    key: str
    known: tuple[str | int, ...] = ()
    all_of_them: bool = False

    def wrong(self, value: Any, key: str) -> Iterator[Wrong]:
        """Name every fault of every row, rows that are missing, unknown or there twice."""
        if not isinstance(value, list) or not value:
            yield Wrong(key, value, should_be(f"一行或多行 [[{key}]]", f"one or more rows [[{key}]]"))
            return
        seen: list[Any] = []
        for number, row in enumerate(value, 1):
            named = row.get(self.key) if isinstance(row, dict) else None
            at = f"{key}[{number if named is None else named}]"
            yield from self.row.wrong(row, at)
            if named is None:
                continue
            if named in seen:
                yield Wrong(f"{at}.{self.key}", named, TWICE)
            elif self.known and named not in self.known:
                near = get_close_matches(str(named), [str(k) for k in self.known], 1, 0.5)
                listed = "、".join(map(str, self.known))
                yield Wrong(
                    f"{at}.{self.key}",
                    named,
                    should_be(f"其中之一：{listed}", f"one of {listed.replace('、', ', ')}"),
                    near[0] if near else "",
                )
            seen.append(named)
        if self.all_of_them:
            for name in self.known:
                if name not in seen:
                    yield Wrong(f"{key}[{name}]", None, MISSING)


def _below(key: str, name: str) -> str:
    return f"{key}.{name}" if key else str(name)


def like(shape: Shape | None, built_in: Any) -> Shape:
    """Return the shape of a value that is to be like the built-in one, as far as `shape` doesn't say more.

    What the built-in pack holds and no shape names is a key all the same, of the same type.
    """
    if isinstance(shape, Table) and isinstance(built_in, dict):
        fields = dict(shape.fields)
        for name, value in built_in.items():
            if name in fields or shape.others is None:
                fields[name] = like(fields.get(name), value)
        return Table(fields, shape.others, shape.optional)
    if isinstance(shape, Rows) and isinstance(built_in, list):
        return Rows(_row_like(shape.row, built_in), shape.key, shape.known, shape.all_of_them)
    if shape is not None:
        return shape
    if isinstance(built_in, bool):
        return Flag()
    if isinstance(built_in, (int, float)):
        return Number(0 if built_in >= 0 else -math.inf)
    if isinstance(built_in, dict):
        return like(Table(), built_in)
    if isinstance(built_in, list) and built_in and all(isinstance(row, dict) for row in built_in):
        row = _row_like(Table(), built_in)
        return Rows(row, next((n for n in ("key", "value") if n in row.fields), next(iter(row.fields))))
    # The first two words of a list are what a column or a value is called in English and in Chinese.
    return Texts(min(2, len(built_in))) if isinstance(built_in, list) else Text()


def _row_like(shape: Table, rows: list[dict[str, Any]]) -> Table:
    everything = dict(chain.from_iterable(row.items() for row in rows))
    sometimes = frozenset(n for n in everything if not all(n in row for row in rows))
    found = like(Table(shape.fields, shape.others, shape.optional | sometimes), everything)
    assert isinstance(found, Table)
    return found
