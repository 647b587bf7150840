"""The manager's questions by name."""

from __future__ import annotations

from collections.abc import Callable

from powermap.errors import AnalysisError
from powermap.findings import Answer
from powermap.method import Pack, load_pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions import (
    cold_relations,
    effort,
    findings,
    goals,
    health,
    houses,
    insights,
    needs,
    repairs,
    revenue_mix,
    reviews,
    satisfied,
    todo,
    unmet_grades,
    values,
    voices,
    wallet,
)
from powermap.portfolio.questions.repairs import Budget
from powermap.words import Words

Ask = Callable[[Scan, Records, Pack], Answer]

FROM_RECORDS: dict[str, Ask] = {
    "health": health.answer,
    "value": values.answer,
    "repairs": repairs.answer,
    "wallet": wallet.answer,
    "duty": unmet_grades.answer,
    "cold": cold_relations.answer,
    "effort": effort.answer,
    "mix": revenue_mix.answer,
    "house": houses.answer,
    "goals": goals.answer,
    "todo": todo.answer,
    "review": reviews.answer,
    "needs": needs.answer,
    "insight": insights.answer,
    "voices": voices.answer,
    "satisfaction": satisfied.answer,
}
"""Questions that need more than the scan: the records of the whole store."""
QUESTIONS: tuple[str, ...] = ("accounts", "owners", "contacts", *FROM_RECORDS)


def answer(
    scan: Scan,
    question: str = "accounts",
    records: Records | None = None,
    pack: Pack | None = None,
    budget: Budget | None = None,
) -> Answer:
    """Answer a question over all accounts.

    Parameters
    ----------
    scan
        What :func:`powermap.portfolio.scan` returned.
    question
        One of :data:`QUESTIONS`.
    records
        The records of the store; ``accounts``, ``owners`` and ``contacts`` do without.
    pack
        The rule pack; default the built-in one.
    budget
        How much ``repairs`` may repair.

    Raises
    ------
    AnalysisError
        If there is no such question, or it needs records and got none.
    """
    if question not in QUESTIONS:
        raise AnalysisError(
            Words(f"没有“{question}”这个问题", f"{question!r} is no question"),
            hint=Words("可选：" + "、".join(QUESTIONS), "questions: " + ", ".join(QUESTIONS)),
        )
    if question not in FROM_RECORDS:
        return findings.answer(scan, question, pack)
    if records is None:
        raise AnalysisError(
            Words(f"“{question}”要用到存储里的记录", f"{question!r} needs the records of the store")
        )
    if question == "repairs":
        return repairs.answer(scan, records, pack or load_pack(), budget)
    return FROM_RECORDS[question](scan, records, pack or load_pack())
