"""The everyday change without a spreadsheet: set, tie, add, end, handover."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import Actor, Here, _day
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.intake import Plan
    from powermap.model import Batch
    from powermap.workspace import Workspace


def names_of(kind: str, incomplete: str) -> list[str]:
    """Return names that begin so, for the shell; nothing where the store can't be opened."""
    try:
        from powermap.settings import load_settings
        from powermap.stores import open_store

        with closing(open_store(load_settings().store)) as store:
            hits = (
                store.accounts() if kind == "account" else store.search(incomplete, kind="Person", limit=50)
            )
        return [hit.name for hit in hits if hit.name.casefold().startswith(incomplete.casefold())]
    except Exception:
        # A shell that completes a word is no place for a fault.
        return []


def _people(incomplete: str) -> list[str]:
    return names_of("person", incomplete)


def _accounts(incomplete: str) -> list[str]:
    return names_of("account", incomplete)


PersonName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help=told("姓名、名称或编号。", "A name, or an id."),
        autocompletion=_people,
    ),
]
OtherName = Annotated[
    str,
    typer.Argument(
        metavar="OTHER",
        help=told("另一方的姓名或编号。", "The other one, by name or id."),
        autocompletion=_people,
    ),
]
InAccount = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="NAME",
        help=told("哪个客户，同名时用。", "At which account, where names are the same."),
        autocompletion=_accounts,
    ),
]
On = Annotated[
    date | None,
    typer.Option(
        "--on",
        metavar="DATE",
        parser=_day,
        help=told("从哪天起，默认今天。", "As of which day; default: today."),
    ),
]
Because = Annotated[
    str, typer.Option("--because", metavar="TEXT", help=told("凭什么这么说。", "On what ground."))
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help=told("只看会写入什么，不写入。", "Show what would be written, and write nothing.")
    ),
]


def set_(
    name: PersonName,
    column: Annotated[
        str,
        typer.Argument(
            metavar="COLUMN",
            help=told(
                "改哪一项，如 态度、职务、上级、结果。", "What to set: attitude, title, boss, outcome, …"
            ),
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help=told("新的值；- 表示清空。", "The new value; - takes it back.")),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="SUPPLIER",
            help=told(
                "态度：对哪家供应商；结果：输给谁。",
                "Of an attitude, to whom; of an outcome, to whom it went.",
            ),
        ),
    ] = "",
    because: Because = "",
    account: InAccount = None,
    on: On = None,
    author: Actor = "",
    dry_run: DryRun = False,
    here: Here = Here(),
) -> None:
    """Set one value: what changes in the world is a change as of the day; spelling and contact data are corrected."""
    with here.open(actor=author) as ws:
        plan = ws.edits(on=on, because=because).set(name, column, value, account=account, to=to)
        _write(ws, plan, f"set {name} {column}", here, dry_run)


def tie(
    one: PersonName,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=told(
                "什么关系：影响、听取、覆盖、汇报、认识……", "How: sways, listens, covers, reports, knows, …"
            ),
        ),
    ],
    other: OtherName,
    strength: Annotated[
        str, typer.Argument(metavar="STRENGTH", help=told("强度，0 到 1。", "The strength, 0 to 1."))
    ] = "",
    channel: Annotated[
        str,
        typer.Option("--channel", metavar="TEXT", help=told("渠道，如 建议。", "The channel, e.g. advice.")),
    ] = "",
    because: Because = "",
    on: On = None,
    author: Actor = "",
    dry_run: DryRun = False,
    here: Here = Here(),
) -> None:
    """Say how two people stand to each other."""
    with here.open(actor=author) as ws:
        plan = ws.edits(on=on, because=because).tie(one, kind, other, strength, channel)
        _write(ws, plan, f"tie {one} {kind} {other}", here, dry_run)


class What(StrEnum):
    person = "person"
    deal = "deal"
    organization = "organization"


SHEETS = {What.person: "people", What.deal: "deals", What.organization: "organizations"}


def add(
    what: Annotated[What, typer.Argument(help=told("加什么。", "What to add."))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=told("姓名或名称。", "The name."))],
    account: InAccount = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="COLUMN=VALUE",
            help=told(
                "其他各项，如 --with 职务=总监 --with 上级=周岚；可多次给出。",
                'Any other column, e.g. --with title=CFO --with boss="Ada Park"; may be given several times.',
            ),
        ),
    ] = None,
    author: Actor = "",
    on: On = None,
    dry_run: DryRun = False,
    here: Here = Here(),
) -> None:
    """Add a person, a deal or an organization."""
    from powermap.sources.mappings import said

    with here.open(create=True, actor=author) as ws:
        edits, cells = ws.edits(on=on), said(column or (), "--with")
        values = {"name": name, "company": account or ""}
        values |= {edits.field(SHEETS[what], title): value for title, value in cells.items()}
        if what is What.organization:
            del values["company"]
        _write(ws, edits.add(SHEETS[what], values), f"add {name}", here, dry_run)


def end(
    name: PersonName,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=told(
                "结束什么：job、boss、covers、sways、attitude、role、member。",
                "What ends: job, boss, covers, sways, attitude, role, member.",
            ),
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help=told("对谁；不写则全部。", "With whom; none: all of them."),
            autocompletion=_people,
        ),
    ] = "",
    on: On = None,
    author: Actor = "",
    dry_run: DryRun = False,
    here: Here = Here(),
) -> None:
    """End a job, a line, coverage, an influence, an attitude or a role, as of the day."""
    with here.open(actor=author) as ws:
        edits = ws.edits(on=on)
        changes = edits.end(name, kind, other)
        _apply(ws, edits.batch(changes, f"end {name} {kind}"), here, dry_run)


def handover(
    one: PersonName,
    other: OtherName,
    account: InAccount = None,
    on: On = None,
    author: Actor = "",
    dry_run: DryRun = False,
    here: Here = Here(),
) -> None:
    """Give whom one of ours looks after to another of ours, in one batch."""
    with here.open(actor=author) as ws:
        edits = ws.edits(on=on)
        changes = edits.handover(one, other, account)
        _apply(ws, edits.batch(changes, f"handover {one} → {other}"), here, dry_run)


def _write(ws: Workspace, plan: Plan, title: str, here: Here, dry_run: bool) -> None:
    from powermap.cli.import_command import show_plan
    from powermap.cli.screen import note, show_problems, show_receipt
    from powermap.errors import EXIT_PROBLEMS

    show_plan(plan, here.language)
    for line in plan.brief(here.language):
        note(line)
    if plan.problems:
        show_problems(plan.problems, here.language)
        raise typer.Exit(EXIT_PROBLEMS)
    if dry_run:
        note(Words("只是预演，什么都没写入", "dry run: nothing was written")[here.language])
        return
    receipt = ws.write(plan, title).receipt
    if receipt is None:
        note(Words("没有变化：已经是这样", "nothing to change: it is so already")[here.language])
    else:
        show_receipt(receipt, here.language)


def _apply(ws: Workspace, batch: Batch, here: Here, dry_run: bool) -> None:
    from powermap.cli.screen import note, show_receipt, show_table
    from powermap.method.telling import difference

    names = {r.id: str(getattr(r, "name", "")) for r in ws.snapshot() if getattr(r, "name", "")}
    rows = [
        (
            ws.pack.kind(c.kind)[here.language],
            " → ".join(names.get(str((c.after or {}).get(end)), "?") for end in ("src", "dst")),
            difference(ws.pack, c.before, c.after, names, here.language),
        )
        for c in batch.changes
    ]
    show_table(Words("类别|对象|变化", "Kind|What|Change")[here.language].split("|"), rows, here.language)
    if dry_run:
        note(Words("只是预演，什么都没写入", "dry run: nothing was written")[here.language])
        return
    show_receipt(ws.apply(batch), here.language)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("日常改动", "Everyday changes")
    offer(app, "set", set_, "改一项：世上变了的，从那天起变；拼写和联系方式是更正。", panel)
    offer(app, "tie", tie, "说明两个人之间的关系。", panel)
    offer(app, "add", add, "加一个人、一个项目或一家组织。", panel)
    offer(app, "end", end, "从那天起结束一份工作、上下级、覆盖、影响、态度或角色。", panel)
    offer(app, "handover", handover, "把我方一人负责的人一次交给另一人。", panel)
