"""The command line: one file a command group. Loads nothing heavy until a command runs."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

STOPPED = 130
UNWRITTEN = 8
OUTSIDE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENAMETOOLONG, errno.ENOTDIR}
"""What the system says of a file or disk of the user's, which is no fault of ours."""


def main() -> None:
    """Run the command line; every fault becomes one message, a hint and an exit code."""
    from powermap.cli.language import spoken, told
    from powermap.cli.screen import complain
    from powermap.errors import PowermapError

    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console, or LC_ALL=C, must not turn a name into a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # What a command makes holds names of people: it is for the user alone.
    before = os.umask(0o077)
    try:
        _run()
    except PowermapError as error:
        complain(error.words[spoken()], error.advice[spoken()])
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        complain(told("已停止，没有写入一半", "stopped; nothing was half-written"))
        raise SystemExit(STOPPED) from None
    except BrokenPipeError:
        # `powermap show X | head`: the reader left, which is not a fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        # The writer of workbooks wraps what the system says.
        cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        if isinstance(cause, OSError) and cause.errno in OUTSIDE:
            complain(
                told(
                    f"{cause.filename or '输出'} 用不了：{cause.strerror}",
                    f"{cause.filename or 'the output'} can't be used: {cause.strerror}",
                ),
                told(
                    "请检查名字、权限和磁盘空间", "look at the name, the permissions and the room on the disk"
                ),
            )
            raise SystemExit(UNWRITTEN) from None
        if os.environ.get("POWERMAP_DEBUG"):
            raise
        complain(
            told(
                f"powermap 自身出错：{type(error).__name__}: {error}",
                f"powermap met a fault of its own: {type(error).__name__}: {error}",
            ),
            told(
                "没有写入一半；设 POWERMAP_DEBUG=1 再运行一次可看出在哪里，请报告",
                "nothing was half-written; set POWERMAP_DEBUG=1 and run again to see where, and report it",
            ),
        )
        raise SystemExit(1) from None
    finally:
        os.umask(before)


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
