"""The rule pack is checked when it is loaded: every fault in one pass, with file, key, value and what it should be."""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import pytest

from powermap.errors import ConfigError
from powermap.method import load_pack
from powermap.method.contents import FILES, faults, numbers

BUILT_IN = load_pack().topics


def refused(folder: Path, **files: str) -> tuple[list[str], list[str]]:
    """Return what is said of a pack of these files, a line a fault, in Chinese and English."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        load_pack(folder)
    assert error.value.exit_code == 2 and error.value.advice.zh != error.value.advice.en
    zh, en = (text.splitlines()[1:] for text in error.value.words)
    assert len(zh) == len(en)
    return zh, en


def test_the_built_in_pack_fits() -> None:
    assert not faults(BUILT_IN, BUILT_IN)
    assert FILES.keys() == BUILT_IN.keys()


def test_every_number_says_what_it_does_and_how_far_it_goes() -> None:
    for file, key, value, number in numbers(BUILT_IN):
        assert number.what.zh and number.what.en, f"{file}: {key} = {value} has no meaning in contents.py"
        assert not math.isinf(number.high) and not math.isinf(number.low), f"{file}: {key} has no range"
    assert len(list(numbers(BUILT_IN))) > 60


def inside(number: Any) -> float:
    return float(int((number.low + number.high) / 2))


@pytest.mark.parametrize(
    ("file", "key"), [(f, k) for f, k, _, _ in numbers(BUILT_IN) if "[" not in k and f != "ladders"]
)
def test_every_number_is_held_to_both_ends_of_its_range(file: str, key: str) -> None:
    """The bounds themselves are in unless the range says otherwise; beyond them, nan, text and flags are out."""
    number = next(n for f, k, _, n in numbers(BUILT_IN) if (f, k) == (file, key))
    *path, last = key.split(".")

    def said(value: Any) -> list[str]:
        topics = copy.deepcopy(BUILT_IN)
        table = topics[file]
        for part in path:
            table = table[part]
        table[last] = value
        return [w.wrong.key for w in faults(topics, BUILT_IN)]

    # Numbers that are judged together, in the second pass, are right alone.
    alone = {"unknown", "effort.quiet"}
    assert (
        (key in said(number.low)) is number.above and (key in said(number.high)) is number.below
    ) or key in alone
    for value in (number.low - 1, number.high + 1, math.nan, math.inf, -math.inf, "six", True, None, [1]):
        assert key in said(value), value
    if number.whole:
        assert key in said(number.low + 0.5)


def test_all_faults_are_told_in_one_pass_in_both_languages(tmp_path: Path) -> None:
    zh, en = refused(
        tmp_path,
        portfolio='[duty]\nvisits = "six"\nvisit = 3\n[cold]\nS = 0\n[efort]\ndays = 2\n',
        defaults="[number]\nlogit = 0\nstale_days = 3.5\n",
        roles="x = @",
        portfolo="",
    )
    assert en == [
        "portfolo.toml is a file that nobody reads; did you mean portfolio?",
        "roles.toml can't be read: Invalid value (at line 1, column 5)",
        "defaults.toml: number.logit = 0 should be a number from 0 to 20 (not 0 itself)",
        "defaults.toml: number.stale_days = 3.5 should be a whole number from 1 to 36500, in days",
        'portfolio.toml: duty.visits = "six" should be a whole number from 0 to 1000',
        "portfolio.toml: duty.visit = 3 is a key that nobody reads; did you mean visits?",
        "portfolio.toml: cold.S = 0 should be a number from 1 to 36500, in days",
        "portfolio.toml: efort = {'days': 2} is a key that nobody reads; did you mean effort?",
    ]
    assert 'portfolio.toml: duty.visits = "six"：应为 0 到 1000 的整数' in zh
    assert "portfolio.toml: duty.visit = 3：没有这个键，是不是 visits？" in zh


def test_a_file_may_give_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "portfolio.toml").write_text("[duty]\nattitude = 2\n")
    pack = load_pack(tmp_path)
    assert pack.topic("portfolio")["duty"] == {**BUILT_IN["portfolio"]["duty"], "attitude": 2}
    assert pack.topic("portfolio")["cold"] == BUILT_IN["portfolio"]["cold"]
    assert load_pack().topic("portfolio")["duty"]["attitude"] == 1, "the built-in one is as it was"


def test_rows_replace_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(
        '[[role]]\nkey = "boss"\nzh = "老板"\nen = "Boss"\nbadge_zh = "老"\nbadge_en = "B"\n', "utf-8"
    )
    assert list(load_pack(tmp_path).roles) == ["boss"]


def test_a_file_of_an_editor_with_a_mark_at_its_start_is_read(tmp_path: Path) -> None:
    (tmp_path / "defaults.toml").write_text("[number]\nlogit = 1.5\n", "utf-8-sig")
    assert load_pack(tmp_path).default("logit") == 1.5


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("attitudes", "[unknown]\n0 = 0.6\n", "unknown"),
        ("attitudes", '[[level]]\nvalue = 0\nzh = "中"\nen = "n"\n', "level[-2]"),
        ("attitudes", "[unknown]\n4 = 0\n", "unknown.4"),
        ("portfolio", "[effort]\nquiet = 2.0\n", "effort.quiet"),
        ("portfolio", "duty = 3\n", "duty"),
        ("portfolio", "[duty]\nnot_met = [1]\n", "duty.not_met"),
        ("levels", '[[level]]\nvalue = 1\nzh = "董"\nen = "Board"\n', "level[2]"),
        ("levels", '[channel]\nadvice = ["建议"]\n', "channel.advice"),
        (
            "actions",
            '[[move]]\nkey = "raise"\nzh = "升"\nen = "up"\neffort = 5\nsay_zh = "{c}"\n',
            "move[raise].say_zh",
        ),
        (
            "actions",
            '[[move]]\nkey = "raise"\nzh = "升"\nen = "up"\neffort = 5\nsay_zh = "{"\n',
            "move[raise].say_zh",
        ),
        ("roles", '[[role]]\nkey = "a"\nzh = "a"\nen = "a"\nbadge_zh = "a"\n', "role[a].badge_en"),
        ("roles", "role = []\n", "role"),
        ("rules", '[[template]]\nkey = "dice"\nzh = "a"\nen = "a"\nprojects = []\n', "template[dice].key"),
        ("columns", '[people]\nname = ["name"]\n', "people.name"),
        ("columns", '[people]\nnmae = ["name", "姓名"]\n', "people.nmae"),
        ("words", '[tie]\nsways = ["sways", "影响"]\n', "tie.sways"),
        ("kinds", 'Person = ["人员"]\n', "Person"),
        ("ladders", '[words]\n"很好" = 4\n', "words.很好"),
    ],
)
def test_a_fault_is_named_by_its_key(tmp_path: Path, file: str, text: str, key: str) -> None:
    zh, en = refused(tmp_path, **{file: text})
    assert any(line.startswith(f"{file}.toml: {key} ") for line in en), en
    assert any(line.startswith(f"{file}.toml: {key}") for line in zh), zh


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("words", '[channel]\ngolf = ["golf", "高尔夫"]\n'),
        ("levels", '[channel]\nadvice = ["建议", "advice"]\n'),
        ("ladders", '[words]\n"很好" = 2\n'),
        ("attitudes", "[unknown]\n0 = 0.4\n3 = 0.1\n"),
        ("portfolio", ""),
    ],
)
def test_what_a_company_may_add(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / f"{file}.toml").write_text(text, "utf-8")
    load_pack(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no rule pack folder"):
        load_pack(tmp_path / "nowhere")
