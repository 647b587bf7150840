"""Read a workbook in a child process with limits on memory and time, so that no file takes the program down."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from powermap.errors import SourceError
from powermap.sources.preflight import check
from powermap.words import Words

MEMORY = 1_500_000_000
"""Bytes of address space of the reader, where the system can limit it."""
SECONDS = 60

Rows = list[tuple[int, list[Any]]]


def read_workbook(path: Path) -> list[tuple[str, Rows]]:
    """Return (sheet, rows) for every visible sheet that holds anything.

    Raises
    ------
    SourceError
        If the workbook is refused, can't be parsed, or takes more than its share.
    """
    sparse = check(path)
    order = json.dumps({"path": str(path.resolve()), "sparse": sparse, "memory": MEMORY, "seconds": SECONDS})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "powermap.sources.workbook_child"],
            input=order.encode(),
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            Words(
                f"{path.name} 读取超过 {SECONDS} 秒，已拒绝",
                f"{path.name} takes longer than {SECONDS} s to read: refused",
            ),
            hint=Words("请把各表另存为 .csv", "save the sheets as .csv"),
        ) from None
    if done.returncode == 3:
        raise SourceError(
            Words(
                f"{path.name} 读不了：{done.stderr.decode(errors='replace').strip()[:300]}",
                f"{path.name} can't be read: {done.stderr.decode(errors='replace').strip()[:300]}",
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
