"""The manager's questions, over all accounts at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.handing_out import note_export
from powermap.cli.language import offer, told
from powermap.cli.options import AsOf, Force, Known, Printed, Shape, _day, is_page, out_path
from powermap.errors import AnalysisError, ConfigError, RenderError
from powermap.output import file_name, make_folder, write
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.findings import Answer
    from powermap.portfolio import Scan
    from powermap.workspace import Workspace

SHOWN = 25
"""Rows of a table on the screen."""


class About(StrEnum):
    accounts = "accounts"
    owners = "owners"
    contacts = "contacts"
    health = "health"
    value = "value"
    repairs = "repairs"
    wallet = "wallet"
    duty = "duty"
    cold = "cold"
    effort = "effort"
    mix = "mix"
    house = "house"
    goals = "goals"
    todo = "todo"
    review = "review"
    needs = "needs"
    insight = "insight"
    voices = "voices"
    satisfaction = "satisfaction"


def portfolio(
    about: Annotated[
        About,
        typer.Option(
            "--about",
            help=told(
                "accounts：各客户；owners：我方某人离开会怎样；contacts：对方某人调离会怎样；health：每个客户已知最差的一面及原因；value：每个客户值多少、健康如何；repairs：最省力地补上哪些关系，就不再系于一人；wallet：我方占客户采购的份额；duty：各等级要求做到却没做到的；cold：哪些关系在变冷、何时变冷；effort：投入与销售额对比；mix：销售额由什么构成；house：三大关系的房子；goals：目标；todo：要做的事；review：目标、行动、承诺做得怎样；needs：需求池；insight：洞察有什么、什么过期；voices：客户声音；satisfaction：满意度，投诉与销售额对比。",
                "accounts; owners: if one of ours leaves; contacts: if one of theirs moves; "
                "health: the worst of what is known of each account, and why; "
                "value: what each is worth, beside the worst of four dials; "
                "repairs: the cheapest new relations after which nothing hangs on one person; "
                "wallet: our share of what they buy; duty: what each grade demands and doesn't get; "
                "cold: relations that go cold, and when; "
                "effort: our effort beside the revenue; mix: what the revenue is made of; house: the three relations; goals; todo: what is to be done; review: how plans are kept; needs: the pool of needs; insight: what is known, what is out of date; voices: what customers say; satisfaction: how content they are, complaints beside revenue.",
            ),
        ),
    ] = About.accounts,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.html",
            help=told(
                "写成给管理者看的网页，或 .xlsx 表格；都含全部问题，不与 --about 同用。",
                "Write the manager's page instead, or .xlsx, the tables; each holds every question, so without --about.",
            ),
        ),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since",
            metavar="DATE",
            parser=_day,
            help=told("那天以来有什么变化。", "What has changed since that day."),
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="NAME",
            help=told(
                "如果我方此人离开；写多次表示同时离开。",
                "If this person of ours left; given several times: all of them at once.",
            ),
        ),
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="K",
            help=told(
                "补多少：5 表示五家客户，20d 表示二十天投入。",
                "How much to repair: 5 is five accounts, 20d is twenty days of effort.",
            ),
        ),
    ] = None,
    maps: Annotated[
        int,
        typer.Option(
            "--maps",
            metavar="N",
            min=0,
            help=told(
                "随网页画出风险最大的 N 家客户的地图并加链接；--force 替换上次的地图。",
                "With the page: draw the maps of the N accounts with most at risk beside it, and link to them; "
                "--force replaces the maps of an earlier run.",
            ),
        ),
    ] = 0,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="WHO",
            help=told(
                "网页或表格给谁看：team（团队）、full（管理者）、anonymous（以代号代替姓名，没有等级和数字）。",
                "Who may see the page or workbook: team, full (managers), anonymous (codes for names, no grade, no figures).",
            ),
        ),
    ] = "team",
    force: Force = False,
    as_of: AsOf = None,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """All accounts at once: what hangs on one person, what it is worth, who could inherit."""
    from powermap.cli.screen import done, emit
    from powermap.portfolio.export.profiles import banner, check

    language = here.language
    target = out_path(output, force) if output is not None else None
    sheets = target is not None and target.suffix.lower() == ".xlsx"
    if target is not None and (about is not About.accounts or printed != Printed()):
        raise ConfigError(
            Words("网页和工作簿总是含全部问题", "a page and a workbook hold every question"),
            hint=Words(
                "去掉 --about、--json 和 --format；或去掉 -o 直接显示",
                "leave --about, --json and --format out, or print without -o",
            ),
        )
    if target is not None and not sheets and (since is not None or without or budget is not None):
        raise AnalysisError(
            Words("网页只显示客户群现状", "the page shows the portfolio as it is"),
            hint=Words(
                "--since、--without、--budget 请写入 .xlsx",
                "--since, --without and --budget go into an .xlsx",
            ),
        )
    if target is not None and not sheets and target.suffix.lower() not in (".html", ".htm"):
        raise RenderError(
            Words(
                f"客户组合不能写成 {target.suffix or '不带后缀的文件'}",
                f"there is no portfolio as {target.suffix or 'a file without a suffix'}",
            ),
            hint=Words(
                "网页用 .html，表格用 .xlsx；`--format csv` 和 `--json` 直接显示",
                "a page is .html, the tables are .xlsx; `--format csv` and `--json` print",
            ),
        )
    check(profile)
    if profile != "team" and target is None:
        raise ConfigError(
            Words("--profile 只用于网页和表格", "--profile goes with a page or a workbook"),
            hint=Words("-o 文件.html", "-o FILE.html"),
        )
    coded = profile == "anonymous"
    if coded and (maps or since is not None or without or budget is not None):
        raise ConfigError(
            Words(
                "匿名的客户组合只有现状：没有地图，也没有比较",
                "an anonymous portfolio is what is, without maps and comparisons",
            ),
            hint=Words(
                "去掉 --maps、--since、--without、--budget",
                "leave --maps, --since, --without and --budget out",
            ),
        )
    if maps and (target is None or sheets):
        raise AnalysisError(
            Words("--maps 只用于网页", "--maps goes with a page"), hint=Words("-o 文件.html", "-o FILE.html")
        )
    old_maps = _old_maps(target, maps, force) if target is not None and not sheets else []
    with here.open() as ws:
        scan = _scan(ws, as_of, language, profile)
        # The further questions are answered from the records, which have every name.
        basic = [q for q in About if q.value in ("accounts", "owners", "contacts")]
        if target is not None and not sheets:
            from powermap.portfolio import render

            further = [q for q in About if q not in basic and not coded]
            asked = _answers(ws, scan, None, further, None, None, language)
            drawn = _maps(ws, scan, target, maps, language, profile)
            page = render(
                scan,
                "zh" if language == "zh" else "en",
                [a for a in asked if a.rows],
                drawn,
                profile,
                date.today().isoformat(),
            )
            write(target, page)
            kept = {file_name(account, ".html") for account in drawn}
            for file in old_maps:
                if file.name not in kept:
                    # It has names of people, and nothing leads there any more.
                    file.unlink(missing_ok=True)
            note_export(here, "portfolio", "*", profile, target.suffix)
            done(f"{target} ({len(page.encode()) / 1000:,.0f} KB)")
            return
        before = _scan(ws, since, language) if since is not None else None
        sought = [about] if not sheets else basic if coded else list(About)
        found = _answers(ws, scan, before, sought, budget, without, language)
    if target is not None:
        from powermap.reports.portfolio import portfolio_workbook

        write(target, portfolio_workbook(found, "zh" if language == "zh" else "en", banner(profile)))
        note_export(here, "portfolio", "*", profile, target.suffix)
        done(str(target))
        return
    answer = found[-1]
    if printed.form is Shape.table and len(answer.rows) > SHOWN:
        more = len(answer.rows) - SHOWN
        words = Words(
            f"另有 {more} 行；--format csv 全部列出，-o 写成网页或表格",
            f"{more} more rows; --format csv lists all, -o writes a page or a workbook",
        )
        answer = replace(answer, rows=answer.rows[:SHOWN], notes=(words, *answer.notes))
    emit(answer, language, printed.form.value)


def _scan(ws: Workspace, as_of: date | None, language: str, profile: str = "team") -> Scan:
    from powermap.cli.screen import progress
    from powermap.portfolio import scan
    from powermap.portfolio.export.profiles import reduce

    with progress("客户" if language == "zh" else "accounts") as step:
        found = ws.portfolio(as_of=as_of, progress=step)
    columns = reduce(found.columns, profile)
    return found if columns is found.columns else scan(columns)


def _folder(page: Path) -> Path:
    return page.with_name(f"{page.stem}-maps")


def _old_maps(page: Path, count: int, force: bool) -> list[Path]:
    """Find the maps beside a page that earlier runs drew, to be removed unless drawn anew; without `force` refuse."""
    folder = _folder(page)
    found = sorted(f for f in folder.glob("*.html") if f.is_file())
    if not force:
        if found and count:
            raise RenderError(
                Words(f"{folder} 里已有地图", f"there are maps in {folder} already"),
                hint=Words(
                    "给网页换个名字，或加 --force：不再重画的旧地图会删除",
                    "choose another name for the page, or add --force: it removes those that are not drawn anew",
                ),
            )
        return []
    return [file for file in found if is_page(file)]


def _maps(ws: Workspace, scan: Scan, page: Path, count: int, language: str, profile: str) -> dict[str, str]:
    """Draw the maps of the accounts with most at risk beside the page; return their addresses, relative to it."""
    from urllib.parse import quote

    from powermap.cli.screen import progress
    from powermap.portfolio.questions.findings import account_rows

    if not count:
        return {}
    folder = _folder(page)
    make_folder(folder)
    drawn = {}
    chosen = account_rows(scan)[:count]
    with progress("地图" if language == "zh" else "maps") as step:
        for number, row in enumerate(chosen, 1):
            file = folder / file_name(row["id"], ".html")
            view = ws.account(row["id"]).lens(as_of=scan.columns.as_of)
            # An account without people has no map.
            with suppress(RenderError):
                write(file, view.map(lang=language, profile=profile))
                drawn[row["id"]] = f"{quote(folder.name)}/{quote(file.name)}"
            step(number, len(chosen))
    return drawn


def _answers(
    ws: Workspace,
    scan: Scan,
    before: Scan | None,
    asked: Sequence[About],
    budget: str | None,
    without: Sequence[str] | None,
    language: str,
) -> list[Answer]:
    """Answer the questions, the last one the one to print."""
    from powermap.cli.screen import progress
    from powermap.portfolio import answer, changes_since
    from powermap.portfolio.questions.departures import answer as without_set
    from powermap.portfolio.questions.registry import FROM_RECORDS
    from powermap.portfolio.questions.repairs import Budget

    limit = Budget.read(budget) if budget is not None else None
    if limit is not None and About.repairs not in asked:
        raise AnalysisError(Words("--budget 只用于 --about repairs", "--budget goes with --about repairs"))
    alone = [without_set(scan, without)] if without else []
    if alone and len(asked) == 1:
        if before is not None:
            raise AnalysisError(
                Words(
                    "--since 和 --without 是两个问题：请分开问",
                    "--since and --without are two questions: ask one after the other",
                )
            )
        if asked[0] is not About.accounts:
            raise AnalysisError(
                Words(
                    "--without 单独成题：请去掉 --about",
                    "--without is a question of its own: leave --about out",
                )
            )
        return alone
    if before is not None and len(asked) == 1:
        return [changes_since(before, scan, asked[0].value)]
    found = []
    needed = any(q.value in FROM_RECORDS for q in asked)
    with (
        progress("问题" if language == "zh" else "questions") as step,
        ws.records() if needed else nullcontext() as records,
    ):
        for number, q in enumerate(asked, 1):
            found.append(answer(scan, q.value, records, ws.pack, limit))
            step(number, len(asked))
    if before is not None:
        found += [changes_since(before, scan, q) for q in ("accounts", "owners")]
    return found + alone


def calibrate(here: Known = Known()) -> None:
    """How well the chances of winning have done on closed deals: Brier score and reliability."""
    from powermap.analysis.calibration import ENOUGH
    from powermap.cli.screen import note, show_table

    zh = here.zh
    with here.open() as ws:
        found = ws.calibration()
    if found is None:
        note(
            "还没有带决策链的已结项目：在项目表里填结果和截止日期"
            if zh
            else "no deal with a committee has closed yet: fill in outcome and closing date in the deals sheet"
        )
        return
    note(
        f"{found.deals} 个已结项目，赢 {found.won} 个；预测误差 {found.brier:.3f}（一律按平均胜率预测是 {found.base:.3f}；越小越准）"
        if zh
        else f"{found.deals} closed deals, {found.won} won; Brier score {found.brier:.3f} (always saying the share won: {found.base:.3f})"
    )
    heads = ("预测", "项目数", "平均预测", "实际赢") if zh else ("Said", "Deals", "Mean said", "Won")
    rows = [(f"{b.low:.0%}–{b.high:.0%}", b.count, f"{b.said:.0%}", f"{b.won:.0%}") for b in found.bins]
    show_table(heads, rows, here.language)
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
    panel = told("提问", "Questions")
    offer(app, "portfolio", portfolio, "全部客户一起看：哪里只系于一人、值多少、谁能接手。", panel)
    offer(app, "calibrate", calibrate, "已结项目上胜率估得准不准：误差和可靠程度。", panel)
