"""Files in, files out: template, import, export, history, receipts, undo, search, accounts."""

from __future__ import annotations

import unicodedata
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

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

if TYPE_CHECKING:
    from powermap.intake import Plan

NOTES = 20
"""Notes that are shown of one import: its result stands below them."""


def template(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE.xlsx", help="The workbook to write.")
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
        typer.Argument(metavar="FILE…", help="Workbooks (.xlsx), sheets as .csv, or folders of them."),
    ],
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="The company, for a list that names none.")
    ] = None,
    us: Annotated[
        str | None,
        typer.Option("--us", metavar="NAME", help="Our own company, if no supplier is marked as us yet."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")
    ] = False,
    skip_bad_rows: Annotated[
        bool,
        typer.Option("--skip-bad-rows", help="Write the rows that are right although others have a problem."),
    ] = False,
    annotated: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="FILE.xlsx",
            help="Where there are problems: write a copy of the file with the cells marked.",
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
    from powermap.errors import EXIT_PROBLEMS, ConfigError
    from powermap.stores.discarding import discard

    language = lang_of(lang)
    zh = language == "zh"
    if annotated is not None and (len(files) != 1 or files[0].is_dir()):
        raise ConfigError("--annotated marks one file", hint="import the files one at a time")
    if annotated is not None and _is_same(annotated, files[0]):
        raise ConfigError(f"--annotated would replace {annotated} itself", hint="choose another name")
    marked = out_path(annotated, force) if annotated is not None else None
    new = _absent(store)
    with TemporaryDirectory() as nowhere, ExitStack() as after:
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
            help="The workbook to write; a folder name writes CSV sheets, or the Parquet files.",
        ),
    ],
    account: Annotated[
        str | None,
        typer.Argument(
            metavar="ACCOUNT",
            help="The customer: name, part of it, pinyin or id; none with --format parquet, which takes all.",
        ),
    ] = None,
    kind: Annotated[
        Kind,
        typer.Option(
            "--format", help="workbook, or parquet: who can reach whom in all accounts, as columns."
        ),
    ] = Kind.workbook,
    names: Annotated[
        bool,
        typer.Option("--names/--no-names", help="Parquet without names of accounts and people: only ids."),
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
            raise ConfigError("--format parquet writes all accounts", hint="leave the account's name out")
        _export_parquet(output, names, as_of, store, insecure, lang_of(lang), force)
        return
    if account is None:
        raise ConfigError(
            "which account?", hint="`powermap accounts` lists them; --format parquet writes all of them"
        )
    if as_of is not None or not names:
        raise ConfigError(
            "--as-of and --no-names go with --format parquet",
            hint="a workbook holds every day and every name",
        )
    from powermap.reports.workbook import write_csv_folder, write_workbook

    language = lang_of(lang)
    with workspace(store, insecure=insecure) as ws:
        found = ws.account(account)
        snapshot = ws.snapshot(found.id)
        others = {n for h in ws.accounts() if h.id != found.id for n in (h.name, h.name_alt)}
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
            f"{path} is no folder",
            hint="FILE.xlsx is a workbook, a name without a suffix a folder of CSV sheets",
        )
    if not force and any(path.glob("*.csv")):
        raise RenderError(
            f"there are CSV files in {path} already", hint="choose another name, or add --force"
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
        raise RenderError(f"{folder} is no folder", hint="give the name of a folder: -o portfolio")
    if not force and any(folder.glob("*.parquet")):
        raise RenderError(
            f"there are Parquet files in {folder} already", hint="choose another name, or add --force"
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


def history(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A person, organization or deal.")],
    store: StoreAt = None,
    insecure: Insecure = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed about a person, organization or deal: when, by whom, from which cell."""
    from powermap.cli.screen import print_json, show_history
    from powermap.words import by_language

    language = lang_of(lang)
    with workspace(store, insecure=insecure) as ws:
        changes = ws.history(name)
        if as_json:
            print_json(
                [
                    {
                        "seq": c.seq,
                        "recorded_at": c.recorded_at.isoformat(),
                        "batch": c.batch,
                        "author": c.actor,
                        "title": c.title,
                        "kind": c.change.kind,
                        "id": c.change.id,
                        "before": c.change.before,
                        "after": c.change.after,
                        "source": c.change.source,
                    }
                    for c in changes
                ]
            )
            return
        names = {
            r.id: by_language(str(getattr(r, "name", "")), str(getattr(r, "name_alt", "")))[language] or r.id
            for r in ws.snapshot()
        }
    show_history(changes, names, language)


def receipts(store: StoreAt = None, insecure: Insecure = False, lang: Lang = None) -> None:
    """List what was written, newest first; each can be taken back with `powermap undo`."""
    from powermap.cli.screen import note, show_table

    zh = lang_of(lang) == "zh"
    headers = (
        ("批次", "时间 (UTC)", "谁", "内容", "新建", "更新", "删除", "已撤销")
        if zh
        else ("Batch", "When (UTC)", "Who", "What", "Created", "Updated", "Removed", "Undone by")
    )
    with workspace(store, insecure=insecure) as ws:
        rows = [
            (
                r.batch,
                r.recorded_at.strftime("%Y-%m-%d %H:%M"),
                r.actor,
                r.title,
                r.created,
                r.updated,
                r.removed,
                r.undone_by,
            )
            for r in ws.store.receipts()
        ]
    if not rows:
        note("还没有写入过" if zh else "nothing has been written yet")
        return
    show_table(headers, rows, lang_of(lang))


def undo(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="As `powermap receipts` lists it.")],
    author: Actor = "",
    store: StoreAt = None,
    insecure: Insecure = False,
    lang: Lang = None,
) -> None:
    """Take back one import. If a record was changed since, nothing is undone, and you learn which."""
    from powermap.cli.screen import show_receipt

    with workspace(store, insecure=insecure, actor=author) as ws:
        show_receipt(ws.undo(batch), lang_of(lang))


def search(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="Part of a name, Chinese or Latin, its pinyin, an e-mail address, or an id of another system.",
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = 20,
    store: StoreAt = None,
    insecure: Insecure = False,
    lang: Lang = None,
) -> None:
    """Find people (ours, theirs, others'), organizations and deals by name, pinyin, e-mail address or id."""
    from powermap.cli.screen import note, show_table

    zh = lang_of(lang) == "zh"
    with workspace(store, insecure=insecure) as ws:
        hits = ws.search(text, limit=limit + 1)
        near = [] if hits else ws.alike(text)
    if not hits:
        note(f"没有找到“{text}”" if zh else f"nothing found for {text!r}")
        if near:
            note("相近的：" + "、".join(near) if zh else "alike: " + ", ".join(near))
        return
    show_table(
        ("类别", "名称", "其他名称", "编号") if zh else ("Kind", "Name", "Other name", "Id"),
        [(h.kind, h.name, h.name_alt, h.id) for h in hits[:limit]],
        lang_of(lang),
    )
    if len(hits) > limit:
        note(
            f"还有更多：多写几个字，或加 --limit {5 * limit}"
            if zh
            else f"there are more: write more of the name, or add --limit {5 * limit}"
        )


def accounts(store: StoreAt = None, insecure: Insecure = False, lang: Lang = None) -> None:
    """List the accounts in the store."""
    from powermap.cli.screen import note, show_table

    zh = lang_of(lang) == "zh"
    with workspace(store, insecure=insecure) as ws:
        hits = ws.accounts()
    if not hits:
        note(
            "还没有客户：先用 `powermap import 文件` 导入"
            if zh
            else "no accounts yet: `powermap import FILE` brings them in"
        )
        return
    show_table(
        ("客户", "其他名称", "编号") if zh else ("Account", "Other name", "Id"),
        [(h.name, h.name_alt, h.id) for h in hits],
        lang_of(lang),
    )


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = "Files in, files out · 导入导出"
    app.command("template", rich_help_panel=panel)(template)
    app.command("import", rich_help_panel=panel)(import_)
    app.command("export", rich_help_panel=panel)(export)
    app.command("accounts", rich_help_panel=panel)(accounts)
    app.command("search", rich_help_panel=panel)(search)
    app.command("history", rich_help_panel=panel)(history)
    app.command("receipts", rich_help_panel=panel)(receipts)
    app.command("undo", rich_help_panel=panel)(undo)
