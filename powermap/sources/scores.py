"""The score of an assessment, as its item's scale has it."""

from __future__ import annotations

from powermap.method.items import Item
from powermap.sources import amounts
from powermap.sources.cells import CellFault
from powermap.sources.columns import fold
from powermap.sources.table import Cell


def score(item: Item, value: Cell, checks: dict[str, str], yes: dict[str, str]) -> float:
    """Read a score: a number of the scale, or the name of one of its steps.

    Parameters
    ----------
    checks, yes
        The words of a check list (done, planned, missing) and of yes and no, folded, and what they mean.

    Raises
    ------
    CellFault
        If it lies outside the scale, or the item has words only.
    """
    key = fold(f"{value:g}" if isinstance(value, float) else str(value))
    steps = {fold(name): step for step, words in item.steps.items() for name in words}
    if item.kind == "text":
        raise CellFault(
            "no-score", f"{item.words.en} has no score", f"“{item.words.zh}”没有分值",
            "write it in the column words", "请写在“依据”列",
        )  # fmt: skip
    if item.kind == "check" and key in checks:
        return CHECKS[checks[key]]
    if item.kind == "yes" and key in yes:
        return float(yes[key] == "yes")
    if key in steps:
        return float(steps[key])
    if item.kind in ("money", "weeks"):
        return float(amounts.amount(value))
    low, high = (
        (0.0, 2.0) if item.kind == "check" else (0.0, 1.0) if item.kind == "yes" else (item.low, item.high)
    )
    mend = _mend(item, low, high)
    number = amounts.number(value, mend)
    if not low <= number <= high or (item.kind in ("level", "check", "yes") and number != int(number)):
        raise CellFault(
            "score-range",
            f"{item.words.en} lies between {low:g} and {high:g}, not {value}",
            f"“{item.words.zh}”在 {low:g} 到 {high:g} 之间，不是 {value}",
            *mend,
        )
    return number


CHECKS = {"missing": 0.0, "planned": 1.0, "done": 2.0}
"""What is kept of an item of a check list."""


def _mend(item: Item, low: float, high: float) -> tuple[str, str]:
    if item.steps:
        en = ", ".join(f"{step} {words.en}" for step, words in item.steps.items())
        zh = "、".join(f"{step} {words.zh}" for step, words in item.steps.items())
        return f"write one of: {en}", f"请写其中之一：{zh}"
    return f"write {low:g} to {high:g}", f"请写 {low:g} 到 {high:g}"
