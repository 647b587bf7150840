"""`--deal` and `--supplier` take a part of a name, as ACCOUNT does, and say which fit where more than one does."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_commands import Run, run

__all__ = ["run"]
DEALS = "项目,客户,截止日期\n生鲜年度采购,南湖食品,2027-03-01\n预制菜试点,南湖食品,2027-06-01\n预制菜二期,南湖食品,2027-09-01\n"
STANCES = "人员,供应商,态度\n沈砚,鲜客供应链,1\n沈砚,鲜美达,0\n"
ORGANIZATIONS = "名称,类型,我方\n南湖食品,客户,\n我司,供应商,是\n鲜客供应链,供应商,\n鲜美达,供应商,\n"


@pytest.fixture
def filled(run: Run) -> Run:
    Path("in").mkdir()
    for name, text in (
        ("组织", ORGANIZATIONS),
        ("人员", "客户,姓名,职务\n南湖食品,沈砚,采购总监\n"),
        ("项目", DEALS),
        ("态度", STANCES),
    ):
        Path(f"in/{name}.csv").write_text(text, encoding="utf-8")
    code, out, err = run("import", "in", "--lang", "zh")
    assert code == 0, (out, err)
    return run


@pytest.mark.parametrize("deal", ["试点", "shengxian", "生鲜年度采购", "二期"])
def test_part_of_a_deal(filled: Run, deal: str) -> None:
    code, out, err = filled("brief", "南湖食品", "--deal", deal, "--lang", "zh")
    assert code == 0, err
    whole = {"试点": "预制菜试点", "二期": "预制菜二期"}.get(deal, "生鲜年度采购")
    assert whole in out.splitlines()[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_part_of_two_deals(filled: Run, lang: str) -> None:
    code, _, err = filled("brief", "南湖食品", "--deal", "预制菜", "--lang", lang)
    assert code == 7 and "预制菜试点" in err and "预制菜二期" in err and "生鲜" not in err
    code, _, err = filled("brief", "南湖食品", "--deal", "饮料", "--lang", lang)
    assert code == 7 and "生鲜年度采购" in err
    assert filled("brief", "南湖食品", "--deal", "", "--lang", lang)[0] == 7


@pytest.mark.parametrize("supplier", ["鲜客", "xianke", "鲜美达", "A", "供应链"])
def test_part_of_a_supplier(filled: Run, supplier: str) -> None:
    code, out, err = filled("compare", "南湖食品", "--supplier", supplier, "--lang", "zh")
    assert code == 0, err
    if supplier != "A":
        assert ("鲜美达" if supplier == "鲜美达" else "鲜客供应链") in out.splitlines()[0]


def test_a_part_of_two_suppliers(filled: Run) -> None:
    code, _, err = filled("compare", "南湖食品", "--supplier", "鲜", "--lang", "zh")
    assert code == 7 and "鲜客供应链" in err and "鲜美达" in err and "我司" not in err
