"""Where people stand on the maps of an account: kept, shown, edited."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import AccountName, DealName, Eyes, Force, Here, out_path
from powermap.words import Words


def layout(
    account: AccountName,
    edited: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE.csv",
            help=told(
                "按这张表保存位置：由 -o 写出、您改过的表。",
                "Keep the places of this table, as -o wrote it and you edited it.",
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.csv",
            help=told("把位置写成表格，供修改。", "Write the places as a table to edit."),
        ),
    ] = None,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew",
            help=told("不用已保存的位置，全部重新排。", "Forget the kept places, and place everybody anew."),
        ),
    ] = False,
    force: Force = False,
    deal: DealName = None,
    here: Here = Here(),
) -> None:
    """Where people stand on the account's maps. The first map keeps it; newcomers take free places, and nobody moves."""
    from powermap.analysis.text import labels
    from powermap.cli.screen import done, note, show_problems, show_table
    from powermap.errors import EXIT_PROBLEMS, ConfigError
    from powermap.findings import written
    from powermap.maps.layout import layout_file
    from powermap.output import write
    from powermap.sources.formulas import guard
    from powermap.sources.table import read_tables

    language = here.language
    zh = language == "zh"
    if edited is not None and anew:
        raise ConfigError(
            Words("--from 和 --anew 不能同用", "--from and --anew exclude each other"),
            hint=Words("请选一个", "choose one"),
        )
    target = out_path(output, force) if output is not None else None
    with here.open() as ws:
        seen = Eyes(deal=deal).at(ws, account)
        now, receipt = seen.layout, None
        if edited is not None:
            tables = read_tables(edited)
            if not tables or len(tables[0].rows) < 2:
                raise ConfigError(
                    Words(f"{edited.name} 没有数据行", f"{edited.name} has no rows"),
                    hint=Words(
                        "`powermap layout 客户 -o 文件.csv` 可写出一份",
                        "`powermap layout ACCOUNT -o FILE.csv` writes one",
                    ),
                )
            now, problems = layout_file.read_table(seen.lens, tables[0])
            if problems:
                show_problems(problems, language)
                raise typer.Exit(EXIT_PROBLEMS)
            receipt = seen.keep_layout(now)
        elif anew:
            now = seen.layout_anew()
            receipt = seen.keep_layout(now)
        rows, names = layout_file.rows(seen.lens, now), labels(seen.lens)
        heads = [layout_file.HEADS[f][language] for f in layout_file.FIELDS]
    if target is not None:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(heads)
        writer.writerows(
            ["" if row[f] is None else guard(str(row[f])) for f in layout_file.FIELDS] for row in rows
        )
        write(target, out.getvalue().encode("utf-8-sig"))
        done(str(target))
    elif edited is None and not anew:
        shown = [[written(row[f], language, names) for f in layout_file.FIELDS[:-1]] for row in rows]
        show_table(heads[:-1], shown, language)
    if edited is not None or anew:
        kept = "已保存" if zh else "kept"
        same = "与已保存的相同" if zh else "the same as is kept"
        note((kept if receipt is not None else same) + f" · {len(rows)} " + ("人" if zh else "people"))


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    offer(
        app,
        "layout",
        layout,
        "客户地图上各人的位置。第一张地图定下位置；新人放空位，旧人不动。",
        told("提问", "Questions"),
    )
