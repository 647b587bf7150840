"""The store: check it, mend it, ask it directly; and a local Neo4j."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.options import Insecure, Lang, StoreAt, lang_of, workspace

store_app = typer.Typer(help="Check and mend the store.", no_args_is_help=True)


@store_app.command("verify")
def verify(store: StoreAt = None, insecure: Insecure = False, lang: Lang = None) -> None:
    """Compare the current state with a replay of the change log, which is the truth."""
    from powermap.cli.screen import done, show_table
    from powermap.errors import StoreError

    zh = lang_of(lang) == "zh"
    with workspace(store, insecure=insecure) as ws:
        faults = ws.store.verify()
        count = ws.store.last_change()
    if faults:
        show_table(("差异" if zh else "Difference",), [(f,) for f in faults], lang_of(lang))
        raise StoreError(
            f"the state differs from the log in {len(faults)} places", hint="powermap store rebuild"
        )
    done(f"与日志一致（{count} 条变更）" if zh else f"the state equals the log ({count:,} changes)")


@store_app.command("rebuild")
def rebuild(store: StoreAt = None, insecure: Insecure = False, lang: Lang = None) -> None:
    """Make the current state anew from the change log."""
    from powermap.cli.screen import done
    from powermap.portfolio.keeping import forget

    with workspace(store, insecure=insecure) as ws:
        ws.store.rebuild()
        # The log has not grown, so nothing else would tell that they may be of other tables.
        forget(ws.store.location)
    done("已重建" if lang_of(lang) == "zh" else "rebuilt")


def query(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A query of the library; none lists them.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("-p", metavar="KEY=VALUE", help="A parameter of the query.")
    ] = None,
    store: StoreAt = None,
    insecure: Insecure = False,
    lang: Lang = None,
) -> None:
    """Run a question of the analysts' library in Neo4j itself."""
    from powermap.cli.screen import show_table
    from powermap.errors import ConfigError
    from powermap.stores.library import list_queries, run_query

    language = lang_of(lang)
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
            raise ConfigError(f"{text!r} is not KEY=VALUE")
        values[key] = value
    with workspace(store, insecure=insecure) as ws:
        columns, rows = run_query(ws.store, name, **values)
    show_table(columns, rows, language)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    from powermap.cli.neo4j_commands import app as neo4j_app

    panel = "The store · 数据"
    app.add_typer(store_app, name="store", rich_help_panel=panel)
    app.add_typer(neo4j_app, name="neo4j", rich_help_panel=panel)
    app.command("query", rich_help_panel=panel)(query)
