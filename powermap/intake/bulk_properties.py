"""Properties of a million records as JSON, put together of pieces that are written once for each value."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from copy import copy
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.errors import ModelError
from powermap.model import Evidence, Period, Record, Tie, props_to_text, record_to_props
from powermap.model.columns import Column
from powermap.words import Words

_FEW = 50_000
"""Combinations of values that are kept: columns of few values become one column."""
_MANY = 1000
"""Values from which on a text is no word of a closed list, which only a class can check."""
_EVIDENCE = frozenset(f.name for f in dataclasses.fields(Evidence))


class Ids:
    """Ids as numbers, a tenth the size of texts; a slice of them are texts."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, part: slice) -> list[str]:
        return self.numbers[part].astype(">u8").tobytes().hex(" ", 8).split()


class Chosen:
    """Ids of a list, for each record the one at a place."""

    def __init__(self, texts: NDArray[Any], places: NDArray[Any]) -> None:
        self.texts, self.places = texts, places

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, part: slice) -> list[str]:
        found: list[str] = self.texts[self.places[part]].tolist()
        return found


class Texts:
    """The records of one class: pieces of text in the order of their properties."""

    def __init__(self, cls: type[Record], source: str = "", **start: Any) -> None:
        self.cls = cls
        self.order = _order(cls)
        self.base = {"id": "-", **start}
        if issubclass(cls, Tie):
            self.base |= {"src": "-", "dst": "+", "evidence": Evidence(source=source)}
        bare = record_to_props(cls(**self.base))
        self.default = {prop: _piece(prop, value) for prop, value in bare.items()}
        self.given: dict[str, tuple[Any, list[str]]] = {}
        self.each: dict[str, Ids | Chosen] = {}

    def put(self, name: str, column: Column | None, rows: NDArray[Any] | None = None) -> None:
        """Take a field from a column: record by record, or from the row that each record comes from."""
        if column is None:
            return
        prop = self._prop(name)
        values = column.values
        if len(values) > _MANY and type(values[0]) is str:
            pieces = [f',"{prop}":{encode_basestring(value)}' for value in values]
        else:
            pieces = [self._written(name, prop, value) for value in values]
        codes = column.codes if rows is None else column.codes[rows]
        # Where nothing is written, the code is -1: the first piece.
        self.given[prop] = codes, [self.default.get(prop, ""), *pieces]

    def joined(self, other: Texts, mine: NDArray[np.bool_]) -> Texts:
        """Return texts that are these where `mine`, and else those of another class, each given for all records."""
        both = copy(self)
        both.given = {}
        both.order = [*self.order, *(prop for prop in other.order if prop not in self.order)]
        for prop in both.order:
            (here, pieces), (there, others) = (
                texts.given.get(prop, (-1, [texts.default.get(prop, "")])) for texts in (self, other)
            )
            if pieces == others:
                both.given[prop] = here, pieces
            else:
                both.given[prop] = np.where(mine, here, there + len(pieces)), [*pieces, *others]
        return both

    def _prop(self, name: str) -> str:
        if issubclass(self.cls, Tie):
            if name in _EVIDENCE:
                return f"ev_{name}"
            return {"since": "valid_from", "until": "valid_to"}.get(name, name)
        return name

    def put_keys(self, codes: NDArray[Any], keys: list[str]) -> None:
        """Take one external key of each record that has one."""
        self.given["keys"] = codes, ["", *(f',"keys":[{encode_basestring(key)}]' for key in keys)]

    def _written(self, name: str, prop: str, value: Any) -> str:
        """Write one value of a field, as its class does."""
        if value is None:
            # An attitude that is unknown.
            return ""
        made: dict[str, Any] = {name: value}
        if prop == "valid_from":
            made = {"period": Period(value, None)}
        elif prop == "valid_to":
            made = {"period": Period(None, value)}
        elif prop != name:
            made = {"evidence": Evidence(**made)}
        props = record_to_props(self.cls(**{**self.base, **made}))
        if prop not in props:
            raise ModelError(Words(f"{name}“{value}”没有内容", f"{name} {value!r} says nothing"))
        return _piece(prop, props[prop])

    def chunks(self, size: int) -> Iterator[tuple[slice, list[str]]]:
        """Yield so many texts at once, and of which records they are."""
        parts = self._parts()
        for start in range(0, len(self.each["id"]), size):
            some = slice(start, min(start + size, len(self.each["id"])))
            lists: list[Any] = []
            for part in parts:
                if isinstance(part, str):
                    lists.append(repeat(part, some.stop - start))
                elif isinstance(part, tuple):
                    lists.append(part[1][part[0][some]].tolist())
                else:
                    lists.append(part[some])
            yield some, list(map("".join, zip(*lists, strict=True)))

    def _parts(self) -> list[Any]:
        """Return what a text is put together of: a text for all, a text for each, or (codes, pieces)."""
        parts: list[Any] = []
        codes, pieces = np.int32(0), np.array([""], object)

        def cut() -> None:
            nonlocal codes, pieces
            parts.append(str(pieces[0]) if len(pieces) == 1 else (codes, pieces))
            codes, pieces = np.int32(0), np.array([""], object)

        for prop in self.order:
            if prop in self.each:
                each = self.each[prop]
                pieces = pieces + (',"' if parts else '{"') + f'{prop}":"'
                if isinstance(each, Chosen) and len(pieces) == 1:
                    # Joining is the slower the more pieces there are.
                    parts.append(Chosen(pieces[0] + each.texts, each.places))
                    pieces = np.array(['"'], object)
                else:
                    cut()
                    parts.append(each)
                    pieces = pieces + '"'
            elif prop in self.given:
                more, texts = self.given[prop]
                if len(pieces) > 1 and len(pieces) * len(texts) > _FEW:
                    cut()
                codes = codes * len(texts) + more + 1
                pieces = np.add.outer(pieces, np.array(texts, object)).ravel()
            else:
                pieces = pieces + self.default.get(prop, "")
        pieces = pieces + "}"
        cut()
        return parts


def _piece(prop: str, value: Any) -> str:
    return f',"{prop}":{props_to_text(value)}'


def _order(cls: type[Record]) -> list[str]:
    """Return the properties of a class in the order in which they are written."""
    order: list[str] = []
    for field in dataclasses.fields(cls):
        if field.name == "period":
            order += ("valid_from", "valid_to")
        elif field.name == "evidence":
            order += (f"ev_{part.name}" for part in dataclasses.fields(Evidence))
        else:
            order.append(field.name)
    return order
