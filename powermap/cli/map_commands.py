"""The map: one self-contained page, or a file for another program."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.handing_out import note_export
from powermap.cli.language import offer, told
from powermap.cli.options import AccountName, Force, Known, Look, _day, out_path
from powermap.words import Words

MOST = 1_000_000
"""Bytes of a story."""


def map_(
    account: AccountName,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.html",
            help=told(
                "要写的网页；按后缀也可写 .svg（一张图）、.pdf、.png、.pptx（汇报）、.gexf（Gephi）、.graphml、.json、.zip（两张 CSV 表）。",
                "The page to write; or by its ending .svg (one drawing), .pdf, .png, "
                ".pptx (a briefing), .gexf (Gephi), .graphml, .json, .zip (two CSV tables).",
            ),
        ),
    ],
    since: Annotated[
        date | None,
        typer.Option(
            "--since",
            metavar="DATE",
            parser=_day,
            help=told(
                "标出那天以来的变化，如上次复盘以来。",
                "Mark what moved since that day, e.g. the last review.",
            ),
        ),
    ] = None,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="WHO",
            help=told(
                "给谁看：team（团队）；full（管理者，盖上姓名和时间）；outside（客户：不含任何评价）；anonymous（截图：没有姓名、层级和部门；谁影响谁仍可能让人认出来）。",
                "Who may see it: team; full (managers; stamped with name and time); outside (the customer: no judgement of "
                "anybody); anonymous (screenshots: no names, levels, departments; who sways whom may still give people away).",
            ),
        ),
    ] = "team",
    story: Annotated[
        Path | None,
        typer.Option(
            "--story",
            metavar="FILE.txt",
            help=told(
                "自己写的讲解：每步一段，人写在方括号里；默认讲 `brief` 的结论。",
                "Steps of your own: a paragraph each, people in square brackets; default: what `brief` finds.",
            ),
        ),
    ] = None,
    force: Force = False,
    look: Look = Look(),
    here: Known = Known(),
) -> None:
    """Draw our map beside each competitor's: one page that opens anywhere, also without a network."""
    from powermap.cli.screen import done, note
    from powermap.errors import StoreError
    from powermap.maps.layout.account_layout import pushed
    from powermap.maps.layout.saved_layout import kept_record
    from powermap.output import write

    language = here.language
    target = out_path(output, force)
    told = _story(story) if story is not None else ""
    moved = 0
    suffix = target.suffix.lower().lstrip(".")
    form = "html" if suffix == "htm" else suffix
    with here.open() as ws:
        seen = look.at(ws, account)
        content = seen.map_file(form, lang=language, since=since, profile=profile, story=told)
        if not look.what_if and look.as_of is None:
            moved = len(pushed(seen.lens))
            # The first map says where everybody stands from now on; a store that can't be written is drawn all the same.
            first = kept_record(seen.lens) is None
            with contextlib.suppress(StoreError):
                if seen.keep_layout() and first and form != "html":
                    # Only the page knew of those who have left already, and made room for them.
                    seen = look.at(ws, account)
                    content = seen.map_file(form, lang=language, since=since, profile=profile, story=told)
    write(target, content)
    note_export(here, "map", seen.account.name, profile, form)
    done(f"{target} ({len(content) / 1000:,.0f} KB)")
    if moved:
        note(
            f"没有空位给新的层级或更高的标注：{moved} 人下移"
            if language == "zh"
            else "there was no room for a new level or for longer labels: "
            + ("1 person" if moved == 1 else f"{moved} people")
            + " moved down"
        )


def _story(path: Path) -> str:
    from powermap.errors import SourceError
    from powermap.refusals import why
    from powermap.sources.encoding import decode

    hint = Words(
        "讲解是文本文件（.txt）：每步一段，人写在 [方括号] 里",
        "a story is a text file (.txt): a paragraph for each step, people in [square brackets]",
    )
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
        if len(data) > MOST:
            raise SourceError(
                Words(f"{path.name} 超过 {MOST / 1e6:g} MB", f"{path.name} is larger than {MOST / 1e6:g} MB"),
                hint=hint,
            )
        text = decode(data, path.name).text
    except OSError as error:
        said, advice = why(error)
        raise SourceError(
            Words(f"{path} 读不了：{said.zh}", f"{path} can't be read: {said.en}"), hint=advice
        ) from error
    except SourceError as error:
        raise SourceError(error.words, hint=hint) from error
    if not text.strip():
        raise SourceError(Words(f"{path.name} 是空的", f"{path.name} is empty"), hint=hint)
    return text


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    offer(
        app,
        "map",
        map_,
        "画我方地图，与每个对手的并排：一个网页，不联网也能打开。",
        told("提问", "Questions"),
    )
