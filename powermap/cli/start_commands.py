"""First steps: the demo, and a look at what this machine has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.options import Lang, StoreAt, lang_of


def demo(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FOLDER", help="Where to put the store, the files and the maps."
        ),
    ] = Path("powermap-demo"),
    lang: Lang = None,
) -> None:
    """Build a store from example files and draw its maps: a maker of chargers, and its one great customer."""
    from powermap.cli.demo import run_demo

    run_demo(output, lang_of(lang))


def doctor(store: StoreAt = None, lang: Lang = None) -> None:
    """Say what works on this machine, and what to do about what doesn't."""
    from powermap.cli.doctor import examine

    examine(store, lang_of(lang))


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = "First steps · 开始"
    app.command("demo", rich_help_panel=panel)(demo)
    app.command("doctor", rich_help_panel=panel)(doctor)
