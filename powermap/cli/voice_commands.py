"""What customers want and are worth: their voices, how satisfied they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.handing_out import hand_out, is_page, over_all
from powermap.cli.language import offer, told
from powermap.cli.options import AccountName, Eyes, Force, Known, Look, OneOrAll, Out, Printed
from powermap.errors import AnalysisError
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.reports.book.panel import Panel


class GateName(StrEnum):
    heard = "heard"
    screened = "screened"
    routed = "routed"
    solved = "solved"
    confirmed = "confirmed"


class Reader(StrEnum):
    outside = "outside"


def voices(
    account: OneOrAll = None,
    gate: Annotated[
        GateName | None,
        typer.Option(
            "--gate",
            help=told(
                "只看这一关：heard 收集、screened 已筛、routed 已分发、solved 已解决、confirmed 客户已确认。",
                "Only those at this gate.",
            ),
        ),
    ] = None,
    overdue: Annotated[
        bool,
        typer.Option(
            "--overdue",
            help=told("只看超过期限、过了截止日或重开的。", "Only those past limit or due day, or reopened."),
        ),
    ] = False,
    reader: Annotated[
        Reader | None,
        typer.Option(
            "--for",
            help=told(
                "outside：给客户看的峰会报告，只有原话、答复、办成日期。",
                "outside: the report for the customer's summit; words, answer and day solved only.",
            ),
        ),
    ] = None,
    output: Out = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Voice of the customer: at which gate each is, how long, who spoke, where it is stuck; of one or all.

    --for outside writes what the customer may read at the summit: powermap voices ACCOUNT --for outside -o summit.html
    """
    if reader is not None and (account is None or gate is not None or overdue or eyes.supplier):
        raise AnalysisError(
            Words(
                "--for outside 给一个客户看全部：请写客户，去掉 --gate、--overdue、--supplier",
                "--for outside is for one customer, and whole: name the account, leave --gate, --overdue and --supplier out",
            )
        )
    panels: Sequence[Panel] = ()
    page = None
    if account is None:
        answer = over_all("voices", eyes.as_of, here)
        title = f"{Words('客户声音', 'Voice of the customer')[here.language]} · {answer.as_of}"
    else:
        with here.open() as ws:
            view = eyes.at(ws, account)
            if reader is not None:
                from powermap.analysis.voice_report import for_customer
                from powermap.reports.book.voice import summit_page

                answer = for_customer(view.lens)
                name = answer.heading[0][here.language]
                title = f"{name} · {Words('您提的，我们做的', 'You asked, we did')[here.language]}"
                page = partial(summit_page, view.lens)
            else:
                answer, title = view.ask("voices"), view.title
    if gate is not None or overdue:
        rows = (
            r for r in answer.rows if (gate is None or r["key"] == gate.value) and (r["red"] or not overdue)
        )
        answer = replace(answer, rows=tuple(rows))
    if reader is None and is_page(output):
        panels = _panels(account, {(r["account_id"], r["id"]) for r in answer.rows}, eyes, here)
    hand_out([answer], output, force, printed, here, title, panels, page=page)


def _panels(account: str | None, shown: set[tuple[str, str]], eyes: Eyes, here: Known) -> Sequence[Panel]:
    """Draw the voices that an answer shows, of one account or of all."""
    from powermap.portfolio.questions.managed import lenses
    from powermap.reports.book.page import allowed
    from powermap.reports.book.voice import voice_panels

    with here.open() as ws:
        if account is not None:
            return voice_panels([allowed(eyes.at(ws, account).lens, "team")], shown)
        with ws.records() as records:
            every = lenses(records, ws.pack, eyes.as_of or ws.today)
            return voice_panels([allowed(lens, "team") for lens in every], shown)


def satisfaction(
    account: AccountName,
    output: Out = None,
    force: Force = False,
    look: Look = Look(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Satisfaction: people and organization on three indicators; contract, payment, tender gates, bad news, complaints."""
    from powermap.reports.book.page import allowed
    from powermap.reports.book.satisfaction import satisfaction_panel

    with here.open() as ws:
        view = look.at(ws, account)
        answer, title = view.ask("satisfaction"), view.title
        panels = [satisfaction_panel(allowed(view.lens, "team"))] if is_page(output) else []
    hand_out([answer], output, force, printed, here, title, panels)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("客户价值", "What customers want and are worth")
    offer(
        app,
        "voices",
        voices,
        "客户声音：每条到了哪一关、等了多久、谁说的、卡在哪里；一个客户或全部。\n\n--for outside 写成峰会上给客户看的报告：powermap voices 客户 --for outside -o 峰会.html",
        panel,
    )
    offer(
        app,
        "satisfaction",
        satisfaction,
        "满意度：个人与组织两个系列、三个指标，合同与回款、标前四关、负面事件传到谁、投诉。",
        panel,
    )
