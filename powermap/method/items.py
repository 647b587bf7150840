"""What can be judged: the items of assessment, each with its scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from powermap.words import Words

Kind = Literal["level", "points", "attitude", "check", "yes", "money", "weeks", "text"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: about what it is, on which scale, and how long a verdict holds.

    `subject` says of what it may be: account, organization, person, deal. `steps` are the names of its levels. `more`
    is what else its line says (a core and its tiers, or that a high score is bad). Of an item with `several` more than one
    verdict of a day stands, each told by its words.
    """

    key: str
    words: Words
    family: str
    subject: tuple[str, ...]
    kind: Kind
    low: float
    high: float
    steps: Mapping[int, Words]
    aliases: tuple[str, ...]
    weight: float
    valid_days: int
    private: bool
    read_by: str
    several: bool
    more: Mapping[str, Any]

    def named(self, score: float | None) -> Words:
        """Say a score: the name of its level, or the number."""
        if score is None:
            return Words("", "")
        if self.kind in _SAID:
            return _SAID[self.kind][int(score)]
        if self.kind == "money":
            return Words(f"{score:,.12g}", f"{score:,.12g}")
        said = self.steps.get(int(score)) if self.steps else None
        return said or Words(f"{score:g}", f"{score:g}")


_SAID: Mapping[str, tuple[Words, ...]] = {
    "yes": (Words("否", "no"), Words("是", "yes")),
    "check": (Words("缺", "missing"), Words("计划中", "planned"), Words("已做", "done")),
}
"""What the scores of scales of words say, from 0 on."""
_OWN = {"key", "zh", "en", "family", "subject", "kind", "low", "high", "steps_zh", "steps_en", "aliases", "weight",
        "valid_days", "private", "source", "read_by", "several"}  # fmt: skip


def items(topic: dict[str, Any]) -> dict[str, Item]:
    """Read them by key, in the order of the file."""
    return {row["key"]: _item(row) for row in topic["item"]}


def _item(row: dict[str, Any]) -> Item:
    low = row.get("low", 0)
    names = zip(row.get("steps_zh", ()), row.get("steps_en", ()), strict=True)
    return Item(
        row["key"],
        Words(row["zh"], row["en"]),
        row["family"],
        tuple(row["subject"]),
        row["kind"],
        float(low),
        float(row.get("high", 1)),
        {int(low) + n: Words(*name) for n, name in enumerate(names)},
        tuple(row.get("aliases", ())),
        float(row.get("weight", 0)),
        int(row["valid_days"]),
        bool(row.get("private", False)),
        row["read_by"],
        bool(row.get("several", False)),
        {key: value for key, value in row.items() if key not in _OWN},
    )
