"""What is held about people: what it is, what is held too long, what had better not be."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.handing_out import hand_out
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsOf, Force, Here, Known, Out, Printed
from powermap.errors import ConfigError
from powermap.words import Words, by_language

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
    from powermap.privacy.handed import handed
    from powermap.privacy.held import accounts_of, answer

    with here.open() as ws:
        held = ws.held(person)
        files = handed(ws.store.receipts(), accounts_of(held))
        found = answer(held, ws.pack, ws.today, files)
    title = ("所存个人信息 · " if here.zh else "Personal data held · ") + found.heading[0][here.language]
    hand_out([found], output, force, printed, here, title)


def erase(
    person: Who,
    blank: Annotated[
        str | None,
        typer.Option(
            "--blank",
            metavar="WHICH",
            help=told(
                "别处文字里的姓名怎么办：all 全部抹去，none 保留，或编号如 1,3；不写则问。",
                "What of their name in other people's notes: all, none, or numbers such as 1,3; asked if left out.",
            ),
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=told("不问，直接删除（脚本用）。", "Don't ask; for scripts."))
    ] = False,
    author: Actor = "",
    here: Here = Here(),
) -> None:
    """Forget a person: facts, ties, judgements, history. It can't be undone. Imports don't bring them back unasked."""
    from powermap.cli.screen import done, note, show_table
    from powermap.privacy.erasing import alike, chosen, counted, leftovers

    lang = here.language
    with here.open(actor=author) as ws:
        held = ws.held(person)
        name = by_language(held.person.name, held.person.name_alt)[lang]
        for line in counted(held, ws.pack):
            note(line[lang])
        groups = alike(held.mentions)
        if groups:
            heads = (
                ("编号", "类别", "栏", "原文", "处")
                if here.zh
                else ("Number", "Kind", "Column", "Text", "Times")
            )
            rows = [(n, *group[0].told(ws.pack, lang), len(group)) for n, group in enumerate(groups, 1)]
            show_table(heads, rows, lang)
        if blank is None and held.mentions:
            if yes:
                raise ConfigError(
                    Words(
                        "别处文字提到此人：请写 --blank all、none 或编号",
                        "other notes name them: say --blank all, none or numbers",
                    )
                )
            blank = typer.prompt(
                "抹去哪些里的姓名？all、none 或编号"
                if here.zh
                else "Blank the name in which? all, none or numbers",
                default="all",
            )
        wanted = chosen(groups, blank or "none")
        if not yes:
            typer.confirm(
                f"删除 {name}？不能撤销" if here.zh else f"Forget {name}? This can't be undone",
                default=False,
                abort=True,
            )
        ws.erase(held, wanted)
        done(f"已删除 {name}" if here.zh else f"{name} is forgotten")
        for line in leftovers(ws.store, held, wanted):
            note(line[lang])


def allow(
    name: Annotated[str, typer.Argument(metavar="NAME", help=told("姓名。", "The name."))],
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="ACCOUNT",
            help=told("在哪个客户；默认任何一处。", "Of which account; default: any."),
        ),
    ] = None,
    author: Actor = "",
    here: Here = Here(),
) -> None:
    """Let somebody who was forgotten be recorded again: they agreed, or it is somebody else of that name."""
    from powermap.cli.screen import show_receipt
    from powermap.privacy.allowing import allowing

    with here.open(actor=author) as ws:
        batch = allowing(ws.snapshot(), name, account, ws.today, ws.actor)
        show_receipt(ws.apply(batch), here.language)


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
        "erase",
        erase,
        "删除某人：事实、关系、判断、历史。不能撤销；以后导入也不会自动录回。",
    )
    offer(privacy_app, "allow", allow, "允许已删除的人再次录入：本人同意了，或是另一个同名的人。")
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
