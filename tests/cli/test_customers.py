"""Needs, insight and rivals on the command line, in both languages, and as files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from test_managing import DAY, Run, filled, run  # noqa: F401


@pytest.mark.parametrize(("lang", "said"), [("zh", "提前铺垫“氮化镓联合研发”"), ("en", "ahead: ask")])
def test_needs_of_one_and_of_all(run: Run, lang: str, said: str) -> None:  # noqa: F811
    code, out, _ = run("needs", "望川", *DAY, lang=lang)
    assert code == 0 and said in out
    code, all_, _ = run("needs", *DAY, lang=lang)
    assert code == 0 and ("远帆平板" if lang == "zh" else "similar accounts") in all_
    assert run("portfolio", "--about", "needs", *DAY, lang=lang)[1] == all_


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rivals_since_a_day(run: Run, lang: str) -> None:  # noqa: F811
    code, out, _ = run("rivals", "望川", "--since", "2026-06-30", *DAY, lang=lang)
    assert code == 0 and ("我方好 1 项" if lang == "zh" else "we are better in 1") in out


def test_the_briefing_goes_out_as_files(run: Run) -> None:  # noqa: F811
    for suffix in (".txt", ".html", ".xlsx", ".pptx"):
        assert run("insight", "望川", "-o", f"b{suffix}", *DAY)[0] == 0
    text = Path("b.txt").read_text("utf-8")
    assert (
        text.index("【环境】")
        < text.index("【企业】")
        < text.index("【需求】")
        < text.index("【采购】")
        < text.index("【价值】")
    )
    assert "过期" in text
    assert run("insight", "-o", "pack.xlsx", *DAY)[0] == 0
    book = openpyxl.load_workbook("pack.xlsx")
    assert {"洞察", "洞察包"} <= set(book.sheetnames)
    told = {str(cell.value) for row in book["洞察包"] for cell in row}
    assert {"望川手机", "看宏观", "过期", "行业年报"} <= told
