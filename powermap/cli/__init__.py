"""The command line: one file a command group. Loads nothing heavy until a command runs."""

from __future__ import annotations

import errno
import os
import sys

from powermap.words import Words

STOPPED = 130
UNWRITTEN = 8

NO_TEXT = Words("有一处文字不是 UTF-8，无法使用", "something that was given is no text in UTF-8")


def main() -> None:
    """Run the command line; every fault becomes one message, a hint and an exit code."""
    from powermap.cli.app import app
    from powermap.cli.consoles import prepare
    from powermap.cli.language import spoken
    from powermap.cli.screen import complain
    from powermap.errors import PowermapError
    from powermap.refusals import OUTSIDE, is_held, why

    for stream in (sys.stdout, sys.stderr):
        prepare(stream)
    # What a command makes holds names of people: it is for the user alone.
    before = os.umask(0o077)
    try:
        app(prog_name="powermap")
    except SystemExit as stop:
        # Ctrl-C inside a command arrives as this exit code, without a word.
        if stop.code == STOPPED:
            complain("stopped; nothing was half-written")
        raise
    except PowermapError as error:
        language = spoken()
        complain(error.words[language], error.advice[language])
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        complain("stopped; nothing was half-written")
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
            f"powermap met a fault of its own: {type(error).__name__}: {error}",
            "nothing was half-written; set POWERMAP_DEBUG=1 and run again to see where, and report it",
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
