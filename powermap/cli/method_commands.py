"""The method: what the rule pack holds, and a company's own beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import AsJson, Lang, lang_of

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", help=told("贵公司规则包的文件夹。", "The folder of your own rule pack.")
    ),
]


def show(
    topic: Annotated[
        str,
        typer.Argument(
            metavar="TOPIC",
            help=told(
                "规则包的一个文件，如 items、catalogue、grades；不写则列出全部。",
                "A file of the rule pack, as items, catalogue, grades; none lists them.",
            ),
        ),
    ] = "",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show the method as the rule pack holds it: grades, items of assessment, actions, relations, policy, calendar."""
    from powermap.cli.screen import print_json, show_table
    from powermap.errors import ConfigError
    from powermap.method import load_pack
    from powermap.method.comparison import rows, topics
    from powermap.settings import load_settings
    from powermap.words import Words

    language, pack = lang_of(lang), load_pack(load_settings().pack)
    zh = language == "zh"
    if not topic:
        found = [(name, len(rows(pack, name))) for name in topics()]
        if as_json:
            print_json([{"topic": name, "entries": count} for name, count in found])
            return
        show_table(("文件", "条目") if zh else ("File", "Entries"), found, language)
        return
    if topic not in topics():
        raise ConfigError(
            Words(f"规则包没有“{topic}”这个文件", f"the rule pack has no file {topic!r}"),
            hint=Words(f"有：{'、'.join(topics())}", f"there are: {', '.join(topics())}"),
        )
    if as_json:
        print_json(pack.topic(topic))
        return
    told_rows = rows(pack, topic)
    if any(name for *_, name in told_rows):
        headers = ("键", "中文", "English", "内容") if zh else ("Key", "English", "中文", "What")
        shown = [(k, a, b, what) if zh else (k, b, a, what) for k, what, a, b in told_rows]
        show_table(headers, shown, language)
    else:
        show_table(
            ("键", "值") if zh else ("Key", "Value"), [(k, what) for k, what, *_ in told_rows], language
        )


def check(folder: Folder, lang: Lang = None) -> None:
    """Check a rule pack of your own: every fault by file and key, in one pass."""
    from powermap.cli.screen import done
    from powermap.method import load_pack
    from powermap.method.comparison import count_keys, given

    language = lang_of(lang)
    load_pack(folder)
    files, keys = len(given(folder)), count_keys(folder)
    done(
        f"规则包没有问题：{files} 个文件，{keys} 个值"
        if language == "zh"
        else f"the rule pack fits: {files} file{'s' * (files != 1)}, {keys} value{'s' * (keys != 1)}"
    )


def diff(folder: Folder, lang: Lang = None, as_json: AsJson = False) -> None:
    """Say what a rule pack of your own gives otherwise than the built-in one, key by key."""
    from powermap.cli.screen import note, print_json, show_table
    from powermap.method.comparison import compare

    language = lang_of(lang)
    found = compare(folder)
    if as_json:
        print_json([{"file": d.file, "key": d.key, "built_in": d.ours, "yours": d.theirs} for d in found])
        return
    if not found:
        note("与内置规则包相同" if language == "zh" else "the same as the built-in rule pack")
        return
    headers = ("文件", "键", "内置", "贵公司") if language == "zh" else ("File", "Key", "Built in", "Yours")
    show_table(headers, [(d.file, d.key, _short(d.ours), _short(d.theirs)) for d in found], language)


def _short(value: object) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    method = typer.Typer(
        no_args_is_help=True,
        help=told(
            "方法：规则包里有什么，与贵公司的有何不同。",
            "The method: what the rule pack holds, and how yours differs.",
        ),
    )
    offer(method, "show", show, "按规则包列出方法：等级、评估项、动作库、三大关系、政策、日历。")
    offer(method, "check", check, "检查贵公司的规则包：一次列出全部问题，写明文件和键。")
    offer(method, "diff", diff, "逐键列出贵公司的规则包与内置的不同。")
    app.add_typer(method, name="method", rich_help_panel=told("开始", "First steps"))
