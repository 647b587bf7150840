"""The demo: from files to maps, as a user would do it, and what to look at first."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from rich.panel import Panel
from rich.text import Text

from powermap.cli.demo_folder import STORE, earlier, put
from powermap.cli.screen import URGENT, console, show_problems
from powermap.errors import SourceError
from powermap.findings import Answer, Finding
from powermap.output import make_folder, write
from powermap.words import Words


def run_demo(folder: Path, lang: str) -> None:
    """Copy the example files, import them into a new store, draw every account's map, and say where to look."""
    old = earlier(folder)
    with TemporaryDirectory(prefix="powermap-demo-") as built:
        made = Path(built)
        batch, told = _build(made, folder, lang)
        put(made, folder, batch, old)
    for line in told:
        console().print(line)
    _say_how_to_go_on(folder / STORE, lang)


def _build(made: Path, folder: Path, lang: str) -> tuple[str, list[Text | Panel]]:
    """Build everything in `made`; return the import's batch, and what to say once it stands in `folder`."""
    from powermap import demo
    from powermap.portfolio import answer, render
    from powermap.portfolio.questions.registry import FROM_RECORDS
    from powermap.workspace import open_workspace

    zh = lang == "zh"
    told: list[Text | Panel] = []
    tick = Text("✓ ", style="bold green")
    files = make_folder(made / "files")
    for path in demo.files(lang):
        write(files / path.name, path.read_bytes())
    with open_workspace(made / STORE) as ws:
        result = ws.import_([files], today=demo.AS_OF)
        if result.receipt is None:
            show_problems(result.plan.problems, lang)
            raise SourceError(Words("示例文件有问题", "the example files have problems"))
        receipt = result.receipt
        sheets, store = len(list(files.iterdir())), folder / STORE
        told.append(
            tick
            + Text(
                f"{receipt.created} 条事实，来自 {sheets} 个表格  →  {store}"
                if zh
                else f"{receipt.created} facts from {sheets} sheets  →  {store}"
            )
        )
        first: list[tuple[str, Finding]] = []
        drawn: dict[str, str] = {}
        for hit in ws.accounts():
            seen = ws.account(hit.id).lens(as_of=demo.AS_OF)
            page = f"{demo.slug(hit.name, hit.name_alt)}.html"
            drawn[hit.id] = quote(page)
            write(made / page, seen.map(lang=lang, since=demo.LAST_REVIEW))
            told.append(tick + Text(f"{hit.name}  →  {folder / page}"))
            first += [(hit.name, finding) for finding in _urgent(seen.ask("brief"))]
        overview, scan = "portfolio.html", ws.portfolio(as_of=demo.AS_OF)
        with ws.records() as records:
            asked = [answer(scan, question, records, ws.pack) for question in FROM_RECORDS]
        more = [a for a in asked if a.rows]
        write(made / overview, render(scan, "zh" if zh else "en", more, drawn))
        told.append(tick + Text(f"{'全部客户' if zh else 'All accounts'}  →  {folder / overview}"))
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
    told.append(
        Panel(
            text[:-1],
            title="先看这些" if zh else "Look at this first",
            title_align="left",
            border_style="dim",
        )
    )
    return receipt.batch, told


def _say_how_to_go_on(store: Path, lang: str) -> None:
    from powermap import demo

    out = console()
    big = f'"{demo.GREAT_ACCOUNT[lang]}"'
    where = f"--store {store} --as-of {demo.AS_OF}"
    out.print(Text("接着试" if lang == "zh" else "Then try", style="bold"))
    for command in ("decides", "sways", "fragile", "compare"):
        out.print(Text(f"  {_called()} {command} {big} {where}", style="dim"), soft_wrap=True)


def _urgent(answer: Answer) -> list[Finding]:
    return [f for f in answer.findings if f.urgency >= 2][:4]


def _called() -> str:
    """Return how this powermap is called: by name where it is on the PATH, else by where it lies."""
    if shutil.which("powermap"):
        return "powermap"
    script = Path(sys.executable).with_name("powermap.exe" if sys.platform == "win32" else "powermap")
    if not script.exists():
        return f"{sys.executable} -m powermap"
    try:
        return os.path.relpath(script)
    except ValueError:  # It lies on another drive of Windows.
        return str(script)
