"""Ids that the user's files give: an export writes them back, and importing it changes nothing, here or elsewhere."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from powermap.method import load_pack
from powermap.model import Covers, Organization, Person, Snapshot, Stands, WorksAt
from powermap.reports.rows import account_rows
from powermap.reports.workbook import write_workbook
from powermap.workspace import open_workspace

DAY = date(2026, 9, 30)
SHEETS = {
    "组织": "编号,名称,类型,我方\nnh,南湖食品,客户,\nus,我司,供应商,是\nxk,鲜客,供应商,\n",
    "人员": "编号,客户,姓名,职务,上级\nsy,南湖食品,沈砚,采购总监,\njn,南湖食品,江宁,采购经理,sy\n"
    "lw1,南湖食品,李伟,质量,sy\nlw2,南湖食品,李伟,仓储,sy\nlw1,我司,吴越,销售,\nw1,我司,周正,销售,\n",
    "项目": "编号,客户,项目,截止日期\nd-1,南湖食品,生鲜采购,2027-03-01\nd-2,南湖食品,预制菜,2027-06-01\n",
    "关系": "客户,从,类型,到\n南湖食品,吴越,覆盖,lw2\n南湖食品,w1,覆盖,沈砚\n南湖食品,jn,影响,sy\n",
    "态度": "客户,人员,供应商,态度\n南湖食品,lw2,鲜客,2\n",
    "互动": "编号,客户,日期,方式,我方人员,对方人员\nv-1,南湖食品,2026-08-01,拜访,吴越,lw2\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name, text in SHEETS.items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


def test_an_export_keeps_the_users_ids(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    with open_workspace(tmp_path / "a.db") as ws:
        result = ws.import_([folder], today=DAY)
        assert result.plan.problems == (), [p.reason_zh for p in result.plan.problems]
        account = ws.account("南湖食品")
        snapshot = ws.snapshot(account.id)
        rows = account_rows(snapshot, account.id)
        write_workbook(snapshot, account.id, out, ws.pack, "zh")
        assert {r["name"]: r["id"] for r in rows["organizations"]} == {
            "南湖食品": "nh",
            "我司": "us",
            "鲜客": "xk",
        }
        ids = {(r["name"], r["title"]): r["id"] for r in rows["people"]}
        # lw1 is somebody at the customer and somebody of ours: there only the store's ids tell them apart.
        ours = {ids.pop(("李伟", "质量")), ids.pop(("吴越", "销售"))}
        assert ids == {
            ("沈砚", "采购总监"): "sy",
            ("江宁", "采购经理"): "jn",
            ("李伟", "仓储"): "lw2",
            ("周正", "销售"): "w1",
        }
        assert len(ours) == 2 and all(snapshot.get(Person, i) for i in ours)
        assert [r["id"] for r in rows["deals"]] == ["d-1", "d-2"]
        assert [(r["id"], r["theirs"]) for r in rows["interactions"]] == [("v-1", "lw2")]
        assert [r["to"] for r in rows["ties"] if r["kind"] == "covers"] == ["lw2", "沈砚"]
        again = ws.import_([out], today=DAY)
        assert (again.plan.problems, again.plan.changes) == ((), ())
    with open_workspace(tmp_path / "b.db") as ws:
        result = ws.import_([out], today=DAY)
        assert result.plan.problems == (), [p.reason_zh for p in result.plan.problems]
        elsewhere = ws.snapshot(ws.account("南湖食品").id)
    for cls in (Person, Organization, Covers, Stands):
        assert len(elsewhere.all(cls)) == len(snapshot.all(cls)), cls
    assert titled(elsewhere) == titled(snapshot) == {"仓储", "采购总监"}


def titled(snapshot: Snapshot) -> set[str]:
    """The titles of whom we cover."""
    jobs = {j.src: j.title for j in snapshot.all(WorksAt)}
    return {jobs[c.dst] for c in snapshot.all(Covers)}


@pytest.mark.parametrize(
    ("headers", "column"), [(("客户", "姓名", "角色"), "项目"), (("company", "name", "role"), "deal")]
)
def test_a_role_without_a_column_of_deals(tmp_path: Path, headers: tuple[str, ...], column: str) -> None:
    """Where there are two deals the place of the fault is the column that is lacking: as the sheet calls its columns, and said in the reader's words."""
    (tmp_path / "项目.csv").write_text(SHEETS["项目"], encoding="utf-8")
    text = io.StringIO()
    csv.writer(text).writerows([headers, ("南湖食品", "沈砚", "决策者")])
    (tmp_path / "人员.csv").write_text(text.getvalue(), encoding="utf-8")
    with open_workspace(tmp_path / "s.db") as ws:
        problems = ws.import_([tmp_path / "项目.csv", tmp_path / "人员.csv"], today=DAY).plan.problems
    assert [(p.code, p.column) for p in problems] == [("which-deal", column)]
    assert problems[0].where("zh") == "人员.csv · 第 2 行 · 项目"
    assert problems[0].where("en") == f"人员.csv · row 2 · {column}"


def test_the_pack_calls_the_column_so() -> None:
    assert load_pack().topic("columns")["committee"]["deal"][:2] == ["deal", "项目"]
