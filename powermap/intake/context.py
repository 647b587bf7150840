"""What every part of the importer works on: the ledger, the directory of names, and what the user asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from powermap.intake.directory import Directory
from powermap.intake.ledger import Ledger
from powermap.method import Pack
from powermap.model.draft import CLEAR, Draft
from powermap.model.fields import kept

_GROUND = ("author", "source", "status", "confidence")
"""Columns of the people sheet that say how its attitudes, owners and roles are known."""


@dataclass(frozen=True)
class Context:
    """One import: `account` is the company of rows that name none, `us` our own company's name if it isn't known yet."""

    ledger: Ledger
    pack: Pack
    account: str | None = None
    us: str | None = None

    @cached_property
    def directory(self) -> Directory:
        """Find organizations and people by name, number or id."""
        return Directory(self.ledger)


def written(draft: Draft, field: str) -> Any:
    """Return what a row says of a field; None where it says nothing, or takes back what was known."""
    value = draft.values.get(field)
    return None if value is CLEAR else value


def properties(draft: Draft, kind: str) -> dict[str, Any]:
    """Return the properties that a row gives a record of a kind; CLEAR takes one back."""
    fields = kept(draft.sheet, kind)
    return {prop: draft.values[name] for name, prop in fields.items() if name in draft.values}


def grounds(draft: Draft, *more: str) -> Draft:
    """Return a row of the people sheet as its ties take it: its period is that of the job, its note the person's."""
    return replace(draft, values={k: v for k, v in draft.values.items() if k in (*_GROUND, *more)})
