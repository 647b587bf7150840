"""The store: check it, mend it, ask it directly; and a local Neo4j."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import AsJson, Here
from powermap.words import Words, both

store_app = typer.Typer(help=told("检查和修复存储。", "Check and mend the store."), no_args_is_help=True)


def verify(here: Here = Here()) -> None:
    """Compare the current state with a replay of the change log, which is the truth."""
    from powermap.cli.screen import done, show_table
    from powermap.errors import StoreError

    zh = here.zh
    with here.open() as ws:
        faults = ws.store.verify()
        count = ws.store.last_change()
    if faults:
        show_table(("差异" if zh else "Difference",), [(f,) for f in faults], here.language)
        raise StoreError(
            Words(
                f"现状与日志有 {len(faults)} 处不一致",
                f"the state differs from the log in {len(faults)} places",
            ),
            hint=both("powermap store rebuild"),
        )
    done(f"与日志一致（{count} 条变更）" if zh else f"the state equals the log ({count:,} changes)")


def rebuild(here: Here = Here()) -> None:
    """Make the current state anew from the change log."""
    from powermap.cli.screen import done
    from powermap.portfolio.data.cache_file import forget

    with here.open() as ws:
        ws.store.rebuild()
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

    panel = told("数据", "The store")
    app.add_typer(store_app, name="store", rich_help_panel=panel)
    app.add_typer(neo4j_app, name="neo4j", rich_help_panel=panel)
    offer(store_app, "verify", verify, "把现状与重放的变更日志比对；以日志为准。")
    offer(store_app, "clean", clean, "删除旁边的旧格式存储，清掉已删除内容的残留。先问。")
    offer(store_app, "users", users, "您在这个存储里是谁，谁能做什么，由谁来管。")
    offer(store_app, "rebuild", rebuild, "按变更日志重建现状。")
    offer(app, "query", query, "直接在 Neo4j 里运行查询库里的一个问题。", panel)
