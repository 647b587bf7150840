"""The demo: from files to maps, as a user would do it, and what to look at first."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from rich.panel import Panel
from rich.text import Text

from powermap.cli.screen import URGENT, console, show_problems
from powermap.errors import SourceError
from powermap.findings import Answer, Finding
from powermap.words import Words


def run_demo(folder: Path, lang: str) -> None:
    """Copy the example files, import them into a new store, draw every account's map, and say where to look."""
    from powermap import demo
    from powermap.portfolio import render
    from powermap.workspace import open_workspace

    zh = lang == "zh"
    out = console()
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    for path in demo.files(lang):
        shutil.copyfile(path, files / path.name)
    for old in folder.glob("powermap.db*"):
        old.unlink()
    store = folder / "powermap.db"
    with open_workspace(store) as ws:
        result = ws.import_([files], today=demo.AS_OF)
        if result.receipt is None:
            show_problems(result.plan.problems, lang)
            raise SourceError(Words("示例文件有问题", "the example files have problems"))
        receipt = result.receipt
        out.print(
            Text("✓ ", style="bold green")
            + Text(
                f"{receipt.created} 条事实，来自 {len(list(files.iterdir()))} 个表格  →  {store}"
                if zh
                else f"{receipt.created} facts from {len(list(files.iterdir()))} sheets  →  {store}"
            )
        )
        first: list[tuple[str, Finding]] = []
        for hit in ws.accounts():
            seen = ws.account(hit.id).lens(as_of=demo.AS_OF)
            page = folder / f"{demo.slug(hit.name, hit.name_alt)}.html"
            page.write_text(seen.map(lang=lang, since=demo.LAST_REVIEW), encoding="utf-8", newline="\n")
            out.print(Text("✓ ", style="bold green") + Text(f"{hit.name}  →  {page}"))
            first += [(hit.name, finding) for finding in _urgent(seen.ask("brief"))]
        overview = folder / "portfolio.html"
        overview.write_text(
            render(ws.portfolio(as_of=demo.AS_OF), "zh" if zh else "en"), encoding="utf-8", newline="\n"
        )
        out.print(
            Text("✓ ", style="bold green")
            + Text(f"全部客户  →  {overview}" if zh else f"All accounts  →  {overview}")
        )
    first.sort(key=lambda pair: (-pair[1].urgency, pair[0] != demo.GREAT_ACCOUNT[lang]))
    text = Text()
    for name, finding in first[:6]:
        mark, style = URGENT[finding.urgency]
        text += (
            Text(f"{mark} ", style=style)
            + Text(f"{name}：" if zh else f"{name}: ", style="bold")
            + Text(finding.sentence[lang])
            + Text("\n")
        )
    out.print(
        Panel(
            text[:-1],
            title="先看这些" if zh else "Look at this first",
            title_align="left",
            border_style="dim",
        )
    )
    big = f'"{demo.GREAT_ACCOUNT[lang]}"'
    where = f"--store {store} --as-of {demo.AS_OF}"
    out.print(Text("接着试" if zh else "Then try", style="bold"))
    for command in ("decides", "sways", "fragile", "compare"):
        out.print(Text(f"  {_called()} {command} {big} {where}", style="dim"), soft_wrap=True)


def _urgent(answer: Answer) -> list[Finding]:
    return [f for f in answer.findings if f.urgency >= 2][:4]


def _called() -> str:
    """Return how this powermap is called: by name where it is on the PATH, else by where it lies."""
    if shutil.which("powermap"):
        return "powermap"
    script = Path(sys.executable).with_name("powermap")
    return os.path.relpath(script) if script.exists() else f"{sys.executable} -m powermap"
