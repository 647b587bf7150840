"""A company's own pack: five grades, other ladders, another catalogue and policy; of ours there is no trace."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from powermap.cli import main
from powermap.cli.managing_commands import QUESTIONS as MANAGING
from powermap.cli.portfolio_commands import About
from powermap.cli.question_commands import QUESTIONS
from powermap.method import load_pack
from powermap.model import Interaction, Organization, Stands
from powermap.stores import open_store
from powermap.workspace import open_workspace

Run = Callable[..., tuple[int, str, str]]
GRADES = "".join(
    f'[[grade]]\nkey = "{key}"\nzh = "{zh}"\nen = "{en}"\nleast = {least}\ntier = "{tier}"\nsheets = {sheets}\nurgency = {urgency}\n'
    for key, zh, en, least, tier, sheets, urgency in (
        ("P1", "灯塔客户", "beacon", 9.0, "inner", '["organizations", "people", "goals"]', 3),
        ("P2", "支柱客户", "pillar", 7.0, "inner", '["organizations", "people"]', 2),
        ("P3", "成长客户", "growing", 5.0, "outer", '["organizations", "people"]', 1),
        ("P4", "普通户", "plain", 3.0, "outer", '["organizations", "people"]', 1),
        ("P5", "散户", "retail", 0.0, "outer", '["organizations", "people"]', 0),
    )
)
FILES = {
    "grades": GRADES,
    "portfolio": '[demands]\nP1 = ["general", "key"]\nP5 = ["visits"]\n[cold]\nP1 = 60\n',
    "ladders": '[words]\n"铁杆" = 3\n"死对头" = -2\n',
    "levels": "".join(
        f'[[level]]\nvalue = {n}\nzh = "{zh}"\nen = "{en}"\n'
        for n, (zh, en) in enumerate((("掌门", "Master"), ("长老", "Elder"), ("堂主", "Hall"), ("香主", "Desk"), ("弟子", "Pupil")), 1)
    ),
    "catalogue": '[[action]]\nkey = "tea"\nzh = "喝茶"\nen = "tea"\nlists = ["own"]\nscope = "point"\nlayers = ["key"]\nattitudes = [-2, -1, 0, 1, 2, 3]\nneeds = []\npolicy = "open"\ndays = 1.0\n',
    "policy": 'locale = "own"\n[[tag]]\nkey = "open"\nzh = "随意"\nen = "open"\nrule = "allowed"\n',
}  # fmt: skip
OURS = re.compile(
    r"战略客户|伙伴客户|价值客户|一般客户|strategic customer|高层峰会|executive summit|C-level|部门负责人"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command with the company's pack in the settings; return its exit code and what it said."""
    folder = tmp_path / "pack"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    config = tmp_path / "powermap.toml"
    config.write_text(f"pack = '{folder}'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(config))
    monkeypatch.setenv("COLUMNS", "220")

    def call(*arguments: str, lang: str = "zh") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["powermap", *arguments, "--lang", lang])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_of_our_grades_ladders_and_actions_there_is_no_trace(run: Run) -> None:
    Path("people.csv").write_text(
        "姓名,公司,职务,层级,态度\n甲一,远山,老板,掌门,铁杆\n乙二,远山,采购,弟子,死对头\n", encoding="utf-8"
    )
    Path("organizations.csv").write_text(
        "名称,类型,我方,等级\n远山,客户,,灯塔客户\n近水,客户,,P5\n本号,供应商,是,\n", encoding="utf-8"
    )
    assert run("import", "organizations.csv", "people.csv")[0] == 0
    with open_store("powermap.db") as store:
        known = store.read()
    assert {o.name: o.grade for o in known.all(Organization) if o.grade} == {"远山": "P1", "近水": "P5"}
    assert sorted(s.attitude or 0 for s in known.all(Stands)) == [-2, 3]
    said = ""
    for command in (
        ("method", "show", "grades"), ("method", "show", "catalogue"), ("method", "show", "levels"),
        ("portfolio", "--about", "duty"), ("plan", "远山"), ("scorecard", "远山"), ("matrix", "远山"), ("house", "远山"),
        ("review", "远山"), ("calendar", "远山"), ("team", "远山"), ("attitudes", "远山"),
    ):  # fmt: skip
        code, out, err = run(*command)
        assert code == 0, err
        said += out
    assert not OURS.findall(said) and "灯塔客户" in said and "喝茶" in said and "掌门" in said
    assert "P5 级" in run("portfolio", "--about", "duty")[1]
    # Whatever is asked, of one customer or of all, answers under it.
    for question in About:
        code, out, err = run("portfolio", "--about", question.value)
        assert code == 0 and not OURS.findall(out), (question, err)
    with open_workspace("powermap.db", pack=Path("pack")) as ws:
        view = ws.account("远山").lens()
        for question in (*QUESTIONS, *MANAGING):
            told = view.ask(question)
            assert not OURS.findall(str(told.to_dict())), question


def test_a_grade_of_ours_is_refused_and_theirs_are_offered(run: Run) -> None:
    Path("organizations.csv").write_text("名称,类型,等级\n远山,客户,S\n", encoding="utf-8")
    code, out, _ = run("import", "organizations.csv")
    assert code == 9 and "P1、P2、P3、P4、P5" in out
    assert run("template", "--grade", "P1", "-o", "p1.xlsx")[0] == 0
    book = openpyxl.load_workbook("p1.xlsx")
    assert book.sheetnames[1:] == ["组织", "人员", "目标"]
    listed = [v.formula1 for v in book["组织"].data_validations.dataValidation]
    assert '"P1,P2,P3,P4,P5"' in listed and not any(f == '"S,A,B,C"' for f in listed)


def test_a_line_is_read_with_their_actions(run: Run) -> None:
    Path("people.csv").write_text("姓名,公司,职务\n甲一,远山,老板\n", encoding="utf-8")
    assert run("import", "people.csv")[0] == 0
    assert run("log", "昨天 喝茶 远山 甲一：好茶", "--yes")[0] == 0
    with open_store("powermap.db") as store:
        (met,) = store.read().all(Interaction)
    assert met.form == "tea"


def test_every_number_and_name_of_the_method_is_in_a_file() -> None:
    """No key of the built-in grades, catalogue or dimensions stands in the program's code."""
    pack = load_pack()
    code = "\n".join(
        p.read_text("utf-8")
        for p in (Path(__file__).parents[2] / "powermap").rglob("*.py")
        if "demo" not in p.parts
    )
    for key in pack.catalogue:
        if "_" in key:
            assert f'"{key}"' not in code, key
    for grade in pack.grades.values():
        assert f'"{grade.words.zh}"' not in code and f'== "{grade.key}"' not in code
