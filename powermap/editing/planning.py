"""Proposals of a plan taken over: each becomes a goal and its first action, as rows that any import could bring."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.analysis.proposals import proposals
from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.lens import Lens
from powermap.reports.proposal_rows import action_row, goal_row
from powermap.words import Words


def take(occasion: Occasion, lens: Lens, wanted: Iterable[str]) -> Edit:
    """Take proposals over by their numbers in the plan: P3, or 3.

    Raises
    ------
    AnalysisError
        If there is no proposal with such a number.
    """
    offered = {p.number: p for p in proposals(lens)}
    rows = []
    for text in dict.fromkeys(wanted):
        proposal = offered.get(f"P{text.strip().upper().removeprefix('P')}")
        if proposal is None:
            raise AnalysisError(
                Words(f"没有建议“{text}”", f"there is no proposal {text!r}"),
                hint=Words(
                    f"现有：{'、'.join(offered) or '没有'}；`powermap plan 客户` 列出建议",
                    f"there are: {', '.join(offered) or 'none'}; `powermap plan ACCOUNT` lists them",
                ),
            )
        rows.append(occasion.draft("goals", goal_row(lens, proposal, occasion.day), evidence=False))
        action = action_row(lens, proposal, occasion.day)
        if action is not None:
            rows.append(occasion.draft("actions", action, evidence=False))
    return Edit("plan", tuple(rows))
