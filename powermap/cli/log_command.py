"""One line about a meeting: powermap log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.everyday_commands import DryRun, On
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsJson, Here

if TYPE_CHECKING:
    from powermap.editing.jotting import Jotting
    from powermap.editing.occasion import Edit, Occasion
    from powermap.model import Person


def log(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help=told(
                "一行话：日期、形式、客户、见了谁；冒号后写他们说了什么（#标签）、答应了什么（到哪天）。",
                "One line: the day, how, the account, whom; behind a colon what they said (#tag), what you promised (by when).",
            ),
        ),
    ],
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="NAME",
            autocompletion=offers("accounts"),
            help=told("哪个客户，这一行没写时。", "Which account, where the line names none."),
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=told("不问，直接写入。", "Write it without asking."))
    ] = False,
    on: On = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Log a meeting in a line: powermap log "Nov 18 visit Acme, Ada: late again #pain; send a plan by next Friday".

    Shows what it understood and what it didn't, asks, and writes the meeting, what they said and what you promised.
    """
    from powermap.cli.edit_result import Said, carry_out, user_name
    from powermap.editing.jotting import jot, mine, take_apart
    from powermap.sources.vocabulary import Vocabulary

    def make(occasion: Occasion) -> Edit:
        found = take_apart(text, occasion, Vocabulary(occasion.pack))
        by = mine(occasion.register, author or user_name())
        _show(found, by, occasion, here.language)
        edit = jot(found, occasion, by)
        if not (yes or dry_run or as_json):
            _ask(here.language)
        return edit

    said = Said(account=account, on=on, dry_run=dry_run, author=author, here=here, as_json=as_json)
    carry_out(make, said)


def _ask(lang: str) -> None:
    """Ask whether it may be written; without a terminal nobody can say so, and nothing is."""
    import sys

    from powermap.cli.screen import note

    if not sys.stdin.isatty():
        note(
            "没有终端可问，未写入；确认无误请加 --yes"
            if lang == "zh"
            else "nobody to ask here, so nothing was written; add --yes"
        )
        raise typer.Exit(1)
    typer.confirm("写入吗？" if lang == "zh" else "Write this?", abort=True)


def _show(found: Jotting, by: Person | None, occasion: Occasion, lang: str) -> None:
    """Say what was understood of a line, and what wasn't."""
    from powermap.cli.screen import complain, note

    zh, pack = lang == "zh", occasion.pack
    comma = "、" if zh else ", "
    ours = found.ours or ((by,) if by else ())

    def line(zh_head: str, en_head: str, value: str) -> None:
        note(f"{zh_head}：{value}" if zh else f"{en_head}: {value}")

    form = pack.say("form", found.form)[lang] if found.form else ("往来" if zh else "meeting")
    house = found.account.name if found.account else "?"
    line(
        "会面", "Meeting", f"{found.on} {form} · {house} · {comma.join(p.name for p in found.theirs) or '?'}"
    )
    line(
        "我方",
        "Ours",
        comma.join(p.name for p in ours)
        or ("不知道是谁；可加 --author 姓名" if zh else "unknown; add --author NAME"),
    )
    for voice in found.voices:
        kind = pack.say("voice", voice.sort)[lang]
        triage = f" · {pack.say('triage', voice.triage)[lang]}" if voice.triage else ""
        line(
            "客户声音",
            "Voice",
            f"{voice.words}（{kind}{triage}）" if zh else f"{voice.words} ({kind}{triage})",
        )
    for promise in found.promises:
        line("承诺", "Promise", f"{promise.words} · {promise.due or '?'}")
    for remark in found.remarks:
        line("纪要", "Noted", remark)
    for missed in found.missed:
        complain(missed[lang])


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    offer(
        app,
        "log",
        log,
        "一行话记下一次会面：powermap log “11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案”。\n\n"
        "先说看懂了什么、没看懂什么，问过再写入：会面、客户声音、承诺。",
        panel=told("日常改动", "Everyday changes"),
    )
