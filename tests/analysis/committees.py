"""Small committees to be worked out on paper, and how their answers are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builder import lens

from powermap.analysis.moves import Move, next_moves
from powermap.analysis.winning import Model, model
from powermap.findings import Answer, Finding
from powermap.lens import Lens
from powermap.method import Pack

BOTH = ("us", "rival")
DECIDES = {"roles": ("decider",)}
BOSS: dict[str, Any] = {"committee": {"Boss": DECIDES}, "rule": "Boss"}


def moves(seen: Lens, kind: str) -> dict[tuple[str, ...], Move]:
    return {m.people: m for m in next_moves(seen)[1] if m.kind == kind}


def of(answer: Answer, kind: str) -> Finding:
    (found,) = [f for f in answer.findings if f.kind == kind]
    return found


def between(*stances: tuple[str, str, int | None], **more: Any) -> Lens:
    """Boss decides; Ally supports us, and we cover both."""
    return lens(
        {"Boss": {"level": 1}, "Ally": {"level": 2}},
        suppliers=BOTH,
        stances=[("Boss", "us", 0), *stances],
        covers=[("Uma", "Boss"), ("Uma", "Ally"), *more.get("covers", ())],
        team={"Uma": "us", **more.get("team", {})},
        **BOSS,
    )


def people(**facts: dict[str, Any]) -> Lens:
    return lens(
        facts,
        stances=[("Boss", "us", 0), *((p, "us", 2) for p in facts if p != "Boss")],
        covers=[("Uma", p) for p in facts],
        **BOSS,
    )


def model_of(seen: Lens) -> Model:
    found = model(seen)
    assert found is not None
    return found


def with_number(seen: Lens, table: str, **numbers: float) -> Lens:
    """Look through a pack with other numbers in a table of actions.toml."""
    topic = seen.pack.topic("actions")
    changed = {**topic, table: {**topic[table], **numbers}}
    return replace(seen, pack=Pack({**seen.pack.topics, "actions": changed}))
