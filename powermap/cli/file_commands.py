"""Files in, files out: template, import, export."""

from __future__ import annotations

import unicodedata
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import (
    Actor,
    AsJson,
    AsOf,
    Force,
    Insecure,
    Lang,
    StoreAt,
    lang_of,
    out_path,
    workspace,
)
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.intake import Plan

ALL = 1_000_000
NOTES = 20
"""Notes that are shown of one import: its result stands below them."""


def template(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE.xlsx", help=told("要写的工作簿。", "The workbook to write.")
        ),
    ] = Path("powermap.xlsx"),
    lang: Lang = None,
    force: Force = False,
) -> None:
    """Write an empty workbook to fill in: people, ties, stances, deals, with lists to choose from and a page of help."""
    from powermap.cli.screen import done
    from powermap.method import load_pack
    from powermap.reports.workbook import write_template
    from powermap.settings import load_settings

    write_template(out_path(output, force), load_pack(load_settings().pack), lang_of(lang))
    done(f"{output}  →  powermap import {output}")


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help=told(
                "工作簿（.xlsx）、单张表（.csv），或装着它们的文件夹；- 是标准输入。",
                "Workbooks (.xlsx), sheets as .csv, or folders of them; - is what another program writes.",
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
    skip_bad_rows: Annotated[
        bool,
        typer.Option(
            "--skip-bad-rows",
            help=told(
                "有的行有问题，也把正确的行写入。",
                "Write the rows that are right although others have a problem.",
            ),
        ),
    ] = False,
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
    store: StoreAt = None,
    insecure: Insecure = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Bring in people, ties and stances from spreadsheets. Every problem is listed in one pass; nothing is half-written."""
    from powermap.cli.screen import complain, note, print_json, progress, show_problems, show_receipt
    from powermap.cli.standard_input import from_standard_input, is_standard_input
    from powermap.errors import EXIT_PROBLEMS, ConfigError
    from powermap.stores.sqlite.removal import discard

    language = lang_of(lang)
    zh = language == "zh"
    if annotated is not None and (len(files) != 1 or files[0].is_dir() or is_standard_input(files)):
        raise ConfigError(
            Words("--annotated 一次只标注一个文件", "--annotated marks one file"),
            hint=Words("请逐个导入", "import the files one at a time"),
        )
    if annotated is not None and _is_same(annotated, files[0]):
        raise ConfigError(
            Words(f"--annotated 会覆盖 {annotated} 本身", f"--annotated would replace {annotated} itself"),
            hint=Words("请换个名字", "choose another name"),
        )
    marked = out_path(annotated, force) if annotated is not None else None
    new = _absent(store)
    with TemporaryDirectory() as nowhere, ExitStack() as after:
        if is_standard_input(files):
            files = from_standard_input(files, Path(nowhere), named=account is not None)
        # Where nothing is written no store is left either, not even an empty one.
        if new is not None and dry_run:
            store = str(Path(nowhere) / "empty.db")
        elif new is not None:
            after.callback(discard, new)
        with (
            workspace(store, insecure=insecure, create=True, actor=author) as ws,
            progress("导入" if zh else "import") as step,
        ):
            result = ws.import_(
                files,
                account=account,
                us=us,
                dry_run=dry_run,
                skip_bad_rows=skip_bad_rows,
                progress=step,
            )
    plan, receipt = result.plan, result.receipt
    if marked is not None and plan.problems:
        from powermap.reports.workbook import write_annotated

        write_annotated(files[0], plan.problems, marked, language)
    if as_json:
        shape = plan.to_dict()
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
    else:
        if dry_run:
            _show_plan(plan, language)
        notes = plan.brief(language)
        for line in notes[:NOTES]:
            note(line)
        if (more := len(notes) - NOTES) > 0:
            note(f"…… 另有 {more} 条；--json 全部列出" if zh else f"… {more} more; --json lists all")
        if plan.problems:
            show_problems(plan.problems, language)
            if marked is not None:
                note(f"{marked}")
        if receipt is not None:
            show_receipt(receipt, language)
        elif not plan.problems:
            same = plan.counts.get("same", 0)
            if dry_run:
                note("只是预演，什么都没写入" if zh else "dry run: nothing was written")
            elif not same:
                note(
                    "表头下面没有一行数据，什么都没写入"
                    if zh
                    else "no row stands under the headers: nothing was written"
                )
            else:
                note(
                    f"没有变化（{same} 条相同）" if zh else f"nothing to change ({same} records are the same)"
                )
    if plan.problems and (receipt is None or not skip_bad_rows) and not dry_run:
        n = len(plan.problems)
        complain(
            f"{n} 个问题，什么都没写入" if zh else f"{n} problem{'s' if n != 1 else ''}: nothing was written",
            (
                "改好后再导入；或加 --annotated 副本.xlsx 得到标注好的副本；或加 --skip-bad-rows 只写正确的行"
                if zh
                else "mend the file and import again; --annotated COPY.xlsx marks the cells; --skip-bad-rows writes the rest"
            ),
        )
        raise typer.Exit(EXIT_PROBLEMS)
    if plan.problems:
        raise typer.Exit(EXIT_PROBLEMS if dry_run else 0)


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file: by a link, or on a disk that doesn't tell case or kinds of letters."""
    if one.exists() and other.exists():
        return one.samefile(other)
    alike = (unicodedata.normalize("NFC", str(p.resolve())).casefold() for p in (one, other))
    return len(set(alike)) == 1


def _absent(store: str | None) -> Path | None:
    """Return the file that is to be the store, if it isn't there."""
    from powermap.settings import load_settings
    from powermap.stores import is_url

    where = store or load_settings().store
    return Path(where) if not is_url(where) and not Path(where).exists() else None


def _show_plan(plan: Plan, lang: str) -> None:
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


class Kind(StrEnum):
    workbook = "workbook"
    parquet = "parquet"


def export(
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.xlsx",
            help=told(
                "要写的工作簿；写文件夹名则得到 CSV 表或 Parquet 文件。",
                "The workbook to write; a folder name writes CSV sheets, or the Parquet files.",
            ),
        ),
    ],
    account: Annotated[
        str | None,
        typer.Argument(
            metavar="ACCOUNT",
            help=told(
                "客户：名称、名称的一部分、拼音或编号；--format parquet 导出全部，不写客户。",
                "The customer: name, part of it, pinyin or id; none with --format parquet, which takes all.",
            ),
        ),
    ] = None,
    kind: Annotated[
        Kind,
        typer.Option(
            "--format",
            help=told(
                "workbook 是工作簿；parquet 是全部客户里谁够得着谁，按列存放。",
                "workbook, or parquet: who can reach whom in all accounts, as columns.",
            ),
        ),
    ] = Kind.workbook,
    names: Annotated[
        bool,
        typer.Option(
            "--names/--no-names",
            help=told(
                "--no-names：Parquet 里不写客户名和人名，只写编号。",
                "Parquet without names of accounts and people: only ids.",
            ),
        ),
    ] = True,
    as_of: AsOf = None,
    store: StoreAt = None,
    insecure: Insecure = False,
    lang: Lang = None,
    force: Force = False,
) -> None:
    """Give the same workbook back, filled: edit it and import it again. It holds everything known; handle with care.

    With --format parquet: the portfolio of all accounts as Parquet files, for Spark, DuckDB or pandas.
    """
    from powermap.cli.screen import done
    from powermap.errors import ConfigError

    if kind is Kind.parquet:
        if account is not None:
            raise ConfigError(
                Words("--format parquet 导出全部客户", "--format parquet writes all accounts"),
                hint=Words("请去掉客户名", "leave the account's name out"),
            )
        _export_parquet(output, names, as_of, store, insecure, lang_of(lang), force)
        return
    if account is None:
        raise ConfigError(
            Words("哪个客户？", "which account?"),
            hint=Words(
                "`powermap accounts` 列出全部客户；--format parquet 导出全部",
                "`powermap accounts` lists them; --format parquet writes all of them",
            ),
        )
    if as_of is not None or not names:
        raise ConfigError(
            Words(
                "--as-of 和 --no-names 只用于 --format parquet",
                "--as-of and --no-names go with --format parquet",
            ),
            hint=Words("工作簿含全部日期和姓名", "a workbook holds every day and every name"),
        )
    from powermap.reports.rows import names_elsewhere
    from powermap.reports.workbook import write_csv_folder, write_workbook

    language = lang_of(lang)
    with workspace(store, insecure=insecure) as ws:
        found = ws.account(account)
        snapshot = ws.snapshot(found.id)
        others = names_elsewhere(snapshot, lambda text, kind: ws.store.search(text, kind=kind, limit=ALL))
        if output.suffix.lower() == ".xlsx":
            write_workbook(snapshot, found.id, out_path(output, force), ws.pack, language, others)
        else:
            folder = _sheets_folder(output, force)
            write_csv_folder(snapshot, found.id, folder, ws.pack, language, others)
    done(f"{found.name}  →  {output}")


def _sheets_folder(path: Path, force: bool) -> Path:
    """Refuse what is meant as a file, and to overwrite sheets that somebody may have edited."""
    from powermap.errors import RenderError

    if path.is_file() or (path.suffix[1:].isalpha() and not path.is_dir()):
        raise RenderError(
            Words(f"{path} 不是文件夹", f"{path} is no folder"),
            hint=Words(
                "文件.xlsx 是工作簿，不带后缀的名字是放 CSV 表的文件夹",
                "FILE.xlsx is a workbook, a name without a suffix a folder of CSV sheets",
            ),
        )
    if not force and any(path.glob("*.csv")):
        raise RenderError(
            Words(f"{path} 里已有 CSV 文件", f"there are CSV files in {path} already"),
            hint=Words("请换个名字，或加 --force", "choose another name, or add --force"),
        )
    return path


def _export_parquet(
    folder: Path,
    names: bool,
    as_of: date | None,
    store: str | None,
    insecure: bool,
    lang: str,
    force: bool,
) -> None:
    from powermap.cli.screen import done, progress
    from powermap.errors import RenderError
    from powermap.reports.parquet import write_parquet

    if folder.is_file() or folder.suffix:
        raise RenderError(
            Words(f"{folder} 不是文件夹", f"{folder} is no folder"),
            hint=Words("请给文件夹名：-o portfolio", "give the name of a folder: -o portfolio"),
        )
    if not force and any(folder.glob("*.parquet")):
        raise RenderError(
            Words(f"{folder} 里已有 Parquet 文件", f"there are Parquet files in {folder} already"),
            hint=Words("请换个名字，或加 --force", "choose another name, or add --force"),
        )
    zh = lang == "zh"
    with (
        workspace(store, insecure=insecure) as ws,
        progress("客户" if zh else "accounts") as step,
    ):
        columns = ws.portfolio(as_of=as_of, progress=step).columns
    write_parquet(columns, folder, names=names)
    count = len(columns.accounts)
    said = f"{count:,} 个客户" if zh else f"{count:,} account{'' if count == 1 else 's'}"
    done(f"{said}  →  {folder}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("导入导出", "Files in, files out")
    offer(
        app,
        "template",
        template,
        "写一份空白工作簿供填写：人员、关系、态度、项目，带下拉选项和说明页。",
        panel,
    )
    offer(app, "import", import_, "从表格导入人员、关系和态度。所有问题一次列出，绝不写入一半。", panel)
    offer(
        app,
        "export",
        export,
        "把工作簿填好交还：修改后可再导入。含全部已知内容，请妥善保管。\n\n加 --format parquet：全部客户的数据写成 Parquet 文件，供 Spark、DuckDB 或 pandas 使用。",
        panel,
    )
