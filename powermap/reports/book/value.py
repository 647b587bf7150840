"""The value of a customer as pictures: for a page of its own and for the book."""

from __future__ import annotations

from dataclasses import replace

from powermap.analysis.beyond import Beyond
from powermap.analysis.value import value
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.reports.book.companies import companies_panel
from powermap.reports.book.curve import curve_panel
from powermap.reports.book.dependence import dependence_panel
from powermap.reports.book.exchange import exchange_panel
from powermap.reports.book.ledger import ledger
from powermap.reports.book.mix import mix_panel
from powermap.reports.book.panel import Panel


def value_panels(lens: Lens, beyond: Beyond | None, answer: Answer | None = None) -> list[Panel]:
    """Return the panels of the value ledger; those that nothing is known of are left out.

    Parameters
    ----------
    beyond
        What lies beyond the account; without it nobody can tell which part of our sales they are.
    answer
        The answer to :func:`~powermap.analysis.value.value`, where it is known already.
    """
    told = answer or value(lens, beyond.house if beyond else None)
    group = beyond.companies if beyond else None
    years, needs = curve_panel(lens, told), dependence_panel(lens, told, beyond)
    found = [
        ledger(lens, told),
        years,
        # Two panels stand side by side; one alone is wide.
        needs if years else replace(needs, wide=True),
        exchange_panel(lens, told),
        mix_panel(lens, told, group),
        companies_panel(group, lens.as_of, lens.pack) if group else None,
    ]
    return [p for p in found if p is not None]
