"""Read a workbook in a child process with limits on memory and time, so that no file takes the program down."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from powermap.errors import SourceError
from powermap.sources.preflight import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_FILE,
    check,
    check_old,
    too_long,
    too_much_text,
)
from powermap.sources.workbook_child import TOO_LONG, TOO_MUCH
from powermap.words import Words

MEMORY = 1_500_000_000
"""Bytes of address space of the reader, where the system can limit it."""
SECONDS = 60

Rows = list[tuple[int, list[Any]]]


Facts = dict[str, Any]
"""What the values of a sheet don't tell: see :func:`powermap.sources.workbook_child.facts`."""


def read_workbook(path: Path) -> list[tuple[str, Rows, Facts]]:
    """Return (sheet, rows, facts) for every visible sheet that holds anything; no facts for a large workbook.

    Raises
    ------
    SourceError
        If the workbook is refused, can't be parsed, or takes more than its share.
    """
    look = check(path)
    # A small file has no time to take: whatever it does, it ends soon.
    seconds = min(SECONDS, 10 + look.unpacked // 1_000_000)
    return _in_child(path, seconds, sparse=look.sparse, cells=look.cells, text=look.text)


def read_old_workbook(path: Path) -> list[tuple[str, Rows, Facts]]:
    """Return (sheet, rows, facts) for every visible sheet of an .xls or .ods file that holds anything.

    Raises
    ------
    SourceError
        If the workbook is refused, can't be parsed, or takes more than its share.
    """
    check_old(path)
    return _in_child(path, SECONDS // 2, old=True, cells=MAX_CELLS, text=MAX_FILE)


def _in_child(path: Path, seconds: int, **how: Any) -> list[tuple[str, Rows, Facts]]:
    limits = {"characters": MAX_CHARACTERS, "memory": MEMORY, "seconds": seconds}
    order = json.dumps({"path": str(path.resolve()), "sparse": False, "old": False, **limits, **how})
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "powermap.sources.workbook_child"],
            input=order.encode(),
            capture_output=True,
            timeout=seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            Words(
                f"{path.name} 读取超过 {seconds} 秒，已拒绝",
                f"{path.name} takes longer than {seconds} s to read: refused",
            ),
            hint=Words("请把各表另存为 .csv", "save the sheets as .csv"),
        ) from None
    if done.returncode == TOO_MUCH:
        raise too_much_text(path.name)
    if done.returncode == TOO_LONG:
        sheet, row = json.loads(done.stderr)
        raise too_long(path.name, Words(f" · {sheet} 第 {row} 行", f" · {sheet}, row {row}"))
    if done.returncode in (1, 3):
        # 1: Python ended with a fault; the last line says which.
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise SourceError(
            Words(
                f"{path.name} 读不了：{''.join(said)[:300]}",
                f"{path.name} can't be read: {''.join(said)[:300]}",
            ),
            hint=Words("请重新存成 .xlsx", "save it again as .xlsx"),
        )
    if done.returncode:
        raise SourceError(
            Words(
                f"{path.name} 占内存过大，已拒绝",
                f"{path.name} takes more memory than a spreadsheet should: refused",
            ),
            hint=Words("请把各表另存为 .csv", "save the sheets as .csv"),
        )
    # Written by our own child a moment ago.
    return list(pickle.loads(done.stdout))
