"""The manager's questions, over all accounts at once."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.options import (
    AsJson,
    AsOf,
    Force,
    Insecure,
    Lang,
    Shape,
    StoreAt,
    lang_of,
    out_path,
    workspace,
)
from powermap.findings import Words

SHOWN = 25
"""Rows of a table on the screen."""


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
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.html",
            help="Write the manager's page instead; or .xlsx, the tables.",
        ),
    ] = None,
    force: Force = False,
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
    target = out_path(output, force) if output is not None else None
    with (
        workspace(store, insecure=insecure) as ws,
        progress("客户" if language == "zh" else "accounts") as step,
    ):
        scan = ws.portfolio(as_of=as_of, progress=step)
    if target is None:
        from powermap.portfolio import answer

        found = answer(scan, about.value)
        if shape is Shape.table and not as_json and len(found.rows) > SHOWN:
            more = len(found.rows) - SHOWN
            words = Words(
                f"另有 {more} 行；--format csv 全部列出，-o 写成网页",
                f"{more} more rows; --format csv lists all, -o writes a page",
            )
            found = replace(found, rows=found.rows[:SHOWN], notes=(words, *found.notes))
        emit(found, language, "json" if as_json else shape.value)
        return
    from powermap.portfolio import render

    if target.suffix.lower() == ".xlsx":
        from powermap.portfolio import answer
        from powermap.reports.portfolio import portfolio_workbook

        target.write_bytes(
            portfolio_workbook([answer(scan, q.value) for q in About], "zh" if language == "zh" else "en")
        )
        done(str(target))
        return
    page = render(scan, "zh" if language == "zh" else "en")
    target.write_text(page, encoding="utf-8", newline="\n")
    done(f"{target} ({len(page.encode()) / 1000:,.0f} KB)")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("portfolio", rich_help_panel="Questions · 提问")(portfolio)
