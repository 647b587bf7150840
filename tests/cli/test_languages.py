"""Every screen speaks the language asked for: help, wrong calls, errors, and what else a command says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import powermap
from powermap.cli.chinese import misuse
from powermap.errors import PowermapError
from powermap.portfolio.questions.findings import money
from powermap.words import Words, quoted

CHINESE = re.compile(r"[\u3400-\u9fff]")
HELP = """
import sys
from powermap.cli import main

def show(path, command):
    print("#", *path, flush=True)
    sys.argv = ["powermap", *path, "--help"]
    try:
        main()
    except SystemExit as stop:
        assert not stop.code
    for name, below in getattr(command, "commands", {}).items():
        show([*path, name], below)

import typer
from powermap.cli.app import app
show([], typer.main.get_command(app))
"""


def every_help(lang: str) -> dict[str, str]:
    """Return the help of every command, as a process in that language prints it."""
    environment = {**os.environ, "POWERMAP_LANG": lang, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", HELP], capture_output=True, check=True, env=environment, encoding="utf-8"
    )
    pages = (page.partition("\n") for page in done.stdout.split("# ")[1:])
    return {path: text for path, _, text in pages}


def test_help_in_chinese_holds_no_line_in_english_only() -> None:
    """What a line may hold beside Chinese: names of options and commands, types, metavars, choices, numbers."""
    pages = every_help("zh")
    assert len(pages) > 30
    for path, text in pages.items():
        for line in text.splitlines():
            prose = re.sub(r"--?[\w-]+|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|`[^`]*`|[A-Z][A-Z-]+", "", line)
            words = re.findall(r"[a-z]{2,}", prose)
            assert CHINESE.search(line) or len(words) < 2, f"powermap {path}: {line}"


def test_help_in_english_holds_chinese_in_its_first_sentence_only() -> None:
    for path, text in every_help("en").items():
        told = text.replace("谁说了算，谁有影响，哪里只系于一人。", "")
        assert not CHINESE.search(told), f"powermap {path}"


def literal(node: ast.expr) -> str:
    """Return the fixed text of an expression: a string, the fixed parts of an f-string, and sums of them."""
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return literal(node.left) + literal(node.right)
    if isinstance(node, ast.IfExp):
        return literal(node.body) + literal(node.orelse)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("room", sorted(Path(powermap.__file__).parent.iterdir()), ids=lambda p: p.name)
def test_words_are_chinese_first_and_english_second(room: Path) -> None:
    for path in [room] if room.suffix == ".py" else sorted(room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Words", "told"):
                zh, en = (literal(arg) for arg in node.args) if len(node.args) == 2 else ("", "")
                where = f"{path.name}:{node.lineno}"
                assert not CHINESE.search(re.sub("`[^`]*`", "", en)), f"{where}: {en}"
                assert CHINESE.search(zh) or len(re.findall(r"\b[a-z]{3,}\b", zh)) < 2, f"{where}: {zh}"


@pytest.mark.parametrize(
    ("said", "zh"),
    [
        ("Missing argument 'ACCOUNT'.", "缺少参数 ACCOUNT"),
        ("Missing option '-o' / '--output'.", "缺少选项 -o / --output"),
        ("No such command 'shw'. Did you mean 'show'?", "没有命令 shw；是不是 show？"),
        ("No such option: --nope (Possible options: --store)", "没有选项 --nope；是不是 --store？"),
        (
            "Invalid value for '--lang': 'fr' is not one of 'zh', 'en'.",
            "--lang 的值不对：“fr”不在可选值之内：zh、en",
        ),
        ("Invalid value for '--as-of': “x”不是日期", "--as-of 的值不对：“x”不是日期"),
        ("Something new.", "用法不对：Something new."),
    ],
)
def test_a_wrong_call_is_told_in_chinese(said: str, zh: str) -> None:
    assert misuse(said) == zh


@pytest.mark.parametrize(
    ("lang", "wanted"), [("zh", "✗ 没有命令 nope\n"), ("en", "✗ No such command 'nope'.\n")]
)
def test_the_language_of_a_wrong_call_is_that_of_the_process(lang: str, wanted: str) -> None:
    """By ``--lang`` wherever it stands, against the system's language."""
    other = {"zh": "en_US.UTF-8", "en": "zh_CN.UTF-8"}[lang]
    environment = {**os.environ, "LC_ALL": other, "PYTHONIOENCODING": "utf-8"}
    environment.pop("POWERMAP_LANG", None)
    done = subprocess.run(
        [sys.executable, "-m", "powermap", "--lang", lang, "nope"],
        capture_output=True,
        env=environment,
        encoding="utf-8",
    )
    assert done.returncode == 2 and done.stderr.startswith(wanted)


def test_an_error_carries_both_languages() -> None:
    error = PowermapError(Words("没有", "none"), hint=Words("请加上", "add it"))
    assert (str(error), error.message, error.hint) == ("none", "none", "add it")
    assert (error.words.zh, error.advice.zh) == ("没有", "请加上")


@pytest.mark.parametrize(
    ("value", "currency", "zh", "en"),
    [
        (4.15e8, "CNY", "4.15 亿元", "415 m CNY"),
        (2e4, "USD", "2 万美元", "20 k USD"),
        (100.0, "EUR", "100 欧元", "100 EUR"),
        (100.0, "XTS", "100 XTS", "100 XTS"),
        (3e9, "", "30 亿", "3 bn"),
    ],
)
def test_amounts_are_written_as_each_language_does(value: float, currency: str, zh: str, en: str) -> None:
    assert money(value, currency) == Words(zh, en)


def test_foreign_names_between_chinese_words_are_quoted() -> None:
    assert [quoted(n) for n in ("充电器", "chargers", "5G 模组", "华东B")] == [
        "充电器",
        "“chargers”",
        "“5G 模组”",
        "“华东B”",
    ]
