"""All accounts at once: what hangs on one person, what it is worth, who could inherit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from powermap.portfolio.columns import Columns
    from powermap.portfolio.page import render
    from powermap.portfolio.questions import answer
    from powermap.portfolio.scanning import Scan, scan
    from powermap.portfolio.since import changes_since

__all__ = ["Columns", "Scan", "answer", "changes_since", "render", "scan"]
_MODULES = {
    "Columns": "columns",
    "Scan": "scanning",
    "scan": "scanning",
    "answer": "questions",
    "render": "page",
    "changes_since": "since",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"powermap.portfolio.{_MODULES[name]}"), name)
