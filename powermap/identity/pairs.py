"""Pairs of records that may mean one person or one organization, with the reasons and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from powermap.words import Words

Verdict = Literal["same", "ask", "likely", "hint"]
VERDICTS: dict[Verdict, Words] = {
    "same": Words("是同一个", "the same"),
    "ask": Words("编号相同而姓名矛盾", "same id, but the names contradict"),
    "likely": Words("很可能是同一个", "likely the same"),
    "hint": Words("只是线索", "a hint only"),
}
"""What is known of a pair, surest first; nothing is ever merged for what is only likely, or a hint."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact for, or with `against` one against, that two records mean the same; `value` is what they share."""

    code: str
    words: Words
    value: str = ""
    against: bool = False

    def told(self, lang: str) -> str:
        """Say it in one line."""
        mark = {"zh": "但", "en": "but "}[lang] if self.against else ""
        tail = f"{'：' if lang == 'zh' else ': '}{self.value}" if self.value else ""
        return f"{mark}{self.words[lang]}{tail}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records; `sure` is the probability in [0, 1] that they mean the same, `moved` that they are a move's two ends."""

    kind: str
    one: str
    other: str
    verdict: Verdict
    sure: float
    reasons: tuple[Reason, ...]
    moved: bool = False

    def to_dict(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Return JSON-able data."""
        return {
            "kind": self.kind,
            "a": {"id": self.one, "name": names.get(self.one, "")},
            "b": {"id": self.other, "name": names.get(self.other, "")},
            "verdict": self.verdict,
            "sure": self.sure,
            "moved": self.moved,
            "reasons": [
                {
                    "code": r.code,
                    "zh": r.words.zh,
                    "en": r.words.en,
                    "value": r.value,
                    "against": r.against,
                }
                for r in self.reasons
            ],
        }


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """Put pairs in order: what is the same first, then the surest."""
    order = list(VERDICTS)
    return sorted(pairs, key=lambda p: (order.index(p.verdict), -p.sure, p.one, p.other))
