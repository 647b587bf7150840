"""Relations managed: attitudes with grounds, the house, the plan, what is to be done, the review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.handing_out import hand_out, note_export, over_all, wrote
from powermap.cli.language import offer, told
from powermap.cli.options import (
    AccountName,
    Actor,
    AsOf,
    Eyes,
    Force,
    Here,
    Known,
    Look,
    OneOrAll,
    Out,
    Printed,
    _day,
    out_path,
)
from powermap.cli.question_commands import Asking
from powermap.words import Lang, Words

if TYPE_CHECKING:
    pass

QUESTIONS = {
    "attitudes": Words(
        "每个人的态度凭什么：六个维度、总分、目标、谁判断、最旧一格、待证实的。",
        "What each attitude rests on: six dimensions, total, target, who judged, the oldest cell, what is unproven.",
    ),
    "house": Words(
        "三大关系的房子：房顶、柱子、地基，各有现状、目标、负责人。",
        "The house of the three relations: roof, pillars, floor, each with level, target and owner.",
    ),
    "keys": Words(
        "关键人，三条路找出来：组织架构、权力地图、采购流程。",
        "The key people, found three ways: by the chart, the power map, the purchase.",
    ),
    "matrix": Words(
        "兵对兵、将对将：对方每一层由我方哪一层覆盖。",
        "Like meets like: which of our ranks meets each of their levels.",
    ),
    "scorecard": Words(
        "客户价值称重定级：建议等级与现定等级，等级要求还差什么。",
        "What the customer is worth: the grade suggested and set, and what the grade still lacks.",
    ),
    "team": Words(
        "客户团队：谁担什么职责、缺谁、与对手的兵力对比。",
        "The account's team: who has which duty, what is missing, our people beside each rival's.",
    ),
    "calendar": Words(
        "三个层级的会面：上次、下次、逾期、议题。",
        "The three layers of meetings: last, next, overdue, agenda.",
    ),
    "health": Words(
        "关系的四个方面：安全、稳定、全面、可持续。",
        "Four dials of the relations: safe, stable, complete, lasting.",
    ),
    "qualify": Words(
        "C139 与 MEDDPICC：记录能回答的，和还缺的。",
        "C139 and MEDDPICC: what the records answer, and what is missing.",
    ),
}
"""Questions that take an account and nothing more, with their help."""


def _command(name: str, words: Words) -> Callable[..., None]:
    def command(
        account: AccountName,
        look: Look = Look(),
        printed: Printed = Printed(),
        here: Known = Known(),
    ) -> None:
        Asking(account, look, printed, here).ask(name)

    command.__doc__ = words.en
    return command


def invite(
    account: AccountName,
    count: Annotated[
        int, typer.Option("--count", metavar="N", min=1, help=told("邀请几个人。", "How many to invite."))
    ] = 8,
    look: Look = Look(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Whom to invite to a summit: those who together carry most of the decision, a rival's supporters apart."""
    Asking(account, look, printed, here).ask("invite", count)


def plan(
    account: AccountName,
    output: Out = None,
    take: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="P1",
            help=told(
                "采纳建议 P1，写成目标和行动；可多次。",
                "Take proposal P1 over, as a goal and an action; several times.",
            ),
        ),
    ] = None,
    force: Force = False,
    author: Actor = "",
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """The relation plan: market, weak spots and entry points, goals and measures, execution.

    -o writes it as text, page, slides, or as a workbook: change goals and actions there, and import it again.
    """
    from powermap.analysis.proposals import proposals
    from powermap.cli.screen import emit, note

    if take:
        _take(account, take, author, eyes, here)
        return
    with here.open() as ws:
        view = eyes.at(ws, account)
        answer = view.ask("plan")
        if output is not None and output.suffix == ".xlsx":
            from powermap.reports.plan_workbook import write_plan

            write_plan(view.lens, out_path(output, force), here.language)
    if output is None:
        emit(answer, here.language, printed.form.value)
    elif output.suffix != ".xlsx":
        hand_out([answer], output, force, printed, here, view.title)
    else:
        note_export(here, "plan", view.account.name, "full", output.suffix)
        wrote(output, here.zh, f"powermap import {output}")
        if proposals(view.lens):
            note(
                "建议的行以 # 开头：删去 # 再导入即采纳"
                if here.zh
                else "rows of proposals begin with #: delete it to take one over"
            )


def book(
    account: AccountName,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.html",
            help=told("要写的网页；.png 为长图。", "The page to write; .png is one long picture for a chat."),
        ),
    ] = Path("book.html"),
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="WHO",
            help=told("谁看：team 或 full（管理层）。", "Who may see it: team, or full (managers)."),
        ),
    ] = "team",
    reader: Annotated[
        str,
        typer.Option(
            "--reader", metavar="NAME", help=told("水印：给谁的。", "Watermark: for whom the copy is.")
        ),
    ] = "",
    expires: Annotated[
        date | None,
        typer.Option(
            "--expires",
            metavar="DATE",
            parser=_day,
            help=told("水印：有效到哪天。", "Watermark: good until."),
        ),
    ] = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    here: Known = Known(),
) -> None:
    """One book of the account: map, grade, single points, house, attitudes, value, plan, decision, voices, meetings, health.

    One page, both languages, offline; each statement opens its evidence by a click. As .png it is one long picture.
    """
    from powermap.analysis.beyond import beyond
    from powermap.output import write
    from powermap.reports.book import render
    from powermap.reports.book.long_picture import long_picture
    from powermap.reports.book.page import Mark
    from powermap.reports.book.rivals import strongest

    target = out_path(output, force)
    language: Lang = "zh" if here.zh else "en"
    with here.open() as ws:
        view = eyes.at(ws, account)
        mark = Mark(reader, date.today(), expires) if reader or expires else None
        svg = view.map(form="svg", lang=here.language, profile=profile)
        with ws.records() as records:
            around = beyond(records, view.lens)
        if output.suffix.lower() == ".png":
            page = long_picture(view.lens, language, svg, profile, mark, around)
        else:
            other = strongest(view.lens)
            rival = None
            if other:
                theirs = replace(view, lens=view.lens.with_supplier(other))
                rival = other, theirs.map(form="svg", lang=here.language, profile=profile)
            page = render(view.lens, language, svg, profile, mark, rival, around).encode("utf-8")
    write(target, page)
    note_export(here, "book", view.account.name, profile, output.suffix)
    wrote(output, here.zh)


def _take(account: str, wanted: list[str], author: str, eyes: Eyes, here: Here) -> None:
    from powermap.cli.edit_result import Said, carry_out
    from powermap.editing.occasion import Edit, Occasion
    from powermap.editing.planning import take

    with here.open() as ws:
        lens = eyes.at(ws, account).lens

    def make(occasion: Occasion) -> Edit:
        return take(occasion, lens, wanted)

    carry_out(make, Said(account=account, on=eyes.as_of, author=author, here=here))


def review(
    account: OneOrAll = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", metavar="DATE", parser=_day, help=told("与那天相比。", "Compare with that day.")
        ),
    ] = None,
    output: Out = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """The review in ten minutes: who decides, what each believes and how we know, what has changed, what was kept."""

    if account is None:
        answer = over_all("review", eyes.as_of, here)
        title = ("回顾" if here.zh else "Review") + f" · {answer.as_of}"
    else:
        with here.open() as ws:
            view = eyes.at(ws, account)
            answer, title = view.ask("review", since), view.title
    hand_out([answer], output, force, printed, here, title)


def todo(
    account: OneOrAll = None,
    mine: Annotated[
        str | None,
        typer.Option(
            "--mine",
            metavar="NAME",
            autocompletion=offers("people"),
            help=told("只看我方某人的。", "Only those of one of ours."),
        ),
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=told("只看逾期的。", "Only what is overdue."))
    ] = False,
    week: Annotated[
        bool,
        typer.Option(
            "--week",
            help=told("只看七天之内到期和已逾期的。", "Only what is due within seven days, or overdue."),
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=told(
                "写成文件：.ics 日历、.txt、.html、.xlsx、.pptx。",
                "Write a file: .ics calendar, .txt, .html, .xlsx, .pptx.",
            ),
        ),
    ] = None,
    force: Force = False,
    as_of: AsOf = None,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What is to be done, promises first: actions, promises, voices, meetings that are due; of all, or of one of ours."""
    from datetime import timedelta

    from powermap.cli.screen import emit
    from powermap.editing.naming import Register
    from powermap.findings import Answer, Column
    from powermap.model import Organization, Person
    from powermap.portfolio.questions.managed import lenses
    from powermap.portfolio.questions.todo import COLUMNS, all_todos, table
    from powermap.portfolio.questions.todo import told as said

    with here.open() as ws:
        day = as_of or ws.today
        with ws.records() as records:
            among: list[Organization] | None = None
            if account is not None:
                wanted = ws.account(account).id
                among = [o for o in records.all(Organization) if o.id == wanted]
            found = all_todos(lenses(records, ws.pack, day, among))
        if mine is not None:
            snapshot = ws.snapshot()
            us = snapshot.us
            who = Register(snapshot).one(mine, Person, account=us.id if us else None)
            found = [t for t in found if t.owner == who.id]
    if overdue:
        found = [t for t in found if t.late(day)]
    if week:
        found = [t for t in found if t.due is not None and t.due <= day + timedelta(days=7)]
    head = Words("要做的事", "To do")
    answer = Answer(
        "todo", ("", head.en), None, None, day, tuple(Column(k, Words(zh, en)) for k, zh, en in COLUMNS),
        tuple(table(found, day)), (said(found, day),), (), {head.en: head},
    )  # fmt: skip
    if output is None:
        emit(answer, here.language, printed.form.value)
    elif output.suffix == ".ics":
        from powermap.output import write
        from powermap.reports.calendar_file import as_calendar

        write(out_path(output, force), as_calendar(found, "zh" if here.zh else "en"))
        note_export(here, "todo", account or "*", "team", output.suffix)
        wrote(output, here.zh)
    else:
        hand_out([answer], output, force, printed, here, f"{head[here.language]} · {day}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("经营关系", "Managing relations")
    offer(
        app,
        "plan",
        plan,
        "客户关系规划：市场与定位、短板与切入口、目标与措施、执行。\n\n-o 写成文字、网页、幻灯片，或工作簿：在里面改目标和行动，再导入。",
        panel,
    )
    offer(
        app, "todo", todo, "要做的事，承诺在前：行动、承诺、客户声音、该开的会；全部的，或我方某人的。", panel
    )
    offer(app, "review", review, "十分钟回顾：谁决定、各自怎么看凭什么、有什么变化、说到的做到没有。", panel)
    offer(
        app,
        "book",
        book,
        "客户一本账：地图、等级、单点、房子、态度、价值、规划、决策链、声音、会面、健康。\n\n一页网页，中英文，离线可看；每句话一点就是依据。写成 .png 即为长图。",
        panel,
    )
    for name, words in QUESTIONS.items():
        offer(app, name, _command(name, words), words.zh, panel)
    offer(app, "invite", invite, "峰会请谁：合起来占决策影响最多的几位，支持对手的另列。", panel)
