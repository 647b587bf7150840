"""The voices of all customers: each at its gate, how long, whose it is."""

from __future__ import annotations

from typing import Any

from powermap.analysis.voices import COLUMNS, Heard, heard, rows, told
from powermap.findings import Answer
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import lenses
from powermap.words import by_language


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer where the voices of all customers are; whose voices take much effort for their value tells the question effort."""
    every: list[Heard] = []
    found: list[dict[str, Any]] = []
    for lens in lenses(records, pack, scan.columns.as_of):
        every += heard(lens)
        name = by_language(lens.account.name, lens.account.name_alt)._asdict()
        found += [{**row, "name": name, "account": name} for row in rows(lens)]
    found.sort(key=lambda r: (not r["red"], -r["days"]))
    return frame(scan, "voices", (("account", "客户", "Account"), *COLUMNS), found, told(every, pack))
