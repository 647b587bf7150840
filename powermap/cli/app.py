"""The tree of commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from powermap import __version__
from powermap.cli import (
    adding_commands,
    everyday_commands,
    file_commands,
    identity_commands,
    insight_commands,
    layout_commands,
    log_command,
    managing_commands,
    map_commands,
    meaning,
    memory_commands,
    method_commands,
    portfolio_commands,
    privacy_commands,
    question_commands,
    record_commands,
    start_commands,
    store_commands,
    value_commands,
    voice_commands,
)
from powermap.cli.language import told
from powermap.cli.options import Language

EPILOG = told(
    "退出码：0 完成 · 1 powermap 自身出错 · 2 选项或设置不对 · 3 值超出范围 · 4 文件读不了 · 5 存储用不了 · 6 别人先改了 · "
    "7 这个问题没有答案 · 8 网页写不成 · 9 文件有问题，什么都没写入 · 130 被 Ctrl-C 中断",
    "Exit codes: 0 done · 1 a fault of powermap's · 2 wrong option or setting · 3 value out of range · 4 file can't be read · "
    "5 store can't be used · 6 somebody changed it first · 7 the question has no answer · 8 page can't be made · "
    "9 the file has problems, nothing was written · 130 stopped by Ctrl-C",
)


class Commands(TyperGroup):
    """The commands; what they say of a wrong argument shows it and doesn't obey it."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the arguments."""
        with _shown():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command, which reads its own arguments."""
        with _shown():
            return super().invoke(ctx)


@contextmanager
def _shown() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # A shell turns * into arguments, and so into what somebody called a file.
        if hasattr(error, "format_message") and hasattr(error, "message"):
            from powermap.cli.visible import visible

            error.message = visible(str(error.message))
        raise


app = typer.Typer(
    name="powermap",
    cls=Commands,
    help="Who decides, who influences, and where everything hangs on one person. "
    "谁说了算，谁有影响，哪里只系于一人。",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"powermap {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=told("显示版本。", "Print the version.")
        ),
    ] = False,
    lang: Annotated[
        Language | None,
        typer.Option("--lang", help=told("帮助和回答用的语言。", "Language of help and answers.")),
    ] = None,
) -> None:
    """Build the tree; the work is done by the commands, and :func:`~powermap.cli.language.spoken` reads the language."""


for group in (
    start_commands,
    file_commands,
    meaning,
    method_commands,
    everyday_commands,
    log_command,
    adding_commands,
    identity_commands,
    record_commands,
    question_commands,
    managing_commands,
    value_commands,
    insight_commands,
    voice_commands,
    layout_commands,
    map_commands,
    portfolio_commands,
    memory_commands,
    privacy_commands,
    store_commands,
):
    group.add_to(app)
