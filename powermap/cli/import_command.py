"""Files in: import."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from powermap.cli.language import told
from powermap.cli.options import Actor, AsJson, Force, Here, _day, out_path
from powermap.cli.standard_input import from_standard_input, is_standard_input
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.importing import Imported
    from powermap.intake import Plan

NOTES = 20
"""Notes that are shown of one import: its result stands below them."""


class Whose(StrEnum):
    mine = "mine"
    theirs = "theirs"


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help=told(
                "工作簿、单张表（.csv）、其他软件导出的文件（见 docs/formats.md），或装着它们的文件夹；- 是标准输入。",
                "Workbooks, sheets as .csv, exports of other programs (docs/formats.md), or folders of them; - is what another program writes.",
            ),
        ),
    ],
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="NAME",
            help=told("名单里没写公司时，是哪家公司。", "The company, for a list that names none."),
        ),
    ] = None,
    us: Annotated[
        str | None,
        typer.Option(
            "--us",
            metavar="NAME",
            help=told(
                "还没有供应商标为我方时，我方是哪家公司。",
                "Our own company, if no supplier is marked as us yet.",
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=told("只看会写入什么，不写入。", "Show what would be written, and write nothing."),
        ),
    ] = False,
    skip_faulty: Annotated[
        bool,
        typer.Option(
            "--skip-faulty",
            help=told(
                "有的地方有问题，也把其余的写入；略过的都会列出。",
                "Write the rest although something has a problem; what is left out is listed.",
            ),
        ),
    ] = False,
    skip_bad_rows: Annotated[bool, typer.Option("--skip-bad-rows", hidden=True)] = False,
    headers: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADER=COLUMN",
            help=told(
                "说明一列的意思，如 “Relationship=态度”；等号后空着就略过这一列。下次同样表头的文件照此读。",
                'What a column means, e.g. "Relationship=attitude"; nothing after = leaves it out. '
                "Kept for the next file with these headers.",
            ),
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--word",
            metavar="WORD=VALUE",
            help=told(
                "说明一个词的意思，如 “Detractor=-2”；也会记住。",
                'What a word means, e.g. "Detractor=-2"; kept likewise.',
            ),
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help=told("文本文件的编码，如 gb18030。", "The encoding of text files, e.g. gb18030."),
        ),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=_day,
            help=told(
                "与已知不同的态度、上级、职务等，从哪天起变的；默认今天。",
                "As of which day attitudes, bosses, posts that differ from what is known have changed; default: today.",
            ),
        ),
    ] = None,
    correct: Annotated[
        bool,
        typer.Option(
            "--correct",
            help=told(
                "与已知不同的都算更正：原来记错了。",
                "All that differs is a correction: what was known is wrong.",
            ),
        ),
    ] = False,
    take: Annotated[
        Whose | None,
        typer.Option(
            "--take",
            help=told(
                "导出的工作簿改回来时，同一处双方都改过：用 mine（文件里的）还是 theirs（存储里的）。",
                "Where an exported workbook and the store changed the same since: mine (the file's) or theirs (the store's).",
            ),
        ),
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="FILE.xlsx",
            help=told(
                "有问题时写一份副本，标出有问题的格。",
                "Where there are problems: write a copy of the file with the cells marked.",
            ),
        ),
    ] = None,
    force: Force = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Bring in people, ties and stances from spreadsheets. Every problem is listed in one pass; nothing is half-written."""
    from powermap.cli.meaning import ask_meaning
    from powermap.errors import EXIT_CONFLICT, EXIT_PROBLEMS
    from powermap.reports.workbook import write_annotated
    from powermap.sources.mappings import Meaning, said

    marked = _copy(files, annotated, force) if annotated is not None else None
    meaning = Meaning(said(headers or (), "--map"), said(words or (), "--word"))
    can_ask = not (as_json or is_standard_input(files)) and sys.stdin.isatty() and sys.stdout.isatty()
    if can_ask:
        meaning = ask_meaning(files, meaning, encoding, here.language)
    skip_faulty = skip_faulty or skip_bad_rows
    asked: dict[str, Any] = {
        "account": account,
        "us": us,
        "dry_run": dry_run,
        "skip_faulty": skip_faulty,
        "encoding": encoding,
        "on": on,
        "correct": correct,
        "take": take.value if take else None,
        "meaning": meaning,
    }
    with TemporaryDirectory() as nowhere:
        if is_standard_input(files):
            files = from_standard_input(files, Path(nowhere), named=account is not None)
        result = _imported(files, here, author, asked)
        if can_ask and result.plan.problems and not (dry_run or skip_faulty or result.conflicts):
            skip_faulty = asked["skip_faulty"] = _confirmed(result, here.language)
            if skip_faulty:
                result = _imported(files, here, author, asked)
    plan, receipt = result.plan, result.receipt
    if result.conflicts:
        show_conflicts(result, here.language)
        raise typer.Exit(EXIT_CONFLICT)
    if marked is not None and plan.problems:
        write_annotated(files[0], plan.problems, marked, here.language)
    if as_json:
        _print_json(result)
    else:
        _print(result, here.language, marked, dry_run=dry_run)
    if plan.problems and not dry_run and (receipt is None or not skip_faulty):
        _complain(plan, here.zh)
        raise typer.Exit(EXIT_PROBLEMS)
    if plan.problems:
        raise typer.Exit(EXIT_PROBLEMS if dry_run else 0)


def _confirmed(result: Imported, language: str) -> bool:
    """Show what is wrong, and ask whether to write the rest."""
    from powermap.cli.screen import show_problems

    show_problems(result.plan.problems, language)
    n = len(result.plan.changes)
    question = f"其余 {n} 条写入吗？" if language == "zh" else f"Write the rest ({n} records)?"
    return bool(n) and typer.confirm(question, default=False)


def show_conflicts(result: Imported, language: str) -> None:
    """Show what a workbook and the store changed differently."""
    from powermap.cli.screen import complain, show_problems

    show_problems(result.conflicts, language)
    n = len(result.conflicts)
    complain(
        *(
            (f"{n} 处双方都改过，什么都没写入", "加 --take mine 用文件里的，或 --take theirs 用存储里的")
            if language == "zh"
            else (
                f"{n} conflict{'s' if n != 1 else ''}: nothing was written",
                "--take mine takes the file's word, --take theirs the store's",
            )
        )
    )


def _copy(files: list[Path], annotated: Path, force: bool) -> Path:
    """Return where the marked copy goes, if it may."""
    from powermap.errors import ConfigError

    if len(files) != 1 or files[0].is_dir() or is_standard_input(files):
        raise ConfigError(
            Words("--annotated 一次只标注一个文件", "--annotated marks one file"),
            hint=Words("请逐个导入", "import the files one at a time"),
        )
    if _is_same(annotated, files[0]):
        raise ConfigError(
            Words(f"--annotated 会覆盖 {annotated} 本身", f"--annotated would replace {annotated} itself"),
            hint=Words("请换个名字", "choose another name"),
        )
    return out_path(annotated, force)


def _imported(files: list[Path], here: Here, author: str, asked: dict[str, Any]) -> Imported:
    """Import into the store, or plan to; where nothing is written no store is left either, not even an empty one."""
    from powermap.cli.screen import progress
    from powermap.stores.sqlite.removal import discard

    new = absent(here.store)
    with TemporaryDirectory() as nowhere, ExitStack() as after:
        if new is not None and asked["dry_run"]:
            here = replace(here, store=str(Path(nowhere) / "empty.db"))
        elif new is not None:
            after.callback(discard, new)
        with (
            here.open(create=True, actor=author) as ws,
            progress("导入" if here.zh else "import") as step,
        ):
            return ws.import_(files, progress=step, **asked)


def _print_json(result: Imported) -> None:
    from powermap.cli.screen import print_json

    shape, receipt = result.plan.to_dict(), result.receipt
    shape["receipt"] = (
        None
        if receipt is None
        else {
            "batch": receipt.batch,
            "created": receipt.created,
            "updated": receipt.updated,
            "removed": receipt.removed,
        }
    )
    print_json(shape)


def _print(result: Imported, language: str, marked: Path | None, *, dry_run: bool) -> None:
    from powermap.cli.screen import note, show_problems, show_receipt

    plan, zh = result.plan, language == "zh"
    if dry_run:
        show_plan(plan, language)
    notes = plan.brief(language)
    for line in notes[:NOTES]:
        note(line)
    if (more := len(notes) - NOTES) > 0:
        note(f"…… 另有 {more} 条；--json 全部列出" if zh else f"… {more} more; --json lists all")
    if plan.problems:
        show_problems(plan.problems, language)
        if marked is not None:
            note(f"{marked}")
    if result.receipt is not None:
        show_receipt(result.receipt, language)
    elif not plan.problems:
        note(_nothing(plan.counts.get("same", 0), dry_run=dry_run)[language])
    if plan.heard or plan.left_out:
        note(plan.summary(language))


def _nothing(same: int, *, dry_run: bool) -> Words:
    """Say why nothing was written, where nothing is wrong."""
    if dry_run:
        return Words("只是预演，什么都没写入", "dry run: nothing was written")
    if not same:
        return Words(
            "表头下面没有一行数据，什么都没写入", "no row stands under the headers: nothing was written"
        )
    return Words(f"没有变化（{same} 条相同）", f"nothing to change ({same} records are the same)")


def _complain(plan: Plan, zh: bool) -> None:
    from powermap.cli.screen import complain

    n = len(plan.problems)
    complain(
        f"{n} 个问题，什么都没写入" if zh else f"{n} problem{'s' if n != 1 else ''}: nothing was written",
        (
            "改好后再导入；或加 --annotated 副本.xlsx 得到标注好的副本；或加 --skip-faulty 只写没有问题的"
            if zh
            else "mend the file and import again; --annotated COPY.xlsx marks the cells; --skip-faulty writes the rest"
        ),
    )


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file: by a link, or on a disk that doesn't tell case or kinds of letters."""
    if one.exists() and other.exists():
        return one.samefile(other)
    alike = (unicodedata.normalize("NFC", str(p.resolve())).casefold() for p in (one, other))
    return len(set(alike)) == 1


def absent(store: str | None) -> Path | None:
    """Return the file that is to be the store, if it isn't there."""
    from powermap.settings import load_settings
    from powermap.stores import is_url

    where = store or load_settings().store
    return Path(where) if not is_url(where) and not Path(where).exists() else None


def show_plan(plan: Plan, lang: str) -> None:
    """Show what a plan would write, 200 rows at most."""
    from powermap.cli.screen import show_table

    rows = plan.table(lang)
    if rows:
        headers = (
            ("操作", "类别", "对象", "变化", "来源")
            if lang == "zh"
            else ("Action", "Kind", "What", "Change", "From")
        )
        limit = 200
        show_table(headers, rows[:limit], lang)
        if len(rows) > limit:
            from powermap.cli.screen import note

            note(
                f"… {len(rows) - limit} more; --json lists all"
                if lang == "en"
                else f"…… 另有 {len(rows) - limit} 条；--json 全部列出"
            )
