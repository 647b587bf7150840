"""Names of accounts, people and deals for the shell to complete; whatever goes wrong, it offers none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import typer

MOST = 50
"""Names that are offered."""
KINDS: dict[str, tuple[str, ...]] = {
    "accounts": (),
    "people": ("Person",),
    "houses": ("Organization",),
    "deals": ("Deal",),
    "things": ("Person", "Organization", "Deal"),
}
"""What is offered -> the kinds of things; none: accounts only."""


def offers(what: str) -> Callable[[typer.Context, str], list[str]]:
    """Return a callback for typer that offers the names of accounts, people, houses, deals or all things."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        # A shell shows whatever is said here in the middle of what is typed.
        with suppress(Exception):
            from powermap.settings import load_settings
            from powermap.stores.offered import names_in

            store = (ctx.params or {}).get("store") or load_settings().store
            return names_in(store, KINDS[what], incomplete, MOST)
        return []

    return complete
