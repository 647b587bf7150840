"""Proposals of a plan taken over: each becomes a goal and its first action, as rows that any import could bring."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.lens import Lens
from powermap.reports.proposal_rows import action_row, goal_row, numbered
from powermap.words import Words


def take(occasion: Occasion, lens: Lens, wanted: Iterable[int]) -> Edit:
    """Take proposals over by their numbers in the plan, 1 the first.

    Raises
    ------
    AnalysisError
        If there is no proposal with such a number.
    """
    offered = list(numbered(lens))
    rows = []
    for n in wanted:
        if not 1 <= n <= len(offered):
            raise AnalysisError(
                Words(
                    f"没有第 {n} 条建议：共 {len(offered)} 条",
                    f"there is no proposal {n}: there are {len(offered)}",
                ),
                hint=Words("`powermap plan 客户` 列出建议", "`powermap plan ACCOUNT` lists them"),
            )
        number, proposal = offered[n - 1]
        rows.append(occasion.draft("goals", goal_row(lens, number, proposal, occasion.day), evidence=False))
        action = action_row(lens, number, proposal, occasion.day)
        if action is not None:
            rows.append(occasion.draft("actions", action, evidence=False))
    return Edit("plan", tuple(rows))
