"""One person is one: list what may be the same, and make two records one."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsJson, Here
from powermap.words import Words

SHOWN = 200
"""Pairs that are shown."""


def duplicates(
    hints: Annotated[
        bool,
        typer.Option(
            "--all",
            help=told(
                "也列出只凭姓名或域名的线索。", "Also hints: what only a name, or only a domain, says."
            ),
        ),
    ] = False,
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """List records that may mean one person or one company, with the reasons and how sure; nothing is changed."""
    from powermap.cli.screen import note, print_json, show_table
    from powermap.identity.pairs import VERDICTS

    language = here.language
    zh = language == "zh"
    with here.open() as ws:
        pairs = ws.duplicates(hints=hints)
        snapshot = ws.snapshot() if pairs else None
    names = {i: str(getattr(r, "name", "")) for i, r in snapshot.records.items()} if snapshot else {}
    if as_json:
        print_json({"schema": "powermap.duplicates/1", "pairs": [p.to_dict(names) for p in pairs]})
        return
    if not pairs:
        note("没有发现重复" if zh else "no duplicates were found")
        return
    separator = "；" if zh else "; "
    show_table(
        ("判断", "把握", "甲", "乙", "理由", "编号") if zh else ("Verdict", "Sure", "A", "B", "Why", "Ids"),
        [
            (
                VERDICTS[p.verdict][language],
                f"{p.sure:.0%}",
                names[p.one],
                names[p.other],
                separator.join(r.told(language) for r in p.reasons),
                f"{p.one} {p.other}",
            )
            for p in pairs[:SHOWN]
        ],
        language,
    )
    if (more := len(pairs) - SHOWN) > 0:
        note(f"…… 另有 {more} 对；--json 全部列出" if zh else f"… {more} more; --json lists all")
    note(
        "`powermap merge 甲 乙` 合并一对；`powermap undo` 可撤销"
        if zh
        else "`powermap merge A B` makes a pair one; `powermap undo` takes it back"
    )


def merge(
    one: Annotated[
        str,
        typer.Argument(
            metavar="A",
            autocompletion=offers("things"),
            help=told("留下的：名称或编号。", "Who or what stays: a name or an id."),
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="B",
            autocompletion=offers("things"),
            help=told("并入的：名称或编号。", "Who or what becomes part of it: a name or an id."),
        ),
    ],
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=told("姓名或编号矛盾也合并。", "Do it although names or ids contradict each other."),
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=told("只看会怎样，不写入。", "Show what would be, and write nothing.")
        ),
    ] = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Make two records of one person, or of one organization, one: ties, dates, evidence and keys of both are kept."""
    from powermap.cli.screen import done, note, print_json, show_receipt, show_table

    language = here.language
    zh = language == "zh"
    with here.open(actor=author) as ws:
        result = ws.merge(one, other, yes=yes, dry_run=dry_run)
        pack = ws.pack
    plan, receipt = result.plan, result.receipt
    if as_json:
        print_json(
            {
                "schema": "powermap.merge/1",
                "kept": plan.kept.id,
                "gone": plan.gone.id,
                "moved": plan.moved,
                "joined": plan.joined,
                "conflicts": [c.to_dict() for c in plan.conflicts],
                "doubts": [{"zh": d.zh, "en": d.en} for d in plan.doubts],
                "receipt": None if receipt is None else {"batch": receipt.batch},
            }
        )
        return
    for doubt in plan.doubts:
        note(doubt[language])
    if plan.conflicts:
        from powermap.method.telling import column, value

        show_table(
            ("对象", "字段", "保留", "让位") if zh else ("About", "Field", "Kept", "Gave way"),
            [
                (
                    c.about[language],
                    column(pack, c.field, language),
                    value(pack, c.field, c.kept, {}, language),
                    value(pack, c.field, c.gone, {}, language),
                )
                for c in plan.conflicts
            ],
            language,
        )
    ends = [str(getattr(thing, "name", "")) for thing in (plan.gone, plan.kept)]
    count = Words(
        f"{ends[0]} → {ends[1]}：转来关系和往来 {plan.moved} 条，其中相同而合并的 {plan.joined} 条",
        f"{ends[0]} → {ends[1]}: ties and meetings that moved: {plan.moved}; the same in both, and joined: {plan.joined}",
    )
    done(count[language]) if receipt else note(count[language])
    if receipt is not None:
        show_receipt(receipt, language)
    else:
        note("只是预演，什么都没写入" if zh else "dry run: nothing was written")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("数据", "The store")
    offer(
        app, "duplicates", duplicates, "列出可能是同一人或同一公司的记录，附理由和把握；什么都不改。", panel
    )
    offer(app, "merge", merge, "把同一人或同一组织的两条记录合为一条：关系、日期、依据和编号都保留。", panel)
