"""A local Neo4j."""

from typing import Annotated

import typer

app = typer.Typer(help="Run a local Neo4j, by pip alone.", no_args_is_help=True)


@app.command()
def fetch() -> None:
    """Fetch the server (about 140 MB) from Maven Central, or the mirror in POWERMAP_MAVEN."""
    from powermap.cli.screen import done, note
    from powermap.stores import neo4j_server as server

    if not server.fetched():
        note(f"fetching Neo4j {server.VERSION} into {server.home()}")
    done(f"Neo4j {server.VERSION} is here: {len(server.fetch())} files")


@app.command()
def start(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Default: 7687, or a free one.")] = None,
) -> None:
    """Start it in the background; only this machine can reach it, with a password made for it."""
    from powermap.cli.screen import done, note
    from powermap.stores import neo4j_server as server

    running = server.start(port)
    done(f"Neo4j runs at {running.uri} (process {running.pid})")
    note(f"use it with --store {running.uri}; powermap knows the password")


@app.command()
def stop() -> None:
    """Stop it."""
    from powermap.cli.screen import done, note
    from powermap.stores import neo4j_server as server

    if server.stop():
        done("Neo4j has stopped")
    else:
        note("no local Neo4j runs")


@app.command()
def status() -> None:
    """Say whether it runs, and where."""
    from powermap.cli.screen import done, note
    from powermap.stores import neo4j_server as server

    if running := server.status():
        done(f"Neo4j runs at {running.uri} (process {running.pid})")
        note(f"data and password: {server.home()}")
    elif server.fetched():
        note("no local Neo4j runs; `powermap neo4j start` starts it")
    else:
        note("Neo4j was not fetched yet: `powermap neo4j fetch`")
