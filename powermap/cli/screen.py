"""How answers, plans and faults look on a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from powermap.cli.visible import Screen, in_json, visible
from powermap.findings import written

if TYPE_CHECKING:
    from powermap.findings import Answer, Column, Finding
    from powermap.method import Pack
    from powermap.model import LoggedChange, Problem, Receipt

URGENT = {3: ("●", "bold red"), 2: ("●", "yellow"), 1: ("○", "cyan"), 0: ("·", "dim")}

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[−-]?[\d,.]+")
DAY = 10
"""Cells that a day takes."""
READABLE = 14
"""Terminal columns of a cell in which words still read as words."""
LEADING = 3
"""Cells of a row that stand first where a table has too many columns."""
SECTION = "section"
"""The column by which rows are put together under a heading."""
NARROW = 12
"""Terminal columns of what is not broken over lines where a table has to be."""


def console(*, error: bool = False) -> Console:
    """Return a console; where the output is not a terminal, lines are wide enough not to be broken."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else max(120, shutil.get_terminal_size((140, 40)).columns)
    return Screen(stream, width, bool(os.environ.get("NO_COLOR")) or None)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while something is counted; it leaves nothing behind."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    out = console(error=True)
    with Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        console=out,
        transient=True,
        disable=not out.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def complain(message: str, hint: str = "") -> None:
    """Say what went wrong, and what to do about it, on standard error."""
    out = console(error=True)
    out.print(Text("✗ ", style="bold red") + Text(visible(message)))
    if hint:
        # A hint of several lines may point from one line into another: they must stand below each other.
        out.print(Text("  → " + visible(hint).replace("\n", "\n    "), style="dim"))


def done(message: str) -> None:
    """Say that something was done."""
    console().print(Text("✓ ", style="bold green") + Text(visible(message)))


def note(message: str) -> None:
    """Say something the user may want to know."""
    console().print(Text("· ", style="dim") + Text(visible(message)))


def print_json(value: Any) -> None:
    """Print JSON for programs, which harms no terminal either."""
    print(in_json(json.dumps(value, ensure_ascii=False, indent=2)))


def emit(answer: Answer, lang: str, shape: str = "table", measures: bool = False) -> None:
    """Print an answer as table, CSV or JSON; the last two hold its raw measures, a table only if they are asked for."""
    if shape == "json":
        print(in_json(answer.to_json()))
    elif shape == "csv":
        text = as_csv(answer, lang)
        # A file gets what was written; people get what they can read.
        print(visible(text) if sys.stdout.isatty() else text, end="")
    else:
        show_answer(answer, lang, measures)


def as_csv(answer: Answer, lang: str) -> str:
    """Return the answer's table as CSV (RFC 4180), text guarded against spreadsheet formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([c.words[lang] for c in answer.columns])
    for row in answer.rows:
        writer.writerow([_field(answer, row, c.key, lang) for c in answer.columns])
    return out.getvalue()


def _field(answer: Answer, row: Mapping[str, Any], key: str, lang: str) -> Any:
    """Return a value for CSV: numbers as they are, for programs; text as it is shown, guarded."""
    from powermap.sources.formulas import guard

    value = row.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return guard(answer.cell(row, key, lang))


def show_answer(answer: Answer, lang: str, measures: bool = False) -> None:
    """Print the head line, the sentences, the table, and how the numbers came about."""
    out = console()
    head = [w[lang] for w in answer.heading]
    if answer.supplier:
        head[-1] = ("视角：" if lang == "zh" else "as seen by ") + head[-1]
    head.append(("截至 " if lang == "zh" else "as of ") + answer.as_of.isoformat())
    out.print(Text(" · ".join(head), style="bold"))
    for finding in answer.findings:
        show_finding(out, finding, lang)
        if answer.question == "brief" and finding.inputs:
            facts = ("；" if lang == "zh" else "; ").join(i.told(lang) for i in finding.inputs[:3])
            out.print(Padding(Text(facts, style="dim"), (0, 0, 0, 3)))
    columns = answer.columns if measures else answer.plain
    for heading, rows in _sections(answer, lang):
        shown: Sequence[Column] = columns
        if heading:
            # A section has the columns that it uses, and no other's width.
            out.print(Text(visible(heading), style="bold"))
            shown = [
                c for c in columns if c.key != SECTION and any(answer.cell(r, c.key, lang) for r in rows)
            ]
        _print_rows(out, answer, rows, shown, lang)
    rules = dict.fromkeys((f.rule.words[lang], _parameters(f)) for f in answer.findings)
    for text, parameters in rules:
        out.print(Text(("算法：" if lang == "zh" else "How: ") + text + parameters, style="dim"))
    for words in answer.notes:
        out.print(Text(("注：" if lang == "zh" else "Note: ") + words[lang], style="dim"))


def _sections(answer: Answer, lang: str) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield (heading, rows): those of a section together; without sections, all rows under no heading."""
    if any(c.key == SECTION for c in answer.columns):
        for heading, rows in groupby(answer.rows, lambda row: answer.cell(row, SECTION, lang)):
            yield heading, list(rows)
    elif answer.rows:
        yield "", list(answer.rows)


def _print_rows(
    out: Console, answer: Answer, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], lang: str
) -> None:
    """Print rows as a table, or one by one where a table would break words into pieces."""
    titles = [c.words[lang] + (f" ({c.unit})" if c.unit else "") for c in columns]
    cells = [[visible(answer.cell(row, c.key, lang)) for c in columns] for row in rows]
    if _crowded(titles, cells, out.width):
        _print_cards(out, titles, cells, lang)
        return
    numeric = [
        all(
            isinstance(row.get(c.key), (int, float, type(None))) and not isinstance(row.get(c.key), bool)
            for row in rows
        )
        for c in columns
    ]
    out.print(_table(titles, cells, numeric, out.width))


def _table(
    titles: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], width: int
) -> Table:
    """Set cells as a table; numbers stand at the right."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", padding=(0, 1))
    days = [all(_DAY.fullmatch(text) for text in column if text) for column in zip(*cells, strict=True)]
    for title, wide, right, day in zip(titles, _widths(titles, cells, width), numeric, days, strict=True):
        # A day that breaks in two is no day.
        table.add_column(
            title,
            justify="right" if right else "left",
            width=wide,
            overflow="fold",
            min_width=DAY if day else None,
        )
    for line in cells:
        table.add_row(*map(escape, line))
    return table


def _crowded(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Tell whether so many columns would stand beside each other that words break into pieces."""
    content = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    heads = [max(map(cell_len, re.split(r" |(?=（)", title))) for title in titles]
    return sum(min(max(pair), READABLE) + 3 for pair in zip(content, heads, strict=True)) > width


def _print_cards(out: Console, titles: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> None:
    """Print each row on lines of its own: its first cells, then the others, each with its head."""
    colon = "：" if lang == "zh" else ": "
    for cells in rows:
        # A number says nothing without its head.
        lead = next((n for n, cell in enumerate(cells[:LEADING]) if _NUMBER.fullmatch(cell)), LEADING)
        first = "  ".join(filter(None, cells[:lead]))
        rest = [
            f"{title}{colon}{cell}" for title, cell in list(zip(titles, cells, strict=True))[lead:] if cell
        ]
        out.print()
        out.print(Padding(Text(first, style="bold"), (0, 0, 0, 1)))
        if rest:
            out.print(Padding(Text(" · ".join(rest)), (0, 0, 0, 3)))
    out.print()


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int | None]:
    """Return the widths of narrow columns, heads broken between words, where a table is too wide; None: as it comes."""
    content = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    heads, room = list(map(cell_len, titles)), width - 3 * len(titles)
    full = list(map(max, content, heads))
    # A head takes three lines or so.
    words = [max(cell_len(title) // 3, *map(cell_len, re.split(r" |(?=（)", title))) for title in titles]
    found = [max(c, w) if c <= NARROW else None for c, w in zip(content, words, strict=True)]
    if sum(full) <= room or sum(x or NARROW for x in found) > room:
        return [None] * len(titles)
    spare = room - sum(x or f for x, f in zip(found, full, strict=True))
    for i in sorted(range(len(full)), key=full.__getitem__):
        kept = found[i]
        if kept is not None and full[i] - kept <= spare:
            spare -= full[i] - kept
            found[i] = full[i]
    return found


def _parameters(finding: Finding) -> str:
    text = ", ".join(f"{k} = {v}" for k, v in finding.rule.parameters.items())
    return f" [{text}]" if text else ""


def show_finding(out: Console, finding: Finding, lang: str) -> None:
    """Print one sentence with its urgency mark, and how sure it is."""
    mark, style = URGENT[finding.urgency]
    line = Text(f"{mark} ", style=style) + Text(finding.sentence[lang])
    if finding.certainty.level != "certain":
        line += Text(f"  ({finding.certainty.words[lang]})", style="dim")
    out.print(Padding(line, (0, 0, 0, 1)))


def explain(finding: Finding, lang: str, origins: Mapping[str, str]) -> None:
    """Print a finding with its facts, its rule and its certainty; `origins` say where a record was read."""
    zh, out = lang == "zh", console()
    show_finding(out, finding, lang)
    for fact in finding.inputs:
        origin = origins.get(fact.record, "")
        ground = [
            # A source that nobody named is the file.
            fact.source if fact.source not in origin else "",
            fact.on.isoformat() if fact.on else "",
            f"{fact.confidence:.0%}" if fact.confidence else "",
        ]
        ground.append(origin)
        line = Text(f"{fact.what[lang]}: {written(fact.value, lang) or '?'}")
        line += Text("  " + " · ".join(part for part in ground if part), style="dim")
        out.print(Padding(line, (0, 0, 0, 5)))
    out.print(
        Padding(
            Text(
                ("算法：" if zh else "How: ") + finding.rule.words[lang] + _parameters(finding), style="dim"
            ),
            (0, 0, 0, 3),
        )
    )
    out.print(
        Padding(
            Text(
                ("把握：" if zh else "How sure: ") + finding.certainty.words[lang] + f"  [{finding.id}]",
                style="dim",
            ),
            (0, 0, 0, 3),
        )
    )


def show_table(headers: Sequence[str], rows: Iterable[Sequence[Any]], lang: str) -> None:
    """Print a plain table."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", padding=(0, 1))
    found = [[visible(written(value, lang)) for value in row] for row in rows]
    for column, header in enumerate(headers):
        # An id broken over two lines can't be copied.
        ids = found and all(re.fullmatch("[0-9a-f]{16}|", row[column]) for row in found)
        table.add_column(header, overflow="fold", min_width=16 if ids and found[0][column] else None)
    for row in found:
        table.add_row(*map(escape, row))
    console().print(table)


def show_problems(problems: Sequence[Problem], lang: str) -> None:
    """Print every problem: where, the value, what is wrong, what to write instead."""
    zh = lang == "zh"
    headers = ("位置", "值", "问题", "建议") if zh else ("Where", "Value", "What is wrong", "Suggestion")
    rows = [
        (
            p.where(lang),
            p.value,
            (p.reason_zh or p.reason) if zh else p.reason,
            (p.suggestion_zh or p.suggestion) if zh else p.suggestion,
        )
        for p in problems
    ]
    show_table(headers, rows, lang)


def show_receipt(receipt: Receipt, lang: str) -> None:
    """Print the proof of what was written."""
    if lang == "zh":
        done(
            f"已写入：新建 {receipt.created}，更新 {receipt.updated}，删除 {receipt.removed}（批次 {receipt.batch}）"
        )
    else:
        done(
            f"written: {receipt.created} created, {receipt.updated} updated, {receipt.removed} removed (batch {receipt.batch})"
        )


def show_history(changes: Sequence[LoggedChange], names: dict[str, str], pack: Pack, lang: str) -> None:
    """Print logged changes, field by field, with who, when and from where."""
    headers = (
        ("时间 (UTC)", "谁", "事实", "变化", "来源")
        if lang == "zh"
        else ("When (UTC)", "Who", "Fact", "Change", "Source")
    )
    from powermap.method.telling import difference
    from powermap.model import sourced, titled

    rows, new = [], "新建 " if lang == "zh" else "new "
    for logged in changes:
        change = logged.change
        props = change.after or change.before or {}
        rows.append(
            (
                logged.recorded_at.strftime("%Y-%m-%d %H:%M"),
                logged.actor,
                _fact(change.kind, props, names, pack, lang),
                ("" if change.before else new)
                + difference(pack, change.before, change.after, names, lang, change.kind),
                (sourced(change.source) if change.source else titled(logged.title))[lang],
            )
        )
    show_table(headers, rows, lang)


def _fact(kind: str, props: dict[str, Any], names: dict[str, str], pack: Pack, lang: str) -> str:
    from powermap.method.telling import title

    called = pack.kind(kind)[lang]
    if props.get("sign") == -1:
        called = "冲突" if lang == "zh" else "conflicts with"
    if "src" in props:
        return f"{names.get(props['src'], props['src'])} {called} {names.get(props['dst'], props['dst'])}"
    return f"{called} {title(pack, kind, props, names, lang)}".strip()
