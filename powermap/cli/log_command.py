"""One line about a meeting: powermap log."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.everyday_commands import DryRun, On
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsJson, Here
from powermap.words import by_language

if TYPE_CHECKING:
    from powermap.editing.jotting import Jotting
    from powermap.editing.occasion import Edit, Occasion
    from powermap.model import Organization, Person


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

    Shows what it understood and what it didn't, asks, and writes the meeting, what they said and what you promised. With
    --yes a line that wasn't understood in whole is refused.
    """
    from powermap.cli.edit_result import Said, carry_out
    from powermap.cli.screen import complain
    from powermap.editing.jotting import jot, mine, ruled, take_apart
    from powermap.sources.vocabulary import Vocabulary

    def make(occasion: Occasion) -> Edit:
        words = Vocabulary(occasion.pack)
        found = take_apart(text, occasion, words)
        by = mine(occasion.register, occasion.author)
        if not as_json:
            _show(found, by, author, occasion, here.language)
        edit = jot(found, occasion, by, words)
        warned = tuple(ruled(found, occasion, words))
        for warning in () if as_json else warned:
            complain(warning[here.language])
        settled = yes or dry_run or as_json
        if found.missed and (settled or not sys.stdin.isatty()):
            _refuse(found, as_json, here.language)
        if not settled:
            _ask(here.language)
        return replace(edit, notes=(*found.notes, *warned) if as_json else ())

    said = Said(account=account, on=on, dry_run=dry_run, author=author, here=here, as_json=as_json)
    carry_out(make, said)


def _ask(lang: str) -> None:
    """Ask whether it may be written; without a terminal nobody can say so, and nothing is."""
    from powermap.cli.screen import note

    if not sys.stdin.isatty():
        note(
            "没有终端可问，未写入；确认无误请加 --yes"
            if lang == "zh"
            else "nobody to ask here, so nothing was written; add --yes"
        )
        raise typer.Exit(1)
    typer.confirm("写入吗？" if lang == "zh" else "Write this?", abort=True)


def _refuse(found: Jotting, as_json: bool, lang: str) -> None:
    """Write nothing of a line that wasn't understood in whole, where nobody is asked."""
    from powermap.cli.screen import complain
    from powermap.errors import EXIT_PROBLEMS

    for missed in found.missed if as_json else ():
        complain(missed[lang])
    complain(
        *(
            (f"有 {len(found.missed)} 处没看懂，什么都没写入", "照上面改好这一行；或去掉 --yes，看过再写")
            if lang == "zh"
            else (
                f"not understood: {len(found.missed)}, so nothing was written",
                "change the line as said above; or leave --yes out, look, and answer",
            )
        )
    )
    raise typer.Exit(EXIT_PROBLEMS)


def _show(found: Jotting, by: Person | None, author: str, occasion: Occasion, lang: str) -> None:
    """Say what was understood of a line, and what wasn't."""
    from powermap.cli.screen import complain, note
    from powermap.editing.jotting import like_mine, present

    zh, pack = lang == "zh", occasion.pack
    comma = "、" if zh else ", "

    def called(thing: Person | Organization) -> str:
        return by_language(thing.name, thing.name_alt)[lang]

    ours = present(found, by)

    def line(zh_head: str, en_head: str, value: str) -> None:
        note(f"{zh_head}：{value}" if zh else f"{en_head}: {value}")

    form = pack.say("form", found.form)[lang] if found.form else ("往来" if zh else "meeting")
    house = called(found.account) if found.account else "?"
    who = comma.join(map(called, found.theirs)) or "?"
    line("会面", "Meeting", f"{found.on} {form} · {house} · {who}")
    line("我方", "Ours", comma.join(map(called, ours)) or ("不知道是谁" if zh else "unknown"))
    if by is None and author:
        near = like_mine(occasion.register, author)
        complain(
            f"我方人员里没有“{author}”" if zh else f"nobody of ours is called {author!r}",
            (f"是不是 {comma.join(near)}？" if zh else f"did you mean {comma.join(near)}?") if near else "",
        )
    elif not ours:
        note("加 --author 姓名，就知道是谁" if zh else "add --author NAME to say who it was")
    for voice in found.voices:
        kind = pack.say("voice", voice.sort)[lang]
        triage = f" · {pack.say('triage', voice.triage)[lang]}" if voice.triage else ""
        said_by = voice.by or next(iter(found.theirs), None)
        name = called(said_by) if said_by else "?"
        text = f"{name}：{voice.words}（{kind}{triage}）" if zh else f"{name}: {voice.words} ({kind}{triage})"
        line("客户声音", "Voice", text)
    for promise in found.promises:
        owner = f" · {called(promise.owner)}" if promise.owner else ""
        line("承诺", "Promise", f"{promise.words} · {promise.due or '?'}{owner}")
    for remark in found.remarks:
        line("纪要", "Noted", remark.words)
        if remark.day is not None:
            note(
                f"  {remark.day}：不算承诺，只作纪要；是我方承诺就写成“答应…”"
                if zh
                else f"  {remark.day}: a note, no promise; if it is one of ours, begin with 'promised …'"
            )
    for said in found.notes:
        note(said[lang])
    for missed in found.missed:
        complain(missed[lang])


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    offer(
        app,
        "log",
        log,
        "一行话记下一次会面：powermap log “11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案”。\n\n"
        "先说看懂了什么、没看懂什么，问过再写入：会面、客户声音、承诺。用 --yes 时，有没看懂的就什么都不写。",
        panel=told("日常改动", "Everyday changes"),
    )
