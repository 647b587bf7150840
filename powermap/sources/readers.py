"""How a cell of each field is read: a function for each reader of :mod:`powermap.model.fields`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from powermap.model.fields import Field
from powermap.sources import amounts, cells, days, person_names
from powermap.sources.cells import CellFault
from powermap.sources.columns import fold
from powermap.sources.table import Cell
from powermap.sources.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Style:
    """How the numbers of a sheet are written: the scale of strengths, and whether the comma is the decimal one."""

    scale: str = ""
    comma: bool = False


def read_cell(field: Field, value: Cell, style: Style, words: Vocabulary) -> dict[str, Any]:
    """Read one cell; what an attitude is grounded on comes along as `attitude_note`.

    Raises
    ------
    CellFault
        With what is wrong, and what to write.
    """
    if style.scale and field.read == "attitude" and not _is_word(value):
        return {field.name: words.attitude_on(value, style.scale)}
    if field.read == "range" and isinstance(value, str) and fold(value) in words.numbers:
        value = words.numbers[fold(value)]
    elif field.read == "range" and style.scale and not _is_word(value):
        top = float(style.scale.split("-")[1])
        value = amounts.number(value, comma=style.comma) * field.high / top
    if field.read == "attitude":
        attitude, note = words.attitude(value)
        return {field.name: attitude} | ({"attitude_note": note} if note and field.name == "attitude" else {})
    if field.read == "person" and field.name == "name":
        return dict(person_names.two_names(value))
    if field.read == "strength":
        return {field.name: amounts.strength(value, style.scale, comma=style.comma)}
    if field.read == "value" and fold(str(value)) in words.attitudes:
        return {field.name: float(words.attitudes[fold(str(value))]), "attitude_word": str(value)}
    if field.read in ("number", "value"):
        figure = {field.name: amounts.amount(value, comma=style.comma)}
        sign = amounts.currency(value) if isinstance(value, str) else ""
        return figure | ({"currency_sign": sign} if sign else {})
    if field.read in ("range", "share") and style.comma and isinstance(value, str):
        value = amounts.number(value, comma=True)
    return {field.name: READERS[field.read](words, field, value)}


def _is_word(value: Cell) -> bool:
    return isinstance(value, str) and not any(c.isdigit() for c in value)


_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)


def _text(_: Vocabulary, field: Field, value: Cell) -> str:
    """Read text; a long number that a spreadsheet has rounded is no id, and no telephone number."""
    long = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 1e15
    if field.name in ("id", "phone") and (long or _ROUNDED.fullmatch(str(value).strip())):
        raise CellFault(
            "rounded-number",
            f"{value} is a number that the spreadsheet has rounded",
            f"{value} 是表格软件舍入过的数字",
            "format the column as text, and paste the numbers again",
            "请把这一列设为文本，再粘贴一次",
        )
    return cells.text(value)


def _share(_: Vocabulary, field: Field, value: Cell) -> float:
    figure = amounts.number(value)
    if isinstance(value, (int, float)) and 1 < figure <= 100:
        figure /= 100
    if not field.low < figure <= field.high:
        raise CellFault(
            "confidence-range",
            f"a confidence lies in (0, 1], not {value}",
            f"可信度在 0 到 1 之间，不是 {value}",
            "write 0.8 or 80%",
            "请写 0.8 或 80%",
        )
    return figure


def _sign(_: Vocabulary, field: Field, value: Cell) -> int:
    text = str(value).strip().lower()
    if text in ("+", "1", "+1", "正", "positive"):
        return 1
    if text in ("-1", "负", "negative", "−1"):
        return -1
    raise CellFault(
        "unknown-sign",
        f"a sign is + or -1, not {value!r}",
        f"正负号应为 + 或 -1，不是“{value}”",
        "write 1 or -1",
        "请写 1 或 -1",
    )


READERS: dict[str, Callable[[Vocabulary, Field, Cell], Any]] = {
    "text": _text,
    "name": lambda _, __, value: cells.name(value),
    "person": lambda _, __, value: person_names.person(value),
    "people": lambda _, __, value: person_names.people(value),
    "names": lambda _, __, value: tuple(cells.split(value)),
    "day": lambda _, __, value: days.day(value),
    "period": lambda _, __, value: days.day(value, period=True),
    "range": lambda _, field, value: amounts.within(value, field.low, field.high, f"{field.name}-range"),
    "share": _share,
    "sign": _sign,
    "grade": lambda words, _, value: words.grade(value),
    "yes": lambda words, _, value: words.yes(value),
    "choice": lambda words, field, value: words.choice(field.choices, value),
    "choices": lambda words, field, value: tuple(words.choice(field.choices, v) for v in cells.split(value)),
    "item": lambda words, _, value: words.item(value),
    "means": lambda words, _, value: words.means.get(fold(str(value)), cells.text(value)),
    # What a score means its item says: see :meth:`~powermap.sources.vocabulary.Vocabulary.score`.
    "score": lambda _, __, value: value,
    "roles": lambda words, _, value: words.roles_of(value),
    "level": lambda words, _, value: words.level(value),
    "rung": lambda words, field, value: words.rung(field, value),
}
"""Readers by name; an attitude and a strength need more than the cell, see :func:`read_cell`."""
