"""The store: check it, mend it, ask it directly; and a local Neo4j."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import AsJson, Here
from powermap.stores.chain import read_rewrote
from powermap.words import Words, both

if TYPE_CHECKING:
    from powermap.stores.base import Store

store_app = typer.Typer(help=told("检查和修复存储。", "Check and mend the store."), no_args_is_help=True)


def verify(here: Here = Here(), as_json: AsJson = False) -> None:
    """Check that nothing in the store was changed but by powermap: chain of the log, current state, indexes, times. And
    say what is untidy: ties that lead nowhere, records that are there twice.
    """
    from powermap.cli.screen import done, note, print_json, show_table
    from powermap.errors import StoreError
    from powermap.stores.proving import untidy

    lang = here.language
    with here.open() as ws:
        faults = ws.store.verify()
        loose = [] if faults else list(untidy(ws.store.read()))
        told = [] if faults else proven(ws.store)
        old = ws.store.leftovers()
    told += [both_of("旧格式的存储还在，可用 powermap store clean 删除：", "a store in an older format is still there, powermap store clean removes it: ", p) for p in old]  # fmt: skip
    if as_json:
        rows = [{"part": f.part, "record": f.record, "batch": f.batch, "zh": f.words.zh, "en": f.words.en} for f in (*faults, *loose)]  # fmt: skip
        print_json({"sound": not faults, "faults": rows[: len(faults)], "untidy": rows[len(faults) :], "notes": [w._asdict() for w in told]})  # fmt: skip
    else:
        heads = ("部分", "哪里不对") if here.zh else ("Part", "What is wrong")
        for part in (faults, loose):
            if part:
                show_table(heads, [(PARTS[f.part][lang], f.words[lang]) for f in part], lang)
        for words in told:
            note(words[lang])
    if faults:
        broken = any(f.part in ("file", "chain", "times") for f in faults)
        raise StoreError(
            Words(
                f"存储有 {len(faults)} 处不对",
                f"the store is not sound: {len(faults)} fault{'s' if len(faults) > 1 else ''}",
            ),
            hint=Words(
                "最好用备份恢复：powermap store restore；没有备份则 powermap store rebuild --trust log 或 state",
                "better restore a backup: powermap store restore; without one: powermap store rebuild --trust log, or state",
            )
            if broken
            else both("powermap store rebuild"),
        )
    if not as_json:
        done("链、现状、索引和时间都对" if here.zh else "chain, current state, indexes and times are sound")


PARTS = {
    "file": Words("文件", "file"),
    "chain": Words("日志", "log"),
    "times": Words("时间", "times"),
    "projection": Words("现状", "state"),
    "index": Words("索引", "index"),
    "ties": Words("悬空", "loose ends"),
    "doubles": Words("重复", "doubles"),
}
"""What a fault is of."""


def both_of(zh: str, en: str, value: object) -> Words:
    """Say the same value after the words of each language."""
    return Words(f"{zh}{value}", f"{en}{value}")


def proven(store: Store) -> list[Words]:
    """Say what the chain of a sound store proves: its head, what was taken as it stood, what was forgotten since."""
    from powermap.stores.copying import contents

    said = contents(store)
    found = [
        Words(
            f"{said.batches} 个批次、{said.changes} 条变更、{said.records} 条记录",
            f"batches: {said.batches:,}, changes: {said.changes:,}, records: {said.records:,}",
        )
    ]
    if said.head:
        found.append(both_of("链头（请另存一份，日后可比对）：", "head of the chain (keep it elsewhere, to compare later): ", said.head))  # fmt: skip
    with store.raw() as raw:
        batches = {b.id: b for b in raw.batches}
        for day in sorted({link.taken[:10] for link in raw.links if link.taken}):
            count = sum(link.taken[:10] == day for link in raw.links)
            found.append(
                Words(
                    f"自 {day} 起成链；之前的 {count} 个批次按当时的样子收下，那以前的改动无从证明",
                    f"chained from {day} on; the {count} batches before it were taken as they stood, and of them nothing earlier is proven",
                )
            )
        for link in raw.links:
            if link.rewrote:
                by = batches[link.batch]
                count = len(read_rewrote(link.rewrote)[1])
                found.append(
                    Words(
                        f"{by.recorded_at[:10]} {by.actor}：遗忘了一人，改写日志 {count} 条；它们原来的指纹仍在链上",
                        f"{by.recorded_at[:10]} {by.actor}: somebody was forgotten, {count} changes of the log were rewritten; the chain still has their hashes",
                    )
                )
    return found


def rebuild(
    trust: Annotated[
        str,
        typer.Option(
            "--trust",
            metavar="log|state",
            help=told(
                "链断了时以哪个为准：log 日志，state 现状。",
                "What is right where the chain is broken: log, or state.",
            ),
        ),
    ] = "",
    here: Here = Here(),
) -> None:
    """Make the current state anew from the change log. On a broken chain only with --trust: nobody else can know what is right."""
    from powermap.cli.screen import done, note
    from powermap.portfolio.data.cache_file import forget

    with here.open() as ws:
        if trust:
            for fault in ws.store.verify():
                note(fault.words[here.language])
        ws.store.rebuild(trust)
        # The log has not grown, so nothing else would tell that they may be of other tables.
        forget(ws.store.location)
    done("已重建" if here.zh else "rebuilt")


def clean(
    yes: Annotated[bool, typer.Option("--yes", help=told("不问，直接清理。", "Don't ask."))] = False,
    here: Here = Here(),
) -> None:
    """Remove copies of older formats beside the store, and the bytes of what was deleted in it. Asks first."""
    from powermap.cli.screen import done, note

    with here.open() as ws:
        old = ws.store.leftovers()
        for path in old:
            note(f"旧格式的存储：{path}" if here.zh else f"a store in an older format: {path}")
        if old and not yes:
            typer.confirm("删除这些文件？" if here.zh else "Delete these files?", default=False, abort=True)
        for path in old:
            path.unlink()
        ws.store.scour()
    done(f"已清理（删除旧文件 {len(old)} 个）" if here.zh else f"cleaned ({len(old)} old files removed)")


def users(here: Here = Here(), as_json: AsJson = False) -> None:
    """Who you are to this store, who may do what, and who enforces it."""
    from powermap.cli.screen import note, print_json, show_table

    lang = here.language
    with here.open() as ws:
        found = ws.store.access()
    if as_json:
        rights = [{"what": what._asdict(), "by": by._asdict()} for what, by in found.rights]
        print_json({"user": found.user, "roles": found.roles, "rights": rights})
        return
    note(f"您是：{found.user}" if here.zh else f"you are: {found.user}")
    heads = ("什么", "由谁管") if here.zh else ("What", "Enforced by")
    show_table(heads, [(what[lang], by[lang]) for what, by in found.rights], lang)


def query(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help=told("查询库里的查询；不写则列出全部。", "A query of the library; none lists them."),
        ),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="KEY=VALUE", help=told("查询的参数。", "A parameter of the query.")),
    ] = None,
    here: Here = Here(),
) -> None:
    """Run a question of the analysts' library in Neo4j itself."""
    from powermap.cli.screen import show_table
    from powermap.errors import ConfigError
    from powermap.stores.library import list_queries, run_query

    language = here.language
    if name is None:
        headers = ("查询", "标题", "说明") if language == "zh" else ("Query", "Title", "What it answers")
        show_table(
            headers, [(q.name, q.title[language], q.description[language]) for q in list_queries()], language
        )
        return
    values = {}
    for text in parameter or []:
        key, sign, value = text.partition("=")
        if not sign:
            raise ConfigError(Words(f"“{text}”不是“名=值”", f"{text!r} is not KEY=VALUE"))
        values[key] = value
    with here.open() as ws:
        columns, rows = run_query(ws.store, name, **values)
    show_table(columns, rows, language)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    from powermap.cli.neo4j_commands import app as neo4j_app
    from powermap.cli.store_copies import backup, copy, restore

    panel = told("数据", "The store")
    app.add_typer(store_app, name="store", rich_help_panel=panel)
    app.add_typer(neo4j_app, name="neo4j", rich_help_panel=panel)
    offer(
        store_app,
        "verify",
        verify,
        "检查日志的链、现状、索引和时间：除 powermap 外没人动过；并列出悬空的关系和重复的记录。",
    )
    offer(store_app, "clean", clean, "删除旁边的旧格式存储，清掉已删除内容的残留。先问。")
    offer(store_app, "users", users, "您在这个存储里是谁，谁能做什么，由谁来管。")
    offer(store_app, "rebuild", rebuild, "按变更日志重建现状。链断了时须用 --trust 写明以哪个为准。")
    offer(store_app, "backup", backup, "把存储备份成一个文件，期间可照常写入；核对无误后才落名。")
    offer(store_app, "restore", restore, "用备份恢复成一个新文件，绝不覆盖。")
    offer(
        store_app, "copy", copy, "把存储连同日志、回执和证明复制到另一个（SQLite 或 Neo4j），并证明两边相同。"
    )
    offer(app, "query", query, "直接在 Neo4j 里运行查询库里的一个问题。", panel)
