"""What the store remembers: what was recorded since, and what was believed before a deal ended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from powermap.cli.handing_out import hand_out
from powermap.cli.language import offer, told
from powermap.cli.options import AccountName, DealName, Force, Known, OneOrAll, Out, Printed, instant


def changes(
    since: Annotated[
        datetime,
        typer.Option(
            "--since",
            metavar="WHEN",
            parser=instant,
            help=told(
                "那天（含）之后记下的，如 2026-09-30。", "What was recorded after that day, 2026-09-30."
            ),
        ),
    ],
    account: OneOrAll = None,
    output: Out = None,
    force: Force = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What was recorded since a day, each record once: from what it was to what it is, by whom; of one account or all."""
    from powermap.memory.recorded import answer, recorded

    with here.open() as ws:
        of = ws.account(account) if account else None
        ident = of.id if of else None
        then, now = ws.snapshot(ident, known_at=since), ws.snapshot(ident)
        among = {r.id for s in (then, now) for r in s} if of else None
        found = answer(
            recorded(ws.store.log(), since, among),
            then,
            now,
            ws.pack,
            since.date(),
            ws.today,
            (of.id, of.name) if of else ("", ""),
        )
    hand_out([found], output, force, printed, here, found.heading[0][here.language])


def hindsight(
    account: AccountName,
    deal: DealName = None,
    output: Out = None,
    force: Force = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What we believed on the eve of a deal's end, beside what is known of that day now; default: the last that was lost.

    The chance we gave it, each judgement of the committee that was wrong, and what the brief said then.
    """
    with here.open() as ws:
        found = ws.hindsight(account, deal)
        title = " · ".join(w[here.language] for w in found.heading)
    hand_out([found], output, force, printed, here, title)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("数据", "The store")
    offer(
        app,
        "changes",
        changes,
        "某天以来记下了什么：每条只说一次，从那时的样子到现在的样子，谁记的；一个客户或全部。",
        panel,
    )
    offer(
        app,
        "hindsight",
        hindsight,
        "复盘：项目结束前一天我们怎么看，和现在知道的那天对比；默认最近丢掉的项目。\n\n当时给的胜率、决策链上判断错的、当时的要点。",
        told("提问", "Questions"),
    )
