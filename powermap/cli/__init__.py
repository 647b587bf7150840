"""The command line: one file a command group. Loads nothing heavy until a command runs."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

from powermap.words import Words

STOPPED = 130
UNWRITTEN = 8

NO_TEXT = Words("有一处文字不是 UTF-8，无法使用", "something that was given is no text in UTF-8")


def main() -> None:
    """Run the command line; every fault becomes one message, a hint and an exit code."""
    from powermap.cli.consoles import prepare
    from powermap.cli.language import spoken, told
    from powermap.cli.screen import complain
    from powermap.errors import PowermapError
    from powermap.refusals import OUTSIDE, is_held, why

    for stream in (sys.stdout, sys.stderr):
        prepare(stream)
    # What a command makes holds names of people: it is for the user alone.
    before = os.umask(0o077)
    try:
        _run()
    except PowermapError as error:
        complain(error.words[spoken()], error.advice[spoken()])
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        complain(told("已停止，没有留下写到一半的东西", "stopped; nothing was half-written"))
        raise SystemExit(STOPPED) from None
    except Exception as error:
        if isinstance(error, BrokenPipeError) or _left(error):
            # `powermap show X | head`: the reader left, which is not a fault.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        # The writer of workbooks wraps what the system says.
        cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        if isinstance(cause, OSError) and (is_held(cause) or cause.errno in OUTSIDE):
            what, hint = why(cause)
            # Of a file that is moved to its place the place is the one that its user knows.
            name = cause.filename2 or cause.filename
            fault = Words(
                f"{name or '输出文件'} 无法使用：{what.zh}",
                f"{name or 'the output'} can't be used: {what.en}",
            )
            language = spoken()
            complain(fault[language], hint[language])
            raise SystemExit(UNWRITTEN) from None
        if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
            language = spoken()
            complain(NO_TEXT[language], "LANG=C.UTF-8")
            raise SystemExit(2) from None
        if os.environ.get("POWERMAP_DEBUG"):
            raise
        complain(
            told(
                f"powermap 自身出错：{type(error).__name__}: {error}",
                f"powermap met a fault of its own: {type(error).__name__}: {error}",
            ),
            told(
                "没有留下写到一半的东西；设 POWERMAP_DEBUG=1 再运行一次可看出在哪里，请报告",
                "nothing was half-written; set POWERMAP_DEBUG=1 and run again to see where, and report it",
            ),
        )
        raise SystemExit(1) from None
    finally:
        os.umask(before)


def _left(error: Exception) -> bool:
    """Tell whether the reader of a pipe left, which Windows calls an invalid argument of no file."""
    return (
        sys.platform == "win32"
        and isinstance(error, OSError)
        and error.errno == errno.EINVAL
        and error.filename is None
    )


def _run() -> None:
    """Run typer's tree of commands, and say ourselves what is wrong with a call."""
    import typer

    from powermap.cli.app import app
    from powermap.cli.chinese import dress, misuse
    from powermap.cli.language import spoken, told
    from powermap.cli.screen import complain

    command = typer.main.get_command(app)
    if spoken() == "zh":
        dress(command)
    # The class of all wrong calls, click's or typer's own copy of it.
    usage: Any = typer.BadParameter.__mro__[1]
    try:
        code = command.main(prog_name="powermap", standalone_mode=False)
    except usage as error:
        said = error.format_message().replace("Value error, ", "")
        if said:  # Nothing is said where help was shown in place of a missing command.
            path = error.ctx.command_path if error.ctx else "powermap"
            complain(
                told(misuse(said), said), told(f"`{path} --help` 有说明", f"Try '{path} --help' for help.")
            )
        raise SystemExit(error.exit_code) from None
    if code == STOPPED:  # Ctrl-C inside a command arrives as this exit code, without a word.
        raise KeyboardInterrupt
    if isinstance(code, int) and code:
        raise SystemExit(code)
