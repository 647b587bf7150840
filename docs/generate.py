"""Write the reference pages from the program itself: ``python docs/generate.py``. A test checks that they are up to date."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import click
import typer

if __name__ == "__main__":
    # The pages are in English, whatever the language of who writes them.
    os.environ["POWERMAP_LANG"] = "en"

from powermap.analysis.measures import list_measures
from powermap.cli.app import EPILOG, app
from powermap.method import load_pack
from powermap.method.contents import numbers
from powermap.model.fields import fields

HERE = Path(__file__).resolve().parent / "reference"
HEAD = "<!-- Written by docs/generate.py; change the program, not this page. -->\n"


def cell(text: object) -> str:
    """Write a value into a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def commands() -> str:
    """Describe every command with its arguments and options, as its help does."""
    parts = [HEAD, "# Commands\n", *describe("powermap", typer.main.get_command(app)), f"\n{EPILOG}\n"]
    return "\n".join(parts)


def describe(name: str, command: click.Command) -> list[str]:
    """Describe one command, or every command of a group."""
    inner = getattr(command, "commands", None)
    if inner is not None:
        return [line for key in sorted(inner) for line in describe(f"{name} {key}", inner[key])]
    lines = [f"## {name}\n", cell(command.help or ""), ""]
    rows = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False) or parameter.name == "help":
            continue
        option = parameter.param_type_name == "option"
        label = ", ".join(parameter.opts) if option else str(parameter.metavar or parameter.name).upper()
        value = str(parameter.metavar or "") if option and not getattr(parameter, "is_flag", False) else ""
        rows.append(
            f"| `{cell(f'{label} {value}'.strip())}` | {cell(getattr(parameter, 'help', '') or '')} |"
        )
    return lines + (["| | |", "|---|---|", *rows, ""] if rows else [])


def measures() -> str:
    """List the raw measures with their projection and meaning in both languages."""
    rows = [
        f"| `{name}` | {projection.en} · {projection.zh} | {cell(words.en)} | {cell(words.zh)} |"
        for name, projection, words in list_measures()
    ]
    head = "\n# Measures · 指标\n\n`powermap measure NAME ACCOUNT` prints one for everybody; the projections are in [questions.md](../questions.md#measure-any-raw-number).\n"
    return (
        HEAD
        + "\n".join([head, "| name | projection · 投影 | meaning | 含义 |", "|---|---|---|---|", *rows])
        + "\n"
    )


def rule_pack() -> str:
    """List the numbers, attitudes and roles of the rule pack, and the words a cell may hold."""
    pack = load_pack()
    lines = [HEAD, "# The rule pack · 规则包\n"]
    lines.append(
        'A company gives what it wants otherwise: `pack = "FOLDER"` in the configuration, and in the folder files of the '
        "same names with the keys that differ. They are laid over the built-in ones key by key; a list, and rows like "
        "`[[role]]`, replace the built-in ones whole. Whatever doesn't fit is told in one pass when the pack is loaded, "
        "and by `powermap doctor`.\n"
    )
    lines += [
        "## Numbers\n",
        "| file | key | value | range | unit | meaning | 含义 |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {file} | {key} | {value:g} | {number.range} | {number.unit.en} | {number.what.en} | {number.what.zh} |"
        for file, key, value, number in numbers(pack.topics)
        if file != "ladders"
    ]
    lines += ["\n## Words of other ladders of attitude\n", "| written | attitude |", "|---|---|"]
    lines += [f"| {cell(word)} | {value:+d} |" for word, value in pack.topic("ladders")["words"].items()]
    topic = pack.topic("channels")
    says = {"(none)": topic["unnamed"], **topic["tells"], "(any other)": topic["other"]}
    lines += ["\n## What a tie of a channel says about power\n", "| channel | says |", "|---|---|"]
    lines += [f"| {channel} | {said} |" for channel, said in says.items()]
    lines += ["\n## Attitudes · 态度\n", "| value | English | 中文 |", "|---|---|---|"]
    lines += [f"| {a.value:+d} | {a.words.en} | {a.words.zh} |" for a in pack.attitudes.values()]
    lines += ["\n## Roles · 角色\n", "| role | 中文 | also written |", "|---|---|---|"]
    lines += [
        f"| {r['en']} | {r['zh']} | {cell(', '.join(r['aliases']))} |" for r in pack.topic("roles")["role"]
    ]
    lines += ["\n## Words in cells\n", "| column | value | written |", "|---|---|---|"]
    for column, values in pack.topic("words").items():
        if all(isinstance(words, list) for words in values.values()):
            lines += [f"| {column} | {value} | {cell(', '.join(words))} |" for value, words in values.items()]
    return "\n".join(lines) + "\n"


def columns() -> str:
    """List every header that is understood, sheet by sheet."""
    topic = load_pack().topic("columns")
    lines = [
        HEAD,
        "# Headers that are understood · 能识别的表头\n",
        "Case, width, spaces and punctuation don't matter.\n",
    ]
    for sheet, names in topic["sheets"].items():
        lines += [
            f"## {sheet}\n",
            f"Sheet or file: {cell(', '.join(names))}\n",
            "| column | read as | kept as | written |",
            "|---|---|---|---|",
        ]
        for field in fields()[sheet].values():
            words = ", ".join(topic[sheet][field.name])
            lines.append(f"| {field.name} | {field.read} | {cell(', '.join(field.keeps))} | {cell(words)} |")
        lines.append("")
    return "\n".join(lines)


def method() -> str:
    """List the rows of the method, each with what to run on the example and what one sees; a test runs every command."""
    found = tomllib.loads((HERE.parent / "method_rows.toml").read_text("utf-8"))["row"]
    shown = [
        f"| {row['rows']} | `powermap {row['run'].format(account='Wangchuan')}` | {cell(row['en'])} | {cell(row['zh'])} |"
        for row in found
    ]
    head = (
        "\n# The method, row by row · 方法逐条\n\nThe rows are those of the method's articles (M1 and on). Make the example by "
        "`powermap demo`, go to its folder, and run a line with `--as-of 2026-09-30`.\n"
    )
    return (
        HEAD
        + "\n".join([head, "| rows | run | what one sees | 看到什么 |", "|---|---|---|---|", *shown])
        + "\n"
    )


PAGES = {
    "commands.md": commands,
    "measures.md": measures,
    "rule-pack.md": rule_pack,
    "headers.md": columns,
    "../method.md": method,
}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("COLUMNS", "120")
    HERE.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        (HERE / name).write_text(write(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
