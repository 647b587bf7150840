"""Who may see a portfolio: what a profile doesn't list is not in the columns that a page or workbook is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from powermap import resources
from powermap.errors import RenderError
from powermap.portfolio.data.columns import OURS, Account, Columns
from powermap.words import Words

PROFILES = ("team", "full", "anonymous")
CODED = frozenset({"id", "name"})
"""Facts of an account that `anonymous` gives as a code."""
ANONYMOUS = frozenset({"ground"})
"""Facts of an account that `anonymous` gives as they are: how its decision-makers are known. No grade, no figure, no day."""
UNKNOWN: dict[str, Any] = {
    "grade": "",
    "region": "",
    "revenue": None,
    "currency": "",
    "year": None,
    "last_met": None,
}
"""What stands for any other fact."""


def check(profile: str) -> None:
    """Refuse a profile that there isn't, and one under which nothing of a portfolio could be shown.

    Raises
    ------
    RenderError
        The names of all our customers and how we stand with them are for none of them.
    """
    if profile == "outside":
        raise RenderError(
            Words(
                "客户组合不能给客户看：里面有其他客户", "a portfolio is for no customer: the others are in it"
            ),
            hint=Words(
                "只画一个客户的：powermap map 客户 --profile outside",
                "draw the map of one: powermap map ACCOUNT --profile outside",
            ),
        )
    if profile not in PROFILES:
        raise RenderError(
            Words(f"没有“{profile}”这种用途", f"there is no profile {profile!r}"),
            hint=Words(f"可选：{'、'.join(PROFILES)}", f"choose one of {', '.join(PROFILES)}"),
        )


def banner(profile: str) -> Words:
    """Return who may see it, in the words of the maps."""
    return Words(*json.loads(resources.text("viz", "words.json"))[f"banner_{profile}"])


def reduce(columns: Columns, profile: str) -> Columns:
    """Keep of the columns what the profile allows, before anything is computed of them."""
    check(profile)
    if profile != "anonymous":
        return columns
    ours = set(columns.person[columns.side == OURS].tolist())
    # A code follows no name, so that nobody is found by the alphabet.
    accounts = _codes(a.id for a in columns.accounts)
    codes: dict[str, str] = {}
    for letter, of_ours in (("U", True), ("C", False)):
        side = [ident for place, (ident, _) in enumerate(columns.people) if (place in ours) is of_ours]
        codes |= {ident: f"{letter}{number}" for ident, number in _codes(side).items()}
    return replace(
        columns,
        supplier=("", "Us"),
        accounts=tuple(_coded(a, f"A{accounts[a.id]}") for a in columns.accounts),
        people=[(codes[ident], Words(codes[ident], codes[ident])) for ident, _ in columns.people],
    )


def _codes(idents: Iterable[str]) -> dict[str, int]:
    """Number things in an order that nothing about them tells."""
    mixed = sorted(set(idents), key=lambda ident: sha256(ident.encode()).digest())
    return {ident: number for number, ident in enumerate(mixed, 1)}


def _coded(account: Account, code: str) -> Account:
    kept = {f.name: getattr(account, f.name) for f in fields(account) if f.name in ANONYMOUS}
    return Account(**{**UNKNOWN, **kept, "id": code, "name": Words(code, code)})
