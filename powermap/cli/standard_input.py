"""Import what another program writes: ``… | powermap import -``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from powermap.errors import ConfigError
from powermap.words import Words

STANDARD_INPUT = Path("-")
MOST = 50_000_000
"""Bytes that are taken."""


def is_standard_input(files: Sequence[Path]) -> bool:
    """Tell whether the files to import are what another program writes."""
    return STANDARD_INPUT in files


def from_standard_input(files: Sequence[Path], folder: Path, *, named: bool) -> list[Path]:
    """Put what comes in into a folder, where it is read like a file: a sheet as CSV, or a workbook.

    Parameters
    ----------
    named
        Whether the company of rows that name none is known; a stream has no name that would say it.

    Raises
    ------
    ConfigError
        If nothing comes in, too much does, or there is a list of people without a company.
    """
    from powermap.output import write

    taken = sys.stdin.buffer.read(MOST + 1)
    if not taken.strip():
        raise ConfigError(
            Words("标准输入里什么都没有", "nothing came in"),
            hint=Words(
                "例如：cat people.csv | powermap import -", "as in: cat people.csv | powermap import -"
            ),
        )
    if len(taken) > MOST:
        raise ConfigError(
            Words("标准输入超过 50 MB", "more than 50 MB came in"),
            hint=Words("请存成文件再导入", "save it as a file, and import that"),
        )
    path = folder / ("stdin.xlsx" if taken.startswith(b"PK\x03\x04") else "stdin.csv")
    write(path, taken)
    if not named:
        _need_companies(path)
    return [path if file == STANDARD_INPUT else file for file in files]


def _need_companies(path: Path) -> None:
    from powermap.method import load_pack
    from powermap.settings import load_settings
    from powermap.sources import read_files

    reading = read_files([path], load_pack(load_settings().pack))
    if any(draft.sheet == "people" and "company" not in draft.values for draft in reading.drafts):
        raise ConfigError(
            Words("人员没写公司", "there are people without a company"),
            hint=Words("加 --account 公司名，或加一列公司", "add --account NAME, or a column of companies"),
        )
