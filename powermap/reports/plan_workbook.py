"""The plan as a workbook that comes back in: its chapters to read, its goals and actions, proposals among them, to change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from powermap.analysis.plan import CHAPTERS, COLUMNS, lines
from powermap.analysis.proposals import proposals
from powermap.lens import Lens
from powermap.reports.proposal_rows import Row, action_row, goal_row
from powermap.reports.rows import account_rows
from powermap.reports.work_rows import one_name
from powermap.reports.workbook import write_template
from powermap.sources.reading import TO_READ

SHEETS = ("goals", "actions")


def write_plan(lens: Lens, path: Path, lang: str) -> None:
    """Write it: a sheet of the four chapters, then goals and actions; rows of proposals have ids such as ``# P1``.

    What begins with # is no data: it is taken over when somebody deletes that mark and imports the file again. A row
    that is deleted is left where it is.
    """
    day = lens.as_of
    rows: dict[str, list[Row]] = {sheet: account_rows(lens.whole, lens.account.id)[sheet] for sheet in SHEETS}
    for proposal in proposals(lens):
        rows["goals"].append(_offered(lens, goal_row(lens, proposal, day)))
        action = action_row(lens, proposal, day)
        if action is not None:
            rows["actions"].append(_offered(lens, action))
    write_template(path, lens.pack, lang, SHEETS, rows, {TO_READ[lang]: _chapters(lens, lang)})


def _chapters(lens: Lens, lang: str) -> list[Sequence[object]]:
    head = [zh if lang == "zh" else en for _, zh, en in COLUMNS]
    told = [
        [CHAPTERS[n.chapter - 1][lang], n.number, n.what[lang], n.detail[lang], n.owner, n.by, n.state[lang]]
        for n in lines(lens)
    ]
    return [head, *told]


def _offered(lens: Lens, row: Row) -> Row:
    """Mark a row as a proposal, which nobody has taken over yet."""
    return {**_named(lens, row), "id": f"# {row['id']}"}


def _named(lens: Lens, row: Row) -> Row:
    """Write names in place of the ids of people and of the account."""

    def name(ident: str) -> str:
        found = lens.snapshot.records.get(ident)
        called = str(getattr(found, "name", ""))
        same = [s for s in lens.seats.values() if s.name == called]
        return called if called and len(same) < 2 else ident

    told = {**row, "company": lens.account.name}
    for field in ("subject", "owner"):
        if row.get(field):
            told[field] = name(str(row[field]))
    if row.get("targets"):
        told["targets"] = "; ".join(one_name(name(i), i) for i in row["targets"])
    return told
