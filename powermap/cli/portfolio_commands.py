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


def calibrate(store: StoreAt = None, insecure: Insecure = False, lang: Lang = None) -> None:
    """How well the chances of winning have done on closed deals: Brier score and reliability."""
    from powermap.analysis.calibration import ENOUGH
    from powermap.cli.screen import note, show_table

    zh = lang_of(lang) == "zh"
    with workspace(store, insecure=insecure) as ws:
        found = ws.calibration()
    if found is None:
        note(
            "还没有带决策链的已结项目：在项目表里填结果和截止日期"
            if zh
            else "no deal with a committee has closed yet: fill in outcome and closing date in the deals sheet"
        )
        return
    note(
        f"{found.deals} 个已结项目，赢 {found.won} 个；Brier {found.brier:.3f}（总说平均胜率：{found.base:.3f}）"
        if zh
        else f"{found.deals} closed deals, {found.won} won; Brier score {found.brier:.3f} (always saying the share won: {found.base:.3f})"
    )
    heads = ("预测", "项目数", "平均预测", "实际赢") if zh else ("Said", "Deals", "Mean said", "Won")
    rows = [(f"{b.low:.0%}–{b.high:.0%}", b.count, f"{b.said:.0%}", f"{b.won:.0%}") for b in found.bins]
    show_table(heads, rows, lang_of(lang))
    if found.slope is None:
        note(
            f"不足 {ENOUGH} 个项目：不作校正"
            if zh
            else f"fewer than {ENOUGH} deals, or one outcome only: nothing is corrected"
        )
    else:
        note(
            f"校正：对数几率 × {found.slope:.2f} {found.offset:+.2f}"
            if zh
            else f"correction: log-odds × {found.slope:.2f} {found.offset:+.2f}"
        )


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("portfolio", rich_help_panel="Questions · 提问")(portfolio)
    app.command("calibrate", rich_help_panel="Questions · 提问")(calibrate)
