"""The command line: one file a command group. Loads nothing heavy until a command runs."""

from __future__ import annotations

import errno
import os
import sys

STOPPED = 130
UNWRITTEN = 8
OUTSIDE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENAMETOOLONG, errno.ENOTDIR}
"""What the system says of a file or disk of the user's, which is no fault of ours."""


def main() -> None:
    """Run the command line; every fault becomes one message, a hint and an exit code."""
    from powermap.cli.app import app
    from powermap.cli.language import spoken
    from powermap.cli.screen import complain
    from powermap.errors import PowermapError

    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console, or LC_ALL=C, must not turn a name into a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
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
    except BrokenPipeError:
        # `powermap show X | head`: the reader left, which is not a fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        # The writer of workbooks wraps what the system says.
        cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        if isinstance(cause, OSError) and cause.errno in OUTSIDE:
            complain(
                f"{cause.filename or 'the output'} can't be used: {cause.strerror}",
                "look at the name, the permissions and the room on the disk",
            )
            raise SystemExit(UNWRITTEN) from None
        if os.environ.get("POWERMAP_DEBUG"):
            raise
        complain(
            f"powermap met a fault of its own: {type(error).__name__}: {error}",
            "nothing was half-written; set POWERMAP_DEBUG=1 and run again to see where, and report it",
        )
        raise SystemExit(1) from None
    finally:
        os.umask(before)
