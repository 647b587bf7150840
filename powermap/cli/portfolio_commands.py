"""The manager's questions, over all accounts at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.options import AsJson, AsOf, Insecure, Lang, Shape, StoreAt, lang_of, out_path, workspace


class About(StrEnum):
    accounts = "accounts"
    owners = "owners"
    contacts = "contacts"


def portfolio(
    about: Annotated[
        About,
        typer.Option(
            "--about", help="accounts; owners: if one of ours leaves; contacts: if one of theirs moves."
        ),
    ] = About.accounts,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.html", help="Write the manager's page instead."),
    ] = None,
    as_of: AsOf = None,
    shape: Annotated[Shape, typer.Option("--format", help="How to print it.")] = Shape.table,
    as_json: AsJson = False,
    lang: Lang = None,
    store: StoreAt = None,
    insecure: Insecure = False,
) -> None:
    """All accounts at once: what hangs on one person, what it is worth, who could inherit."""
    from powermap.cli.screen import done, emit, progress

    language = lang_of(lang)
    target = out_path(output, False) if output is not None else None
    with (
        workspace(store, insecure=insecure) as ws,
        progress("客户" if language == "zh" else "accounts") as step,
    ):
        scan = ws.portfolio(as_of=as_of, progress=step)
    if target is None:
        from powermap.portfolio import answer

        emit(answer(scan, about.value), language, "json" if as_json else shape.value)
        return
    from powermap.portfolio import render

    page = render(scan, "zh" if language == "zh" else "en")
    target.write_text(page, encoding="utf-8", newline="\n")
    done(f"{target} ({len(page.encode()) / 1000:,.0f} KB)")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("portfolio", rich_help_panel="Questions · 提问")(portfolio)
