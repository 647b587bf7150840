"""Sheets in and out speak the reader's language: lists to choose from, cells, problems, plans, the history."""

from __future__ import annotations

import contextlib
import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from powermap.analysis.deciders import deciders
from powermap.cli import main
from powermap.method import load_pack
from powermap.reports.workbook import write_template
from powermap.workspace import open_workspace

Run = Callable[..., str]
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in an empty folder; return all that it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "300")

    def call(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["powermap", *arguments])
        with contextlib.suppress(SystemExit):
            main()
        said = capsys.readouterr()
        return said.out + said.err

    return call


def lists(path: Path) -> dict[tuple[int, str], list[str]]:
    """Return the lists to choose from, by number of the sheet and first cell."""
    return {
        (number, str(rule.sqref).split(":")[0]): rule.formula1.strip('"').split(",")
        for number, sheet in enumerate(openpyxl.load_workbook(path).worksheets)
        for rule in sheet.data_validations.dataValidation
    }


def test_lists_of_the_template_hold_words_of_its_language_only(tmp_path: Path) -> None:
    found = {}
    for lang in ("zh", "en"):
        write_template(tmp_path / f"{lang}.xlsx", load_pack(), lang)
        found[lang] = lists(tmp_path / f"{lang}.xlsx")
    assert found["zh"].keys() == found["en"].keys()
    every = [o for options in found["zh"].values() for o in options]
    assert all(CHINESE.search(o) for o in every if not re.fullmatch(r"-?\d|\?|[SABC]", o))
    assert {"是", "否", "影响", "听取", "互相影响", "冲突", "采购总额"} <= set(every)
    assert not any(CHINESE.search(o) for options in found["en"].values() for o in options)


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "人员.csv").write_text(
        "公司,姓名,职务,部门,接受变化,角色,项目,负责人\n"
        "星河电子,林远,采购总监,采购部,务实者,守门人；批准者,年度框架,王宁\n"
        "星河电子,周岚,总经理,,,决策者,年度框架,\n",
        "utf-8",
    )
    (tmp_path / "关系.csv").write_text(
        "公司,从,到,类型\n星河电子,林远,周岚,影响\n星河电子,周岚,林远,矛盾\n", "utf-8"
    )
    (tmp_path / "项目.csv").write_text("公司,名称\n星河电子,年度框架\n", "utf-8")
    assert "已写入" in run("import", "人员.csv", "关系.csv", "项目.csv", "--us", "驰源", "--lang", "zh")
    return run


def test_what_changed_is_told_in_the_words_of_the_reader(filled: Run, run: Run) -> None:
    zh = filled("history", "林远", "--lang", "zh")
    assert "接受变化 务实者" in zh and "职责 负责人" in zh and "角色 守门人、批准者" in zh and "冲突" in zh
    en = filled("history", "林远", "--lang", "en")
    assert "adaptability pragmatist" in en and "duty owner" in en and "roles Gatekeeper, Approver" in en
    assert "导入 人员.csv、关系.csv、项目.csv" in filled("receipts", "--lang", "zh")
    assert "import 人员.csv, 关系.csv, 项目.csv" in filled("receipts", "--lang", "en")
    assert "人员" in filled("search", "林远", "--lang", "zh") and "Person" not in filled("search", "林远")


def test_a_plan_names_fields_as_their_columns(run: Run, filled: Run, tmp_path: Path) -> None:
    (tmp_path / "更多.csv").write_text("公司,姓名,职务,部门\n星河电子,方若,新品经理,产品部\n", "utf-8")
    zh = run("import", "更多.csv", "--dry-run", "--lang", "zh")
    assert "职务 新品经理，部门 产品部" in zh and "sign" not in zh
    assert "title 新品经理, department 产品部" in run("import", "更多.csv", "--dry-run", "--lang", "en")


def test_a_workbook_writes_what_its_lists_offer(filled: Run, tmp_path: Path) -> None:
    for lang, kinds in (("zh", {"影响", "冲突"}), ("en", {"influences", "conflicts with"})):
        filled("export", "星河电子", "-o", f"out-{lang}", "--lang", lang)
        path = tmp_path / f"out-{lang}" / {"zh": "关系.csv", "en": "Ties.csv"}[lang]
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row[{"zh": "类型", "en": "kind"}[lang]] for row in rows} >= kinds


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (
            "类型=采购商",
            "“采购商”不在可选值之内：客户、供应商、伙伴、部门、圈子",
            "customer, supplier, partner, unit, circle",
        ),
        ("角色=关键人", "角色：决策者、批准者", "roles: Decision maker; Approver"),
        ("角色=影响着", "是不是“影响者”？", "did you mean 'Influencer'?"),
    ],
)
def test_a_problem_offers_the_words_of_the_reader(
    run: Run, tmp_path: Path, cell: str, zh: str, en: str
) -> None:
    column, value = cell.split("=")
    first = {"类型": "名称", "角色": "公司,姓名"}[column]
    name = {"类型": "星河电子", "角色": "星河电子,林远"}[column]
    (tmp_path / "x.csv").write_text(f"{first},{column}\n{name},{value}\n", "utf-8")
    assert zh in run("import", "x.csv", "--lang", "zh")
    assert en in run("import", "x.csv", "--lang", "en")


def test_a_problem_names_a_column_that_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "项目.csv").write_text("公司,名称\n星河电子,一期\n星河电子,二期\n", "utf-8")
    (tmp_path / "人员.csv").write_text("公司,姓名,角色\n星河电子,林远,决策者\n", "utf-8")
    assert "人员.csv · 第 2 行 · 项目" in run("import", "项目.csv", "人员.csv", "--lang", "zh")
    assert "人员.csv · row 2 · 项目" in run("import", "项目.csv", "人员.csv", "--lang", "en")


TIES = "公司,从,到,类型,职责,层级,合作深度\n"


@pytest.mark.parametrize(
    ("row", "kind", "props"),
    [
        ("星河电子,王宁,林远,覆盖,赞助人,,", "COVERS", {"duty": "sponsor"}),
        ("星河电子,王宁,林远,认识,,,", "COVERS", {"duty": "contact"}),
        ("星河电子,王宁,林远,认识,副手,,", "COVERS", {"duty": "deputy"}),
        ("星河电子,驰源,星河电子,组织关系,,战略供应商,衣食父母", "RELATES", {"level": 3, "bond": 2}),
        ("星河电子,驰源,星河电子,组织关系,,关键供应商,拉式共赢", "RELATES", {"level": 3, "bond": 4}),
        ("星河电子,驰源,星河电子,组织关系,,合作伙伴,3", "RELATES", {"level": 4, "bond": 3}),
    ],
)
def test_the_articles_own_words_are_read(
    run: Run, tmp_path: Path, row: str, kind: str, props: dict[str, object]
) -> None:
    """赞助人 (M96), 认识, 合作伙伴/战略供应商/关键供应商 (M55), 衣食父母/拉式共赢 (M32)."""
    (tmp_path / "组织.csv").write_text("名称,类型,我方\n驰源,供应商,是\n星河电子,客户,\n", "utf-8")
    (tmp_path / "人员.csv").write_text("公司,姓名\n驰源,王宁\n星河电子,林远\n", "utf-8")
    (tmp_path / "关系.csv").write_text(TIES + row + "\n", "utf-8")
    plan = json.loads(run("import", "组织.csv", "人员.csv", "关系.csv", "--dry-run", "--json"))
    assert not plan["problems"]
    after = next(c["after"] for c in plan["changes"] if c["kind"] == kind)
    assert {key: after.get(key) for key in props} == props


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("星河电子,周岚,林远,认识,,,", "请写影响、听取或互相影响"),
        (
            "星河电子,驰源,星河电子,组织关系,,伙计,",
            "请写：1 参与者、2 供应商、3 关键供应商、4 合作伙伴",
        ),
    ],
)
def test_what_the_articles_words_do_not_say_is_asked(run: Run, tmp_path: Path, row: str, wanted: str) -> None:
    (tmp_path / "组织.csv").write_text("名称,类型,我方\n驰源,供应商,是\n星河电子,客户,\n", "utf-8")
    (tmp_path / "人员.csv").write_text("公司,姓名\n驰源,王宁\n星河电子,林远\n星河电子,周岚\n", "utf-8")
    (tmp_path / "关系.csv").write_text(TIES + row + "\n", "utf-8")
    assert wanted in run("import", "组织.csv", "人员.csv", "关系.csv", "--lang", "zh")


def test_a_leader_need_not_decide(run: Run, tmp_path: Path) -> None:
    """领导者 is a role of its own (M127): without a vote, beside a decider, it is no decision-maker."""
    (tmp_path / "项目.csv").write_text("公司,名称\n星河电子,一期\n", "utf-8")
    (tmp_path / "人员.csv").write_text(
        "公司,姓名,角色\n星河电子,周岚,领导者\n星河电子,林远,决策者\n星河电子,唐果,施加影响的人\n", "utf-8"
    )
    run("import", "项目.csv", "人员.csv", "--us", "驰源")
    shown = json.loads(run("show", "星河电子", "--json"))
    assert {r["name"]: r["roles"]["zh"] for r in shown["rows"]} == {
        "周岚": "领导者",
        "林远": "决策者",
        "唐果": "影响者",
    }
    with open_workspace(str(tmp_path / "powermap.db")) as ws:
        lens = ws.account("星河电子").lens().lens
        assert [lens.seats[p].name for p in deciders(lens).shares] == ["林远"]


def test_a_sponsor_is_no_role_of_theirs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("公司,姓名,角色\n星河电子,林远,赞助人\n", "utf-8")
    assert "请在关系表写“覆盖”，职责写“赞助人”" in run("import", "x.csv", "--lang", "zh")
