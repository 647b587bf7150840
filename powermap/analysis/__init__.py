"""The questions, a family of methods a file; the only room that imports networkx."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from powermap.errors import AnalysisError
from powermap.findings import Answer
from powermap.words import Words

QUESTIONS = {
    "show": "who",
    "decides": "decision",
    "sways": "sway",
    "layers": "layers",
    "fragile": "fragility",
    "compare": "competition",
    "measure": "measures",
    "brief": "brief",
    "ways": "ways",
    "actions": "actions",
    "attitudes": "attitudes",
    "house": "house",
    "keys": "key_people",
    "matrix": "matrix",
    "scorecard": "scorecard",
    "team": "team",
    "plan": "plan",
    "calendar": "agenda",
    "invite": "invitations",
    "health": "dials",
    "qualify": "qualification",
    "review": "review",
    "needs": "needs",
    "insight": "insight",
    "rivals": "rivals",
    "value": "value",
    "voices": "voices",
    "satisfaction": "satisfaction",
}
"""Question -> the module that answers it, loaded when it is asked."""


def question(name: str) -> Callable[..., Answer]:
    """Return the function that answers a question.

    Raises
    ------
    AnalysisError
        If there is no such question.
    """
    if name not in QUESTIONS:
        raise AnalysisError(
            Words(f"没有“{name}”这个问题", f"{name!r} is no question"),
            hint=Words("可选：" + "、".join(QUESTIONS), "questions: " + ", ".join(QUESTIONS)),
        )
    from powermap.kernels.threads import on_one_thread

    function: Callable[..., Answer] = getattr(import_module(f"powermap.analysis.{QUESTIONS[name]}"), name)
    return on_one_thread(function)
