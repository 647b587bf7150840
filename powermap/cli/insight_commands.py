"""What customers want, what we know of them, what rivals have: needs, insight, rivals."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from powermap.cli.handing_out import hand_out, is_page, over_all
from powermap.cli.language import offer, told
from powermap.cli.options import AccountName, Eyes, Force, Here, Known, OneOrAll, Out, Printed, _day
from powermap.errors import AnalysisError
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.findings import Answer
    from powermap.lens import Lens
    from powermap.reports.book.panel import Panel
    from powermap.workspace import Workspace

Since = Annotated[
    date | None,
    typer.Option("--since", metavar="DATE", parser=_day, help=told("与那天相比。", "Compare with that day.")),
]
TITLES = {
    "needs": Words("需求池", "Needs"),
    "insight": Words("客户洞察", "Insight"),
    "rivals": Words("友商档案", "Rivals"),
}
"""What the files of these answers are called."""


def needs(
    account: OneOrAll = None,
    since: Since = None,
    output: Out = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What customers need: horizon, state, how clear it is, what our roadmap answers, what to prepare ahead."""
    _ask("needs", account, output, force, eyes, printed, here, since)


def insight(
    account: OneOrAll = None,
    since: Since = None,
    output: Out = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """The briefing from the top down: environment, enterprise, needs, purchase, value; who was asked; what is out of date.

    -o briefing.txt, .html, .xlsx or .pptx writes it to hand on; without ACCOUNT it is headquarters' view over all.
    """
    _ask("insight", account, output, force, eyes, printed, here, since)


def rivals(
    account: AccountName,
    since: Since = None,
    output: Out = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """The dossier of each rival: scores beside ours, people, shares, where we are better, equal, worse, unknown."""
    _ask("rivals", account, output, force, eyes, printed, here, since)


def _ask(
    question: str,
    account: str | None,
    output: Any,
    force: bool,
    eyes: Eyes,
    printed: Printed,
    here: Here,
    since: date | None,
) -> None:
    answer: Answer
    head, behind = TITLES[question][here.language], []
    panels: list[Panel] = []
    if account is None:
        if since is not None:
            raise AnalysisError(
                Words("--since 用于一个客户：请写客户", "--since is for one account: name it")
            )
        answer = over_all(question, eyes.as_of, here)
        title = f"{head} · {answer.as_of}"
        if question == "insight" and output is not None:
            behind = [_briefings(eyes.as_of, here)]
    else:
        with here.open() as ws:
            view = eyes.at(ws, account)
            more: tuple[Any, ...] = ()
            if question == "insight":
                from powermap.analysis.insight import of_markets

                with ws.records() as records:
                    more = (of_markets(records, view.lens),)
            answer, title = view.ask(question, since, *more), f"{head} · {view.title}"
            if is_page(output):
                panels = [_panel(question, ws, view.lens, since)]
    hand_out([answer, *behind], output, force, printed, here, title, panels)


def _panel(question: str, ws: Workspace, lens: Lens, since: date | None) -> Panel:
    """Draw the answer for the team: pictures go from hand to hand."""
    from powermap.reports.book.dossier import dossier_panel
    from powermap.reports.book.outlook import insight_panel
    from powermap.reports.book.page import allowed
    from powermap.reports.book.wants import needs_panel

    seen = allowed(lens, "team")
    if question == "needs":
        return needs_panel(seen, since)
    if question == "rivals":
        return dossier_panel(seen, since)
    with ws.records() as records:
        return insight_panel(seen, records, since)


def insight_pack(account: str | None, output: Path, as_of: date | None, here: Here, force: bool) -> None:
    """Write what headquarters need of insight: of one account, or of all with their markets."""
    _ask("insight", account, output, force, Eyes(as_of=as_of), Printed(), here, None)


def _briefings(as_of: date | None, here: Here) -> Answer:
    from powermap.portfolio.questions.insights import briefings

    with here.open() as ws:
        scan = ws.portfolio(as_of=as_of)
        with ws.records() as records:
            return briefings(scan, records, ws.pack)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("客户价值", "What customers want and are worth")
    offer(app, "needs", needs, "客户要什么：期限、状态、清晰度、我方路标回应了什么、要提前铺垫什么。", panel)
    offer(
        app,
        "insight",
        insight,
        "自上而下的洞察：环境、企业、需求、采购、价值；问过谁；什么过期了。\n\n-o 写成 .txt、.html、.xlsx、.pptx 交给总部；不写客户则是总部看全部。",
        panel,
    )
    offer(app, "rivals", rivals, "每个友商的档案：与我方逐项比、人、份额；哪里好、一样、差、不知道。", panel)
