"""A local Neo4j."""

from typing import Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import Lang, lang_of

app = typer.Typer(
    help=told("在本机运行 Neo4j，只需 pip。", "Run a local Neo4j, by pip alone."), no_args_is_help=True
)


def fetch(lang: Lang = None) -> None:
    """Fetch the server (about 140 MB) from Maven Central, or the mirror in POWERMAP_MAVEN."""
    from powermap.cli.screen import done, note
    from powermap.stores.neo4j import server

    if not server.fetched():
        note(
            f"正在下载 Neo4j {server.VERSION} 到 {server.home()}"
            if lang_of(lang) == "zh"
            else f"fetching Neo4j {server.VERSION} into {server.home()}"
        )
    count = len(server.fetch())
    done(
        f"Neo4j {server.VERSION} 已就绪：{count} 个文件"
        if lang_of(lang) == "zh"
        else f"Neo4j {server.VERSION} is here: {count} files"
    )


def start(
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help=told("默认 7687，被占用则另选。", "Default: 7687, or a free one.")
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Start it in the background; only this machine can reach it, with a password made for it."""
    from powermap.cli.screen import done, note
    from powermap.stores.neo4j import server

    running = server.start(port)
    done(
        f"Neo4j 运行在 {running.uri}（进程 {running.pid}）"
        if lang_of(lang) == "zh"
        else f"Neo4j runs at {running.uri} (process {running.pid})"
    )
    note(
        f"用法：--store {running.uri}；powermap 知道密码"
        if lang_of(lang) == "zh"
        else f"use it with --store {running.uri}; powermap knows the password"
    )


def stop(lang: Lang = None) -> None:
    """Stop it."""
    from powermap.cli.screen import done, note
    from powermap.stores.neo4j import server

    if server.stop():
        done("Neo4j 已停止" if lang_of(lang) == "zh" else "Neo4j has stopped")
    else:
        note("本机没有运行 Neo4j" if lang_of(lang) == "zh" else "no local Neo4j runs")


def status(lang: Lang = None) -> None:
    """Say whether it runs, and where."""
    from powermap.cli.screen import done, note
    from powermap.stores.neo4j import server

    if running := server.status():
        done(
            f"Neo4j 运行在 {running.uri}（进程 {running.pid}）"
            if lang_of(lang) == "zh"
            else f"Neo4j runs at {running.uri} (process {running.pid})"
        )
        note(
            f"数据和密码在：{server.home()}"
            if lang_of(lang) == "zh"
            else f"data and password: {server.home()}"
        )
    elif server.fetched():
        note(
            "本机没有运行 Neo4j；`powermap neo4j start` 可启动"
            if lang_of(lang) == "zh"
            else "no local Neo4j runs; `powermap neo4j start` starts it"
        )
    else:
        note(
            "还没有下载 Neo4j：`powermap neo4j fetch`"
            if lang_of(lang) == "zh"
            else "Neo4j was not fetched yet: `powermap neo4j fetch`"
        )


offer(app, "fetch", fetch, "从 Maven Central 或 POWERMAP_MAVEN 指定的镜像下载服务器（约 140 MB）。")
offer(app, "start", start, "在后台启动；只有本机连得上，密码自动生成。")
offer(app, "stop", stop, "停止。")
offer(app, "status", status, "看它是否在运行、在哪里。")
