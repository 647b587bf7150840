"""First steps: the demo, and a look at what this machine has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import Lang, StoreAt, lang_of


def demo(
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FOLDER",
            help=told("存储、文件和地图放在哪里。", "Where to put the store, the files and the maps."),
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
    panel = told("开始", "First steps")
    offer(app, "demo", demo, "用示例文件建存储、画地图：一家充电器厂和它最大的客户。", panel)
    offer(app, "doctor", doctor, "看这台机器上哪些能用，不能用的怎么办。", panel)
