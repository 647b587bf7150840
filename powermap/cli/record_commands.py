"""What the store holds, and how it came there: accounts, search, history, receipts, undo."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsJson, Here, Known
from powermap.words import by_language


def history(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=offers("things"),
            help=told("人员、组织或项目。", "A person, organization or deal."),
        ),
    ],
    here: Known = Known(),
    as_json: AsJson = False,
) -> None:
    """Show what changed about a person, organization or deal: when, by whom, from which cell."""
    from powermap.cli.screen import note, print_json, show_history
    from powermap.method.telling import titles

    language = here.language
    with here.open() as ws:
        changes = ws.history(name)
        if as_json:
            print_json(
                [
                    {
                        "seq": c.seq,
                        "recorded_at": c.recorded_at.isoformat(),
                        "batch": c.batch,
                        "author": c.actor,
                        "title": c.title,
                        "kind": c.change.kind,
                        "id": c.change.id,
                        "before": c.change.before,
                        "after": c.change.after,
                        "source": c.change.source,
                    }
                    for c in changes
                ]
            )
            return
        snapshot = ws.snapshot()
        names = {
            r.id: by_language(str(getattr(r, "name", "")), str(getattr(r, "name_alt", "")))[language]
            for r in snapshot
            if getattr(r, "name", "")
        }
        names |= titles(ws.pack, snapshot, names, language)
    same = [r.id for r in snapshot if name and name in (getattr(r, "name", ""), getattr(r, "name_alt", ""))]
    if len(same) > 1:
        note(
            f"“{name}”有 {len(same)} 个，下面混在一起；分开看请用编号：{'、'.join(same)}"
            if language == "zh"
            else f"{len(same)} are called {name!r}, and stand together here; one by one by id: {', '.join(same)}"
        )
    show_history(changes, names, ws.pack, language)


def receipts(here: Known = Known()) -> None:
    """List what was written, newest first; each can be taken back with `powermap undo`."""
    from powermap.cli.screen import note, show_table
    from powermap.model import titled

    language = here.language
    zh = language == "zh"
    headers = (
        ("批次", "时间 (UTC)", "谁", "内容", "新建", "更新", "删除", "已撤销")
        if zh
        else ("Batch", "When (UTC)", "Who", "What", "Created", "Updated", "Removed", "Undone by")
    )
    with here.open() as ws:
        rows = [
            (
                r.batch,
                r.recorded_at.strftime("%Y-%m-%d %H:%M"),
                r.actor,
                titled(r.title)[language],
                r.created,
                r.updated,
                r.removed,
                r.undone_by,
            )
            for r in ws.store.receipts()
        ]
    if not rows:
        note("还没有写入过" if zh else "nothing has been written yet")
        return
    show_table(headers, rows, language)


def undo(
    batch: Annotated[
        str,
        typer.Argument(
            metavar="BATCH",
            help=told(
                "批次，照 `powermap receipts` 所列；不写就撤销最近一次。",
                "As `powermap receipts` lists it; without one, the last.",
            ),
        ),
    ] = "",
    author: Actor = "",
    here: Here = Here(),
) -> None:
    """Take back one batch, or the last. If a record was changed since, nothing is undone, and you learn which."""
    from powermap.cli.screen import show_receipt

    with here.open(actor=author) as ws:
        show_receipt(ws.undo(batch), here.language)


def search(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help=told(
                "名字的一部分（中文、英文或拼音），邮箱，或其他系统的编号。",
                "Part of a name, Chinese or Latin, its pinyin, an e-mail address, or an id of another system.",
            ),
        ),
    ],
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help=told("最多列出几个。", "At most so many."))
    ] = 20,
    here: Known = Known(),
) -> None:
    """Find people (ours, theirs, others'), organizations and deals by name, pinyin, e-mail address or id."""
    from powermap.cli.screen import note, show_table

    language = here.language
    zh = language == "zh"
    with here.open() as ws:
        hits = ws.search(text, limit=limit + 1)
        near = [] if hits else ws.alike(text)
        kinds = {h.kind: ws.pack.kind(h.kind)[language] for h in hits}
    if not hits:
        note(f"没有找到“{text}”" if zh else f"nothing found for {text!r}")
        if near:
            note("相近的：" + "、".join(near) if zh else "alike: " + ", ".join(near))
        return
    show_table(
        ("类别", "名称", "其他名称", "编号") if zh else ("Kind", "Name", "Other name", "Id"),
        [(kinds[h.kind], h.name, h.name_alt, h.id) for h in hits[:limit]],
        language,
    )
    if len(hits) > limit:
        note(
            f"还有更多：多写几个字，或加 --limit {5 * limit}"
            if zh
            else f"there are more: write more of the name, or add --limit {5 * limit}"
        )


def accounts(here: Known = Known()) -> None:
    """List the accounts in the store."""
    from powermap.cli.screen import note, show_table

    zh = here.zh
    with here.open() as ws:
        hits = ws.accounts()
    if not hits:
        note(
            "还没有客户：先用 `powermap import 文件` 导入"
            if zh
            else "no accounts yet: `powermap import FILE` brings them in"
        )
        return
    show_table(
        ("客户", "其他名称", "编号") if zh else ("Account", "Other name", "Id"),
        [(h.name, h.name_alt, h.id) for h in hits],
        here.language,
    )


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("数据", "The store")
    offer(app, "accounts", accounts, "列出存储里的客户。", panel)
    offer(app, "search", search, "按名字或拼音查找人员、组织和项目。", panel)
    offer(app, "history", history, "看一个人、组织或项目改过什么：何时、谁改的、来自哪一格。", panel)
    offer(app, "receipts", receipts, "列出写入过的批次，最新的在前；每批都可用 `powermap undo` 撤销。", panel)
    offer(
        app,
        "undo",
        undo,
        "撤销一个批次，不写就是最近一次。若记录后来又被改过，则什么都不撤销，并说明是哪些。",
        panel,
    )
