"""All accounts at once: what hangs on one person, what it is worth, who could inherit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from powermap.portfolio.account_scan import Scan, scan
    from powermap.portfolio.data.columns import Columns
    from powermap.portfolio.export.page import render
    from powermap.portfolio.questions.changes import changes_since
    from powermap.portfolio.questions.registry import answer

__all__ = ["Columns", "Scan", "answer", "changes_since", "render", "scan"]
_MODULES = {
    "Columns": "data.columns",
    "Scan": "account_scan",
    "scan": "account_scan",
    "answer": "questions.registry",
    "render": "export.page",
    "changes_since": "questions.changes",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"powermap.portfolio.{_MODULES[name]}"), name)
