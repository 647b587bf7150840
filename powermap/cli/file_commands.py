"""Files in, files out: template, export, and the import of its own module."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.handing_out import note_export
from powermap.cli.import_command import import_
from powermap.cli.language import offer, told
from powermap.cli.options import AsOf, Force, Here, out_path
from powermap.words import Words

ALL = 1_000_000


class Prepared(StrEnum):
    assessments = "assessments"


def template(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE.xlsx", help=told("要写的工作簿。", "The workbook to write.")
        ),
    ] = Path("powermap.xlsx"),
    grade: Annotated[
        str,
        typer.Option(
            "--grade",
            metavar="GRADE",
            help=told(
                "只要这一等级的客户用得着的表，如 C。",
                "Only the sheets that a customer of this grade needs, as C.",
            ),
        ),
    ] = "",
    account: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="ACCOUNT",
            autocompletion=offers("accounts"),
            help=told(
                "为一个客户写好要评的行，与 --about 一起用。",
                "Prepare the rows that are due of an account; with --about.",
            ),
        ),
    ] = None,
    about: Annotated[
        Prepared, typer.Option("--about", help=told("写好哪一张表的行。", "Which sheet is prepared."))
    ] = Prepared.assessments,
    force: Force = False,
    here: Here = Here(),
) -> None:
    """Write a workbook to fill in: people, ties, stances, deals, with lists to choose from and a page of help.

    --grade C leaves out what such a customer doesn't need; --for ACCOUNT prepares the judgements that are due.
    """
    from powermap.cli.screen import done
    from powermap.errors import ConfigError
    from powermap.method import load_pack
    from powermap.reports.prepared import due_rows
    from powermap.reports.workbook import write_template
    from powermap.settings import load_settings

    language, target = here.language, out_path(output, force)
    if account is not None:
        with here.open() as ws:
            lens = ws.account(account).lens().lens
            rows = due_rows(lens)
        write_template(target, lens.pack, language, (about.value,), {about.value: rows})
        done(f"{output}  →  powermap import {output}")
        return
    pack = load_pack(load_settings().pack)
    if grade and grade not in pack.grades:
        raise ConfigError(
            Words(f"没有等级“{grade}”", f"there is no grade {grade!r}"),
            hint=Words("、".join(pack.grades), ", ".join(pack.grades)),
        )
    if grade:
        write_template(target, pack, language, pack.grades[grade].sheets)
    else:
        write_template(target, pack, language)
    done(f"{output}  →  powermap import {output}")


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
    insight: Annotated[
        bool,
        typer.Option(
            "--insight",
            help=told(
                "洞察包：给总部的，市场、每个客户的整份洞察、缺什么；.xlsx、.html、.pptx、.txt；写客户则只有那个。",
                "The insight pack for headquarters: markets, each account's briefing, what it lacks; .xlsx, .html, .pptx or .txt; of ACCOUNT alone if named.",
            ),
        ),
    ] = False,
    as_of: AsOf = None,
    here: Here = Here(),
    force: Force = False,
) -> None:
    """Give the same workbook back, filled: edit it and import it again. It holds everything known; handle with care.

    With --format parquet: the portfolio of all accounts as Parquet files, for Spark, DuckDB or pandas.
    """
    from powermap.cli.screen import done
    from powermap.errors import ConfigError

    if insight:
        from powermap.cli.insight_commands import insight_pack

        insight_pack(account, output, as_of, here, force)
        return
    if kind is Kind.parquet:
        if account is not None:
            raise ConfigError(
                Words("--format parquet 导出全部客户", "--format parquet writes all accounts"),
                hint=Words("请去掉客户名", "leave the account's name out"),
            )
        _export_parquet(output, here, as_of, names=names, force=force)
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
    from powermap.importing import origin
    from powermap.reports.elsewhere import names_elsewhere
    from powermap.reports.workbook import write_csv_folder, write_workbook

    language = here.language
    with here.open() as ws:
        found = ws.account(account)
        snapshot = ws.snapshot(found.id)
        others = names_elsewhere(snapshot, lambda text, kind: ws.store.search(text, kind=kind, limit=ALL))
        if output.suffix.lower() == ".xlsx":
            target = out_path(output, force)
            write_workbook(snapshot, found.id, target, ws.pack, language, others, origin=origin(ws.store))
        else:
            folder = _sheets_folder(output, force)
            write_csv_folder(snapshot, found.id, folder, ws.pack, language, others)
    note_export(here, "workbook", found.name, "full", output.suffix or "csv")
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


def _export_parquet(folder: Path, here: Here, as_of: date | None, *, names: bool, force: bool) -> None:
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
    zh = here.zh
    with here.open() as ws, progress("客户" if zh else "accounts") as step:
        columns = ws.portfolio(as_of=as_of, progress=step).columns
    write_parquet(columns, folder, names=names)
    count = len(columns.accounts)
    said = f"{count:,} 个客户" if zh else f"{count:,} account{'' if count == 1 else 's'}"
    note_export(here, "portfolio", "*", "full" if names else "anonymous", "parquet")
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
