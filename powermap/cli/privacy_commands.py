"""What is held about people: what it is, what is held too long, what had better not be."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.handing_out import hand_out
from powermap.cli.language import offer, told
from powermap.cli.options import AsOf, Force, Known, Out, Printed

privacy_app = typer.Typer(
    help=told("个人信息：查阅、保留期限、敏感备注。", "Personal data: access, retention, sensitive notes."),
    no_args_is_help=True,
)
Who = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        autocompletion=offers("people"),
        help=told("姓名或编号。", "Name or id."),
    ),
]


def access(
    person: Who,
    output: Out = None,
    force: Force = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """All that is held about a person, for them to read: facts, history, sources, and where their name stands elsewhere.

    -o access.html is the page to hand over; --json has every record as it is kept.
    """
    from powermap.privacy.held import answer

    with here.open() as ws:
        found = answer(ws.held(person), ws.pack, ws.today)
    title = ("所存个人信息 · " if here.zh else "Personal data held · ") + found.heading[0][here.language]
    hand_out([found], output, force, printed, here, title)


def retention(
    as_of: AsOf = None,
    output: Out = None,
    force: Force = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What is held beyond its time: people without contact, judgements of deals long closed. Changes nothing."""
    from powermap.privacy.retention import answer, expired

    with here.open() as ws:
        day = as_of or ws.today
        snapshot = ws.snapshot()
        found = answer(expired(snapshot, ws.store.log(), ws.pack, day), snapshot, ws.pack, day)
    hand_out([found], output, force, printed, here, found.heading[0][here.language])


def notes(
    output: Out = None,
    force: Force = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Notes that tell of health, religion, politics, debt or divorce: rewrite them, so that the person may read them."""
    from powermap.privacy.notes import answer

    with here.open() as ws:
        found = answer(ws.snapshot(), ws.pack, ws.today)
    hand_out([found], output, force, printed, here, found.heading[0][here.language])


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.add_typer(privacy_app, name="privacy", rich_help_panel=told("数据", "The store"))
    offer(
        privacy_app,
        "access",
        access,
        "存有某人的全部信息，给本人看：事实、历史、来源，以及别处文字里出现的姓名。\n\n-o 查阅.html 可交给本人；--json 含每条记录原样。",
    )
    offer(
        privacy_app,
        "retention",
        retention,
        "超过保留期限的：多时没有往来的人、早已结束的项目的判断。只列出，不改动。",
    )
    offer(
        privacy_app,
        "notes",
        notes,
        "写到健康、宗教、政治、债务、婚姻变故的备注：请改写成本人可以看到的话。",
    )
