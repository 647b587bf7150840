"""What all records share, and how a record becomes flat properties and back.

A store keeps flat properties only (text, numbers, booleans, lists of text), because a property graph can't nest.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, TypeVar

from powermap.errors import ModelError
from powermap.model.evidence import Evidence, Period
from powermap.words import Words

Props = dict[str, Any]
"""Flat properties: str, int, float, bool or list[str]; None, empty text and empty lists are left out."""
Ref = Annotated[str, "ref"]
"""The id of another record; :func:`named` finds the fields that are marked so."""


@dataclass(frozen=True, slots=True)
class Record:
    """Anything the store keeps: it has an id of ours, stable and opaque."""

    KIND: ClassVar[str] = ""

    id: str


@dataclass(frozen=True, slots=True)
class Thing(Record):
    """A thing: an organization, a person, a deal, an interaction, a figure, what is judged, aimed at, done or heard.

    `keys` are external keys, each ``system|object|id``, by which an import finds the thing again.
    """

    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie(Record):
    """A tie from the thing `src` to the thing `dst` that holds in a period, with its evidence."""

    SRC: ClassVar[str] = ""
    DST: ClassVar[str] = ""

    src: Ref
    dst: Ref
    period: Period = Period()
    evidence: Evidence = Evidence()


RECORDS: dict[str, type[Record]] = {}
"""Record classes by kind."""
THINGS: dict[str, type[Thing]] = {}
"""Classes of things by kind; a kind is also the label in the graph."""
TIES: dict[str, type[Tie]] = {}
"""Classes of ties by kind; a kind is also the relationship type in the graph."""

R = TypeVar("R", bound=Record)


def kind(name: str, src: str = "", dst: str = "") -> Callable[[type[R]], type[R]]:
    """Register a record class under its kind; a tie also names the kinds of its two ends."""

    def register(cls: type[R]) -> type[R]:
        cls.KIND = name
        RECORDS[name] = cls
        if issubclass(cls, Tie):
            cls.SRC, cls.DST = src, dst
            TIES[name] = cls
        elif issubclass(cls, Thing):
            THINGS[name] = cls
        return cls

    return register


_FIELDS: dict[Any, tuple[tuple[str, Any], ...]] = {}


def _fields(cls: Any) -> tuple[tuple[str, Any], ...]:
    if cls not in _FIELDS:
        hints = typing.get_type_hints(cls)
        _FIELDS[cls] = tuple((f.name, hints[f.name]) for f in dataclasses.fields(cls))
    return _FIELDS[cls]


def record_to_props(record: Record) -> Props:
    """Flatten `record`: dates as ISO text, the period as ``valid_from``/``valid_to``, evidence as ``ev_*``."""
    props: Props = {}
    for name, _ in _fields(type(record)):
        value = getattr(record, name)
        cls = type(value)
        if cls is str:
            if value:
                props[name] = value
        elif cls is Period:
            _put(props, "valid_from", value.start)
            _put(props, "valid_to", value.end)
        elif cls is Evidence:
            props.update(_evidence_to_props(value))
        elif value is not None:
            _put(props, name, value)
    return props


@lru_cache(maxsize=4096)
def _evidence_to_props(evidence: Evidence) -> Props:
    """Flatten evidence once for the many ties of one file that share it."""
    props: Props = {}
    for part, _ in _fields(Evidence):
        _put(props, f"ev_{part}", getattr(evidence, part))
    return props


def record_from_props(kind_name: str, props: Props) -> Record:
    """Build the record of `kind_name` from flat properties; unknown properties raise `ModelError`."""
    try:
        cls, readers, period, evidence = _plan(kind_name)
    except KeyError:
        raise ModelError(
            Words(f"没有“{kind_name}”这种记录", f"{kind_name!r} is not a kind of record")
        ) from None
    values: dict[str, Any] = {}
    for name, value in props.items():
        read = readers.get(name)
        if read is not None:
            values[name] = read(value)
        elif name not in period and name not in evidence:
            left = sorted(props.keys() - readers.keys() - {*period, *evidence})
            raise ModelError(
                Words(f"{kind_name} 没有“{left[0]}”这个字段", f"{kind_name} has no property {left[0]!r}")
            )
    if period:
        values["period"] = _period(*map(props.get, period))
    if evidence:
        values["evidence"] = _evidence(*map(props.get, evidence))
    return cls(**values)


def named(kind_name: str, props: Props | None) -> set[str]:
    """Return the ids of all records that a record's flat properties name, none if there are none."""
    values = [props[field] for field in _refs(kind_name) if field in props] if props else []
    return {ident for value in values for ident in ((value,) if isinstance(value, str) else value)}


def mentioned(record: Record) -> set[str]:
    """Return the ids of all records that a record names."""
    values = [getattr(record, field) for field in _refs(record.KIND)]
    return {i for value in values for i in ((value,) if isinstance(value, str) else value) if i}


def pointed(record: R, old: str, new: str) -> R:
    """Return the record with every mention of one record turned to another, each mentioned once."""
    turned: dict[str, Any] = {}
    for field in _refs(record.KIND):
        value = getattr(record, field)
        if value == old:
            turned[field] = new
        elif isinstance(value, tuple) and old in value:
            turned[field] = tuple(dict.fromkeys(new if ident == old else ident for ident in value))
    return dataclasses.replace(record, **turned) if turned else record


def content(record: Record) -> tuple[tuple[str, str], ...]:
    """Return what a record says, without its id and the ids it names: two imports of a file agree on it."""
    names = {"id", *_refs(record.KIND)}
    return tuple((n, str(v)) for n, v in sorted(record_to_props(record).items()) if n not in names)


@cache
def _refs(kind_name: str) -> tuple[str, ...]:
    hints = typing.get_type_hints(RECORDS[kind_name], include_extras=True)
    return tuple(name for name, hint in hints.items() if hint in (Ref, tuple[Ref, ...]))


def props_of(kind_name: str) -> tuple[str, ...]:
    """Return the names of all flat properties that a kind of record may have."""
    _, readers, period, evidence = _plan(kind_name)
    return (*readers, *period, *evidence)


@cache
def _plan(
    kind_name: str,
) -> tuple[type[Record], dict[str, Callable[[Any], Any]], tuple[str, ...], tuple[str, ...]]:
    """Return a kind's class, how each of its fields is read, and what its period and its evidence are made of."""
    cls = RECORDS[kind_name]
    hints = dict(_fields(cls))
    readers = {name: _reader(hint) for name, hint in hints.items() if hint not in (Period, Evidence)}
    period = ("valid_from", "valid_to") if Period in hints.values() else ()
    evidence = tuple(f"ev_{part}" for part, _ in _fields(Evidence)) if Evidence in hints.values() else ()
    return cls, readers, period, evidence


@lru_cache(maxsize=4096)
def _period(start: str | None, end: str | None) -> Period:
    """Make a period once for the many ties that share it."""
    return Period(*(None if day is None else date.fromisoformat(day) for day in (start, end)))


@lru_cache(maxsize=4096)
def _evidence(*parts: Any) -> Evidence:
    """Make evidence once for the many ties that share it."""
    given = zip(_fields(Evidence), parts, strict=True)
    return Evidence(**{name: _reader(hint)(part) for (name, hint), part in given if part is not None})


def _put(props: Props, name: str, value: Any) -> None:
    if value is None or value == "" or value == ():
        return
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, tuple):
        value = list(value)
    props[name] = value


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if hint is date:
        return date.fromisoformat
    if typing.get_origin(hint) is tuple:
        return tuple
    return float if hint is float else _same


def _same(value: Any) -> Any:
    return value


def without(kind_name: str, props: Props, ident: str) -> Props | None:
    """Return a record's flat properties without a mention of another record; None if it says nothing without it.

    A tie says nothing without one of its ends, nothing that is judged or wanted holds without its subject, and a meeting or
    an action with them alone is about them.
    """
    left = dict(props)
    for field in _refs(kind_name):
        value = left.get(field)
        if value == ident:
            if field in ("src", "dst", "subject"):
                return None
            del left[field]
        elif isinstance(value, list) and ident in value:
            left[field] = [other for other in value if other != ident]
            if not left[field]:
                return None
    try:
        record_from_props(kind_name, left)
    except (ModelError, TypeError):
        return None
    return left
