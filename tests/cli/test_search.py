"""`search`: everybody is found, by whatever of them is known; nobody and too many are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_commands import Run, run

__all__ = ["run"]
PEOPLE = """客户,编号,姓名,英文名,邮箱,职务
南湖食品,sy-1,沈砚,Shen Yan,shen.yan@nanhu.example,采购总监
南湖食品,sy-2,欧阳文静,Ouyang Wenjing,,质量经理
南湖食品,sy-3,Li Wei,,,Buyer
鲜客,xk-1,马超,,,销售
"""


@pytest.fixture
def people(run: Run) -> Run:
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    code, out, err = run("import", "people.csv", "--lang", "zh")
    assert code == 0, (out, err)
    return run


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沈", "沈砚"),
        ("shenyan", "沈砚"),
        ("shen yan", "沈砚"),
        ("SY", "沈砚"),
        ("Yan, Shen", "沈砚"),
        ("nanhu.example", "沈砚"),
        ("sy-1", "沈砚"),
        ("文静", "欧阳文静"),
        ("ouyangwenjing", "欧阳文静"),
        ("oywj", "欧阳文静"),
        ("wenjing", "欧阳文静"),
        ("wei li", "Li Wei"),
        ("Wei", "Li Wei"),
        ("machao", "马超"),
        ("xianke", "鲜客"),
    ],
)
def test_who_is_found(people: Run, text: str, name: str) -> None:
    code, out, _ = people("search", text, "--lang", "zh")
    assert code == 0 and name in out, out


@pytest.mark.parametrize(
    ("text", "said"),
    [("沈燕", "沈砚"), ("shen yen", "Shen Yan"), ("Li Wie", "Li Wei"), ("欧阳文净", "欧阳文静")],
)
def test_nobody_is_told_with_those_alike(people: Run, text: str, said: str) -> None:
    out = people("search", text, "--lang", "zh")[1]
    assert "没有找到" in out and text in out and "相近的" in out and said in out
    out = people("search", text, "--lang", "en")[1]
    assert "nothing found" in out and "alike" in out and said in out


def test_nobody_is_like_nonsense(people: Run) -> None:
    for text in ("zzzz", "%", "' OR 1=1 --", "  "):
        out = people("search", text, "--lang", "en")[1]
        assert "nothing found" in out and "alike" not in out, text


def test_what_is_left_off_is_told(people: Run) -> None:
    out = people("search", "南", "--limit", "1", "--lang", "en")[1]
    assert "there are more" not in out
    out = people("search", "e", "--limit", "1", "--lang", "en")[1]
    assert "there are more" in out and "--limit 5" in out
    out = people("search", "e", "--limit", "5", "--lang", "zh")[1]
    assert "还有更多" not in out and "Li Wei" in out
